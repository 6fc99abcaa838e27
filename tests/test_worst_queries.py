"""The worst queries that we could write: each is answered within its bounds, and the next one as if nothing had been."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.serving import serving

TIME = {(503, "Time limit")}
BOUND = {*TIME, (503, "Memory limit")}  # which of the two comes first depends on the machine
TOO_LARGE, MISTAKE = {(413, "Request Entity Too Large")}, {(400, "Syntax error")}
NUMBERS = " ".join(map(str, range(30_000)))

ENDED = {
    "a cross product": ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?o ?p }", TIME),
    "a cross product in order": (
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?c ?f ?i",
        BOUND,
    ),
    "a cross product without doubles": ("SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", BOUND),
    "a cross product skipped": (
        "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o } OFFSET 9999999999",
        BOUND,
    ),
    "a cross product as a graph": (
        "CONSTRUCT { ?a ?b ?f . ?d ?e ?c } { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        BOUND,
    ),
    "a cross product described": ("DESCRIBE * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }", BOUND),
    "three huge tables": (
        f"SELECT (COUNT(*) AS ?n) {{ VALUES ?a {{ {NUMBERS} }} VALUES ?b {{ {NUMBERS} }} VALUES ?c {{ {NUMBERS} }} }}",
        BOUND,
    ),
    "all strings in one": (
        "SELECT (GROUP_CONCAT(?o) AS ?x) { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }",
        BOUND,
    ),
    "a million names": (
        "SELECT (COUNT(DISTINCT ?u) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l BIND(UUID() AS ?u) }",
        BOUND,
    ),
    "a string doubled forty times": (
        f"SELECT (STRLEN(?x40) AS ?n) {{ BIND('{'a' * 16}' AS ?x0) "
        + " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(40))
        + " }",
        BOUND,
    ),
    "a string that replaces its letters by itself": (
        f"SELECT (STRLEN(REPLACE(REPLACE(REPLACE('{'a' * 3000}', 'a', '{'a' * 3000}'), 'a', '{'a' * 3000}'), "
        f"'a', '{'a' * 3000}')) AS ?n) {{}}",
        BOUND,
    ),
    "every row in twenty unions": (
        "SELECT (COUNT(*) AS ?n) { "
        + " ".join(f"{{ ?a{i} ?b{i} ?c{i} }} UNION {{ ?d{i} ?e{i} ?f{i} }}" for i in range(20))
        + " }",
        BOUND,
    ),
    "brackets ten thousand deep": (f"ASK {{ FILTER({'(' * 10_000}1{')' * 10_000}) }}", BOUND),
    "brackets that are not closed": (f"ASK {{ FILTER({'(' * 100_000}", BOUND),
    "groups ten thousand deep": (f"SELECT * {'{' * 10_000}{'}' * 10_000}", BOUND),
    "a hundred thousand negations": (f"ASK {{ FILTER({'!' * 100_000}1) }}", BOUND),
    "twenty thousand subtractions": (f"ASK {{ FILTER(1{'-1' * 20_000}) }}", BOUND),
    "a path ten thousand deep": (f"ASK {{ ?s {'(' * 20_000}<urn:a>{')' * 20_000} ?o }}", BOUND),
    "blank nodes five thousand deep": (f"ASK {{ ?s ?p {'[ ?p ' * 5000}1{']' * 5000} }}", BOUND),
    "queries three thousand deep": (f"SELECT * {'{ SELECT * ' * 3000}{{}}{'}' * 3000}", BOUND),
    "conditions three thousand deep": (f"ASK {{ {'FILTER EXISTS { ' * 3000}{'}' * 3000} }}", BOUND),
    "twenty thousand unions": (f"SELECT * {{ {' UNION '.join(['{ ?s ?p ?o }'] * 20_000)} }}", BOUND),
    "a query larger than a request may be": (f"ASK {{ <urn:{'%20' * 400_000}> ?p ?o }}", TOO_LARGE),
    "a number without end": (f"SELECT * {{ ?s ?p ?o }} LIMIT {'9' * 100_000}", MISTAKE),
}
ANSWERED = {
    "a pattern that other engines search for ever": f"ASK {{ FILTER(REGEX('{'a' * 5000}!', '^(a+)+$')) }}",
    "a pattern with a million states": "ASK { ?s ?p ?o FILTER(REGEX(STR(?o), '((a{1,100}){1,100}){1,100}')) }",
    "every path from everywhere": "SELECT (COUNT(*) AS ?n) { ?a (<urn:p>|!<urn:p>)* ?b . ?c (<urn:p>|!<urn:p>)* ?d }",
    "twenty thousand prefixes": "".join(f"PREFIX p{i}: <urn:{i}> " for i in range(20_000)) + "ASK {}",
    "a character that ends strings elsewhere": "ASK { ?s ?p '\0' }",
}


@pytest.fixture(scope="module")
def bounded(commission_data: Path) -> Iterator[str]:
    """The address of a server that lets a query run two seconds in half a gibibyte."""
    limits = {"RECALLING_TIME_LIMIT": "2", "RECALLING_WORKER_MEMORY": str(512 * 1024**2)}
    with serving(commission_data, {**limits, "RUST_BACKTRACE": "0"}) as address:
        yield address


@pytest.mark.parametrize(("query", "expected"), ENDED.values(), ids=ENDED)
def test_a_query_without_end_or_measure_is_ended_and_the_next_is_answered(
    bounded: str, query: str, expected: set[tuple[int, str]]
) -> None:
    answer = httpx.post(f"{bounded}sparql", data={"query": query}, timeout=60)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert (answer.status_code, answer.json()["title"]) in expected
    assert _next_is_answered(bounded)


@pytest.mark.parametrize("query", ANSWERED.values(), ids=ANSWERED)
def test_a_query_that_looks_worse_than_it_is_is_answered(bounded: str, query: str) -> None:
    assert httpx.post(f"{bounded}sparql", data={"query": query}, timeout=60).status_code == 200
    assert _next_is_answered(bounded)


def _next_is_answered(address: str) -> bool:
    answer = httpx.get(f"{address}sparql", params={"query": "ASK { ?s ?p ?o }"}, timeout=60)
    return answer.status_code == 200 and answer.json()["boolean"] is True
