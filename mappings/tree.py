"""The tree of a report: what the outline stage guarantees to the stages after it.

- Every character of the source lies in the `spans` of exactly one node (furniture included).
- A passage is clean: page breaks are joined, footnotes that stood in the middle are taken out, Markdown and HTML
  markup, links and footnote marks are gone, white space is one space; every character still knows its source offset.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from mappings.source import Span


class Kind(StrEnum):
    """What a node of the tree is."""

    REPORT = "report"
    COVER = "cover"
    NOTE = "note"
    CONTENTS = "contents"
    CONTENTS_ENTRY = "contents entry"
    SUMMARY = "executive summary"
    CHAPTER = "chapter"
    SECTION = "section"  # "A. Deliberations", or an unlettered heading of the same rank
    TOPIC = "topic"  # "1. Ratification …": a numbered or unnumbered sub-heading inside a section
    PARAGRAPH = "paragraph"  # the report's own running paragraph, with or without a printed number
    UNNUMBERED_PARAGRAPH = "unnumbered paragraph"  # of the note, the summary, an annex
    DRAFT_RESOLUTION = "draft resolution"
    DRAFT_DECISION = "draft decision"
    RESOLUTION = "resolution"
    DECISION = "decision"
    DECLARATION = "declaration"
    MINISTERIAL_STATEMENT = "ministerial statement"
    AGREED_CONCLUSIONS = "agreed conclusions"
    VOICE = "voice"  # "The General Assembly,": the organ that speaks in a text
    PREAMBULAR_PARAGRAPH = "preambular paragraph"
    OPERATIVE_PARAGRAPH = "operative paragraph"
    RECORD = "record of adoption"  # "39th meeting, 25 September 2031", "[Adopted without a vote.]", below a text
    SUB_PARAGRAPH = "sub-paragraph"  # lettered, under a preambular or operative paragraph or an unnumbered decision
    ANNEX = "annex"
    AGENDA = "agenda"
    AGENDA_ITEM = "agenda item"  # numbered; its lettered sub-items are agenda items under it
    LIST_ITEM = "list item"  # lettered, under a numbered paragraph of the report
    LINE = "line"  # a list a line each, such as the speakers of a general debate
    TABLE = "table"
    ROW = "row"  # its passage holds the cells separated by tabs
    FOOTNOTE = "footnote"
    FURNITURE = "furniture"  # blank lines, rules, page numbers, repeated table heads


# In the first person plural ("We, the Ministers, …"), or agreed conclusions: numbered paragraphs under headings.
DECLARATIONS = frozenset({Kind.DECLARATION, Kind.MINISTERIAL_STATEMENT, Kind.AGREED_CONCLUSIONS})
TEXTS = frozenset({Kind.DRAFT_RESOLUTION, Kind.DRAFT_DECISION, Kind.RESOLUTION, Kind.DECISION, *DECLARATIONS})


@dataclass(frozen=True, slots=True)
class Mark:
    """A footnote mark that stood after `offset` characters of its passage; `label` is "22", "*", "**" or "a"."""

    label: str
    offset: int
    span: Span


@dataclass(frozen=True, slots=True)
class Passage:
    """Clean words, with the source offset of each character, the footnote marks and the italic runs taken out."""

    text: str = ""
    offsets: tuple[int, ...] = ()
    marks: tuple[Mark, ...] = ()
    italics: tuple[tuple[int, int], ...] = ()

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """The smallest source span that holds the characters `start` to `end` of the passage."""
        stop = len(self.text) if end is None else end
        if start >= stop:
            at = self.offsets[min(start, len(self.offsets) - 1)] if self.offsets else 0
            return Span(at, at)
        return Span(self.offsets[start], self.offsets[stop - 1] + 1)

    def part(self, start: int, end: int) -> Passage:
        """The same passage from `start` to `end`, marks and italics moved with it."""
        marks = tuple(Mark(m.label, m.offset - start, m.span) for m in self.marks if start <= m.offset <= end)
        italics = tuple((max(a, start) - start, min(b, end) - start) for a, b in self.italics if a < end and b > start)
        return Passage(self.text[start:end], self.offsets[start:end], marks, italics)


EMPTY = Passage()


@dataclass(frozen=True, slots=True)
class Node:
    """A part of the report.

    `label` is the number or letter as printed ("119", "II", "31/1", "a", "22", "*"), empty where there is none.
    `key` is the address of a running paragraph inside its report and `position` its place in its section, else in its
    chapter, counted from 1 (`mappings.outlining.addresses`); `position` also tells texts of the same number apart.
    `title` is the heading's words ("General debate", the title of a resolution). `passage` is the node's own words
    without its label, its title and its children. `spans` are the regions of the source that belong to the node itself.
    """

    kind: Kind
    label: str = ""
    title: Passage = EMPTY
    passage: Passage = EMPTY
    children: tuple[Node, ...] = ()
    spans: tuple[Span, ...] = ()
    key: str = ""
    position: int = 0

    def walk(self) -> Iterator[Node]:
        """This node and all nodes below it, in the order of reading."""
        yield self
        for child in self.children:
            yield from child.walk()

    def of(self, *kinds: Kind) -> Iterator[Node]:
        """The nodes at or below this one that are of the given kinds, in the order of reading."""
        return (node for node in self.walk() if node.kind in kinds)


OPERATIVE = frozenset({Kind.OPERATIVE_PARAGRAPH, Kind.PARAGRAPH, Kind.UNNUMBERED_PARAGRAPH})


def operative_numbers(text: Node) -> dict[int, int]:
    """The number of each operative paragraph of a text, by its index among the text's children.

    That is the printed number, or the next free one where none is printed or an earlier paragraph has it.
    """
    numbers: dict[int, int] = {}
    last = 0
    for index, child in enumerate(text.children):
        if child.kind in OPERATIVE:
            own = child.kind is Kind.OPERATIVE_PARAGRAPH and child.label.isdigit() and int(child.label) > last
            last = int(child.label) if own else last + 1
            numbers[index] = last
    return numbers


UNLETTERED = "position"


def entry_letter(above: str, owner: Node, child: Node) -> str:
    """The letters of a sub-paragraph from the outside in ("a", "a (ii)"), by position where none is printed.

    The second entry without a letter is "position2"; what answers show as a letter leaves it out.
    """
    own = child.label
    if not own:
        entries = [one for one in owner.children if one.kind is Kind.SUB_PARAGRAPH]
        own = f"{UNLETTERED}{1 + next(index for index, one in enumerate(entries) if one is child)}"
    return f"{above} ({own})" if above else own


def sketch(node: Node, *, width: int = 60) -> str:
    """The tree in one line a node, indented by depth: kind, label, title, first words; without blank furniture."""
    return "\n".join(_sketch_lines(node, 0, width)) + "\n"


def _sketch_lines(node: Node, depth: int, width: int) -> Iterator[str]:
    if node.kind is Kind.FURNITURE and not node.passage.text:
        return
    parts = [node.kind.value]
    if node.label:
        parts.append(f"[{node.label}]")
    if node.title.text:
        parts.append(f"= {_first_words(node.title, width)}")
    if node.passage.text:
        parts.append(f": {_first_words(node.passage, width)}")
    yield "  " * depth + " ".join(parts)
    for child in node.children:
        yield from _sketch_lines(child, depth + 1, width)


def _first_words(passage: Passage, width: int) -> str:
    text = passage.text.replace("\t", " | ")
    words = text if len(text) <= width else f"{text[: width - 1]}…"
    marks = "".join(f" ^{mark.label}" for mark in passage.marks)
    return words + marks
