"""The SPARQL 1.1 Protocol at /sparql, over a real server, with real clients."""

from __future__ import annotations

import gzip
import json
import re
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import fields
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx
import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, POSTDIRECTLY, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

from server.app import create_app
from server.serve import serve
from server.settings import Settings
from server.sparql.failures import BusyError, ExhaustedError, TimeLimitError
from server.sparql.messages import Query
from server.sparql.screening import calls_service, screen, tokens
from server.sparql.syntax import locate
from server.sparql.workers import Limits, WorkerPool
from tests.serving import BASE, TEXT, serving, write_release
from tests.serving.fixtures import TIME_LIMIT

SELECT = f"SELECT ?title {{ <{BASE}{TEXT}> <{BASE}def/title> ?title }}"
ASK = f"ASK {{ <{BASE}{TEXT}> ?p ?o }}"
CONSTRUCT = f"CONSTRUCT {{ <{BASE}{TEXT}> a ?type }} WHERE {{ <{BASE}{TEXT}> a ?type }}"
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
GRAPH = f"{BASE}graph/report/clcm/12"
WRITING = [
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX a: <urn:a> # a comment\nBASE <urn:select>\ninsert { a:b a:c a:d } where { ?s ?p ?o }",
    "LOAD <http://localhost:8000/>",
    "CLEAR ALL",
    "DROP GRAPH <urn:g>",
    "CREATE GRAPH <urn:g>",
    "COPY <urn:a> TO <urn:b>",
    "MOVE <urn:a> TO <urn:b>",
    "ADD <urn:a> TO <urn:b>",
    "WITH <urn:g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
]


def ask(
    live: str, body: bytes | None = None, headers: dict[str, str] | None = None, **parameters: str
) -> tuple[int, str, str]:
    """Status, content type and body of a request to the real server."""
    request = urllib.request.Request(f"{live}sparql?{urlencode(parameters)}", body, headers or {})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.headers["Content-Type"], error.read().decode()


def titles(body: str) -> list[str]:
    return [row["title"]["value"] for row in json.loads(body)["results"]["bindings"]]


def test_a_query_is_answered_by_get(live: str) -> None:
    assert titles(ask(live, query=SELECT)[2]) == ["Keeping the lamps <lit> & tended"]


def test_a_query_is_answered_as_a_form(live: str) -> None:
    status, _, body = ask(live, urlencode({"query": SELECT}).encode())
    assert (status, len(titles(body))) == (200, 1)


def test_a_query_is_answered_as_the_body(live: str) -> None:
    status, _, body = ask(live, SELECT.encode(), {"Content-Type": "application/sparql-query; charset=utf-8"})
    assert (status, len(titles(body))) == (200, 1)


def test_parameters_that_are_not_known_do_no_harm(live: str) -> None:
    assert ask(live, query=SELECT, output="json", timeout="0", debug="on", results="x", lamp="lit")[0] == 200


