"""When, where and for what the statements of a paragraph were made."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mappings.facts import MeetingFact, MeetingKey
from mappings.formulae import formula
from mappings.tree import Kind, Node


@dataclass(frozen=True, slots=True)
class Occasion:
    """When and on what occasion the statements of one paragraph were made; `basis` tells how the meetings are known."""

    paragraph: str
    meetings: tuple[MeetingKey, ...]
    on: tuple[date, ...]
    basis: str
    item: str
    chapter: str


@dataclass(slots=True)
class _Chapter:
    """What is known of the meetings and the item of a chapter while it is read."""

    title: str
    item: str = ""
    section: str = ""
    of_chapter: tuple[MeetingFact, ...] = ()
    of_section: tuple[MeetingFact, ...] = ()
    previous: tuple[MeetingFact, ...] = ()

    def held(self, node: Node, stated: tuple[MeetingFact, ...]) -> tuple[tuple[MeetingFact, ...], str]:
        """The meetings of a paragraph and how they are known."""
        reply = formula("occasions", "right of reply").search(node.passage.text)
        if stated:
            return stated, "stated in paragraph"
        if reply and self.previous:
            return self.previous, "previous paragraph"
        if self.of_section:
            return self.of_section, "section"
        return self.of_chapter, "chapter" if self.of_chapter else "not stated"


def occasions(tree: Node, meetings: tuple[MeetingFact, ...]) -> Iterator[tuple[Occasion, Node]]:
    """Every numbered paragraph that may report statements, with its occasion.

    Deliberations and summaries by the Chair are left out: they report views without saying whose they are.
    """
    for chapter in tree.of(Kind.CHAPTER):
        state = _Chapter(chapter.title.text)
        for section, node in _numbered(chapter):
            if section != state.section:
                state.section, state.of_section = section, ()
            stated = tuple(meeting for meeting in meetings if node.label in meeting.paragraphs)
            item = formula("occasions", "agenda item").search(node.passage.text)
            state.item = state.item or (item["item"] if item else "")
            state.of_chapter = state.of_chapter or stated
            if stated and any(meeting.key.body != meetings[0].key.body for meeting in stated):
                state.of_section = stated
            if formula("views", "heading").match(section):
                continue
            held, basis = state.held(node, stated)
            state.previous = held
            yield _occasion(node, held, basis, state), node


def _occasion(node: Node, held: tuple[MeetingFact, ...], basis: str, state: _Chapter) -> Occasion:
    keys = tuple(meeting.key for meeting in held)
    days = tuple(sorted({meeting.on for meeting in held if meeting.on}))
    return Occasion(node.label, keys, days, basis, state.item, state.title)


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


def purpose(occasion: Occasion, what: str, rule: str, before: str, sentence: str) -> str:
    """What a statement was for: `what` names it, `before` are the words before its speakers, `rule` read it."""

    def says(name: str, words: str) -> bool:
        return bool(formula("occasions", name).search(words))

    if says("right of reply", sentence):
        return "right of reply"
    if rule.startswith("led by panellists"):
        return "panel discussion"
    for name, words in (
        ("closing", "closing statement"),
        ("opening", "opening statement"),
        ("introductory remarks", "introductory remarks"),
        ("introductory statement", "introductory statement"),
        ("keynote", "keynote address"),
    ):
        if says(name, what):
            return words
    if rule.startswith("presentations were contributed"):
        return "expert presentation" if "expert" in what.casefold() else "panel discussion"
    if says("presentation", what):
        return "panel presentation"
    if rule.startswith(("addressed", "was addressed")):
        return "address to the Commission (opening)"
    for name in ("explanation of vote", "explanation of position"):
        if says(name, sentence):
            return name
    if lead := formula("occasions", "around an action").search(before):
        order = "before" if lead["order"].casefold() in ("before", "prior to") else "after"
        action = "the vote" if lead["action"].startswith("vot") else lead["action"]
        return f"{order} {action}" + (" of the report" if lead["report"] else "")
    debate = any(says("general debate", words) for words in (occasion.chapter, sentence))
    return "general debate" if debate else "statement on item"
