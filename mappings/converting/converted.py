"""What a converter gives: text in the manner of Markdown, and the pages that it stood on.

A converter writes what the outline knows to read: a blank line between paragraphs, "#" before headings, numbers and
letters of automatic lists as a reader sees them ("12.", "(a)"), `*…*` around italics, `[^12]` for a footnote's mark and
`[^12]: …` for the note, behind the paragraph that has the mark; a row of a table in a line, a tab between its cells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

LARGEST = 64 * 1024 * 1024  # bytes of a file, and of what it unpacks to: the largest UN report seen has 9 MB
BACK = re.compile(r"[\s\u21a9\u21b5\u2191\ufe0e^]+$")  # the arrow behind a note that leads back to its mark
_SPACES = re.compile(r"[ \u00a0\u2002-\u200a\u202f\r\n\f\v]+")
_PRINTED = re.compile(r"\(?[0-9A-Za-z]{1,5}[.)]")


class ConversionError(Exception):
    """A file that cannot be converted; the message says what it is and what to do."""


@dataclass(frozen=True, slots=True)
class Converted:
    """The text of a file, the name and version of its converter, and where its pages begin.

    `pages` are pairs of an offset of the text and the page that goes on from there, counted from 1; none where the
    format has no pages.
    """

    text: str
    converter: str
    version: str
    pages: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class Draft:
    """The text while it is written, block after block."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    pages: list[tuple[int, int]] = field(default_factory=list)
    in_table: bool = False

    def block(self, text: str) -> None:
        """A paragraph, heading or note, a blank line before it."""
        self._write(f"\n{text}\n" if self.parts else f"{text}\n")
        self.in_table = False

    def row(self, cells: list[str]) -> None:
        """A row of a table; rows that follow each other have no blank line between them."""
        line = "\t".join(cell.replace("\t", " ") for cell in cells)
        self._write(f"{line}\n" if self.in_table or not self.parts else f"\n{line}\n")
        self.in_table = True

    def turn(self, offset: int, page: int) -> None:
        """Say that the text stands on a page from an offset on."""
        if not self.pages or self.pages[-1][1] != page:
            self.pages.append((offset, page))

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        return "".join(self.parts)


def one_line(text: str) -> str:
    """The text with every stretch of white space as one space; tabs stay."""
    return _SPACES.sub(" ", text).strip(" ")


def labelled(label: str, text: str) -> str:
    """The text behind its number or letter, which is left out where the text prints one itself."""
    if not label or text.startswith(label):
        return text
    printed = _PRINTED.match(text)
    return text if printed and printed.group() == label else f"{label} {text}"