@pytest.mark.parametrize(
    ("query", "accept", "media_type"),
    [
        (SELECT, "application/sparql-results+json", "application/sparql-results+json"),
        (SELECT, "application/sparql-results+xml", "application/sparql-results+xml"),
        (SELECT, "text/csv", "text/csv"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        (ASK, "application/sparql-results+json", "application/sparql-results+json"),
        (ASK, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ASK, "text/csv", "text/csv"),
        (CONSTRUCT, "text/turtle", "text/turtle"),
        (CONSTRUCT, "application/n-triples", "application/n-triples"),
        (CONSTRUCT, "application/ld+json", "application/ld+json"),
        (CONSTRUCT, "application/rdf+xml", "application/rdf+xml"),
        (CONSTRUCT, "application/n-quads", "application/n-quads"),
        (CONSTRUCT, "application/trig", "application/trig"),
        (f"DESCRIBE <{BASE}{TEXT}>", "text/turtle", "text/turtle"),
        (SELECT, "*/*", "application/sparql-results+json"),
        (CONSTRUCT, "*/*", "text/turtle"),
        (CONSTRUCT, "text/csv, text/turtle;q=0.1", "text/turtle"),
    ],
)
def test_answers_come_in_the_type_that_is_accepted(live: str, query: str, accept: str, media_type: str) -> None:
    status, content_type, _ = ask(live, None, {"Accept": accept}, query=query)
    assert (status, content_type.partition(";")[0]) == (200, media_type)


@pytest.mark.parametrize(
    ("query", "word", "media_type"),
    [
        (SELECT, "csv", "text/csv"),
        (SELECT, "xml", "application/sparql-results+xml"),
        (SELECT, "text/tab-separated-values", "text/tab-separated-values"),
        (CONSTRUCT, "json", "application/ld+json"),
        (CONSTRUCT, "xml", "application/rdf+xml"),
        (CONSTRUCT, "turtle", "text/turtle"),
        (CONSTRUCT, "nt", "application/n-triples"),
    ],
)
def test_a_plain_link_can_name_the_format(live: str, query: str, word: str, media_type: str) -> None:
    assert ask(live, None, {"Accept": "text/html"}, query=query, format=word)[1].partition(";")[0] == media_type


def test_a_graph_is_not_given_as_results(live: str) -> None:
    status, _, body = ask(live, None, {"Accept": "text/csv"}, query=CONSTRUCT)
    assert (status, "text/turtle" in json.loads(body)["offered"]) == (406, True)


@pytest.mark.parametrize(
    "media_type", ["text/turtle", "application/ld+json", "application/rdf+xml", "application/n-quads"]
)
def test_a_constructed_graph_is_the_same_in_every_form(live: str, media_type: str) -> None:
    body = ask(live, None, {"Accept": media_type}, query=CONSTRUCT)[2]
    triples = {quad.triple for quad in ox.parse(body, ox.RdfFormat.from_media_type(media_type))}
    assert {triple.object for triple in triples} == {
        ox.NamedNode(f"{BASE}def/Resolution"),
        ox.NamedNode(f"{BASE}def/Text"),
    }


def test_the_default_graph_is_the_union_of_all_graphs(live: str) -> None:
    query = f"ASK {{ <{BASE}{TEXT}> <{BASE}def/recalls> ?work . <{BASE}def/Resolution> ?p ?o }}"
    assert json.loads(ask(live, query=query)[2])["boolean"]


@pytest.mark.parametrize(
    ("query", "parameters", "expected"),
    [
        (f"ASK FROM <{GRAPH}> {{ ?text <{BASE}def/recalls> ?work }}", {}, False),
        (f"ASK FROM <{GRAPH}> FROM <{GRAPH}/inferred> {{ ?text <{BASE}def/recalls> ?work }}", {}, True),
        (f"ASK FROM NAMED <{GRAPH}> {{ ?text <{BASE}def/title> ?title }}", {}, False),
        (f"ASK FROM NAMED <{GRAPH}> {{ GRAPH ?g {{ ?text <{BASE}def/title> ?title }} }}", {}, True),
        (f"ASK {{ ?text <{BASE}def/recalls> ?work }}", {"default-graph-uri": GRAPH}, False),
        (f"ASK {{ ?text <{BASE}def/recalls> ?work }}", {"default-graph-uri": f"{GRAPH}/inferred"}, True),
        (f"ASK {{ GRAPH ?g {{ ?text <{BASE}def/recalls> ?work }} }}", {"named-graph-uri": GRAPH}, False),
        (f"ASK FROM <{GRAPH}/inferred> {{ ?text <{BASE}def/recalls> ?work }}", {"default-graph-uri": GRAPH}, False),
        (f'ASK {{ ?text <{BASE}def/recalls> ?work FILTER("a" != " FROM <{GRAPH}>") }} # FROM <{GRAPH}>', {}, True),
        (f"ASK {{ ?from <{BASE}def/recalls> ?work }}", {}, True),
    ],
)
def test_the_dataset_is_what_the_request_or_the_query_names(
    live: str, query: str, parameters: dict[str, str], expected: bool
) -> None:
    assert json.loads(ask(live, query=query, **parameters)[2])["boolean"] is expected


def test_several_default_graphs_are_taken_together(live: str) -> None:
    graphs = [("default-graph-uri", GRAPH), ("default-graph-uri", f"{GRAPH}/inferred")]
    query = f"ASK {{ ?text <{BASE}def/recalls> ?work ; <{BASE}def/title> ?title }}"
    with urllib.request.urlopen(f"{live}sparql?{urlencode([('query', query), *graphs])}") as answer:
        assert json.load(answer)["boolean"]


@pytest.mark.parametrize("update", WRITING)
def test_an_update_sent_as_a_query_is_refused(live: str, update: str) -> None:
    assert ask(live, query=update)[0] == 403


def test_an_update_parameter_is_refused(live: str) -> None:
    assert ask(live, urlencode({"update": WRITING[0]}).encode())[0] == 403


def test_an_update_parameter_in_the_address_is_refused(live: str) -> None:
    assert ask(live, update=WRITING[0])[0] == 403


def test_an_update_as_the_body_is_refused(live: str) -> None:
    assert ask(live, WRITING[0].encode(), {"Content-Type": "application/sparql-update"})[0] == 403


def test_an_update_as_the_body_of_a_query_is_refused(live: str) -> None:
    assert ask(live, WRITING[0].encode(), {"Content-Type": "application/sparql-query"})[0] == 403


SERVICES = [
    "SELECT * { SERVICE <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { service silent <ADDRESS> { ?s ?p ?o } }",
    "SELECT * { BIND(<ADDRESS> AS ?host) SERVICE ?host { ?s ?p ?o } }",
    "PREFIX h: <ADDRESS> SELECT * { SERVICE h: { ?s ?p ?o } }",
    "SELECT * { { SELECT * { SERVICE<ADDRESS>{ ?s ?p ?o } } } }",
    "SELECT * { SERVICE # a comment { with a brace\n <ADDRESS> { ?s ?p ?o } }",
    "ASK { FILTER EXISTS { SERVICE <ADDRESS> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o FILTER(?o<?b)SERVICE#>\n <ADDRESS> { ?x ?y ?z } }",  # "<?b)SERVICE#>" looks like an IRI
    "PREFIX h: <ADDRESS> SELECT * { ?s ?p 1SERVICE h: { ?x ?y ?z } }",
    "PREFIX h: <ADDRESS> SELECT * { SERVICE h:#a comment\n { ?x ?y ?z } }",
    "PREFIX h: <ADDRESS> SELECT * { SERVICE#{\n h:#{ a\n#{\n { ?x ?y ?z } }",
    "SELECT * { S\\u0045RVICE <ADDRESS> { ?s ?p ?o } }",
    "CONSTRUCT { ?s ?p ?o } WHERE { OPTIONAL { SERVICE SILENT <ADDRESS> { ?s ?p ?o } } }",
]


@pytest.mark.parametrize("query", SERVICES)
def test_service_is_refused_and_reaches_nobody(live: str, listener: tuple[str, list[object]], query: str) -> None:
    address, reached = listener
    status, _, _ = ask(live, query=query.replace("ADDRESS", address))
    assert (status, reached) == (403, [])


def test_a_worker_has_no_way_to_the_network_even_for_a_query_that_was_let_through(
    commission_data: Path, listener: tuple[str, list[object]]
) -> None:
    address, reached = listener
    pool = WorkerPool(commission_data / "current" / "store", Limits(workers=1))
    query = f"SELECT * {{ SERVICE SILENT <{address}> {{ ?s ?p ?o }} }}"
    answer = pool.answer(Query(query, (), (), (), "application/sparql-results+json", None))
    b"".join(answer.chunks)
    pool.retire()
    assert reached == []


def test_from_another_host_reaches_nobody(live: str, listener: tuple[str, list[object]]) -> None:
    address, reached = listener
    ask(live, query=f"SELECT * FROM <{address}> {{ ?s ?p ?o }}")
    ask(live, query="SELECT * { ?s ?p ?o }", **{"default-graph-uri": address})
    assert reached == []


def test_a_graph_of_another_host_is_not_taken_for_an_empty_one(live: str) -> None:
    status, _, body = ask(live, query="SELECT * FROM <http://elsewhere.example/data> { ?s ?p ?o }")
    assert (status, "http://elsewhere.example/data" in json.loads(body)["detail"]) == (400, True)


@pytest.mark.parametrize(
    "query",
    [
        'SELECT * { ?s ?p ?o FILTER(CONTAINS(?o, "service")) }',
        "SELECT ?service { ?service ?p ?o }",
        "# the public service\nSELECT * { ?s <http://example.org/service/> ?o }",
    ],
)
def test_the_word_service_alone_is_no_service_clause(query: str) -> None:
    assert not calls_service(query)


@pytest.mark.parametrize(
    "piece",
    ["#service ", "service\n", "service#a\n", "a.", "a-b:", "'", '"""', "<", "(", "service <", "\\u0041", "@", "?"],
)
def test_a_megabyte_of_one_sign_is_screened_to_its_end(piece: str) -> None:
    query = piece * (2**20 // len(piece)) + "INSERT"
    assert screen(query).form in {"", "INSERT"}


@pytest.mark.parametrize(
    ("query", "graphs"),
    [
        ("SELECT * FROM <urn:a> FROM NAMED <urn:b> {}", ("urn:a", "urn:b")),
        ("PREFIX g: <urn:g:> ASK FROM g:one {}", ("urn:g:one",)),
        ("BASE <http://h.example/x/> ASK from named <../y> {}", ("http://h.example/y",)),
        ("ASK { ?from ?p 'FROM <urn:a>' } # FROM <urn:b>", ()),
        ("ASK FROM", ("",)),
    ],
)
def test_the_graphs_of_from_clauses_are_told(query: str, graphs: tuple[str, ...]) -> None:
    assert screen(query).graphs == graphs


def test_more_graphs_than_are_looked_up_are_a_mistake_of_the_request(web: FlaskClient) -> None:
    asked = [
        web.post("/sparql", data={"query": "ASK " + "FROM <urn:x> " * 101 + "{}"}),
        web.post("/sparql", data={"query": "ASK {}", "default-graph-uri": ["urn:x"] * 101}),
    ]
    assert [(answer.status_code, "100 graphs" in answer.text) for answer in asked] == [(400, True)] * 2


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("PREFIX insert: <urn:delete> SELECT ?drop { ?drop insert:load 'clear' } # COPY", "SELECT"),
        ("BASE <urn:x> ASK {}", "ASK"),
        ("# select\nCLEAR ALL", "CLEAR"),
        ("PREFIX select: <urn:ask> DELETE WHERE { ?s ?p ?o }", "DELETE"),
        ("", ""),
    ],
)
def test_the_form_of_a_query_is_its_first_keyword(query: str, form: str) -> None:
    assert screen(query).form == form


