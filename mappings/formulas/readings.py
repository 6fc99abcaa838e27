"""What formulas yield beside whole facts: parts of facts, as words say them before the report tells what they mean.

A row for each fact type that formulas name in `emits` and that is no table of `Facts`, with the fields that they may
set. `Cue` is the type of words that say nothing themselves but where something begins, ends, or what it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from mappings.facts import Vote


@dataclass(frozen=True, slots=True)
class Cue:
    """Words without a field: that they stand in the text, and where, is all that they tell."""


@dataclass(frozen=True, slots=True)
class DueTime:
    """By when something is due: at a session, or two, of the body called `of`; on a day; else in a time from words.

    `following` tells that it is the session after the one that asks.
    """

    session: int
    second: int
    of: str
    on: date
    following: bool


@dataclass(frozen=True, slots=True)
class Deliverable:
    """What an infinitive with its object asks for; `infinitive` is "first" where only the first of several tells it."""

    deliverable: str
    infinitive: str


@dataclass(frozen=True, slots=True)
class ReportAskedFor:
    """What a request wants a report on."""

    subject: str


@dataclass(frozen=True, slots=True)
class Stance:
    """The position that a statement on an act takes."""

    stance: str


@dataclass(frozen=True, slots=True)
class OrganInShort:
    """An organ that a short form means, by its full name."""

    organ: str


@dataclass(frozen=True, slots=True)
class VoteSide:
    """The side of the States that a list names behind it."""

    side: str


@dataclass(frozen=True, slots=True)
class ItemNamed:
    """An agenda item, and a sub-item's letter, by their printed marks."""

    item: str
    letter: str


@dataclass(frozen=True, slots=True)
class MeetingsNamed:
    """Meetings by their numbers, or by days alone; `of` is whose they are, `session` the one that they open.

    `leads` tells that the words lead their sentence, so that the organ that met stands behind them.
    """

    numbers: tuple[int, ...]
    when: str
    of: str
    plenary: str
    session: int
    leads: bool


@dataclass(frozen=True, slots=True)
class OrganNamed:
    """An organ, as printed."""

    organ: str


@dataclass(frozen=True, slots=True)
class SessionNamed:
    """A session of the body that reports, by its number where it is printed."""

    session: int


@dataclass(frozen=True, slots=True)
class Pointing:
    """A sentence that points to a meeting named before it; or to no meeting of this session (`elsewhere`)."""

    basis: str
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class ActRead:
    """The words for an act, who did it or that the sentence goes on, and what was acted on in the passive.

    `besides`: it is no act, `own_clause`: its that-clause is the subject's doing, `failed`: nothing was adopted,
    `drafts`: what comes of it is a draft.
    """

    kind: str
    phrase: str
    subject: str
    goes_on: str
    what: str
    besides: bool
    own_clause: bool
    drafts: bool
    failed: bool
    motion: bool
    impersonal: bool


@dataclass(frozen=True, slots=True)
class Chapeau:
    """A sentence that introduces texts; `drafts` where it recommends drafts and tells of no text of the body itself."""

    kind: str
    phrase: str
    subject: str
    drafts: bool


@dataclass(frozen=True, slots=True)
class Method:
    """How a decision was taken."""

    method: str


@dataclass(frozen=True, slots=True)
class Revision:
    """The words that say that a draft was revised."""

    revision: str


@dataclass(frozen=True, slots=True)
class Title:
    """A title with its quotation marks."""

    title: str


@dataclass(frozen=True, slots=True)
class Pointer:
    """Where in the report a text stands."""

    chapter: str
    section: str
    named: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Who does what a sentence or a list tells."""

    subject: str


@dataclass(frozen=True, slots=True)
class DocumentListed:
    """An entry of a list of documents: its title and the words that hold its symbols."""

    title: str
    symbols: str


@dataclass(frozen=True, slots=True)
class OfficersAnnounced:
    """That a table names officers, of which body; `listed` where lines below may do so too, of one `office` or each."""

    body: str
    status: str
    office: str
    listed: bool


@dataclass(frozen=True, slots=True)
class Officers:
    """Persons with their States ("A (State) and B (State)"), the post that is theirs, and how they stand to it."""

    office: str
    persons: str
    person: str
    state: str
    status: str


@dataclass(frozen=True, slots=True)
class Vacancy:
    """Offices, three at most, that nobody holds."""

    office: str
    second: str
    last: str
    status: str


@dataclass(frozen=True, slots=True)
class MembersProposed:
    """The words that propose or appoint members of a body."""

    acts: str
    body: str


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that goes with a group."""

    group: str
    office: str


@dataclass(frozen=True, slots=True)
class PanelOfficer:
    """Who chaired or moderated `what`."""

    what: str
    holder: str
    status: str


@dataclass(frozen=True, slots=True)
class Delegate:
    """Somebody by the party that he or she is of."""

    party: str


@dataclass(frozen=True, slots=True)
class Sponsors:
    """The words that list sponsors; `behalf` in whose name one introduced the draft.

    `later`: they joined after it was issued, `if_known`: the words may name somebody else, `introduces`: a delegation
    introduced it.
    """

    sponsors: str
    behalf: str
    later: bool
    if_known: bool
    introduces: bool


