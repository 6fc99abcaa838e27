"""The history of the data on the web, and a harvester that follows it."""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import httpx
import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import RDF, VOID, Graph, Literal, URIRef

from ontology.terms import BASE
from server.app import create_app
from server.documents import AS
from server.publishing.history import History
from server.publishing.release import current, prune, writing
from server.settings import Settings
from tests.published import Place
from tests.releases import named, serve_release

ONE, TWO = "report/clcm/12", "report/clcm/13"


class Harvester:
    """Keeps a copy of a dataset: from the last page back to where it was before, it takes each part it meets first.

    `get` is what it reads the web with: the body at an address, in a media type.
    """

    def __init__(self, get: Callable[[str, str], bytes], base: str = BASE) -> None:
        self._get = get
        self._base = base
        self._seen = ""
        self.parts: dict[str, list[ox.Quad]] = {}

    def visit(self) -> list[str]:
        """Follow the feed to its end; the names of the parts that were taken or dropped."""
        collection = self._json(f"{self._base}changes")
        page, taken, newest = collection.get("last"), [], ""
        while page:
            document = self._json(page["id"])
            for activity in reversed(document["orderedItems"]):
                if activity["endTime"] <= self._seen:
                    page = None
                    break
                newest = max(newest, activity["endTime"])
                part = activity["object"]
                if part["id"] not in taken:
                    taken.append(part["id"])
                    self._take(activity["type"][0], part)
            page = page and document.get("prev")
        self._seen = max(self._seen, newest)
        return taken

    def _take(self, kind: str, part: dict[str, list[dict[str, str]]]) -> None:
        if kind == "Delete":
            self.parts.pop(str(part["id"]), None)
            return
        file = next(link for link in part["url"] if link["name"] == "application/n-quads")
        body = gzip.decompress(self._get(file["href"], "*/*"))
        self.parts[str(part["id"])] = list(ox.parse(body, ox.RdfFormat.N_QUADS))

    def _json(self, address: str) -> dict:
        return json.loads(self._get(address, "application/activity+json"))

    @property
    def quads(self) -> ox.Dataset:
        """Everything that it holds."""
        return canonical(quad for part in self.parts.values() for quad in part)


def by(client: FlaskClient) -> Callable[[str, str], bytes]:
    """Reading through an application's client, whatever host the addresses name."""

    def get(address: str, media_type: str) -> bytes:
        answer = client.get(urlsplit(address).path, headers={"Accept": media_type})
        assert answer.status_code == 200
        return answer.data

    return get


def by_http(address: str, media_type: str) -> bytes:
    """Reading over HTTP, as the addresses are."""
    answer = httpx.get(address, headers={"Accept": media_type}, timeout=60)
    assert answer.status_code == 200
    return answer.content


def canonical(quads: Iterable[ox.Quad]) -> ox.Dataset:
    """The quads with numbers as the engine writes them (1.0 is 1) and blank nodes named by what is said of them."""
    store = ox.Store()
    store.extend(quads)
    dataset = ox.Dataset(store)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


def endpoint_quads(client: FlaskClient) -> ox.Dataset:
    """The content of every named graph, asked for at the endpoint."""
    query = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }"
    body = client.get("/sparql", query_string={"query": query}, headers={"Accept": "application/sparql-results+json"})
    return solutions(body.data)


def solutions(body: bytes) -> ox.Dataset:
    """The quads in the rows of an answer."""
    rows = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(rows, ox.QuerySolutions)
    return canonical(ox.Quad(row["s"], row["p"], row["o"], row["g"]) for row in rows)


def test_a_harvester_of_the_feed_and_one_of_the_whole_dump_hold_what_the_endpoint_holds(site: FlaskClient) -> None:
    harvester = Harvester(by(site))
    harvester.visit()
    whole = canonical(ox.parse(site.get("/dumps/all.nq").data, ox.RdfFormat.N_QUADS))
    asked = endpoint_quads(site)
    assert len(asked) > 20_000
    assert harvester.quads == asked
    assert whole == asked


