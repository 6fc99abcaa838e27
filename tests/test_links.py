"""What links the reports of a release: one case a file of tests/links, and the two sample reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, Dataset, Graph, URIRef

from mappings.extract import extract
from mappings.graph import assert_graph
from mappings.links.linking import link
from mappings.outline import outline
from mappings.source import read
from ontology.terms import BASE, OA, REC
from shapes.conformance import validate_links

CASES = sorted((Path(__file__).parent / "links").glob("*.trig"))


def _case(path: Path, part: str) -> Graph:
    dataset = Dataset()
    dataset.parse(path, format="trig")
    return dataset.graph(URIRef(f"{BASE}{part}"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_links_are_those_of_the_case(path: Path) -> None:
    assert sorted(link(_case(path, "given")).asserted) == sorted(_case(path, "linked"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_every_link_names_its_rule_and_the_two_places_that_it_stands_on(path: Path) -> None:
    links = link(_case(path, "given"))
    annotations = set(links.evidence.subjects(RDF.type, OA.Annotation))
    stated = set(links.asserted.subjects(RDF.type, REC.Fulfilment))
    triples = {t for t in links.asserted if t[1] in (REC.adoptedAs, REC.continues, REC.becameItem)}
    bodies = {links.evidence.value(one, OA.hasBody) for one in annotations}
    reified = {
        tuple(links.evidence.value(body, part) for part in (RDF.subject, RDF.predicate, RDF.object))
        for body in bodies - stated
    }
    assert bodies >= stated
    assert reified == triples
    for one in annotations:
        assert links.evidence.value(one, REC.rule)
        assert len(set(links.evidence.objects(one, OA.hasTarget))) == 2


def test_fulfilment_without_confidence_does_not_conform() -> None:
    case = Path(__file__).parent / "links" / "report_of_the_due_session.trig"
    links = link(_case(case, "given")).asserted
    links.remove((None, REC.confidence, None))
    results = validate_links(links, _case(case, "given")).results
    assert [result.message for result in results] == ["A fulfilment must say how sure it is, from 0 to 1."]


def test_drafts_of_the_31st_session_became_three_resolutions_and_its_request_was_answered(shared: Path) -> None:
    reports = Graph()
    for number in (31, 33):
        source = read(shared / "reports" / f"ccpcj-{number}.txt")
        reports += assert_graph(extract(source, outline(source)))
    links = link(reports).asserted
    adopted = {(str(a).removeprefix(BASE), str(b).removeprefix(BASE)) for a, b in links.subject_objects(REC.adoptedAs)}
    answered = {str(document).removeprefix(BASE) for document in links.objects(None, REC.fulfillingDocument)}
    assert adopted == {
        ("text/ccpcj/31/draft-resolution/ga/1", "document/A/RES/77/231"),
        ("text/ccpcj/31/draft-resolution/ga/2", "document/A/RES/77/232"),
        ("text/ccpcj/31/draft-resolution/ga/3", "document/A/RES/77/233"),
    }
    assert answered == {"document/E/CN.15/2024/14"}
    assert validate_links(links, reports).conforms
