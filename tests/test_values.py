"""Values that facts take from a concept scheme: the shapes and the program know the same as the scheme."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, SH, SKOS, Graph, Namespace
from rdflib.collection import Collection

from mappings.assertion.acts import SIDES
from mappings.facts import Basis, Facts
from ontology.terms import BASE
from tests.extraction import facts_of_text

ROOT = Path(__file__).parents[1]
SHAPE = Namespace(f"{BASE}shape/")


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
    values = graph.value(SHAPE[shape], SH["in"])
    assert values is not None
    assert {str(one) for one in Collection(graph, values)} == labels(scheme)


def test_the_program_knows_the_bases_of_dates() -> None:
    known = {value for name, value in vars(Basis).items() if name.isupper()}
    assert known == labels("date-bases")


@pytest.fixture(scope="module")
def facts(samples: list[Path]) -> list[Facts]:
    """The facts of the sample reports."""
    return [facts_of_text(path.read_text("utf-8")) for path in samples]


@pytest.mark.parametrize(
    ("table", "field", "scheme"),
    [
        ("actions", "kind", "act-kinds"),
        ("actions", "method", "methods"),
        ("actions", "meeting_basis", "date-bases"),
        ("agenda", "status", "agenda-statuses"),
        ("attendance", "category", "attendance-categories"),
        ("documents", "role", "document-roles"),
        ("mandates", "deliverable", "deliverables"),
        ("meetings", "basis", "date-bases"),
        ("officers", "status", "officer-statuses"),
        ("statements", "basis", "date-bases"),
        ("statements", "capacity", "capacities"),
        ("statements", "purpose", "purposes"),
    ],
)
def test_facts_hold_the_labels_of_concepts(table: str, field: str, scheme: str, facts: list[Facts]) -> None:
    held = {getattr(fact, field) for one in facts for fact in getattr(one, table)}
    assert held and held <= labels(scheme)


def test_sides_of_a_vote_are_concepts() -> None:
    assert set(SIDES) == labels("vote-sides")
