"""How a described thing becomes triples."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rdflib import RDF, RDFS, Literal, URIRef
from rdflib.term import Node

Triple = tuple[URIRef, URIRef, Node]
Value = URIRef | str | int | date | None


def described(subject: URIRef, kind: URIRef, label: str, *statements: tuple[URIRef, Value]) -> Iterator[Triple]:
    """The type and the English label of a thing and what is stated of it; absent and empty values give nothing."""
    yield subject, RDF.type, kind
    yield subject, RDFS.label, Literal(label, lang="en")
    yield from stated(subject, *statements)


def stated(subject: URIRef, *statements: tuple[URIRef, Value]) -> Iterator[Triple]:
    """What is stated of a thing: IRIs as they are, other values as literals of their type."""
    for predicate, value in statements:
        if isinstance(value, URIRef):
            yield subject, predicate, value
        elif value is not None and value != "":
            yield subject, predicate, Literal(value)
