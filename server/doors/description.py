"""The release described in itself, for programs that ask the endpoint what it holds: VoID, prefixes, query examples.

    <dataset>  void:sparqlEndpoint; void:classPartition ─▶ class ─▶ void:propertyPartition ─▶ property
               ─▶ void:classPartition, void-ext:datatypePartition ─▶ its values
    <sparql>   sh:declare ─▶ prefixes
    <questions/NAME>   a sh:SPARQLSelectExecutable

It stands in the graph of the release's own description, which it does not count. The words of a question are
`rdfs:comment`, as the clients of published examples look for them; nothing here has a label, which would make it a
page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from rdflib import DCTERMS, RDF, RDFS, SH, VOID, XSD, Literal, Namespace, URIRef

from mappings.assertion.triples import Triple
from ontology.terms import BASE
from server.doors.schema import ClassUse, Use
from server.pages.answers import in_words
from server.pages.panels import written
from server.questions import Question
from server.requests import prefixes

VOID_EXT = Namespace("http://ldf.fi/void-ext#")
SCHEMA = Namespace("https://schema.org/")


def self_description(schema: Iterable[ClassUse], asked: Iterable[Question], base: str) -> Iterator[Triple]:
    """The statements, with the default base; the words of queries and namespaces, which are literals, with `base`."""
    dataset, endpoint = URIRef(f"{BASE}dataset"), URIRef(f"{BASE}sparql")
    yield dataset, RDF.type, VOID.Dataset
    yield dataset, VOID.sparqlEndpoint, endpoint
    for used in schema:
        yield from _class_partition(dataset, used, base)
    yield from _prefixes(endpoint, base)
    for question in asked:
        yield from example(question, base)


def _class_partition(dataset: URIRef, used: ClassUse, base: str) -> Iterator[Triple]:
    part = URIRef(f"{dataset}#class={_quoted(used.term, base)}")
    yield dataset, VOID.classPartition, part
    yield part, VOID["class"], URIRef(used.term)
    yield part, VOID.entities, Literal(used.entities)
    for use in used.uses:
        inner = URIRef(f"{part}&property={_quoted(use.property, base)}")
        yield part, VOID.propertyPartition, inner
        yield from _property_partition(inner, use, base)


def _property_partition(part: URIRef, use: Use, base: str) -> Iterator[Triple]:
    yield part, VOID.property, URIRef(use.property)
    yield part, VOID.triples, Literal(use.triples)
    for target in use.targets:
        kind = "datatype" if target.is_datatype else "object"
        inner = URIRef(f"{part}&{kind}={_quoted(target.term, base)}")
        yield part, VOID_EXT.datatypePartition if target.is_datatype else VOID.classPartition, inner
        yield inner, VOID_EXT.datatype if target.is_datatype else VOID["class"], URIRef(target.term)
        yield inner, VOID.triples, Literal(target.triples)


def _prefixes(endpoint: URIRef, base: str) -> Iterator[Triple]:
    for prefix, namespace in prefixes(base):
        node = URIRef(f"{endpoint}#prefix-{prefix}")
        yield endpoint, SH.declare, node
        yield node, RDF.type, SH.PrefixDeclaration
        yield node, SH.prefix, Literal(prefix)
        yield node, SH.namespace, Literal(namespace, datatype=XSD.anyURI)


def example(question: Question, base: str) -> Iterator[Triple]:
    """A question as an example of a query, with the default base and its words with `base`."""
    node = URIRef(f"{BASE}questions/{question.name}")
    yield node, RDF.type, SH.SPARQLExecutable
    yield node, RDF.type, SH.SPARQLSelectExecutable
    yield node, DCTERMS.title, Literal(question.title, lang="en")
    yield node, RDFS.comment, Literal(f"{question.title} {question.description}".strip(), lang="en")
    yield node, SH.select, Literal(question.at(base))
    yield node, SH.prefixes, URIRef(f"{BASE}sparql")
    yield node, SCHEMA.target, URIRef(f"{BASE}sparql")
    for word in keywords(question):
        yield node, SCHEMA.keywords, Literal(word, lang="en")


def keywords(question: Question) -> tuple[str, ...]:
    """What a question is about: its theme and the columns of its answer, in words."""
    columns = written(question.sparql)[1]
    return tuple(dict.fromkeys(word for word in (question.theme.lower(), *map(in_words, columns)) if word))


def _quoted(iri: str, base: str) -> str:
    """An IRI, with the base that it will have, inside the fragment of another: the one that /dataset gives a class."""
    return quote(base + iri.removeprefix(BASE) if iri.startswith(BASE) else iri, safe="")