@dataclass(frozen=True, slots=True)
class MembersOfGroup:
    """The group that words for its members name."""

    group: str


@dataclass(frozen=True, slots=True)
class Counted:
    """How many there were."""

    count: int


@dataclass(frozen=True, slots=True)
class StatementRead:
    """Who spoke, in which words the sentence names the statement, and what the formula knows of it."""

    speakers: str
    listed: str
    what: str
    how: str
    tail: str
    behalf: str
    capacity: str
    purpose: str
    told: bool
    once: bool
    only_known: bool


@dataclass(frozen=True, slots=True)
class Purpose:
    """What a statement was for; `reply` where it was one of the right of reply."""

    purpose: str
    reply: bool


@dataclass(frozen=True, slots=True)
class Around:
    """The action before or after which delegations spoke."""

    action: str
    report: str


@dataclass(frozen=True, slots=True)
class MeetingNumber:
    """The number of a meeting."""

    number: int


@dataclass(frozen=True, slots=True)
class HalfOfDay:
    """The morning (`first`) or the afternoon."""

    first: bool


@dataclass(frozen=True, slots=True)
class Quantifier:
    """Whose view it is, as printed."""

    quantifier: str


@dataclass(frozen=True, slots=True)
class TitleRead:
    """What a title says: the body it is `of`, or a `unit`; whether it `chairs`, is of the body itself, or a mandate."""

    of: str
    unit: str
    capacity: str
    chairs: bool
    own: bool
    holder: bool


@dataclass(frozen=True, slots=True)
class PersonRead:
    """A person, a title, a State and an organization, as far as words name them."""

    person: str
    title: str
    state: str
    organization: str


@dataclass(frozen=True, slots=True)
class Representative:
    """A representative, observer or delegate, and of whom."""

    kind: str
    of: str


@dataclass(frozen=True, slots=True)
class Whole:
    """The organization that a unit is part of."""

    whole: str


@dataclass(frozen=True, slots=True)
class HeadOfSpeakers:
    """What governs the names behind it: "the representatives of"; `many` where it is plural."""

    kind: str
    definite: str
    many: str


@dataclass(frozen=True, slots=True)
class SpeakersAnnounced:
    """What those are who are listed behind "the following …:"."""

    what: str


@dataclass(frozen=True, slots=True)
class Acronym:
    """An acronym in parentheses."""

    acronym: str


@dataclass(frozen=True, slots=True)
class AsideWords:
    """The words of a parenthesis at the end."""

    words: str


@dataclass(frozen=True, slots=True)
class Mode:
    """How somebody took part, as printed."""

    mode: str


@dataclass(frozen=True, slots=True)
class MeetingsOfSpeaker:
    """The meetings at which a speaker spoke, as old reports print them behind the name."""

    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class InTheNameOf:
    """In whose name somebody spoke."""

    whom: str


@dataclass(frozen=True, slots=True)
class KindListed:
    """The head that the lines below have."""

    head: str


# Fields that hold words which are read further: each fact that comes of them has a place of its own in them.
READ_FURTHER = frozenset({"speakers", "listed", "how", "tail", "behalf", "sponsors", "persons", "acts"})

