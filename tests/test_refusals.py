"""What may not run is refused in every syntax, what only looks like it is not, and no host hears of either."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from random import Random

import httpx
import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, find, given, settings
from hypothesis import strategies as st

from server.sparql.screening import UPDATE_FORMS, calls_service, screen

Listener = tuple[str, list[object]]

SERVICES = {
    "in a group": "SELECT * { { { SERVICE <HOST> { ?s ?p ?o } } } }",
    "silent": "SELECT * { SERVICE SILENT <HOST> { ?s ?p ?o } }",
    "small letters": "SELECT * { sErViCe sIlEnT <HOST> { ?s ?p ?o } }",
    "without spaces": "SELECT*{SERVICE<HOST>{?s?p?o}}",
    "a comment between": "SELECT * { SERVICE#\n#SELECT\nSILENT#{\n<HOST>#\n{ ?s ?p ?o } }",
    "a tab and a carriage return": "SELECT * { SERVICE\t\r<HOST>\r\t{ ?s ?p ?o } }",
    "the first letter escaped": r"SELECT * { \u0053ERVICE <HOST> { ?s ?p ?o } }",
    "all letters escaped": r"SELECT * { \u0053\u0045\u0052\u0056\u0049\u0043\u0045 <HOST> { ?s ?p ?o } }",
    "escaped in eight digits": r"SELECT * { S\U00000045RVICE <HOST> { ?s ?p ?o } }",
    "the brace escaped": r"SELECT * { SERVICE <HOST> \u007B ?s ?p ?o } }",
    "the address escaped": r"SELECT * { SERVICE \u003CHOST\u003E { ?s ?p ?o } }",
    "a variable": "SELECT * { BIND(<HOST> AS ?h) SERVICE ?h { ?s ?p ?o } }",
    "a variable with a dollar": "SELECT * { VALUES $h { <HOST> } SERVICE $h { ?s ?p ?o } }",
    "a prefixed name": "PREFIX h: <HOST> SELECT * { SERVICE h: { ?s ?p ?o } }",
    "a prefixed name with an escape": r"PREFIX h: <HOST> SELECT * { SERVICE h:\~ { ?s ?p ?o } }",
    "a relative address": "BASE <HOST> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "in a sub-query": "SELECT * { { SELECT ?s { SERVICE <HOST> { ?s ?p ?o } } } }",
    "in an optional part": "SELECT * { OPTIONAL { SERVICE <HOST> { ?s ?p ?o } } }",
    "in what is taken away": "SELECT * { ?s ?p ?o MINUS { SERVICE <HOST> { ?s ?p ?o } } }",
    "in a graph": "SELECT * { GRAPH ?g { SERVICE <HOST> { ?s ?p ?o } } }",
    "in a condition": "ASK { FILTER NOT EXISTS { SERVICE <HOST> { ?s ?p ?o } } }",
    "in a service": "SELECT * { SERVICE ?x { SERVICE <HOST> { ?s ?p ?o } } }",
    "after a string with a brace": "SELECT * { ?s ?p '{' SERVICE <HOST> { ?s ?p ?o } }",
    "after a comment in a string": "SELECT * { ?s ?p '#' SERVICE <HOST> { ?s ?p ?o } }",
    "after a comparison that looks like an IRI": "SELECT * { ?s ?p ?o FILTER(?o<?b)SERVICE <HOST> { ?x ?y ?z } }",
    "in an order": "SELECT * { ?s ?p ?o } ORDER BY EXISTS { SERVICE <HOST> { ?s ?p ?o } }",
    "in what is described": "DESCRIBE ?s { SERVICE <HOST> { ?s ?p ?o } }",
    "in what is constructed": "CONSTRUCT { ?s ?p ?o } { SERVICE <HOST> { ?s ?p ?o } }",
    "to a file": "SELECT * { SERVICE <file:///etc/passwd> { ?s ?p ?o } }",
}
UPDATES = {
    "load": "LOAD <HOST>",
    "load silent": "LOAD SILENT <HOST> INTO GRAPH <urn:g>",
    "load, small letters": "lOaD <HOST>",
    "load, escaped": r"\u004COAD <HOST>",
    "load after a prologue": "PREFIX a: <urn:a> # SELECT\nBASE <HOST> LOAD <>",
    "load after an update": "CREATE SILENT GRAPH <urn:g> ; LOAD <HOST>",
    "load of a file": "LOAD <file:///etc/passwd>",
    "insert using": "INSERT { ?s ?p ?o } USING <HOST> WHERE { ?s ?p ?o }",
    "insert using named": "INSERT { ?s ?p ?o } USING NAMED <HOST> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "with": "WITH <HOST> DELETE { ?s ?p ?o } WHERE { SERVICE <HOST> { ?s ?p ?o } }",
    "insert where a service answers": "INSERT { ?s ?p ?o } WHERE { SERVICE <HOST> { ?s ?p ?o } }",
    "insert of data": "INSERT DATA { <urn:a> <urn:b> 'SELECT' }",
    "a query with an update behind it": "ASK {} ; DROP ALL",
}
SETS = {
    "from": "SELECT * FROM <HOST> { ?s ?p ?o }",
    "from named": "SELECT * FROM NAMED <HOST> { GRAPH ?g { ?s ?p ?o } }",
    "from, small letters and escaped": r"SELECT * fro\u006D <HOST> { ?s ?p ?o }",
    "from with a prefix": "PREFIX h: <HOST> SELECT * FROM h: { ?s ?p ?o }",
    "from a relative address": "BASE <HOST> SELECT * FROM <> { ?s ?p ?o }",
    "from behind a comment": "SELECT * FROM#\n<HOST> { ?s ?p ?o }",
    "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "described from": "DESCRIBE <HOST> FROM <HOST>",
    "constructed from": "CONSTRUCT { ?s ?p ?o } FROM <HOST> WHERE { ?s ?p ?o }",
    "a graph": "SELECT * { GRAPH <HOST> { ?s ?p ?o } }",
}
WAYS: dict[str, Callable[[str, str], httpx.Response]] = {
    "get": lambda address, query: httpx.get(address, params={"query": query}, timeout=60),
    "form": lambda address, query: httpx.post(address, data={"query": query}, timeout=60),
    "body": lambda address, query: httpx.post(
        address, content=query, headers={"Content-Type": "application/sparql-query"}, timeout=60
    ),
    "browser": lambda address, query: httpx.get(
        address, params={"query": query}, headers={"Accept": "text/html"}, timeout=60
    ),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("query", SERVICES.values(), ids=SERVICES)
def test_a_service_is_refused_and_reaches_nobody(live: str, listener: Listener, query: str, way: str) -> None:
    address, reached = listener
    answer = WAYS[way](f"{live}sparql", query.replace("HOST", address))
    assert (answer.status_code, reached) == (403, [])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("update", UPDATES.values(), ids=UPDATES)
def test_an_update_is_refused_and_reaches_nobody(live: str, listener: Listener, update: str, way: str) -> None:
    address, reached = listener
    answer = WAYS[way](f"{live}sparql", update.replace("HOST", address))
    assert answer.status_code == 400 if update.startswith("ASK") else answer.status_code == 403
    assert reached == []


@pytest.mark.parametrize("update", UPDATES.values(), ids=UPDATES)
def test_an_update_by_its_own_parameter_or_type_is_refused(live: str, listener: Listener, update: str) -> None:
    address, reached = listener
    text = update.replace("HOST", address)
    answers = (
        httpx.post(f"{live}sparql", data={"update": text, "using-graph-uri": address}),
        httpx.get(f"{live}sparql", params={"update": text}),
        httpx.post(f"{live}sparql", content=text, headers={"Content-Type": "application/sparql-update"}),
    )
    assert ({answer.status_code for answer in answers}, reached) == ({403}, [])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("query", SETS.values(), ids=SETS)
def test_a_set_of_data_elsewhere_is_not_fetched(live: str, listener: Listener, query: str, way: str) -> None:
    address, reached = listener
    answer = WAYS[way](f"{live}sparql", query.replace("HOST", address))
    assert answer.status_code == (200 if "GRAPH <" in query else 400)
    assert (reached, "root:" in answer.text) == ([], False)


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri", "using-graph-uri", "graph"])
@pytest.mark.parametrize("scheme", ["HOST", "file:///etc/passwd"])
def test_a_set_of_data_named_beside_the_query_is_not_fetched(
    live: str, listener: Listener, name: str, scheme: str
) -> None:
    address, reached = listener
    asked = {
        "query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } } LIMIT 1",
        name: scheme.replace("HOST", address),
    }
    for answer in (httpx.get(f"{live}sparql", params=asked), httpx.post(f"{live}sparql", data=asked)):
        assert answer.status_code == (400 if name in ("default-graph-uri", "named-graph-uri") else 200)
        assert "root:" not in answer.text
    assert httpx.get(f"{live}graph-store", params={"graph": asked[name]}).status_code == 404
    assert reached == []


GAPS = st.lists(
    st.sampled_from([" ", "\t", "\n", "\r\n", "#\n", "# SERVICE <x> {\n", "#'\n", '#"""\n', "#}\r"]), max_size=3
).map("".join)
AROUND = st.sampled_from(
    ["{}", "{{ {} }}", "OPTIONAL {{ {} }}", "?s ?p ?o . {}", "?s ?p '}}#{{' . {}", '?s ?p """a"b\n#""" . {}', "MINUS {{ {} }}",
     "GRAPH ?g {{ {} }}", "FILTER EXISTS {{ {} }}", "{{ SELECT * {{ {} }} }}", "{{ }} UNION {{ {} }}", "FILTER(1<2) {}",
     "?s <urn:a#b> ?o . {}", "?s p:a#b\n ?o . {}", "?s ?p 1.e1 . {}", "BIND(<urn:a> AS ?y) {}", "?s ?p 'it\\'s'@en . {}"]
)  # fmt: skip


