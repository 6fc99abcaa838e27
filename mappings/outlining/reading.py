"""The place that the outline has reached in a report: the open chapter, section, text and paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from mappings.outlining.growth import Growth
from mappings.outlining.headings import (
    BARE_NUMBER,
    HANGING,
    ROMAN,
    begins_inside,
    begins_list,
    ended,
    follows,
    heading_like,
    is_voice,
    norm,
    text_head,
)
from mappings.outlining.lines import Block, Form
from mappings.outlining.profile import EMPTY_PROFILE, Profile
from mappings.tree import Kind

DEEPEST = 5  # paragraph, (a), (i), a., and one to spare
NESTED = frozenset({Kind.LIST_ITEM, Kind.SUB_PARAGRAPH, Kind.AGENDA_ITEM})


@dataclass(slots=True)
class Reading:
    """What is open while the blocks are read in their order.

    `profile` tells which blocks begin the report's numbered paragraphs, `chapters` the labels of chapters by the index
    of their heading. `titles` are the headings that the table of contents announces, each with the labels it stands
    under.
    """

    blocks: list[Block]
    root: Growth
    alone: bool = False  # the file is no report but one declaration
    marked_notes: bool = False  # the file prints footnotes with their marks
    notes: Growth = field(default_factory=lambda: Growth(Kind.REPORT))  # footnotes that have lost their mark
    titles: dict[str, set[str]] = field(default_factory=dict)
    at: int = 0
    profile: Profile = EMPTY_PROFILE
    chapters: dict[int, str] = field(default_factory=dict)
    begun: bool = False  # a paragraph of the report has been read
    chapter: Growth | None = None
    section: Growth | None = None
    topic: Growth | None = None
    annex: Growth | None = None
    own_annex: Growth | None = None  # the open annex of the report itself; `annex` may be one of a resolution
    paragraph: Growth | None = None
    text: Growth | None = None
    voice: bool = False
    clause: Growth | None = (
        None  # the open preambular or operative paragraph, agenda item or annex paragraph of the text
    )
    operative: int = 0
    bracket: bool = False  # a bracket is open in the record of the text's adoption
    agenda: Growth | None = None
    leaf: Growth | None = None  # the node that the next block goes on with, if it is a continuation

    @property
    def block(self) -> Block:
        """The block to read next."""
        return self.blocks[self.at]

    def after(self, distance: int = 1) -> Block | None:
        """A block further on, None behind the last one."""
        index = self.at + distance
        return self.blocks[index] if index < len(self.blocks) else None

    def numbers_own(self, distance: int = 0) -> bool:
        """Whether a block begins one of the report's own numbered paragraphs."""
        return self.at + distance in self.profile.numbered

    @property
    def prints_numbers(self) -> bool:
        """Whether the paragraphs around the block have printed numbers."""
        return self.profile.prints_numbers(self.at)

    def in_list(self) -> bool:
        """Whether a list is open: the paragraph ends with a colon, or its entries are being read."""
        if self.paragraph is None or self.leaf is None:
            return False
        announced = self.paragraph.text.endswith(":")
        return announced and (self.leaf is self.paragraph or self.leaf.kind in (Kind.LINE, *NESTED))

    def number_lost(self) -> bool:
        """Whether the sequence of printed numbers leaves out a number between the paragraph before and the next one."""
        before = next((index for index in range(self.at, -1, -1) if index in self.profile.numbered), None)
        after = self.profile.following.get(before, 0) if before is not None else 0
        return before is not None and after > int(self.blocks[before].label) + 1

    @property
    def place(self) -> Growth:
        """The innermost open division of the report, of an annex of a resolution the annex."""
        if self.annex is not None and self.annex is not self.own_annex:
            return self.annex
        return self.topic or self.section or self.unit

    @property
    def unit(self) -> Growth:
        """The open annex or chapter of the report."""
        return self.own_annex or self.chapter or self.root

    def close_text(self) -> None:
        """End the resolution or decision; a heading behind which none of its paragraphs came is a heading."""
        if self.text is not None and not self.text.children:
            self.text.kind = Kind.TOPIC
        self.text = self.clause = self.agenda = None
        self.voice, self.operative, self.bracket = False, 0, False

    def close_paragraph(self) -> None:
        """End the paragraph and the text."""
        self.close_text()
        self.paragraph = self.leaf = None

    def announced(self, block: Block) -> bool:
        """Whether the table of contents has the block's words as a heading, under its label if it has one."""
        labels = self.titles.get(norm(block.words.text))
        return labels is not None and (block.form is Form.PLAIN or block.label in labels)

    def voice_ahead(self, distance: int) -> str:
        """The voice line within the next blocks, with nothing but heading lines before it; empty if there is none."""
        for step in range(1, distance + 1):
            block = self.after(step)
            if block is None:
                return ""
            if is_voice(block):
                return block.whole.text
            if not heading_like(block) or block.form is not Form.PLAIN or text_head(block):
                return ""
        return ""


