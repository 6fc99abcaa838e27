"""Where the marks of footnotes stand in a paragraph: found again in the words of the report that it was read from."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_ANY = re.compile(r"\[\^?[0-9]+\]|\^[0-9]+\^?|[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_CLOSING = ",.;:)]”’\"'"


def offsets(words: str, quote: str, marks: Sequence[str]) -> list[int]:
    """The offset in the words of a paragraph of each mark; its end for a mark that the quote does not show.

    Words and quote may differ in spaces and emphasis, so letters are counted: where their letters differ nothing is
    known, and all marks stand at the end.
    """
    if letters_of(unmarked(quote)) != letters_of(words):
        return [len(words)] * len(marks)
    ends = [place + 1 for place, letter in enumerate(words) if letter.isalnum()]
    shown = {found.group().translate(_LOWERED).strip("[]^"): found for found in reversed(list(_ANY.finditer(quote)))}
    return [_offset(words, ends, quote[: shown[mark].start()] if mark in shown else None) for mark in marks]


def _offset(words: str, ends: Sequence[int], before: str | None) -> int:
    """The place after as many letters as stand before a mark, and after the stop or comma if the mark is after it."""
    plain = None if before is None else unmarked(before).rstrip()
    count = len(letters_of(plain)) if plain else 0
    if not plain or not 0 < count <= len(ends):
        return len(words)
    place = ends[count - 1]
    while not plain[-1].isalnum() and place < len(words) and words[place] in _CLOSING:
        place += 1
    return place


def unmarked(printed: str) -> str:
    """What the report prints without the marks of footnotes."""
    return _ANY.sub("", printed)


def letters_of(words: str) -> str:
    """The letters and figures of words: what is left where spaces, stops and emphasis are not."""
    return "".join(letter for letter in words if letter.isalnum())
