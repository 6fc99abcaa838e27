"""What no answer of the server gives away or lets in: headers, paths, hosts, tracebacks, and requests that are none."""

from __future__ import annotations

import errno
import json
import re
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.headers import POLICY
from server.settings import Settings
from tests.serving import BASE, TEXT, serving, write_release

PROTECTION = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Access-Control-Allow-Origin": "*",
}
METHODS = ("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")
KINDS = (
    "/",
    "/sparql",
    "/sparql?query=ASK%7B%7D",
    "/sparql?query=SELECT",
    "/graph-store?default",
    "/questions/texts",
    "/dataset",
    "/dumps",
    "/releases",
    "/changes",
    f"/{TEXT}",
    f"/{TEXT}.ttl",
    f"/{TEXT}.html",
    "/def/",
    "/static/style.css",
    "/robots.txt",
    "/sitemap.xml",
    "/health/live",
    "/nothing",
)


@pytest.fixture
def app(commission_data: Path) -> Iterator[Flask]:
    """An application that a test may break."""
    made = create_app(Settings(data=commission_data, query_workers=1))
    yield made
    made.extensions["current"].close()


def unprotected(headers: object) -> dict[str, object]:
    """The headers of protection that an answer lacks or has otherwise."""
    return {name: headers.get(name) for name, value in PROTECTION.items() if headers.get(name) != value}  # type: ignore[attr-defined]


def every_rule(app: Flask) -> list[str]:
    """An address for each rule of the application."""
    return sorted(
        {re.sub(r"<int:\w+>", "1", re.sub(r"<(path:)?\w+>", "x", rule.rule)) for rule in app.url_map.iter_rules()}
    )


@pytest.mark.parametrize("method", METHODS)
def test_every_address_protects_its_reader_whatever_is_done_there(web: FlaskClient, method: str) -> None:
    for path in [*every_rule(web.application), *KINDS]:
        for accept in ("*/*", "text/html", "image/png"):
            answer = web.open(path, method=method, headers={"Accept": accept})
            assert unprotected(answer.headers) == {}, (method, path, accept, answer.status)
            assert answer.status_code != 500, (method, path)
            answer.close()


@pytest.mark.parametrize("path", KINDS)
def test_what_is_known_already_is_protected_as_well(web: FlaskClient, path: str) -> None:
    first = web.get(path)
    tag = first.headers.get("ETag")
    again = web.get(path, headers={"If-None-Match": tag} if tag else {})
    assert (again.status_code == 304, unprotected(again.headers)) == (tag is not None, {})


def test_the_real_server_sends_them_and_tells_no_version(live: str) -> None:
    for path in KINDS:
        answer = httpx.get(live + path[1:])
        assert unprotected(answer.headers) == {}
        assert answer.headers.get("Server", "granian") == "granian"
        assert not any(
            re.search(r"Python/|Werkzeug|Flask", f"{name}: {value}") for name, value in answer.headers.items()
        )


PATHS = [
    "/../../../../../../etc/passwd",
    "/static/../../../../../../etc/passwd",
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/%2e%2e%2fapp.py",
    "/static/..%2fapp.py",
    "/static/..%5capp.py",
    "/static/....//app.py",
    "/static//etc/passwd",
    "/static/%2fetc%2fpasswd",
    "/static/%00/etc/passwd",
    "/static/style.css%00.html",
    "/static/%c0%ae%c0%ae/app.py",
    "/static/%252e%252e/app.py",
    "/dumps/../release.json",
    "/dumps/..%2f..%2frelease.json",
    "/dumps/%2e%2e/store/CURRENT",
    "/dumps/..%5c..%5crelease.json",
    "/dumps//etc/passwd",
    "/releases/../../../etc/passwd",
    "/releases/%2e%2e/release.json",
    "/releases/one/..%2frelease.json",
    "/changes/../../etc/passwd",
    "/sitemap/../release.json",
    "/sitemap/1.xml/../../release.json",
    "/questions/../app.py",
    "/questions/..%2f..%2fapp.py",
    "/questions/texts.rq",
    "/def/../../../etc/passwd",
    "/file:///etc/passwd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/..%5c..%5c..%5cetc%5cpasswd",
    "/\\..\\..\\etc\\passwd",
    "//etc/passwd",
    "/%00",
    "/%0a%0dSet-Cookie:%20x=1",
    "/%ff%fe",
    "/" + "a/" * 4000,
    "/" + "../" * 2000 + "etc/passwd",
    "/" + "%2e%2e%2f" * 500 + "etc/passwd",
    "http://evil.example/etc/passwd",
    "http://127.0.0.1/../../etc/passwd",
    "file:///etc/passwd",
    "*",
    "etc/passwd",
    "?graph=file:///etc/passwd",
    "/graph-store?graph=file:///etc/passwd",
    "/graph-store?graph=../../etc/passwd",
]


