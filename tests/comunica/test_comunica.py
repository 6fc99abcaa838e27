"""What Comunica reads of a real server, as an endpoint, as linked data and as a dump, is what the engine itself holds."""

from __future__ import annotations

import os

import pyoxigraph as ox
import pytest

from tests.comunica import NODE, NPM, ask, installed
from tests.published import Place

ORDERED = "ORDER BY ?text ?title"


@pytest.fixture(scope="module", autouse=True)
def comunica() -> None:
    """Comunica is installed; the tests are skipped where Node.js is not."""
    if not (NODE and NPM):
        if os.environ.get("RECALLING_REQUIRE_ENGINES"):
            pytest.fail("Node.js with npm is not installed, and it is required here")
        pytest.skip("Node.js with npm is not installed")
    installed()


@pytest.fixture(scope="module")
def store(place: Place) -> ox.Store:
    """The store of the release, opened beside the server."""
    return ox.Store.read_only(str(place.data / "current" / "store"))


@pytest.fixture(scope="module")
def text(place: Place) -> str:
    return f"{place.address}text/clcm/12/resolution/1"


def rows(store: ox.Store, query: str) -> list[dict[str, str]]:
    """The rows that the engine gives, in the words of the client."""
    found = store.query(query)
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    return [{name: str(term) for name in names if (term := row[name]) is not None} for row in found]


def triples(store: ox.Store, query: str) -> set[tuple[str, str, str]]:
    found = store.query(query)
    assert isinstance(found, ox.QueryTriples)
    return {(str(triple.subject), str(triple.predicate), str(triple.object)) for triple in found}


def titles(place: Place) -> str:
    return f"SELECT ?text ?title {{ ?text a <{place.address}def/Resolution> ; <{place.address}def/title> ?title }} {ORDERED}"


@pytest.mark.parametrize("told", [True, False], ids=["told that it is one", "finding out by the service description"])
def test_an_endpoint_gives_the_rows_of_the_engine(place: Place, store: ox.Store, told: bool) -> None:
    address = f"{place.address}sparql"
    answer = ask(titles(place), {"type": "sparql", "value": address} if told else address)
    assert answer["rows"] == rows(store, titles(place)) != []


def test_optional_parts_languages_and_numbers_come_through(place: Place, store: ox.Store) -> None:
    query = f"""PREFIX rec: <{place.address}def/> SELECT ?session ?ordinal ?label ?place {{
      ?session a rec:Session ; rec:ordinal ?ordinal OPTIONAL {{ ?session rec:place ?place }}
      OPTIONAL {{ ?session rec:ofBody/<http://www.w3.org/2000/01/rdf-schema#label> ?label }} }} ORDER BY ?session ?label"""
    assert ask(query, f"{place.address}sparql")["rows"] == rows(store, query) != []


@pytest.mark.parametrize(("kind", "truth"), [("Resolution", True), ("Nothing", False)])
def test_an_endpoint_says_yes_and_no(place: Place, kind: str, truth: bool) -> None:
    assert ask(f"ASK {{ ?text a <{place.address}def/{kind}> }}", f"{place.address}sparql")["boolean"] is truth


def test_an_endpoint_gives_a_constructed_graph(place: Place, store: ox.Store) -> None:
    query = f"CONSTRUCT {{ ?work <urn:recalledBy> ?text }} WHERE {{ ?text <{place.address}def/recalls> ?work }}"
    assert (
        {tuple(triple) for triple in ask(query, f"{place.address}sparql")["triples"]} == triples(store, query) != set()
    )


@pytest.mark.parametrize("suffix", ["", ".ttl", ".jsonld", ".rdf", ".nt", ".nq", ".trig"])
def test_an_iri_looked_up_gives_what_the_engine_says_of_the_thing(
    place: Place, store: ox.Store, text: str, suffix: str
) -> None:
    query = f"SELECT ?p ?o {{ <{text}> ?p ?o }} ORDER BY STR(?p) STR(?o)"
    found = ask(query, text + suffix)["rows"]
    assert sorted(map(str, found)) == sorted(map(str, rows(store, query))) != []


