"""The competency questions: their contract, their answers on the samples, their counts on a real report."""

from __future__ import annotations

import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from server.publish import build
from server.questions import parse, question, questions
from server.release import Release
from server.table import Table, as_csv, ask

EXPECTED = Path(__file__).parent / "questions"
TEXT = "session kind number voice"
CONTRACT = {
    "texts": f"{TEXT} title recommendedTo preambular operative subparagraphs commission",
    "clauses": f"{TEXT} part order phrase verb addressee conditional commission",
    "citations": f"{TEXT} part order relation cited pinpoint date role commission",
    "references": "session paragraph cited pinpoint commission",
    "actions": "session paragraph meeting date action draft revision title result commission",
    "sponsors": "session draft order sponsor onBehalfOf commission",
    "meetings": "session body meeting date commission",
    "footnotes": "session mark text commission",
    "paragraphs": "session paragraph chapter section text commission",
    "coverage": "session stage total claimed unclaimed commission",
    "recalls-network": "citing cited relation session commission",
    "evidence": "fact source start end quote",
}
NAMES = sorted(entry.name for entry in questions())


def answer(release: Release, name: str) -> Table:
    entry = question(name)
    assert entry is not None, name
    return ask(release.store, entry.at(release.base))


@pytest.fixture(scope="module")
def sample(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Release:
    release = build(samples, tmp_path_factory.mktemp("data"), jobs=2).release
    assert release is not None
    return release


@pytest.fixture(scope="module")
def real(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Release:
    release = build([shared / "reports" / "ccpcj-31.txt"], tmp_path_factory.mktemp("data")).release
    assert release is not None
    return release


@pytest.fixture(scope="module")
def gold(shared: Path) -> dict[str, Any]:
    """The tables of facts of the 31st session, read by hand, by name."""
    paths = (shared / "gold" / "s31").glob("*.json")
    return {path.stem: json.loads(path.read_text(encoding="utf-8")) for path in paths}


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_a_title_and_a_description(name: str) -> None:
    entry = question(name)
    assert entry is not None
    assert entry.title.endswith("?")
    assert entry.description.endswith(".")


def test_a_title_is_read_from_the_leading_comments_only() -> None:
    entry = parse("own", "# title: Who?\n# description: All.\nSELECT * {}\n# title: no\n")
    assert (entry.title, entry.description) == ("Who?", "All.")


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_are_those_of_the_contract(name: str, sample: Release) -> None:
    assert answer(sample, name).columns == tuple(CONTRACT[name].split())


@pytest.mark.parametrize("name", [name for name in NAMES if name != "evidence"])
def test_the_sample_gives_the_expected_rows(name: str, sample: Release, rewrite: bool) -> None:
    rows = as_csv(answer(sample, name))
    path = EXPECTED / f"{name}.csv"
    if rewrite:
        path.write_text(rows, encoding="utf-8")
    assert rows == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_no_row_is_given_twice(name: str, sample: Release) -> None:
    rows = Counter(answer(sample, name).rows)
    assert [row for row, times in rows.items() if times > 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_question_is_answered_within_half_a_second(name: str, sample: Release) -> None:
    answer(sample, name)
    start = time.perf_counter()
    answer(sample, name)
    assert time.perf_counter() - start < 0.5


def test_evidence_quotes_the_words_at_its_offsets(sample: Release, samples: list[Path]) -> None:
    texts = {f"{sample.base}report/clcm/{path.stem[-2:]}": path.read_text(encoding="utf-8") for path in samples}
    rows = answer(sample, "evidence").rows
    assert rows
    assert [row for row in rows if texts[str(row[1])][row[2] : row[3]] != row[4]] == []  # type: ignore[misc]


def test_every_session_column_is_a_number_and_every_commission_an_acronym(sample: Release) -> None:
    for name in CONTRACT:
        table = answer(sample, name)
        if "session" in table.columns:
            column = table.columns.index("session")
            assert {(row[column], row[-1]) for row in table.rows} == {(12, "CLCM"), (13, "CLCM")}, name


def test_the_texts_of_the_31st_session_are_those_read_by_hand(real: Release, gold: dict[str, Any]) -> None:
    expected = {
        (
            text["kind"],
            text["number"].split()[-1],
            text["voice"],
            text["title"],
            text["preambular"],
            text["operative_numbered"],
            text["lettered_total"],
        )
        for text in gold["texts"]
    }
    rows = answer(real, "texts").rows
    assert {(row[1], row[2], row[3], row[4], *row[6:9]) for row in rows} == expected


def test_the_sponsors_of_the_31st_session_are_those_read_by_hand(real: Release, gold: dict[str, Any]) -> None:
    expected = {
        (action["draft_symbol"], sponsor["order"], sponsor["sponsor"], bool(sponsor["on_behalf_of"]))
        for action in gold["actions"]
        for sponsor in action["sponsors"]
    }
    rows = answer(real, "sponsors").rows
    assert {(row[1], row[2], row[3], bool(row[4])) for row in rows} == expected


def test_the_footnotes_of_the_31st_session_are_those_read_by_hand(real: Release, gold: dict[str, Any]) -> None:
    expected = [(note["number"], note["footnote_text"]) for note in gold["footnotes"]]
    assert [(row[1], row[2]) for row in answer(real, "footnotes").rows] == expected


def test_the_meetings_of_the_31st_session_are_those_read_by_hand(real: Release, gold: dict[str, Any]) -> None:
    expected = {(meeting["meeting"], meeting["date"]) for meeting in gold["meetings"]}
    assert {(row[2], row[3]) for row in answer(real, "meetings").rows} == expected


def test_all_numbered_paragraphs_of_the_31st_session_stand_in_order(real: Release) -> None:
    assert [row[1] for row in answer(real, "paragraphs").rows] == [str(number) for number in range(1, 147)]


def test_each_clause_of_the_31st_session_has_its_row(real: Release, gold: dict[str, Any]) -> None:
    expected = Counter(clause["type"].split()[0] for clause in gold["paragraphs"])
    assert Counter(row[4] for row in answer(real, "clauses").rows) == expected


def test_the_report_of_a_body_that_is_not_in_the_vocabulary_has_its_rows(samples: list[Path], tmp_path: Path) -> None:
    report = tmp_path / "moon.txt"
    text = samples[0].read_text(encoding="utf-8")
    for words in ("Lighthouses\nand Coastal", "Lighthouses and Coastal"):
        text = text.replace(words, words.replace("Lighthouses", "Moonrise"))
    report.write_text(text, encoding="utf-8")
    release = build([report], tmp_path / "data").release
    assert release is not None
    assert len(answer(release, "texts").rows) == 6
