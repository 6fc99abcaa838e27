"""The competency questions: their contract, their answers on the samples, their counts on a real report."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from server.pages.parameters import KINDS
from server.publishing.release import Release
from server.questions import ChartOf, Parameter, by_theme, parse, question, questions
from server.table import Table, as_csv, ask
from tests.published import served

EXPECTED = Path(__file__).parent / "questions"
TEXT = "session kind number voice"
CONTRACT = {
    "actions": "session paragraph meeting date action draft revision title result method inFavour against"
    " abstaining symbol place commission iri",
    "addressees": "addressee deliverable requests iri",
    "added": "symbol order sponsor onBehalfOf session commission iri",
    "adopted": f"{TEXT} title adoptedAs commission iri",
    "agenda": "session status item letter title commission iri",
    "attendance": "session category count commission iri",
    "carried-on": "text session continues before commission iri",
    "chain": "draft recommendedTo adoptedAs paragraph adoptedParagraph change title basis session place commission iri",
    "citations": f"{TEXT} part order relation cited pinpoint date role section commission iri",
    "cited-by-year": "text year relation cited iri",
    "cited-by": "cited text relation role session commission iri",
    "clauses": f"{TEXT} part order phrase verb addressee conditional section commission iri",
    "co-sponsors-of": "state partner drafts iri",
    "co-sponsors": "sponsor with drafts iri",
    "coverage": "session stage total claimed unclaimed commission iri",
    "corrections": "fact state property before after reason office date session commission iri",
    "days": "session date meetings statements commission iri",
    "documents": "session paragraph item letter title symbol role place commission iri",
    "due-next": "due addressee deliverable text operative conditional iri",
    "evidence": "fact source start end quote iri",
    "expressions": "symbol language title preambular operative session commission iri",
    "footnotes": "session mark text commission iri",
    "fulfilments": f"{TEXT} operative letter addressee deliverable dueBody dueSession conditional document"
    " presentedAtSession confidence section commission iri",
    "instruments": "instrument texts citations iri",
    "mandates": f"{TEXT} operative letter addressee deliverable dueBody dueSession conditional dueDate periodicity"
    " reviewClause expiry state answeredBy qualifier partiesTo continuing resourceCondition section commission iri",
    "meetings": "session body meeting date commission iri",
    "most-recalled": "cited texts iri",
    "officers": "session paragraph office group person state status body place commission iri",
    "paragraphs": "session paragraph chapter section text place commission iri",
    "recalls-network": "citing cited relation session citedIri commission iri",
    "references": "session paragraph cited pinpoint place commission iri",
    "requests": f"{TEXT} operative letter addressee deliverable dueBody dueSession conditional section commission iri",
    "residue": "source paragraph words session start end place commission iri",
    "sessions": "session name begins ends venue texts statements report commission iri",
    "signed-for": "group sponsor drafts iri",
    "similar": "text paragraph otherText otherParagraph likeness verb otherVerb place commission iri",
    "speakers": "party session statements commission iri",
    "spoke-for": "group speaker statements iri",
    "sponsors-ranked": "sponsor drafts sessions commission iri",
    "sponsors": "session draft order sponsor onBehalfOf added symbol commission iri",
    "statements": "session paragraph order meeting date speaker party capacity mode onBehalfOf rightOfReply"
    " purpose onText stance act place commission iri",
    "strongest-texts": "text strength paragraphs iri",
    "subjects": "symbol scheme subject label session commission iri",
    "texts": f"{TEXT} title recommendedTo preambular operative subparagraphs symbol commission iri",
    "unanswered": "session text operative addressee deliverable due conditional commission iri",
    "verbs-by-strength": "session strength verb paragraphs commission iri",
    "views": "session paragraph chapter section quantifier text topic place commission iri",
    "votes": "symbol state vote session commission iri",
}
SUMS = (
    "addressees",
    "co-sponsors",
    "co-sponsors-of",
    "days",
    "instruments",
    "most-recalled",
    "signed-for",
    "speakers",
    "spoke-for",
    "sponsors-ranked",
    "strongest-texts",
    "verbs-by-strength",
)
NAMES = sorted(entry.name for entry in questions())


def answer(release: Release, name: str) -> Table:
    entry = question(name)
    assert entry is not None, name
    return ask(release.store, entry.at(release.base))


@pytest.fixture(scope="module")
def sample(published_data: Path) -> Release:
    return served(published_data)


@pytest.fixture(scope="module")
def real(real_data: Path) -> Release:
    return served(real_data)


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


@pytest.mark.parametrize("name", NAMES)
def test_a_question_stands_under_a_theme_of_the_gallery(name: str) -> None:
    assert [name for _, known in by_theme() for entry in known if entry.name == name] == [name]


@pytest.mark.parametrize("name", NAMES)
def test_every_comment_of_a_question_is_understood(name: str) -> None:
    entry = question(name)
    assert entry is not None
    comments = [line for line in entry.sparql.splitlines() if line.startswith("#")]
    told = 3 + len(entry.parameters) + sum(bool(one.values) for one in entry.parameters)  # title, description, theme
    understood = told + (entry.chart is not None) + bool(entry.home)
    assert len(comments) == understood


@pytest.mark.parametrize("name", NAMES)
def test_parameters_and_chart_name_columns_of_the_answer(name: str, sample: Release) -> None:
    entry = question(name)
    assert entry is not None
    named = {parameter.column for parameter in entry.parameters}
    if entry.chart:
        named |= {entry.chart.number, entry.chart.by, entry.chart.other} - {"rows", ""}
        assert entry.chart.given in {"", *named}
    assert named <= set(answer(sample, name).columns)
    assert {parameter.kind for parameter in entry.parameters} <= KINDS


def test_parameters_and_a_chart_are_read_from_the_comments() -> None:
    entry = parse(
        "own", '# parameter: session session "Which session"\n# chart: drafts by state, given session\nASK {}'
    )
    assert entry.parameters == (Parameter("session", "session", "Which session"),)
    assert entry.chart == ChartOf("drafts", "state", "session")


def test_a_chart_of_pairs_and_its_title_are_read_from_the_comments() -> None:
    entry = parse("own", '# chart: drafts by sponsor and with "Drafts that both signed"\nASK {}')
    assert entry.chart == ChartOf("drafts", "sponsor", other="with", title="Drafts that both signed")


@pytest.mark.parametrize("name", NAMES)
def test_a_question_has_a_chart_with_a_title_in_a_persons_words(name: str) -> None:
    entry = question(name)
    assert entry is not None and entry.chart is not None
    assert entry.chart.title or entry.chart.number != "rows"


def test_a_title_is_read_from_the_leading_comments_only() -> None:
    entry = parse("own", "# title: Who?\n# description: All.\nSELECT * {}\n# title: no\n")
    assert (entry.title, entry.description) == ("Who?", "All.")


@pytest.mark.parametrize("name", CONTRACT)
def test_the_columns_are_those_of_the_contract(name: str, sample: Release) -> None:
    assert answer(sample, name).columns == tuple(CONTRACT[name].split())


def test_every_question_is_in_the_contract() -> None:
    assert sorted(CONTRACT) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_the_last_columns_are_the_place_the_commission_and_the_subject(name: str) -> None:
    columns = CONTRACT[name].split()
    ending = [column for column in ("place", "commission", "iri") if column in columns]
    assert columns[-len(ending) :] == ending
    assert ending[-1] == "iri"
    assert ("paragraph" in columns) == ("place" in columns)
    assert "session" not in columns or "commission" in columns


@pytest.mark.parametrize("name", [name for name in NAMES if name not in SUMS])
def test_the_subject_of_every_row_is_described(name: str, sample: Release) -> None:
    subjects = {row[-1] for row in answer(sample, name).rows}
    named = ask(sample.store, "SELECT DISTINCT ?thing { ?thing a ?class }")
    assert subjects <= {thing for (thing,) in named.rows}


@pytest.mark.parametrize("name", SUMS)
def test_a_sum_has_no_subject(name: str, sample: Release) -> None:
    assert {row[-1] for row in answer(sample, name).rows} == {None}


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
