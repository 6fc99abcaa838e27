"""The part of a release that belongs to no single report: the links between its reports."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef

from mappings import iris
from mappings.graph import sorted_quads
from mappings.links.linking import link
from ontology.closure import close
from server.release import Part, ReleaseError
from shapes.conformance import validate_links


def link_files(parts: Iterable[Part]) -> dict[str, str]:
    """The dumps of the links by their paths in a release, with the default base; none where nothing is linked.

    Raises ReleaseError where a link violates a shape.
    """
    reports = _merged(part.files["asserted.nq"] for part in parts)
    links = link(reports)
    if not (conformance := validate_links(links.asserted, reports)).conforms:
        raise ReleaseError("the links between the reports do not conform:\n" + "\n".join(conformance.lines()))
    layers = {
        "dumps/links.nq": (links.asserted, iris.links_graph()),
        "dumps/links/inferred.nq": (close(links.asserted), iris.links_graph("inferred")),
        "dumps/links/evidence.nq": (links.evidence, iris.links_graph("evidence")),
    }
    return {path: sorted_quads(graph, name) for path, (graph, name) in layers.items() if len(graph)}


def _merged(dumps: Iterable[str]) -> Graph:
    """The statements of several dumps, which hold no blank nodes, as one graph."""
    graph = Graph()
    for dump in dumps:
        for quad in ox.parse(dump.encode(), format=ox.RdfFormat.N_QUADS):
            if isinstance(quad.subject, ox.NamedNode):
                graph.add((URIRef(quad.subject.value), URIRef(quad.predicate.value), _term(quad.object)))
    return graph


def _term(term: object) -> URIRef | Literal:
    match term:
        case ox.NamedNode():
            return URIRef(term.value)
        case ox.Literal():
            datatype = None if term.language else URIRef(term.datatype.value)
            return Literal(term.value, lang=term.language, datatype=datatype)
    raise ValueError(f"no term of a report's asserted graph: {term}")
