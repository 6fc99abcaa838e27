"""The facts of the two real reports against those that were read from them by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from mappings.extract import extract
from mappings.facts import Facts
from mappings.outline import outline
from mappings.source import read
from tests.accuracy.__main__ import summary
from tests.accuracy.scores import SESSIONS, scores, tables
from tests.accuracy.table import Row, Score, Table, compare, content

ASKED = {
    "addressees": 0.98, "conditions": 0.98, "requests": 0.95, "citations": 0.95, "cited documents": 0.98,
    "relations of citations": 0.95, "details of citations": 0.95, "references": 0.98, "statements": 0.98, "modes": 0.98,
    "capacities": 0.98, "meetings of statements": 0.98, "items of statements": 0.98, "persons who spoke": 0.98,
    "purposes of statements": 0.98,
    "views": 0.95,
}  # fmt: skip
PRECISE = 0.98
INCOMPLETE: dict[tuple[str, str], str] = {}
IMPRECISE = {
    ("s31", "relations of citations"): "of 'decided to transmit' only 'decided' is kept",
    ("s33", "relations of citations"): "of 'decided to transmit' only 'decided' is kept",
}
FLOORS: dict[tuple[str, str], float] = {}
MEASURES = [(session.name, table.name) for session in SESSIONS for table in tables()]


def _known(gaps: dict[tuple[str, str], str]) -> list[object]:
    """Every table of both sessions, those with a known gap marked to fail until it is closed."""
    return [
        pytest.param(*place, marks=pytest.mark.xfail(strict=True, reason=gaps[place])) if place in gaps else place
        for place in MEASURES
    ]


@pytest.fixture(scope="module")
def measured(shared: Path) -> dict[tuple[str, str], Score]:
    return {(session.name, score.name): score for session in SESSIONS for score in scores(shared, session)}


@pytest.fixture(scope="module")
def thirty_third(shared: Path) -> Facts:
    source = read(shared / "reports" / "ccpcj-33.txt")
    return extract(source, outline(source))


@pytest.mark.parametrize(("session", "table"), _known(INCOMPLETE))
def test_a_table_is_as_complete_as_asked(session: str, table: str, measured: dict[tuple[str, str], Score]) -> None:
    score = measured[session, table]
    assert score.f1 >= ASKED.get(table, 1.0), (score.missed, score.extra)


@pytest.mark.parametrize(("session", "table"), _known(IMPRECISE))
def test_a_table_is_as_precise_as_asked(session: str, table: str, measured: dict[tuple[str, str], Score]) -> None:
    score = measured[session, table]
    assert score.precision >= PRECISE, score.extra


@pytest.mark.parametrize(("session", "table"), FLOORS)
def test_a_known_gap_does_not_widen(session: str, table: str, measured: dict[tuple[str, str], Score]) -> None:
    score = measured[session, table]
    assert score.f1 >= FLOORS[session, table], (score.missed, score.extra)


@pytest.fixture(scope="module")
def of_a_sample(samples: list[Path]) -> Facts:
    source = read(samples[0])
    return extract(source, outline(source))


def _score(gold: list[Row], found: list[Row], facts: Facts) -> Score:
    return compare(Table("rows", lambda _: gold, lambda _: found), (), facts)


def test_a_row_that_stands_twice_counts_twice(of_a_sample: Facts) -> None:
    score = _score([("Selvara",), ("Selvara",)], [("Selvara",)], of_a_sample)
    assert (score.right, score.missed, score.extra) == (1, (("Selvara",),), ())


def test_precision_counts_what_is_too_much_and_recall_what_is_missed(of_a_sample: Facts) -> None:
    score = _score([("1",), ("2",), ("3",), ("4",)], [("1",), ("5",)], of_a_sample)
    assert (score.precision, score.recall) == (0.5, 0.25)
    assert score.f1 == pytest.approx(1 / 3)


def test_a_table_with_no_rows_on_either_side_is_right(of_a_sample: Facts) -> None:
    score = _score([], [], of_a_sample)
    assert (score.precision, score.recall, score.f1) == (1.0, 1.0, 1.0)


def test_gold_is_taken_from_the_first_folder_that_has_it(tmp_path: Path) -> None:
    for name in ("first", "second"):
        (tmp_path / name).mkdir()
        (tmp_path / name / f"{name}.json").write_text(f'["{name}"]', encoding="utf-8")
        (tmp_path / name / "both.json").write_text(f'["{name}"]', encoding="utf-8")
    gold = (tmp_path / "first", tmp_path / "second")
    assert [content(gold, f"{name}.json") for name in ("both", "second")] == [["first"], ["second"]]


def test_gold_that_no_folder_has_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        content((tmp_path,), "officers.json")


def test_the_summary_has_a_row_for_every_table(measured: dict[tuple[str, str], Score]) -> None:
    sessions = {
        session.name: tuple(score for (name, _), score in measured.items() if name == session.name)
        for session in SESSIONS
    }
    lines = list(summary(sessions))
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines[2:]] == [table.name for table in tables()]
    assert {line.count("|") for line in lines} == {2 + 6 * len(SESSIONS)}


def test_every_paragraph_of_the_thirty_third_session_is_there(thirty_third: Facts) -> None:
    assert [fact.number for fact in thirty_third.paragraphs] == [str(number) for number in range(1, 171)]


def test_nothing_but_sentences_is_left_over_in_the_thirty_third_session(thirty_third: Facts) -> None:
    assert {gap.stage for gap in thirty_third.gaps} <= {"sentences"}
