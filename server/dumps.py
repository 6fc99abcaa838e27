"""N-Quads as the dumps of a release hold them: a quad a line, no blank nodes, the fewest escapes."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import XSD, Graph, Literal, URIRef


def lines(dump: str) -> list[str]:
    """The lines of a dump without their ends. Only a line feed ends a line: literals hold other breaks."""
    return [line for line in dump.split("\n") if line]


def joined(quads: Iterable[str]) -> str:
    """Lines as a dump: sorted, each once."""
    return "".join(f"{line}\n" for line in sorted(set(quads)))


def subject_predicate_object(line: str) -> tuple[str, str, str]:
    """The terms of a line in their angle brackets; of an object that is a literal only how it begins."""
    subject, predicate, value, *_ = line.split(" ", 3)
    return subject, predicate, value


def graph_of(line: str) -> str:
    """The IRI of the graph that a line belongs to."""
    return line.rsplit(" ", 2)[-2].strip("<>")


def merged(dumps: Iterable[str]) -> Graph:
    """The statements of several dumps as one graph. Raises SyntaxError for what is not N-Quads."""
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
            plain = term.language or term.datatype.value == str(XSD.string)  # rdflib tells "x" from "x"^^xsd:string
            datatype = None if plain else URIRef(term.datatype.value)
            return Literal(term.value, lang=term.language, datatype=datatype)
    raise ValueError(f"no term of a dump: {term}")
