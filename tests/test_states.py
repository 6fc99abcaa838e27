"""What became of requests as of the day of a release: answered, due, overdue, not known, no term."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.terms import BASE
from server.publish import build
from server.publishing.as_of import newest_day, sessions_over
from server.publishing.manifest import StoredPart
from server.publishing.release import current
from server.questions import question
from server.table import ask

PREFIXES = f"""@prefix rec: <{BASE}def/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> . @base <{BASE}> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
ASKED = """
<body/clcm> rdfs:label "Commission on Lighthouses" ; rec:acronym "CLCM" . <body/ga> rdfs:label "General Assembly" .
<session/clcm/12> rec:ordinal 12 ; rec:ofBody <body/clcm> . <session/clcm/13> rec:ordinal 13 ; rec:ofBody <body/clcm> .
<session/clcm/14> rec:ordinal 14 ; rec:ofBody <body/clcm> . <session/ga/78> rec:ordinal 78 ; rec:ofBody <body/ga> .
<text/clcm/12/resolution/1> a rec:Resolution ; rec:number "12/1" ; rec:ofSession <session/clcm/12> ; rec:voice <body/clcm> .
<c> rec:number "1" ; rec:order 1 .
<m> rec:mandatingText <text/clcm/12/resolution/1> ; rec:mandatingClause <c> ; rec:order 1 ; rec:conditional false ;
  rec:addresseePhrase "the Keeper" .
<report/clcm/12> rec:reportsOn <session/clcm/12> .
"""
REPORT = '<m> rec:deliverable "report" .'
DUE_13, DUE_14 = "<m> rec:dueSession <session/clcm/13> .", "<m> rec:dueSession <session/clcm/14> ."
HELD_13 = "<report/clcm/13> rec:reportsOn <session/clcm/13> ."
PARTLY_13 = f"{HELD_13} <report/clcm/13> rec:partial true ."
ANSWER = """<f> rec:fulfilledMandate <m> ; rec:fulfillingDocument <d> ; rec:presentedAtSession <session/clcm/13> .
<d> rec:symbol "E/CN.99/2024/2" ."""
OVER_12, OVER_13 = "<body/clcm> rec:lastSessionOver 12 .", "<body/clcm> rec:lastSessionOver 13 ."
AS_OF = '<dataset> rec:asOf "2024-05-17"^^xsd:date .'


def rows(*said: str) -> list[tuple[str, str, str]]:
    """Of each row by when it is due, its state and what answered it."""
    store = ox.Store()
    store.load((PREFIXES + ASKED + AS_OF + "\n".join(said)).encode(), format=ox.RdfFormat.TURTLE)
    asked = question("mandates")
    assert asked is not None
    found = store.query(asked.sparql)
    assert isinstance(found, ox.QuerySolutions)
    shown = []
    for row in found:
        due, state, answered = (row["dueSession"] or row["dueDate"], row["state"], row["answeredBy"])
        shown.append(tuple(one.value if isinstance(one, ox.Literal) else "" for one in (due, state, answered)))
    return shown  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ((REPORT,), ("", "no term", "")),
        ((REPORT, DUE_14, OVER_13), ("14", "due", "")),
        ((REPORT, DUE_13, OVER_12), ("13", "due", "")),
        ((REPORT, DUE_13, OVER_13, HELD_13), ("13", "overdue", "")),
        ((REPORT, DUE_13, OVER_13, PARTLY_13), ("13", "not known", "")),
        ((REPORT, DUE_13, OVER_13), ("13", "not known", "")),
        ((REPORT, DUE_13, OVER_12, HELD_13), ("13", "due", "")),  # told as of a day before that session
        ((REPORT, DUE_13, OVER_13, HELD_13, ANSWER), ("13", "answered", "E/CN.99/2024/2")),
        (
            ('<m> rec:deliverable "meeting" .', DUE_13, OVER_13, HELD_13),
            ("13", "not known", ""),
        ),  # no document shows it
        ((REPORT, "<m> rec:dueSession <session/ga/78> .", "<body/ga> rec:lastSessionOver 77 ."), ("78", "due", "")),
        ((REPORT, '<m> rec:dueDate "2024-05-18"^^xsd:date .'), ("2024-05-18", "due", "")),
        ((REPORT, '<m> rec:dueDate "2023-12-31"^^xsd:date .'), ("2023-12-31", "not known", "")),
        ((REPORT, '<m> rec:duePhrase "within 15 days after its adoption" .'), ("", "not known", "")),
        (
            (REPORT, "<m> rec:dueSession <s> . <s> rec:ordinal 2023 ; rec:ofBody <body/ga> ."),
            ("2023", "not known", ""),  # a session that is called by its year
        ),
    ],
)
def test_a_request_has_one_state(said: tuple[str, ...], expected: tuple[str, str, str]) -> None:
    assert rows(*said) == [expected]


