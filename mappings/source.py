"""A report file as it came, and the places in it.

Offsets are counted in Unicode code points of the decoded text, from 0, end exclusive; lines and columns from 1.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from mappings.converting import pdf, web, word
from mappings.converting.converted import LARGEST, ConversionError, Converted
from mappings.converting.kinds import MARKDOWN, Kind, kind_of


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of the source text, `start` included, `end` excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Original:
    """The file that a text was read from: its bytes and their SHA-256 in hexadecimal, its media type.

    `converter` and its `version` are empty for a file that is text itself. `pages` are pairs of an offset of the text
    and the page of the file, counted from 1, that goes on from there; none for a format without pages.
    """

    data: bytes = field(repr=False)
    sha256: str
    media_type: str
    converter: str = ""
    version: str = ""
    pages: tuple[tuple[int, int], ...] = ()

    def page(self, offset: int) -> int | None:
        """The page that an offset of the text stands on, None where the file has no pages."""
        index = bisect_right(self.pages, offset, key=lambda turn: turn[0])
        return self.pages[max(index - 1, 0)][1] if self.pages else None


@dataclass(frozen=True, slots=True)
class Source:
    """The text of one report, with the name it is cited by, and the file that it was read from, if it was from one."""

    name: str
    text: str
    line_starts: tuple[int, ...]
    original: Original | None = None

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


LONGEST = 8 * 1024 * 1024  # bytes of text: the longest report seen has 0.7 MB; reading takes 100 bytes for each
TOO_LONG = f"the text has more than {LONGEST} bytes, which no session report has: give one report a file"
_CONVERTERS: Mapping[Kind, Callable[[bytes], Converted]] = {
    Kind.HTML: web.convert,
    Kind.WORD: word.convert,
    Kind.PDF: pdf.convert,
}


def from_text(text: str, name: str = "text", original: Original | None = None) -> Source:
    """A source of a text that is already in memory."""
    starts = [0]
    for index, character in enumerate(text):
        if character == "\n":
            starts.append(index + 1)
    return Source(name, text, tuple(starts), original)


def read(path: Path) -> Source:
    """The source of a report's file, named by the file's name: text or Markdown in UTF-8, HTML, Word (.docx) or PDF.

    What the bytes hold decides, not the name. Text is exactly what the bytes decode to: a byte order mark stays its
    first character and `\\r\\n` stays two characters, so that offsets hold in the file as it came; the outline counts
    both as white space. Other formats are converted. Raises SourceError for a file that is missing, empty, blank,
    damaged or of another kind, and says what to do.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise SourceError(f"{path}: the file has more than {LARGEST} bytes: give the report without images")
    except OSError:  # told by what reads it
        pass
    data = _bytes(path)
    if not data:
        raise SourceError(f"{path}: the file is empty")
    try:
        kind = kind_of(data)
        if kind is not Kind.TEXT:
            return _converted(path, data, kind)
    except ConversionError as error:
        raise SourceError(f"{path}: {error}") from error
    if len(data) > LONGEST:
        raise SourceError(f"{path}: {TOO_LONG}")
    text = _decoded(path, data)
    if not text.strip("\ufeff \t\r\n\f\v"):
        raise SourceError(f"{path}: the file holds nothing but white space")
    media_type = MARKDOWN if path.suffix.lower() in (".md", ".markdown") else kind.value
    return from_text(text, path.name, Original(data, hashlib.sha256(data).hexdigest(), media_type))


def _converted(path: Path, data: bytes, kind: Kind) -> Source:
    """The source of a file that is no text. Raises ConversionError."""
    made = _CONVERTERS[kind](data)
    if len(made.text) > LONGEST:
        raise ConversionError(TOO_LONG)
    digest = hashlib.sha256(data).hexdigest()
    original = Original(data, digest, kind.value, made.converter, made.version, made.pages)
    return from_text(made.text, path.name, original)


def _decoded(path: Path, data: bytes) -> str:
    binary = data.find(b"\0")
    if binary >= 0:
        raise SourceError(f"{path}: not a text file: a NUL byte stands at byte {binary}")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        reason = f"byte {error.start} (0x{data[error.start]:02X}, line {line}) is not UTF-8: {error.reason}"
        raise SourceError(f"{path}: {reason}") from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file") from error
    except IsADirectoryError as error:
        raise SourceError(f"{path}: a directory, not a report file") from error
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror or error}") from error
