"""Each shape takes a file that conforms and finds, in one that does not, exactly the fault that it is named for.

The files stand beside the facts of tests/lighthouses.py, whose graph conforms: a file tells of one thing more.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, SH, Graph, Literal, URIRef

from mappings.extract import extract
from mappings.graph import assert_graph, sorted_triples
from mappings.outline import outline
from mappings.source import read
from ontology.closure import close
from ontology.terms import BASE, REC, terms
from shapes.checks import CheckError, checks, parsed
from shapes.conformance import must_and_should, validate
from shapes.report import Conformance, Result
from tests.lighthouses import DRAFT, FACTS

FILES = Path(__file__).parent / "shapes"
SHAPES = {str(shape).rpartition("/")[2]: shape for shape in must_and_should().subjects(SH.path | SH.property)}
PASSING = sorted(FILES.glob("*/pass.ttl"))
FAILING = sorted(path for path in FILES.glob("*/*.ttl") if path.name != "pass.ttl" and path.parent.name != "checks")


@cache
def _surroundings() -> tuple[Graph, Graph, frozenset[Result]]:
    asserted = assert_graph(FACTS)
    inferred = close(asserted)
    return asserted, inferred, frozenset(validate(asserted, inferred).results)


def _found(file: Path) -> set[Result]:
    """What a file adds to the results of its surroundings."""
    asserted, inferred, known = _surroundings()
    return set(validate(asserted + Graph().parse(file), inferred).results) - known


def _of_shapes(results: set[Result]) -> set[Result]:
    return {result for result in results if URIRef(result.shape) in SHAPES.values()}


def test_the_surroundings_conform() -> None:
    asserted, inferred, _ = _surroundings()
    assert validate(asserted, inferred).conforms


@pytest.mark.parametrize("file", PASSING, ids=lambda file: file.parent.name)
def test_a_shape_finds_no_fault_in_a_good_description(file: Path) -> None:
    assert _of_shapes(_found(file)) == set()


@pytest.mark.parametrize("file", FAILING, ids=lambda file: file.stem)
def test_a_shape_finds_exactly_the_fault_that_it_is_named_for(file: Path) -> None:
    shape = SHAPES[file.stem]
    message = str(must_and_should().value(shape, SH.message))
    found = {(result.shape, result.message) for result in _of_shapes(_found(file))}
    assert found == {(str(shape), message)}


@pytest.mark.parametrize("check", checks(), ids=lambda check: check.name)
def test_a_check_finds_the_fault_that_it_is_named_for(check: object) -> None:
    name = getattr(check, "name", "")
    found = {result.shape.rpartition("/")[2] for result in _found(FILES / "checks" / f"{name}.ttl")}
    assert name in found


def test_every_shape_with_a_message_has_a_failing_file() -> None:
    with_message = {str(shape).rpartition("/")[2] for shape in must_and_should().subjects(SH.message)}
    assert {file.stem for file in FAILING} == with_message


def test_every_node_shape_has_a_passing_file() -> None:
    nodes = {str(shape).rpartition("/")[2] for shape in must_and_should().subjects(RDF.type, SH.NodeShape)}
    assert {file.parent.name for file in PASSING} == nodes


def test_every_shape_that_can_appear_in_a_report_has_a_name() -> None:
    assert all(isinstance(shape, URIRef) for shape in must_and_should().subjects(SH.message))


def test_shapes_speak_only_of_terms_of_the_vocabulary() -> None:
    used = {term for triple in must_and_should() for term in triple if str(term).startswith(f"{BASE}def/")}
    assert used <= set(terms(REC).values())


@pytest.mark.parametrize(
    "name",
    [
        "Report",
        "Session",
        "SessionPart",
        "Meeting",
        "Chapter",
        "Section",
        "Paragraph",
        "Text",
        "Clause",
        "Footnote",
        "Citation",
        "Act",
        "Sponsorship",
        "State",
        "Body",
        "Group",
        "Organization",
        "Person",
        "ActorClass",
        "Document",
        "Instrument",
        "Goal",
        "Target",
        "Verb",
        "Statement",
        "ReportedView",
        "AgendaItem",
        "Presentation",
        "Post",
        "Designation",
        "Delegation",
        "Attendance",
        "Mandate",
        "Fulfilment",
        "Coverage",
        "Gap",
        "Correction",
    ],
)
def test_every_class_of_the_model_has_a_shape(name: str) -> None:
    assert (None, SH.targetClass, terms(REC)[name]) in must_and_should()


@pytest.fixture
def broken() -> Conformance:
    """The surroundings with an operative paragraph that has no text and a meeting with two dates."""
    asserted, inferred, _ = _surroundings()
    graph = Graph() + asserted
    graph.remove((URIRef(f"{BASE}text/clcm/13/draft-resolution/ga/2/operative/1"), REC.text, None))
    graph.add((URIRef(f"{BASE}meeting/clcm/13/2"), REC.meetingNumber, Literal(3)))
    return validate(graph, inferred)


def test_a_violation_means_that_a_graph_does_not_conform(broken: Conformance) -> None:
    assert not broken.conforms


def test_a_warning_alone_does_not_keep_a_graph_from_conforming() -> None:
    asserted, inferred, known = _surroundings()
    assert {result.severity for result in known} == {"warning"} and validate(asserted, inferred).conforms


def test_a_result_names_the_paragraph_of_the_report_to_look_at(broken: Conformance) -> None:
    faults = {result.shape.rpartition("/")[2]: result.paragraph for result in broken.results}
    assert (faults["clause-text"], faults["meeting-meeting-number"]) == ("1", "1")


def test_a_result_says_for_people_where_and_what_to_do(broken: Conformance) -> None:
    assert (
        f"violation: {BASE}text/clcm/13/draft-resolution/ga/2/operative/1 (paragraph 1): A paragraph of a resolution must "
        "have one text. Look at it in chapter I; a page break may have cut it."
    ) in set(broken.lines())


def test_the_results_come_in_the_same_order_every_time(broken: Conformance) -> None:
    asserted, inferred, _ = _surroundings()
    again = validate(Graph() + asserted, Graph() + inferred)
    assert again.results == validate(asserted, inferred).results


def test_violations_come_before_warnings(broken: Conformance) -> None:
    assert [result.severity for result in broken.results] == sorted(result.severity for result in broken.results)


def test_the_report_is_a_shacl_validation_report_without_blank_nodes(broken: Conformance) -> None:
    graph = broken.graph
    name = URIRef(f"{BASE}report/clcm/13/conformance")
    assert (name, RDF.type, SH.ValidationReport) in graph and "_:" not in sorted_triples(graph)


def test_every_result_of_the_report_names_what_kind_of_constraint_is_violated(broken: Conformance) -> None:
    graph = broken.graph
    for result in graph.subjects(RDF.type, SH.ValidationResult):
        assert len(list(graph.objects(result, SH.sourceConstraintComponent))) == 1


def test_a_value_is_reported_as_the_term_that_it_is() -> None:
    asserted, inferred, known = _surroundings()
    sponsored = asserted + Graph().parse(
        data=f"<{BASE}meeting/clcm/13/2> <{REC.ofSession}> <urn:nowhere> .", format="turtle"
    )
    found = set(validate(sponsored, inferred).results) - known
    assert {result.value for result in found if result.value is not None} == {URIRef("urn:nowhere")}


def test_the_report_holds_every_result(broken: Conformance) -> None:
    assert len(set(broken.graph.subjects(RDF.type, SH.ValidationResult))) == len(broken.results)


def test_the_report_in_turtle_is_the_same_graph(broken: Conformance) -> None:
    assert set(Graph().parse(data=broken.turtle(), format="turtle")) == set(broken.graph)


def test_a_check_without_a_severity_is_broken() -> None:
    with pytest.raises(CheckError, match=r"lamps\.rq"):
        parsed("lamps", "# message: Lamps must burn.\nSELECT ?focus WHERE { ?focus a ?lamp }")


def test_a_text_without_paragraphs_violates_a_shape() -> None:
    facts = replace(FACTS, clauses=tuple(clause for clause in FACTS.clauses if clause.key.text != DRAFT))
    asserted = assert_graph(facts)
    shapes = {result.shape.rpartition("/")[2] for result in validate(asserted, close(asserted)).results}
    assert "text-has-clause" in shapes


def _conformance_of(report: Path) -> Conformance:
    source = read(report)
    asserted = assert_graph(extract(source, outline(source)))
    return validate(asserted, close(asserted))


def test_the_sample_reports_conform(samples: list[Path]) -> None:
    assert [
        result for report in samples for result in _conformance_of(report).results if result.severity != "warning"
    ] == []


@pytest.mark.parametrize("name", ["ccpcj-31.txt", "ccpcj-33.txt"])
def test_the_real_reports_conform(shared: Path, name: str) -> None:
    conformance = _conformance_of(shared / "reports" / name)
    assert [result for result in conformance.results if result.severity != "warning"] == []
