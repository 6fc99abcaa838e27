"""JSON that a developer knows: every kind of thing and every list by its published schema, and true as JSON-LD."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator
from rdflib import Graph, URIRef

from server.doors.framed import SINGLE
from server.doors.lists import LISTS

BASE = "http://localhost:8000/"
RESOLUTION = "text/clcm/12/resolution/1"


@pytest.fixture(scope="module")
def store(published_data: Path) -> ox.Store:
    return ox.Store.read_only(str(published_data / "current" / "store"))


def things(store: ox.Store) -> list[str]:
    """A thing of each class of ours, the first by its address."""
    query = f'SELECT ?class (MIN(STR(?one)) AS ?thing) {{ GRAPH ?g {{ ?one a ?class }} FILTER(ISIRI(?one) && STRSTARTS(STR(?one), "{BASE}")) }} GROUP BY ?class'
    found = {row["thing"].value for row in store.query(query)}  # type: ignore[union-attr]
    return sorted(found)


def test_a_thing_of_every_class_follows_the_schema_and_says_what_is_held(site: FlaskClient, store: ox.Store) -> None:
    schema = site.get("/schemas/thing.json").get_json(force=True)
    Draft202012Validator.check_schema(schema)
    validator, context = Draft202012Validator(schema), site.get("/context.jsonld").get_json(force=True)["@context"]
    addresses = site.application.url_map.bind("localhost")
    served = {"resources.resource", "definitions.definition"}  # the rest are documents with a view of their own
    named = [one for one in things(store) if "#" not in one]
    found = [one for one in named if addresses.match(f"/{one.removeprefix(BASE)}")[0] in served]
    assert len(found) > 40
    for thing in found:
        answer = site.get(f"/{thing.removeprefix(BASE)}.json")
        assert answer.status_code == 200, thing
        told = answer.get_json()
        assert [f"{thing}: {error.message}" for error in validator.iter_errors(told)] == []
        assert list(told)[:2] == ["@context", "id"] and told["id"] == thing
        for triple in graph(told, context):
            assert held(store, triple), (thing, triple)


def graph(told: dict[str, Any], context: dict[str, Any]) -> list[ox.Triple]:
    """What a JSON answer says by its context."""
    lines = Graph().parse(data=json.dumps({**told, "@context": context}), format="json-ld").serialize(format="nt")
    return [quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES)]


def held(store: ox.Store, triple: ox.Triple) -> bool:
    return next(store.quads_for_pattern(triple.subject, triple.predicate, triple.object, None), None) is not None


def test_a_text_has_its_paragraphs_in_order_with_their_words(site: FlaskClient) -> None:
    told = site.get(f"/{RESOLUTION}.json").json
    assert (told["type"], told["number"], told["title"]) == ("Resolution", "12/1", "Lighthouses without keepers")
    parts = [clause["part"] for clause in told["hasClause"]]
    assert parts == ["preambular"] * 10 + ["operative"] * 3
    assert all(clause["text"] for clause in told["hasClause"])
    assert told["voice"]["label"] == "Commission on Lighthouses and Coastal Memory"
    assert "hasPart" not in told  # said by hasClause


def test_a_text_has_all_that_it_cites_in_one_list(site: FlaskClient, store: ox.Store) -> None:
    cited = {one["id"] for one in site.get(f"/{RESOLUTION}.json").json["cites"]}
    asked = f"SELECT ?work {{ <{BASE}{RESOLUTION.strip('/')}> <{BASE}def/cites> ?work }}"
    assert cited == {row["work"].value for row in store.query(asked, use_default_graph_as_union=True)}  # type: ignore[union-attr]


def test_single_values_are_single(store: ox.Store) -> None:
    for name in sorted(SINGLE):
        query = f"SELECT ?s {{ ?s <{BASE}def/{name}> ?o }} GROUP BY ?s HAVING (COUNT(DISTINCT ?o) > 1) LIMIT 3"
        assert [str(row["s"]) for row in store.query(query, use_default_graph_as_union=True)] == [], name  # type: ignore[union-attr]


def test_a_property_with_too_many_values_says_how_many(site: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.doors.framed.MOST", 2)
    told = site.get("/state/FJI.json").json
    assert len(told["hasStatement"]) == 2 and told["truncated"]["hasStatement"] == 3


def test_json_is_what_a_program_gets_that_asks_for_it(site: FlaskClient) -> None:
    for asked in ({"headers": {"Accept": "application/json"}}, {"query_string": {"format": "json"}}):
        assert site.get(f"/{RESOLUTION}", **asked).headers["Location"] == f"/{RESOLUTION}.json"  # type: ignore[arg-type]
    tag = site.get(f"/{RESOLUTION}.json").headers["ETag"]
    assert site.get(f"/{RESOLUTION}.json", headers={"If-None-Match": tag}).status_code == 304
    assert site.get(f"/{RESOLUTION}.feed.json").json["version"].startswith("https://jsonfeed.org")


@pytest.mark.parametrize("name", LISTS)
def test_the_pages_of_a_list_follow_its_schema_and_have_every_row_once(site: FlaskClient, name: str) -> None:
    schema = site.get(f"/schemas/{name}.json").get_json(force=True)
    Draft202012Validator.check_schema(schema)
    address, items, total = f"/api/{name}?size=40", [], 0
    while address:
        answer = site.get(address)
        Draft202012Validator(schema).validate(answer.json)
        items += answer.json["items"]
        total = answer.json["total"]
        address = answer.json.get("next", "").removeprefix("http://localhost:8000")
        assert ('rel="next"' in answer.headers["Link"]) == bool(address)
    rows = site.get(f"/questions/{LISTS[name]}?format=csv", follow_redirects=True).text.count("\r\n") - 1
    assert len(items) == total > 0 and rows >= total


def test_a_list_is_narrowed_by_what_the_question_may_fix(site: FlaskClient) -> None:
    told = site.get("/api/texts?session=13&kind=resolution").json
    assert told["items"] and {(one["session"], one["kind"]) for one in told["items"]} == {(13, "resolution")}
    assert told["items"][0]["id"].startswith(f"{BASE}text/clcm/13/resolution/")


def test_a_list_is_a_collection_as_json_ld(site: FlaskClient) -> None:
    told = site.get("/api/sessions").json
    graph = Graph().parse(data=json.dumps(told), format="json-ld")
    members = {str(one) for one in graph.objects(None, URIRef("http://www.w3.org/ns/hydra/core#member"))}
    assert members == {one["id"] for one in told["items"]} != set()


@pytest.mark.parametrize(
    ("address", "status", "said"),
    [
        ("/api/texts?page=0&size=7", 400, "page is a number"),
        ("/api/texts?size=501", 400, "from 1 to 500"),
        ("/api/texts?sesion=12", 400, "no filter sesion; there are commission, session, kind, page, size"),
        ("/api/texts?session=99", 400, "this release has no"),
        ("/api/texts?format=xml", 400, "there are json"),
        ("/api/lamps", 404, "sessions, texts, mandates, sponsors, statements, documents"),
    ],
)
def test_what_a_list_does_not_know_is_told_with_what_it_knows(
    site: FlaskClient, address: str, status: int, said: str
) -> None:
    answer = site.get(address, headers={"Accept": "application/json"})
    assert answer.status_code == status and said in answer.json["detail"]


def test_a_list_that_is_too_long_to_keep_is_read_page_by_page(
    site: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = site.get("/api/sponsors?size=500").json["items"]
    monkeypatch.setattr("server.doors.lists.whole_answers", NothingKept)
    first, second = (site.get(f"/api/sponsors?size=7&page={page}").json for page in (1, 2))
    assert first["total"] is None and first["items"] == whole[:7] and second["items"] == whole[7:14]
    assert re.search(r"page=2&size=7$", first["next"])


class NothingKept:
    """Answers of which each is too long to keep."""

    def of(self, _question: object) -> None:
        return None
