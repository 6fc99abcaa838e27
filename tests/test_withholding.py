"""What does not conform is withheld unit by unit; the rest is published, and a fuller version is not replaced by it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from server.app import create_app
from server.cli import main
from server.publish import build
from server.publishing.reading import Reading, Refusal, read_report
from server.publishing.release import Release
from server.settings import Settings
from server.table import ask
from tests.extraction import COVER

CHAPTER_ONE = """Chapter I

Matters brought to the attention of the Economic and Social Council

1. The following resolution adopted by the Commission is brought to the attention of the Economic and Social Council:

Resolution 12/1

Painting the towers

The Commission on Lighthouses and Coastal Memory,

1. *Requests* the Secretary-General to count the towers.
"""
ACTS = """
Chapter II

Action taken

2. At its 1st meeting, on 7 March 2022, the Commission adopted draft resolution E/CN.99/2022/L.2 (for the text, see chap. I, resolution 12/1).

3. At its 2nd meeting, on 8 March 2022, the Commission adopted draft resolution E/CN.99/2022/L.3, by a recorded vote of 1 to 1, with 1 abstention. The voting was as follows: In favour: Chad. Against: {against}. Abstaining: Malta.

4. At the same meeting, the representative of Peru made a statement.
"""
WHOLE = COVER + CHAPTER_ONE + ACTS.format(against="Cuba")
FAULTY = COVER + CHAPTER_ONE + ACTS.format(against="Chad")  # on both sides of the vote


def written(folder: Path, text: str, name: str = "report.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def rows(release: Release, query: str) -> tuple[tuple[object, ...], ...]:
    return ask(release.store, f"PREFIX rec: <http://localhost:8000/def/> {query}").rows


@pytest.fixture(scope="module")
def partial(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Release, Reading]:
    data = tmp_path_factory.mktemp("data")
    published = build([written(tmp_path_factory.mktemp("reports"), FAULTY)], data)
    (outcome,) = published.outcomes
    assert published.release is not None and isinstance(outcome, Reading)
    return data, published.release, outcome


def test_a_paragraph_that_does_not_conform_is_withheld_with_its_reason(
    partial: tuple[Path, Release, Reading],
) -> None:
    _, _, outcome = partial
    (withheld,) = outcome.withheld
    assert withheld.unit.name == "Paragraph 3 of the report on the 12th session"
    assert "each on one side of the vote only" in withheld.reasons[0]


def test_the_rest_is_published(partial: tuple[Path, Release, Reading]) -> None:
    _, release, _ = partial
    assert rows(release, "SELECT ?n { ?p a rec:Paragraph ; rec:number ?n } ORDER BY ?n") == (("1",), ("2",), ("4",))
    assert rows(release, "SELECT ?n { ?t a rec:Resolution ; rec:number ?n }") == (("12/1",),)
    spoken = rows(release, "SELECT ?who { ?s a rec:Statement ; rec:party ?who }")
    assert spoken == (("http://localhost:8000/state/PER",),)


def test_the_report_is_marked_partial_in_graph_catalogue_and_coverage(partial: tuple[Path, Release, Reading]) -> None:
    _, release, _ = partial
    assert rows(release, "SELECT ?p { ?r a rec:Report ; rec:partial ?p }") == ((True,),)
    listed = 'SELECT ?unit ?reason { ?gap rec:stage "withheld" ; rec:text ?unit ; rec:reason ?reason }'
    ((unit, reason),) = rows(release, listed)
    assert unit == "Paragraph 3 of the report on the 12th session" and "one side of the vote" in str(reason)
    counted = 'SELECT ?total ?claimed { ?c rec:stage "units" ; rec:total ?total ; rec:claimed ?claimed }'
    assert rows(release, counted) == ((7, 6),)
    assert [report.record["partial"] for report in release.manifest.reports] == [True]


def test_the_page_and_the_catalogue_say_that_the_report_is_partial(partial: tuple[Path, Release, Reading]) -> None:
    data, _, _ = partial
    app = create_app(Settings(data=data))
    with app.test_client() as client:
        page = client.get("/report/clcm/12.html").text
        catalogue = client.get("/dataset.ttl").text
    app.extensions["current"].close()
    assert "This report is partial" in page and "Paragraph 3 of the report on the 12th session" in page
    assert "Partial: withheld because it does not conform: Paragraph 3" in catalogue


def test_what_belongs_to_the_report_as_a_whole_stops_it(tmp_path: Path) -> None:
    outcome = read_report(written(tmp_path, COVER + "Chapter II\n\nOther matters\n"))
    assert isinstance(outcome, Reading) and not outcome.conforms and not outcome.withheld


def test_a_poorer_version_does_not_replace_the_fuller_one(tmp_path: Path) -> None:
    data = tmp_path / "data"
    whole = build([written(tmp_path, WHOLE)], data).release
    again = build([written(tmp_path, FAULTY)], data)
    (outcome,) = again.outcomes
    assert whole is not None and again.release is None and isinstance(outcome, Refusal)
    assert "is fuller and was kept; this one lacks 1 of 4 paragraphs. Replace it with --partial" in outcome.reason
    half = build([written(tmp_path, COVER + CHAPTER_ONE)], data)
    (outcome,) = half.outcomes
    assert isinstance(outcome, Refusal) and "lacks report/clcm/12/chapter/2; 3 of 4 paragraphs" in outcome.reason


def test_the_operator_may_replace_a_fuller_version(tmp_path: Path) -> None:
    given = ["--data", str(tmp_path / "data")]
    first = CliRunner().invoke(main, ["build", str(written(tmp_path, WHOLE)), *given])
    kept = CliRunner().invoke(main, ["build", str(written(tmp_path, FAULTY)), *given])
    replaced = CliRunner().invoke(main, ["build", str(written(tmp_path, FAULTY)), "--partial", *given])
    assert (first.exit_code, kept.exit_code, replaced.exit_code) == (0, 1, 0)
    assert "is fuller and was kept" in kept.output
    assert "partial: 1 withheld" in replaced.output


def test_check_says_which_unit_would_be_withheld(tmp_path: Path) -> None:
    checked = CliRunner().invoke(main, ["check", str(written(tmp_path, FAULTY))])
    assert checked.exit_code == 1
    assert "partial: 1 withheld, because it does not conform: Paragraph 3" in checked.output
    assert "conforms in part" in checked.output
