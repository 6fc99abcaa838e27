"""The tests of SPARQL 1.1 Service Description, which are prose: a GET gives RDF, that names the endpoint, by the schema."""

from __future__ import annotations

import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pyshacl
from rdflib import RDF, Graph, URIRef

from server.documents import SD
from tests.conformance.instance import BASE, application, publish, served
from tests.conformance.manifests import cases
from tests.conformance.outcome import Outcome

GRAPH = f"{BASE}graph/links"


def run(suites: Path, data: Path) -> Iterator[Outcome]:
    """The outcomes of the three tests; the schema is the one in SHACL beside the suite."""
    title = ox.Quad(ox.NamedNode(f"{BASE}a"), ox.NamedNode(f"{BASE}b"), ox.Literal("c"), ox.NamedNode(GRAPH))
    record = {"graph": GRAPH, "file": "dumps/links.nq", "quads": 1, "sha256": ""}
    publish(data, [title], graphs=[record])
    with served(application(data)) as address:
        request = urllib.request.Request(f"{address}sparql", headers={"Accept": "text/turtle"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            media_type, body = answer.headers.get_content_type(), answer.read()
    graph = Graph().parse(data=body, format="turtle")
    service = graph.value(None, RDF.type, SD.Service)
    conforms, _, report = pyshacl.validate(graph, shacl_graph=str(suites / "service-description" / "sd-shacl.ttl"))
    faults = {
        "returns-rdf": "" if media_type == "text/turtle" and len(graph) else media_type,
        "has-endpoint-triple": "" if (service, SD.endpoint, URIRef(f"{BASE}sparql")) in graph else "no such triple",
        "conforms-to-schema": "" if conforms else report,
    }
    for test in cases(suites / "sparql" / "sparql11" / "service-description" / "manifest.ttl"):
        fault = faults[test.id.rpartition("/")[2]]
        yield Outcome("SPARQL 1.1 Service Description", test.id, not fault, fault)
