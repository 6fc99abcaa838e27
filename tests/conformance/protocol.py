"""The W3C's protocol tests (SPARQL 1.1 Protocol): requests with their headers, and the answers they are to get.

Those that update run on an instance of the suite's own that can write; the public one must refuse them.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Literal, Node

from tests.conformance.instance import application, publish, served
from tests.conformance.manifests import MF, Case, cases
from tests.conformance.outcome import Outcome
from tests.conformance.writable import writable_application

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
DATA = "http://kasei.us/2009/09/sparql/data"
FORMATS = {
    "boolean": ("application/sparql-results+json", "application/sparql-results+xml"),
    "tabular": ("application/sparql-results+json", "application/sparql-results+xml", "text/csv"),
    "RDF": ("text/turtle", "application/n-triples", "application/rdf+xml"),
}


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a test and what is expected of its answer: classes of status, a format, a truth value."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...]
    body: bytes | None
    statuses: frozenset[str]
    form: str
    truth: bool | None


def run(suites: Path, data: Path) -> Iterator[Outcome]:
    """The outcomes of the protocol tests, and of the refusal of updates by the public instance."""
    folder = suites / "sparql" / "sparql11" / "protocol"
    tests = list(cases(folder / "manifest.ttl"))
    publish(data / "read", _held(folder), [f"{DATA}/data0.rdf"])
    publish(data / "write", _held(folder), [f"{DATA}/data0.rdf"])
    with served(application(data / "read")) as public, served(writable_application(data / "write")) as writable:
        for test in tests:
            updates = "update" in test.id
            address = writable if updates else public
            yield _outcome("SPARQL 1.1 Protocol", test, [_fault(address, one) for one in _requests(test)])
            if updates and "bad" not in test.id:
                first = next(_requests(test))
                yield _outcome("updates refused in public", test, [_refusal_fault(public, first)])


def _outcome(suite: str, test: Case, faults: list[str]) -> Outcome:
    reasons = [fault for fault in faults if fault]
    return Outcome(suite, test.id, not reasons, "; ".join(reasons))


def _held(folder: Path) -> Iterator[ox.Quad]:
    """What the suite's instance holds: its three graphs under the names that the tests use."""
    for number in (1, 2, 3):
        for quad in ox.parse(path=str(folder / f"data{number}.nt"), format=ox.RdfFormat.N_TRIPLES):
            yield ox.Quad(*quad.triple, ox.NamedNode(f"{DATA}/data{number}.rdf"))


def _requests(test: Case) -> Iterator[Request]:
    graph, connection = test.graph, test.value(MF.action)
    for node in Collection(graph, graph.value(connection, HT.requests)):
        answer = graph.value(node, HT.resp)
        truth = graph.value(answer, MF.expectedBoolean)
        yield Request(
            str(graph.value(node, HT.methodName)),
            str(graph.value(node, HT.absolutePath)).removeprefix("/sparql/"),
            tuple(_headers(graph, graph.value(node, HT.headers))),
            _body(graph, graph.value(node, HT.body)),
            frozenset(str(status)[-3] for status in graph.objects(answer, MF.expectedStatus)),
            str(graph.value(answer, MF.expectedFormat) or ""),
            bool(truth.toPython()) if isinstance(truth, Literal) else None,
        )


def _headers(graph: Graph, head: Node | None) -> Iterator[tuple[str, str]]:
    for header in Collection(graph, head) if head is not None else ():
        yield str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue))


def _body(graph: Graph, body: Node | None) -> bytes | None:
    if body is None:
        return None
    encoding = str(graph.value(body, CNT.characterEncoding) or "UTF-8")
    return str(graph.value(body, CNT.chars)).encode(encoding)


def _fault(address: str, request: Request) -> str:
    """What is wrong with the answer to a request, "" where nothing is."""
    status, media_type, body = _send(address, request)
    if str(status)[0] not in request.statuses:
        return f"status {status}: {body[:200]!r}"
    if request.form and media_type not in FORMATS[request.form]:
        return f"{media_type} is not {request.form}"
    if request.truth is not None and json.loads(body)["boolean"] is not request.truth:
        return f"not {request.truth}"
    return ""


def _refusal_fault(address: str, request: Request) -> str:
    status, _, _ = _send(address, request)
    return "" if status == 403 else f"status {status}"


def _send(address: str, request: Request) -> tuple[int, str, bytes]:
    headers = dict(request.headers)
    if request.body is not None and "content-type" not in {name.lower() for name in headers}:
        headers["Content-Type"] = ""  # else the client would name one
    asked = urllib.request.Request(f"{address}sparql{request.target}", request.body, headers, method=request.method)
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:
            return answer.status, answer.headers.get_content_type(), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get_content_type(), error.read()
