"""A report as blocks with their roles, taken from the outline of its undamaged text: what a typist has before them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from mappings.outline import outline
from mappings.source import from_text
from mappings.tree import TEXTS, Kind, Node, Passage


class Role(Enum):
    """What a block is on the page."""

    COVER = "cover"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind; a run that is the mark of a footnote has no words but `note`, its place in the notes."""

    words: str
    italic: bool = False
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list entry or row.

    `label` is the number or letter as printed, without dots and brackets. `level` is that of a heading (1 to 4) or of a
    list entry (0: "1.", 1: "(a)", 2: "(i)"). `series` tells the lists apart: entries of one are counted together.
    """

    role: Role
    cells: tuple[tuple[Run, ...], ...]
    label: str = ""
    level: int = 0
    series: int = 0

    @property
    def runs(self) -> tuple[Run, ...]:
        """The runs of a block that is no row."""
        return self.cells[0]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark ("12", "*", "a") and its words."""

    mark: str
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """The blocks of a report and its footnotes."""

    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]


_LEVELS = {
    Kind.CHAPTER: 1,
    Kind.ANNEX: 1,
    Kind.NOTE: 1,
    Kind.CONTENTS: 1,
    Kind.SUMMARY: 1,
    Kind.SECTION: 2,
    Kind.TOPIC: 3,
}
_RUNNING = 0  # the series of the report's own paragraphs


def manuscript(text: str) -> Manuscript:
    """The report of a text that the outline reads without loss."""
    tree = outline(from_text(text))
    return _Typist(tree).manuscript()


class _Typist:
    """Walks the tree and types block after block."""

    def __init__(self, tree: Node) -> None:
        self.tree = tree
        self.printed = [node for node in tree.children if node.kind is Kind.FOOTNOTE]
        self.used: dict[str, int] = {}
        self.series = _RUNNING

    def manuscript(self) -> Manuscript:
        parts = [node for node in self.tree.children if node.kind not in (Kind.FOOTNOTE, Kind.FURNITURE)]
        blocks = tuple(block for part in parts for block in self.typed(part, _RUNNING))
        notes = tuple(Note(node.label, self.runs(node.passage)) for node in self.printed)
        return Manuscript(blocks, notes)

    def typed(self, node: Node, series: int) -> Iterator[Block]:
        """The blocks of a node and of all below it."""
        kind = node.kind
        if kind is Kind.COVER:
            yield from (Block(Role.COVER, (self.runs(line.passage),)) for line in node.walk() if line.passage.text)
            return
        if kind is Kind.CONTENTS_ENTRY:
            label = f"{node.label}. " if node.label and " " not in node.label else f"{node.label} ".lstrip()
            words = Run(f"{label}{node.title.text}")
            yield Block(Role.ROW, ((words,), (Run(node.passage.text),)))
        elif kind in _LEVELS or kind in TEXTS or (kind is Kind.AGENDA and node.title.text):
            yield from self.heading(node)
            if kind in TEXTS or kind is Kind.AGENDA:
                series = self.next_series()
        elif kind is Kind.AGENDA:
            series = self.next_series()
        elif kind is Kind.ROW:
            yield Block(Role.ROW, tuple(self.cells(node.passage)))
        if node.passage.text and kind not in (Kind.CONTENTS_ENTRY, Kind.ROW):
            yield self.own(node, series)
        for child in node.children:
            yield from self.typed(child, series)

    def heading(self, node: Node) -> Iterator[Block]:
        """ "Chapter I", its title below; "A. Deliberations"; "Draft resolution I", its title below."""
        level = _LEVELS.get(node.kind, 4)
        title = self.runs(node.title)
        if node.kind in (Kind.SECTION, Kind.TOPIC):
            yield Block(Role.HEADING, (title,), node.label, level)
        elif node.kind in (Kind.CHAPTER, Kind.ANNEX) or node.kind in TEXTS:
            name = node.kind.value.capitalize()
            yield Block(Role.HEADING, ((Run(f"{name} {node.label}".strip()),),), "", level)
            if title:
                yield Block(Role.HEADING, (title,), "", level)
        elif title:
            yield Block(Role.HEADING, (title,), "", level)

    def own(self, node: Node, series: int) -> Block:
        """The words of a node itself."""
        runs = (self.runs(node.passage),)
        numbered = node.label.isdigit()
        if node.kind is Kind.PARAGRAPH:
            return Block(Role.PARAGRAPH, runs, node.label, 0, _RUNNING)
        if not node.label:
            return Block(Role.PARAGRAPH, runs)
        roman = node.kind is Kind.SUB_PARAGRAPH and node.label in ("i", "ii", "iii", "iv", "v", "vi")
        return Block(Role.ITEM, runs, node.label, 0 if numbered else 2 if roman else 1, series)

    def next_series(self) -> int:
        self.series += 1
        return self.series

    def cells(self, passage: Passage) -> Iterator[tuple[Run, ...]]:
        start = 0
        for cell in passage.text.split("\t"):
            yield self.runs(passage.part(start, start + len(cell)))
            start += len(cell) + 1

    def runs(self, passage: Passage) -> tuple[Run, ...]:
        """Words and marks of a passage; a mark belongs to the next footnote of its label that is not used yet."""
        runs: list[Run] = []
        at = 0
        for mark in (*passage.marks, None):
            stop = len(passage.text) if mark is None else mark.offset
            runs.extend(_styled(passage, at, stop))
            at = stop
            if mark is not None and (note := self.note(mark.label)) is not None:
                runs.append(Run("", note=note))
        return tuple(runs)

    def note(self, label: str) -> int | None:
        places = [index for index, node in enumerate(self.printed) if node.label == label]
        if not places:
            return None
        count = self.used.get(label, 0)
        self.used[label] = count + 1
        return places[min(count, len(places) - 1)]


def _styled(passage: Passage, start: int, stop: int) -> Iterator[Run]:
    """The words between two places, italic ones apart."""
    at = start
    for begin, end in passage.italics:
        first, last = max(begin, start), min(end, stop)
        if first < last:
            if at < first:
                yield Run(passage.text[at:first])
            yield Run(passage.text[first:last], italic=True)
            at = last
    if at < stop:
        yield Run(passage.text[at:stop])