def test_a_syntax_error_names_line_and_column(live: str) -> None:
    status, content_type, body = ask(live, query="SELECT *\nWHERE { ?s ?p }")
    problem = json.loads(body)
    assert (status, content_type, problem["line"], problem["column"]) == (400, "application/problem+json", 2, 15)


def test_a_syntax_error_shows_the_line_with_a_caret(live: str) -> None:
    problem = json.loads(ask(live, query="SELECT *\nWHERE { ?s ?p }")[2])
    assert problem["source"] == "WHERE { ?s ?p }\n              ^"


def test_a_syntax_error_in_a_long_line_shows_what_stands_around_it(live: str) -> None:
    query = "ASK { ?s ?p '" + "a" * 300_000 + "' } " + "b" * 300_000
    answer = httpx.post(f"{live}sparql", content=query, headers={"Content-Type": "application/sparql-query"})
    line, caret = answer.json()["source"].split("\n")
    assert (line[caret.index("^") - 4 : caret.index("^") + 3], len(answer.content) < 5000) == ("' } bbb", True)


def test_the_mistake_in_a_long_query_is_where_the_engine_says() -> None:
    mistake = locate("ASK {\n ?s ?p }" + " " * 20_000, 'error at 2:8: expected one of ";"')
    assert mistake is not None and (mistake.line, mistake.column, mistake.found) == (2, 8, "}")


@pytest.mark.parametrize(
    ("query", "line", "column", "found"),
    [
        ("SELECT x", 1, 8, "x"),
        ("SELECT ?x WHER { ?s ?p ?o }", 1, 11, "WHER"),
        ("SELECT * { ?s <urn:p> ?o FILTR(?o) }", 1, 26, "FILTR"),
        ("SELECT * {\n  ?s <urn:p> ?o .\n  ?o .\n}", 3, 6, "."),
        ("SELECT * { ?s ?p ?o } LIMIT ten", 1, 29, "ten"),
        ("SELECT * { ?s ?p ?o", 1, 20, ""),
        ("SELECT * { ?s ?p ?o }}", 1, 22, "}"),
        ("SELECT * { FILTER(?a = ) }", 1, 24, ")"),
        ("SELECT * { ?s ?p ?o . OPTIONAL ?s ?b ?c }", 1, 32, "?s"),
        ("SELECT DISTINCT ?a, ?b {}", 1, 19, ","),
        ("SELECT * { ?s nobody:knows ?o }", 1, 15, "nobody:knows"),
        ("", 1, 1, ""),
    ],
)
def test_the_mistake_is_found_where_it_is(query: str, line: int, column: int, found: str) -> None:
    mistake = locate(query, "")
    assert mistake is not None and (mistake.line, mistake.column, mistake.found) == (line, column, found)


def test_a_prefix_that_is_not_declared_is_called_so(live: str) -> None:
    assert (
        "prefix of nobody:knows is not declared"
        in json.loads(ask(live, query="SELECT * { ?s nobody:knows ?o }")[2])["detail"]
    )


@pytest.mark.parametrize(
    ("body", "headers", "parameters", "status"),
    [
        (b"limit=1", {}, {}, 400),
        (b"query=ASK%7B%7D&query=ASK%7B%7D", {}, {}, 400),
        (b"ASK {}", {"Content-Type": "text/plain"}, {}, 415),
        (b"ASK {}", {"Content-Type": "application/sparql-query"}, {"query": "ASK {}"}, 400),
        (b"ASK { \xff }", {"Content-Type": "application/sparql-query"}, {}, 400),
        (None, {}, {"query": "ASK {}", "default-graph-uri": "not an iri"}, 400),
        (b"query=" + b"x" * 2**21, {}, {}, 413),
    ],
    ids=["no query", "two queries", "unknown type", "query twice", "not UTF-8", "a graph that is no IRI", "too large"],
)
def test_what_breaks_the_protocol_is_told_so(
    live: str, body: bytes | None, headers: dict[str, str], parameters: dict[str, str], status: int
) -> None:
    assert ask(live, body, headers, **parameters)[0] == status


@pytest.mark.parametrize(
    ("query", "detail"),
    [
        ("SELECT ?s { ?s ?p ?o } GROUP BY ?p", "Line 1, column 35: The SELECT contains a variable that is unbound."),
        ("SELECT * { ?s ?p ?o } GROUP BY ?s", "Line 1, column 34: SELECT * is not authorized with GROUP BY."),
    ],
)
def test_a_query_that_contradicts_itself_is_not_said_to_end_too_early(
    web: FlaskClient, query: str, detail: str
) -> None:
    answer = web.get("/sparql", query_string={"query": query})
    assert (answer.status_code, answer.get_json(force=True)["detail"]) == (400, detail)


def test_the_service_description_says_all_of_a_thing_in_one_place(web: FlaskClient) -> None:
    description = web.get("/sparql").text

    assert len(re.findall(f"(?m)^<{BASE}sparql> ", description)) == 1
    assert "sd:endpoint" in description


LIMITS = (
    ("time_limit", "timeLimit", 1.5),
    ("worker_memory", "memoryLimit", 2**30),
    ("result_limit", "resultLimit", 3001),
    ("request_limit", "requestLimit", 3002),
    ("client_limit", "clientLimit", 3),
    ("client_requests", "clientRequestLimit", 4),
    ("queue_time", "queueTime", 2.5),
    ("validation_limit", "validationLimit", 3003),
    ("validation_time", "validationTime", 3.5),
    ("report_limit", "reportLimit", 3004),
    ("intake_time", "intakeTime", 4.5),
)


def test_the_service_description_states_the_limits_that_the_operator_has_set(commission_data: Path) -> None:
    chosen: dict[str, Any] = {setting: value for setting, _, value in LIMITS}
    settings = Settings(data=commission_data, web_workers=2, query_workers=3, queue_limit=5, **chosen)
    description = Graph().parse(data=create_app(settings).test_client().get("/sparql").text, format="turtle")
    stated = {term.removeprefix(f"{BASE}def/"): value.toPython() for _, term, value in description}
    assert [(term, float(stated[term])) for _, term, _ in LIMITS] == [(term, value) for _, term, value in LIMITS]
    assert (stated["concurrencyLimit"], stated["queueLimit"]) == (6, 10)
    bounds = {setting.name for setting in fields(Settings) if setting.name.endswith(("_limit", "_time"))}
    # How long a connection may wait for the head of a request is no bound on what is asked.
    assert bounds <= {"queue_limit", "header_time", *chosen}


def test_the_page_of_an_answer_leads_to_the_same_answer_in_other_forms(web: FlaskClient) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    asked = {"query": query, "default-graph-uri": f"{BASE}graph/report/clcm/12"}
    page = web.get("/sparql", query_string=asked, headers={"Accept": "text/html"}).text
    link = next(one for one in re.findall(r'href="([^"]*)"', page) if one.endswith("format=csv"))
    assert web.get(unescape(link)).text == web.get("/sparql", query_string={**asked, "format": "csv"}).text
    assert f'<input type="hidden" name="default-graph-uri" value="{BASE}graph/report/clcm/12">' in page


def test_a_graph_that_is_named_by_nothing_is_not_asked_for(web: FlaskClient) -> None:
    address = "/sparql?default-graph-uri=&named-graph-uri=&query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D&timeout=0&debug=on"
    answer = web.get(address)
    assert (answer.status_code, answer.get_json(force=True)["boolean"]) == (200, True)


def test_answer_that_the_client_holds_is_not_sent_again(web: FlaskClient) -> None:
    first = web.get("/sparql", query_string={"query": SELECT})
    for name, value in (
        ("If-None-Match", first.headers["ETag"]),
        ("If-Modified-Since", first.headers["Last-Modified"]),
    ):
        again = web.get("/sparql", query_string={"query": SELECT}, headers={name: value})
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])


def test_answer_in_another_form_is_sent(web: FlaskClient) -> None:
    first = web.get("/sparql", query_string={"query": SELECT, "format": "csv"})
    again = web.get("/sparql", query_string={"query": SELECT}, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.mimetype) == (200, "application/sparql-results+json")


def test_long_answer_waits_on_the_disk_and_is_sent_in_parts(commission_data: Path) -> None:
    query = "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 20000"
    with create_app(Settings(data=commission_data, query_workers=1)).test_client() as patient:
        answer = patient.get("/sparql", query_string={"query": query})
        parts = list(answer.iter_encoded())
    assert len(parts) > 1
    assert sum(map(len, parts)) == answer.content_length


def test_a_graph_that_the_client_holds_is_not_read_again(commission_data: Path) -> None:
    app = create_app(Settings(data=commission_data, query_workers=1, cache_size=0))
    with app.test_client() as client:
        held = client.get("/graph-store?default").headers["ETag"]
        before = queries_of(client)
        again = client.get("/graph-store?default", headers={"If-None-Match": held})
        assert (again.status_code, again.data, again.headers["Vary"]) == (304, b"", "Accept, Accept-Encoding")
        assert queries_of(client) == before
    app.extensions["current"].close()


def queries_of(client: FlaskClient) -> list[str]:
    """The numbers of clients' queries that ran, as the metrics tell them."""
    lines = client.get("/metrics").text.splitlines()
    return [line for line in lines if line.startswith("recalling_queries_total")]


@pytest.mark.parametrize("coding", ["zstd", "br", "gzip", "deflate"])
def test_answer_is_compressed_as_the_client_takes_it(web: FlaskClient, coding: str) -> None:
    answer = web.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"}, headers={"Accept-Encoding": coding})
    assert answer.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in answer.headers["Vary"]


def test_answer_is_plain_for_a_client_that_takes_no_compression(web: FlaskClient) -> None:
    answer = web.get(
        "/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"}, headers={"Accept-Encoding": "identity"}
    )
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("refused", ["gzip;q=0", "br;q=0.0, identity", "*;q=0"])
def test_a_coding_that_the_client_refuses_is_not_used(web: FlaskClient, refused: str) -> None:
    answer = web.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"}, headers={"Accept-Encoding": refused})
    assert "Content-Encoding" not in answer.headers


def test_a_client_that_takes_every_coding_but_some_gets_none_of_these(web: FlaskClient) -> None:
    taken = {"Accept-Encoding": "zstd;q=0, br;q=0, *"}
    answer = web.get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"}, headers=taken)
    assert answer.headers["Content-Encoding"] == "gzip"


def test_compressed_answer_has_all_rows(live: str) -> None:
    query = urlencode({"query": "SELECT * { ?s ?p ?o }"})
    request = urllib.request.Request(f"{live}sparql?{query}", headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        rows = json.loads(gzip.decompress(answer.read()))["results"]["bindings"]
    plain = json.loads(ask(live, query="SELECT * { ?s ?p ?o }")[2])["results"]["bindings"]
    assert rows == plain


def test_a_client_that_sends_too_much_always_hears_so(live: str) -> None:
    answers = [ask(live, b"query=" + b"x" * 2**21) for _ in range(20)]
    assert {(status, json.loads(body)["limit"]) for status, _, body in answers} == {(413, 2**20)}


@pytest.mark.parametrize("quote", ['"', "'"])
def test_a_string_that_is_not_closed_is_one_token_and_is_tried_once(quote: str) -> None:
    hostile = f"SELECT * {{ ?s ?p {quote}" + f"\\{quote}" * 10_000
    assert sum(kind != "gap" for kind, _, _ in tokens(hostile)) < 10


def test_other_methods_are_not_allowed(web: FlaskClient) -> None:
    answer = web.put("/sparql", data="ASK {}")
    assert (answer.status_code, "POST" in answer.headers["Allow"]) == (405, True)


def test_head_has_the_headers_and_no_body(web: FlaskClient) -> None:
    answer = web.head("/sparql", query_string={"query": ASK})
    assert (answer.status_code, answer.mimetype, answer.data) == (200, "application/sparql-results+json", b"")


def test_a_page_of_another_origin_may_ask(web: FlaskClient) -> None:
    headers = {"Origin": "https://reader.example", "Access-Control-Request-Method": "POST"}
    answer = web.options("/sparql", headers=headers)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, "*")


def test_a_cross_product_is_really_ended_at_the_limit(live: str) -> None:
    """It would run for days: that there is an answer at all tells that it was ended."""
    status, _, body = ask(live, query=CROSS_PRODUCT)
    assert (status, json.loads(body)["limit"]) == (503, TIME_LIMIT)


def test_the_server_goes_on_answering_while_and_after_queries_are_ended(live: str) -> None:
    heavy = [threading.Thread(target=ask, args=(live,), kwargs={"query": CROSS_PRODUCT}) for _ in range(2)]
    for thread in heavy:
        thread.start()
    during = urllib.request.urlopen(f"{live}{TEXT}.ttl").status
    for thread in heavy:
        thread.join()
    assert (during, [ask(live, query=ASK)[0] for _ in range(4)]) == (200, [200] * 4)


def test_an_answer_that_is_ended_in_its_middle_is_an_error_and_not_half_an_answer(live: str) -> None:
    status, media_type, body = ask(live, query="SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")
    assert (status, media_type, json.loads(body)["title"]) == (503, "application/problem+json", "Time limit")


def _pool(data: Path, **limits: float) -> WorkerPool:
    return WorkerPool(data / "current" / "store", Limits(**limits))  # type: ignore[arg-type]


def _query(text: str) -> Query:
    return Query(text, (), (), (), "application/sparql-results+json", "text/turtle")


def test_a_function_that_the_engine_does_not_know_is_the_fault_of_the_query(web: FlaskClient) -> None:
    answer = web.get("/sparql", query_string={"query": "SELECT (<http://example.org/f>(1) AS ?x) {}"})
    assert answer.status_code == 400 and "http://example.org/f" in answer.text


def test_a_worker_is_used_again(commission_data: Path) -> None:
    pool = _pool(commission_data, workers=1)
    for _ in range(3):
        b"".join(pool.answer(_query(ASK)).chunks)
    assert len(pool._free) == 2  # it, and the one that stands ready
    pool.retire()


def test_one_that_was_ended_leaves_one_that_stands_ready(commission_data: Path) -> None:
    pool = _pool(commission_data, workers=1, seconds=3)
    with pytest.raises(TimeLimitError):
        pool.answer(_query(CROSS_PRODUCT))
    (ready,) = pool._free
    assert ready.ready and not ready.gives_way
    pool.retire()


def test_after_the_limit_another_worker_takes_over(commission_data: Path) -> None:
    pool = _pool(commission_data, workers=1, seconds=0.5)
    with pytest.raises(TimeLimitError):
        pool.answer(_query(CROSS_PRODUCT))
    assert b"true" in b"".join(pool.answer(_query(ASK)).chunks)
    pool.retire()


def _ended(pool: WorkerPool, query: str) -> None:
    with suppress(TimeLimitError):
        pool.answer(_query(query))


def test_when_all_are_busy_and_patience_ends_a_query_is_turned_away(commission_data: Path) -> None:
    pool = _pool(commission_data, workers=1, seconds=3, patience=0.1)
    heavy = threading.Thread(target=_ended, args=(pool, CROSS_PRODUCT))
    heavy.start()
    while pool._turns.free:
        time.sleep(0.01)
    with pytest.raises(BusyError):
        pool.answer(_query(ASK))
    heavy.join()
    pool.retire()


def test_queries_that_wait_are_served_in_the_order_in_which_they_came(commission_data: Path) -> None:
    pool = _pool(commission_data, workers=1, seconds=1, patience=30)
    served: list[int] = []

    def wait(place: int) -> None:
        pool.answer(_query(ASK))
        served.append(place)

    threads = [threading.Thread(target=_ended, args=(pool, CROSS_PRODUCT))]
    threads += [threading.Thread(target=wait, args=(place,)) for place in range(4)]
    for waiting, thread in enumerate(threads):
        thread.start()
        while pool._turns.waiting < waiting or pool._turns.free:
            time.sleep(0.01)
    for thread in threads:
        thread.join()
    pool.retire()
    assert served == [0, 1, 2, 3]


def test_a_query_that_needs_too_much_memory_ends_itself_alone(commission_data: Path) -> None:
    pool = _pool(commission_data, workers=1, memory=300 * 1024**2)
    hungry = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?a"
    with pytest.raises(ExhaustedError):
        pool.answer(_query(hungry))
    assert b"true" in b"".join(pool.answer(_query(ASK)).chunks)
    pool.retire()


def test_a_busy_worker_of_a_retired_pool_goes_on_until_its_answer(commission_data: Path) -> None:
    pool = _pool(commission_data, workers=1, seconds=1)
    heavy = threading.Thread(target=_ended, args=(pool, CROSS_PRODUCT))
    heavy.start()
    while pool._turns.free:
        time.sleep(0.01)
    pool.retire()
    assert pool._turns.free == 0
    heavy.join()
    assert (pool._turns.free, pool._free) == (1, [])


def test_a_new_release_is_answered_from_without_a_restart(tmp_path: Path) -> None:
    write_release(tmp_path, "one")
    with serving(tmp_path) as address:
        query = "SELECT ?release { ?release a <http://rdfs.org/ns/void#Dataset> }"
        before = ask(address, query=query)[2].count("binding")
        write_release(
            tmp_path,
            "two",
            more="<http://localhost:8000/graph/release> { <urn:two> a <http://rdfs.org/ns/void#Dataset> . }",
        )
        time.sleep(1.1)
        results = [json.loads(ask(address, query=query)[2])["results"]["bindings"] for _ in range(6)]
    assert before and {len(rows) for rows in results} == {2}


def test_a_port_that_is_taken_is_not_shared(live: str, commission_data: Path) -> None:
    port = int(live.rstrip("/").rpartition(":")[2])
    with pytest.raises(SystemExit, match=f"127.0.0.1:{port}"):
        serve(Settings(data=commission_data, port=port))


@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_selects(live: str, form: str) -> None:
    client = SPARQLWrapper(f"{live}sparql")
    client.setQuery(SELECT)
    client.setReturnFormat(form)
    assert "Keeping the lamps" in str(_words(client.query().convert()))


@pytest.mark.parametrize("form", [RDFXML, JSONLD])
def test_sparqlwrapper_constructs(live: str, form: str) -> None:
    client = SPARQLWrapper(f"{live}sparql")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(form)
    assert "def/Resolution" in str(_words(client.query().convert()))


@pytest.mark.parametrize("manner", ["urlencoded", POSTDIRECTLY])
def test_sparqlwrapper_posts(live: str, manner: str) -> None:
    client = SPARQLWrapper(f"{live}sparql")
    client.setQuery(ASK)
    client.setMethod(POST)
    client.setRequestMethod(manner)
    client.setReturnFormat(JSON)
    assert client.query().convert()["boolean"]  # type: ignore[index, call-overload]


@pytest.mark.parametrize("form", [TURTLE, N3])
def test_sparqlwrapper_constructs_turtle(live: str, form: str) -> None:
    client = SPARQLWrapper(f"{live}sparql")
    client.setQuery(CONSTRUCT)
    client.setReturnFormat(form)
    assert len(Graph().parse(data=client.query().convert(), format="turtle")) == 2


def test_rdflibs_store_reads_the_endpoint(live: str) -> None:
    store = SPARQLStore(f"{live}sparql")
    found = [str(row[0][2]) for row in store.triples((URIRef(BASE + TEXT), URIRef(f"{BASE}def/title"), None))]
    assert found == ["Keeping the lamps <lit> & tended"]


def test_rdflibs_store_constructs(live: str) -> None:
    assert len(SPARQLStore(f"{live}sparql").query(CONSTRUCT).graph or ()) == 2


def _words(converted: object) -> str:
    if isinstance(converted, bytes):
        return converted.decode()
    if hasattr(converted, "toxml"):
        return str(converted.toxml())
    if hasattr(converted, "serialize"):
        return str(converted.serialize(format="nt"))
    return re.sub(r"\s+", " ", str(converted))
