"""The sentences of a paragraph: where each begins and ends."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_STOP = re.compile(r"[.!?][”\"’)\]]*(?=\s+[“\"‘(\[]*[A-Z0-9])|[.!?][”\"’)\]]*$")
_ABBREVIATION = re.compile(
    r"(?:\b(?:chap|chaps|sect|sects|para|paras|art|arts|No|Nos|vol|vols|Mr|Mrs|Ms|Dr|St|Prof|Amb|fig|figs|pp|p|cf|viz|"
    r"e\.g|i\.e|etc|Rev|Add|Corr|Suppl|Ph\.D)|\b[A-Z](?:\.[A-Z])*)\.$"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence and their place in the text that holds it."""

    start: int
    end: int
    text: str


def sentences(text: str) -> tuple[Sentence, ...]:
    """The sentences of a text, in order; one in parentheses with its own full stop is a sentence for itself.

    Full stops of abbreviations, initials and symbols end nothing, nor does one inside parentheses or quotation marks
    that are still open.
    """
    return tuple(_sentences(text))


def _sentences(text: str) -> Iterator[Sentence]:
    start = 0
    for stop in _STOP.finditer(text):
        piece = text[start : stop.end()]
        if stop.end() < len(text) and (_open(piece) or _ABBREVIATION.search(text[start : stop.start() + 1])):
            continue
        yield from _sentence(text, start, stop.end())
        start = stop.end()
    yield from _sentence(text, start, len(text))


def _sentence(text: str, start: int, end: int) -> Iterator[Sentence]:
    words = text[start:end]
    begin = start + len(words) - len(words.lstrip())
    if words.strip():
        yield Sentence(begin, begin + len(words.strip()), words.strip())


def _open(piece: str) -> bool:
    """Whether parentheses, brackets or curly quotation marks are still open at the end."""
    return any(piece.count(left) > piece.count(right) for left, right in ("()", "[]", "“”"))
