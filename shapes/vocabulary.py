"""What validation needs to know of the ontology: which class is a kind of which, and what the named things are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from rdflib import RDF, RDFS, SKOS, Graph, Literal, URIRef

Triple = tuple[URIRef, URIRef, URIRef | Literal]

_HIERARCHY = {str(RDFS.subClassOf): RDFS.subClassOf}
_KEPT = {str(term): term for term in (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.notation)}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The hierarchy of classes, and by its IRI the types and names of each thing of the concept schemes."""

    hierarchy: tuple[Triple, ...]
    things: dict[URIRef, tuple[Triple, ...]]

    def of(self, data: Graph) -> Iterator[Triple]:
        """The hierarchy and what is known of the things that a graph points to."""
        yield from self.hierarchy
        for value in set(data.objects()):
            if isinstance(value, URIRef):
                yield from self.things.get(value, ())


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of the installed ontology, read once."""
    things: dict[URIRef, list[Triple]] = {}
    for triple in _triples("schemes", _KEPT):
        things.setdefault(triple[0], []).append(triple)
    return Vocabulary(tuple(_triples("core", _HIERARCHY)), {thing: tuple(triples) for thing, triples in things.items()})


def _triples(folder: str, kept: dict[str, URIRef]) -> Iterator[Triple]:
    """The triples of a folder of the ontology that have one of some predicates, blank nodes left out."""
    for file in sorted((files("ontology") / folder).iterdir(), key=lambda entry: entry.name):
        if not file.name.endswith(".ttl"):
            continue
        for quad in ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE):
            predicate = kept.get(quad.predicate.value)
            if predicate is None or not isinstance(quad.subject, ox.NamedNode):
                continue
            value = quad.object
            if isinstance(value, ox.NamedNode):
                yield URIRef(quad.subject.value), predicate, URIRef(value.value)
            elif isinstance(value, ox.Literal):
                datatype = None if value.language else URIRef(value.datatype.value)
                yield URIRef(quad.subject.value), predicate, Literal(value.value, value.language, datatype)
