"""The IRIs that an address found in the wild may mean: symbols in other spellings, words in the wrong case, `/en/`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from unicodedata import normalize
from urllib.parse import unquote

import pyoxigraph as ox

from mappings.iris import encode
from mappings.symbols import normal
from server.doors.things import FORMS
from server.negotiation import CITATIONS, DESCRIPTIONS, by_suffix
from server.store import Store

_LANGUAGE = re.compile(r"(?:^|(?<=/))(?:ar|en|es|fr|ru|zh)/", re.IGNORECASE)
_JOINT = re.compile(r"-(?=[A-Z]+/)")
_CODES = frozenset({"state"})  # kinds whose names are codes in capitals; the names of all other kinds are small


def canonical_path(path: str, store: Store, base: str) -> str | None:
    """The path of the thing that a path may mean, with the suffix that it had; None where nothing known is meant."""
    stem, form = by_suffix(path, (*DESCRIPTIONS, *CITATIONS, *FORMS)) or (path, None)
    for words, suffix in ((path, ""), (stem, f".{form.name}" if form else "")):
        for found in readings(words):
            if encode(found) != encode(path) and store.knows(ox.NamedNode(base + encode(found))):
                return found + suffix
    return None


def readings(path: str) -> Iterator[str]:
    """What a path may stand for, the likeliest first."""
    plain = re.sub(r"\s+", " ", normalize("NFC", unquote(path)).replace("+", " ")).strip().strip("/")
    for words in dict.fromkeys((plain, _LANGUAGE.sub("", plain, count=1))):
        yield words
        kind, _, name = words.partition("/")
        symbol = name if kind.lower() == "document" else words
        for part in (symbol, *_JOINT.split(symbol.upper())):
            if spelt := normal(part):
                yield f"document/{spelt}"
        yield f"{kind.lower()}/{name.upper() if kind.lower() in _CODES else name.lower()}"
