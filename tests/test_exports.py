"""Every table on a page as a file: the rows of its own query, under a name that says what they are."""

from __future__ import annotations

import csv
import io
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

PAGES = [
    "text/clcm/12/resolution/1.html",
    "session/clcm/12.html",
    "state/PER.html",
    "body/clcm.html",
    "report/clcm/12.html",
    "meeting/clcm/12/3.html",
]


def links(site: FlaskClient, path: str, title: str) -> list[str]:
    """The addresses at which the tables of a page are had in a form."""
    page = site.get(f"/{path}", headers={"Accept": "text/html"}).text
    return [
        unescape(found) for found in re.findall(rf'<a href="([^"]+)" download aria-label="[^"]+ as {title}">', page)
    ]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("title", "form"), [("CSV", "text/csv"), ("JSON", "application/sparql-results+json")])
def test_every_table_of_a_page_can_be_taken_along(site: FlaskClient, path: str, title: str, form: str) -> None:
    page = site.get(f"/{path}", headers={"Accept": "text/html"}).text
    addresses = links(site, path, title)
    folded = page.count(", the other rows</caption>")  # the rest of a table that begins above
    assert addresses and len(addresses) >= page.count("<table") - folded
    for address in addresses:
        answer = site.get(address, headers={"Accept": "text/html,*/*;q=0.8"})
        assert (answer.status_code, answer.mimetype) == (200, form) and answer.data
        assert answer.headers["Content-Disposition"].startswith("attachment; filename=")


def test_a_file_has_the_rows_of_the_table(site: FlaskClient) -> None:
    [address] = [
        one for one in links(site, "session/clcm/12.html", "CSV") if "download=who-sponsored-most-drafts" in one
    ]
    rows = list(csv.reader(io.StringIO(site.get(address).text)))
    page = site.get("/session/clcm/12.html").text
    table = page[page.index('<caption class="unseen">Who sponsored most drafts</caption>') :].partition("</table>")[0]
    assert rows[0] == ["sponsor", "drafts"] and len(rows) - 1 == len(re.findall(r"<tr[^>]*><td", table))


def test_the_name_of_a_file_says_what_is_in_it(site: FlaskClient) -> None:
    [address] = [one for one in links(site, "session/clcm/12.html", "CSV") if "download=agenda" in one]
    named = site.get(address).headers["Content-Disposition"]
    assert named == "attachment; filename=agenda-session-clcm-12.csv"


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ("", "result.csv"),
        ("../../etc/passwd", "etc-passwd.csv"),
        ('a"\r\nX: y', "a-X-y.csv"),
        ("é" * 300, "result.csv"),
        ("a" * 300, f"{'a' * 120}.csv"),
    ],
    ids=["none", "path", "header", "letters", "long"],
)
def test_a_name_that_a_client_asks_for_is_made_harmless(site: FlaskClient, asked: str, name: str) -> None:
    query = {"query": "SELECT * { VALUES ?one { 1 } }", "format": "csv", "download": asked}
    assert site.get("/sparql", query_string=query).headers["Content-Disposition"] == f"attachment; filename={name}"


FORMULAE = (
    """SELECT ?one ?two { VALUES (?one ?two) { ("=HYPERLINK('x')" -1) ("+1+cmd" <urn:a>) ("a, \\"b\\"" "@x") } }"""
)


@pytest.mark.parametrize(
    ("more", "rows"),
    [
        ({}, [["=HYPERLINK('x')", "-1"], ["+1+cmd", "urn:a"], ['a, "b"', "@x"]]),
        ({"download": "x"}, [["'=HYPERLINK('x')", "-1"], ["'+1+cmd", "urn:a"], ['a, "b"', "'@x"]]),
    ],
    ids=["for programs", "for people"],
)
def test_a_table_that_a_page_offers_holds_no_formulae_and_the_results_of_the_protocol_are_literal(
    web: FlaskClient, more: dict[str, str], rows: list[list[str]]
) -> None:
    answer = web.get("/sparql", query_string={"query": FORMULAE, "format": "csv", **more})
    assert list(csv.reader(io.StringIO(answer.text, newline="")))[1:] == rows


def test_a_long_table_comes_whole(web: FlaskClient) -> None:
    query = "SELECT ?a ?b { ?a ?p ?o . ?b ?q ?z } LIMIT 9000"
    asked = {"query": query, "format": "csv"}
    literal, neutral = (
        web.get("/sparql", query_string=asked),
        web.get("/sparql", query_string={**asked, "download": ""}),
    )
    assert neutral.text == literal.text and len(neutral.text) > 100_000
