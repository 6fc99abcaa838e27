"""Reconciliation: which thing a name means and when that is certain, by the W3C community group's specification 0.2."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import SKOS, Graph, Literal, URIRef

from ontology.terms import BASE
from server.app import create_app
from server.headers import POLICY
from server.reconciliation import bounds
from server.reconciliation.matching import Source, all_matches
from server.reconciliation.properties import PROPERTIES
from server.reconciliation.queries import Query
from server.reconciliation.types import KINDS, TYPES
from server.search.finding import SlowSearchError
from server.search.index import opened, write_index
from server.settings import Settings
from server.store import EmbeddedStore
from tests.reconciliation.rules import (
    check_extension,
    check_manifest,
    check_results,
    check_suggestions,
    check_types,
)
from tests.serving import write_release

ROOT = Path(__file__).parents[1]
NAMES = Path(__file__).parent / "reconciliation" / "names.csv"


@pytest.fixture(scope="module")
def facts(facts_data: Path) -> Iterator[FlaskClient]:
    """A client of the application over the facts of two real sessions."""
    app = create_app(Settings(data=facts_data, query_workers=1))
    yield app.test_client()
    app.extensions["current"].close()


def reconciled(client: FlaskClient, queries: dict[str, Any]) -> dict[str, Any]:
    """The answer to a batch, which keeps the rules of the specification."""
    answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
    assert answer.status_code == 200, answer.text
    check_results(answer.json, set(queries))
    found: dict[str, Any] = answer.json
    return found


def best(client: FlaskClient, query: dict[str, Any]) -> tuple[str, bool]:
    """The first candidate for a query and whether it is certain; ("", False) where there is none."""
    candidates = reconciled(client, {"q": query})["q"]["result"]
    return (candidates[0]["id"], candidates[0]["match"]) if candidates else ("", False)


def names() -> list[tuple[dict[str, Any], str, bool]]:
    with NAMES.open(encoding="utf-8", newline="") as file:
        return [(query_of(row), row["id"], row["match"] == "true") for row in csv.DictReader(file)]


def query_of(row: dict[str, str]) -> dict[str, Any]:
    pairs = [pair.split("=", 1) for pair in row["properties"].split(";") if pair]
    query: dict[str, Any] = {"query": row["name"], "properties": [{"pid": pid, "v": value} for pid, value in pairs]}
    return query | ({"type": row["type"]} if row["type"] else {})


@pytest.mark.parametrize(("query", "path", "match"), names(), ids=lambda value: str(value)[:60])
def test_a_name_means_a_thing(facts: FlaskClient, query: dict[str, Any], path: str, match: bool) -> None:
    assert best(facts, query) == (path, match)


def state_names() -> list[tuple[str, str]]:
    """Each spelling of a State's name that is known, with its code: names in six languages, former names, codes."""
    graph = Graph()
    for name in ("states", "state-names"):
        graph.parse(ROOT / "ontology" / "schemes" / f"{name}.ttl")
    former = URIRef("http://www.w3.org/2008/05/skos-xl#altLabel")
    form = URIRef("http://www.w3.org/2008/05/skos-xl#literalForm")
    own = (SKOS.prefLabel, SKOS.altLabel, SKOS.hiddenLabel, SKOS.notation)
    found = {(s, o) for term in own for s, o in graph.subject_objects(term) if isinstance(o, Literal)}
    found |= {(state, o) for state, label in graph.subject_objects(former) for o in graph.objects(label, form)}
    return sorted((str(state).removeprefix(BASE), str(name)) for state, name in found)


def matched(client: FlaskClient, known: list[tuple[str, str]], **more: str) -> list[str]:
    """What each name is matched to, "" for none."""
    found = []
    for start in range(0, len(known), bounds.BATCH):
        part = known[start : start + bounds.BATCH]
        answers = reconciled(client, {str(n): {"query": name, **more} for n, (_, name) in enumerate(part)})
        results = [answers[str(number)]["result"] for number in range(len(part))]
        found += [result[0]["id"] if result and result[0]["match"] else "" for result in results]
    return found


def test_each_known_spelling_of_a_state_is_matched_to_it(facts: FlaskClient) -> None:
    known = state_names()
    found = matched(facts, known, type="State")
    right = sum(path == state for path, (state, _) in zip(found, known, strict=True))
    print(
        f"\nStates, {len(known)} spellings: precision {right / sum(map(bool, found)):.4f}, recall {right / len(known):.4f}"
    )
    assert len(known) > 1800 and right == len(known)


