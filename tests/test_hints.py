"""A name of a query that the vocabulary does not have: what it may have meant goes with the answer and with a problem."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from server.doors.hints import HEADER

JSON = {"Accept": "application/sparql-results+json"}


def hints(site: FlaskClient, query: str) -> list[str]:
    answer = site.get("/sparql", query_string={"query": query}, headers=JSON)
    assert answer.status_code == 200
    return answer.headers.getlist(HEADER)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("?s rec:sponser ?x", "rec:sponser is not in the vocabulary. Did you mean rec:sponsor?"),
        ("?t a rec:Resolutoin", "rec:Resolutoin is not in the vocabulary. Did you mean rec:Resolution?"),
        ("?t <http://localhost:8000/def/titel> ?x", "rec:titel is not in the vocabulary. Did you mean rec:title?"),
        ("?t <http://www.w3.org/2004/02/skos/core#prefLable> ?x", "skos:prefLable is not in the vocabulary."),
        ("?t rec:Xyzzyq ?x", "rec:Xyzzyq is not in the vocabulary."),
    ],
)
def test_an_unknown_name_gets_a_hint(site: FlaskClient, pattern: str, said: str) -> None:
    (hint,) = hints(site, f"PREFIX rec: <http://localhost:8000/def/> SELECT * {{ {pattern} }} LIMIT 1")
    assert hint.startswith(said[:-1])


@pytest.mark.parametrize(
    "query",
    [
        "PREFIX rec: <http://localhost:8000/def/> SELECT * { ?t a rec:Resolution ; rec:title ?x } LIMIT 1",
        "PREFIX x: <http://example.org/> SELECT * { ?t x:nothing ?o } LIMIT 1",
        "SELECT * { ?t <http://localhost:8000/text/nothing> ?o } LIMIT 1",
        'PREFIX rec: <http://localhost:8000/def/> SELECT * { ?t rec:title "rec:titel" } # rec:titel',
    ],
)
def test_no_hint_where_no_name_is_unknown(site: FlaskClient, query: str) -> None:
    assert hints(site, query) == []


def test_a_problem_has_the_hints_as_a_member(site: FlaskClient) -> None:
    query = "PREFIX rec: <http://localhost:8000/def/> SELECT * { ?t rec:titel ?x ORDER }"
    problem = site.get("/sparql", query_string={"query": query}, headers=JSON).json
    assert problem["title"] == "Syntax error"
    assert problem["hints"][0]["unknown"] == "rec:titel"
    assert "rec:title" in problem["hints"][0]["meant"]


def test_the_page_of_the_editor_shows_the_hint(site: FlaskClient) -> None:
    query = "PREFIX rec: <http://localhost:8000/def/> SELECT * { ?t rec:titel ?x } LIMIT 1"
    page = site.get("/sparql", query_string={"query": query}, headers={"Accept": "text/html"}).text
    assert "rec:titel is not in the vocabulary. Did you mean rec:title" in page


def test_the_examples_and_the_description_are_where_clients_look(site: FlaskClient) -> None:
    turtle = {"Accept": "text/turtle"}
    examples = site.get("/.well-known/sparql-examples", headers=turtle)
    assert examples.text.count("sh:select") == examples.text.count("sh:SPARQLSelectExecutable") > 30
    assert "void:propertyPartition" in site.get("/void", headers=turtle).text
    assert "sh:select" in site.get("/questions/sponsors.ttl").text
    assert site.get("/questions/nothing.ttl").status_code == 404
    assert site.get("/.well-known/sparql-examples", headers={"Accept": "text/html"}).status_code == 303