def test_harvesters_of_a_real_server_hold_what_its_endpoint_holds_by_nothing_but_its_addresses(place: Place) -> None:
    harvester = Harvester(by_http, place.address)
    harvester.visit()
    listed = json.loads(by_http(f"{place.address}dumps", "application/json"))
    file = next(one for one in listed if (one["unit"], one["form"]) == ("all", "nq"))
    packed = by_http(f"{place.address}dumps/{file['path']}.gz", "*/*")
    parts = [one for one in listed if one["form"] == "nq" and one["unit"] != "all"]
    each = [by_http(f"{place.address}dumps/{one['path']}.gz", "*/*") for one in parts]
    assert [hashlib.sha256(one).hexdigest() for one in each] == [one["packed_sha256"] for one in parts]
    assert (b"".join(each), len(packed)) == (packed, file["packed_size"])
    whole = canonical(ox.parse(gzip.decompress(packed), ox.RdfFormat.N_QUADS))
    trig = canonical(ox.parse(by_http(f"{place.address}dumps/all.trig", "*/*"), ox.RdfFormat.TRIG))
    asked = f"{place.address}sparql?{urlencode({'query': 'SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } }'})}"
    held = solutions(by_http(asked, "application/sparql-results+json"))
    assert len(held) > 20_000
    assert harvester.quads == held
    assert whole == held
    assert trig == held


def test_a_harvester_that_returns_takes_only_what_changed(tmp_path: Path) -> None:
    first, second = named(f"{ONE}/paragraph/1", "One"), named(f"{TWO}/paragraph/1", "One", TWO)
    serve_release(tmp_path, "a", {ONE: first, TWO: second})
    app = create_app(Settings(data=tmp_path))
    harvester = Harvester(by(app.test_client()))
    assert harvester.visit() == [f"{BASE}dataset/{TWO}", f"{BASE}dataset/{ONE}"]
    assert harvester.visit() == []
    app.extensions["current"].close()
    serve_release(tmp_path, "b", {TWO: second + named(f"{TWO}/paragraph/2", "Two", TWO)})
    assert harvester.visit() == [f"{BASE}dataset/{TWO}", f"{BASE}dataset/{ONE}"]
    release = current(tmp_path)
    assert release is not None
    dump = release.dump(f"{TWO}/asserted.nq").read_bytes()
    assert harvester.quads == canonical(ox.parse(dump, ox.RdfFormat.N_QUADS))
    app.extensions["current"].close()


def test_the_collection_counts_the_items_of_its_pages(site: FlaskClient) -> None:
    collection = site.get("/changes.jsonld").get_json(force=True)
    pages = [site.get(f"/changes/{number}.jsonld").get_json(force=True) for number in (1, 2)]
    assert collection["totalItems"] == sum(len(page["orderedItems"]) for page in pages)
    assert [page["startIndex"] for page in pages] == [0, len(pages[0]["orderedItems"])]
    assert (collection["first"]["id"], collection["last"]["id"]) == (f"{BASE}changes/1", f"{BASE}changes/2")


def test_a_full_page_never_changes_and_the_last_one_is_asked_for_again(site: FlaskClient) -> None:
    full, last = site.get("/changes/1.ttl").headers, site.get("/changes/2.ttl").headers
    assert ("immutable" in full["Cache-Control"], "max-age=60" in last["Cache-Control"]) == (True, True)
    assert full["ETag"] != last["ETag"]


def test_the_turtle_of_a_page_says_what_its_json_says(site: FlaskClient) -> None:
    graph = Graph().parse(data=site.get("/changes/2.ttl").data, format="turtle")
    items = site.get("/changes/2.jsonld").get_json(force=True)["orderedItems"]
    for item in items:
        activity = URIRef(item["id"])
        assert (activity, RDF.type, AS[item["type"][0]]) in graph
        assert (activity, AS.object, URIRef(item["object"]["id"])) in graph
        counts = {
            str(node).rpartition("/")[2]: n
            for node, n in graph.subject_objects(VOID.triples)
            if str(node).startswith(activity)
        }
        assert counts == {name: Literal(item[name]["statements"]) for name in ("added", "removed") if name in item}
    head = graph.value(URIRef(f"{BASE}changes/2"), AS.items)
    assert [str(item) for item in graph.items(head)] == [item["id"] for item in items]


