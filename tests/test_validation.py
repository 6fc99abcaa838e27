"""Anyone's RDF is checked against the shapes: the same verdict as in a build, within bounds, and nothing is kept."""

from __future__ import annotations

import gzip
import os
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from rdflib import RDF, SH, Graph, Literal, URIRef

from ontology.terms import BASE, REC
from server.app import create_app
from server.publishing.release import current
from server.settings import Settings
from server.validation.closed import beyond_shapes
from tests.serving.fixtures import UNHURRIED

NUMBERED = f"<x> a <{REC.Resolution}> ."
KINDS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/rdf+xml": "xml",
    "application/ld+json": "json-ld",
}


def _post(web: FlaskClient, document: bytes | str, media_type: str = "text/turtle", accept: str = "text/turtle"):  # type: ignore[no-untyped-def]
    return web.post("/validate", data=document, content_type=media_type, headers={"Accept": accept})


def _verdict(report: Graph) -> bool:
    (name,) = report.subjects(RDF.type, SH.ValidationReport)
    return report.value(name, SH.conforms) == Literal(True)


def test_the_facts_of_a_release_conform(site: FlaskClient, published_data: Path) -> None:
    release = current(published_data)
    assert release
    facts = release.dump("report/clcm/12/asserted.nq").read_bytes()
    report = Graph().parse(data=_post(site, facts, "application/n-quads").text, format="turtle")
    assert _verdict(report)


@pytest.mark.parametrize("media_type", KINDS)
def test_a_document_is_read_in_each_form_of_rdf_and_its_faults_are_found(web: FlaskClient, media_type: str) -> None:
    document = (
        Graph()
        .parse(data=NUMBERED, format="turtle", publicID="http://example.org/")
        .serialize(format=KINDS[media_type])
    )
    report = Graph().parse(data=_post(web, document, media_type).text, format="turtle")
    assert not _verdict(report)
    assert (None, SH.focusNode, URIRef("http://example.org/x")) in report
    assert (None, SH.sourceConstraintComponent, SH.MinCountConstraintComponent) in report


@pytest.mark.parametrize("media_type", KINDS)
def test_the_report_comes_in_the_form_that_is_accepted(web: FlaskClient, media_type: str) -> None:
    response = _post(web, NUMBERED, accept=media_type)
    assert response.mimetype == media_type and response.headers["Cache-Control"] == "no-store"
    assert not _verdict(Graph().parse(data=response.data, format=KINDS[media_type]))


def test_a_page_shows_what_is_wrong_and_keeps_what_was_typed(web: FlaskClient) -> None:
    response = web.post(
        "/validate", data={"document": NUMBERED, "type": "text/turtle"}, headers={"Accept": "text/html"}
    )
    assert response.status_code == 200 and "It does not conform" in response.text
    assert "&lt;x&gt; a &lt;" in response.text and "must have at least one paragraph" in response.text


def test_a_page_shows_where_a_document_breaks_off(web: FlaskClient) -> None:
    document = {"document": "<x> a <y> .\n<x> @@", "type": "text/turtle"}
    response = web.post("/validate", data=document, headers={"Accept": "text/html"})
    assert (response.status_code, "line 2" in response.text) == (400, True)


def test_a_mistake_is_told_with_its_line_and_column(web: FlaskClient) -> None:
    response = _post(web, "<x> a <y> .\n<x> @@ .")
    assert response.status_code == 400 and response.json is not None
    assert (response.json["line"], response.json["source"].splitlines()[0]) == (2, "<x> @@ .")


def test_the_iris_of_another_base_are_ours(tmp_path: Path, samples: list[Path]) -> None:
    from server.publish import build

    assert build(samples[:1], tmp_path, "https://data.example.org/").release
    app = create_app(Settings(data=tmp_path, validation_time=UNHURRIED))
    with app.test_client() as client:
        response = _post(client, NUMBERED.replace(BASE, "https://data.example.org/"))
    app.extensions["current"].close()
    assert "https://data.example.org/shape/text-has-clause" in response.text and BASE not in response.text


def test_what_contradicts_the_ontology_does_not_conform(web: FlaskClient) -> None:
    report = Graph().parse(data=_post(web, f"<x> a <{REC.Resolution}>, <{REC.State}> .").text, format="turtle")
    assert not _verdict(report)
    assert any("nothing can be both" in str(words) for words in report.objects(None, SH.resultMessage))


