"""The ontology at its own IRIs, and the lists of pages for search engines."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from rdflib import OWL, RDF, RDFS, Graph, URIRef
from rdflib.compare import isomorphic

from ontology.closure import core_graph
from ontology.terms import BASE, REC, terms
from server.app import create_app
from server.dataset.sitemap import pages, paths
from server.settings import Settings
from tests.releases import named, serve_release

FORMS = {
    "text/turtle": "turtle",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
    "application/n-triples": "nt",
}
DOCUMENTS = ["def/", "def/0.1.0", "def/module/work", "def/module/work/0.1.0", "def/alignments", "def/alignments/0.1.0"]


def followed(site: FlaskClient, path: str, media_type: str) -> tuple[int, str, bytes]:
    """The status of the redirection, and the media type and the body of where it leads."""
    redirection = site.get(path, headers={"Accept": media_type})
    answer = site.get(redirection.headers["Location"])
    assert answer.status_code == 200
    return redirection.status_code, answer.mimetype, answer.data


@pytest.mark.parametrize("path", [*DOCUMENTS, "def/Report", "def/adoptedAs"])
@pytest.mark.parametrize("media_type", [*FORMS, "text/html"])
def test_every_document_of_the_ontology_is_there_in_every_form(site: FlaskClient, path: str, media_type: str) -> None:
    status, found, body = followed(site, f"/{path}", media_type)
    assert (status, found, len(body) > 400) == (303, media_type, True)


@pytest.mark.parametrize("path", ["def/", "def/0.1.0"])
@pytest.mark.parametrize(("media_type", "parser"), FORMS.items())
def test_the_ontology_is_given_whole(site: FlaskClient, path: str, media_type: str, parser: str) -> None:
    _, _, body = followed(site, f"/{path}", media_type)
    assert isomorphic(Graph().parse(data=body, format=parser), core_graph())


def test_the_ontology_defines_every_term_that_the_graphs_are_written_with(site: FlaskClient) -> None:
    graph = Graph().parse(data=followed(site, "/def/", "text/turtle")[2], format="turtle")
    assert {term for term in terms(REC).values() if (term, RDFS.isDefinedBy, None) not in graph} == set()


def test_every_import_and_every_version_is_there(site: FlaskClient) -> None:
    graph = Graph().parse(data=site.get("/def.ttl").data, format="turtle")
    named_here = {*graph.objects(None, OWL.imports), *graph.objects(None, OWL.versionIRI)}
    assert len(named_here) > 20
    for iri in sorted(named_here):
        module = Graph().parse(data=followed(site, f"/{iri.removeprefix(BASE)}", "text/turtle")[2], format="turtle")
        assert (None, RDF.type, OWL.Ontology) in module, iri


def test_a_module_is_given_as_it_is_written(site: FlaskClient) -> None:
    module = Graph().parse(data=site.get("/def/module/work.ttl").data, format="turtle")
    assert (URIRef(f"{BASE}def/module/work"), RDF.type, OWL.Ontology) in module
    assert (REC.Work, RDF.type, OWL.Class) in module and (REC.Meeting, RDF.type, OWL.Class) not in module


def test_a_version_stays_when_the_ontology_has_moved_on(published_data: Path, tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {"report/clcm/12": named("report/clcm/12", "Report")})
    kept = tmp_path / "history" / "ontology" / "0.0.9"
    kept.mkdir(parents=True)
    (kept / "recalling.ttl").write_text(f"<{BASE}def/> a <{OWL.Ontology}> .\n<{BASE}def/Old> a <{OWL.Class}> .\n")
    app = create_app(Settings(data=tmp_path))
    client = app.test_client()
    assert f"<{BASE}def/Old>" in client.get("/def/0.0.9.nt").text
    assert f"<{BASE}def/Old>" not in client.get("/def/0.1.0.nt").text
    app.extensions["current"].close()
    assert (published_data / "history" / "ontology" / "0.1.0" / "work.ttl").is_file()


def test_the_ontology_without_its_slash_is_redirected_for_good(site: FlaskClient) -> None:
    answer = site.get("/def")
    assert (answer.status_code, answer.headers["Location"]) == (301, "/def/")


@pytest.mark.parametrize(
    "path",
    [
        "/def/9.9.9",
        "/def/9.9.9.ttl",
        "/def/module/nothing",
        "/def/Nothing",
        "/def/module/work/9",
        "/def/module/..%2fx.ttl",
        "/def/0../x",
    ],
)
def test_versions_and_modules_that_never_were_are_not_found(site: FlaskClient, path: str) -> None:
    assert site.get(path).status_code == 404


def listed(site: FlaskClient, path: str) -> list[str]:
    answer = site.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return re.findall("<loc>([^<]+)</loc>", answer.text)


def test_robots_are_told_where_the_lists_of_pages_are(site: FlaskClient) -> None:
    robots = site.get("/robots.txt").text
    assert f"\nSitemap: {BASE}sitemap.xml\n" in robots and "Disallow: /sparql?query\n" in robots


def test_the_lists_hold_pages_that_are_there(site: FlaskClient) -> None:
    addresses = [url for page in listed(site, "/sitemap.xml") for url in listed(site, page.removeprefix(BASE[:-1]))]
    assert len(addresses) == len(set(addresses)) > 1000
    assert f"{BASE}report/clcm/12.html" in addresses
    for url in (*addresses[:12], *addresses[:: len(addresses) // 20]):
        answer = site.get(url.removeprefix(BASE[:-1]), headers={"Accept": "text/html"})
        assert (answer.status_code, answer.mimetype) == (200, "text/html"), url


def test_the_lists_name_each_page_by_the_address_that_it_calls_its_own(site: FlaskClient) -> None:
    addresses = listed(site, "/sitemap/0.xml")
    assert {f"{BASE}dataset", f"{BASE}def.html", f"{BASE}questions/sponsors"} <= set(addresses)
    for url in addresses:
        page = site.get(url.removeprefix(BASE[:-1]), headers={"Accept": "text/html"}).text
        assert re.findall('<link rel="canonical" href="([^"]+)"', page) == [url]


def test_a_long_list_is_cut(tmp_path: Path) -> None:
    things = "".join(named(f"report/clcm/12/paragraph/{n}", f"Paragraph {n}") for n in range(5))
    serve_release(tmp_path, "a", {"report/clcm/12": things})
    app = create_app(Settings(data=tmp_path))
    with app.test_request_context("/"):
        assert (pages(2), [len(paths(number, 2)) for number in range(1, 5)]) == (3, [2, 2, 1, 0])
    app.extensions["current"].close()


@pytest.mark.parametrize("path", ["/sitemap/99.xml", "/sitemap/-1.xml", "/sitemap/x.xml", "/sitemap/..%2f1.xml"])
def test_there_are_no_other_lists(site: FlaskClient, path: str) -> None:
    assert site.get(path).status_code == 404


_ASKING = """
import sys
from pathlib import Path
from server.app import create_app
from server.settings import Settings
client = create_app(Settings(data=Path(sys.argv[1]))).test_client()
sys.stdout.buffer.write(client.get(sys.argv[2], headers={"Accept": "text/turtle"}).data)
client.application.extensions["current"].close()
"""


@pytest.mark.parametrize("path", ["/def.ttl", "/sparql", "/text/clcm/12/resolution/1.ttl?_profile=alt", "/dataset.ttl"])
def test_two_processes_describe_with_the_same_bytes(published_data: Path, path: str) -> None:
    bodies = {
        subprocess.run(
            [sys.executable, "-c", _ASKING, str(published_data), path],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
        ).stdout
        for seed in ("1", "2")
    }
    assert [len(body) > 1000 for body in bodies] == [True]
