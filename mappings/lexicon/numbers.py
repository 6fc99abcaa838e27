"""Numbers in words: "twelve", "forty-one", "none"; "first", "forty-first", "one hundred and third"; "31st".

The words stand in ontology/schemes/numbers.ttl; how they join is the grammar here: tens and units by a hyphen, above a
hundred "hundred and". No session or meeting of the United Nations has reached two hundred.
"""

from __future__ import annotations

import re
from functools import cache

from ontology.vocabulary import load

# A text's number: "53/101", "S-27/1", "SS.XIV/2", "VII/12" behind a session; before one "495 (LV)", "3 (S-IV)".
TEXT_NUMBER = (
    r"(?:(?:[A-Z]{1,3}[.-])?(?:[0-9]{1,4}|[IVXLC]{1,7})/[0-9]{1,3}"
    r"|[0-9]{1,4}\s\((?:[A-Z]{1,2}-)?(?:[IVXLC]{1,9}|[0-9]{1,2})\))"
)
_FIGURES = re.compile(r"(\d+)(?:st|nd|rd|th)?")
_HUNDRED = re.compile(r"(?:one\s+)?hundred(?:\s+and\s+|$)")


@cache
def _values(kind: str) -> dict[str, int]:
    """The number words of a kind, "cardinal" or "ordinal", with their numbers."""
    return {label: int(term.notation) for term in load().terms(f"number/{kind}") for label in term.labels}


def _any(words: list[str]) -> str:
    return f"(?:{'|'.join(sorted(words, key=lambda word: (-len(word), word)))})"


def _below(kind: str, least: int, limit: int) -> list[str]:
    return [word for word, value in _values(kind).items() if least <= value < limit]


def _tens() -> str:
    return _any([word for word, value in _values("cardinal").items() if 20 <= value < 100])


@cache
def nothing() -> str:
    """The pattern of the words for no number at all ("none", "no"), in small or capital letters."""
    return f"(?i:{_any(_below('cardinal', 0, 1))})"


@cache
def cardinal() -> str:
    """The pattern of a number word from one to ninety-nine, in small or capital letters."""
    return rf"(?i:{_tens()}-{_any(_below('cardinal', 1, 10))}|{_any(_below('cardinal', 1, 100))})"


@cache
def ordinal() -> str:
    """The pattern of an ordinal word from "first" to "one hundred and ninety-ninth", in small or capital letters."""
    below = rf"(?:{_tens()}-{_any(_below('ordinal', 1, 10))}|{_any(_below('ordinal', 1, 100))})"
    return rf"(?i:{below}|(?:one\ )?hundred(?:th|\ and\ {below}))"


def number(words: str) -> int | None:
    """The number that figures or a number word name ("37", "twelve", "none"); None for other words."""
    return _read(words, "cardinal")


def ordinal_number(words: str) -> int | None:
    """The number that "thirty-first", "one hundredth" or "31st" is; None for other words."""
    return _read(words, "ordinal")


def _read(words: str, kind: str) -> int | None:
    text = " ".join(words.lower().split())
    if figures := _FIGURES.fullmatch(text):
        return int(figures[1])
    if hundred := _HUNDRED.match(text):
        rest = _read(text[hundred.end() :], kind) if hundred.end() < len(text) else 0
        return None if rest is None else 100 + rest
    known, cardinals = _values(kind), _values("cardinal")
    if text in known:
        return known[text]
    tens, _, unit = text.partition("-")
    if unit in known and 20 <= cardinals.get(tens, 0) < 100 and known[unit] < 10:
        return cardinals[tens] + known[unit]
    return 100 if text == "one hundredth" else None
