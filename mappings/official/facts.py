"""What an official text says and what its publisher states of it, as typed facts: the border to the graph.

Clauses, citations, footnotes and mandates are the facts of `mappings.facts`, read by the same rules as in reports. The
recommended draft inside a text has a key of its own, with the kind "draft resolution".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mappings.facts import (
    CitationFact,
    ClauseFact,
    Count,
    FootnoteFact,
    Gap,
    MandateFact,
    TextKey,
    Thing,
)
from mappings.official.document import Subject
from mappings.source import Source


class Basis(StrEnum):
    """How a citation is known: by the publisher's link, by our reading of the words, or by both."""

    LINK = "link"
    READING = "reading"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class WorkFact:
    """The resolution or decision: its values as published. Counts are of its own paragraphs, annexes apart."""

    symbol: str
    key: TextKey
    title: str
    organ: Thing
    session: str  # "77", "2022", "ES-11"
    adopted: date | None
    issued: date | None
    agenda_item: str
    agenda_title: str
    drafts: tuple[str, ...]  # normal symbols
    report: str  # of the committee that recommended it
    report_paragraph: str
    committee: str
    submitted_by: str  # the words for a proponent that is no list of States
    preambular: int
    operative: int
    subparagraphs: int
    further_titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AdoptionFact:
    """The act of adoption. `records` are the symbols of the meetings' records, `voters` have a side each."""

    meeting: int | None
    on: date | None
    method: str
    phrase: str
    records: tuple[str, ...]
    in_favour: int | None
    against: int | None
    abstaining: int | None
    voters: tuple[tuple[str, Thing], ...]


@dataclass(frozen=True, slots=True)
class OfficialSponsorship:
    """A sponsor of the draft; `added` who joined after the draft was issued. `order` counts from 1 in the text."""

    order: int
    sponsor: Thing
    on_behalf_of: Thing | None
    draft: str
    added: bool


@dataclass(frozen=True, slots=True)
class MembershipFact:
    """A member of a body that a decision names or appoints; `member` is a State where the file names one."""

    order: int
    body: str
    member: Thing | None
    name: str
    of: str
    kind: str
    start: date | None
    end: date | None


@dataclass(frozen=True, slots=True)
class PassageFact:
    """A heading, a row of a table or a paragraph of an annex; `path` is its address inside the work."""

    path: str
    kind: str  # "heading", "row", "annex"
    order: int
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class OfficialCitation:
    """A citation with the grounds on which it is known; `occurrence` counts those of one thing from one place."""

    fact: CitationFact
    basis: Basis
    occurrence: int


@dataclass(frozen=True, slots=True)
class OrderedClause:
    """A paragraph with its place in the order of reading, from 1 in its text."""

    fact: ClauseFact
    order: int


@dataclass(frozen=True, slots=True)
class DraftFact:
    """A draft that the text recommends to another organ, quoted in it."""

    key: TextKey
    voice: Thing
    preambular: int
    operative: int
    subparagraphs: int


@dataclass(frozen=True, slots=True)
class OfficialFacts:
    """All that was read of one official text in the language whose words are understood."""

    file: str
    language: str
    source: Source
    work: WorkFact
    adoption: AdoptionFact
    draft: DraftFact | None
    clauses: tuple[OrderedClause, ...]
    passages: tuple[PassageFact, ...]
    footnotes: tuple[FootnoteFact, ...]
    citations: tuple[OfficialCitation, ...]
    mandates: tuple[MandateFact, ...]
    sponsorships: tuple[OfficialSponsorship, ...]
    memberships: tuple[MembershipFact, ...]
    subjects: tuple[Subject, ...]
    gaps: tuple[Gap, ...]
    coverage: tuple[Count, ...]