def test_without_a_type_no_spelling_of_a_state_is_matched_to_anything_else(facts: FlaskClient) -> None:
    known = state_names()
    found = matched(facts, known)
    wrong = [(name, path) for path, (state, name) in zip(found, known, strict=True) if path not in ("", state)]
    open_ones = [name for path, (_, name) in zip(found, known, strict=True) if not path]
    print(f"\nwithout a type: {len(wrong)} wrong, {len(open_ones)} left open {open_ones} of {len(known)}")
    # the initials of two organs and of the African Union, the beginnings of symbols of three bodies
    assert not wrong and sorted(open_ones) == ["AU", "GA", "LC", "SC", "ST", "TD"]


def test_names_with_one_letter_changed_lead_to_their_state_and_are_left_open(facts: FlaskClient) -> None:
    known = [(state, name) for state, name in state_names() if len(name) > 7 and name.isascii() and name.isalpha()]
    spoilt = [(state, f"{name[:3]}{name[4]}{name[3]}{name[5:]}") for state, name in known if name[3] != name[4]]
    queries = {str(number): {"query": name, "type": "State"} for number, (_, name) in enumerate(spoilt)}
    firsts: dict[str, Any] = {}
    for start in range(0, len(spoilt), bounds.BATCH):
        part = dict(list(queries.items())[start : start + bounds.BATCH])
        firsts |= {key: (value["result"] or [None])[0] for key, value in reconciled(facts, part).items()}
    right = sum(firsts[str(n)] is not None and firsts[str(n)]["id"] == state for n, (state, _) in enumerate(spoilt))
    print(f"\ntwo letters exchanged: {right} of {len(spoilt)} lead to their State")
    assert not any(first and first["match"] for first in firsts.values())
    assert right > 0.95 * len(spoilt)


def test_the_manifest_keeps_the_rules_of_the_specification(site: FlaskClient) -> None:
    answer = site.get("/reconcile", base_url="https://recalling.example/")
    assert answer.mimetype == "application/json" and answer.headers["Access-Control-Allow-Origin"] == "*"
    check_manifest(answer.json)
    assert answer.json["preview"]["url"] == "https://recalling.example/reconcile/preview?id={{id}}"
    assert answer.json["identifierSpace"] == BASE and answer.json["schemaSpace"] == f"{BASE}def/"


def test_the_manifest_of_one_address_is_not_kept_for_another(site: FlaskClient) -> None:
    addresses = [
        site.get("/reconcile", base_url=f"https://{host}/").json["documentation"] for host in ("a.example", "b.example")
    ]
    assert addresses == ["https://a.example/reconcile", "https://b.example/reconcile"]


def test_a_browser_gets_the_page_with_the_address_to_paste(site: FlaskClient) -> None:
    answer = site.get("/reconcile", headers={"Accept": "text/html,*/*;q=0.8"}, base_url="https://recalling.example/")
    assert answer.mimetype == "text/html" and "<code>https://recalling.example/reconcile</code>" in answer.text
    assert "Accept" in answer.headers["Vary"]


def test_every_type_is_a_class_and_every_term_among_the_properties_one_of_the_vocabulary(site: FlaskClient) -> None:
    assert {site.get(f"/def/{one.id}").status_code for one in TYPES} == {303}
    terms = [one.id for one in PROPERTIES if f"<{BASE}def/{one.id}>" in one.path]
    assert len(terms) > 20 and {site.get(f"/def/{one}").status_code for one in terms} == {303}


def test_a_batch_is_answered_by_get_and_post_alike(site: FlaskClient) -> None:
    queries = json.dumps({"q0": {"query": "Peru", "type": ["State", "Body"], "limit": 3}, "q1": {"query": "UNODC"}})
    posted = site.post("/reconcile", data={"queries": queries})
    fetched = site.get(f"/reconcile?queries={quote(queries)}")
    assert posted.json == fetched.json and set(posted.json) == {"q0", "q1"}


@pytest.mark.parametrize("text", ["Peru", '{"query": "Peru", "type": "State"}'])
def test_a_single_query_of_an_earlier_client_is_answered(site: FlaskClient, text: str) -> None:
    answer = site.get(f"/reconcile?query={quote(text)}").json
    check_results({"q": answer}, {"q"})
    assert answer["result"][0]["id"] == "state/PER"


def test_properties_tell_namesakes_apart(site: FlaskClient) -> None:
    query = {"query": "Draft resolution I", "type": "Text"}
    assert not best(site, query)[1]
    one = query | {
        "properties": [{"pid": "session", "v": {"id": "session/clcm/12"}}, {"pid": "voice", "v": "General Assembly"}]
    }
    assert best(site, one) == ("text/clcm/12/draft-resolution/ga/1", True)