@pytest.mark.parametrize(
    ("media_type", "document", "word"),
    [
        ("application/ld+json", '{"@context": "http://127.0.0.1:9/context", "@id": "http://example.org/x"}', "context"),
        ("application/rdf+xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "entities"),
        ("text/turtle", "<x> <http://www.w3.org/2000/01/rdf-schema#subClassOf> <y> .", "vocabularies"),
    ],
)
def test_what_would_reach_further_is_refused(web: FlaskClient, media_type: str, document: str, word: str) -> None:
    response = _post(web, document, media_type)
    assert response.status_code == 400 and response.json is not None and word in response.json["detail"]


_RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns:a='http://a/'>"
_PREFIX = f"@prefix r: <{BASE}def/> . "


@pytest.mark.parametrize(
    ("media_type", "document", "bound"),
    [
        ("text/turtle", "".join(f"<urn:{n}> a <urn:x> .\n" for n in range(20_001)), "20000 statements"),
        ("text/turtle", f"<urn:a> <urn:b> {','.join(map(str, range(1001)))} .", "1000 values"),
        ("text/turtle", f"@prefix a: <urn:{'a' * 3_000}> . a:b a a:c .", "2048 characters"),
        ("text/turtle", f"<urn:a> <urn:b> '{'a' * 70_000}' .", "65536 characters"),
        (
            "text/turtle",
            f"@prefix a: <urn:{'a' * 2_000}> . " + "".join(f"a:{n} a a:d . " for n in range(5000)),
            "written out",
        ),
        (
            "text/turtle",
            _PREFIX
            + "".join(f"<urn:t{n}> r:hasCitation <urn:c> . <urn:c> r:citedWork <urn:w{n}> . " for n in range(400)),
            "100000 statements follow",
        ),
        ("application/rdf+xml", _RDF + "<a:b><a:c>" * 251, "500 deep"),
        ("application/ld+json", "[" + '{"@context":{"a":"http://a/"},"a":1},' * 101, "100 contexts"),
        ("application/ld+json", "[" * 100_000, "nested too deeply"),
    ],
    ids=[
        "statements",
        "values",
        "an IRI",
        "a literal",
        "a long prefix",
        "inferences",
        "elements",
        "contexts",
        "brackets",
    ],
)
def test_a_document_that_would_take_more_than_a_check_may_is_refused_with_the_bound(
    web: FlaskClient, media_type: str, document: str, bound: str
) -> None:
    response = _post(web, document, media_type)
    assert response.status_code == 400 and response.json is not None and bound in response.json["detail"]


def test_of_very_many_results_the_first_are_listed_and_that_there_are_more_is_said(web: FlaskClient) -> None:
    many = _PREFIX + "".join(f"<urn:{n}> a r:Resolution . " for n in range(5000))
    report = Graph().parse(data=_post(web, many).text, format="turtle")
    assert not _verdict(report) and len(list(report.subjects(RDF.type, SH.ValidationResult))) == 1001
    (said,) = report.subjects(SH.sourceShape, URIRef(f"{BASE}shape/results-bounded"))
    assert "The first 1000 results" in str(report.value(said, SH.resultMessage))


def test_a_report_is_bounded_in_length_whatever_its_results_name(web: FlaskClient) -> None:
    words = "a" * 60_000
    long = _PREFIX + "".join(f"<urn:{n}> a r:SessionPart ; r:startDate '{words}' . " for n in range(50))
    response = _post(web, long, accept="application/n-triples")
    assert response.status_code == 200 and len(response.data) < 3 * 1024**2
    assert b"results-bounded" in response.data


def test_a_document_of_another_kind_is_refused_with_the_list_of_those_that_are_read(web: FlaskClient) -> None:
    response = _post(web, "a,b", "text/csv")
    assert response.status_code == 415 and response.json is not None and "text/turtle" in response.json["detail"]


def test_a_document_that_is_too_large_is_refused_with_the_limit(commission_data: Path) -> None:
    app = create_app(Settings(data=commission_data, validation_limit=1000))
    with app.test_client() as client:
        for media_type in ("text/turtle", "application/x-www-form-urlencoded"):
            response = _post(client, "#" * 1001, media_type)
            assert response.status_code == 413 and response.json is not None and response.json["limit"] == 1000
    app.extensions["current"].close()


def test_a_check_is_ended_at_the_time_limit_and_leaves_no_process(commission_data: Path) -> None:
    app = create_app(Settings(data=commission_data, validation_time=0.1))
    with app.test_client() as client:
        response = _post(client, NUMBERED)
        assert response.status_code == 503 and response.json is not None and response.json["title"] == "Time limit"
    app.extensions["current"].close()
    children = Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()
    assert not [child for child in children if b"server.validation" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_a_check_that_needs_more_memory_than_it_may_have_is_ended(commission_data: Path) -> None:
    app = create_app(Settings(data=commission_data, worker_memory=30 * 1024**2))
    with app.test_client() as client:
        response = _post(client, NUMBERED)
        assert response.status_code == 503 and response.json is not None and response.json["title"] == "Memory limit"
    app.extensions["current"].close()


def test_with_all_places_taken_a_document_is_told_to_come_again_and_is_checked_when_one_is_free(
    commission_data: Path,
) -> None:
    app = create_app(Settings(data=commission_data, queue_time=0, validation_time=UNHURRIED))
    turns = app.extensions["checker"].turns
    with app.test_client() as client:
        with turns.taken("192.0.2.1"), turns.taken("192.0.2.2"):
            told = _post(client, NUMBERED)
        checked = _post(client, NUMBERED)
    app.extensions["current"].close()
    assert (told.status_code, told.headers["Retry-After"], checked.status_code) == (503, "20", 200)
    assert told.json is not None and told.json["title"] == "Busy"


def test_a_client_whose_document_is_being_checked_leaves_a_place_for_others(commission_data: Path) -> None:
    app = create_app(Settings(data=commission_data, queue_time=0, validation_time=UNHURRIED))
    with app.test_client() as client, app.extensions["checker"].turns.taken("2001:db8:0:7::/64"):
        statuses = [
            client.post(
                "/validate", data=NUMBERED, content_type="text/turtle", environ_base={"REMOTE_ADDR": address}
            ).status_code
            for address in ("2001:db8:0:7::2", "2001:db8:0:8::1")
        ]
    app.extensions["current"].close()
    assert statuses == [503, 200]


def test_a_compressed_body_is_refused_unread(web: FlaskClient) -> None:
    headers = {"Content-Type": "text/turtle", "Content-Encoding": "gzip"}
    answer = web.post("/validate", data=gzip.compress(b"<urn:a> <urn:b> <urn:c> ."), headers=headers)
    assert (answer.status_code, answer.headers["Accept-Encoding"]) == (415, "identity")


@pytest.mark.parametrize(
    ("document", "said"),
    [
        (
            "<x> a rec:Citation ; rec:sponsoredByState <y> .",
            "rec:sponsoredByState is no property of the vocabulary. Did you mean rec:sponsoredBy",
        ),
        ("<x> a rec:Resolutoin .", "rec:Resolutoin is no class of the vocabulary. Did you mean rec:Resolution"),
        ("<x> a rec:Citation ; rec:sponsor <y> .", "rec:sponsor is said of a rec:Sponsorship; this is a rec:Citation."),
    ],
)
def test_the_closed_shapes_name_what_the_vocabulary_does_not_have(site: FlaskClient, document: str, said: str) -> None:
    answer = _post(site, f"@prefix rec: <{BASE}def/> . {document}")
    report = Graph().parse(data=answer.text, format="turtle")
    closed = report.subjects(SH.sourceConstraintComponent, SH.ClosedConstraintComponent)
    messages = [str(report.value(result, SH.resultMessage)) for result in closed]
    assert any(message.startswith(said) for message in messages), messages


def test_the_closed_shapes_allow_all_that_a_release_says(published_data: Path) -> None:
    release = current(published_data)
    assert release
    for report in release.names:
        asserted = release.dump(f"{report.path}/asserted.nq")
        triples = {quad.triple for quad in ox.parse(path=str(asserted), format=ox.RdfFormat.N_QUADS)}
        lines = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
        assert list(beyond_shapes(Graph().parse(data=lines, format="nt"))) == []
