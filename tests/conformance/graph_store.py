"""The W3C's tests of the Graph Store Protocol, as far as they read: what they write is put into the store directly."""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from email import message_from_bytes
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from rdflib.term import Node

from tests.conformance.answers import Triples, equal
from tests.conformance.instance import application, publish, served
from tests.conformance.manifests import MF, Case, cases
from tests.conformance.outcome import Outcome

HT = Namespace("http://www.w3.org/2011/http#")
CNT = Namespace("http://www.w3.org/2011/content#")
CODES = {"OK": 200, "NotFound": 404, "NoContent": 204, "Created": 201}
SUITE, REFUSAL = "Graph Store Protocol, reading", "Graph Store Protocol, writing refused"
NEW = "http://www.example/gsp/new"


def run(suites: Path, data: Path) -> Iterator[Outcome]:
    """The outcomes of the tests with named graphs in the query: their GET and HEAD, and the refusal of what writes."""
    manifest = suites / "sparql" / "sparql11" / "graph-store-protocol" / "manifest-indirect.ttl"
    for number, test in enumerate(cases(manifest)):
        yield from _test(test, data / str(number))


def _test(test: Case, data: Path) -> Iterator[Outcome]:
    """A release for each step that reads, of what the steps before have written."""
    graph, store, faults, refusals = test.graph, ox.Store(), [], []
    requests = list(Collection(graph, graph.value(test.value(MF.action), HT.requests)))
    for step, node in enumerate(requests):
        method = str(graph.value(node, HT.methodName))
        publish(data / str(step), iter(store), (name.value for name in store.named_graphs()))
        with served(application(data / str(step))) as address:
            target = f"{address}graph-store{_target(graph, node)}"
            if method in ("GET", "HEAD"):
                faults.append(_fault(graph, node, method, target))
            else:
                refusals.append(_refusal_fault(graph, node, method, target))
                _apply(store, graph, node, method)
    yield Outcome(SUITE, test.id, not any(faults), "; ".join(filter(None, faults)))
    if refusals:
        yield Outcome(REFUSAL, test.id, not any(refusals), "; ".join(filter(None, refusals)))


def _target(graph: Graph, node: Node) -> str:
    path = str(graph.value(node, HT.absolutePath)).removeprefix("/gsp")
    return path.replace("$LOCATION$", NEW)


def _graph_name(target: str) -> ox.NamedNode | ox.DefaultGraph:
    query = parse_qs(urlsplit(target).query, keep_blank_values=True)
    if "default" in query:
        return ox.DefaultGraph()
    return ox.NamedNode(query.get("graph", [NEW])[0])


def _apply(store: ox.Store, graph: Graph, node: Node, method: str) -> None:
    """What a graph store that writes would do (5.3 to 5.5)."""
    name = _graph_name(_target(graph, node))
    if method in ("PUT", "DELETE"):
        if isinstance(name, ox.DefaultGraph):
            store.clear_graph(name)
        else:
            store.remove_graph(name)
    if method != "DELETE":
        for turtle in _bodies(graph, node):
            base = name.value if isinstance(name, ox.NamedNode) else NEW
            for quad in ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri=base, rename_blank_nodes=True):
                store.add(ox.Quad(*quad.triple, name))


def _bodies(graph: Graph, node: Node) -> Iterator[bytes]:
    """The graph or graphs that a request brings in Turtle."""
    body = graph.value(node, HT.body)
    content = str(graph.value(body, CNT.chars)).encode() if body else b""
    kind = dict(_headers(graph, node)).get("content-type", "")
    if not kind.startswith("multipart"):
        yield content
        return
    message = message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + content)
    for part in message.get_payload():
        yield part.get_payload(decode=True)


def _headers(graph: Graph, node: Node) -> Iterator[tuple[str, str]]:
    for header in Collection(graph, head) if (head := graph.value(node, HT.headers)) else ():
        yield str(graph.value(header, HT.fieldName)), str(graph.value(header, HT.fieldValue))


def _fault(graph: Graph, node: Node, method: str, target: str) -> str:
    """What is wrong with the answer to a GET or HEAD, "" where nothing is."""
    answer = graph.value(node, HT.resp)
    statuses = {CODES[str(status).rpartition("#")[2]] for status in graph.objects(answer, MF.expectedStatus)}
    status, media_type, body = _send(target, method, dict(_headers(graph, node)), None)
    if status not in statuses:
        return f"{method} {target}: status {status}"
    expected = dict(_headers(graph, answer)).get("content-type")
    if expected and media_type.replace(" ", "") != expected.replace(" ", ""):
        return f"{method} {target}: {media_type} is not {expected}"
    if wanted := graph.value(answer, HT.body):
        turtle = str(graph.value(wanted, CNT.chars)).encode()
        name = _graph_name(target)
        base = name.value if isinstance(name, ox.NamedNode) else NEW
        same = equal(_triples(turtle, base), _triples(body, base))
        return "" if same else f"{method} {target}: another graph"
    return ""


def _triples(turtle: bytes, base: str) -> Triples:
    return Triples(tuple(quad.triple for quad in ox.parse(turtle, ox.RdfFormat.TURTLE, base_iri=base)))


def _refusal_fault(graph: Graph, node: Node, method: str, target: str) -> str:
    status, _, _ = _send(target, method, dict(_headers(graph, node)), b"")
    return "" if status == 405 else f"{method} {target}: status {status}"


def _send(target: str, method: str, headers: dict[str, str], body: bytes | None) -> tuple[int, str, bytes]:
    request = urllib.request.Request(target, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read()
