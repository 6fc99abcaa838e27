"""What the data say of themselves, and the files to take along."""

from __future__ import annotations

import gzip
import hashlib
import json
from base64 import b64encode
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import DCAT, DCTERMS, FOAF, RDF, VOID, XSD, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.terms import BASE
from server.app import create_app
from server.dataset.catalogue import LICENCE
from server.documents import SPDX
from server.settings import Settings

DATASET = URIRef(f"{BASE}dataset")
REPORT = URIRef(f"{BASE}dataset/report/clcm/12")
FORMS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
    "trig": "application/trig",
}


@pytest.fixture(scope="module")
def described(site: FlaskClient) -> Graph:
    return Graph().parse(data=site.get("/dataset").data, format="turtle")


def value(graph: Graph, property_: URIRef, subject: Node = DATASET) -> Node | None:
    return graph.value(subject, property_)


def counted(site: FlaskClient, query: str) -> int:
    rows = site.get("/sparql", query_string={"query": query}, headers={"Accept": "application/json"}).get_json(
        force=True
    )
    return int(rows["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("property_", "query"),
    [
        (VOID.triples, "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctSubjects, "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }"),
        (VOID.distinctObjects, "SELECT (COUNT(DISTINCT ?o) AS ?n) { ?s ?p ?o }"),
        (VOID.properties, "SELECT (COUNT(DISTINCT ?p) AS ?n) { ?s ?p ?o }"),
        (VOID.classes, "SELECT (COUNT(DISTINCT ?c) AS ?n) { ?s a ?c FILTER(isIRI(?c)) }"),
    ],
)
def test_the_counts_are_those_of_the_endpoint(
    site: FlaskClient, described: Graph, property_: URIRef, query: str
) -> None:
    assert value(described, property_) == Literal(counted(site, query))


def test_the_parts_by_class_count_what_the_endpoint_counts(site: FlaskClient, described: Graph) -> None:
    parts = list(described.objects(DATASET, VOID.classPartition))
    for part in parts:
        query = f"SELECT (COUNT(DISTINCT ?s) AS ?n) {{ ?s a <{value(described, VOID['class'], part)}> }}"
        assert value(described, VOID.entities, part) == Literal(counted(site, query))
    assert len(parts) == int(str(value(described, VOID.classes)))


def test_the_parts_by_property_add_up_to_all_statements(described: Graph) -> None:
    parts = [value(described, VOID.triples, part) for part in described.objects(DATASET, VOID.propertyPartition)]
    assert sum(int(str(part)) for part in parts) == int(str(value(described, VOID.triples)))
    assert len(parts) == int(str(value(described, VOID.properties)))


def test_the_licence_and_the_moment_are_said(site: FlaskClient, described: Graph) -> None:
    assert value(described, DCTERMS.license) == URIRef(LICENCE)
    published = site.application.extensions["current"].release().published
    assert value(described, DCTERMS.modified) == Literal(published)
    assert value(described, DCTERMS.issued) < value(described, DCTERMS.modified)


def test_examples_are_things_that_dereference(site: FlaskClient, described: Graph) -> None:
    examples = list(described.objects(DATASET, VOID.exampleResource))
    answers = [site.get(f"/{str(example).removeprefix(BASE)}") for example in examples]
    assert len(examples) > 3 and {answer.status_code for answer in answers} == {303}


@pytest.mark.parametrize(("suffix", "media_type"), FORMS.items())
def test_the_description_says_the_same_in_every_form(
    site: FlaskClient, described: Graph, suffix: str, media_type: str
) -> None:
    answer = site.get("/dataset", headers={"Accept": media_type})
    by_suffix = site.get(f"/dataset.{suffix}")
    triples = {str(quad.triple) for quad in ox.parse(answer.data, ox.RdfFormat.from_media_type(media_type))}
    assert (answer.mimetype, answer.data == by_suffix.data, len(triples)) == (media_type, True, len(described))
    assert (answer.headers["Content-Location"], "Accept" in answer.headers["Vary"]) == (f"/dataset.{suffix}", True)


def test_void_is_found_where_it_is_looked_for(site: FlaskClient) -> None:
    answer = site.get("/.well-known/void", headers={"Accept": "text/turtle"})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/dataset")


def test_an_unknown_form_is_refused_with_the_list_of_forms(site: FlaskClient) -> None:
    answer = site.get("/dataset", headers={"Accept": "image/png"})
    assert (answer.status_code, "text/turtle" in answer.get_json(force=True)["offered"]) == (406, True)


def test_a_description_that_is_known_already_is_not_sent_again(site: FlaskClient) -> None:
    tag = site.get("/dataset.ttl").headers["ETag"]
    assert site.get("/dataset.ttl", headers={"If-None-Match": tag}).status_code == 304


def test_the_page_lists_every_file(site: FlaskClient) -> None:
    page = site.get("/dumps", headers={"Accept": "text/html"})
    assert (page.mimetype, 'href="/dumps/report/clcm/12.nq.gz"' in page.text) == ("text/html", True)


@pytest.mark.parametrize("path", ["/dataset.html", "/dataset/report/clcm/13.html", "/dumps.html"])
def test_there_is_a_page_for_people(site: FlaskClient, path: str) -> None:
    page = site.get(path)
    assert (page.status_code, page.mimetype, "<h1>" in page.text) == (200, "text/html", True)


def test_a_report_is_described_by_itself(site: FlaskClient, described: Graph) -> None:
    alone = Graph().parse(data=site.get("/dataset/report/clcm/12").data, format="turtle")
    assert (REPORT, RDF.type, DCAT.Dataset) in alone and not set(alone) - set(described)


def test_every_distribution_is_the_file_that_it_says(site: FlaskClient, described: Graph) -> None:
    files = list(described.subjects(SPDX.checksum))
    for file in files:
        answer = site.get(str(value(described, DCAT.downloadURL, file)).removeprefix(BASE.rstrip("/")))
        checksum = value(described, SPDX.checksumValue, value(described, SPDX.checksum, file))
        size = value(described, DCAT.byteSize, file)
        assert checksum == Literal(hashlib.sha256(answer.data).hexdigest(), datatype=XSD.hexBinary), file
        assert (str(size), answer.status_code) == (str(len(answer.data)), 200), file
    assert len(files) == 4 * (2 + 4)  # the reports, links, what is alike, ontology and release: both forms, twice


def quads(body: bytes, form: ox.RdfFormat) -> ox.Dataset:
    dataset = ox.Dataset(ox.parse(body, form))
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return dataset


@pytest.mark.parametrize("unit", ["report/clcm/12", "links", "release"])
def test_both_forms_of_a_file_hold_the_same_quads(site: FlaskClient, unit: str) -> None:
    n_quads, trig = (site.get(f"/dumps/{unit}.{suffix}").data for suffix in ("nq", "trig"))
    assert quads(n_quads, ox.RdfFormat.N_QUADS) == quads(trig, ox.RdfFormat.TRIG)


def test_the_whole_is_the_sum_of_its_parts(site: FlaskClient) -> None:
    listed = json.loads(site.get("/dumps.json").text)
    lines = [
        line
        for d in listed
        if d["form"] == "nq" and d["unit"] != "all"
        for line in site.get(f"/dumps/{d['path']}").data.split(b"\n")
    ]
    assert sorted(filter(None, lines)) == sorted(filter(None, site.get("/dumps/all.nq").data.split(b"\n")))


def test_the_checksums_are_as_sha256sum_writes_them(site: FlaskClient) -> None:
    listed = dict(reversed(line.split("  ")) for line in site.get("/dumps/SHA256SUMS").text.splitlines())
    assert listed["links.nq.gz"] == hashlib.sha256(site.get("/dumps/links.nq.gz").data).hexdigest()
    assert listed["links.nq"] == hashlib.sha256(site.get("/dumps/links.nq").data).hexdigest()


def test_a_client_that_takes_gzip_gets_the_plain_file_compressed(site: FlaskClient) -> None:
    answer = site.get("/dumps/links.nq", headers={"Accept-Encoding": "gzip"})
    assert (answer.headers["Content-Encoding"], answer.mimetype) == ("gzip", "application/n-quads")
    assert gzip.decompress(answer.data) == site.get("/dumps/links.nq").data


def test_a_file_can_be_taken_in_pieces_and_is_not_sent_twice(site: FlaskClient) -> None:
    whole = site.get("/dumps/all.nq.gz")
    piece = site.get("/dumps/all.nq.gz", headers={"Range": "bytes=100-199"})
    again = site.get("/dumps/all.nq.gz", headers={"If-None-Match": whole.headers["ETag"]})
    assert (piece.status_code, piece.data == whole.data[100:200], again.status_code) == (206, True, 304)


def test_who_asks_for_a_piece_beyond_the_end_of_a_file_is_told_its_length(site: FlaskClient) -> None:
    whole = site.get("/dumps/all.nq.gz")
    beyond = site.get("/dumps/all.nq.gz", headers={"Range": "bytes=999999999-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole.data)}")


@pytest.mark.parametrize(
    "path",
    [
        "/dumps/../release.json",
        "/dumps/%2e%2e/release.json",
        "/dumps/..%2frelease.json",
        "/dumps/%2fetc%2fpasswd",
        "/dumps//etc/passwd",
        "/dumps/all.nq.gz%00",
        "/dumps/report/clcm/12",
        "/dumps/report/clcm/../clcm/12.nq",
        "/dataset/../release.json",
        "/dataset/report/clcm/99",
    ],
)
def test_nothing_but_what_is_listed_is_found(site: FlaskClient, path: str) -> None:
    assert site.get(path).status_code == 404


def test_who_answers_for_the_data_is_said_where_the_operator_says_it(published_data: Path) -> None:
    settings = Settings(data=published_data, publisher="The Library", publisher_homepage="https://library.example.org/")
    app = create_app(settings)
    graph = Graph().parse(data=app.test_client().get("/dataset.ttl").text, format="turtle")
    page = app.test_client().get("/dataset.html").text
    app.extensions["current"].close()
    agent = graph.value(URIRef(f"{BASE}dataset"), DCTERMS.publisher)
    assert graph.value(agent, FOAF.name) == Literal("The Library")
    assert '<a href="https://library.example.org/">The Library</a>' in page
    told = {"@type": "Organization", "name": "The Library", "url": {"@id": "https://library.example.org/"}}
    assert f'"publisher":{json.dumps(told, separators=(",", ":"))}' in page


def test_a_catalogue_and_a_report_have_the_publisher_of_the_whole(published_data: Path) -> None:
    app = create_app(Settings(data=published_data, publisher="The Library"))
    graph = Graph().parse(data=app.test_client().get("/dataset.ttl").text, format="turtle")
    app.extensions["current"].close()
    published = {URIRef(f"{BASE}dataset#catalog"), DATASET, REPORT}
    assert published <= set(graph.subjects(DCTERMS.publisher, URIRef(f"{BASE}dataset#publisher")))


def test_the_days_that_the_data_tell_of_are_those_of_the_meetings(described: Graph) -> None:
    period = graph_period(described, DATASET)
    assert period == ("2021-11-25", "2023-03-10")
    assert graph_period(described, REPORT) == ("2021-11-25", "2022-03-11")


def graph_period(graph: Graph, dataset: Node) -> tuple[str, str]:
    """The first and the last day of a dataset's period."""
    time = graph.value(dataset, DCTERMS.temporal)
    return str(graph.value(time, DCAT.startDate)), str(graph.value(time, DCAT.endDate))


def test_every_dataset_of_the_catalogue_says_in_words_what_it_is(described: Graph) -> None:
    datasets = set(described.objects(URIRef(f"{BASE}dataset#catalog"), DCAT.dataset))
    assert {dataset for dataset in datasets if described.value(dataset, DCTERMS.description)} == datasets
    name = "Report of the Commission on Lighthouses and Coastal Memory on its 12th session, as linked data."
    assert value(described, DCTERMS.description, REPORT) == Literal(name, lang="en")


def test_the_data_are_found_by_words_and_themes(described: Graph) -> None:
    assert Literal("resolutions", lang="en") in set(described.objects(DATASET, DCAT.keyword))
    theme = URIRef("http://publications.europa.eu/resource/authority/data-theme/GOVE")
    assert theme in set(described.objects(DATASET, DCAT.theme))


@pytest.mark.parametrize("path", ["sparql", "graph-store?default", "reconcile"])
def test_every_service_of_the_catalogue_answers(site: FlaskClient, described: Graph, path: str) -> None:
    service = URIRef(f"{BASE}{path.partition('?')[0]}")
    assert service in set(described.objects(URIRef(f"{BASE}dataset#catalog"), DCAT.service))
    assert value(described, DCTERMS.conformsTo, service)
    assert site.get(f"/{path}").status_code == 200


@pytest.mark.parametrize("coding", ["identity", "gzip", "zstd", "br"])
def test_a_digest_is_of_the_bytes_that_are_sent(site: FlaskClient, coding: str) -> None:
    answer = site.get("/dumps/links.nq", headers={"Accept-Encoding": coding})
    digest = f"sha-256=:{b64encode(hashlib.sha256(answer.data).digest()).decode()}:"
    assert answer.headers.get("Repr-Digest", digest) == digest
    assert ("Repr-Digest" in answer.headers) == (coding in ("identity", "gzip"))


def test_the_graph_store_gives_all_graphs_as_the_dump_does(site: FlaskClient) -> None:
    answer = site.get("/graph-store", headers={"Accept": "application/n-quads"}, follow_redirects=True)
    assert (answer.status_code, answer.data) == (200, site.get("/dumps/all.nq").data)


def test_nobody_is_named_who_was_not_told(described: Graph) -> None:
    assert not list(described.objects(None, DCTERMS.publisher))


def test_the_whole_is_its_parts_one_after_another_and_any_range_of_it_can_be_had(site: FlaskClient) -> None:
    listed = site.get("/dumps.json").get_json()
    for form in ("nq", "trig"):
        whole = site.get(f"/dumps/all.{form}.gz").data
        parts = [one for one in listed if one["form"] == form and one["unit"] != "all"]
        assert whole == b"".join(site.get(f"/dumps/{one['path']}.gz").data for one in parts)
        assert gzip.decompress(whole) == site.get(f"/dumps/all.{form}", headers={"Accept-Encoding": "identity"}).data
        edge = parts[0]["packed_size"]
        for first, last in ((0, 9), (edge - 10, edge + 9), (len(whole) - 5, len(whole) - 1)):
            answer = site.get(f"/dumps/all.{form}.gz", headers={"Range": f"bytes={first}-{last}"})
            assert (answer.status_code, answer.data) == (206, whole[first : last + 1])
            assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"


def test_the_whole_is_not_sent_again_to_who_has_it(site: FlaskClient) -> None:
    tag = site.get("/dumps/all.nq.gz").headers["ETag"]
    assert site.get("/dumps/all.nq.gz", headers={"If-None-Match": tag}).status_code == 304
