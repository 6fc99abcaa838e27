"""How much a description holds: negotiated by profile."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import DCTERMS, RDF, XSD, Graph, Literal, Namespace, URIRef

from ontology.terms import BASE, OA
from server.linked_data.profiles import PROF
from server.things import layer

THING = "text/clcm/12/resolution/1"
PROFILES = {name: f"{BASE}profiles#{name}" for name in ("plain", "inferred", "evidence", "eli", "dcterms", "schema")}


def quads(body: bytes) -> list[ox.Quad]:
    return list(ox.parse(body, ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def citation(site: FlaskClient) -> str:
    """The path of a citation whose place in the report is known."""
    query = f"SELECT ?body {{ ?annotation <{OA.hasBody}> ?body FILTER(CONTAINS(STR(?body), 'citation/')) }} ORDER BY ?body LIMIT 1"
    rows = site.get("/sparql", query_string={"query": query, "format": "json"}).get_json(force=True)
    return rows["results"]["bindings"][0]["body"]["value"].removeprefix(BASE)


@pytest.mark.parametrize(
    ("name", "layers"),
    [("plain", {""}), ("inferred", {"", "inferred"}), ("evidence", {"", "inferred", "evidence"})],
)
@pytest.mark.parametrize("way", ["_profile", "profile", "iri", "header"])
def test_a_profile_holds_what_it_says(site: FlaskClient, citation: str, name: str, layers: set[str], way: str) -> None:
    path, iri = f"/{citation}.nq", PROFILES[name]
    match way:
        case "header":
            answer = site.get(path, headers={"Accept-Profile": f"<http://example.org/other>, <{iri}>;q=0.5"})
        case "iri":
            answer = site.get(path, query_string={"_profile": iri})
        case _:
            answer = site.get(path, query_string={way: name})
    graphs = {quad.graph_name for quad in quads(answer.data)} - {ox.DefaultGraph()}
    assert {layer(graph) for graph in graphs} == layers
    assert answer.headers["Content-Profile"] == f"<{iri}>"
    assert f'<{iri}>; rel="profile"' in answer.headers["Link"]


def test_evidence_leads_from_the_thing_to_the_words_it_was_read_from(site: FlaskClient, citation: str) -> None:
    graph = Graph().parse(data=site.get(f"/{citation}.nt?_profile=evidence").data, format="nt")
    annotations = list(graph.subjects(OA.hasBody, URIRef(BASE + citation)))
    selectors = {
        s for a in annotations for t in graph.objects(a, OA.hasTarget) for s in graph.objects(t, OA.hasSelector)
    }
    assert {graph.value(selector, RDF.type) for selector in selectors} == {
        OA.TextPositionSelector,
        OA.TextQuoteSelector,
    }


def test_without_a_profile_the_description_holds_what_follows(site: FlaskClient) -> None:
    assert site.get(f"/{THING}.nq").data == site.get(f"/{THING}.nq?profile=inferred").data


def test_the_evidence_of_a_report_is_bounded(site: FlaskClient) -> None:
    found = quads(site.get("/report/clcm/12.nq?_profile=evidence").data)
    assert len([quad for quad in found if layer(quad.graph_name) == "evidence"]) < 500 * 20


def test_the_profile_that_is_liked_best_is_given(site: FlaskClient) -> None:
    header = f"<{PROFILES['plain']}>;q=0.4, <{PROFILES['evidence']}>;q=0.9"
    answer = site.get(f"/{THING}.ttl", headers={"Accept-Profile": header})
    assert answer.headers["Content-Profile"] == f"<{PROFILES['evidence']}>"


@pytest.mark.parametrize("header", ["<http://example.org/x>", "nonsense", "<>;q=x", f"<{PROFILES['plain']}>;q=0", ""])
def test_a_header_without_a_known_profile_is_answered_by_the_default(site: FlaskClient, header: str) -> None:
    answer = site.get(f"/{THING}.ttl", headers={"Accept-Profile": header})
    assert answer.headers["Content-Profile"] == f"<{PROFILES['inferred']}>"


def test_an_unknown_profile_in_the_address_is_refused_with_the_list(site: FlaskClient) -> None:
    answer = site.get(f"/{THING}.ttl?_profile=nothing")
    assert (answer.status_code, set(answer.get_json(force=True)["offered"])) == (406, set(PROFILES.values()))


def test_the_redirection_keeps_the_profile(site: FlaskClient) -> None:
    answer = site.get(f"/{THING}?profile=plain")
    assert (answer.headers["Location"], "Accept-Profile" in answer.headers["Vary"]) == (
        f"/{THING}.ttl?_profile=plain",
        True,
    )


@pytest.mark.parametrize("word", ["alt", "http://www.w3.org/ns/dx/connegp/altr"])
def test_the_list_of_profiles_of_a_thing_is_given(site: FlaskClient, word: str) -> None:
    answer = site.get(f"/{THING}.ttl", query_string={"_profile": word})
    graph = Graph().parse(data=answer.data, format="turtle")
    formats = list(graph.objects(URIRef(f"{BASE}{THING}.ttl"), DCTERMS.hasFormat))
    assert {str(graph.value(where, DCTERMS.conformsTo)) for where in formats} == set(PROFILES.values())


def test_a_profiles_validator_is_not_that_of_another(site: FlaskClient) -> None:
    tags = {site.get(f"/{THING}.ttl?_profile={name}").headers["ETag"] for name in (*PROFILES, "alt")}
    assert len(tags) == len(PROFILES) + 1


def test_a_graph_is_given_as_it_is_in_every_profile(site: FlaskClient) -> None:
    path = "/graph/report/clcm/12/evidence.nq"
    assert site.get(f"{path}?_profile=plain").data == site.get(path).data


@pytest.mark.parametrize("media_type", ["text/turtle", "text/html"])
def test_the_profiles_are_described(site: FlaskClient, media_type: str) -> None:
    answer = site.get("/profiles", headers={"Accept": media_type})
    assert (answer.status_code, answer.mimetype) == (200, media_type)
    if media_type == "text/turtle":
        graph = Graph().parse(data=answer.data, format="turtle")
        assert {str(node) for node in graph.subjects(RDF.type, PROF.Profile)} == set(PROFILES.values())


ELI = Namespace("http://data.europa.eu/eli/ontology#")
ELI_DL = Namespace("http://data.europa.eu/eli/eli-draft-legislation-ontology#")
SCHEMA = Namespace("https://schema.org/")


def in_terms_of(site: FlaskClient, path: str, name: str) -> Graph:
    return Graph().parse(data=site.get(f"/{path}.ttl?_profile={name}").data, format="turtle")


def test_a_consumer_of_eli_finds_a_legal_resource_with_what_it_cites(site: FlaskClient) -> None:
    graph, text = in_terms_of(site, THING, "eli"), URIRef(BASE + THING)
    assert (text, RDF.type, ELI.LegalResource) in graph
    assert (text, ELI.title, Literal("Lighthouses without keepers")) in graph
    assert (text, ELI.refers_to, URIRef(f"{BASE}document/A/RES/75/905")) in graph
    assert (text, ELI.passed_by, URIRef(f"{BASE}body/clcm")) in graph
    assert (text, ELI.date_document, Literal("2022-03-11", datatype=XSD.date)) in graph
    paragraph = in_terms_of(site, f"{THING}/operative/1", "eli")
    assert (URIRef(f"{BASE}{THING}/operative/1"), ELI.is_part_of, text) in paragraph
    meeting = in_terms_of(site, "meeting/clcm/12/2", "eli")
    assert (URIRef(f"{BASE}meeting/clcm/12/2"), RDF.type, ELI_DL.Activity) in meeting


def test_a_consumer_of_dublin_core_finds_what_a_library_catalogues(site: FlaskClient) -> None:
    graph, text = in_terms_of(site, THING, "dcterms"), URIRef(BASE + THING)
    assert graph.value(text, DCTERMS.creator) == URIRef(f"{BASE}body/clcm")
    assert (text, DCTERMS.title, Literal("Lighthouses without keepers")) in graph
    assert (text, DCTERMS.isPartOf, URIRef(f"{BASE}report/clcm/12")) in graph
    assert (text, DCTERMS.references, URIRef(f"{BASE}document/A/RES/75/905")) in graph
    assert all(str(said).startswith((str(DCTERMS), "http://www.w3.org/")) for said in graph.predicates())


def test_a_consumer_of_schema_org_finds_what_the_page_says(site: FlaskClient) -> None:
    graph, text = in_terms_of(site, THING, "schema"), URIRef(BASE + THING)
    assert (text, RDF.type, SCHEMA.Legislation) in graph
    assert graph.value(text, SCHEMA.headline) == Literal("Lighthouses without keepers")
    assert graph.value(text, SCHEMA.legislationPassedBy) == URIRef(f"{BASE}body/clcm")


def test_turtle_in_the_terms_of_others_has_their_prefix(site: FlaskClient) -> None:
    assert "@prefix eli: " in site.get(f"/{THING}.ttl?profile=eli").text
