"""An official text as its file prints and states it: the border between reading and extraction."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mappings.facts import Count, Gap
from mappings.source import Source
from mappings.tree import Passage


class Part(StrEnum):
    """What a paragraph of an official text is."""

    PREAMBULAR = "preambular"
    OPERATIVE = "operative"
    SUB_PARAGRAPH = "sub-paragraph"
    HEADING = "heading"
    ROW = "row"  # of a table, its cells separated by tabs


class Holder(StrEnum):
    """In what a paragraph stands: the text itself, an annex, or a draft that the text recommends to another organ."""

    TEXT = "text"
    ANNEX = "annex"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class Link:
    """A link at `start` to `end` of its passage, with the symbols that its address names."""

    start: int
    end: int
    address: str
    symbols: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with the words of its own; its mark stands in the passage of its paragraph."""

    mark: str
    passage: Passage
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Provision:
    """A paragraph in the order of reading.

    `number` is the printed number without its stop, empty where none is printed; `letter` tells a sub-paragraph ("a",
    "a (ii)"). `section` is the number of the section that it stands in, `verb` what the file names its container by.
    """

    holder: Holder
    part: Part
    section: str
    number: str
    letter: str
    verb: str
    passage: Passage
    links: tuple[Link, ...]
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Proponents:
    """Those who submitted or joined a draft, as the file lists them."""

    names: str
    draft: str  # the draft's symbol as printed, empty for those who joined it
    added: bool
    on: date | None


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a body that a decision appoints or names, with the term of office as far as the file tells."""

    body: str
    name: str
    of: str  # the group or State that the file names beside it
    kind: str  # "composition", "appointment", "election"
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class Ballot:
    """One side of a recorded vote: the count as printed and those who are listed, as printed."""

    side: str  # "in favour", "against", "abstaining"
    count: int | None
    voters: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject heading as published; `address` is its IRI, empty where the file gives words only."""

    scheme: str
    address: str
    label: str


@dataclass(frozen=True, slots=True)
class OfficialText:
    """One resolution or decision in one language; a file that collects parts A and B holds two.

    `source` is the text as converted: every paragraph on a line, its footnotes on the lines after it.
    """

    file: str
    language: str  # "en", "fr", "es", "ru", "ar", "zh", "de"
    marked_up: date | None
    symbol: str
    kind: str  # "resolution" or "decision"
    title: str
    further_titles: tuple[str, ...]  # of the collection that it is a part of, or a second line
    organ: str  # the key of the adopting organ: "ga", "ecosoc"
    voice: str  # as printed
    session: str  # as stated: "77", "2022", "ES-11"
    adopted: date | None
    issued: date | None
    meeting: str
    records: tuple[str, ...]  # of the meetings that adopted it, as printed; a decision may be made at several
    agenda_item: str
    agenda_title: str
    drafts: tuple[str, ...]
    report: str
    report_paragraph: str
    committee: str
    method: str  # "without a vote", "recorded vote", "consensus", "not stated"
    phrase: str  # the words of the outcome where they are printed
    ballots: tuple[Ballot, ...]
    proponents: tuple[Proponents, ...]
    members: tuple[Member, ...]
    subjects: tuple[Subject, ...]
    notes: tuple[Note, ...]  # at the number or the title
    provisions: tuple[Provision, ...]
    source: Source
    coverage: tuple[Count, ...]
    gaps: tuple[Gap, ...]

    def count(self, part: Part, holder: Holder = Holder.TEXT) -> int:
        """How many paragraphs of a part there are."""
        return sum(one.part is part and one.holder is holder for one in self.provisions)
