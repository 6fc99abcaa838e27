"""What a facts-only release leaves out and keeps, on the invented commission."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from rdflib import Graph, Literal, URIRef

from mappings.graph import assert_graph
from ontology.closure import close
from ontology.prose import prose
from ontology.terms import BASE, OA, REC
from server.app import create_app
from server.cli import main
from server.publish import build
from server.publishing.facts_only import facts_files, read_dump, write_facts
from server.publishing.facts_reading import read_facts
from server.publishing.inputs import inputs_in
from server.publishing.reading import Refusal
from server.publishing.release import Release
from server.settings import Settings
from shapes.conformance import validate
from tests.lighthouses import FACTS
from tests.published import published, served

REPORT = URIRef(f"{BASE}report/clcm/13")


def _without_prose() -> Graph:
    graph = assert_graph(FACTS)
    for predicate in prose():
        graph.remove((None, predicate, None))
    return graph


def test_prose_is_the_words_of_passages_and_of_evidence() -> None:
    of_passages = {REC.text, REC.textInLanguage, REC.changedWords, REC.addresseeQualifier}
    assert prose() == {*of_passages, OA.exact, OA.prefix, OA.suffix}


def test_a_report_without_its_words_does_not_conform() -> None:
    graph = _without_prose()
    assert not validate(graph, close(graph)).conforms


def test_a_report_that_says_to_be_facts_only_conforms_without_its_words() -> None:
    graph = _without_prose().add((REPORT, REC.factsOnly, Literal(True)))
    assert validate(graph, close(graph)).conforms


def test_a_report_that_says_to_be_facts_only_does_not_conform_with_its_words() -> None:
    graph = assert_graph(FACTS).add((REPORT, REC.factsOnly, Literal(True)))
    messages = {result.message for result in validate(graph, close(graph)).results if result.severity == "violation"}
    assert messages == {"A facts-only report must not hold prose."}


@pytest.fixture(scope="module")
def full(published_data: Path) -> Release:
    return served(published_data)


@pytest.fixture(scope="module")
def folder(sample_facts: Path) -> Path:
    """The facts of the sample reports, as the command writes them."""
    return sample_facts


@pytest.fixture(scope="module")
def bare(wordless_data: Path) -> Release:
    return served(wordless_data)


def test_two_files_are_written_for_each_report(folder: Path) -> None:
    assert sorted(path.name for path in folder.iterdir()) == [
        "clcm-12.evidence.nq.gz",
        "clcm-12.nq",
        "clcm-13.evidence.nq.gz",
        "clcm-13.nq",
    ]


def test_facts_of_facts_are_the_same(bare: Release, folder: Path) -> None:
    assert dict(facts_files(bare)) == {path.name: read_dump(path) for path in folder.iterdir()}


def test_what_is_inferred_and_what_links_the_reports_does_not_change_without_the_words(
    full: Release, bare: Release
) -> None:
    for pattern in ("report/clcm/*/inferred.nq", "links/*"):
        dumps = {path: place.read_text() for path, place in full.dumps().items() if fnmatch(path, f"dumps/{pattern}")}
        assert dumps == {path: bare.manifest.file(path).read_text() for path in dumps}
        assert dumps


def test_the_evidence_keeps_offsets_and_rules_and_no_empty_node(folder: Path) -> None:
    evidence = read_dump(folder / "clcm-12.evidence.nq.gz")
    assert f"<{OA.start}>" in evidence and f"<{REC.rule}>" in evidence
    assert "quote" not in evidence and str(OA.TextQuoteSelector) not in evidence


def test_two_exports_are_the_same_bytes(full: Release, folder: Path, tmp_path: Path) -> None:
    write_facts(full, tmp_path)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {
        path.name: path.read_bytes() for path in folder.iterdir()
    }


def test_links_come_with_the_later_report_and_wait_for_the_earlier_one(
    full: Release, folder: Path, tmp_path: Path
) -> None:
    alone = published([folder / "clcm-13.nq"], tmp_path)
    assert "links" not in alone.manifest.parts
    both = published([folder / "clcm-12.nq"], tmp_path)
    assert both.dump("links/asserted.nq").read_text() == full.dump("links/asserted.nq").read_text()


def test_links_are_the_same_where_the_words_of_one_of_two_reports_are_held(
    full: Release, folder: Path, samples: list[Path], tmp_path: Path
) -> None:
    release = published([samples[0], folder / "clcm-13.nq"], tmp_path)
    for path in ("links/asserted.nq", "links/evidence.nq"):
        assert release.dump(path).read_text() == full.dump(path).read_text()


def test_the_words_of_a_report_may_come_later(
    full: Release, wordless_data: Path, samples: list[Path], tmp_path: Path
) -> None:
    shutil.copytree(wordless_data, tmp_path, symlinks=True, dirs_exist_ok=True)
    release = published(samples, tmp_path)
    assert release.id == full.id


def test_the_release_says_which_reports_it_holds_as_facts_only(bare: Release) -> None:
    records = [report.record for report in bare.manifest.reports]
    assert [record["factsOnly"] for record in records] == [True, True]
    assert [record["source"] for record in records] == ["clcm-12.txt", "clcm-13.txt"]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        (f"<{REC.factsOnly}>", f"<{REC.conditional}>", "does not say that it holds facts only"),
        (f"<{REC.topic}>", f"<{REC.text}>", "holds prose"),
        ("graph/report/clcm/12>", "graph/ontology>", "holds the facts of 0 reports"),
        ("<http://localhost", "http://localhost", "is no quad"),
        ("@en", "@", "language"),
    ],
)
def test_what_is_no_facts_only_report_is_refused(folder: Path, tmp_path: Path, old: str, new: str, reason: str) -> None:
    path = tmp_path / "clcm-12.nq"
    path.write_text((folder / path.name).read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    outcome = read_facts(path)
    assert isinstance(outcome, Refusal)
    assert reason in outcome.reason and str(path) in outcome.reason


def test_evidence_that_is_cut_short_is_refused(folder: Path, tmp_path: Path) -> None:
    for name in ("clcm-12.nq", "clcm-12.evidence.nq.gz"):
        content = (folder / name).read_bytes()
        (tmp_path / name).write_bytes(content[:1000] if name.endswith(".gz") else content)
    outcome = read_facts(tmp_path / "clcm-12.nq")
    assert isinstance(outcome, Refusal)
    assert "clcm-12.evidence.nq.gz is not whole" in outcome.reason


def test_facts_do_not_change_in_a_release_with_another_base(bare: Release, folder: Path, tmp_path: Path) -> None:
    release = build(sorted(inputs_in(folder)), tmp_path, "https://data.example.org/un/").release
    assert release is not None
    assert dict(facts_files(release)) == dict(facts_files(bare))


def test_an_export_of_facts_wants_a_folder(full: Release) -> None:
    outcome = CliRunner().invoke(main, ["export", "--facts-only", "--data", str(full.folder.parents[1])])
    assert outcome.exit_code == 2
    assert "name the folder with --output" in outcome.output


@pytest.fixture(scope="module")
def pages(bare: Release) -> Iterator[FlaskClient]:
    app = create_app(Settings(data=bare.folder.parents[1], query_workers=1))
    with app.test_client() as client:
        yield client
    app.extensions["current"].close()


@pytest.mark.parametrize(
    "path",
    [
        "report/clcm/12",
        "report/clcm/12/chapter/2",
        "report/clcm/12/paragraph/5",
        "report/clcm/12/footnote/1",
        "text/clcm/12/resolution/1",
        "text/clcm/12/resolution/1/operative/1",
    ],
)
def test_a_page_says_that_the_words_are_left_out_and_where_to_read_them(pages: FlaskClient, path: str) -> None:
    page = pages.get(f"/{path}.html").text
    assert "The text is not part of this release" in page
    assert 'href="https://undocs.org/E/2022/199"' in page


def test_a_page_of_a_text_shows_how_its_paragraphs_open(pages: FlaskClient) -> None:
    page = pages.get("/text/clcm/12/resolution/1.html").text
    assert re.search(r"<em>Recalling[^<]*</em> …", page)
    assert 'id="operative-1"' in page


def test_a_page_of_a_text_keeps_kinds_of_citations_and_answers_to_requests(pages: FlaskClient) -> None:
    page = pages.get("/text/clcm/12/resolution/1.html").text
    assert '<a href="/def/Recalls">recalls</a>' in page
    assert '<strong>came</strong> as <a href="/document/E/CN.99/2023/7">' in page


def test_a_page_of_a_chapter_keeps_the_paragraphs(pages: FlaskClient) -> None:
    assert 'id="paragraph-5"' in pages.get("/report/clcm/12/chapter/2.html").text


def test_a_page_of_something_without_words_does_not_miss_them(pages: FlaskClient) -> None:
    assert "not part of this release" not in pages.get("/session/clcm/12.html").text


def test_the_home_page_lists_texts_without_their_words(pages: FlaskClient) -> None:
    page = pages.get("/").text
    assert "<small>Resolution 1" in page
    assert 'href="/report/clcm/12">E/2022/199' in page
