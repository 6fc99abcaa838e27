"""When and where the statements of a paragraph were made, and under which item."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mappings.context import reported_organ
from mappings.dates import days
from mappings.facts import Basis, MeetingFact, MeetingKey
from mappings.formulas.formula import first, in_order, leftmost, matches, says
from mappings.tree import Kind, Node

Meetings = tuple[MeetingFact, ...]


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and on what occasion statements were made; `basis` tells how the meetings are known.

    `day` is that of an event outside a meeting. `around` are the words that told around which action delegations spoke,
    where a sentence or paragraph before this one said so.
    """

    paragraph: str
    held: Meetings
    basis: str
    item: str
    chapter: str
    day: date | None = None
    around: str = ""
    of_session: Meetings = ()  # all that were held
    organ: str = ""  # the organ of the session whose work is reported here: "the Chair" is its Chair

    @property
    def meetings(self) -> tuple[MeetingKey, ...]:
        """The keys of the meetings, in the order in which they were held."""
        return tuple(meeting.key for meeting in self.held)

    @property
    def on(self) -> tuple[date, ...]:
        """The days, each once."""
        known = {meeting.on for meeting in self.held if meeting.on}
        return tuple(sorted(known | ({self.day} if self.day else set())))

    def at(self, numbers: tuple[int, ...]) -> Occasion:
        """The same at those of its meetings that are printed behind a speaker's name ("1350th, 1354th")."""
        own = {meeting.key.body for meeting in self.held} or {meeting.key.body for meeting in self.of_session[:1]}
        held = tuple(one for one in self.of_session if one.key.number in numbers and one.key.body in own)
        return replace(self, held=held, basis=Basis.STATED) if held else self

    def narrowed(self, sentence: str) -> Occasion:
        """The same for a sentence and those after it: of several meetings the ones it names, if it names any."""
        held = _named(self.held, sentence)
        if held == self.held and len(held) == 2 and len(self.on) == 1:
            half = leftmost("half of the day", sentence)
            held = (held[:1] if half.fields["first"] else held[1:]) if half else held
        before = "" if says("action told", sentence) else self.around
        return replace(self, held=held, around=_around(sentence) or before)


def _around(sentence: str) -> str:
    """The words that tell around which action delegations spoke; empty where none do."""
    told = leftmost("around an action", sentence) or leftmost("around a draft", sentence)
    return sentence[told.start : told.end] if told else ""


def _named(held: Meetings, words: str) -> Meetings:
    """Of several meetings those whose numbers the words print; all where they print none of them."""
    numbers = {found.number("number") for found in matches("meeting number", words)}
    return tuple(meeting for meeting in held if meeting.key.number in numbers) or held


