"""The rows of the question tables, from facts alone: without paragraph, order and letter, which losses take away."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from mappings.facts import (
    CitationFact,
    Evidence,
    Facts,
    FootnoteFact,
    FootnoteKey,
    StatementFact,
    TextKey,
    Thing,
    ThingKind,
)
from ontology.naming import NameKind
from ontology.vocabulary import load

Cells = tuple[str, ...]


class Fact(Protocol):
    """What was read, with its evidence."""

    @property
    def evidence(self) -> Evidence: ...


Found = Iterable[tuple[Cells, Fact]]


@dataclass(frozen=True, slots=True)
class Table:
    """A question's table: its name, and its rows with their evidence."""

    name: str
    rows: Callable[[Facts], Found]
    asked: bool = True  # whether the targets hold for it; the others are printed beside it


def _statements(facts: Facts) -> Found:
    for fact in facts.statements:
        meetings = " | ".join(f"{key.body} {key.number or ''}".strip() for key in fact.meetings)
        when = (meetings, " | ".join(map(str, fact.on)))
        whose = " | ".join(one.label for one in fact.on_behalf_of)
        who = (words(fact.speaker), name(fact.party), fact.capacity, fact.mode, whose)
        yield (*when, *who, str(fact.right_of_reply), words(fact.purpose)), fact


def _acts(facts: Facts) -> Found:
    for fact in facts.actions:
        meeting = f"{fact.meeting.body} {fact.meeting.number or ''}" if fact.meeting else ""
        done = (fact.phrase, fact.method, " | ".join(fact.drafts), fact.revision, words(fact.title))
        results = " | ".join(text(key) for key in fact.results)
        vote = fact.vote and (fact.vote.in_favour, fact.vote.against, fact.vote.abstaining)
        ends = (" | ".join(fact.documents), name(fact.recommended_to), name(fact.for_adoption_by), str(vote or ""))
        yield (meeting, str(fact.on or ""), *done, results, *ends), fact


def _sponsors(facts: Facts) -> Found:
    for fact in facts.sponsorships:
        yield (fact.draft, text(fact.text), name(fact.sponsor), name(fact.on_behalf_of)), fact


def _documents(facts: Facts) -> Found:
    for fact in facts.documents:
        yield (fact.item, words(fact.title), " | ".join(fact.symbols), fact.role), fact


def _meetings(facts: Facts) -> Found:
    for fact in facts.meetings:
        yield (fact.key.body, str(fact.key.number or ""), str(fact.on or "")), fact


def _views(facts: Facts) -> Found:
    for fact in facts.views:
        where = (fact.chapter, words(fact.section), words(fact.topic))
        yield (*where, fact.quantifier, letters(fact.text)), fact


def _clauses(facts: Facts) -> Found:
    for fact in facts.clauses:
        read = (fact.key.part, fact.phrase, fact.verb, name(fact.addressee), str(fact.conditional))
        yield (text(fact.key.text), *read), fact


def _citations(facts: Facts) -> Found:
    for fact in facts.citations:
        if fact.text:
            cited = (fact.relation, fact.cited.key, words(fact.pinpoint), str(fact.on or ""), fact.role.value)
            yield (text(fact.text), *cited), fact


def _references(facts: Facts) -> Found:
    for fact in facts.citations:
        if not fact.text:
            yield (fact.cited.key, words(fact.pinpoint)), fact


def _agenda(facts: Facts) -> Found:
    for fact in facts.agenda:
        yield (str(fact.session), fact.status, fact.item, words(fact.title)), fact


def _texts(facts: Facts) -> Found:
    for fact in facts.texts:
        counts = (str(fact.preambular), str(fact.operative), str(fact.subparagraphs))
        yield (text(fact.key), words(fact.title), name(fact.recommended_to), *counts), fact


def _footnotes(facts: Facts) -> Found:
    for fact in facts.footnotes:
        yield (fact.key.mark, letters(fact.text)), fact


def _paragraphs(facts: Facts) -> Found:
    for fact in facts.paragraphs:
        yield (fact.chapter, words(fact.section_title), letters(fact.text)), fact


def hangs_on_note(fact: Fact) -> bool:
    """Whether a fact is lost with the marks of footnotes.

    It is a footnote, stands in one, reports a statement that a note adds or completes, or cites what a note alone tells:
    a document, or an instrument that no scheme names.
    """
    match fact:
        case FootnoteFact() | CitationFact(place=FootnoteKey()):
            return True
        case CitationFact(via=FootnoteKey(), cited=Thing(kind=ThingKind.INSTRUMENT, key=key)):
            return load().entry(NameKind.INSTRUMENT, key) is None
        case CitationFact(via=FootnoteKey(), cited=Thing(kind=ThingKind.DOCUMENT)) | StatementFact(via=FootnoteKey()):
            return True
        case _:
            return False


def name(thing: Thing | None) -> str:
    return thing.label if thing else ""


def text(key: TextKey | None) -> str:
    return f"{key.voice} {key.kind} {key.number}".strip() if key else ""


def words(printed: str) -> str:
    """Words as they stand, white space aside."""
    return " ".join(printed.split())


def letters(printed: str) -> str:
    """The letters and digits of a long text, which may be broken or lettered otherwise."""
    unlettered = re.sub(r"^(?: ?- )?\([a-z]\)\s+", "", printed, flags=re.MULTILINE)
    return "".join(sign for sign in unlettered.lower() if sign.isalnum())


TABLES = (
    Table("statements", _statements),
    Table("acts", _acts),
    Table("sponsors", _sponsors),
    Table("documents", _documents),
    Table("meetings", _meetings),
    Table("views", _views),
    Table("clauses", _clauses),
    Table("citations", _citations),
    Table("references", _references, asked=False),
    Table("agenda", _agenda, asked=False),
    Table("texts", _texts, asked=False),
    Table("footnotes", _footnotes, asked=False),
    Table("paragraphs", _paragraphs, asked=False),
)
