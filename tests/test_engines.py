"""The same release in other engines: Oxigraph's server and Virtuoso, started here, give the same answers and pages."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from rdflib import PROV, Graph

from server.app import create_app
from server.cli import main
from server.publishing.release import Release, current
from server.questions import questions
from server.settings import Settings
from tests.engines import OXIGRAPH, PASSWORD, VIRTUOSO, Engine, oxigraph, virtuoso
from tests.kinds_of_page import OTHERS, PAGES, THINGS, richest
from tests.published import Place

ENGINES = {"oxigraph": (OXIGRAPH, oxigraph), "virtuoso": (VIRTUOSO, virtuoso)}
# What the engines may say in their own way: which rows come where the query does not say, and what a mistake is.
THEIR_OWN = {"answer of a query", "class", "property", "mistake in a query"}
KINDS = [kind for kind in (*PAGES, *THINGS, *OTHERS) if kind not in THEIR_OWN]


@pytest.fixture(scope="module")
def release(place: Place) -> Release:
    found = current(place.data)
    assert found is not None
    return found


@pytest.fixture(scope="module")
def paths(place: Place) -> dict[str, str]:
    """The path of a page of each kind."""
    things = richest(place.address)
    named = {OTHERS.get(kind, f"{place.address}def/{kind}"): kind for kind in (*THINGS, *OTHERS)}
    served = next(path for path in things.values() if path.startswith("release/")).removeprefix("release/")
    alone = {
        kind: path.format(text=things[f"{place.address}def/DraftResolution"], release=served)
        for kind, path in PAGES.items()
    }
    return {**alone, **{kind: things[name] for name, kind in named.items()}}


@pytest.fixture(scope="module", params=sorted(ENGINES))
def engine(
    request: pytest.FixtureRequest, release: Release, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine]:
    """A running engine with the release loaded by the command."""
    installed, started = ENGINES[request.param]
    if installed is None:
        if os.environ.get("RECALLING_REQUIRE_ENGINES"):
            pytest.fail(f"{request.param} is not installed, and it is required here")
        pytest.skip(f"{request.param} is not installed")
    with started(tmp_path_factory.mktemp(request.param) / "database") as running:
        outcome = _load(release, running)
        assert outcome.exit_code == 0, outcome.output
        yield running


def _load(release: Release, engine: Engine, password: str = PASSWORD) -> object:
    data = release.folder.parents[1]
    arguments = ["load", "--data", str(data), "--to", engine.store]
    arguments += ["--user", engine.user, "--digest"] if engine.user else []
    return CliRunner().invoke(main, arguments, env={"RECALLING_PASSWORD": password})


@pytest.fixture(scope="module")
def remote(engine: Engine, place: Place) -> FlaskClient:
    """The engine's release, whose files are in the data folder."""
    return create_app(Settings(endpoint=engine.endpoint, data=place.data)).test_client()


@pytest.fixture(scope="module")
def alone(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """The engine's release without any file of it."""
    return create_app(Settings(endpoint=engine.endpoint, data=tmp_path_factory.mktemp("nothing"))).test_client()


@pytest.fixture(scope="module")
def embedded(place: Place) -> Iterator[FlaskClient]:
    app = create_app(Settings(data=place.data))
    yield app.test_client()
    app.extensions["current"].close()


def test_competency_questions_have_the_same_rows(remote: FlaskClient, embedded: FlaskClient, release: Release) -> None:
    for question in questions():
        asked = {"query": question.at(release.base), "format": "csv"}
        here, there = embedded.get("/sparql", query_string=asked), remote.get("/sparql", query_string=asked)
        assert there.status_code == 200, question.name
        assert there.text.splitlines() == here.text.splitlines(), question.name


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_the_same(
    remote: FlaskClient, embedded: FlaskClient, paths: dict[str, str], kind: str
) -> None:
    asked = {"path": f"/{paths[kind]}", "headers": {"Accept": "text/html"}, "follow_redirects": True}
    there, here = remote.get(**asked), embedded.get(**asked)
    assert (there.status_code, _steady(there.text)) == (here.status_code, _steady(here.text))


@pytest.mark.parametrize("kind", sorted(THEIR_OWN))
def test_a_page_with_the_engines_own_words_or_order_is_there(
    remote: FlaskClient, embedded: FlaskClient, paths: dict[str, str], kind: str
) -> None:
    asked = {"path": f"/{paths[kind]}", "headers": {"Accept": "text/html"}, "follow_redirects": True}
    there, here = remote.get(**asked), embedded.get(**asked)
    assert (there.status_code, there.text.count("<tr>")) == (here.status_code, here.text.count("<tr>"))


def _steady(page: str) -> list[str]:
    """The lines of a page without the number of the request and the moment of publication."""
    return re.sub(r"Request <code>\w+|[\d-]+[T ][\d:]+(?:\+00:00| UTC)", "", page).splitlines()


def test_description_of_a_thing_says_the_same(remote: FlaskClient, embedded: FlaskClient) -> None:
    address = "/text/clcm/12/resolution/1.nt"
    assert sorted(remote.get(address).text.splitlines()) == sorted(embedded.get(address).text.splitlines())


@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_rows_come_in_every_form(remote: FlaskClient, embedded: FlaskClient, release: Release, form: str) -> None:
    query = f"SELECT ?text ?conditional {{ ?text <{release.base}def/conditional> ?conditional }} ORDER BY ?text"
    asked = {"query": query, "format": form}
    assert remote.get("/sparql", query_string=asked).data == embedded.get("/sparql", query_string=asked).data


def test_graphs_are_named_and_unknown_ones_refused(remote: FlaskClient, release: Release) -> None:
    graph = f"{release.base}graph/report/clcm/12"
    asked = {"query": "ASK { ?s ?p ?o }", "default-graph-uri": graph}
    assert remote.get("/sparql", query_string=asked).json == {"head": {}, "boolean": True}
    asked["default-graph-uri"] = "http://reader.example/graph"
    answer = remote.get("/sparql", query_string=asked)
    assert (answer.status_code, json.loads(answer.text)["title"]) == (400, "Unknown graph")


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s ?p }", "INSERT DATA { <urn:a> <urn:b> <urn:c> }", "SELECT * { SERVICE <urn:a> { } }"]
)
def test_mistakes_updates_and_services_are_refused(remote: FlaskClient, query: str) -> None:
    assert remote.get("/sparql", query_string={"query": query}).status_code in (400, 403)


