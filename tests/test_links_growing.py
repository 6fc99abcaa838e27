"""Links that are found anew when reports come and go are those that all reports together give."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from random import Random

import pytest
from rdflib import Dataset, Graph, URIRef

from mappings.links.adoptions import adoptions
from mappings.links.fulfilments import answers
from mappings.links.held import Held, held
from mappings.links.neighbourhood import links_anew
from mappings.links.rows import Row, held_of, rows_of
from mappings.links.successions import adopted_items, continued_texts
from ontology.terms import BASE, REC

CASES = sorted((Path(__file__).parent / "links").glob("*.trig"))


def given(path: Path) -> Graph:
    dataset = Dataset()
    dataset.parse(path, format="trig")
    return dataset.graph(URIRef(f"{BASE}given"))


def found(known: Held) -> dict[tuple[str, str], str]:
    """All links by their property and subject, whatever they say."""
    links = {(str(one.predicate), str(one.subject)): str(one) for one in links_of(known)}
    return {**links, **{(str(REC.fulfilledMandate), str(one.mandate)): str(one) for one in answers(known)}}


def links_of(known: Held) -> list[object]:
    return [*adoptions(known), *continued_texts(known), *adopted_items(known)]


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_what_is_held_can_be_kept_as_rows(path: Path) -> None:
    known = held(given(path))
    kept = [Row(**json.loads(json.dumps(asdict(row)))) for row in rows_of(known)]
    assert held_of(kept) == known


def by_report(rows: list[Row]) -> list[list[Row]]:
    """The rows as the reports that bring them: each with what it says itself of the sessions that it names."""
    sessions = {row.iri: row for row in rows if row.table == "sessions"}
    reports: dict[str, list[Row]] = {iri: [row] for iri, row in sessions.items()}
    for row in rows:
        if row.table != "sessions":
            named = [row.values.get("session"), *row.values.get("dues", ())]
            place = row.values.get("text") or row.values.get("place") or row.iri
            own = f"{BASE}session/" + "/".join(place.removeprefix(BASE).split("/")[1:3])
            report = reports.get(own) or reports[row.values["session"]]
            report.append(row)
            stubs = (sessions[iri] for iri in named if iri and iri != own)
            report += [replace(one, values={**one.values, "reported": False, "closed": ""}) for one in stubs]
    return list(reports.values())


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_links_found_anew_when_reports_come_and_go_are_those_of_all_together(path: Path, seed: int) -> None:
    chance, reports = Random(seed), by_report(list(rows_of(held(given(path)))))
    inside: set[int] = set()
    links: dict[tuple[str, str], str] = {}
    for _ in range(12):
        number = chance.randrange(len(reports))
        inside ^= {number}
        force = [row for one in sorted(inside) for row in reports[one]]
        anew = links_anew(reports[number], lambda key, force=force: [row for row in force if key in row.keys])
        links = {key: link for key, link in links.items() if key not in anew.subjects}
        links |= {(str(one.predicate), str(one.subject)): str(one) for one in anew.links}
        links |= {(str(REC.fulfilledMandate), str(one.mandate)): str(one) for one in anew.answers}
        assert links == found(held_of(force))