def test_a_candidate_without_the_asked_properties_is_left_with_half_its_score(site: FlaskClient) -> None:
    query = {"query": "Peru", "properties": [{"pid": "iso3", "v": "CHL"}]}
    candidate = reconciled(site, {"q": query})["q"]["result"][0]
    assert (candidate["id"], candidate["score"], candidate["match"]) == ("state/PER", 50.0, False)


def test_things_are_found_by_their_properties_alone_and_are_never_certain(site: FlaskClient) -> None:
    assert best(site, {"properties": [{"pid": "iso3", "v": "PER"}]}) == ("state/PER", False)
    answer = reconciled(site, {"q": {"type": "Resolution", "properties": [{"pid": "sponsoredBy", "v": ["Perú"]}]}})
    assert {one["id"] for one in answer["q"]["result"]} >= {"text/clcm/12/resolution/1"}


def test_all_types_that_are_asked_for_must_hold_where_they_are_strict(site: FlaskClient) -> None:
    query = {"query": "12/1", "type": ["Text", "Resolution"]}
    assert best(site, query) == ("text/clcm/12/decision/1", False)
    assert best(site, query | {"type_strict": "all"}) == ("text/clcm/12/resolution/1", True)
    assert best(site, query | {"type": ["State", "Body"], "type_strict": "all"}) == ("", False)


MALFORMED = (
    ("queries", "{", "not JSON at character 2"),
    ("queries", "[" * 100_000, "not JSON"),
    ("queries", "9" * 5000, "not JSON"),
    ("queries", "[]", "not a JSON object"),
    ("queries", '{"q": "Peru"}', "queries['q'] is not a JSON object"),
    ("queries", '{"q": {}}', "neither"),
    ("queries", '{"q": {"query": " "}}', "neither"),
    ("queries", '{"q": {"query": 7}}', "queries['q'].query is not a string"),
    ("queries", json.dumps({"q": {"query": "x" * (bounds.WORDS + 1)}}), "characters long"),
    ("queries", '{"q": {"query": "Peru", "typ": "State"}}', "no field"),
    ("queries", '{"q": {"query": "Peru", "type": "Wombat"}}', "no type"),
    ("queries", '{"q": {"query": "Peru", "type": 3}}', "not a string"),
    ("queries", '{"q": {"query": "Peru", "type_strict": "some"}}', "not any, should or all"),
    ("queries", '{"q": {"query": "Peru", "limit": 0}}', "whole number"),
    ("queries", '{"q": {"query": "Peru", "limit": 1.5}}', "whole number"),
    ("queries", '{"q": {"query": "Peru", "limit": Infinity}}', "whole number"),
    ("queries", '{"q": {"query": "Peru", "limit": true}}', "whole number"),
    ("queries", '{"q": {"query": "Peru", "properties": {}}}', "not an array"),
    ("queries", '{"q": {"query": "Peru", "properties": [{"pid": "iso3"}]}}', "has no v"),
    ("queries", '{"q": {"query": "Peru", "properties": [{"pid": "wombat", "v": 1}]}}', "no property"),
    ("queries", '{"q": {"query": "Peru", "properties": [{"pid": "iso3", "v": null}]}}', "no string, number"),
    (
        "queries",
        '{"q": {"query": "Peru", "properties": [{"pid": "iso3", "v": {"name": "Peru"}}]}}',
        "no string, number",
    ),
    ("queries", json.dumps({"q": {"query": "P", "type": ["State"] * (bounds.ALTERNATIVES + 1)}}), "may hold"),
    ("query", "", "neither"),
    ("query", '{"query"', "not JSON"),
    ("extend", "{}", "extend.ids is not an array"),
    ("extend", '{"ids": [3], "properties": []}', "extend.ids[0] is not a string"),
    ("extend", '{"ids": [], "properties": ["iso3"]}', "extend.properties[0] is not a JSON object"),
    ("extend", '{"ids": [], "properties": [{"id": "wombat"}]}', "no property"),
    ("extend", json.dumps({"ids": ["state/PER"] * (bounds.IDENTIFIERS + 1), "properties": []}), "may hold"),
)


@pytest.mark.parametrize(("field", "value", "reason"), MALFORMED, ids=lambda value: str(value)[:50])
def test_what_is_malformed_is_a_400_that_says_where(site: FlaskClient, field: str, value: str, reason: str) -> None:
    answer = site.post("/reconcile", data={field: value})
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert reason in answer.json["detail"]


def test_a_batch_that_is_too_large_is_a_413_that_names_the_size(site: FlaskClient) -> None:
    queries = {str(number): {"query": "Peru"} for number in range(bounds.BATCH + 1)}
    answer = site.post("/reconcile", data={"queries": json.dumps(queries)})
    assert (answer.status_code, answer.json["batchSize"]) == (413, bounds.BATCH)