@st.composite
def _keyword(draw: st.DrawFn, word: str) -> str:
    """A keyword in any letters, some of them escaped."""
    letters = []
    for letter in word:
        cased = draw(st.sampled_from([letter.lower(), letter]))
        manner = draw(st.sampled_from(["{}", "{}", "{}", "\\u{:04X}", "\\U{:08x}"]))
        letters.append(manner.format(cased if manner == "{}" else ord(cased)))
    return "".join(letters)


@st.composite
def _service(draw: st.DrawFn) -> str:
    """A query with a service clause somewhere in it."""
    silent = draw(_keyword("SILENT")) + draw(GAPS) + "\n" if draw(st.booleans()) else ""
    name = draw(st.sampled_from(["<urn:x>", "?x", "$x", "p:", "p:x", "p:x\\-y", ":x", "<urn:x#y>", "p:%41"]))
    clause = draw(_keyword("SERVICE")) + draw(GAPS) + "\n" + silent + name + draw(GAPS) + "\n{" + draw(GAPS) + "}"
    for around in draw(st.lists(AROUND, max_size=4)):
        clause = around.format(clause)
    return f"PREFIX p: <urn:p:> PREFIX : <urn:> SELECT * {{ {clause} }}"


HARMLESS = st.sampled_from(
    ["?service ?p ?o", "?s <urn:service> ?o", "?s p:service ?o", "?s ?p 'service'", "?s ?p 'SERVICE <urn:x>'", "# service\n",
     '?s ?p """SERVICE SILENT ?x"""', "OPTIONAL { ?s p:SERVICE ?silent }", "FILTER(?service < 1)", "BIND(1 AS ?service)",
     "?s <http://service/> ?o", "{ SELECT ?service { } }", "VALUES ?service { 'service' }", "# SERVICE SILENT <urn:x>\n", "# the service\nOPTIONAL { ?s ?p ?o }"]
)  # fmt: skip


