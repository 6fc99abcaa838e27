"""The rules of the project's own T-Box, kept in rules.json as `make terms` writes them.

owlrl takes two CPU seconds to close the T-Box, and every process that checks, builds or infers would wait for it. The
file names the modules of ontology/core that it was made of: where they have changed since it is not used.
"""

from __future__ import annotations

import json
from dataclasses import fields
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from typing import Any

from rdflib.compare import to_canonical_graph
from rdflib.term import Node
from rdflib.util import from_n3

from ontology.axioms import Rules, rules
from ontology.triples import triples_of

FILE = "rules.json"


def kept_rules() -> Rules[Node] | None:
    """The rules in the file, None where it was made of other modules, or by another version of owlrl."""
    told = json.loads((files("ontology") / FILE).read_text(encoding="utf8"))
    if told.pop("made of") != _made_of():
        return None
    terms: dict[str, Node] = {}

    def read(value: Any) -> Any:
        if isinstance(value, list):
            return tuple(map(read, value))
        if value not in terms:
            terms[value] = from_n3(value)  # type: ignore[assignment]  # never None: it was written by n3()
        return terms[value]

    return Rules(**{name: read(rows) for name, rows in told.items()})


def rules_file() -> str:
    """The text of the file: a line for each row, blank nodes named by what is said of them."""
    found = rules(to_canonical_graph(triples_of("core")))

    def written(value: Any) -> Any:
        return [written(part) for part in value] if isinstance(value, tuple) else value.n3()

    rows = {one.name: [json.dumps(written(row)) for row in getattr(found, one.name)] for one in fields(found)}
    tables = ['"' + name + '": [\n' + ",\n".join(lines) + "\n]" for name, lines in rows.items()]
    return "{\n" + ",\n".join([f'"made of": "{_made_of()}"', *tables]) + "\n}\n"


def _made_of() -> str:
    core = sorted((path.name, path.read_text(encoding="utf8")) for path in (files("ontology") / "core").iterdir())
    return sha256(json.dumps([core, version("owlrl")]).encode()).hexdigest()
