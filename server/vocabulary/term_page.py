"""What the page of a class or property shows of it: what it means, how often it is used, an example and its query."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rdflib import OWL, RDF, RDFS, SKOS, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from server.dataset.kept import data
from server.pages.answers import Cell, Grid, cell, grid
from server.requests import address, release
from server.things import labels_of
from server.vocabulary.counts import count, counting, example_query
from server.vocabulary.ontology import Alignment, Module, Ontology, ontology_of
from server.vocabulary.shapes import Rule, Shape, asking_for, holding_for

FACTS = 14  # of an example on the page; its query gives all


@dataclass(frozen=True, slots=True)
class Named:
    """A term with its label, definition and address."""

    label: str
    definition: str
    href: str


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence about a property: words, the terms that they are about, and what joins these."""

    words: str
    terms: tuple[Named, ...] = ()
    joined: str = ", "


@dataclass(frozen=True, slots=True)
class Use:
    """A property of a class's members with what stands at its other end, and whether the class is its range."""

    property: Named
    other: Named | None
    of: Named
    pointing: bool


@dataclass(frozen=True, slots=True)
class Example:
    """An example from the data: the thing (of a class), a table, how many facts it leaves out, the query of it all."""

    thing: Cell | None
    grid: Grid | None
    more: int
    query: str


@dataclass(frozen=True, slots=True)
class TermPage:
    """The documentation of a class (`is_class`) or property."""

    is_class: bool
    kind: str
    label: str
    definition: str
    printed: str
    module: Module
    count: int
    counting: str
    above: tuple[tuple[Named, ...], ...]
    below: tuple[Named, ...]
    uses: tuple[Use, ...]
    sentences: tuple[Said, ...]
    shapes: Sequence[Shape]
    rules: Sequence[tuple[Shape, Rule]]
    alignments: tuple[Alignment, ...]
    example: Example


def current_ontology() -> Ontology:
    """The ontology of the release that this request is answered from."""
    return ontology_of(data(), str(release().description.get("version", "")), release().base)


def term_page(iri: str) -> TermPage | None:
    """The documentation of a class or property of ours, None of anything else."""
    term = URIRef(iri)
    if not iri.startswith(f"{release().base}def/"):
        return None
    ontology, base = current_ontology(), release().base
    module = ontology.module_of(term)
    if module is None:
        return None
    is_class = term in module.classes
    narrower = RDFS.subClassOf if is_class else RDFS.subPropertyOf
    query = counting(base, term, is_class)
    number = count(release().store, query)
    return TermPage(
        is_class,
        _kind(ontology, term),
        ontology.label(term),
        ontology.definition(term),
        str(ontology.graph.value(term, SKOS.example) or ""),
        module,
        number,
        query,
        tuple(_named(ontology, way) for way in _ways_up(ontology, term, narrower)),
        _named(ontology, ontology.naming(narrower, term)),
        tuple(_uses(ontology, term)) if is_class else (),
        () if is_class else tuple(_sentences(ontology, term)),
        holding_for(ontology, base, term) if is_class else (),
        () if is_class else asking_for(ontology, base, term),
        tuple(alignment for alignment in ontology.alignments if alignment.term == term),
        _example(example_query(base, term, is_class), number),
    )


def named(ontology: Ontology, term: URIRef) -> Named:
    """A term as a page links it."""
    return Named(ontology.label(term), ontology.definition(term), address(str(term)))


def _named(ontology: Ontology, terms: Iterable[URIRef]) -> tuple[Named, ...]:
    return tuple(named(ontology, term) for term in terms)


def _kind(ontology: Ontology, term: URIRef) -> str:
    kinds = {
        OWL.Class: "Class",
        OWL.ObjectProperty: "Property to a thing",
        OWL.DatatypeProperty: "Property to a value",
        OWL.AnnotationProperty: "Note",
    }
    return next(words for kind, words in kinds.items() if (term, RDF.type, kind) in ontology.graph)


def _ways_up(ontology: Ontology, term: URIRef, narrower: URIRef) -> list[tuple[URIRef, ...]]:
    """From the widest term down to each one directly above this one."""
    above = [wider for wider in ontology.named(term, narrower) if wider != term]
    return [(*way, wider) for wider in above for way in (_ways_up(ontology, wider, narrower) or [()])]


def _uses(ontology: Ontology, term: URIRef) -> Iterable[Use]:
    """The properties that begin or end at the class or at one above it."""
    above = list(ontology.graph.transitive_objects(term, RDFS.subClassOf))
    found = {property_: ontology.ends(property_) for property_ in ontology.properties}
    for pointing in (False, True):
        for level in above:
            for property_, (domain, range_) in found.items():
                here, other = (range_, domain) if pointing else (domain, range_)
                if here == level and isinstance(level, URIRef):
                    end = named(ontology, other) if other else None
                    yield Use(named(ontology, property_), end, named(ontology, level), pointing)


_CHARACTERISTICS = {
    OWL.FunctionalProperty: "A thing has one value of it at most.",
    OWL.InverseFunctionalProperty: "A value belongs to one thing at most.",
    OWL.TransitiveProperty: "It carries on: what it joins in steps it joins as a whole.",
    OWL.SymmetricProperty: "It holds both ways.",
}


def _sentences(ontology: Ontology, term: URIRef) -> Iterable[Said]:
    """The axioms of a property in words."""
    domain, range_ = ontology.ends(term)
    yield Said("It begins at", _named(ontology, [domain])) if domain else Said("It begins at a thing of any class.")
    yield Said("It ends at", _named(ontology, [range_])) if range_ else Said(_open_end(ontology, term))
    for kind, words in _CHARACTERISTICS.items():
        if (term, RDF.type, kind) in ontology.graph:
            yield Said(words)
    if inverses := ontology.inverses(term):
        yield Said("The same from the other side is", _named(ontology, inverses))
    if wider := ontology.named(term, RDFS.subPropertyOf):
        yield Said("Where it holds, so does", _named(ontology, wider))
    for chain in ontology.graph.objects(term, OWL.propertyChainAxiom):
        yield Said("It follows from the chain", _named(ontology, _links(ontology, chain)), ", then ")
    for whole, chain in sorted(ontology.graph.subject_objects(OWL.propertyChainAxiom)):
        if term in (links := _links(ontology, chain)) and isinstance(whole, URIRef):
            yield Said(
                f"It is part of the chain {', then '.join(map(ontology.label, links))}, from which follows",
                _named(ontology, [whole]),
            )


def _open_end(ontology: Ontology, term: URIRef) -> str:
    links = (term, RDF.type, OWL.ObjectProperty) in ontology.graph
    return "It ends at a thing of any class." if links else "It ends at a value; the shapes say of which kind."


def _links(ontology: Ontology, chain: Node) -> list[URIRef]:
    return [node for node in Collection(ontology.graph, chain) if isinstance(node, URIRef)]


def _example(query: str, number: int) -> Example:
    rows = release().store.select(query) if number else []
    labels = labels_of(release().store, (term for row in rows[:FACTS] for term in row.values()))
    columns = [column for column in rows[0] if column != "example"] if rows else []
    table = grid(columns, rows[:FACTS], labels) if rows else None
    thing = cell(rows[0]["example"], labels) if rows and "example" in rows[0] else None
    return Example(thing, table, max(0, len(rows) - FACTS), query)
