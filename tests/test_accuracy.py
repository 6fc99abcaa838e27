"""The facts of the two real reports: the 31st against the gold, the 33rd against what was read from it by eye."""

from __future__ import annotations

from pathlib import Path

import pytest

from mappings.extract import extract
from mappings.facts import Facts
from mappings.outline import outline
from mappings.source import read
from tests.accuracy.scores import scores
from tests.accuracy.table import Score

FLOORS = {
    "texts": 1.0, "clauses": 0.99, "addressees": 0.95, "conditions": 0.95, "actions": 0.95, "titles of actions": 0.95,
    "sponsors": 1.0, "meetings": 1.0, "footnotes": 1.0, "chapters and sections": 1.0, "citations": 0.90,
    "cited documents": 0.98, "references": 0.98, "statements": 0.98, "modes": 0.98, "capacities": 0.98,
    "documents": 1.0, "agenda": 1.0, "attendance": 1.0,
}  # fmt: skip
EU = "States Members of the United Nations that are members of the European Union"


@pytest.fixture(scope="module")
def measured(shared: Path) -> dict[str, Score]:
    return {score.name: score for score in scores(shared)}


@pytest.fixture(scope="module")
def thirty_third(shared: Path) -> Facts:
    source = read(shared / "reports" / "ccpcj-33.txt")
    return extract(source, outline(source))


@pytest.mark.parametrize("table", FLOORS)
def test_a_table_of_the_thirty_first_session_is_as_good_as_asked(table: str, measured: dict[str, Score]) -> None:
    score = measured[table]
    assert score.f1 >= FLOORS[table], (score.missed, score.extra)


def test_the_texts_of_the_thirty_third_session(thirty_third: Facts) -> None:
    found = [
        (t.key.kind, t.key.number, t.key.voice, t.preambular, t.operative, t.subparagraphs) for t in thirty_third.texts
    ]
    assert found == [
        ("draft resolution", "I", "ga", 14, 27, 0),
        ("draft resolution", "II", "ga", 9, 5, 0),
        ("draft resolution", "III", "ga", 16, 12, 0),
        ("draft resolution", "", "ecosoc", 14, 10, 0),
        ("draft decision", "I", "ecosoc", 0, 0, 0),
        ("draft decision", "II", "ecosoc", 0, 0, 3),
        ("resolution", "33/1", "ccpcj", 14, 11, 21),
        ("decision", "33/1", "ccpcj", 0, 0, 0),
    ]


def test_every_paragraph_of_both_sessions_is_there(thirty_third: Facts) -> None:
    assert [fact.number for fact in thirty_third.paragraphs] == [str(number) for number in range(1, 171)]


def test_the_acts_of_the_thirty_third_session(thirty_third: Facts) -> None:
    found = [
        (
            *(act.paragraph, act.meeting.number if act.meeting else None, act.phrase),
            *(act.drafts[0] if act.drafts else "", act.revision),
            " | ".join(f"{key.kind} {key.number}".strip() for key in act.results),
        )
        for act in thirty_third.actions
    ]
    drafts = "E/CN.15/2024/"
    assert found == [
        ("1", None, "recommends", "", "", "draft resolution I | draft resolution II | draft resolution III"),
        ("2", None, "recommends", "", "", "draft resolution"),
        ("3", None, "recommends", "", "", "draft decision I | draft decision II"),
        ("4", None, "adopted", "", "", "resolution 33/1 | decision 33/1"),
        ("5", 7, "decided to transmit", "", "", "decision 33/1"),
        ("95", 7, "decided to transmit", "", "", "decision 33/1"),
        ("96", 7, "decided to recommend", "", "", "draft decision I"),
        ("97", 10, "decided to recommend", drafts + "L.4/Rev.1", "as further revised", "draft resolution"),
        ("98", 10, "decided to recommend", drafts + "L.6/Rev.1", "as further revised", "draft resolution III"),
        ("99", 10, "adopted", drafts + "L.2", "as revised", "resolution 33/1"),
        ("143", 8, "decided to recommend", drafts + "L.3/Rev.1", "", "draft resolution I"),
        ("144", 10, "decided to recommend", drafts + "L.5/Rev.1", "", "draft resolution II"),
        ("156", 9, "decided to recommend", drafts + "L.7", "", "draft decision II"),
        ("158", 10, "adopted by consensus", drafts + "L.1", "as orally amended", ""),
        ("159", None, "agreed", "", "", ""),
        ("164", None, "elected", "", "", ""),
        ("168", 1, "adopted", "", "", ""),
    ]


@pytest.mark.parametrize(
    ("draft", "count", "first", "last"),
    [
        ("L.4/Rev.1", 17, "Albania", "United States"),
        ("L.6/Rev.1", 18, "Albania", "Viet Nam"),
        ("L.2", 7, "Belarus", "Venezuela (Bolivarian Republic of)"),
        ("L.3/Rev.1", 12, "Albania", "Viet Nam"),
        ("L.5/Rev.1", 19, "Albania", "Viet Nam"),
    ],
)
def test_the_sponsors_of_a_draft_of_the_thirty_third_session(
    thirty_third: Facts, draft: str, count: int, first: str, last: str
) -> None:
    found = [fact for fact in thirty_third.sponsorships if fact.draft == f"E/CN.15/2024/{draft}"]
    assert (len(found), found[0].sponsor.label, found[-1].sponsor.label) == (count, first, last)


def test_belgium_sponsors_for_the_members_of_the_european_union(thirty_third: Facts) -> None:
    behalf = {(fact.sponsor.label, fact.on_behalf_of.label) for fact in thirty_third.sponsorships if fact.on_behalf_of}
    assert behalf == {("Belgium", EU)}


def test_the_meetings_of_the_thirty_third_session(thirty_third: Facts) -> None:
    found = {fact.key.number: fact.on for fact in thirty_third.meetings if fact.key.body == "ccpcj" and fact.key.number}
    days = {number: on.day for number, on in found.items() if on}
    assert days == {1: 13, 2: 13, 3: 14, 4: 14, 5: 15, 6: 15, 7: 16, 8: 16, 9: 17, 10: 17}


def test_nothing_but_sentences_is_left_over_in_the_thirty_third_session(thirty_third: Facts) -> None:
    assert {gap.stage for gap in thirty_third.gaps} <= {"sentences"}