@dataclass(slots=True)
class _Chapter:
    """What is known of the meetings and the item of a chapter while it is read."""

    title: str
    year: int | None
    first: Meetings
    item: str = ""
    section: str = ""
    of_chapter: Meetings = ()
    of_section: Meetings = ()
    previous: Meetings = ()
    day: date | None = None
    around: str = ""
    alone: Meetings = ()  # the one meeting that the paragraph before was about, none where it named several
    begun: bool = False  # a paragraph of the section has been read

    def enter(self, section: str) -> None:
        """Begin a section, whose own meetings and day are not known yet."""
        if section != self.section:
            self.section, self.of_section, self.day, self.around, self.begun = section, (), None, "", False

    def learn(self, text: str, stated: Meetings, commission: str) -> None:
        """Take from a paragraph the item, the meetings and the day that hold for those after it."""
        item = first("agenda item", text)
        self.item = self.item or (item.words("item") if item else "")
        self.of_chapter = self.of_chapter or tuple(one for one in stated if one.key.body == commission)
        if any(meeting.key.body != commission for meeting in stated):
            self.of_section = stated
        elif self.section and not self.begun and len(stated) == 1:
            self.of_section = stated  # "At its 3rd meeting, the Commission held a panel discussion", below its heading
        self.begun = True
        if not stated and (event := first("day of an event", text)):
            found = days(text[: event.end], self.year)
            self.day = found[0].first if found else None

    def held(self, text: str, stated: Meetings) -> tuple[Meetings, str]:
        """The meetings of a paragraph and how they are known."""
        if stated:
            return stated, Basis.STATED
        if self.previous and says("same meeting", text):
            return self.previous, Basis.SAME_MEETING
        if self.previous and (self.is_action or self._goes_on(text)):
            return self.previous, Basis.PREVIOUS_PARAGRAPH
        if self.day:
            return (), Basis.SECTION
        if self.first and says("opening section", self.section):
            return self.first, Basis.OPENING
        if self.alone and says("goes on at the meeting", text):
            return self.alone, Basis.PREVIOUS_PARAGRAPH
        if self.of_section:
            return self.of_section, Basis.SECTION
        return self.of_chapter, Basis.CHAPTER if self.of_chapter else Basis.NOT_STATED

    def _goes_on(self, text: str) -> bool:
        """Whether a paragraph tells of a right of reply, or of what came before or after the action just reported."""
        words = text.lstrip("0123456789. ")
        around = any(found.start == 0 for found in matches("around an action", words))
        return around or any(found.fields.get("reply") for found in matches("purpose of a sentence", text))

    @property
    def is_action(self) -> bool:
        """Whether the section reports the action taken."""
        return says("action section", self.section)


def occasions(tree: Node, meetings: Meetings) -> Iterator[tuple[Occasion, Node]]:
    """Every running paragraph of a chapter or annex that may report statements, with its occasion.

    Deliberations and summaries by the Chair are left out: they report views without saying whose they are.
    """
    commission = meetings[0].key.body if meetings else ""
    first = tuple(one for one in meetings if one.key.body == commission and one.key.number == 1)
    year = max((one.on.year for one in meetings if one.on), default=None)
    for chapter in tree.of(Kind.CHAPTER, Kind.ANNEX):
        if chapter.kind is Kind.ANNEX and says("views heading", chapter.title.text):
            continue
        state = _Chapter(chapter.title.text, year, first)
        for section, node in _numbered(chapter):
            text = node.passage.text
            state.enter(section)
            stated = tuple(meeting for meeting in meetings if node.key in meeting.paragraphs)
            state.learn(text, stated, commission)
            if says("views heading", section):
                continue
            held, basis = state.held(text, stated)
            around = state.around if basis == Basis.PREVIOUS_PARAGRAPH else ""
            day = None if held else state.day
            organ = reported_organ(section) or reported_organ(state.title)
            yield Occasion(node.key, held, basis, state.item, state.title, day, around, meetings, organ), node
            if basis not in (Basis.CHAPTER, Basis.SECTION, Basis.NOT_STATED):
                state.previous = _last_named(held, text)  # a paragraph that names none does not hide the one before
                state.alone = held if len(held) == 1 else ()
            said = in_order("around an action", text)
            state.around = text[said[-1].start : said[-1].end] if said and state.is_action else around


def _last_named(held: Meetings, text: str) -> Meetings:
    """Of several meetings the one that a paragraph names last."""
    named = [found.number("number") for found in in_order("meeting number", text)]
    last = tuple(meeting for meeting in held if named and meeting.key.number == named[-1])
    return last or held


def _numbered(chapter: Node) -> Iterator[tuple[str, Node]]:
    """The chapter's numbered paragraphs, each with the title of its section."""

    def below(node: Node, section: str) -> Iterator[tuple[str, Node]]:
        for child in node.children:
            if child.kind is Kind.PARAGRAPH:
                yield section, child
            elif child.kind in (Kind.SECTION, Kind.TOPIC):
                yield from below(child, child.title.text if child.kind is Kind.SECTION else section)
            elif child.kind is Kind.DECISION:
                yield from below(child, section)

    yield from below(chapter, "")