def _parses(query: str) -> bool:
    try:
        ox.Store().query(query)
    except SyntaxError:
        return False
    return True


@given(_service())
@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.filter_too_much])
def test_no_query_that_the_engine_takes_for_one_with_a_service_passes(query: str) -> None:
    assert calls_service(query) or not _parses(query)


def test_the_engine_reads_such_queries() -> None:
    """The guard of the test above: were none of its queries read by the engine, it would claim nothing.

    Such a query is rare, so the search is long, and the same each time.
    """

    def wanted(query: str) -> bool:
        return "silent" in query.lower() and "#" in query and _parses(query)

    whole = find(_service(), wanted, random=Random(1), settings=settings(max_examples=20_000, database=None))
    assert calls_service(whole)


@given(st.lists(HARMLESS, min_size=1, max_size=5).map(" . ".join))
@settings(max_examples=300, deadline=None)
def test_a_query_that_only_speaks_of_services_passes(body: str) -> None:
    assert screen(f"PREFIX p: <urn:p:> SELECT * {{ {body} }}").refusal is None


PIECES = ["SERVICE", "SILENT", "<http://127.0.0.1:9/>", "?x", "{", "}", " ", "#", "\n", "'", '"', "\\u0053", "<", ">", "p:", ".", "(", ")", "OPTIONAL", "UNION", "?s ?p ?o", "FILTER", "1", "'''", "\\", ";", ","]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=2000, deadline=None)
def test_no_heap_of_pieces_makes_the_engine_call_another_host(heap: str) -> None:
    """The engine itself is the judge: what passes the screening and is evaluated here tries to reach nobody."""
    query = f"PREFIX p: <http://127.0.0.1:9/> SELECT * {{ {heap} }}"
    if screen(query).refusal is not None:
        return
    try:
        list(ox.Store().query(query))  # type: ignore[arg-type]
    except SyntaxError:
        return
    except OSError as error:
        raise AssertionError(query) from error


