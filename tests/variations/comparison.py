"""The facts of a varied report beside those of the report as it was: found again, lost and new."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum

from mappings.extract import extract
from mappings.facts import CitationFact, Evidence, Facts, FootnoteKey, Place, StatementFact, Thing, ThingKind
from mappings.outline import outline
from mappings.source import Span, from_text
from ontology.naming import NameKind
from ontology.vocabulary import load
from tests.variations.changes import Variation

NOT_COMPARED = frozenset(
    {"source", "gaps", "coverage", "residue"}
)  # the file's name, and what says how far the rules reach
_QUOTES = str.maketrans("“”‘’", "\"\"''")


@dataclass(frozen=True, slots=True)
class Agreement:
    """A table of facts of both reports, as bags: the order does not count, the number does."""

    table: str
    again: int
    lost: tuple[object, ...]
    new: tuple[object, ...]


def read_facts(text: str) -> Facts:
    """The facts of a report's text."""
    source = from_text(text, "varied")
    return extract(source, outline(source))


def agreements(unvaried: Facts, varied: Facts) -> tuple[Agreement, ...]:
    """Every table of facts of the varied report beside that of the report as it was."""
    found = []
    for f in fields(Facts):
        if f.name not in NOT_COMPARED:
            before, after = (_rows(getattr(facts, f.name)) for facts in (unvaried, varied))
            lost, new = (tuple(rows.elements()) for rows in (before - after, after - before))
            found.append(Agreement(f.name, (before & after).total(), lost, new))
    return tuple(found)


def differences(unvaried: Facts, varied: Facts) -> list[str]:
    """A line for each fact that is lost or new."""
    return [
        f"{table.table} {sign} {row}"
        for table in agreements(unvaried, varied)
        for sign, rows in (("lost", table.lost), ("new", table.new))
        for row in rows
    ]


def _rows(table: object) -> Counter[object]:
    return Counter(map(bare, table if isinstance(table, tuple) else (table,)))


def bare(value: object) -> object:
    """A fact without its evidence: where it stands and how its quotation marks are drawn do not count."""
    if isinstance(value, Evidence | Span):
        return None
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return (type(value).__name__, *(bare(getattr(value, f.name)) for f in fields(value)))
    if isinstance(value, tuple):
        return tuple(bare(item) for item in value)
    if isinstance(value, str):
        return re.sub(r"\s+", " ", value.translate(_QUOTES)).strip()
    return value


def comparable(facts: Facts, original: Facts, variation: Variation) -> Facts:
    """The facts less those that hang on what the variation takes away."""
    if variation.italics_lost:
        return without_italics(facts)
    return without_notes(facts, original) if variation.notes_lost else facts


def without_italics(facts: Facts) -> Facts:
    """The facts less the works that are known by a title in italics alone."""
    kept = (fact for fact in facts.citations if not fact.evidence.rule.endswith("title in italics"))
    return replace(facts, citations=tuple(kept))


def without_notes(facts: Facts, original: Facts) -> Facts:
    """The facts less those that hang on a footnote of the original report.

    A fact hangs on a footnote that it is, that it stands in, that reports a second statement, or that alone tells what
    is cited: a document, or an instrument that no scheme names. On whose behalf a statement was made is left out where
    a footnote adds to it.
    """
    noted = {(fact.paragraph, fact.speaker) for fact in original.statements if fact.via}
    told = {(fact.place, fact.cited) for fact in original.citations if fact.via is not None and not _named(fact.cited)}
    return replace(
        facts,
        footnotes=(),
        clauses=tuple(replace(fact, footnotes=()) for fact in facts.clauses),
        citations=tuple(_citations(facts.citations, told)),
        statements=tuple(_statements(facts.statements, noted)),
    )


def _named(cited: Thing) -> bool:
    """Whether a scheme of the ontology has a cited thing's name, so that words alone tell it."""
    if cited.kind is ThingKind.DOCUMENT:
        return False
    return cited.kind is not ThingKind.INSTRUMENT or load().entry(NameKind.INSTRUMENT, cited.key) is not None


def _citations(found: tuple[CitationFact, ...], told: set[tuple[Place, Thing]]) -> list[CitationFact]:
    return [
        replace(fact, via=None)
        for fact in found
        if not isinstance(fact.place, FootnoteKey) and (fact.place, fact.cited) not in told
    ]


def _statements(found: tuple[StatementFact, ...], noted: set[tuple[str, str]]) -> list[StatementFact]:
    """The statements, counted anew; of a speaker whom a footnote lets speak again, the first."""
    kept: list[StatementFact] = []
    counted: Counter[str] = Counter()
    for fact in found:
        again = kept and (kept[-1].paragraph, kept[-1].speaker) == (fact.paragraph, fact.speaker)
        by_note = (fact.paragraph, fact.speaker) in noted
        if again and by_note and kept[-1].party == fact.party:
            continue
        counted[fact.paragraph] += 1
        whom = () if by_note else fact.on_behalf_of
        kept.append(replace(fact, order=counted[fact.paragraph], on_behalf_of=whom, via=None))
    return kept
