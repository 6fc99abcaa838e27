"""N-Quads as the dumps of a release hold them: a quad a line, the fewest escapes, blank nodes in axioms only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import XSD, Graph, Literal, URIRef

_LINE = re.compile(r'(<[^<>]+>) (<[^<>]+>) (<[^<>]+>|_:[^ ]+|".*) (<[^<>]+>) \.', re.DOTALL)


def lines(dump: str) -> list[str]:
    """The lines of a dump without their ends. Only a line feed ends a line: literals hold other breaks."""
    return [line for line in dump.split("\n") if line]


def joined(quads: Iterable[str]) -> str:
    """Lines as a dump: sorted, each once."""
    return "".join(f"{line}\n" for line in sorted(set(quads)))


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of a line as they stand in it: IRIs in their angle brackets."""

    subject: str
    predicate: str
    value: str
    graph: str


def terms(line: str) -> Terms:
    """The terms of a line. Raises ValueError where it is no quad as a release writes them."""
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(f"this is no quad as a release writes them: {line[:100]}")
    return Terms(*found.groups())


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
