"""Answers that are kept: the same as those that are not, never mixed, bounded, gone with their release."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from server.app import create_app
from server.cache import AnswerCache
from server.current import LOOK_AGAIN
from server.negotiation import DESCRIPTIONS
from server.operations.request_id import HEADER
from server.settings import Settings, SettingsError, from_environment
from tests.serving import BASE, TEXT, write_release

PAGES = ["/", "/questions", "/questions/texts", "/sparql", "/dataset", "/releases", "/profiles", "/state/FRA.html"]
DESCRIBED = [f"/{TEXT}.{form.name}" for form in DESCRIPTIONS]
REDIRECTED = [f"/{TEXT}", "/TEXT/CLCM/12/RESOLUTION/1", "/def"]
SELECT = "/sparql?" + urlencode({"query": f"SELECT * {{ <{BASE}{TEXT}> ?p ?o }} ORDER BY ?p ?o"})
GRAPH = f"{BASE}graph/report/clcm/12"
ENCODINGS = ["", "gzip", "br", "zstd", "deflate, br;q=0.5"]


def application(data: Path, **settings: int) -> Iterator[Flask]:
    app = create_app(Settings(data=data, query_workers=1, **settings))
    yield app
    app.extensions["current"].close()


@pytest.fixture
def keeping(commission_data: Path) -> Iterator[Flask]:
    """An application that keeps answers, with nothing kept yet."""
    yield from application(commission_data)


@pytest.fixture(scope="module")
def plain(commission_data: Path) -> Iterator[Flask]:
    """An application that keeps none."""
    yield from application(commission_data, cache_size=0)


def cache_of(app: Flask) -> AnswerCache:
    cache = app.extensions["cache"]
    assert isinstance(cache, AnswerCache)
    return cache


def client_of(app: Flask) -> FlaskClient:
    """A client that names all its requests alike, so that their answers can be compared."""
    client = app.test_client()
    client.environ_base["HTTP_X_REQUEST_ID"] = "same"
    return client


def seen(answer: TestResponse) -> tuple[int, bytes, list[tuple[str, str]]]:
    """All that a client sees, but for the clock, which gzip writes as well."""
    body = gzip.decompress(answer.data) if answer.headers.get("Content-Encoding") == "gzip" else answer.data
    return answer.status_code, body, sorted((n, v) for n, v in answer.headers if n != "Date")


def twice(client: FlaskClient, path: str, headers: Mapping[str, str]) -> TestResponse:
    client.get(path, headers=dict(headers))
    return client.get(path, headers=dict(headers))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", [*PAGES, *DESCRIBED, *REDIRECTED, SELECT])
def test_a_kept_answer_has_the_bytes_and_headers_of_one_that_is_not(
    keeping: Flask, plain: Flask, path: str, encoding: str
) -> None:
    headers = {"Accept-Encoding": encoding, "Accept": "text/html, */*;q=0.1"}
    wanted = client_of(plain).get(path, headers=headers)
    assert seen(twice(client_of(keeping), path, headers)) == seen(wanted)
    assert cache_of(keeping).recalled == (0 if wanted.status_code >= 400 else 1)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"Accept": "text/turtle"}, {"Accept": "application/ld+json"}),
        ({"Accept": "text/turtle"}, {"Accept": "text/turtle;q=0.1, text/html"}),
        ({"Accept": "text/turtle"}, {"Accept": "image/png"}),
        ({"Accept-Encoding": "gzip"}, {"Accept-Encoding": "br"}),
        ({"Accept-Encoding": "gzip"}, {}),
        ({"Accept-Profile": f"<{BASE}profiles#plain>"}, {"Accept-Profile": f"<{BASE}profiles#evidence>"}),
        ({"Accept-Profile": f"<{BASE}profiles#plain>"}, {}),
    ],
)
@pytest.mark.parametrize("path", [f"/{TEXT}", f"/{TEXT}.ttl", "/dataset", SELECT])
def test_an_answer_that_one_client_wanted_is_not_given_to_one_that_wants_another(
    keeping: Flask, plain: Flask, path: str, first: dict[str, str], second: dict[str, str]
) -> None:
    client = client_of(keeping)
    client.get(path, headers=first)
    assert seen(client.get(path, headers=second)) == seen(client_of(plain).get(path, headers=second))


def test_an_answer_is_kept_once_for_all_ways_to_name_the_same_codings(keeping: Flask) -> None:
    client = client_of(keeping)
    for said in ("gzip, br", "br,gzip", "br;q=1.0, gzip, compress", "deflate;q=0, gzip, br"):
        assert client.get(SELECT, headers={"Accept-Encoding": said}).headers["Content-Encoding"] == "br"
    assert cache_of(keeping).recalled == 3


@pytest.mark.parametrize("query", ["?profile=plain", "?profile=evidence", "?page=2", "?profile=nothing"])
def test_the_query_of_an_address_counts(keeping: Flask, plain: Flask, query: str) -> None:
    client = client_of(keeping)
    client.get(f"/{TEXT}.ttl")
    assert seen(client.get(f"/{TEXT}.ttl{query}")) == seen(client_of(plain).get(f"/{TEXT}.ttl{query}"))


@pytest.mark.parametrize("path", [f"/{TEXT}", f"/{TEXT}.html", "/"])
def test_links_lead_to_where_the_application_is_mounted(keeping: Flask, plain: Flask, path: str) -> None:
    client, mounted = client_of(keeping), "http://localhost/mounted/"
    client.get(path)
    answer = client.get(path, base_url=mounted)
    assert seen(answer) == seen(client_of(plain).get(path, base_url=mounted))
    assert "/mounted/" in answer.get_data(as_text=True)


@pytest.mark.parametrize("validator", ["If-None-Match", "If-Modified-Since"])
@pytest.mark.parametrize("path", ["/", f"/{TEXT}.ttl", SELECT])
def test_a_client_that_holds_a_kept_answer_is_told_so(keeping: Flask, plain: Flask, path: str, validator: str) -> None:
    client = client_of(keeping)
    given = twice(client, path, {"Accept-Encoding": "br"})
    value = given.headers["ETag" if validator == "If-None-Match" else "Last-Modified"]
    headers = {"Accept-Encoding": "br", validator: value}
    answer = client.get(path, headers=headers)
    assert (answer.status_code, answer.data) == (304, b"")
    assert seen(answer) == seen(client_of(plain).get(path, headers=headers))


def test_each_request_has_its_own_name_though_its_answer_is_kept(keeping: Flask) -> None:
    client = keeping.test_client()
    names = {client.get("/").headers[HEADER] for _ in range(3)}
    assert (len(names), cache_of(keeping).recalled) == (3, 2)


def test_an_answer_over_https_is_not_given_over_http(commission_data: Path) -> None:
    for app in application(commission_data, hsts=60):
        client = client_of(app)
        assert "Strict-Transport-Security" in client.get("/", base_url="https://localhost/").headers
        assert "Strict-Transport-Security" not in client.get("/").headers


def test_head_is_answered_from_what_get_left(keeping: Flask, plain: Flask) -> None:
    client = client_of(keeping)
    client.get(f"/{TEXT}.ttl")
    assert seen(client.head(f"/{TEXT}.ttl")) == seen(client_of(plain).head(f"/{TEXT}.ttl"))
    assert cache_of(keeping).recalled == 1


@pytest.mark.parametrize(
    "path", ["/nothing/here", "/sparql?query=SELECT", "/questions/none", f"/{TEXT}.ttl?profile=no"]
)
def test_errors_are_not_kept(keeping: Flask, path: str) -> None:
    assert twice(client_of(keeping), path, {}).status_code >= 400
    assert (cache_of(keeping).recalled, cache_of(keeping).size) == (0, 0)


@pytest.mark.parametrize("path", ["/health/live", "/health/ready", "/static/style.css"])
def test_what_does_not_depend_on_the_release_alone_is_not_kept(keeping: Flask, path: str) -> None:
    assert twice(client_of(keeping), path, {"Accept": "text/html"}).status_code == 200
    assert cache_of(keeping).recalled == 0


def test_nothing_is_kept_of_what_a_client_with_credentials_asks(keeping: Flask) -> None:
    assert twice(client_of(keeping), "/", {"Authorization": "Bearer x"}).status_code == 200
    assert cache_of(keeping).size == 0


def test_a_query_that_is_posted_is_asked_again(keeping: Flask) -> None:
    for _ in range(2):
        client_of(keeping).post("/sparql", data={"query": "ASK {}"})
    assert cache_of(keeping).size == 0


def test_a_new_release_is_seen(tmp_path: Path) -> None:
    write_release(tmp_path, "one")
    for app in application(tmp_path):
        client = client_of(app)
        before = [twice(client, path, {}).data for path in ("/", f"/{TEXT}.ttl")]
        write_release(tmp_path, "two", more=f'<{GRAPH}> {{ <{BASE}{TEXT}> <{BASE}def/title> "Another title" }}')
        time.sleep(LOOK_AGAIN + 0.1)
        after = [client.get(path) for path in ("/", f"/{TEXT}.ttl")]
        assert "two" in after[0].headers["ETag"]
        assert "Another title" in after[1].get_data(as_text=True)
        assert [answer.data for answer in after] != before


def test_the_cache_stays_within_its_bytes(commission_data: Path) -> None:
    bound = 100_000
    for app in application(commission_data, cache_size=bound):
        client, sizes = client_of(app), []
        for number in range(60):
            assert client.get(f"/{TEXT}.html?page={number}").status_code == 200
            sizes.append(cache_of(app).size)
        assert bound / 2 < max(sizes) <= bound


def test_an_answer_that_is_larger_than_the_cache_is_given_and_not_kept(commission_data: Path) -> None:
    for app in application(commission_data, cache_size=2000):
        assert twice(client_of(app), f"/{TEXT}.html", {}).status_code == 200
        assert cache_of(app).size == 0


def test_threads_that_ask_at_once_each_get_their_own_answer(commission_data: Path, plain: Flask) -> None:
    paths = [*PAGES, *DESCRIBED, *REDIRECTED]
    wanted = {path: seen(client_of(plain).get(path)) for path in paths}
    for app in application(commission_data, cache_size=60_000):  # not enough for all: answers come and go

        def ask(path: str, app: Flask = app) -> bool:
            return seen(client_of(app).get(path)) == wanted[path]

        with ThreadPoolExecutor(8) as threads:
            assert all(threads.map(ask, [path for turn in range(12) for path in paths[turn % 5 :] + paths[: turn % 5]]))
        assert cache_of(app).recalled > 0


def test_no_cache_is_the_choice_of_zero() -> None:
    assert from_environment({**os.environ, "RECALLING_CACHE_SIZE": "0"}).cache_size == 0


def test_less_than_nothing_is_no_size() -> None:
    with pytest.raises(SettingsError, match="RECALLING_CACHE_SIZE"):
        from_environment({"RECALLING_CACHE_SIZE": "-1"})


def test_the_list_of_releases_tells_at_once_which_are_still_held(published_data: Path) -> None:
    for app in application(published_data):
        for path in ("/releases", "/dataset"):
            assert twice(client_of(app), path, {"Accept": "text/html"}).status_code == 200
        assert cache_of(app).recalled == 1
