"""Names and symbols without the differences of spelling, so that each spelling finds what another one wrote."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from mappings.symbols import Symbol
from ontology.naming import uninverted

_NATURES = {"RES": "resolution", "DEC": "decision"}
_ABBREVIATED = (
    (re.compile(r"\bres(?:\.|\b)(?=\s*[A-Z]?\d)", re.I), "resolution "),
    (re.compile(r"\bdec(?:\.|\b)(?=\s*\d)", re.I), "decision "),
    (re.compile(r"\bU\.?N\.?(?=\s+[a-z])", re.I), "United Nations"),
    (re.compile(r"\bst\.?(?=\s)", re.I), "Saint"),
    (re.compile(r"\bdem\.", re.I), "Democratic"),
    (re.compile(r"\brep\.", re.I), "Republic"),
    (re.compile(r"&"), " and "),
    (re.compile(r"(?<=organi)s(?=ed|ation|ing)", re.I), "z"),  # as the United Nations spells it
)
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\W_]+(?=\d)")
_LETTER_LAST = re.compile(r"(?<=\d)\s*(\((?:[ivxl]+|\d{4})\))\s*\[?([a-z])\b")
_OTHER = re.compile(r"[^\w/]|_|(?<!\d)/|/(?!\d)")


@lru_cache(maxsize=8192)  # the same names are compared with each query of a batch; 2 MB
def folded(words: str) -> str:
    """Words in small letters without accents, as the index holds them."""
    plain = unicodedata.normalize("NFKD", words.lower())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def key(name: str) -> str:
    """What all spellings of a name have in common: its letters and figures, with "/" between two figures.

    "E/CN.15/2022/L.4", "ecn15/2022/l4" and "E CN.15 2022 L.4" are all "ecn15/2022l4", "A/RES/217(III)A" is the same as
    "A/RES/217 A (III)"; "the" at the beginning is left out.
    """
    words = _LETTER_LAST.sub(r" \2 \1", folded(name).strip().removeprefix("the "))
    return _OTHER.sub("", _BETWEEN_DIGITS.sub("/", words))


def keys(name: str) -> tuple[str, str]:
    """The keys of a name as it stands, and turned as it is spoken with its abbreviations written out."""
    words = uninverted(name) or name
    for pattern, word in _ABBREVIATED:
        words = pattern.sub(word, words)
    return key(name), key(words)


def spoken(symbol: Symbol, organs: Iterable[str]) -> Iterator[str]:
    """How a resolution or decision is called besides its symbol; nothing for other documents.

    "General Assembly resolution 76/181", "Assembly resolution 76/181", "GA 76/181", "resolution 76/181", "76/181".
    """
    nature = next((part for part in symbol.components if part in _NATURES), None)
    if nature is None:
        return
    place = symbol.components.index(nature)
    number = "/".join(symbol.components[place + 1 :])
    called = f"{_NATURES[nature]} {number}"
    yield number
    yield called
    for organ in organs:
        for name in (organ, *_short(organ)):
            yield from (f"{name} {called}", f"{name} {number}")


def initials(organ: str) -> str:
    """The initials by which a principal organ is known, "GA" or "SC"; "" for other names."""
    words = organ.split()
    capital = "".join(word[0] for word in words if word[0].isupper())
    return capital if words[-1] in ("Assembly", "Council") and len(words) > 1 else ""


def _short(organ: str) -> Iterator[str]:
    """What an organ is called where it is known which is meant: "Assembly", "Council", "Commission"; "GA", "UNGA"."""
    last = organ.rpartition(" ")[2]
    if last in ("Assembly", "Council"):
        yield last
        if known_as := initials(organ):
            yield from (known_as, f"UN{known_as}")
    elif organ.startswith("Commission on "):
        yield "Commission"
