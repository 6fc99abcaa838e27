"""Links that come with a facts-only report.

Some links are read from the words of two reports. What is held without its words brings the links to earlier reports
with it, as they were found when the words were at hand; between two such reports no others are looked for, because
without words a link may seem sure that the words make doubtful.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rdflib import RDF, Graph, URIRef
from rdflib.term import Node

from mappings.graph import sorted_triples
from mappings.links.linking import Links
from ontology.terms import OA
from server.publishing.dumps import lines, terms
from server.publishing.release import Part, ReportName

FILE = "links.ttl"  # of a part: sorted N-Triples, which are Turtle


@dataclass(frozen=True, slots=True)
class CarriedLink:
    """A link by the annotation that is its evidence; `targets` are the stretches of the reports that it stands on."""

    annotation: Node
    asserted: Graph
    evidence: Graph
    targets: frozenset[Node]


def by_later_report(links: Graph, parts: Iterable[Part]) -> Mapping[ReportName, Links]:
    """Links with their evidence, by the later of the reports that they stand on."""
    places = _places(parts)
    found = defaultdict[ReportName, list[CarriedLink]](list)
    for link in links_in(links):
        found[max(places[target] for target in link.targets)].append(link)
    return {name: _together(group) for name, group in found.items()}


def part_files(links: Graph) -> dict[str, str]:
    """The file of a part that holds the links which it brings, none where it brings none."""
    return {FILE: sorted_triples(links)} if len(links) else {}


def _places(parts: Iterable[Part]) -> dict[Node, ReportName]:
    """The report of each stretch that facts were read from."""
    source = f"<{OA.hasSource}>"
    return {
        URIRef(quad.subject.strip("<>")): name
        for part in parts
        for name in (part.name,)
        if isinstance(name, ReportName)
        for quad in map(terms, lines(part.files["evidence.nq"]))
        if quad.predicate == source
    }


def links_in(graph: Graph) -> Iterator[CarriedLink]:
    """The links of a graph that holds them and their evidence; a link without a node of its own is a statement."""
    for annotation in graph.subjects(RDF.type, OA.Annotation):
        body = graph.value(annotation, OA.hasBody)
        asserted, evidence = _said_of(graph, body), _said_of(graph, annotation)
        if (body, RDF.type, RDF.Statement) in graph:
            evidence += asserted
            subject, predicate, value = (_part(graph, body, part) for part in (RDF.subject, RDF.predicate, RDF.object))
            asserted = Graph().add((subject, predicate, value))
        yield CarriedLink(annotation, asserted, evidence, frozenset(graph.objects(annotation, OA.hasTarget)))


def _said_of(graph: Graph, node: Node | None) -> Graph:
    return _graph(graph.triples((node, None, None)))


def _part(graph: Graph, statement: Node | None, part: URIRef) -> Node:
    """The subject, predicate or object of a statement, which has one of each."""
    (value,) = graph.objects(statement, part)
    return value


def _together(links: Iterable[CarriedLink]) -> Links:
    links = tuple(links)
    return Links(
        _graph(triple for link in links for triple in link.asserted),
        _graph(triple for link in links for triple in link.evidence),
    )


def _graph(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph
