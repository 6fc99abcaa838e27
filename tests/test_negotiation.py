"""Which form of an answer a client gets."""

from __future__ import annotations

import httpx
import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from server.negotiation import CITATIONS, DESCRIPTIONS, GRAPHS, RESULTS, by_suffix, choose
from tests.serving import TEXT

CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
RDFLIB = "application/rdf+xml,text/rdf+n3;q=0.9,application/xhtml+xml;q=0.5, */*;q=0.1"  # what older parsers send
COMUNICA = (
    "application/n-quads,application/trig;q=0.95,application/ld+json;q=0.9,application/n-triples;q=0.8,"
    "text/turtle;q=0.6,application/rdf+xml;q=0.5,text/n3;q=0.35,application/xml;q=0.3,text/html;q=0.2"
)

DESCRIPTION_CASES = [
    ("nothing said", "", "ttl"),
    ("anything", "*/*", "ttl"),
    ("a browser", CHROME, "html"),
    ("an old rdflib", RDFLIB, "rdf"),
    ("Comunica", COMUNICA, "nq"),
    ("one type", "application/ld+json", "jsonld"),
    ("letters in capitals", "Application/LD+JSON", "jsonld"),
    ("a charset with the type", "text/turtle; charset=utf-8", "ttl"),
    ("a profile with the type", 'application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
    ("the better quality second", "text/html;q=0.4, application/rdf+xml;q=0.9", "rdf"),
    ("quality in thousandths", "text/turtle;q=0.001, text/html;q=0.002", "html"),
    ("equal qualities, our order", "text/html, text/turtle", "ttl"),
    ("equal qualities, one by another of its names", "application/json, text/html", "html"),
    ("a whole kind", "text/*", "ttl"),
    ("a whole kind and a better type of it", "text/*;q=0.5, text/html", "html"),
    ("all but one", "text/turtle;q=0, */*", "html"),
    ("the exact type beats the wildcard of equal quality", "*/*, application/n-triples", "nt"),
    ("an unknown type and a known one", "image/png, application/trig;q=0.2", "trig"),
    ("an unknown type alone", "image/png", None),
    ("everything refused", "*/*;q=0", None),
    ("the only type refused", "text/html;q=0", None),
    ("JSON for programs that know no RDF", "application/json", "jsonld"),
    ("XML for programs that know no RDF", "application/xml", "rdf"),
    ("an old name of Turtle", "application/x-turtle", "ttl"),
    ("a space and an empty member", " text/html , ", "html"),
]


def _accept(header: str) -> MIMEAccept:
    return parse_accept_header(header, MIMEAccept)


@pytest.mark.parametrize(
    ("accept", "form"), [case[1:] for case in DESCRIPTION_CASES], ids=[c[0] for c in DESCRIPTION_CASES]
)
def test_the_description_comes_in_the_form_that_is_preferred(accept: str, form: str | None) -> None:
    chosen = choose(_accept(accept), DESCRIPTIONS)
    assert (chosen.name if chosen else None) == form


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("application/sparql-results+json", "json"),
        ("application/sparql-results+xml", "xml"),
        ("text/csv", "csv"),
        ("text/tab-separated-values", "tsv"),
        ("application/json", "json"),
        ("application/sparql-results+xml;q=0.5, text/csv;q=0.6", "csv"),
        ("text/turtle", None),
    ],
)
def test_results_come_in_the_form_that_is_preferred(accept: str, form: str | None) -> None:
    chosen = choose(_accept(accept), RESULTS)
    assert (chosen.name if chosen else None) == form


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_each_form_of_a_graph_can_be_had_by_its_own_type(form: object) -> None:
    assert choose(_accept(form.media_type), GRAPHS) is form  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("path", "stem", "name"),
    [
        ("text/clcm/12/resolution/1.ttl", "text/clcm/12/resolution/1", "ttl"),
        ("document/E/CN.99/2022/L.4/Rev.1.jsonld", "document/E/CN.99/2022/L.4/Rev.1", "jsonld"),
    ],
)
def test_a_suffix_is_told_from_the_path(path: str, stem: str, name: str) -> None:
    found = by_suffix(path)
    assert found is not None and (found[0], found[1].name) == (stem, name)


@pytest.mark.parametrize("path", ["document/E/CN.99/2022/L.4", "text", ".ttl", "a.", "a.exe"])
def test_what_is_no_form_of_ours_is_no_suffix(path: str) -> None:
    assert by_suffix(path) is None


# A thing has a form of its own for programs that know no RDF, see test_json.
REDIRECTED = [case for case in DESCRIPTION_CASES if case[2] and case[1] != "application/json"]


@pytest.mark.parametrize(("accept", "form"), [case[1:] for case in REDIRECTED], ids=[case[0] for case in REDIRECTED])
def test_the_server_redirects_to_the_preferred_form(web: FlaskClient, accept: str, form: str) -> None:
    answer = web.get(f"/{TEXT}", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{TEXT}.{form}")


def test_the_old_type_of_n_triples_is_its_own_only_where_there_are_no_plain_words() -> None:
    chosen = choose(_accept("text/plain"), DESCRIPTIONS)
    assert chosen and chosen.name == "nt"


def test_an_answer_that_depends_on_accept_says_so(web: FlaskClient) -> None:
    assert "Accept" in web.get(f"/{TEXT}").headers["Vary"]


def test_406_lists_what_is_offered(web: FlaskClient) -> None:
    answer = web.get(f"/{TEXT}", headers={"Accept": "image/png"})
    forms = (*DESCRIPTIONS, *CITATIONS)
    offered = answer.get_json(force=True)["offered"]
    assert answer.status_code == 406 and offered[: len(forms)] == [form.media_type for form in forms]
    assert "text/markdown" in offered


def test_406_depends_on_accept_too(web: FlaskClient) -> None:
    assert "Accept" in web.get(f"/{TEXT}", headers={"Accept": "image/png"}).headers["Vary"]


def test_format_in_the_address_beats_accept(web: FlaskClient) -> None:
    answer = web.get(f"/{TEXT}?format=jsonld", headers={"Accept": "text/html"})
    assert answer.headers["Location"] == f"/{TEXT}.jsonld"


def test_an_unknown_format_of_a_thing_is_400_with_the_list(web: FlaskClient) -> None:
    answer = web.get(f"/{TEXT}?format=docx", headers={"Accept": "application/json"})
    assert answer.status_code == 400 and {"ttl", "html", "md"} < set(answer.get_json(force=True)["offered"])


BROWSERS = {
    "Firefox": "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    "Chrome": CHROME,
    "Safari": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
}
ADDRESSES = (
    "/",
    "/sparql",
    "/sparql?query=ASK%7B%7D",
    "/sparql?query=CONSTRUCT%20WHERE%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%201",
    "/sparql?query=SELECT",
    "/graph-store?default",
    "/graph-store",
    "/questions",
    "/questions/texts",
    "/.well-known/void",
    "/dataset",
    "/dumps",
    "/releases",
    "/changes",
    "/profiles",
    "/def/",
    "/def/Resolution",
    f"/{TEXT}",
    "/graph/report/clcm/12",
    "/nothing/here",
)


@pytest.mark.parametrize("browser", BROWSERS)
@pytest.mark.parametrize("address", ADDRESSES)
def test_a_browser_gets_a_page_at_every_kind_of_address(web: FlaskClient, address: str, browser: str) -> None:
    answer = web.get(address, headers={"Accept": BROWSERS[browser]}, follow_redirects=True)
    assert answer.mimetype == "text/html"


@pytest.mark.parametrize("size", [100, 2_000], ids=["8 kB", "40 kB"])
def test_a_header_of_many_ranges_is_read_to_its_end(live: str, size: int) -> None:
    accept = ",".join(["text/x-unknown;q=.5", *["a/b;c=d;q=0.5555555"] * size, "text/csv;q=0.001"])
    answer = httpx.get(f"{live}sparql", params={"query": "ASK {}"}, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/csv; charset=utf-8")


def test_a_header_on_two_lines_is_one(live: str) -> None:
    lines = [("Accept", "image/png"), ("Accept", "text/csv;q=0.5")]
    answer = httpx.get(f"{live}sparql", params={"query": "ASK {}"}, headers=lines)
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
