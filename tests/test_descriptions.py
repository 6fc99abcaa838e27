"""Descriptions written with a release say what its store says, and are answered alike."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from ontology.terms import BASE
from server.app import create_app
from server.current import Current
from server.descriptions.block import Block
from server.descriptions.pack import FILE as PACK
from server.descriptions.pack import Pack, hash_of, written_pack
from server.descriptions.served import Descriptions, descriptions_of
from server.descriptions.things import FILE as THINGS
from server.publish import fill
from server.publishing.manifest import manifest_of
from server.publishing.parts import keep_files
from server.publishing.release import current, write, writing
from server.settings import Settings
from server.store import EmbeddedStore
from server.things import POINTING, description_page, types_of
from tests.releases import TYPE, named
from tests.serving import write_release

THING = "text/clcm/12/resolution/1"
REPORT, WORK = "report/clcm/12", "document/A/RES/75/905"
XSD = "http://www.w3.org/2001/XMLSchema#"


def quad(subject: str, name: str, value: str, graph: str = REPORT) -> str:
    return f"<{BASE}{subject}> <{BASE}def/{name}> {value} <{BASE}graph/{graph}> .\n"


# What is hard to say the same of: values that the engine holds in another form, the same fact in several graphs and
# parts, a thing that points to itself, one that too many point to, a node without a name, statements about statements.
REPORT_QUADS = (
    named("act/1", r"Lamps \n and \"keepers\"")
    + quad("act/1", "number", f'"007"^^<{XSD}integer>')
    + quad("act/1", "share", f'"1.50"^^<{XSD}decimal>')
    + quad("act/1", "day", f'"2022-01-02"^^<{XSD}date>')
    + quad("act/1", "said", '"Licht"@de')
    + quad("act/1", "near", f"<{BASE}act/1>")
    + quad("act/1", "cites", f"<{BASE}{WORK}>")
    + quad("act/1", "cites", f"<{BASE}document/A/RES/57/270%20B>")
    + quad("act/1", "cites", "<http://example.org/a%20b>")
    + quad("act/2", "cites", f"<{BASE}{WORK}>")
    + quad("act/2", "near", f"<{BASE}act/1>")
    + quad("act/10", "near", f"<{BASE}act/1>")
    + quad("act/10", "cites", f"<{BASE}{WORK}>")
    + quad("act/3", "list", "_:one")
    + quad("act/4", "listed", f"<{BASE}dataset#one>")
    + quad("dataset#one", "listed", f"<{BASE}act/4>")
    + "".join(quad(f"act/{number}", "by", f"<{BASE}body/hub>") for number in range(100, 101 + POINTING))
    + "".join(quad(f"act/{number}", "by", f"<{BASE}body/full>") for number in range(100, 100 + POINTING))
)
INFERRED_QUADS = (
    quad("act/1", "cites", f"<{BASE}{WORK}>", f"{REPORT}/inferred")
    + quad("act/1", "mentions", f"<{BASE}{WORK}>", f"{REPORT}/inferred")
    + f"<{BASE}act/1> <{TYPE}> <{BASE}def/Passage> <{BASE}graph/{REPORT}/inferred> .\n"
)
EVIDENCE_QUADS = quad("evidence/1", "body", f"<{BASE}act/1>", f"{REPORT}/evidence") + quad(
    "gap/1", "reason", '"none"', f"{REPORT}/evidence"
)
# Of the act the work says the same, another value of a property, another property, and what points to it.
WORK_QUADS = (
    named(WORK, "Lamps", WORK, "Document")
    + quad("act/1", "cites", f"<{BASE}{WORK}>", WORK)
    + quad("act/1", "said", '"Light; and, \\n lamps"@en', WORK)
    + quad("act/1", "year", f'"2022"^^<{XSD}gYear>', WORK)
    + quad("act/1", "near", f"<{BASE}act/1>", WORK)
    + quad("act/9", "near", f"<{BASE}act/1>", WORK)
    + quad("act/11", "near", f"<{BASE}act/1>", WORK)
    + quad("act/2", "follows", f"<{BASE}{WORK}>", WORK)  # which the report says in other words
)


REPORT_FILES = {"asserted.nq": REPORT_QUADS, "inferred.nq": INFERRED_QUADS, "evidence.nq": EVIDENCE_QUADS}
REPORT_FILES["report.json"] = json.dumps({"body": "clcm", "session": 12, "title": "Report"})
WORK_FILES = {"asserted.nq": WORK_QUADS, "report.json": json.dumps({"symbol": "A/RES/75/905"})}


def serve(data: Path, identity: str, parts: Mapping[str, Mapping[str, str]]) -> Path:
    """The folder of a release of some parts, published."""
    with writing(data):
        stored = [keep_files(data, path, files, BASE) for path, files in parts.items()]
        manifest, served = manifest_of(identity, "1", BASE, stored), current(data)
        return write(data, identity, lambda folder: fill(folder, manifest, served)).folder


@pytest.fixture(scope="module")
def hard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of two parts in which things are said that are hard to say the same of."""
    data = tmp_path_factory.mktemp("hard")
    serve(data, "hard", {REPORT: REPORT_FILES, WORK: WORK_FILES})
    return data


