"""The vocabulary as a release holds it: the ontology and its concept schemes, and what follows from them alone."""

from __future__ import annotations

from functools import cache

import pyoxigraph as ox
from rdflib import Graph

from mappings.graph import sorted_quads
from ontology.axioms import rules
from ontology.closure import Reasoner, core_graph, ontology_graph, scheme_graph
from ontology.terms import BASE
from server.publishing.dumps import joined, lines

NAME = f"{BASE}graph/ontology"


@cache
def vocabulary_files() -> dict[str, str]:
    """The dumps of the vocabulary by their paths in a release, with the default base."""
    inferred = Reasoner(rules(core_graph()), Graph()).close(scheme_graph())
    return {
        "dumps/ontology.nq": _canonical(sorted_quads(ontology_graph(), NAME)),
        "dumps/ontology/inferred.nq": sorted_quads(inferred, f"{NAME}/inferred"),
    }


def _canonical(quads: str) -> str:
    """N-Quads whose blank nodes (lists and restrictions of the ontology) are named by what is said of them."""
    dataset = ox.Dataset(ox.parse(quads.encode(), format=ox.RdfFormat.N_QUADS))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    written = ox.serialize(dataset, format=ox.RdfFormat.N_QUADS)
    return joined(lines(written.decode() if written else ""))
