"""Values that facts take from a concept scheme: the shapes and the program know the same as the scheme."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, SH, SKOS, Graph
from rdflib.collection import Collection

from mappings.facts import Basis

ROOT = Path(__file__).parents[1]


def labels(scheme: str) -> set[str]:
    """The labels of the concepts of a scheme, each with a definition in English."""
    graph = Graph().parse(ROOT / "ontology" / "schemes" / f"{scheme}.ttl")
    concepts = set(graph.subjects(RDF.type, SKOS.Concept))
    assert all(graph.value(one, SKOS.definition) for one in concepts)
    return {str(graph.value(one, SKOS.prefLabel)) for one in concepts}


@pytest.mark.parametrize(
    ("file", "shape", "scheme"),
    [
        ("act", "act-method", "methods"),
        ("agenda", "agenda-item-status", "agenda-statuses"),
        ("agenda", "presentation-role", "document-roles"),
        ("mandate", "mandate-deliverable", "deliverables"),
        ("office", "designation-status", "officer-statuses"),
    ],
)
def test_a_shape_takes_the_values_of_the_scheme(file: str, shape: str, scheme: str) -> None:
    graph = Graph().parse(ROOT / "shapes" / "must" / f"{file}.ttl")
    (values,) = [
        graph.value(one, SH["in"]) for one in graph.subjects(RDF.type, SH.PropertyShape) if one.endswith(f"/{shape}")
    ]
    assert {str(one) for one in Collection(graph, values)} == labels(scheme)


def test_the_program_knows_the_bases_of_dates() -> None:
    known = {value for name, value in vars(Basis).items() if name.isupper()}
    assert known == labels("date-bases")