def test_loading_again_changes_nothing(engine: Engine, remote: FlaskClient, release: Release) -> None:
    count = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "format": "csv"}
    before = remote.get("/sparql", query_string=count).text
    _load(release, engine)
    assert remote.get("/sparql", query_string=count).text == before


def test_loading_with_a_wrong_password_is_told(engine: Engine, release: Release) -> None:
    if engine.user is None:
        pytest.skip("this engine asks for no password")
    outcome = _load(release, engine, password="wrong")
    assert outcome.exit_code == 1
    assert "401" in outcome.output


def test_an_engine_that_is_silent_is_a_503(tmp_path: Path) -> None:
    client = create_app(Settings(endpoint="http://127.0.0.1:9/query")).test_client()
    assert client.get("/").status_code == 503


def test_names_are_matched_as_over_the_embedded_store(remote: FlaskClient, embedded: FlaskClient) -> None:
    asked = {"queries": json.dumps({"a": {"query": "Peru"}, "b": {"query": "E/CN.99/2022/L.3/Rev.1"}})}
    assert remote.post("/reconcile", data=asked).json == embedded.post("/reconcile", data=asked).json


@pytest.mark.parametrize("address", ["/search?q=lamps", "/reconcile", "/opensearch.xml"])
def test_without_the_files_of_the_release_search_says_which_one_is_missing(
    alone: FlaskClient, release: Release, address: str
) -> None:
    answer = alone.get(address, headers={"Accept": "text/html"})
    assert (answer.status_code, f"release {release.id}, which another engine holds, is not in" in answer.text) == (
        503,
        True,
    )


def test_without_the_files_of_the_release_pages_show_no_search_box(alone: FlaskClient) -> None:
    home = alone.get("/", headers={"Accept": "text/html"})
    assert (home.status_code, 'role="search"' in home.text) == (200, False)


def test_without_the_files_of_the_release_the_dataset_says_which_reports_it_is_derived_from(alone: FlaskClient) -> None:
    graph = Graph().parse(data=alone.get("/dataset.ttl").text, format="turtle")
    names = {str(report).rpartition("/report/")[2] for report in graph.objects(None, PROV.wasDerivedFrom)}
    assert names == {"clcm/12", "clcm/13"}


def test_a_release_was_published_in_an_engine_when_it_was_loaded(engine: Engine, place: Place) -> None:
    loaded = f"SELECT ?moment {{ GRAPH <{place.address}graph/loaded> {{ ?release ?issued ?moment }} }}"
    accept = {"Accept": "application/sparql-results+json"}
    (row,) = httpx.post(engine.endpoint, data={"query": loaded}, headers=accept).json()["results"]["bindings"]
    answer = create_app(Settings(endpoint=engine.endpoint)).test_client().get("/state/PER.ttl")
    assert answer.last_modified == datetime.fromisoformat(row["moment"]["value"])


def test_blank_nodes_are_told(remote: FlaskClient, release: Release) -> None:
    chains = (
        f"SELECT ?chain {{ <{release.base}def/recalls> <http://www.w3.org/2002/07/owl#propertyChainAxiom> ?chain }}"
    )
    answer = remote.get("/sparql", query_string={"query": chains, "format": "json"})
    assert [row["chain"]["type"] for row in answer.json["results"]["bindings"]] == ["bnode"]


def test_a_mistake_is_counted_in_the_query_as_it_was_sent(remote: FlaskClient, engine: Engine) -> None:
    said = remote.get("/sparql", query_string={"query": "SELECT * { ?s ?p }"}).json["detail"]
    assert "error at 1:19" in said or (engine.user is not None and "line 1" in said)


def test_relative_names_are_resolved_against_the_endpoint(remote: FlaskClient) -> None:
    asked = {
        "query": "SELECT ?text { <state/PER> a ?class . BIND (STR(<state/PER>) AS ?text) } LIMIT 1",
        "format": "csv",
    }
    assert remote.get("/sparql", query_string=asked).text.splitlines()[1].endswith("/state/PER")


ABOUT = (
    "/dataset",
    "/dataset.html",
    "/dumps",
    "/dumps/SHA256SUMS",
    "/releases",
    "/changes",
    "/sitemap.xml",
    "/robots.txt",
)
ABOUT += (
    "/.well-known/void",
    "/def/",
    "/def.ttl",
    "/profiles",
    "/validate",
    "/health/ready",
    "/metrics",
)
ABOUT += ("/graph-store?default", "/questions", "/questions/sponsors", "/sparql", "/reports", "/release/nothing")


@pytest.mark.parametrize("address", ABOUT)
def test_without_a_data_folder_what_the_service_says_of_itself_is_there_or_is_said_not_to_be(
    alone: FlaskClient, address: str
) -> None:
    for accept in ("text/turtle", "text/html"):
        answer = alone.get(address, headers={"Accept": f"{accept}, */*;q=0.1"})
        assert answer.status_code in (200, 303, 308, 403, 404, 410), (address, answer.status_code, answer.text[:300])
