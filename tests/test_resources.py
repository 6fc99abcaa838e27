"""Every IRI of the graph looked up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, urlsplit

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings
from tests.serving import BASE, COMMISSION, TEXT, write_release

SUFFIXES = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdf": "application/rdf+xml",
    "nq": "application/n-quads",
    "trig": "application/trig",
}


def minted() -> list[str]:
    """Every IRI with our base that stands anywhere in the release, its graphs included."""
    quads = ox.parse(COMMISSION.read_text(encoding="utf-8"), ox.RdfFormat.TRIG)
    terms = (term for quad in quads for term in (quad.subject, quad.predicate, quad.object, quad.graph_name))
    return sorted({term.value for term in terms if isinstance(term, ox.NamedNode) and term.value.startswith(BASE)})


def path_of(iri: str) -> str:
    return quote("/" + iri.removeprefix(BASE), safe="/%()'!*,;=:@&+$.-_~")


@pytest.mark.parametrize("iri", minted())
def test_every_iri_redirects_to_a_page_that_names_it(web: FlaskClient, iri: str) -> None:
    redirect = web.get(path_of(iri), headers={"Accept": "text/html"})
    page = web.get(redirect.headers["Location"])
    assert (redirect.status_code, page.status_code, iri.replace("&", "&amp;") in page.text) == (303, 200, True)


@pytest.mark.parametrize("iri", minted())
def test_every_iri_redirects_to_data_about_it(web: FlaskClient, iri: str) -> None:
    redirect = web.get(path_of(iri), headers={"Accept": "application/n-quads"})
    quads = list(ox.parse(web.get(redirect.headers["Location"]).data, ox.RdfFormat.N_QUADS))
    named = {ox.NamedNode(iri)}
    spoken = [q for q in quads if named & {q.subject, q.predicate, q.object, q.graph_name}]
    assert spoken or iri.startswith(f"{BASE}def/") or "/evidence/" in iri


@pytest.mark.parametrize(("suffix", "media_type"), SUFFIXES.items())
def test_the_suffix_of_an_address_chooses_the_form(web: FlaskClient, suffix: str, media_type: str) -> None:
    answer = web.get(f"/{TEXT}.{suffix}", headers={"Accept": "image/png"})
    assert (answer.status_code, answer.mimetype) == (200, media_type)


@pytest.mark.parametrize(("suffix", "media_type"), SUFFIXES.items())
def test_the_description_says_the_same_in_every_form(web: FlaskClient, suffix: str, media_type: str) -> None:
    body = web.get(f"/{TEXT}.{suffix}").data
    triples = {quad.triple for quad in ox.parse(body, ox.RdfFormat.from_media_type(media_type))}
    reference = {quad.triple for quad in ox.parse(web.get(f"/{TEXT}.nq").data, ox.RdfFormat.N_QUADS)}
    assert triples == reference and len(triples) > 10


def test_the_description_holds_what_points_to_the_thing(web: FlaskClient) -> None:
    assert f"<{BASE}sponsorship/clcm/12/4/FRA>" in web.get(f"/{TEXT}.nt").text


def test_the_description_holds_inferred_facts_in_their_graph(web: FlaskClient) -> None:
    assert (
        f"<{BASE}def/recalls> <{BASE}document/A/RES/57/270%20B> <{BASE}graph/report/clcm/12/inferred> ."
        in web.get(f"/{TEXT}.nq").text
    )


def test_a_graphs_iri_gives_its_content(web: FlaskClient) -> None:
    quads = list(ox.parse(web.get("/graph/report/clcm/12/inferred.nq").data, ox.RdfFormat.N_QUADS))
    graph = ox.NamedNode(f"{BASE}graph/report/clcm/12/inferred")
    assert len([quad for quad in quads if quad.graph_name == graph]) == 4


@pytest.mark.parametrize("suffix", ["nq", "trig"])
def test_where_a_form_has_graphs_the_default_graph_is_their_union(web: FlaskClient, suffix: str) -> None:
    quads = set(ox.parse(web.get(f"/{TEXT}.{suffix}").data, ox.RdfFormat.from_media_type(SUFFIXES[suffix])))
    default = {quad.triple for quad in quads if quad.graph_name == ox.DefaultGraph()}
    named = [quad.triple for quad in quads if quad.graph_name != ox.DefaultGraph()]
    assert default == set(named) and len(named) > 10


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/document/E/CN.99/2022/L.4/Rev.1", "/document/E/CN.99/2022/L.4/Rev.1.ttl"),
        ("/document/E/CN.99/2022/L.4", "/document/E/CN.99/2022/L.4.ttl"),
        ("/document/A/RES/57/270%20B", "/document/A/RES/57/270%20B.ttl"),
        ("/document/A/RES/217%20A%20(III)", "/document/A/RES/217%20A%20(III).ttl"),
        ("/document/A/RES/217%20A%20%28III%29", "/document/A/RES/217%20A%20(III).ttl"),
        ("/person/zo%C3%AB-%C3%A5ngstr%C3%B6m", "/person/zo%C3%AB-%C3%A5ngstr%C3%B6m.ttl"),
        ("/def/", "/def.ttl"),
    ],
)
def test_symbols_with_dots_spaces_and_brackets_are_found(web: FlaskClient, path: str, location: str) -> None:
    answer = web.get(path)
    assert (answer.status_code, answer.headers["Location"], web.get(location).status_code) == (303, location, 200)


def test_a_symbol_that_ends_like_a_suffix_is_the_thing_where_the_graph_knows_it(web: FlaskClient) -> None:
    answer = web.get("/document/E/CN.99/2022/L.5.html")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/document/E/CN.99/2022/L.5.html.ttl")


def test_a_slash_too_many_is_redirected_for_good(web: FlaskClient) -> None:
    answer = web.get(f"/{TEXT}/")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/{TEXT}")


@pytest.mark.parametrize(
    ("path", "location"),
    [("/sparql/?query=ASK%7B%7D", "/sparql?query=ASK%7B%7D"), ("/dataset/", "/dataset"), ("/releases/", "/releases")],
)
def test_a_slash_too_many_at_an_address_of_the_service_is_redirected(
    web: FlaskClient, path: str, location: str
) -> None:
    answer = web.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (301, location)


@pytest.mark.parametrize("path", [f"/{TEXT}", f"/{TEXT}/"])
def test_a_redirection_may_be_kept_for_a_minute_and_no_longer(web: FlaskClient, path: str) -> None:
    assert web.get(path).headers["Cache-Control"] == "public, max-age=60, must-revalidate"


@pytest.mark.parametrize(
    "path",
    [f"/{TEXT}/preambular/99", f"/{TEXT}.exe", "/nothing", "/a//b", "/%00", "/%3Cscript%3E", "/..%2f..%2fetc/passwd"],
)
def test_what_no_release_names_is_not_found(web: FlaskClient, path: str) -> None:
    assert web.get(path).status_code == 404


def test_not_found_is_a_problem_for_programs(web: FlaskClient) -> None:
    answer = web.get("/nothing", headers={"Accept": "text/turtle, application/json;q=0.5"})
    assert (answer.mimetype, answer.get_json(force=True)["status"]) == ("application/problem+json", 404)


def test_not_found_is_a_page_for_people(web: FlaskClient) -> None:
    answer = web.get("/%3Cscript%3E", headers={"Accept": "text/html"})
    assert (answer.mimetype, "<script>" in answer.text) == ("text/html", False)


def test_the_thing_and_its_descriptions_are_linked_in_the_headers(web: FlaskClient) -> None:
    links = web.get(f"/{TEXT}.ttl").headers["Link"]
    assert (
        f'<{BASE}{TEXT}>; rel="describes"' in links
        and f'</{TEXT}.jsonld>; rel="alternate"; type="application/ld+json"' in links
    )


def test_the_redirection_links_its_descriptions(web: FlaskClient) -> None:
    assert f'</{TEXT}.html>; rel="describedby"; type="text/html"' in web.get(f"/{TEXT}").headers["Link"]


def test_a_description_that_is_known_already_is_not_sent_again(web: FlaskClient) -> None:
    first = web.get(f"/{TEXT}.ttl")
    again = web.get(f"/{TEXT}.ttl", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_the_validator_of_one_form_is_not_that_of_another(web: FlaskClient) -> None:
    assert web.get(f"/{TEXT}.ttl").headers["ETag"] != web.get(f"/{TEXT}.nt").headers["ETag"]


def test_head_has_the_headers_of_get(web: FlaskClient) -> None:
    head, get = web.head(f"/{TEXT}.ttl"), web.get(f"/{TEXT}.ttl")
    assert (
        head.data == b""
        and head.headers["Content-Type"] == get.headers["Content-Type"]
        and head.headers["ETag"] == get.headers["ETag"]
    )


@pytest.mark.parametrize("path", ["/", f"/{TEXT}", f"/{TEXT}.ttl", "/sparql?query=ASK{}", "/nothing"])
def test_pages_of_other_origins_may_read_everything(web: FlaskClient, path: str) -> None:
    assert web.get(path).headers["Access-Control-Allow-Origin"] == "*"


def test_nothing_is_written(web: FlaskClient) -> None:
    assert [web.open(f"/{TEXT}", method=method).status_code for method in ("PUT", "POST", "DELETE", "PATCH")] == [
        405
    ] * 4


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[FlaskClient]:
    write_release(tmp_path, base="https://data.example.org/")
    app = create_app(Settings(data=tmp_path))
    with app.test_client() as client:
        yield client
    app.extensions["current"].close()


def test_iris_are_the_bases_whatever_name_the_server_is_called_by(elsewhere: FlaskClient) -> None:
    answer = elsewhere.get(f"/{TEXT}.nt", base_url="http://mirror.example:8080/")
    assert f"<https://data.example.org/{TEXT}>" in answer.text and "mirror" not in answer.text


def test_redirections_and_links_stay_on_the_server_that_was_asked(elsewhere: FlaskClient) -> None:
    redirect = elsewhere.get(f"/{TEXT}", headers={"Accept": "text/html"}, base_url="http://mirror.example:8080/")
    page = elsewhere.get(f"/{TEXT}.html").text
    assert urlsplit(redirect.headers["Location"]).netloc == "" and 'href="/state/FRA"' in page


def test_the_canonical_address_is_the_bases(elsewhere: FlaskClient) -> None:
    assert f'<https://data.example.org/{TEXT}.ttl>; rel="canonical"' in elsewhere.get(f"/{TEXT}.ttl").headers["Link"]


def test_a_mirror_below_a_path_keeps_its_readers_there(elsewhere: FlaskClient) -> None:
    redirect = elsewhere.get(f"/{TEXT}", base_url="http://mirror.example/recalling/")
    assert redirect.headers["Location"] == f"/recalling/{TEXT}.ttl"


def test_without_a_release_the_server_says_what_to_do(tmp_path: Path) -> None:
    with create_app(Settings(data=tmp_path)).test_client() as client:
        answer = client.get("/", headers={"Accept": "application/json"})
    assert (answer.status_code, "recalling build" in answer.get_json(force=True)["detail"]) == (503, True)


def test_long_description_is_turned_page_by_page_and_loses_nothing(
    commission_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    web = create_app(Settings(data=commission_data, cache_size=0)).test_client()  # what a page is changes below
    whole = set(web.get("/body/clcm.nt").text.splitlines())
    monkeypatch.setattr("server.things.POINTING", 1)
    address, read, pages = "/body/clcm.nt", set(), 0
    while address:
        pages += 1
        answer = web.get(address)
        read |= set(answer.text.splitlines())
        found = re.search(r'<([^>]*)>; rel="next"', answer.headers["Link"])
        address = found.group(1) if found else ""
    assert pages > 1
    assert read == whole


def test_json_ld_is_read_with_short_names(web: FlaskClient) -> None:
    document = web.get(f"/{TEXT}.jsonld").get_json(force=True)
    (described,) = (node for node in document["@graph"] if node["@id"] == f"{BASE}{TEXT}")
    assert document["@context"]["rec"] == f"{BASE}def/"
    assert (described["@type"], described["rec:number"]) == (["rec:Resolution", "rec:Text"], "12/1")


@pytest.mark.parametrize("path", [TEXT, "state/FRA", "def/Resolution", "person/zo%C3%AB-%C3%A5ngstr%C3%B6m"])
@pytest.mark.parametrize("compacted", [True, False])
def test_json_ld_says_the_same_compacted_and_expanded(
    commission_data: Path, monkeypatch: pytest.MonkeyPatch, path: str, compacted: bool
) -> None:
    monkeypatch.setattr("server.serialization.COMPACTED", 3000 if compacted else 0)
    web = create_app(Settings(data=commission_data, cache_size=0)).test_client()
    document = web.get(f"/{path}.jsonld").data
    said = {str(quad.triple) for quad in ox.parse(document, ox.RdfFormat.JSON_LD)}
    assert said == {str(quad.triple) for quad in ox.parse(web.get(f"/{path}.nt").data, ox.RdfFormat.N_TRIPLES)}
    assert (b"@context" in document) == compacted


@pytest.mark.parametrize("address", [f"/{TEXT}.nt?page=2", "/graph/report/clcm/12.ttl?page=2"])
def test_a_page_after_the_last_of_a_description_is_not_found(web: FlaskClient, address: str) -> None:
    assert web.get(address).status_code == 404


@pytest.mark.parametrize("suffix", ["", ".ttl", ".html"])
def test_links_in_the_headers_are_written_in_ascii(web: FlaskClient, suffix: str) -> None:
    links = web.get(f"/person/zo%C3%AB-%C3%A5ngstr%C3%B6m{suffix}").headers["Link"]
    assert links.isascii()
    assert f'<{BASE}person/zo%C3%AB-%C3%A5ngstr%C3%B6m>; rel="{"describes" if suffix else "canonical"}"' in links


def test_link_says_what_the_thing_is(web: FlaskClient) -> None:
    link = f'<{BASE}def/Resolution>; rel="type"; anchor="{BASE}{TEXT}"'
    assert link in web.get(f"/{TEXT}.ttl").headers["Link"]
    assert link in web.get(f"/{TEXT}").headers["Link"]


@pytest.mark.parametrize("path", ["/%ff%fe", "/text/%C3%28", "/%EE%80%80", "/%EF%BF%BE", "/%F3%A0%84%80"])
def test_an_address_that_is_no_text_or_no_iri_is_not_found(web: FlaskClient, path: str) -> None:
    assert web.get(path).status_code == 404
