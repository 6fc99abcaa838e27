"""The vocabulary as a release holds it: the ontology and its concept schemes, and what follows from them alone."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox
from rdflib import Graph

from mappings.assertion.things import document_stub
from mappings.assertion.triples import Triple
from mappings.graph import sorted_quads
from mappings.iris import symbol_of
from ontology.axioms import rules
from ontology.closure import Reasoner, core_graph, ontology_graph, scheme_graph
from ontology.terms import BASE, REC
from server.publishing.dumps import joined, lines

NAME = f"{BASE}graph/ontology"


@cache
def vocabulary_files() -> dict[str, str]:
    """The dumps of the vocabulary by their paths in a release, with the default base."""
    asserted = Graph()
    for triple in (*ontology_graph(), *_adopting_documents(scheme_graph())):
        asserted.add(triple)
    inferred = Reasoner(rules(core_graph()), Graph()).close(scheme_graph())
    return {
        "dumps/ontology.nq": _canonical(sorted_quads(asserted, NAME)),
        "dumps/ontology/inferred.nq": sorted_quads(inferred, f"{NAME}/inferred"),
    }


def _adopting_documents(schemes: Graph) -> Iterator[Triple]:
    """The stubs of the resolutions in which the instruments were adopted: no report need cite them."""
    for document in sorted({str(document) for document in schemes.objects(None, REC.adoptedIn)}):
        yield from document_stub(symbol_of(document))


def _canonical(quads: str) -> str:
    """N-Quads whose blank nodes (lists and restrictions of the ontology) are named by what is said of them."""
    dataset = ox.Dataset(ox.parse(quads.encode(), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS)
    return joined(lines(written.decode() if written else ""))