def cut(leaf: Growth, block: Block, *, listed: bool = False) -> bool:
    """Whether a block without label is the rest of the leaf, cut off by a page break.

    `listed` is set for entries of a list, which have no full stop: there only the words themselves tell.
    """
    if begins_inside(block.whole.text) or leaf.text.endswith("-"):
        return True
    if listed:
        open_bracket = leaf.text.count("(") > leaf.text.count(")")
        return HANGING.search(leaf.text) is not None or open_bracket or leaf.text.endswith(",")
    return not ended(leaf.text)


def attach(owner: Growth, block: Block, kind: Kind) -> Growth | None:
    """The new list item or sub-paragraph below the owner; None when the label cannot stand here.

    The item goes on with the deepest open list whose last label it follows, or begins a list below the last item.
    """
    path = [owner]
    while len(path) < DEEPEST and path[-1].children and path[-1].children[-1].kind in NESTED:
        path.append(path[-1].children[-1])
    label = block.label
    for depth in range(len(path) - 1, 0, -1):
        if follows(label, path[depth].label) and not (
            label in {"i", "v", "x"} and path[-1].text.endswith(":") and depth == len(path) - 1
        ):
            return path[depth - 1].child(kind, block, label=label)
    if begins_list(label):
        below = path[-1] if len(path) == 1 or label == "i" or path[-1].text.endswith(":") else path[-2]
        return below.child(kind, block, label=label)
    if len(path) == 1 or ended(path[-1].text):
        return path[max(len(path) - 2, 0)].child(kind, block, label=label)
    return None


def text_kind_here(reading: Reading, voice: str) -> Kind | None:
    """The kind of texts that the section announces in its heading; None where it announces none.

    Where it announces both kinds, the voice tells: it ends with a comma in a resolution, with a colon in a
    decision, which may also have none.
    """
    for division in (reading.topic, reading.section, reading.chapter, reading.own_annex):
        if division is None:
            continue
        title = norm(division.heading)
        if re.search(r"resolutions? and (?:draft )?decision", title):
            decides, draft = not voice.endswith(","), "draft" in title
            if decides:
                return Kind.DRAFT_DECISION if draft else Kind.DECISION
            return Kind.DRAFT_RESOLUTION if draft else Kind.RESOLUTION
        for word, kind in (
            ("draft resolution", Kind.DRAFT_RESOLUTION),
            ("draft decision", Kind.DRAFT_DECISION),
            ("resolution", Kind.RESOLUTION),
            ("decision", Kind.DECISION),
        ):
            if word in title:
                return kind
        if "calling for action" in title or "brought to" in title:
            return Kind.RESOLUTION if voice.endswith(",") else Kind.DECISION
    return None


def roman_heading(block: Block) -> str:
    """The Roman numeral of a heading that is only that, or begins with it ("II", "II. Reducing …"); empty if none."""
    if block.form is Form.CAPITAL and ROMAN.match(block.label) and heading_like(block):
        return block.label
    found = ROMAN.match(block.whole.text) if block.form is Form.PLAIN else None
    return found[1] if found else ""


def bare_number(block: Block) -> tuple[str, int] | None:
    """The number of a heading such as "53/101" with the place where its inline title begins."""
    found = BARE_NUMBER.match(block.whole.text) if block.form is Form.PLAIN and len(block.whole.text) < 400 else None
    if not found or (found[2] and not found[2][:1].isupper()):
        return None
    return found[1], found.start(2) if found[2] else len(block.whole.text)
