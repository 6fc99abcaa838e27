"""The W3C's updates and federated queries, which a public endpoint must refuse: nothing changes, no host is asked.

An update is sent as a parameter and as a body (SPARQL 1.1 Protocol, 2.2), where the answer is 403 whatever it says,
and in the place of a query. In federated queries the host of each service is a socket that is listened to.
"""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox

from tests.conformance.instance import application, publish, served
from tests.conformance.manifests import MF, QT, UT, Case, cases, file_of
from tests.conformance.outcome import Outcome
from tests.serving import listening

HELD = ox.Quad(*(ox.NamedNode(f"http://example.org/{name}") for name in ("s", "p", "o", "g")))
ALL = "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
FORM, UPDATE, QUERY = "application/x-www-form-urlencoded", "application/sparql-update", "application/sparql-query"
_SERVICE = re.compile(r"<http://[^/>]+/sparql>")


def run(suites: Path, data: Path) -> Iterator[Outcome]:
    """Whether each update and each federated query is refused."""
    folder = suites / "sparql" / "sparql11"
    publish(data, [HELD])
    with served(application(data)) as address, listening() as (service, reached):
        for case in cases(folder / "manifest-sparql11-update.ttl"):
            reason = _update_fault(f"{address}sparql", _text(case))
            yield Outcome("SPARQL 1.1 Update, refused", case.id, not reason, reason)
        for case in cases(folder / "manifest-sparql11-fed.ttl"):
            status, _ = _send(f"{address}sparql", _SERVICE.sub(f"<{service}>", _text(case)), QUERY)
            reason = "" if (status, reached) == (403, []) else f"status {status}, {len(reached)} connections elsewhere"
            yield Outcome("SPARQL 1.1 Federated Query, refused", case.id, not reason, reason)


def _text(case: Case) -> str:
    """The update or the query of a test, whose action is its file or a node that names it."""
    action = case.value(MF.action)
    file = case.graph.value(action, UT.request) or case.graph.value(action, QT.query) or action
    return file_of(file).read_text(encoding="utf-8")


def _update_fault(endpoint: str, update: str) -> str:
    """What is wrong with the answers to an update, "" where nothing is."""
    as_update = [_send(endpoint, update, UPDATE)[0], _send(endpoint, urlencode({"update": update}), FORM)[0]]
    as_query = [_send(endpoint, update, QUERY)[0], _send(endpoint, urlencode({"query": update}), FORM)[0]]
    if as_update != [403, 403] or not set(as_query) <= {400, 403}:
        return f"statuses {as_update} as an update, {as_query} as a query"
    held = _send(endpoint, ALL, QUERY)[1]
    return "" if held == _rows(HELD) else f"holds {held}"


def _rows(quad: ox.Quad) -> str:
    values = (quad.graph_name, quad.subject, quad.predicate, quad.object)
    return f"g,s,p,o\r\n{','.join(value.value for value in values)}\r\n"


def _send(endpoint: str, body: str, media_type: str) -> tuple[int, str]:
    headers = {"Content-Type": media_type, "Accept": "text/csv"}
    request = urllib.request.Request(endpoint, body.encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()
