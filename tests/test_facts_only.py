"""What a facts-only release leaves out and keeps, on the invented commission."""

from __future__ import annotations

from rdflib import Graph, Literal, URIRef

from mappings.graph import assert_graph
from ontology.closure import close
from ontology.prose import prose
from ontology.terms import BASE, OA, REC
from shapes.conformance import validate
from tests.lighthouses import FACTS

REPORT = URIRef(f"{BASE}report/clcm/13")


def _without_prose() -> Graph:
    graph = assert_graph(FACTS)
    for predicate in prose():
        graph.remove((None, predicate, None))
    return graph


def test_prose_is_the_words_of_passages_and_of_evidence() -> None:
    assert prose() == {REC.text, OA.exact, OA.prefix, OA.suffix}


def test_a_report_without_its_words_does_not_conform() -> None:
    graph = _without_prose()
    assert not validate(graph, close(graph)).conforms


def test_a_report_that_says_to_be_facts_only_conforms_without_its_words() -> None:
    graph = _without_prose().add((REPORT, REC.factsOnly, Literal(True)))
    assert validate(graph, close(graph)).conforms


def test_a_report_that_says_to_be_facts_only_does_not_conform_with_its_words() -> None:
    graph = assert_graph(FACTS).add((REPORT, REC.factsOnly, Literal(True)))
    messages = {result.message for result in validate(graph, close(graph)).results if result.severity == "violation"}
    assert messages == {"A facts-only report must not hold prose."}