def raw(address: str, *parts: bytes) -> bytes:
    """What the server answers to these bytes, until it closes the connection."""
    place = urlsplit(address)
    with socket.create_connection((str(place.hostname), int(place.port or 80)), timeout=20) as connection:
        for part in parts:
            connection.sendall(part)
        try:
            connection.shutdown(socket.SHUT_WR)
        except OSError as error:
            if error.errno != errno.ENOTCONN:  # the server has answered and gone already
                raise
        received = b""
        try:
            while piece := connection.recv(65536):
                received += piece
        except ConnectionResetError:
            pass
        return received


def request(target: str, *headers: str, method: str = "GET") -> bytes:
    lines = [f"{method} {target} HTTP/1.1", "Host: localhost", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


def status(answer: bytes) -> int:
    """The status of the first answer, 0 where there is none."""
    found = re.match(rb"HTTP/1\.[01] (\d{3})", answer)
    return int(found[1]) if found else 0


@pytest.mark.parametrize("target", PATHS, ids=[path[:40] for path in PATHS])
def test_no_path_leads_to_a_file(live: str, target: str) -> None:
    answer = raw(live, request(target))
    assert status(answer) in {0, 200, 301, 303, 308, 400, 404, 405, 410, 414, 431}
    for secret in (b"root:", b"create_app", b'"base":', b"MANIFEST-", b"# title", b"PREFIX rec:"):
        assert secret not in answer
    assert not re.search(rb"\r\nset-cookie", answer.partition(b"\r\n\r\n")[0], re.IGNORECASE)


INJECTION = "x\r\nSet-Cookie: stolen=1\r\n\r\n<script>alert(1)</script>"
PARAMETERS = {
    "format": "/sparql?query=ASK%7B%7D&format=",
    "download": "/sparql?query=ASK%7B%7D&download=",
    "query": "/sparql?query=",
    "page": f"/{TEXT}.ttl?page=",
    "_profile": f"/{TEXT}?_profile=",
    "profile": f"/{TEXT}.ttl?profile=",
    "document": "/dataset?",
    "graph": "/graph-store?graph=",
    "path": "/",
    "suffix": f"/{TEXT}.",
    "variant": "/text/CLCM/12/resolution/1/",
}


@pytest.mark.parametrize("start", PARAMETERS.values(), ids=PARAMETERS)
@pytest.mark.parametrize("accept", ["text/html", "*/*"])
def test_nothing_in_an_address_becomes_a_header_or_a_script(live: str, start: str, accept: str) -> None:
    answer = httpx.get(live + start[1:] + httpx.QueryParams({"": INJECTION}).__str__()[1:], headers={"Accept": accept})
    assert answer.status_code != 500
    assert "Set-Cookie" not in answer.headers
    assert not ("html" in answer.headers.get("Content-Type", "") and "<script>alert" in answer.text)


@pytest.mark.parametrize(
    "name", ["Host", "X-Forwarded-Host", "Forwarded", "X-Original-URL", "X-Rewrite-URL", "X-Request-Id"]
)
@pytest.mark.parametrize(
    "path",
    ["/", f"/{TEXT}", f"/{TEXT}.ttl", f"/{TEXT}.html", "/dataset", "/sparql", "/sitemap.xml", "/changes", "/nothing"],
)
def test_addresses_in_an_answer_are_those_of_the_release_whatever_host_a_client_names(
    live: str, name: str, path: str
) -> None:
    value = "for=1.1.1.1;host=evil.example" if name == "Forwarded" else "evil.example"
    answer = httpx.get(live + path[1:], headers={name: value}, follow_redirects=False)
    given = {key: text for key, text in answer.headers.items() if key.lower() != "x-request-id"}
    body = answer.text.replace("urn:request:evil.example", "").replace("<code>evil.example</code>", "")
    assert "evil.example" not in body + json.dumps(given)
    if path == "/dataset":
        assert BASE in answer.text


def test_markup_in_the_data_is_text_in_every_form(web: FlaskClient) -> None:
    title = "Keeping the lamps <lit> & tended"
    page, xml = web.get(f"/{TEXT}.html").text, web.get(f"/{TEXT}.rdf").data
    assert ("<lit>" in page, title in (element.text for element in ElementTree.fromstring(xml).iter())) == (False, True)
    query = {"query": f"SELECT ?title {{ <{BASE}{TEXT}> <{BASE}def/title> ?title }}", "format": "xml"}
    results = ElementTree.fromstring(web.get("/sparql", query_string=query).data)
    assert title in (element.text for element in results.iter())
    ElementTree.fromstring(web.get("/sitemap.xml").data)


@pytest.mark.parametrize("accept", ["*/*", "text/html"])
def test_a_fault_of_ours_is_told_without_its_details(app: Flask, monkeypatch: pytest.MonkeyPatch, accept: str) -> None:
    def fail() -> str:
        raise ValueError("the secret of /etc/passwd")

    monkeypatch.setitem(app.view_functions, "pages.gallery", fail)
    answer = app.test_client().get("/questions", headers={"Accept": accept})
    assert (answer.status_code, unprotected(answer.headers)) == (500, {})
    for detail in ("secret", "Traceback", "ValueError", ".py", "passwd"):
        assert detail not in answer.text
    assert (answer.mimetype == "text/html") is (accept == "text/html")


def test_a_store_that_is_taken_away_while_it_is_served_is_a_503(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    with serving(tmp_path, {"RECALLING_WEB_WORKERS": "1"}) as address:
        assert httpx.get(f"{address}{TEXT}.ttl").status_code == 200
        shutil.rmtree(folder)
        for path in ("health/ready", "sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D"):
            answer = httpx.get(address + path, timeout=60)
            assert (answer.status_code, answer.headers["Content-Type"]) == (503, "application/problem+json")
            assert answer.json()["title"] == "No store"
            assert str(tmp_path) not in answer.text
        assert httpx.get(f"{address}health/live").status_code == 200


@pytest.mark.parametrize("damage", ["cut", "noise", "inside", "gone"])
def test_a_store_with_damaged_files_is_a_503_without_the_place_of_the_files(tmp_path: Path, damage: str) -> None:
    folder = write_release(tmp_path) / "store"
    for file in folder.iterdir():
        match damage:
            case "cut":
                file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
            case "noise":
                file.write_bytes(bytes(255 - byte for byte in file.read_bytes()))
            case "inside" if file.suffix == ".sst":
                content = bytearray(file.read_bytes())
                content[: len(content) // 2] = bytes(len(content) // 2)
                file.write_bytes(content)
            case "gone":
                file.unlink()
    app = create_app(Settings(data=tmp_path, query_workers=1))
    for path in ("/", f"/{TEXT}", "/sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D", "/dataset", "/health/ready"):
        answer = app.test_client().get(path)
        assert (answer.status_code, unprotected(answer.headers)) == (503, {}), path
        assert str(tmp_path) not in answer.text
    app.extensions["current"].close()


def test_files_that_are_damaged_while_they_are_served_are_a_503_without_their_place(tmp_path: Path) -> None:
    folder = write_release(tmp_path) / "store"
    app = create_app(Settings(data=tmp_path, query_workers=1))
    assert app.test_client().get("/sparql?query=ASK%7B%7D").status_code == 200
    for file in folder.glob("*.sst"):
        with file.open("r+b") as opened:
            opened.write(b"\xff" * (file.stat().st_size * 9 // 10))
    for path in ("/sparql?query=SELECT*%7B?s%20?p%20?o%7D", f"/{TEXT}.ttl", "/health/ready"):
        answer = app.test_client().get(path)
        assert (answer.status_code, str(tmp_path) in answer.text) == (503, False), path
    app.extensions["current"].close()


def test_a_new_release_that_cannot_be_read_leaves_the_old_one_served(tmp_path: Path) -> None:
    write_release(tmp_path, "one")
    app = create_app(Settings(data=tmp_path, query_workers=1))
    before = app.test_client().get(f"/{TEXT}.ttl").data
    (write_release(tmp_path, "two") / "store" / "CURRENT").write_bytes(b"noise")
    app.extensions["current"]._looked = float("-inf")
    answer = app.test_client().get(f"/{TEXT}.ttl")
    assert (answer.status_code, answer.data) == (200, before)
    app.extensions["current"].close()


FORM = "Content-Type: application/x-www-form-urlencoded"
BROKEN = {
    "two lengths": request("/sparql", FORM, "Content-Length: 3", "Content-Length: 30", method="POST") + b"a=b",
    "length and chunks": request("/sparql", FORM, "Content-Length: 4", "Transfer-Encoding: chunked", method="POST")
    + b"0\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n\r\n",
    "chunks in disguise": request("/sparql", FORM, "Transfer-Encoding : chunked", method="POST") + b"0\r\n\r\n",
    "chunks twice": request("/sparql", FORM, "Transfer-Encoding: chunked, identity", method="POST") + b"0\r\n\r\n",
    "a chunk of a length that is none": request("/sparql", FORM, "Transfer-Encoding: chunked", method="POST") + b"zz\r\n",
    "a chunk without end": request("/sparql", FORM, "Transfer-Encoding: chunked", method="POST") + b"ffffffffffffffff\r\n",
    "a length below zero": request("/sparql", FORM, "Content-Length: -1", method="POST"),
    "a length in words": request("/sparql", FORM, "Content-Length: many", method="POST"),
    "a length that never comes": request("/sparql", FORM, "Content-Length: 100", method="POST") + b"query=",
    "a folded header": b"GET / HTTP/1.1\r\nHost: x\r\nAccept: a\r\n b\r\n\r\n",
    "a header without a name": b"GET / HTTP/1.1\r\nHost: x\r\n: y\r\n\r\n",
    "a null in a header": b"GET / HTTP/1.1\r\nHost: x\r\nAccept: a\0b\r\n\r\n",
    "no host": b"GET / HTTP/1.1\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nConnection: close\r\n\r\n",
    "an unknown version": b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
    "HTTP/0.9": b"GET /\r\n",
    "another protocol": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    "HTTP/2 at once": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "bare line feeds": b"GET / HTTP/1.1\nHost: x\nConnection: close\n\n",
    "a method that nobody knows": request("/", method="BREW"),
    "a tunnel": request("evil.example:443", method="CONNECT"),
    "a hundred thousand header bytes": request("/", f"Accept: {'a/b,' * 25_000}*/*"),
    "a thousand headers": request("/", *(f"X-{number}: x" for number in range(1000))),
    "a form that is no UTF-8": request("/sparql", FORM, "Content-Length: 9", method="POST") + b"query=%ff",
    "a multipart form without its border": request("/sparql", "Content-Type: multipart/form-data", "Content-Length: 3", method="POST") + b"abc",
    "a compressed body": request("/sparql", FORM, "Content-Encoding: gzip", "Content-Length: 3", method="POST") + b"abc",
    "a condition that is none": request(f"/{TEXT}.ttl", 'If-None-Match: W/"', "If-Modified-Since: never"),
    "a range out of the file": request("/static/style.css", "Range: bytes=99999999-1"),
    "a date beyond the calendar": request(f"/{TEXT}.ttl", "If-Modified-Since: Wed, 32 Foo 99999 99:99:99 GMT"),
}  # fmt: skip


@pytest.mark.parametrize("sent", BROKEN.values(), ids=BROKEN)
def test_a_request_that_is_none_or_two_does_the_server_no_harm(live: str, sent: bytes) -> None:
    answer = raw(live, sent)
    assert status(answer) not in {500, 502}
    assert b"Traceback" not in answer
    assert not (b"chunked" in sent and b"live\n" in answer)  # the body was not taken for another request
    assert httpx.get(f"{live}health/live").text == "live\n"