def test_a_batch_for_which_there_is_no_time_left_is_ended(published_data: Path) -> None:
    store = EmbeddedStore(published_data / "current" / "store")
    query = Query("Peru", KINDS, 10, ())
    with opened((published_data / "current").resolve()) as index:
        assert index is not None
        source = Source(index, store, BASE, "http://localhost/")
        assert set(all_matches(source, {"q": query}, 60)) == {"q"}
        with pytest.raises(SlowSearchError):
            all_matches(source, {"q": query}, -1)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/reconcile?callback=run&queries={}", 400),
        ("/reconcile?query=Peru&extend={}", 400),
        ("/reconcile?query=Peru&query=Chile", 400),
        ("/reconcile/preview", 400),
        ("/reconcile/preview?id=state/XXX", 404),
        ("/reconcile/view?id=%3Cscript%3E", 404),
        ("/reconcile/suggest/wombat?prefix=a", 404),
        ("/reconcile/suggest/entity?prefix=a&cursor=-1", 400),
        ("/reconcile/suggest/entity?prefix=a&type=Wombat", 400),
        ("/reconcile/properties", 400),
        ("/reconcile/properties?type=State&limit=x", 400),
        ("/reconcile/flyout/property?id=wombat", 404),
    ],
)
def test_other_addresses_say_what_is_wrong_with_them(site: FlaskClient, address: str, status: int) -> None:
    answer = site.get(address)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_a_post_of_anything_but_a_form_is_refused(site: FlaskClient) -> None:
    assert site.post("/reconcile", json={"q0": {"query": "Peru"}}).status_code == 415
    assert site.post("/reconcile", data={}).status_code == 400 or site.post("/reconcile").status_code == 415


@settings(deadline=None, max_examples=150)
@given(text=st.text(max_size=80), field=st.sampled_from(["queries", "query", "extend"]), whole=st.booleans())
def test_nothing_that_is_sent_is_an_error_of_ours(site: FlaskClient, text: str, field: str, whole: bool) -> None:
    wrapped = {
        "queries": {"q": {"query": text, "properties": [{"pid": "sponsoredBy", "v": [text, {"id": text}]}]}},
        "query": {"query": text},
        "extend": {"ids": [text], "properties": [{"id": "session"}, {"id": "name-en"}]},
    }[field]
    assert site.post("/reconcile", data={field: json.dumps(wrapped) if whole else text}).status_code in (200, 400)
    for path in ("preview", "flyout/entity"):
        assert site.get(f"/reconcile/{path}", query_string={"id": text}).status_code in (200, 400, 404)
    assert site.get("/reconcile/suggest/entity", query_string={"prefix": text}).status_code == 200


def test_a_preview_alone_may_be_framed_by_others_and_runs_nothing(site: FlaskClient) -> None:
    policy = site.get("/reconcile/preview?id=state%2FPER").headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy and "default-src 'none'" in policy and "script-src" not in policy
    others = ("/reconcile", "/reconcile/preview?id=x", "/reconcile/suggest/type?prefix=s", "/state/PER.html")
    assert {site.get(path).headers["Content-Security-Policy"] for path in others} == {POLICY}


def test_an_identifier_leads_to_its_thing(site: FlaskClient) -> None:
    assert site.get("/reconcile/view?id=state%2FPER").headers["Location"] == "/state/PER"
    encoded = quote("document/A/DEC/73/901%20A", safe="")
    assert site.get(f"/reconcile/view?id={encoded}").headers["Location"] == "/document/A/DEC/73/901%20A"


def test_markup_in_titles_stays_words(tmp_path: Path) -> None:
    title = json.dumps("wombat <script>alert(1)</script>")
    more = f"""PREFIX rec: <{BASE}def/> PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
      GRAPH <{BASE}graph/report/clcm/12> {{ <{BASE}document/X> a rec:Document ; rdfs:label {title} . }}"""
    write_index(write_release(tmp_path, more=more), BASE)
    app = create_app(Settings(data=tmp_path, query_workers=1))
    client = app.test_client()
    assert "<script" not in client.get("/reconcile/preview?id=document/X").text
    assert "<script" not in client.get("/reconcile/flyout/entity?id=document/X").json["html"]
    app.extensions["current"].close()


