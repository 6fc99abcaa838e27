"""Which properties hold sentences of a report: the T-Box says it of each by `rec:isProse`."""

from __future__ import annotations

from functools import cache

from rdflib import Literal, URIRef

from ontology.closure import core_graph
from ontology.terms import REC


@cache
def prose() -> frozenset[URIRef]:
    """The properties whose values are prose, which a facts-only release leaves out."""
    subjects = core_graph().subjects(REC.isProse, Literal(True))
    return frozenset(subject for subject in subjects if isinstance(subject, URIRef))
