"""Citations in the texts of chapter I and references in the report's own paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mappings.facts import Facts, ParagraphKey
from tests.accuracy.table import Gold, Row, Table, place_id, plain, rows, text_id, text_named

_NUMBERED = re.compile(r"/(?:RES|DEC)/|^(?:[AES]|CTOC)/")


def _gold_citations(gold: Gold) -> Iterator[Row]:
    return ((text_named(row), row["paragraph"], row["cited"], row["role"]) for row in rows(gold, "citations.json"))


def _citations(facts: Facts) -> Iterator[Row]:
    for fact in facts.citations:
        if fact.text:
            yield text_id(fact.text), place_id(fact.place), fact.cited.label, fact.role.value


def _gold_documents(gold: Gold) -> Iterator[Row]:
    found = {(text_named(row), row["cited"]) for row in rows(gold, "citations.json") if _NUMBERED.search(row["cited"])}
    return iter(sorted(found))


def _documents(facts: Facts) -> Iterator[Row]:
    found = {
        (text_id(fact.text), fact.cited.key)
        for fact in facts.citations
        if fact.text and _NUMBERED.search(fact.cited.key)
    }
    return iter(sorted(found))


def _gold_references(gold: Gold) -> Iterator[Row]:
    found = {
        (str(row["para"]), row["cited"])
        for row in rows(gold, "citations_body.json")
        if row["para"] and re.search(r"/(?:RES|DEC)/", row["cited"])
    }
    return iter(sorted(found))


def _references(facts: Facts) -> Iterator[Row]:
    """The numbered resolutions and decisions: the gold is complete for these alone."""
    found = {
        (fact.place.path, fact.cited.key)
        for fact in facts.citations
        if not fact.text and isinstance(fact.place, ParagraphKey) and fact.place.path.isdigit()
        if re.search(r"/(?:RES|DEC)/", fact.cited.key)
    }
    return iter(sorted(found))


def _gold_relations(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "citations.json"):
        yield text_named(row), row["paragraph"], row["cited"], row["relation"]


def _relations(facts: Facts) -> Iterator[Row]:
    for fact in facts.citations:
        if fact.text:
            yield text_id(fact.text), place_id(fact.place), fact.cited.label, fact.relation


def _gold_details(gold: Gold) -> Iterator[Row]:
    """Pinpoints, whole dates (the year of a book is part of its name) and the footnote that identifies the thing."""
    for row in rows(gold, "citations.json"):
        via = row["via_footnote"]
        marks = " ".join(map(str, via)) if isinstance(via, list) else plain(via)
        on = row["date"] if row["date"] and len(row["date"]) == len("2022-05-16") else ""
        yield text_named(row), row["paragraph"], row["cited"], plain(row["pinpoint"]), on, marks


def _details(facts: Facts) -> Iterator[Row]:
    for fact in facts.citations:
        if fact.text:
            where = (text_id(fact.text), place_id(fact.place), fact.cited.label)
            yield (*where, fact.pinpoint, plain(fact.on), fact.via.mark if fact.via else "")


TABLES = (
    Table("citations", _gold_citations, _citations),
    Table("cited documents", _gold_documents, _documents),
    Table("relations of citations", _gold_relations, _relations),
    Table("details of citations", _gold_details, _details),
    Table("references", _gold_references, _references),
)