def paths_of(store: EmbeddedStore) -> list[str]:
    """The paths of all things of a store with an IRI of ours."""
    rows = store.select("SELECT DISTINCT ?thing { { ?thing ?p ?o } UNION { ?s ?p ?thing } FILTER(ISIRI(?thing)) }")
    things = (row["thing"] for row in rows)
    return sorted(
        one.value.removeprefix(BASE) for one in things if isinstance(one, ox.NamedNode) and one.value.startswith(BASE)
    )


def said(release: Path) -> tuple[EmbeddedStore, Descriptions]:
    told = descriptions_of(release)
    assert told is not None
    return EmbeddedStore(release / "store"), told


@pytest.mark.parametrize("folder", ["hard", "published_data"])
def test_each_thing_is_described_as_the_store_describes_it(folder: str, request: pytest.FixtureRequest) -> None:
    store, told = said((request.getfixturevalue(folder) / "current").resolve())
    found = {path: described for path in paths_of(store) if (described := told.of(path)) is not None}
    assert len(found) > 400
    for path, described in found.items():
        page = description_page(store, described.thing)
        assert page is not None and not page.more
        assert set(described.quads()) == set(page.quads), path
        assert described.asserted == types_of(store, described.thing), path


@pytest.mark.parametrize(
    ("path", "is_told"),
    [
        ("act/1", True),
        (WORK, True),
        ("body/full", True),
        ("body/hub", False),
        ("act/3", False),
        ("gap/1", False),
        ("evidence/1", False),
        ("dataset#one", False),
        (f"graph/{REPORT}", False),
        ("act/999999", False),
    ],
)
def test_the_store_is_asked_where_a_page_does_not_hold_what_there_is(hard: Path, path: str, is_told: bool) -> None:
    _, told = said((hard / "current").resolve())
    assert (told.of(path) is not None) == is_told


@pytest.fixture(scope="module", params=["hard", "published_data"])
def both(request: pytest.FixtureRequest) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    """Clients of two applications over a release, the second without its descriptions."""
    data: Path = request.getfixturevalue(request.param)
    apps = [create_app(Settings(data=data, query_workers=1, cache_size=0)) for _ in range(2)]
    bare = apps[1].extensions["current"]
    assert isinstance(bare, Current)
    bare._release = replace(bare.release(), descriptions=None)
    yield apps[0].test_client(), apps[1].test_client()
    for app in apps:
        app.extensions["current"].close()