@given(st.sampled_from(sorted(UPDATE_FORMS - {"USING"})).flatmap(_keyword), GAPS, st.text(max_size=20))
@settings(max_examples=300, deadline=None)
def test_no_update_is_taken_for_a_query(word: str, gap: str, rest: str) -> None:
    query = f"PREFIX select: <urn:ask> {gap}\n{word} {rest}"
    assert screen(query).refusal is not None or not _parses(query)


LONG = {
    "strings that are not ended": ("ASK { " + '\\"""\n' * 100_000, 400),
    "gaps after a word that may begin a clause": ("ASK { " + "service#" * 99 + "\n" + " \n#" * 300_000, 403),
    "names after a word that may begin a clause": ("ASK { " + "service:a" * 90 + "a\\-" * 300_000, 403),
    "an update, which its worker screens": ("#" * 20_000 + "\nDROP ALL", 403),
    "more graphs than are looked up": ("SELECT * " + "FROM <urn:x> " * 2_000 + "{}", 400),
}


@pytest.mark.parametrize(("query", "status"), LONG.values(), ids=LONG)
def test_no_query_holds_up_the_others_while_it_is_screened(live: str, query: str, status: int) -> None:
    """The first would take an hour were each string read to the end of the query: no client waits so long."""
    headers = {"Content-Type": "application/sparql-query"}
    assert httpx.post(f"{live}sparql", content=query, headers=headers, timeout=60).status_code == status


def test_a_long_query_is_screened_without_a_copy_of_its_tokens() -> None:
    query = "ASK FROM <urn:a> FROM NAMED p:b { " + "<a" * 300_000
    tracemalloc.start()
    graphs, peak = screen(query).graphs, tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (graphs, peak < 1_000_000) == (("urn:a", "p:b"), True)
