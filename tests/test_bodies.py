"""A body that did not arrive whole is never used, at whatever address, by whatever way it was cut off."""

from __future__ import annotations

import socket
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest
from flask.testing import FlaskClient

from server.bodies import content_digest
from server.intake.jobs import Jobs
from server.intake.tokens import fingerprint
from tests.serving import serving, write_release

TOKEN = "a token for the tests"
SETTINGS = {"RECALLING_INTAKE_TOKEN_SHA256": fingerprint(TOKEN), "RECALLING_WEB_WORKERS": "1"}
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=lamp"


@dataclass(frozen=True, slots=True)
class Post:
    """What a client sends to an address that takes bodies."""

    path: str
    media_type: str
    body: bytes


PART = b'--lamp\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n--lamp--\r\n'
POSTS = {
    "a report": Post("/reports", "text/plain", b"Report of the Commission on Lighthouses\n" * 400),
    "a document": Post("/validate", "text/turtle", b"<urn:a> a <urn:b> .\n" * 400),
    "a document in a form": Post("/validate", FORM, b"document=%3Curn%3Aa%3E+a+%3Curn%3Ab%3E+.&type=text%2Fturtle"),
    "a document in parts": Post("/validate", MULTIPART, PART % (b"document", b"<urn:a> a <urn:b> .\n" * 9)),
    "a query": Post("/sparql", "application/sparql-query", b"ASK {} # and a comment that may be cut off"),
    "a query in a form": Post("/sparql", FORM, b"query=ASK%7B%7D&format=json&lamp=lit"),
    "a query in parts": Post("/sparql", MULTIPART, PART % (b"query", b"ASK {}")),
    "a call of a tool": Post(
        "/mcp", "application/json", b'{"jsonrpc": "2.0", "id": 1, "method": "tools/list", "params": {}}'
    ),
    "words to be found": Post("/said", FORM, b"q=The+lamps+shall+be+lit.&x=yz"),
    "names to be matched": Post("/reconcile", FORM, b"queries=%7B%22q0%22%3A%7B%22query%22%3A%22France%22%7D%7D&x=yz"),
}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bodies")
    write_release(folder)
    return folder


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[str]:
    with serving(data, SETTINGS) as address:
        yield address


def connected(server: str, post: Post, *headers: str) -> socket.socket:
    """A connection on which the head of a request was sent."""
    place = urlsplit(server)
    connection = socket.create_connection((str(place.hostname), int(place.port or 80)), timeout=30)
    lines = (
        f"POST {post.path} HTTP/1.1",
        f"Host: {place.netloc}",
        "Connection: close",
        f"Authorization: Bearer {TOKEN}",
        f"Content-Type: {post.media_type}",
        *headers,
        "",
        "",
    )
    connection.sendall("\r\n".join(lines).encode())
    return connection


def answer(connection: socket.socket, cut: bool = False) -> int:
    """The status of the answer; `cut` tells the server first that nothing more comes."""
    with connection:
        if cut:
            connection.shutdown(socket.SHUT_WR)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    return int(received.split(b" ", 2)[1])


def chunk(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(body), body)


def nothing_is_kept(data: Path) -> bool:
    folder = Jobs(data).folder
    return not folder.exists() or not list(folder.iterdir())


def test_every_address_that_takes_bodies_is_tried(web: FlaskClient) -> None:
    taking = {rule.rule for rule in web.application.url_map.iter_rules() if "POST" in (rule.methods or ())}
    assert taking == {post.path for post in POSTS.values()}


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_a_body_that_breaks_off_before_its_declared_length_is_400(server: str, data: Path, post: Post) -> None:
    for size in (0, 1, len(post.body) // 2, len(post.body) - 1):
        connection = connected(server, post, f"Content-Length: {len(post.body)}")
        connection.sendall(post.body[:size])
        assert (answer(connection, cut=True), nothing_is_kept(data)) == (400, True), size


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
@pytest.mark.parametrize("end", [b"", b"-5\r\n", b"zz\r\n", b"ffffffffffffffffff\r\n", b"5\r\nab", b"0\r\n\r\n"])
def test_a_body_in_chunks_without_a_digest_is_400_however_it_ends(
    server: str, data: Path, post: Post, end: bytes
) -> None:
    connection = connected(server, post, "Transfer-Encoding: chunked")
    connection.sendall(chunk(post.body) + end)
    assert (answer(connection, cut=end != b"0\r\n\r\n"), nothing_is_kept(data)) == (400, True)


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_a_body_in_chunks_that_is_not_what_its_digest_says_is_400(server: str, data: Path, post: Post) -> None:
    digest = content_digest(post.body)
    for field in ("Content-Digest", "Repr-Digest"):
        connection = connected(server, post, "Transfer-Encoding: chunked", f"{field}: {digest}")
        connection.sendall(chunk(post.body[:-1]))
        assert (answer(connection, cut=True), nothing_is_kept(data)) == (400, True)


@pytest.mark.parametrize("post", POSTS.values(), ids=POSTS)
def test_a_body_of_the_right_length_and_another_digest_is_400(server: str, data: Path, post: Post) -> None:
    digest = f"Content-Digest: {content_digest(b'another body')}"
    connection = connected(server, post, f"Content-Length: {len(post.body)}", digest)
    connection.sendall(post.body)
    assert (answer(connection), nothing_is_kept(data)) == (400, True)


def test_a_report_whose_connection_is_reset_is_not_kept(server: str, data: Path) -> None:
    post = POSTS["a report"]
    connection = connected(server, post, f"Content-Length: {len(post.body)}")
    connection.sendall(post.body[:-1])
    while nothing_is_kept(data):  # the job has its folder while the report comes
        assert httpx.get(f"{server}health/live").status_code == 200
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()
    token = {"Authorization": f"Bearer {TOKEN}"}
    while not nothing_is_kept(data):  # and loses it when the server has seen the end
        assert httpx.get(f"{server}reports", headers=token).json() == {"reports": []}


WHOLE = [name for name, post in POSTS.items() if post.path in ("/validate", "/sparql")]


@pytest.mark.parametrize("name", WHOLE)
def test_a_body_that_is_whole_is_used(server: str, name: str) -> None:
    post = POSTS[name]
    digest = f"Content-Digest: {content_digest(post.body)}, unknown=:AAAA:"
    for headers, body in (
        ((f"Content-Length: {len(post.body)}",), post.body),
        ((f"Content-Length: {len(post.body)}", digest), post.body),
        (("Transfer-Encoding: chunked", digest), chunk(post.body[:9]) + chunk(post.body[9:]) + b"0\r\n\r\n"),
    ):
        connection = connected(server, post, *headers)
        connection.sendall(body)
        assert answer(connection) == 200, headers


@pytest.mark.parametrize(
    "digest",
    ["sha-256=abc", "sha-256=:a:", "sha-256", "unknown=:AAAA:", f"{content_digest(b'a')}, {content_digest(b'b')}"],
)
def test_a_digest_that_is_none_vouches_for_nothing(server: str, digest: str) -> None:
    connection = connected(server, POSTS["a query"], "Transfer-Encoding: chunked", f"Content-Digest: {digest}")
    connection.sendall(chunk(POSTS["a query"].body) + b"0\r\n\r\n")
    assert answer(connection) == 400
