"""The facts of other bodies' reports that were read by hand, and how they are compared."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mappings.facts import DocumentFact, StatementFact
from tests.extraction import facts_of
from tests.other_reports import FORMS, GOLD, KINDS, Known, agrees, gold, names

STRETCHES = tomllib.loads((GOLD / "stretches.toml").read_text(encoding="utf-8"))


def known(kind: str, value: str, beside: str = "", note: str = "") -> Known:
    return Known(1, "", kind, value, beside, "", note)


@pytest.fixture(scope="module")
def spoken() -> tuple[StatementFact, ...]:
    facts = facts_of("At its 1st meeting, on 7 March 2022, the representative of Peru made a statement.")
    return facts.statements


@pytest.mark.parametrize("name", names())
def test_each_fact_stands_in_a_stretch_that_was_read(name: str) -> None:
    lines = {line for start, end in STRETCHES[name] for line in range(start, end + 1)}
    rows = gold(name)
    assert rows
    assert {row.line for row in rows} <= lines
    assert {row.kind for row in rows} <= set(KINDS)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", names())
def test_the_line_of_a_fact_holds_its_words(name: str, form: str, shared: Path) -> None:
    text = (shared / "other-reports" / f"{name}.{form}.txt").read_text(encoding="utf-8").split("\n")
    assert [row for row in gold(name) if row.words.split()[-1] not in text[row.line - 1]] == []


def test_a_statement_agrees_by_its_party_and_by_whom_it_was_made_for(spoken: tuple[StatementFact, ...]) -> None:
    (statement,) = spoken
    assert agrees(known("statement", "Peru"), statement)
    assert not agrees(known("statement", "Chad"), statement)
    assert not agrees(known("statement", "Peru", "Group of 77"), statement)


def test_a_document_agrees_by_its_symbol() -> None:
    facts = facts_of(
        "For its consideration of item 4, the Commission had before it the report on lamps (E/CN.99/2022/7)."
    )
    (document,) = facts.documents
    assert isinstance(document, DocumentFact)
    assert agrees(known("document", "E/CN.99/2022/7"), document)
    assert not agrees(known("document", "E/CN.99/2022/70"), document)
