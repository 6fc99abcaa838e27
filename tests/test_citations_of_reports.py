"""The citations of the two real reports against what was read from them by eye."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from mappings.citing.citations import Citations, citations
from mappings.facts import CitationFact
from mappings.outline import outline
from mappings.source import from_text
from ontology.vocabulary import load
from tests.accuracy.table import place_id

CHECKED_33 = tomllib.loads((Path(__file__).parent / "citations" / "ccpcj-33.toml").read_text(encoding="utf8"))
KINDS = {"draft resolution": "DR", "draft decision": "DD", "resolution": "R", "decision": "D"}
NUMBERED = re.compile(r"/(?:RES|DEC)/|^[AES]/")


def read(shared: Path, session: int, year: int) -> Citations:
    text = (shared / "reports" / f"ccpcj-{session}.txt").read_text(encoding="utf8")
    return citations(outline(from_text(text)), load(), body="ccpcj", session=session, year=year)


@pytest.fixture(scope="module")
def thirty_first(shared: Path) -> Citations:
    return read(shared, 31, 2022)


@pytest.fixture(scope="module")
def thirty_third(shared: Path) -> Citations:
    return read(shared, 33, 2024)


def text_of(fact: CitationFact) -> str:
    assert fact.text is not None
    return f"s31-{KINDS[fact.text.kind]}-{fact.text.number}"


def f1(gold: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> float:
    return 2 * sum((gold & found).values()) / (sum(gold.values()) + sum(found.values()))


def gold_rows(shared: Path, name: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads((shared / "gold" / "s31" / name).read_text(encoding="utf8"))
    return rows


def test_citations_of_the_texts_are_those_of_the_gold(shared: Path, thirty_first: Citations) -> None:
    gold = Counter(
        (row["text"], row["paragraph"], row["cited"], row["role"]) for row in gold_rows(shared, "citations.json")
    )
    found = Counter(
        (text_of(fact), place_id(fact.place), fact.cited.label, fact.role.value)
        for fact in thirty_first.facts
        if fact.text
    )
    assert f1(gold, found) >= 0.95


def test_numbered_documents_of_each_text_are_those_of_the_gold(shared: Path, thirty_first: Citations) -> None:
    rows = gold_rows(shared, "citations.json")
    gold = Counter({(row["text"], row["cited"]): 1 for row in rows if NUMBERED.search(row["cited"])})
    found = Counter(
        {
            (text_of(fact), fact.cited.key): 1
            for fact in thirty_first.facts
            if fact.text and NUMBERED.search(fact.cited.key)
        }
    )
    assert f1(gold, found) >= 0.98


def test_dates_and_pinpoints_of_numbered_documents_are_those_of_the_gold(shared: Path, thirty_first: Citations) -> None:
    gold = {
        (row["text"], row["paragraph"], row["cited"], row["date"] or "", row["pinpoint"] or "")
        for row in gold_rows(shared, "citations.json")
        if NUMBERED.search(row["cited"])
    }
    found = {
        (text_of(fact), place_id(fact.place), fact.cited.key, str(fact.on or ""), fact.pinpoint)
        for fact in thirty_first.facts
        if fact.text and NUMBERED.search(fact.cited.key)
    }
    assert found == gold


def test_numbered_references_of_the_report_itself_are_found(shared: Path, thirty_first: Citations) -> None:
    wanted = {
        (str(row["para"]), row["cited"])
        for row in gold_rows(shared, "citations_body.json")
        if row["para"] and NUMBERED.search(row["cited"])
    }
    found = {(place_id(fact.place), fact.cited.key) for fact in thirty_first.facts if not fact.text}
    assert wanted <= found


@pytest.mark.parametrize("name", sorted(CHECKED_33))
def test_citations_of_the_thirty_third_session_are_those_checked_by_eye(name: str, thirty_third: Citations) -> None:
    rows = []
    for fact in thirty_third.facts:
        if fact.text and f"{fact.text.kind} {fact.text.number}".strip() == name:
            columns = [place_id(fact.place), fact.cited.label, fact.role.value, fact.pinpoint, str(fact.on or "")]
            rows.append(" | ".join(columns).rstrip(" |"))
    assert rows == CHECKED_33[name]["rows"]
