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
        return self.text[start:end].rstrip("\r\n")

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
    """The source of a file of UTF-8 text, named by the file's name.

    The text is exactly what the bytes decode to: a byte order mark stays its first character and `\\r\\n` stays two
    characters, so that offsets hold in the file as it came; the outline counts both as white space.
    Raises SourceError for a file that is missing, empty, blank, binary or not UTF-8.
    """
    data = _bytes(path)
    if not data:
        raise SourceError(f"{path}: the file is empty")
    binary = data.find(b"\0")
    if binary >= 0:
        raise SourceError(f"{path}: not a text file: a NUL byte stands at byte {binary}")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte {error.start} (0x{data[error.start]:02X}, line {line}) is not UTF-8: {error.reason}"
        raise SourceError(f"{path}: {reason}") from error
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise SourceError(f"{path}: the file holds nothing but white space")
    return from_text(text, path.name)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise SourceError(f"{path}: a directory, not a report file") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
