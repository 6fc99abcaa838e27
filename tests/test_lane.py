"""What is answered in front of the framework is answered as the framework answers it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.lane.descriptions import Lane
from server.operations.observation import Observed
from server.settings import Settings

THING = "text/clcm/12/resolution/1"
FORMS = ("ttl", "nt", "nq", "trig", "rdf", "jsonld", "html", "bib")
# Requests of every kind that the lane must know from its own: paths, methods, headers.
PATHS = (
    *(f"/{THING}.{form}" for form in FORMS),
    *(
        f"/{path}.ttl"
        for path in ("state/FJI", "document/A/RES/57/270%20B", "session/clcm/12", "def/Resolution", "def/")
    ),
    "/document/E/CN.99/2022/1.nt",
    f"/{THING}",
    f"/{THING}/.ttl",
    f"//{THING}.ttl",
    f"/{THING}.ttl?page=2",
    f"/{THING}.ttl?_profile=plain",
    f"/{THING}.ttl?format=nt",
    f"/{THING}/preambular/99.ttl",
    f"/{THING.upper()}.ttl",
    f"/en/{THING}.ttl",
    "/dataset.ttl",
    "/profiles.ttl",
    "/graph/report/clcm/12.ttl",
    "/evidence/none.ttl",
    "/text/%FF.ttl",
    "/text/%3Cb%3E.ttl",
    "/.ttl",
)
HEADERS: tuple[dict[str, str], ...] = (
    {},
    {"Accept": "text/html"},
    {"Accept-Encoding": "gzip"},
    {"Accept-Encoding": "identity"},
    {"Accept-Encoding": "gzip;q=0, identity"},
    {"Accept-Profile": "<http://localhost:8000/profiles#plain>"},
    {"If-None-Match": "*"},
    {"If-Modified-Since": "Tue, 01 Dec 2099 00:00:00 GMT"},
    {"Range": "bytes=0-9"},
    {"Host": "a b"},
    {"Host": "example.org"},
    {"Content-Encoding": "gzip"},
    {"Content-Digest": "nothing"},
    {"Transfer-Encoding": "chunked"},
    {"Content-Length": "3"},
    {"Authorization": "Bearer x"},
    {"X-Request-Id": "mine"},
    {"Origin": "https://example.org"},
)


def application(data: Path, hsts: int = 0) -> Flask:
    return create_app(Settings(data=data, query_workers=1, cache_size=0, hsts=hsts, client_requests=2))


def without_lane(app: Flask) -> Flask:
    """The application with the lane taken out of its way."""
    layer: object = app.wsgi_app
    while not isinstance(inner := getattr(layer, "_asked", None), Lane):
        assert inner is not None, "there is no lane"
        layer = inner
    setattr(layer, "_asked", inner._asked)  # noqa: B010 - the layers are of several classes
    return app


@pytest.fixture(scope="module")
def both(published_data: Path) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """Clients of the application, and of one without the lane."""
    apps = application(published_data), without_lane(application(published_data))
    with closing(apps[0].extensions["current"]), closing(apps[1].extensions["current"]):
        yield apps[0].test_client(), apps[1].test_client()


def asked(client: FlaskClient, path: str, method: str, headers: Mapping[str, str], scheme: str = "http") -> object:
    """What an answer says: status, headers, and the body as far as its order matters."""
    answer = client.open(path, method=method, headers=dict(headers), base_url=f"{scheme}://localhost")
    own = ("Date", "X-Request-Id") if "X-Request-Id" not in headers else ("Date",)
    head = {name: value for name, value in answer.headers if name not in own}
    body: object = answer.data
    if answer.status_code >= 400 and answer.mimetype == "application/problem+json" and answer.data:
        body = {**json.loads(answer.data), "instance": ""}
    elif answer.status_code == 200 and answer.mimetype == "application/ld+json" and "Content-Encoding" not in head:
        body = _unordered(json.loads(answer.data or "{}"))
    if method == "GET" and "Content-Length" in head:
        assert int(head["Content-Length"]) == len(answer.data)
    return answer.status_code, head, body


def _unordered(value: object) -> object:
    """JSON-LD in which the order of a set, which rdflib leaves to chance, does not matter."""
    match value:
        case dict():
            return {name: _unordered(one) for name, one in value.items()}
        case list():
            return sorted((_unordered(one) for one in value), key=str)
    return value


@pytest.mark.parametrize("path", PATHS)
def test_each_path_is_answered_alike(both: tuple[FlaskClient, FlaskClient], path: str) -> None:
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        lane, plain = (asked(client, path, method, {}) for client in both)
        assert lane == plain, method


@pytest.mark.parametrize("headers", HEADERS, ids=str)
@pytest.mark.parametrize("form", ["ttl", "nq"])
def test_each_header_is_answered_alike(
    both: tuple[FlaskClient, FlaskClient], headers: dict[str, str], form: str
) -> None:
    for method in ("GET", "HEAD"):
        lane, plain = (asked(client, f"/{THING}.{form}", method, headers) for client in both)
        assert lane == plain, method


def test_browsers_are_told_to_keep_to_https(published_data: Path) -> None:
    apps = application(published_data, 60), without_lane(application(published_data, 60))
    for scheme in ("http", "https"):
        lane, plain = (asked(app.test_client(), f"/{THING}.ttl", "GET", {}, scheme) for app in apps)
        assert lane == plain
    for app in apps:
        app.extensions["current"].close()


def test_every_thing_that_is_described_is_answered_alike(both: tuple[FlaskClient, FlaskClient]) -> None:
    store = both[0].application.extensions["current"].release().store
    rows = store.select("SELECT DISTINCT ?thing { ?thing a ?class FILTER(ISIRI(?thing)) } ORDER BY ?thing LIMIT 400")
    for row in rows:
        thing = row["thing"]
        assert isinstance(thing, ox.NamedNode)
        path = f"/{thing.value.removeprefix('http://localhost:8000/')}.ttl"
        lane, plain = (asked(client, path, "GET", {}) for client in both)
        assert lane == plain, path


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[Observed]:
    """What is logged of requests."""
    found: list[Observed] = []
    monkeypatch.setattr("server.operations.logs.write", found.append)
    return found


@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_a_request_is_seen_as_any_other(
    both: tuple[FlaskClient, FlaskClient], seen: list[Observed], method: str
) -> None:
    for client in both:
        client.open(f"/{THING}.ttl", method=method, headers={"X-Request-Id": "mine"})
    lane, plain = ({name: getattr(one, name) for name in Observed.__slots__ if name != "seconds"} for one in seen)
    assert lane == plain and seen[0].seconds > 0


def test_the_lane_answers_before_the_framework(both: tuple[FlaskClient, FlaskClient]) -> None:
    begun: list[str] = []
    app = both[0].application
    app.before_request_funcs.setdefault(None, []).append(lambda: begun.append("asked"))
    both[0].get(f"/{THING}.ttl")
    both[0].get(f"/{THING}.nt")
    assert begun == []
    both[0].get(f"/{THING}.html")
    assert begun == ["asked"]


def test_one_client_has_no_more_requests_than_others_here_either(published_data: Path) -> None:
    app = application(published_data)
    refused = {"recalling.too_many_requests": True}
    with closing(app.extensions["current"]):
        answer = app.test_client().get(f"/{THING}.ttl", environ_overrides=refused)
    assert answer.status_code == 429