def test_each_due_has_its_own_state() -> None:
    found = rows(REPORT, DUE_13, DUE_14, '<m> rec:dueDate "2031-01-01"^^xsd:date .', OVER_13, HELD_13, ANSWER)
    assert found == [
        ("2031-01-01", "due", ""),
        ("13", "answered", "E/CN.99/2024/2"),
        ("14", "due", ""),
    ]


def part(session: int, newest: str, body: str = "clcm") -> StoredPart:
    return StoredPart(f"report/{body}/{session}", "1", (), {}, {"body": body, "session": session}, Path(), newest)


@pytest.mark.parametrize(
    ("sessions", "day", "last"),
    [
        ({12: "2022-05-20", 14: "2024-05-17"}, "2024-05-17", 14),
        ({12: "2022-05-20", 14: "2024-05-17"}, "2023-06-01", 12),  # before the newest that is held
        ({12: "2022-05-20", 14: "2024-05-17"}, "2025-12-31", 14),  # the next may come late in its year
        ({12: "2022-05-20", 14: "2024-05-17"}, "2027-01-01", 16),  # one a year
        ({14: "2024-05-17"}, "2031-01-01", 14),  # of one session no pace is known
        ({12: "2022-05-20"}, "2021-01-01", None),
    ],
)
def test_a_session_without_report_is_over_by_those_that_are_held(
    sessions: dict[int, str], day: str, last: int | None
) -> None:
    assert sessions_over([part(*one) for one in sessions.items()], day).get("clcm") == last


@pytest.mark.parametrize(("day", "last"), [("2024-05-17", 77), ("2024-10-01", 78)])
def test_a_session_of_the_assembly_is_over_when_the_next_opens(day: str, last: int) -> None:
    assert sessions_over([part(14, "2024-05-17")], day)["ga"] == last


def test_the_newest_day_is_of_what_happened_and_not_of_what_is_due() -> None:
    day, graph = "<http://www.w3.org/2001/XMLSchema#date>", f"<{BASE}graph/report/clcm/12>"
    said = (
        ("session/clcm/12/part/1", "endDate", "2022-05-20"),
        ("meeting/clcm/12/13", "date", "2022-05-19"),
        ("mandate/clcm/12/resolution/1/operative/1/1", "dueDate", "2031-01-01"),
        ("membership/A/DEC/76/401/1", "endDate", "2032-12-31"),
    )
    quads = "".join(f'<{BASE}{thing}> <{BASE}def/{name}> "{on}"^^{day} {graph} .\n' for thing, name, on in said)
    assert newest_day(quads) == "2022-05-20"


def test_a_release_keeps_the_day_that_its_operator_names(
    samples: list[Path], published_data: Path, tmp_path: Path
) -> None:
    shutil.copytree(published_data, data := tmp_path / "data", symlinks=True)
    asked = question("mandates")
    assert asked is not None
    days, states = [], []
    for release in (current(data), build(samples[1:], data, as_of="2031-06-01").release):
        assert release is not None
        days.append(release.manifest.as_of)
        table = ask(release.store, asked.sparql)
        due, state = table.columns.index("dueSession"), table.columns.index("state")
        states.append({row[state] for row in table.rows if row[due] == 14})
    assert days == ["2023-03-10", "2031-06-01"]
    assert states == [{"due"}, {"not known"}]
