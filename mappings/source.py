"""A report file as it came, and the places in it.

Offsets are counted in Unicode code points of the decoded text, from 0, end exclusive; lines and columns from 1.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the source text, `start` included, `end` excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one report, unchanged, with the name it is cited by."""

    name: str
    text: str
    line_starts: tuple[int, ...]

    def position(self, offset: int) -> tuple[int, int]:
        """The line and column of an offset, both counted from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """The text of a line counted from 1, without its line break."""
        start = self.line_starts[number - 1]
        end = self.line_starts[number] if number < len(self.line_starts) else len(self.text)
        return self.text[start:end].rstrip("\n")

    def quote(self, span: Span) -> str:
        """The words of a span, exactly as they stand in the file."""
        return self.text[span.start : span.end]


class SourceError(Exception):
    """A report that cannot be read or understood: names the file and, where there is one, the line and the reason."""


def from_text(text: str, name: str = "text") -> Source:
    """A source of a text that is already in memory."""
    starts = [0]
    for index, character in enumerate(text):
        if character == "\n":
            starts.append(index + 1)
    return Source(name, text, tuple(starts))


def read(path: Path) -> Source:
    """The source of a file of UTF-8 text.

    Raises SourceError for a file that is missing, empty, binary or not UTF-8.
    """
    raise NotImplementedError