READINGS: Mapping[str, type] = {
    # of lists of speakers
    "head of speakers": HeadOfSpeakers,
    "speakers announced": SpeakersAnnounced,
    "separator": Cue,
    "acronym in a list": Acronym,
    "further sentence": Cue,
    "as well as": Cue,
    "connectors at the end": Cue,
    "connectors at the beginning": Cue,
    "article of a speaker": Cue,
    "article and capital": Cue,
    "capital": Cue,
    "office of a speaker": Cue,
    "office follows": Cue,
    "person follows": Cue,
    "person and State follows": Cue,
    "head of a list": KindListed,  # of one that was announced as "the following …"
    "meetings of a speaker": MeetingsOfSpeaker,
    "honorific": Cue,
    "aside": AsideWords,
    "mode": Mode,
    "mode of a statement": Mode,
    "in the name of others": InTheNameOf,
    "clause behind a speaker": Cue,
    "no name": Cue,
    "speakers in lines": Cue,
    "kind of those listed": KindListed,
    "second statement in a note": InTheNameOf,
    "behalf in a note": InTheNameOf,
    # of parties
    "title": TitleRead,
    "secretariat": Cue,
    "united nations entity": Cue,
    "accreditation": Cue,
    "adjective": Cue,  # what makes a State's name before it an adjective
    "post": Cue,
    "head of an office": Cue,  # which the vocabulary knows by the name of the post
    "article": Cue,
    "name of an organ": Cue,
    "person with an honorific": PersonRead,
    "organization and person": PersonRead,
    "title and State": PersonRead,
    "officer without capital": PersonRead,
    "person and State": PersonRead,
    "name of a person": Cue,
    "person and title": PersonRead,
    "title and person": PersonRead,
    "rank and person": PersonRead,
    "last name of a title": PersonRead,
    "indefinite representative": Representative,
    "representative on a line": Representative,
    "Union with its members": Cue,
    "acronym behind a name": Cue,
    "affiliation": Cue,
    "unit of an organization": Whole,
    "represented unnamed": Cue,
    "number of countries": Cue,
    "own members": Cue,
    "governments of": Cue,
    "between names": Cue,
    # of views
    "views heading": Cue,
    "quantifier": Quantifier,
    "impersonal view": Quantifier,
    "agent of a view": Quantifier,  # behind the words for an impersonal view
    "framing of views": Cue,
    # of statements
    "statement": StatementRead,
    "purpose of a sentence": Purpose,
    "purpose of words": Purpose,
    "purpose told": Purpose,
    "general debate": Cue,
    "around an action": Around,
    "around a draft": Around,
    "before": Cue,
    "action told": Cue,
    "action section": Cue,
    "opening section": Cue,
    "same meeting": Cue,
    "goes on at the meeting": Cue,  # of the paragraph before
    "meeting number": MeetingNumber,
    "half of the day": HalfOfDay,
    "day of an event": Cue,
    "views of nobody": Cue,
    "statement goes on": Cue,
    "staff of an entity": Cue,
    # of sponsors
    "sponsors": Sponsors,
    "sponsors unnamed": Cue,
    "behalf of a sponsor": Sponsors,  # in parentheses behind the sponsor
    "behalf behind a sponsor": Sponsors,
    "between parties": Cue,
    "before a party": Cue,
    "about a draft": Cue,
    "members of a group": MembersOfGroup,
    # of attendance, and of meetings
    "attendance told": Cue,
    "attendance listed": Cue,
    "meetings counted": Counted,
    # of officers
    "officers announced": OfficersAnnounced,
    "person": Officers,
    "line of officers": Officers,
    "heading of a post": Cue,
    "election": Officers,  # the verb, behind which persons and offices stand
    "persons elected": Officers,
    "naming": Officers,  # the verb, behind which names without State and offices stand
    "names and office": Officers,
    "name elected": Cue,
    "nomination": Officers,
    "vacancy": Vacancy,
    "members proposed": MembersProposed,
    "proposal of persons": Officers,
    "group assisting": Cue,
    "regional seats": Cue,
    "seat": Seat,
    "panel officer": PanelOfficer,
    "officer holding": Officers,
    "delegate": Delegate,
    # sentences of the conduct of a session that say no more than practice has them say
    "conduct": Cue,
    # of what is understood: words that say nothing alone
    "function word": Cue,
    "common noun": Cue,
    # of documents
    "documents announced": Cue,  # a list of them stands below
    "documentation": Cue,  # the label before a list
    "entry of documents": DocumentListed,
    "way to a symbol": Cue,  # words between the name of a document and its symbol
    "name of a document": Cue,
    "end of a name": Cue,  # what the name of one document does not hold
    # of acts
    "act": ActRead,
    "method": Method,
    "chapeau": Chapeau,
    "recommended to": OrganNamed,
    "for adoption by": OrganNamed,
    "revision": Revision,
    "quoted title": Title,
    "pointer": Pointer,
    "subject": Subject,  # of a sentence
    "list of acts": Subject,  # that stands below a sentence
    "list of objects": Cue,  # the end of a sentence that announces one
    "told by another": Cue,
    "clause of a verb": Cue,
    "kind of body": Cue,  # the noun that says what a body is
    "draft given up": Cue,
    "draft before": Cue,  # the words mean the draft named before
    "object before": Cue,
    "end of act": Cue,
    "draft named": Cue,
    # of meetings
    "meetings": MeetingsNamed,
    "organ behind the meetings": OrganNamed,  # "At its 3rd meeting, …, the Committee agreed"
    "organ": OrganNamed,
    "committee of the session": OrganNamed,  # one that a report names in full
    "organ of the session": OrganNamed,  # what is no body but met at the session
    "organ that met": OrganNamed,  # the subject of a sentence
    "work reported": OrganNamed,  # in a heading
    "own session": SessionNamed,
    "sitting": Pointing,
    "proceedings": Cue,
    # of votes
    "vote": Vote,
    "side of a vote": VoteSide,
    # of agendas
    "coming session": SessionNamed,
    "agenda item": ItemNamed,
    "consideration": Cue,
    # of mandates
    "due": DueTime,
    "deliverable": Deliverable,
    "organ in short": OrganInShort,
    "unknown organ": Cue,  # an organ that is named before "its session" and is none of the vocabulary
    "infinitive": Cue,
    "next infinitive": Cue,  # what stands between two infinitives
    "insertion": Cue,  # words between commas that are no part of what is asked
    "further request": Cue,
    "done before": Cue,  # words at whose end a session is named at which something was done already
    "as said before": Cue,  # an infinitive that only points back
    "purpose around an act": Cue,  # a purpose of statements that has to do with an act
    "report asked for": ReportAskedFor,
    "stance": Stance,
    "term set": Cue,  # where a decision begins that sets a term: for how long, until when, when it is reviewed
    "next verb": Cue,  # the finite verb with which a paragraph goes on
}
