"""The words of elements as passages: white space is one space, footnotes stand apart, italics and links are kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from mappings.official.document import Link, Note
from mappings.official.links import symbols
from mappings.official.parsing import Element, name
from mappings.source import Source, Span, from_text
from mappings.tree import Mark, Passage

_BREAKING = frozenset({"p", "eol", "content", "td", "th", "br"})  # what ends a word though no space is written
_BEFORE, _BEHIND = 4, 12  # characters around a link in which the letter of a part stands ("<a>75/290</a> B")


@dataclass(slots=True)
class Converted:
    """The text of a file while it is converted: what is appended has its place from then on."""

    pieces: list[str] = field(default_factory=list)
    length: int = 0

    def append(self, line: str) -> int:
        """The place of a line that is put at the end."""
        start = self.length
        self.pieces.append(f"{line}\n")
        self.length += len(line) + 1
        return start

    def source(self, file: str) -> Source:
        """All lines as the source of an official text."""
        return from_text("".join(self.pieces), file)


@dataclass(frozen=True, slots=True)
class Words:
    """What some elements say: the words, what is set in italics, the links and the footnotes with their places."""

    text: str
    italics: tuple[tuple[int, int], ...]
    links: tuple[Link, ...]
    notes: tuple[tuple[int, str, Words], ...]

    def after(self, size: int) -> Words:
        """The same without the first characters."""
        return Words(
            self.text[size:],
            tuple((max(0, start - size), end - size) for start, end in self.italics if end > size),
            tuple(
                replace(link, start=link.start - size, end=link.end - size) for link in self.links if link.start >= size
            ),
            tuple((max(0, at - size), mark, note) for at, mark, note in self.notes),
        )


def placed(words: Words, converted: Converted) -> tuple[Passage, tuple[Link, ...], tuple[Note, ...]]:
    """Words at their place in the converted text, their footnotes on the lines behind them."""
    start = converted.append(words.text)
    marks = tuple(
        Mark(mark, at, Span(place, place))
        for at, mark, _ in words.notes
        for place in (start + min(at, len(words.text)),)
    )
    passage = Passage(words.text, tuple(range(start, start + len(words.text))), marks, words.italics)
    notes = []
    for _, mark, note in words.notes:
        inner, links, _ = placed(note, converted)
        notes.append(Note(mark, inner, links))
    return passage, words.links, tuple(notes)


@dataclass(slots=True)
class _Gathering:
    """Words that are being put together; `taken` receives the elements whose words they are."""

    skipped: frozenset[str]
    taken: set[int]
    pieces: list[str] = field(default_factory=list)
    length: int = 0
    italics: list[tuple[int, int]] = field(default_factory=list)
    anchors: list[tuple[int, int, str]] = field(default_factory=list)
    notes: list[tuple[int, str, Words]] = field(default_factory=list)

    def add(self, raw: str | None) -> None:
        if not raw:
            return
        words = raw.split()
        if (not words or raw[0].isspace()) and self.length and self.pieces[-1] != " ":
            self.pieces.append(" ")
            self.length += 1
        if words:
            joined = " ".join(words)
            self.pieces.append(joined)
            self.length += len(joined)
            if raw[-1].isspace():
                self.pieces.append(" ")
                self.length += 1

    def take(self, element: Element) -> None:
        self.taken.add(id(element))
        self.add(element.text)
        for child in element:
            kind, start = name(child), self.length
            if kind == "authorialNote":
                self.notes.append((self.length, child.get("marker", ""), gather([child], self.taken)))
            elif kind not in self.skipped:
                self.take(child)
                if kind in _BREAKING:
                    self.add(" ")
            if kind == "span" and "italic" in child.get("class", "") and self.length > start:
                self.italics.append((start, self.length))
            elif kind == "a":
                self.anchors.append((start, self.length, child.get("href", "")))
            self.add(child.tail)


def gather(elements: Iterable[Element], taken: set[int], skipped: frozenset[str] = frozenset()) -> Words:
    """The words of elements without those of the skipped kinds inside them."""
    into = _Gathering(skipped, taken)
    for element in elements:
        into.take(element)
        into.add(" ")
    text = "".join(into.pieces).rstrip()
    links = []
    for first, last, address in _whole(into.anchors):
        printed = text[first:last]
        start = first + len(printed) - len(printed.lstrip())
        end = max(start, first + len(printed.rstrip()))
        links.append(Link(start, end, address, symbols(address, text[max(0, start - _BEFORE) : end + _BEHIND])))
    return Words(text, _runs(into.italics, text), tuple(links), tuple(into.notes))


def _runs(italics: list[tuple[int, int]], text: str) -> tuple[tuple[int, int], ...]:
    """Runs of italics; those that only a space or nothing parts are one."""
    runs: list[tuple[int, int]] = []
    for start, end in italics:
        if runs and not text[runs[-1][1] : start].strip():
            runs[-1] = (runs[-1][0], end)
        else:
            runs.append((start, end))
    return tuple(runs)


def _whole(anchors: list[tuple[int, int, str]]) -> Iterator[tuple[int, int, str]]:
    """The links, those of one address that touch as one: the converter cuts "43/222" into "43/2", "2" and "2"."""
    whole: list[tuple[int, int, str]] = []
    for start, end, address in anchors:
        if whole and address == whole[-1][2] and start <= whole[-1][1]:
            whole[-1] = (whole[-1][0], end, address)
        else:
            whole.append((start, end, address))
    yield from whole