@pytest.mark.parametrize(
    ("what", "prefix", "first"),
    [
        ("entity", "Per", "state/PER"),
        ("entity", "state/PER", "state/PER"),
        ("entity", "A/RES/77/90", "document/A/RES/77/901"),
        ("type", "res", "Resolution"),
        ("type", "resolution", "Resolution"),
        ("property", "iso", "iso2"),
        ("property", "spon", "sponsors"),
    ],
)
def test_what_is_typed_is_completed(site: FlaskClient, what: str, prefix: str, first: str) -> None:
    answer = site.get(f"/reconcile/suggest/{what}", query_string={"prefix": prefix}).json
    check_suggestions(answer)
    assert answer["result"][0]["id"] == first


@pytest.mark.parametrize("what", ["entity", "type", "property"])
def test_suggestions_go_on_where_the_last_ones_ended(site: FlaskClient, what: str) -> None:
    def suggested(**more: int) -> list[str]:
        answer = site.get(f"/reconcile/suggest/{what}", query_string={"prefix": "re", **more}).json
        return [one["id"] for one in answer["result"]]

    assert suggested(limit=1) + suggested(limit=1, cursor=1) == suggested(limit=2) and len(suggested(limit=2)) == 2


@pytest.mark.parametrize(("what", "identity"), [("entity", "state/PER"), ("type", "State"), ("property", "iso3")])
def test_what_is_suggested_has_a_flyout(site: FlaskClient, what: str, identity: str) -> None:
    answer = site.get(f"/reconcile/flyout/{what}", query_string={"id": identity}).json
    assert answer["id"] == identity and answer["html"].startswith("<p><strong>")


def test_every_type_proposes_properties_or_has_none_and_a_limit_holds(site: FlaskClient) -> None:
    for one in TYPES:
        answer = site.get(f"/reconcile/properties?type={one.id}").json
        check_types(answer["properties"])
        assert answer["type"] == one.id
    assert len(site.get("/reconcile/properties?type=State&limit=2").json["properties"]) == 2


def test_values_are_read_in_the_shapes_of_the_specification(site: FlaskClient) -> None:
    ids = ["state/PER", "text/clcm/12/resolution/1", "meeting/clcm/12/9", f"{BASE}state/CUB", "state/XXX"]
    properties = [one.id for one in PROPERTIES][: bounds.COLUMNS]
    for columns in (properties, [one.id for one in PROPERTIES][bounds.COLUMNS :]):
        query = {"ids": ids, "properties": [{"id": one} for one in columns]}
        answer = site.post("/reconcile", data={"extend": json.dumps(query)})
        check_extension(answer.json, ids, columns)


@pytest.mark.parametrize(
    ("identity", "name", "value"),
    [
        ("state/PER", "iso2", {"str": "PE"}),
        ("state/PER", "m49", {"str": "604"}),
        ("state/PER", "name-ru", {"str": "Перу"}),
        ("text/clcm/12/resolution/1", "operativeCount", {"int": 3}),
        (
            "text/clcm/12/resolution/1",
            "voice",
            {"id": "body/clcm", "name": "Commission on Lighthouses and Coastal Memory"},
        ),
        ("meeting/clcm/12/9", "date", {"date": "2022-03-11T00:00:00Z"}),
        ("document/A/RES/77/901", "seeAlso", {"str": "https://undocs.org/A/RES/77/901"}),
    ],
)
def test_a_property_has_its_value(site: FlaskClient, identity: str, name: str, value: dict[str, Any]) -> None:
    query = quote(json.dumps({"ids": [identity], "properties": [{"id": name}]}))
    assert site.get(f"/reconcile?extend={query}").json["rows"][identity][name] == [value]


def test_every_property_has_a_value_somewhere(facts: FlaskClient, site: FlaskClient) -> None:
    def had(client: FlaskClient) -> set[str]:
        found = set()
        for kind in TYPES:
            many = [
                client.get(f"/reconcile/suggest/entity?type={kind.id}&limit=100&prefix={letter}").json
                for letter in "acdefrstu"
            ]
            ids = list(dict.fromkeys(one["id"] for answer in many for one in answer["result"]))[: bounds.IDENTIFIERS]
            proposed = client.get(f"/reconcile/properties?type={kind.id}").json["properties"]
            query = {"ids": ids, "properties": [{"id": one["id"]} for one in proposed][: bounds.COLUMNS]}
            rows = client.post("/reconcile", data={"extend": json.dumps(query)}).json["rows"]
            found |= {name for row in rows.values() for name, cell in row.items() if cell}
        return found

    assert {one.id for one in PROPERTIES} - had(site) - had(facts) == set()


def test_without_an_index_the_service_says_that_it_is_not_there(web: FlaskClient) -> None:
    answer = web.get("/reconcile")
    assert (answer.status_code, answer.json["title"]) == (503, "No search")
