"""Each answer names its request, so that a reader's complaint and a line in the log are found together."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

NAME = "X-Request-Id"


@pytest.mark.parametrize("path", ["/", "/robots.txt", "/sparql", "/nothing/here", "/health/live", "/static/style.css"])
def test_every_answer_names_its_request(web: FlaskClient, path: str) -> None:
    names = {web.get(path).headers[NAME] for _ in range(3)}
    assert len(names) == 3
    assert {len(name) for name in names} == {32}


def test_an_answer_without_a_body_names_its_request(web: FlaskClient) -> None:
    validator = web.get("/sparql").headers["ETag"]
    answer = web.get("/sparql", headers={"If-None-Match": validator, NAME: "again"})
    assert (answer.status_code, answer.headers[NAME]) == (304, "again")


@pytest.mark.parametrize("name", ["a", "7d3f-Ab_c.9", "x" * 64])
def test_a_clients_own_name_is_taken_over(web: FlaskClient, name: str) -> None:
    assert web.get("/robots.txt", headers={NAME: name}).headers[NAME] == name


@pytest.mark.parametrize("name", ["", "x" * 65, "a b", "a,b", '"a"', "<b>", "é", "a\tb"])
def test_a_name_that_could_do_harm_in_a_log_is_replaced(web: FlaskClient, name: str) -> None:
    assert len(web.get("/robots.txt", headers={NAME: name}).headers[NAME]) == 32


def test_a_problem_document_says_which_request_it_is_about(web: FlaskClient) -> None:
    answer = web.get("/nothing/here", headers={NAME: "abc"})
    document = answer.get_json(force=True)
    assert (answer.mimetype, document["instance"]) == ("application/problem+json", "urn:request:abc")


def test_a_problem_page_shows_the_name_to_quote(web: FlaskClient) -> None:
    assert "<code>abc</code>" in web.get("/nothing/here", headers={NAME: "abc", "Accept": "text/html"}).text


def test_a_page_of_another_origin_may_send_and_read_the_name(web: FlaskClient) -> None:
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": NAME, "Origin": "http://a.test"}
    preflight = web.options("/sparql", headers=asked).headers
    allowed = {header.strip() for header in preflight["Access-Control-Allow-Headers"].split(",")}
    assert {NAME, "Authorization"} <= allowed
    assert NAME in web.get("/sparql").headers["Access-Control-Expose-Headers"].split(", ")
