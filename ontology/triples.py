"""The Turtle files of the ontology as triples: they are read once in a process."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from rdflib import XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

Triple = tuple[Node, Node, Node]
FOLDERS = ("core", "schemes")


def triples_of(folder: str) -> Graph:
    """What the files of a folder of ontology/ say, as a graph that is the caller's own."""
    graph = Graph()
    for triple in _triples(folder):
        graph.add(triple)
    return graph


@cache
def _triples(folder: str) -> tuple[Triple, ...]:
    """The engine reads them: it takes a third of the time of rdflib's parser."""
    terms: dict[object, Node] = {}

    def term(one: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
        if one not in terms:
            terms[one] = node_of(one)
        return terms[one]

    return tuple((term(quad.subject), term(quad.predicate), term(quad.object)) for quad in quads_of(folder))


def quads_of(folder: str) -> Iterator[ox.Quad]:
    """What the files of a folder of ontology/ say, as the engine's own quads of the default graph."""
    for file in sorted((files("ontology") / folder).iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".ttl"):
            yield from ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE)


def node_of(one: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """A term of the engine's as rdflib's. Raises TypeError for a triple."""
    match one:
        case ox.NamedNode():
            return URIRef(one.value)
        case ox.BlankNode():
            return BNode(one.value)
        case ox.Literal() if one.language:
            return Literal(one.value, lang=one.language)
        case ox.Literal():
            datatype = URIRef(one.datatype.value)
            return Literal(one.value, datatype=None if datatype == XSD.string else datatype)
        case _:
            raise TypeError(f"a triple is no term of RDF 1.1: {one}")
