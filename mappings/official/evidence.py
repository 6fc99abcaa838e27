"""Where each fact of an official text stands in its words: Web Annotations, as for the facts of reports."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import Graph, URIRef

from mappings import iris
from mappings.evidence import annotated
from mappings.facts import Evidence
from mappings.official import addresses
from mappings.official.facts import OfficialFacts


def evidence_graph(facts: OfficialFacts) -> Graph:
    """For each fact that was read in the words an annotation that points to them.

    Offsets are those of the text as converted: a paragraph a line, its footnotes behind it. What the publisher states
    as values needs none: it is the file's own statement.
    """
    work = iris.document(facts.work.symbol)
    graph = Graph()
    for fact, evidence in _located(facts):
        for triple in annotated(fact, work, facts.source, evidence):
            graph.add(triple)
    return graph


def _located(facts: OfficialFacts) -> Iterator[tuple[URIRef, Evidence]]:
    symbol = facts.work.symbol
    for one in facts.clauses:
        yield addresses.place(symbol, one.fact.key), one.fact.evidence
    for note in facts.footnotes:
        yield addresses.place(symbol, note.key), note.evidence
    for cited in facts.citations:
        yield addresses.citation(symbol, cited), cited.fact.evidence
    for mandate in facts.mandates:
        yield addresses.mandate(symbol, mandate.clause, mandate.order), mandate.evidence
