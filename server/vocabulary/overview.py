"""What the page of the whole vocabulary and those of its modules show: the diagram, the modules, counts, schemes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rdflib import RDFS, URIRef

from server.dataset.kept import data
from server.linked_data.ontologies import versions
from server.pages.answers import Grid, grid
from server.requests import address, release
from server.things import labels_of
from server.vocabulary.counts import counts
from server.vocabulary.diagram import Diagram, diagram
from server.vocabulary.ontology import Alignment, Module, Ontology
from server.vocabulary.term_page import Named, current_ontology, named

_SCHEMES = """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?scheme (COUNT(DISTINCT ?concept) AS ?concepts)
WHERE { ?concept skos:inScheme ?scheme }
GROUP BY ?scheme ORDER BY ?scheme"""


@dataclass(frozen=True, slots=True)
class Counted:
    """A class or property with the classes that it stands under or joins, and how often it is used."""

    term: Named
    around: tuple[Named | None, ...]
    count: int


@dataclass(frozen=True, slots=True)
class ModulePart:
    """A module with its classes and its properties; `anchor` names it on the page."""

    module: Module
    anchor: str
    classes: tuple[Counted, ...]
    properties: tuple[Counted, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The whole vocabulary."""

    title: str
    diagram: Diagram
    joins: tuple[tuple[Named, tuple[Named, ...], Named], ...]
    hrefs: Mapping[URIRef, str]
    parts: tuple[ModulePart, ...]
    schemes: Grid
    schemes_query: str
    alignments: tuple[tuple[Named, Alignment], ...]
    versions: tuple[str, ...]


def overview() -> Overview:
    """The overview of the vocabulary of the release that this request is answered from."""
    ontology, store = current_ontology(), release().store
    drawn = diagram(ontology)
    rows = store.select(_SCHEMES)
    labels = labels_of(store, (term for row in rows for term in row.values()))
    numbers = counts(store)
    return Overview(
        ontology.title,
        drawn,
        tuple((named(ontology, j.one), _all(ontology, j.properties), named(ontology, j.other)) for j in drawn.joins),
        {box.term: address(str(box.term)) for box in drawn.boxes},
        tuple(module_part(ontology, module, numbers) for module in ontology.modules),
        grid(("scheme", "concepts"), rows, labels),
        _SCHEMES,
        tuple((named(ontology, alignment.term), alignment) for alignment in ontology.alignments),
        versions(data()),
    )


def module_part(ontology: Ontology, module: Module, numbers: Mapping[str, int]) -> ModulePart:
    """A module with counts of its terms."""
    anchor = module.iri.rstrip("/").rpartition("/")[2]

    def counted(term: URIRef, around: Iterable[URIRef | None]) -> Counted:
        ends = tuple(named(ontology, end) if end else None for end in around)
        return Counted(named(ontology, term), ends, numbers.get(str(term), 0))

    above = {term: ontology.named(term, RDFS.subClassOf) for term in module.classes}
    classes = tuple(counted(term, above[term]) for term in module.classes)
    properties = tuple(counted(term, ontology.ends(term)) for term in module.properties)
    return ModulePart(module, anchor, classes, properties)


def part_at(iri: str) -> ModulePart | None:
    """The module with an IRI, None where the current ontology has none."""
    ontology = current_ontology()
    found = next((module for module in ontology.modules if str(module.iri) == iri), None)
    return module_part(ontology, found, counts(release().store)) if found else None


def _all(ontology: Ontology, terms: Iterable[URIRef]) -> tuple[Named, ...]:
    return tuple(named(ontology, term) for term in terms)