@pytest.mark.parametrize(
    "path",
    [
        "act/1",
        "act/2",
        WORK,
        "document/A/RES/57/270%20B",
        "body/full",
        "body/hub",
        "act/3",
        "gap/1",
        THING,
        "state/FJI",
    ],
)
@pytest.mark.parametrize(
    "rest",
    [
        ".ttl",
        ".ttl?_profile=plain",
        ".ttl?_profile=evidence",
        ".ttl?_profile=alt",
        ".ttl?_profile=dcterms",
        ".ttl?page=2",
        ".ttl?page=x",
        ".nt",
        ".nt?profile=plain",
        ".nq",
        ".nq?_profile=plain",
        ".trig",
        ".rdf",
    ],
)
def test_answers_and_headers_are_the_same_without_descriptions(
    both: tuple[FlaskClient, FlaskClient], path: str, rest: str
) -> None:
    with_them, without = (client.get(f"/{path}{rest}") for client in both)
    own = ("X-Request-Id", "Date", "Content-Length")
    heads = [{name: value for name, value in one.headers if name not in own} for one in (with_them, without)]
    assert with_them.status_code == without.status_code
    assert heads[0] == heads[1]
    if with_them.status_code == 200 and not rest.startswith(".ttl"):
        form = ox.RdfFormat.from_media_type(str(with_them.mimetype))
        assert form is not None
        assert set(ox.parse(with_them.data, form)) == set(ox.parse(without.data, form))
    elif with_them.status_code == 200:
        assert with_them.data == without.data


@pytest.mark.parametrize(("path", "is_text"), [("act/1", True), ("act/2", True), (WORK, False)])
def test_what_several_parts_say_is_put_together_as_text(hard: Path, path: str, is_text: bool) -> None:
    _, told = said((hard / "current").resolve())
    described = told.of(path)
    assert described is not None and len(described.told) == 2
    assert (described.turtle is not None) == is_text


def test_a_part_from_before_gets_its_descriptions_with_the_next_release(tmp_path: Path) -> None:
    folder = serve(tmp_path, "old", {REPORT: REPORT_FILES})
    (place,) = (tmp_path / "parts").glob(f"*/{PACK}")
    written = place.read_bytes()
    place.unlink()
    (folder / THINGS).unlink()
    assert descriptions_of(folder) is None
    folder = serve(tmp_path, "new", {REPORT: REPORT_FILES, WORK: WORK_FILES})
    assert place.read_bytes() == written
    _, told = said(folder)
    assert told.of("act/1") is not None


@pytest.mark.parametrize("damage", ["gone", "cut", "other"])
def test_where_descriptions_cannot_be_read_the_store_answers(
    damage: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    serve(tmp_path, "one", {REPORT: REPORT_FILES})
    (place,) = (tmp_path / "parts").glob(f"*/{PACK}")
    whole = place.read_bytes()
    match damage:
        case "gone":
            place.unlink()
        case "cut":
            place.write_bytes(whole[: len(whole) // 4])
        case "other":
            place.write_bytes(b"something else")
    app = create_app(Settings(data=tmp_path, query_workers=1))
    with closing(app.extensions["current"]):
        assert app.test_client().get("/act/1.ttl").status_code == 200
    assert "descriptions cannot be read" in caplog.text


def test_a_release_that_was_written_without_descriptions_has_none(tmp_path: Path) -> None:
    assert descriptions_of(write_release(tmp_path)) is None


def test_a_thing_is_found_by_its_path_alone(tmp_path: Path) -> None:
    blocks = [Block(f"act/{number}", True, turtle=f"# {number}\n") for number in range(1000)]
    (tmp_path / PACK).write_bytes(written_pack(blocks, BASE, (), (), {}))
    pack = Pack(tmp_path / PACK)
    assert all(pack.block(block.path, hash_of(block.path)) == block for block in blocks)
    assert pack.block("act/1000", hash_of("act/1000")) is None
    assert pack.block("act/1000", hash_of("act/1")) is None  # another thing of the same hash
