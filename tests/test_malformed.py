"""Malformed requests are 400, on a real server over raw sockets; tables hold no formulae; a kept answer is its host's."""

from __future__ import annotations

import csv
import io
import json
import socket
from collections.abc import Iterator
from urllib.parse import urlsplit

import httpx
import pytest

from server.spreadsheets import neutral
from server.table import Table, as_csv, as_json
from tests.serving import serving, write_release

OTHER = "https://data.example.org/"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("malformed")
    write_release(folder, base=OTHER)
    with serving(folder, {"RECALLING_WEB_WORKERS": "1"}) as address:
        yield address


def status(server: str, sent: bytes) -> int:
    """The status of the answer, 0 where the connection is closed without one."""
    place = urlsplit(server)
    with socket.create_connection((str(place.hostname), int(place.port or 80)), timeout=30) as connection:
        connection.sendall(sent)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    return int(received.split(b" ", 2)[1]) if received.startswith(b"HTTP/1") else 0


HEADS = {
    "no host": (b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n", 400),
    "an empty host": (b"GET / HTTP/1.1\r\nHost:\r\nConnection: close\r\n\r\n", 400),
    "two hosts": (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n", 400),
    "the same host twice": (b"GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\nConnection: close\r\n\r\n", 400),
    "a host with a path": (b"GET / HTTP/1.1\r\nHost: a/b\r\nConnection: close\r\n\r\n", 400),
    "a host with a user": (b"GET / HTTP/1.1\r\nHost: u@a\r\nConnection: close\r\n\r\n", 400),
    "a host, HTTP/1.0": (b"GET /health/live HTTP/1.0\r\nHost: a\r\n\r\n", 200),
    "no host, HTTP/1.0": (b"GET /health/live HTTP/1.0\r\n\r\n", 200),
    "a host with a port": (b"GET /health/live HTTP/1.1\r\nHost: a.example:8000\r\nConnection: close\r\n\r\n", 200),
    "a host of IPv6": (b"GET /health/live HTTP/1.1\r\nHost: [::1]:8000\r\nConnection: close\r\n\r\n", 200),
    "two slashes": (b"GET // HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400),
    "20000 slashes": (b"GET " + b"/" * 20000 + b" HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", 400),
    "HTTP/2 at once": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0", 0),
}


@pytest.mark.parametrize(("sent", "expected"), HEADS.values(), ids=HEADS)
def test_a_head_that_is_malformed_is_400_and_no_other(server: str, sent: bytes, expected: int) -> None:
    assert status(server, sent) == expected


SURROGATES = {
    "a key": ("queries", r'{"\ud800": {"query": "a"}}'),
    "a name": ("queries", r'{"q0": {"query": "\udfff"}}'),
    "a value": ("queries", r'{"q0": {"query": "a", "properties": [{"pid": "a", "v": "\ud800x"}]}}'),
    "an identifier": ("extend", r'{"ids": ["\ud800"], "properties": [{"id": "session"}]}'),
    "a property": ("extend", r'{"ids": ["a"], "properties": [{"id": "\ud800"}]}'),
    "one query": ("query", r'{"query": "\ud83d"}'),
}


@pytest.mark.parametrize(("field", "text"), SURROGATES.values(), ids=SURROGATES)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_half_a_surrogate_pair_in_what_is_matched_is_400(server: str, field: str, text: str, method: str) -> None:
    sent = {"params" if method == "GET" else "data": {field: text}}
    answer = httpx.request(method, f"{server}reconcile", **sent)  # type: ignore[arg-type]
    assert answer.status_code == 400 and "surrogate" in answer.json()["detail"]


def checked(
    server: str, document: str | bytes, media_type: str = "text/turtle", accept: str = "text/turtle"
) -> httpx.Response:
    headers = {"Content-Type": media_type, "Accept": accept}
    return httpx.post(f"{server}validate", content=document, headers=headers, timeout=60)


@pytest.mark.parametrize("document", ["", " \n\t"])
def test_an_empty_document_is_400(server: str, document: str) -> None:
    assert checked(server, document).status_code == 400
    assert httpx.post(f"{server}validate", data={"document": document}).status_code == 400


@pytest.mark.parametrize(
    "context", ['"http://other.example/c"', '["http://other.example/c"]', '{"@import": "http://other.example/c"}']
)
def test_a_context_that_is_not_fetched_is_400_and_says_how_to_inline_it(server: str, context: str) -> None:
    answer = checked(server, f'{{"@context": {context}, "@id": "urn:a", "title": "Lamps"}}', "application/ld+json")
    assert answer.status_code == 400 and "Inline it" in answer.json()["detail"]


@pytest.mark.parametrize("document", ["<urn:a> <urn:b> <urn:c> .", "# a comment alone", "@prefix a: <urn:a> ."])
def test_what_no_shape_targets_is_told_as_0_nodes_checked(server: str, document: str) -> None:
    answer = checked(server, document)
    assert answer.status_code == 200 and "0 nodes checked" in answer.text and "sh:conforms true" not in answer.text
    page = checked(server, document, accept="text/html").text
    assert "0 nodes checked" in page and "It conforms" not in page


def test_patterns_of_addresses_are_for_our_base_and_messages_name_it(server: str) -> None:
    kind = f"a <{OTHER}def/Person> ; <http://www.w3.org/2000/01/rdf-schema#label> 'Abena Lantey'@en ."
    ours, theirs = checked(server, f"<{OTHER}lamp/1> {kind}").text, checked(server, f"<urn:lamp:1> {kind}").text
    assert "PatternConstraintComponent" in ours and "PatternConstraintComponent" not in theirs
    axiom = f"<{OTHER}state/FRA> <http://www.w3.org/2002/07/owl#sameAs> <{OTHER}def/Report> ."
    refusal = checked(server, axiom)
    assert refusal.status_code == 400 and "localhost:8000" not in ours + theirs + refusal.text


FORMULAE = [
    "=1+1",
    "+1+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "\uff1d1",
    "-",
    "+49 lamps",
]


@pytest.mark.parametrize("words", FORMULAE)
def test_a_cell_that_begins_like_a_formula_has_an_apostrophe(words: str) -> None:
    table = Table(("title",), ((words,),))
    assert list(csv.reader(io.StringIO(as_csv(table), newline="")))[1] == ["'" + words.replace("\r", "\n")]
    assert json.loads(as_json(table)) == [{"title": words}]


@pytest.mark.parametrize(
    "words", ["", "-12", "+3.5", "-1e5", "Lamps = light", "E/CN.99/2022/4", "'quoted'", "2022-05-16"]
)
def test_other_cells_stay_as_they_are(words: str) -> None:
    assert neutral(words) == words


def test_the_csv_of_sparql_stays_literal(server: str) -> None:
    answer = httpx.get(f"{server}sparql", params={"query": "SELECT ?a { VALUES ?a { '=1+1' } }", "format": "csv"})
    assert answer.text.split() == ["a", "=1+1"]