@pytest.mark.parametrize(
    "path", ["/changes/0", "/changes/3", "/changes/01", "/changes/x", "/changes/1/2", "/changes/../lock"]
)
def test_there_are_no_other_pages(site: FlaskClient, path: str) -> None:
    assert site.get(path).status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/changes", "/changes/1", "/releases", "/releases/{id}", "/releases/{id}/validation", "/releases/{id}/coverage"],
)
@pytest.mark.parametrize("media_type", ["text/html", "text/turtle", "application/ld+json", "application/rdf+xml"])
def test_the_history_is_there_for_people_and_for_programs(
    site: FlaskClient, published_data: Path, path: str, media_type: str
) -> None:
    identity = (published_data / "current").resolve().name
    answer = site.get(path.format(id=identity), headers={"Accept": media_type})
    assert (answer.status_code, answer.mimetype, len(answer.data) > 300) == (200, media_type, True)


def test_the_newest_release_stands_first_with_its_counts(site: FlaskClient, published_data: Path) -> None:
    newest, oldest = site.get("/releases.json").get_json()
    assert (newest["number"], oldest["number"]) == (2, 1)
    added = {change["part"]: change for change in newest["changes"]}[TWO]
    dump = site.get(f"/dumps/{TWO}.nq").data
    assert (added["kind"], added["added"], added["removed"]) == ("added", dump.count(b"\n"), 0)
    assert newest["id"] == (published_data / "current").resolve().name


def dump(data: Path, path: str) -> Path:
    """The place of a file of the release that is served."""
    release = current(data)
    assert release is not None
    return release.dump(path)


def test_the_validation_report_conforms_and_says_so(site: FlaskClient, published_data: Path) -> None:
    identity = (published_data / "current").resolve().name
    assert "conform to the shapes" in site.get(f"/releases/{identity}/validation.html").text
    graph = Graph().parse(data=site.get(f"/releases/{identity}/validation.ttl").data, format="turtle")
    own = Graph()
    for number in (12, 13):
        own.parse(dump(published_data, f"report/clcm/{number}/validation.ttl"), format="turtle")
    assert set(graph) == set(own)


def test_the_coverage_is_that_of_the_release(site: FlaskClient, published_data: Path) -> None:
    identity = (published_data / "current").resolve().name
    paths = [f"report/clcm/{number}" for number in (12, 13)]
    own = {path: json.loads(dump(published_data, f"{path}/coverage.json").read_text()) for path in paths}
    assert json.loads(site.get(f"/releases/{identity}/coverage.json").data) == own


def test_the_coverage_as_rdf_is_part_of_the_graph(site: FlaskClient, published_data: Path) -> None:
    identity = (published_data / "current").resolve().name
    said = {
        quad.triple for quad in ox.parse(site.get(f"/releases/{identity}/coverage.nt").data, ox.RdfFormat.N_TRIPLES)
    }
    quads = ox.parse(gzip.decompress(site.get("/dumps/report/clcm/12.nq.gz").data), ox.RdfFormat.N_QUADS)
    known = {quad.triple for quad in quads}
    assert {triple for triple in said if "/clcm/12/" in str(triple.subject)} <= known and len(said) > 40


def test_a_release_that_is_not_held_any_more_keeps_its_history(tmp_path: Path) -> None:
    for identity in ("a", "b", "c"):
        serve_release(tmp_path, identity, {ONE: named(f"{ONE}/paragraph/{identity}", identity)})
    with writing(tmp_path):
        prune(tmp_path, 2)
    app = create_app(Settings(data=tmp_path))
    client = app.test_client()
    assert client.get("/releases/a.json").get_json()[0]["number"] == 1
    gone = client.get("/releases/a/validation")
    assert (gone.status_code, gone.get_json(force=True)["current"]) == (410, f"{BASE}releases/c/validation")
    app.extensions["current"].close()


@pytest.mark.parametrize(
    "path",
    ["/releases/nothing", "/releases/..", "/releases/%2e%2e/validation", "/releases/../lock", "/releases/{id}/store"],
)
def test_nothing_else_of_a_release_is_served(site: FlaskClient, published_data: Path, path: str) -> None:
    identity = (published_data / "current").resolve().name
    assert site.get(path.format(id=identity)).status_code == 404


def test_the_history_of_the_folder_is_what_is_served(site: FlaskClient, published_data: Path) -> None:
    release = current(published_data)
    assert release and History(published_data).newest(1)[0].release == release.id