def test_two_iris_looked_up_are_joined(place: Place, store: ox.Store, text: str) -> None:
    session, rec = f"{place.address}session/clcm/12", f"{place.address}def/"
    query = (
        f"SELECT ?title ?ordinal {{ <{text}> <{rec}ofSession> ?s ; <{rec}title> ?title . ?s <{rec}ordinal> ?ordinal }}"
    )
    assert ask(query, text, session)["rows"] == rows(store, query) != []


def test_the_vocabulary_is_read_at_its_own_iri(place: Place, store: ox.Store) -> None:
    address = f"{place.address}def/"
    query = f"SELECT ?label {{ <{address}Resolution> <http://www.w3.org/2000/01/rdf-schema#label> ?label }}"
    assert ask(query, address)["rows"] == rows(store, query) != []


@pytest.mark.parametrize("form", ["nq", "trig"])
def test_a_dump_gives_the_rows_of_the_engine_graph_by_graph(place: Place, store: ox.Store, form: str) -> None:
    query = f"SELECT ?g ?text ?title {{ GRAPH ?g {{ ?text <{place.address}def/title> ?title }} }} {ORDERED} ?g"
    assert ask(query, f"{place.address}dumps/report/clcm/12.{form}")["rows"] == [
        row for row in rows(store, query) if row["g"] == f"<{place.address}graph/report/clcm/12>"
    ]


def test_the_description_of_the_data_counts_what_the_engine_counts(place: Place, store: ox.Store) -> None:
    query = f"SELECT ?n {{ <{place.address}dataset> <http://rdfs.org/ns/void#triples> ?n }}"
    counted = rows(store, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert ask(query, f"{place.address}dataset")["rows"] == counted


def test_the_endpoint_and_an_iri_are_joined_in_one_query(place: Place, store: ox.Store, text: str) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    query = f"SELECT DISTINCT ?clause ?label {{ <{text}> <{place.address}def/hasClause> ?clause . ?clause {label} ?label }} ORDER BY ?clause"
    assert ask(query, text, {"type": "sparql", "value": f"{place.address}sparql"})["rows"] == rows(store, query) != []


def test_a_refusal_reaches_the_person_who_asks(place: Place) -> None:
    address = {"type": "sparql", "value": f"{place.address}sparql"}
    with pytest.raises(AssertionError, match="403"):
        ask("INSERT DATA { <urn:a> <urn:b> <urn:c> }", address, destination=address)


# What the client sparql-llm asks an endpoint for, here asked by another: nothing in it is made for one of them.
DESCRIBED = {
    "prefixes": """PREFIX sh: <http://www.w3.org/ns/shacl#>
      SELECT ?prefix ?namespace { [] sh:namespace ?namespace ; sh:prefix ?prefix } ORDER BY ?prefix""",
    "examples": """PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      SELECT ?query ?words { ?query a sh:SPARQLExecutable ; rdfs:comment ?words ; sh:select ?text } ORDER BY ?query""",
    "class cards": """PREFIX void: <http://rdfs.org/ns/void#> PREFIX ext: <http://ldf.fi/void-ext#>
      SELECT ?class ?property ?of { ?dataset void:sparqlEndpoint ?endpoint ; void:classPartition ?part .
        ?part void:class ?class ; void:propertyPartition ?inner . ?inner void:property ?property ; void:triples ?n .
        { ?inner void:classPartition/void:class ?of } UNION { ?inner ext:datatypePartition/ext:datatype ?of } }
      ORDER BY ?class ?property ?of""",
}


@pytest.mark.parametrize("what", DESCRIBED)
def test_what_the_data_say_of_themselves_is_found_at_the_endpoint(place: Place, store: ox.Store, what: str) -> None:
    answer = ask(DESCRIBED[what], {"type": "sparql", "value": f"{place.address}sparql"})
    assert answer["rows"] == rows(store, DESCRIBED[what]) != []


@pytest.mark.parametrize("what", DESCRIBED)
def test_the_same_is_read_in_the_document_about_the_endpoint(place: Place, store: ox.Store, what: str) -> None:
    answer = ask(DESCRIBED[what], f"{place.address}void")
    read, held = ([sorted(row.items()) for row in found] for found in (answer["rows"], rows(store, DESCRIBED[what])))
    assert sorted(read) == sorted(held)
