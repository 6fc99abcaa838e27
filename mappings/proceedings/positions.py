"""Statements on acts: which act a statement before or after it belongs to, and what position the report says it takes.

A statement belongs to the act on the draft that its sentence names by symbol; else to the last act on a draft that is
told before it in the chapter, since reports tell what was said before an adoption behind the adoption; else, where
something is said before an act that is told later, to the next one. What position is taken is said by the words that
tell of the statement, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from mappings import symbols
from mappings.context import Context
from mappings.facts import ActionFact, StatementFact
from mappings.formulas.formula import matches, says
from mappings.sentences import sentences
from mappings.source import Span
from mappings.tree import Node, Passage


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph: its chapter, its place in the order of reading, its node."""

    chapter: str
    order: int
    node: Node


def with_acts(
    context: Context, facts: Iterable[StatementFact], acts: Iterable[ActionFact]
) -> tuple[StatementFact, ...]:
    """The statements, those around an act with the act and the positions that they take."""
    places = {one.key: _Place(one.stand.chapter, order, one.node) for order, one in enumerate(context.told)}
    on_drafts = [act for act in acts if (act.drafts or act.results) and act.paragraph in places]
    return tuple(_with_act(places, fact, on_drafts) for fact in facts)


def _with_act(places: Mapping[str, _Place], fact: StatementFact, acts: list[ActionFact]) -> StatementFact:
    place = places.get(fact.paragraph)
    if place is None:
        return fact
    words = _words(place.node, fact.evidence.span)
    if not says("purpose around an act", fact.purpose):
        return fact
    near = [act for act in acts if places[act.paragraph].chapter == place.chapter]
    act = _named(near, words) or _nearest(places, near, fact, before=says("before", fact.purpose))
    if act is None:
        return fact
    taken = tuple(dict.fromkeys(found.words("stance") for found in matches("stance", words)))
    return replace(fact, act=(act.paragraph, act.order), stances=taken)


def _words(node: Node, span: Span) -> str:
    """The sentences that tell of a statement; of an entry in a list those that announce the list as well."""
    told = _overlapping(node.passage, span)
    if told:
        return told
    announced = sentences(node.passage.text)[-1:]
    below = (_overlapping(child.passage, span) for child in node.children)
    return " ".join((*(one.text for one in announced), *filter(None, below)))


def _overlapping(passage: Passage, span: Span) -> str:
    found = []
    for sentence in sentences(passage.text):
        own = passage.span(sentence.start, sentence.end)
        if own.start < span.end and span.start < own.end:
            found.append(sentence.text)
    return " ".join(found)


def _named(acts: list[ActionFact], words: str) -> ActionFact | None:
    """The last act on a draft that the words name by its symbol."""
    named = {str(symbol) for found in symbols.find(words) for symbol in found.symbols}
    return next((act for act in reversed(acts) if named & set(act.drafts)), None)


def _nearest(
    places: Mapping[str, _Place], acts: list[ActionFact], fact: StatementFact, *, before: bool
) -> ActionFact | None:
    """The last act told before a statement; of a statement `before` an act the next one where none is told before."""

    def place(paragraph: str, span: Span) -> tuple[int, int]:
        return places[paragraph].order, span.start

    own = place(fact.paragraph, fact.evidence.span)
    ordered = sorted(acts, key=lambda act: place(act.paragraph, act.evidence.span))
    told = [act for act in ordered if place(act.paragraph, act.evidence.span) < own]
    to_come = [act for act in ordered if place(act.paragraph, act.evidence.span) > own]
    here = [act for act in to_come if act.paragraph == fact.paragraph]
    if before and here and not any(act.paragraph == fact.paragraph for act in told):
        return here[0]
    return told[-1] if told else to_come[0] if before and to_come else None
