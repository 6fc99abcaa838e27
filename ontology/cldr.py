"""`python -m ontology.cldr`: writes schemes/state-names-cldr.ttl, the names of States in CLDR in the six languages.

Needs Babel (`pip install babel`), which packages the Unicode Common Locale Data Repository; nothing else of the project
does. Names that the schemes have already are left out. Both halves of "Myanmar (Burma)" are names.
"""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ontology.scheme import statements
from ontology.terms import BASE, DEF

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_LABELS = tuple(f"{_SKOS}{name}" for name in ("prefLabel", "altLabel"))
_LEFT_OUT = frozenset({"PS"})  # "Palestinian Territories" is no name of the State of Palestine
_TARGET = Path(__file__).parent / "schemes" / "state-names-cldr.ttl"
_HEAD = """# Names of States in the Unicode Common Locale Data Repository, as packaged in Babel {version}, beside
# those of states.ttl. Written by `python -m ontology.cldr`.
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix state: <http://localhost:8000/state/> .
"""


def _known() -> Iterator[tuple[str, str, frozenset[tuple[str, str]]]]:
    """The key of each State, its two-letter code, and its names with their languages."""
    for iri, said in statements().items():
        codes = [one for one in said.get(f"{_SKOS}notation", ()) if getattr(one, "datatype", None)]
        alpha = [str(one.value) for one in codes if one.datatype.value == f"{DEF}ISO3166Alpha2"]  # type: ignore[union-attr]
        if iri.startswith(f"{BASE}state/") and alpha:
            labels = (one for label in _LABELS for one in said.get(label, ()))
            names = frozenset((str(one.value), str(one.language)) for one in labels if not isinstance(one, str))
            yield iri.removeprefix(f"{BASE}state/"), alpha[0], names


def _names(babel: Any, code: str) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        name = str(babel.Locale(language).territories.get(code, ""))
        match = re.fullmatch(r"(.+?) [(（](.+)[)）]", name)
        yield from ((one, language) for one in dict.fromkeys((name, *(match.groups() if match else ()))) if one)


def main() -> None:
    """Write the file."""
    babel = importlib.import_module("babel")
    lines = [_HEAD.format(version=babel.__version__)]
    for key, code, known in sorted(_known()):
        new = [one for one in _names(babel, code) if one not in known] if code not in _LEFT_OUT else []
        if new:
            lines.append(f"state:{key} skos:hiddenLabel " + " , ".join(f'"{name}"@{tag}' for name, tag in new) + " .\n")
    _TARGET.write_text("\n".join(lines), encoding="utf8")


if __name__ == "__main__":
    main()
