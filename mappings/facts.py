"""What a report says, as typed facts: the border between reading and the graph.

Every fact carries its evidence. Keys are the field's own identifiers (symbols, ISO codes, printed numbers);
`mappings.iris` turns them into IRIs.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from mappings.source import Span


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a fact stands in the source, and the named rule that read it."""

    span: Span
    rule: str


class ThingKind(StrEnum):
    """The kinds of named things that facts point to."""

    STATE = "state"
    BODY = "body"
    GROUP = "group"
    ORGANIZATION = "organization"
    DOCUMENT = "document"
    INSTRUMENT = "instrument"
    GOAL = "goal"
    TARGET = "target"
    PERSON = "person"
    ADDRESSEE = "addressee"  # a class of actors: Member States, Governments, donors …


@dataclass(frozen=True, slots=True)
class Thing:
    """A named thing.

    `key` is the ISO 3166 alpha-3 code of a State, the normal symbol of a document, the number of a Goal or target and
    otherwise the slug that stands in the thing's IRI; `label` is the name that answers show.
    """

    kind: ThingKind
    key: str
    label: str


@dataclass(frozen=True, slots=True)
class TextKey:
    """A resolution or decision: its kind ("draft resolution" …), its number as printed and the speaking organ's key.

    `position` counts texts that have all three in common from 1, and is 0 where there is only one.
    """

    kind: str
    number: str
    voice: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class ClauseKey:
    """A paragraph of a text: `part` is "preambular", "operative" or "agenda"; `letter` names a sub-paragraph.

    `number` is the place counted from 1, for an unnumbered operative paragraph 1 as well. `section` is empty but where
    numbers begin anew in each section of the text; `printed` is false for a number that is the position of a paragraph
    without number among numbered ones.
    """

    text: TextKey
    part: str
    number: int
    letter: str = ""
    section: str = ""
    printed: bool = True


@dataclass(frozen=True, slots=True)
class ParagraphKey:
    """A paragraph of the report by its address in it, or "note", "summary", "cover"; `letter` names a list item.

    The address is the printed number ("119") where one series runs through the report, "chapter/4/paragraph/12" where
    numbers begin anew in each chapter, and "chapter/4/section/B/position/12" where no number is printed.
    """

    path: str
    letter: str = ""


@dataclass(frozen=True, slots=True)
class FootnoteKey:
    """A footnote by its mark ("22", "*", "a") and, where several notes have that mark, its occurrence from 1."""

    mark: str
    occurrence: int = 1


Place = ClauseKey | ParagraphKey | FootnoteKey


@dataclass(frozen=True, slots=True)
class MeetingKey:
    """A meeting of a body at this session; `number` is None where none is printed, and the date then tells it apart."""

    body: str
    number: int | None
    on: date | None = None


@dataclass(frozen=True, slots=True)
class SessionPart:
    """One part of the session, days included; `kind` is "opening", "regular" or "reconvened"."""

    kind: str
    start: date
    end: date
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ReportFact:
    """The report and the session it is about."""

    body: Thing
    parent: Thing | None
    session: int  # its ordinal, or the year where a body has no numbers
    title: str
    year: int
    supplement: str
    symbol: str  # as printed, or inferred from the addendum's; empty where unknown
    symbol_printed: bool
    place: str
    parts: tuple[SessionPart, ...]
    reissued: date | None
    evidence: Evidence
    session_name: str = ""  # where the number is not all of it: "S-32", "71-72", "2023-annual"


