"""Texts and their paragraphs: counts, opening phrases, addressees, conditions."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.facts import ClauseFact, Facts
from tests.accuracy.table import Gold, Row, Table, place_id, plain, rows, text_id, text_named


def _gold_texts(gold: Gold) -> Iterator[Row]:
    for row in rows(gold, "texts.json"):
        number = text_named(row).partition("-")[2]
        counts = (row["preambular"], row["operative_numbered"], row["lettered_total"])
        names = (row["kind"], number, row["voice"], row["title"], plain(row["recommended_to"]))
        yield (*names, *map(str, counts))


def _texts(facts: Facts) -> Iterator[Row]:
    for fact in facts.texts:
        whom = fact.recommended_to.label if fact.recommended_to else ""
        names = (fact.key.kind, fact.key.number, fact.voice.label, fact.title, whom)
        yield (*names, str(fact.preambular), str(fact.operative), str(fact.subparagraphs))


def _gold_clauses(gold: Gold) -> Iterator[tuple[dict[str, object], Row]]:
    for row in rows(gold, "paragraphs.json"):
        part = "P" if row["type"].startswith("preambular") else "O"
        letter = f"({row['letter']})" if row.get("letter") else ""
        yield row, (text_named(row), f"{part} {row['order']}{letter}")


def _gold_phrases(gold: Gold) -> Iterator[Row]:
    for row, place in _gold_clauses(gold):
        preambular = row["type"] == "preambular"
        yield (*place, plain(row["verb_with_preposition"] if preambular else row["verb"]))


def _gold_addressees(gold: Gold) -> Iterator[Row]:
    return ((*place, plain(row["addressee"])) for row, place in _gold_clauses(gold) if row.get("addressee"))


def _gold_conditions(gold: Gold) -> Iterator[Row]:
    return (place for row, place in _gold_clauses(gold) if row.get("condition"))


def _clauses(facts: Facts) -> Iterator[tuple[ClauseFact, Row]]:
    for fact in facts.clauses:
        if fact.key.part != "agenda":
            yield fact, (text_id(fact.key.text), place_id(fact.key))


TABLES = (
    Table("texts", _gold_texts, _texts),
    Table("clauses", _gold_phrases, lambda facts: ((*place, fact.phrase) for fact, place in _clauses(facts))),
    Table(
        "addressees",
        _gold_addressees,
        lambda facts: ((*place, fact.addressee.label) for fact, place in _clauses(facts) if fact.addressee),
    ),
    Table("conditions", _gold_conditions, lambda facts: (place for fact, place in _clauses(facts) if fact.conditional)),
)
