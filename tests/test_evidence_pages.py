"""Every fact's page shows where the report says so, with the words marked, or their place where they are not held."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings

FACTS = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?class (SAMPLE(?fact) AS ?one) {
  ?evidence <http://www.w3.org/ns/oa#hasBody> ?fact . ?fact a ?class
  FILTER(STRSTARTS(STR(?class), STR(rec:)))
} GROUP BY ?class"""

MARKED = """PREFIX oa: <http://www.w3.org/ns/oa#>
SELECT ?fact ?quote {
  ?evidence oa:hasBody ?fact ; oa:hasTarget/oa:hasSelector/oa:exact ?quote . FILTER(CONTAINS(?quote, "*"))
} ORDER BY ?fact LIMIT 60"""


@pytest.fixture(scope="module")
def app(published_data: Path) -> Iterator[Flask]:
    app = create_app(Settings(data=published_data))
    yield app
    app.extensions["current"].close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def marked(page: str) -> list[str]:
    return [html.unescape(words) for words in re.findall(r"<mark>(.*?)</mark>", page, re.DOTALL)]


def test_page_of_every_kind_of_fact_marks_its_words(app: Flask, client: FlaskClient) -> None:
    store = app.extensions["current"].release().store
    for row in store.select(FACTS):
        path = row["one"].value.removeprefix("http://localhost:8000/")
        page = client.get(f"/{path}.html").text
        assert 'id="where"' in page, path
        assert all(marked(page)), path
        assert marked(page), path


def test_marked_words_are_those_of_the_report(app: Flask, client: FlaskClient, samples: list[Path]) -> None:
    report = samples[0].read_text(encoding="utf-8")
    page = client.get("/statement/clcm/12/6/1.html").text
    start, end = map(int, re.search(r"Characters (\d+) to (\d+)", page).groups())  # type: ignore[union-attr]
    assert marked(page) == [report[start:end]]
    assert samples[0].name in page


def test_words_are_read_without_the_marks_of_the_file(app: Flask, client: FlaskClient) -> None:
    store, raw = app.extensions["current"].release().store, 0
    for row in store.select(MARKED):
        fact, quote = row["fact"].value.removeprefix("http://localhost:8000/"), row["quote"].value
        page = client.get(f"/{fact}.html").text
        words = [
            html.unescape(re.sub("</?mark>", "", found))
            for found in re.findall(r"<blockquote.*?>(.*?)</bl", page, re.S)
        ]
        assert words, fact
        assert not any(re.search(r"\*\w|\w\*|\]\(", found) for found in words), fact
        raw += bool(re.search(r"\*\w|\w\*|\]\(", quote))
    assert raw


EVIDENCE = """PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT ?class (SAMPLE(?thing) AS ?one) {
  GRAPH ?graph { ?thing a ?class } FILTER(STRENDS(STR(?graph), "/evidence"))
} GROUP BY ?class"""


@pytest.mark.parametrize("profile", ["plain", "inferred", "evidence"])
def test_evidence_and_gaps_are_described_in_every_profile(app: Flask, client: FlaskClient, profile: str) -> None:
    kinds = app.extensions["current"].release().store.select(EVIDENCE)
    assert len(kinds) > 4
    for row in kinds:
        path = row["one"].value.removeprefix("http://localhost:8000/")
        answer = client.get(f"/{path}.nt", query_string={"profile": profile})
        typed = f"<{row['one'].value}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{row['class'].value}> ."
        assert typed in answer.text.splitlines(), path
        assert f'<{row["class"].value}>; rel="type"' in answer.headers["Link"], path
        assert ">Facts<" in client.get(f"/{path}.html").text


def test_facts_are_described_without_evidence_unless_it_is_asked_for(client: FlaskClient) -> None:
    for profile, given in {"plain": False, "inferred": False, "evidence": True}.items():
        quads = client.get("/statement/clcm/12/6/1.nq", query_string={"profile": profile}).text
        assert ("/evidence> ." in quads) == given


def test_words_stand_in_their_paragraph(client: FlaskClient) -> None:
    quote = re.search(r"<blockquote lang=\"en\">(.*?)<mark>", client.get("/statement/clcm/12/6/2.html").text, re.DOTALL)
    assert quote is not None
    assert html.unescape(quote.group(1)).startswith("6. ")


def test_page_of_the_evidence_shows_the_same_and_leads_to_the_fact(client: FlaskClient) -> None:
    page = client.get("/evidence/statement/clcm/12/6/1.html").text
    assert marked(page) == marked(client.get("/statement/clcm/12/6/1.html").text)
    assert 'href="/statement/clcm/12/6/1"' in page


def test_link_between_reports_shows_both_places(client: FlaskClient) -> None:
    page = client.get("/evidence/text/clcm/12/draft-resolution/ga/1/adoptedAs/document/A/RES/77/901.html").text
    assert len(marked(page)) == 2


def test_evidence_is_a_thing_that_is_looked_up(client: FlaskClient) -> None:
    answer = client.get("/evidence/statement/clcm/12/6/1", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/evidence/statement/clcm/12/6/1.ttl")


def test_where_the_words_are_not_held_their_place_is_told(wordless_data: Path) -> None:
    page = create_app(Settings(data=wordless_data)).test_client().get("/statement/clcm/12/6/1.html").text
    assert "The words are not part of this release." in page
    assert re.search(r"Characters \d+ to \d+", page)
