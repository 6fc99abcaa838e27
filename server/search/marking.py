"""Words of a result with what was looked for marked, as pieces: a template escapes each and marks some."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

OPEN, CLOSE = "\x02", "\x03"  # in the text that the index gives; a report holds no control characters
_PIECE = re.compile(f"{OPEN}([^{CLOSE}]*){CLOSE}?|([^{OPEN}{CLOSE}]+)")


@dataclass(frozen=True, slots=True)
class Marked:
    """Words, and for each piece of them whether it is marked."""

    pieces: tuple[tuple[str, bool], ...]

    def __str__(self) -> str:
        return "".join(words for words, _ in self.pieces)

    @property
    def any(self) -> bool:
        """Whether anything is marked."""
        return any(marked for _, marked in self.pieces)

    @property
    def spans(self) -> Iterator[tuple[int, int]]:
        """Where the marked pieces begin and end, in characters."""
        place = 0
        for words, marked in self.pieces:
            if marked:
                yield place, place + len(words)
            place += len(words)


def marked(text: str) -> Marked:
    """The words of a text that holds the two marks. Line breaks become spaces."""
    plain = " ".join(text.split())
    return Marked(tuple((piece[1] or piece[2] or "", piece[2] is None) for piece in _PIECE.finditer(plain)))
