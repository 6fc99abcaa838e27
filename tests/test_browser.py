"""What a person's browser and a page of another origin get from a real server."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Request

from tests.published import Place

TEXT = "text/clcm/12/resolution/1"


class _Elsewhere(BaseHTTPRequestHandler):
    """An empty page of another origin."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Elsewhere</title>")

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """The address of a page of another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Elsewhere) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


FETCH = """async ([address, options]) => {
  const answer = await fetch(address, options);
  return {status: answer.status, body: await answer.text(), url: answer.url, headers: Object.fromEntries(answer.headers)};
}"""


def fetch(page: Page, origin: str, address: str, **options: object) -> dict[str, Any]:
    """What a script on a page of that origin may read at an address."""
    page.goto(origin)
    answer: dict[str, Any] = page.evaluate(FETCH, [address, options])
    return answer


def test_the_iri_of_a_thing_lands_on_its_page_by_see_other(page: Page, place: Place) -> None:
    answer = page.goto(place.address + TEXT)
    assert answer is not None and answer.request.redirected_from is not None
    first = answer.request.redirected_from.response()
    assert first is not None
    assert (first.status, answer.status, page.url) == (303, 200, f"{place.address}{TEXT}.html")
    assert page.locator("h1").count() == 1


def test_a_violation_would_be_seen(page: Page, place: Place) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(place.address)
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {textContent: 'x = 1'}))")
    assert any("Content Security Policy" in line for line in said)


def test_a_page_of_another_origin_reads_an_answer_and_its_headers(page: Page, place: Place, elsewhere: str) -> None:
    answer = fetch(page, elsewhere, f"{place.address}sparql?query={quote('ASK {}')}")
    assert (answer["status"], '"boolean":true' in answer["body"]) == (200, True)
    assert answer["headers"]["etag"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Type": "application/sparql-query"},
        {"Content-Type": "application/sparql-query", "Authorization": "Basic cmVhZGVyOnNlY3JldA=="},
        {"Content-Type": "application/sparql-query", "X-Requested-With": "XMLHttpRequest", "Accept": "text/csv"},
    ],
    ids=["a query as the body", "with a name and a password", "with a header of a library"],
)
def test_a_page_of_another_origin_may_send_what_asks_for_a_preflight(
    page: Page, place: Place, elsewhere: str, headers: dict[str, str]
) -> None:
    answer = fetch(page, elsewhere, f"{place.address}sparql", method="POST", body="ASK {}", headers=headers)
    assert (answer["status"], "true" in answer["body"]) == (200, True)


def test_a_page_of_another_origin_reads_what_is_wrong(page: Page, place: Place, elsewhere: str) -> None:
    answer = fetch(page, elsewhere, f"{place.address}sparql?query={quote('SELECT * { ?s ?p }')}")
    assert (answer["status"], json.loads(answer["body"])["title"]) == (400, "Syntax error")


def test_a_page_of_another_origin_hears_that_an_update_is_refused(page: Page, place: Place, elsewhere: str) -> None:
    headers = {"Content-Type": "application/sparql-update"}
    answer = fetch(page, elsewhere, f"{place.address}sparql", method="POST", body="DROP ALL", headers=headers)
    assert (answer["status"], "Refused" in answer["body"]) == (403, True)


@pytest.mark.parametrize(
    ("accept", "suffix", "words"),
    [("text/turtle", ".ttl", "rec:Resolution"), ("application/ld+json", ".jsonld", "@type"), ("*/*", ".ttl", "rec:")],
)
def test_a_page_of_another_origin_follows_a_thing_to_its_description(
    page: Page, place: Place, elsewhere: str, accept: str, suffix: str, words: str
) -> None:
    answer = fetch(page, elsewhere, place.address + TEXT, headers={"Accept": accept})
    assert (answer["status"], answer["url"]) == (200, f"{place.address}{TEXT}{suffix}")
    assert words in answer["body"] or "resolution/1" in answer["body"]
    assert 'rel="alternate"' in answer["headers"]["link"]


@pytest.mark.parametrize(
    ("path", "shown"), [("reconcile/preview?id=state/PER", True), ("reconcile", False), ("state/PER.html", False)]
)
def test_a_page_of_another_origin_may_frame_a_preview_and_nothing_else(
    page: Page, elsewhere: str, place: Place, path: str, shown: bool
) -> None:
    page.goto(elsewhere)
    page.evaluate(
        """address => new Promise(done => {
          const frame = document.createElement("iframe");
          frame.onload = done;
          frame.src = address;
          document.body.append(frame);
        })""",
        f"{place.address}{path}",
    )
    assert ("Recalling" in page.frames[1].title()) is shown


def test_a_text_with_all_that_its_page_needs_weighs_less_than_100_kilobytes(page: Page, place: Place) -> None:
    asked: list[Request] = []

    def finished(request: Request) -> None:
        asked.append(request)

    page.on("requestfinished", finished)
    page.goto(f"{place.address}text/clcm/12/draft-resolution/ga/2", wait_until="networkidle")
    sizes = [request.sizes() for request in asked]
    assert {"document", "stylesheet"} <= {request.resource_type for request in asked}
    assert sum(one["responseBodySize"] + one["responseHeadersSize"] for one in sizes) < 100_000
