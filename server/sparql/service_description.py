"""What the SPARQL endpoint says of itself (SPARQL 1.1 Service Description): languages, forms, dataset, bounds."""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import DCTERMS, RDF, VOID, XSD, Graph, Literal, Namespace, URIRef
from rdflib.term import Node

from ontology.terms import BASE, REC
from server.current import Release
from server.documents import SD
from server.negotiation import GRAPHS, RESULTS
from server.settings import Settings

_FORMATS = Namespace("http://www.w3.org/ns/formats/")
_FORMAT_NAMES = {
    "application/sparql-results+json": "SPARQL_Results_JSON",
    "application/sparql-results+xml": "SPARQL_Results_XML",
    "text/csv": "SPARQL_Results_CSV",
    "text/tab-separated-values": "SPARQL_Results_TSV",
    "text/turtle": "Turtle",
    "application/ld+json": "JSON-LD",
    "application/n-triples": "N-Triples",
    "application/rdf+xml": "RDF_XML",
    "application/n-quads": "N-Quads",
    "application/trig": "TriG",
}

Triple = tuple[URIRef, URIRef, Node]


def service_description(release: Release, settings: Settings) -> Graph:
    """The endpoint as an `sd:Service` with its dataset; what bounds a request is said in our own terms."""
    service = URIRef(f"{release.base}sparql")
    graph = Graph()
    for triple in (*_abilities(service), *_bounds(service, release.base, settings), *_dataset(service, release)):
        graph.add(triple)
    return graph


def _abilities(service: URIRef) -> Iterator[Triple]:
    yield service, RDF.type, SD.Service
    yield service, SD.endpoint, service
    yield service, SD.supportedLanguage, SD.SPARQL11Query
    yield service, SD.feature, SD.UnionDefaultGraph
    yield service, SD.defaultDataset, URIRef(f"{service}#dataset")
    for form in (*RESULTS, *GRAPHS):
        yield service, SD.resultFormat, _FORMATS[_FORMAT_NAMES[form.media_type]]


def _bounds(service: URIRef, base: str, settings: Settings) -> Iterator[Triple]:
    """The limits that the operator has set, in the units that the definitions of their terms name."""
    limits = {
        REC.timeLimit: _seconds(settings.time_limit),
        REC.memoryLimit: Literal(settings.worker_memory),
        REC.resultLimit: Literal(settings.result_limit),
        REC.requestLimit: Literal(settings.request_limit),
        REC.concurrencyLimit: Literal(settings.query_workers * settings.web_workers),
        REC.clientLimit: Literal(settings.client_limit),
        REC.clientRequestLimit: Literal(settings.client_requests),
        REC.queueLimit: Literal(settings.queue_limit * settings.web_workers),
        REC.queueTime: _seconds(settings.queue_time),
        REC.validationLimit: Literal(settings.validation_limit),
        REC.validationTime: _seconds(settings.validation_time),
        REC.reportLimit: Literal(settings.report_limit),
        REC.intakeTime: _seconds(settings.intake_time),
    }
    for term, value in limits.items():
        yield service, URIRef(base + term.removeprefix(BASE)), value


def _seconds(number: float) -> Literal:
    return Literal(f"{number}", datatype=XSD.decimal)


def _dataset(service: URIRef, release: Release) -> Iterator[Triple]:
    """The dataset: its default graph is the union of the named graphs of the release."""
    dataset, union = URIRef(f"{service}#dataset"), URIRef(f"{service}#union")
    issued = Literal(release.published)
    yield dataset, RDF.type, SD.Dataset
    yield dataset, DCTERMS.identifier, Literal(release.id)
    yield dataset, DCTERMS.issued, issued
    yield dataset, SD.defaultGraph, union
    yield union, RDF.type, SD.Graph
    yield union, DCTERMS.issued, issued
    for record in release.description.get("graphs", ()):
        graph, named = URIRef(record["graph"]), URIRef(f"{record['graph']}#named")
        yield dataset, SD.namedGraph, named
        yield named, RDF.type, SD.NamedGraph
        yield named, SD.name, graph
        yield named, SD.graph, graph
        yield graph, RDF.type, SD.Graph
        yield graph, VOID.triples, Literal(record["quads"])