@dataclass(frozen=True, slots=True)
class ChapterFact:
    number: str
    order: int
    title: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class SectionFact:
    """A section; `letter` is empty where the heading has none, `key` is the letter or the slug of the title."""

    chapter: str
    letter: str
    key: str
    title: str
    order: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ParagraphFact:
    """A running paragraph with its whole text: list items and lines each on a line of their own."""

    key: str
    number: str  # as printed, empty where none is
    position: int  # in its section, else its chapter, counted from 1
    chapter: str
    section: str  # the SectionFact's key, empty where the paragraph stands in none
    section_title: str
    topic: str
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class FootnoteFact:
    """A footnote; `anchors` are the places where its mark stands."""

    key: FootnoteKey
    text: str
    anchors: tuple[Place, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class MeetingFact:
    """A meeting with its date and the paragraphs that report it; `basis` says how the date is known.

    `organ` is the name of the commission's organ that met, as printed; empty where the commission itself did.
    """

    key: MeetingKey
    on: date | None
    basis: str
    paragraphs: tuple[str, ...]
    evidence: Evidence
    organ: str = ""


@dataclass(frozen=True, slots=True)
class TextFact:
    """A resolution or decision, draft or adopted. `preambular`, `operative` and `subparagraphs` are counts."""

    key: TextKey
    title: str
    voice: Thing
    recommended_to: Thing | None  # the organ that a draft is recommended to
    paragraph: str
    section: str
    preambular: int
    operative: int
    subparagraphs: int
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class ClauseFact:
    """A paragraph or sub-paragraph of a text.

    `phrase` is the opening phrase as printed, `verb` the key of its concept, `addressee` the actor it speaks to
    (`addressee_phrase` as printed), `conditional` whether it is subject to extrabudgetary resources.
    """

    key: ClauseKey
    numbered: bool
    phrase: str
    verb: str
    addressee: Thing | None
    addressee_phrase: str
    conditional: bool
    text: str
    footnotes: tuple[FootnoteKey, ...]
    evidence: Evidence


class Basis:
    """How a meeting or its day is known: the labels of `ontology/schemes/date-bases.ttl`."""

    STATED = "stated in paragraph"
    SAME_MEETING = "same meeting"
    SAME_PARAGRAPH = "same paragraph"
    CHAPTER = "chapter"
    DEDUCED = "deduced from other paragraphs"
    OTHER_SESSION = "other session"
    PREVIOUS_PARAGRAPH = "previous paragraph"
    SECTION = "section"
    OPENING = "opening"
    NOT_STATED = "not stated"


class Role(StrEnum):
    """How a cited thing stands in the citing paragraph."""

    DIRECT = "direct"
    MENTION = "mention"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class CitationFact:
    """A reference from a place to a thing. `relation` is the citing phrase as printed, `verb` its concept's key.

    `via` is the footnote that identifies the thing; `text` is the resolution that the place belongs to, if any.
    """

    place: Place
    text: TextKey | None
    relation: str
    verb: str
    cited: Thing
    pinpoint: str
    on: date | None
    role: Role
    title: str
    via: FootnoteKey | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Vote:
    """How a vote went: the counts as printed, None where they are not.

    `voters` are the States that the report lists, each behind its side: "in favour", "against" or "abstaining".
    """

    in_favour: int | None
    against: int | None
    abstaining: int | None
    voters: tuple[tuple[str, Thing], ...] = ()


@dataclass(frozen=True, slots=True)
class ActionFact:
    """Something that the Commission did.

    `kind` is the key of its concept (adopted, recommended, decided, endorsed, transmitted, elected, agreed …); `phrase`
    is as printed ("adopted by consensus"); `method` is "consensus", "acclamation", "without a vote", "recorded vote" or
    "not stated". `organ` is the organ of the session that did it ("Committee of the Whole"), empty for the Commission.
    """

    paragraph: str
    order: int
    meeting: MeetingKey | None
    on: date | None
    meeting_basis: str
    kind: str
    phrase: str
    method: str
    drafts: tuple[str, ...]  # normal symbols
    revision: str
    title: str
    results: tuple[TextKey, ...]
    documents: tuple[str, ...]  # other documents acted on
    recommended_to: Thing | None
    for_adoption_by: Thing | None
    evidence: Evidence
    vote: Vote | None = None
    organ: str = ""


@dataclass(frozen=True, slots=True)
class SponsorshipFact:
    paragraph: str
    draft: str
    text: TextKey | None
    order: int
    sponsor: Thing
    on_behalf_of: Thing | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class StatementFact:
    """A statement that was made. `order` counts the statements of its paragraph from 1, in the order of reading.

    `speaker` is as printed; `party` the State, organization … it speaks for or from, None where unknown. `capacity` is
    "representative" (of a member of the Commission), "observer", "panellist", "Chair", "UN secretariat", "listed by
    title" …; `mode` "in person", "online", "pre-recorded video" …, empty where not printed. `basis` says how the
    meetings are known: "stated in paragraph", "same meeting", "chapter", "not stated". `via` is the footnote that adds
    on whose behalf it was or that reports a second statement. `act` is the act that it was made before or after, by its
    paragraph and order, and `stances` the positions that it takes on it, as labels of concepts.
    """

    paragraph: str
    order: int
    meetings: tuple[MeetingKey, ...]
    on: tuple[date, ...]
    basis: str
    speaker: str
    party: Thing | None
    person: str
    capacity: str
    mode: str
    on_behalf_of: tuple[Thing, ...]
    right_of_reply: bool
    purpose: str
    item: str
    via: FootnoteKey | None
    evidence: Evidence
    act: tuple[str, int] | None = None
    stances: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ViewFact:
    """A paragraph of deliberations or of a Chair's summary; `quantifier` as printed ("Many speakers") or empty."""

    paragraph: str
    chapter: str
    section: str
    topic: str
    quantifier: str
    text: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class DocumentFact:
    """A document before the Commission: `symbols` are normal symbols, several for one that is issued jointly."""

    paragraph: str
    item: str
    letter: str
    title: str
    symbols: tuple[str, ...]
    role: str  # "had before it", "mentioned", "adopted"
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AgendaItemFact:
    """An item or lettered sub-item. `status` is "adopted" or "provisional"; `session` the one it is the agenda of."""

    session: int
    status: str
    item: str
    letter: str
    title: str
    paragraph: str
    text: TextKey | None  # the decision that holds a provisional agenda
    document: str
    chapter: str  # the chapter of this report that reports on the item, empty where none
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class OfficerFact:
    """A post and who holds it, is nominated or appointed to it; `person` is empty for a vacancy."""

    paragraph: str
    body: str  # the body whose post it is, as printed
    office: str
    group: Thing | None
    person: str
    state: Thing | None
    status: str  # "elected", "nominated", "endorsed", "appointed", "vacant", "panellist"
    on: date | None
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class AttendanceFact:
    """How many of a category attended, as the report counts them."""

    category: str
    count: int
    paragraph: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class Due:
    """By when something is to be done: at a session, on a day, or within a time that only `words` tell.

    `body` is whose session it is, None where none is named. `session` is its number, or the year of a session that is
    called by its year ("its 2031 session").
    """

    body: Thing | None
    session: int | None
    on: date | None
    words: str


@dataclass(frozen=True, slots=True)
class MandateFact:
    """Something that an operative paragraph or sub-paragraph asks somebody to do.

    `addressees` are the single actors that are asked, `addressee_phrase` the words for them all, `names` those words
    taken apart, `qualifier` what a relative clause says of them, `parties_to` the instruments whose parties they are.
    `deliverable` is the kind, the label of a concept ("report", "meeting", "funding"). `periodicity`, `review`,
    `expiry` and `resource_condition` are words as printed, empty for none; `term_set_in` is the other paragraph that
    sets the review or the expiry. `continuing` tells that they are asked to go on with what they do.
    """

    clause: ClauseKey
    order: int
    addressees: tuple[Thing, ...]
    addressee_phrase: str
    deliverable: str
    dues: tuple[Due, ...]
    conditional: bool
    evidence: Evidence
    names: tuple[str, ...] = ()
    qualifier: str = ""
    periodicity: str = ""
    review: str = ""
    expiry: str = ""
    continuing: bool = False
    resource_condition: str = ""
    parties_to: tuple[Thing, ...] = ()
    term_set_in: ClauseKey | None = None

    @property
    def addressee(self) -> Thing | None:
        """The first of those who are asked."""
        return self.addressees[0] if self.addressees else None

    @property
    def sessions(self) -> tuple[Due, ...]:
        """The sessions at which it falls due."""
        return tuple(due for due in self.dues if due.session is not None)


WITHHELD = "withheld"  # the stage of a gap that is a whole unit which does not conform and is left out for it


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the report holds and no rule understood: a sentence, a symbol, a name; `reason` says why."""

    stage: str
    reason: str
    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Count:
    """How much of a stage's material was understood; `total` = claimed + unclaimed."""

    stage: str
    total: int
    claimed: int


@dataclass(frozen=True, slots=True)
class Facts:
    """All that was read from one report, each kind in the order of reading."""

    source: str
    report: ReportFact
    chapters: tuple[ChapterFact, ...] = ()
    sections: tuple[SectionFact, ...] = ()
    paragraphs: tuple[ParagraphFact, ...] = ()
    footnotes: tuple[FootnoteFact, ...] = ()
    meetings: tuple[MeetingFact, ...] = ()
    texts: tuple[TextFact, ...] = ()
    clauses: tuple[ClauseFact, ...] = ()
    citations: tuple[CitationFact, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    sponsorships: tuple[SponsorshipFact, ...] = ()
    gaps: tuple[Gap, ...] = ()
    coverage: tuple[Count, ...] = field(default=())
    residue: tuple[Gap, ...] = ()  # words of sentences that a rule claims, on which no fact stands
    statements: tuple[StatementFact, ...] = ()
    views: tuple[ViewFact, ...] = ()
    documents: tuple[DocumentFact, ...] = ()
    agenda: tuple[AgendaItemFact, ...] = ()
    officers: tuple[OfficerFact, ...] = ()
    attendance: tuple[AttendanceFact, ...] = ()
    mandates: tuple[MandateFact, ...] = ()
