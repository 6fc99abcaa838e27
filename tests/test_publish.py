"""Releases on disk, and the road that makes them."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from pyoxigraph import Store

from ontology.terms import BASE
from server.descriptions.things import FILE as THINGS
from server.doors.schema import LANGUAGES
from server.publish import Published, build, fill, publish, read, remove
from server.publishing.history import History
from server.publishing.kept_links import LIST
from server.publishing.manifest import manifest_of, path_of
from server.publishing.parts import keep_files
from server.publishing.reading import Reading, Refusal
from server.publishing.release import Release, ReleaseError, current, digest, moved, parts_of, rebase, write, writing
from server.search.index import FILE, opened
from tests.releases import serve_release

ELSEWHERE = "https://data.example.org/un/"
REPORT = "report/clcm/12"
RDF = {"rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#"}
Readings = tuple[Reading | Refusal, ...]
GRAPH = f"<{BASE}graph/{REPORT}>"
QUAD = f'<{BASE}body/clcm> <{BASE}def/acronym> "CLCM" {GRAPH} .\n'


def contents(release: Release) -> dict[str, bytes]:
    """The files of a release, and those of its parts, except the indexes that are made of them."""
    made = ("store", FILE, THINGS, "statistics.json")
    own = [path for path in release.folder.iterdir() if path.name not in made]
    parts = [path for part in release.manifest.parts.values() for path in part.folder.iterdir()]
    return {f"{path.parent.name}/{path.name}": path.read_bytes() for path in sorted([*own, *parts])}


def counted(release: Release) -> dict[str, object]:
    """The statistics of a release, number by number."""
    record = json.loads((release.folder / "statistics.json").read_text(encoding="utf-8"))
    each = {f"{name} {one['term']}": one for name in ("by_class", "by_property") for one in record.pop(name)}
    return {**record, **each}


def shown(release: Release) -> list[list[tuple[object, ...]]]:
    """What the indexes of a release find, whatever order they were written in."""
    with opened(release.folder) as index:
        assert index is not None
        things = "SELECT path, kind, title, names, text, place FROM thing ORDER BY path"
        facets = "SELECT path, name, value FROM thing JOIN facet ON thing = id ORDER BY path, name, value"
        keys = "SELECT path, key, straight FROM thing JOIN key ON thing = id ORDER BY path, key"
        more = (
            "SELECT * FROM wordless ORDER BY 1",
            "SELECT * FROM listed ORDER BY 1",
            "SELECT term, doc FROM spelling ORDER BY 1",
        )
        found = [index.execute(query).fetchall() for query in (things, facets, keys, *more)]
    with closing(sqlite3.connect(release.folder / THINGS)) as index:
        known = "SELECT thing, path FROM known JOIN part ON part = id ORDER BY thing, path"
        return [*found, index.execute(known).fetchall()]


def test_an_iri_moves_to_another_base() -> None:
    assert rebase(QUAD, BASE, ELSEWHERE).startswith(f"<{ELSEWHERE}body/clcm> <{ELSEWHERE}def/acronym>")


def test_a_literal_that_speaks_of_the_base_stays() -> None:
    quad = f'<{BASE}a> <{BASE}def/text> "say \\"<{BASE}>\\" aloud" {GRAPH} .\n'
    assert f'"say \\"<{BASE}>\\" aloud"' in rebase(quad, BASE, ELSEWHERE)


def test_moving_to_another_base_and_back_changes_nothing() -> None:
    both = {
        "dumps/a.nq": "".join(sorted([QUAD, QUAD.replace("body", "état")])),
        "validation.ttl": f"<{BASE}x> a <{BASE}y> .",
    }
    assert moved(moved(both, BASE, ELSEWHERE), ELSEWHERE, BASE) == both


def test_breaks_inside_a_literal_do_not_end_its_quad() -> None:
    quad = f'<{BASE}a> <{BASE}def/text> "a page\f\x0bbreaks\u2028here\x85" {GRAPH} .\n'
    assert moved({"dumps/a.nq": quad}, BASE, ELSEWHERE) == {"dumps/a.nq": rebase(quad, BASE, ELSEWHERE)}


def test_the_identity_of_a_release_depends_on_its_content_and_base() -> None:
    assert len({digest({"a": "1"}), digest({"a": "2"}), digest({"b": "1"}), digest({"a": "1"}, ELSEWHERE)}) == 4


def test_a_written_release_is_the_current_one(tmp_path: Path) -> None:
    release = serve_release(tmp_path, "one", {REPORT: QUAD})
    assert current(tmp_path) == release
    assert {graph.value for graph in Store.read_only(str(release.store)).named_graphs()} == {f"{BASE}graph/{REPORT}"}


def test_the_release_before_is_kept(tmp_path: Path) -> None:
    serve_release(tmp_path, "one", {REPORT: QUAD})
    serve_release(tmp_path, "two", {REPORT: QUAD})
    assert (tmp_path / "previous").resolve().name == "one"


def test_writing_the_same_release_again_keeps_the_previous_one(tmp_path: Path) -> None:
    for identity in ("one", "two", "two"):
        serve_release(tmp_path, identity, {REPORT: QUAD})
    assert (tmp_path / "previous").resolve().name == "one"


def test_a_failure_in_writing_leaves_what_is_served(tmp_path: Path) -> None:
    served = serve_release(tmp_path, "one", {REPORT: QUAD})
    broken = keep_files(tmp_path, REPORT, {"asserted.nq": QUAD}, BASE)
    broken.file("asserted.nq").write_text("this is no quad\n")
    with writing(tmp_path), pytest.raises(SyntaxError):
        manifest = manifest_of("two", "1", BASE, [broken])
        write(tmp_path, "two", lambda folder: fill(folder, manifest, served))
    assert current(tmp_path) == served
    assert [path.name for path in (tmp_path / "releases").iterdir()] == ["one"]


def test_two_builds_do_not_write_at_once(tmp_path: Path) -> None:
    with writing(tmp_path), pytest.raises(ReleaseError, match="another build"), writing(tmp_path):
        pass


def test_what_an_interrupted_build_left_is_removed(tmp_path: Path) -> None:
    left = tmp_path / "releases" / ".unfinished-abc" / "store"
    left.mkdir(parents=True)
    with writing(tmp_path):
        assert not left.parent.exists()


def test_a_folder_without_release_has_no_current_one(tmp_path: Path) -> None:
    assert current(tmp_path) is None


def test_a_broken_release_is_an_error_that_names_it(tmp_path: Path) -> None:
    release = serve_release(tmp_path, "one", {REPORT: QUAD})
    (release.folder / "release.json").write_text("{")
    with pytest.raises(ReleaseError, match="one"):
        current(tmp_path)


@pytest.fixture(scope="module")
def read_samples(samples: list[Path]) -> Readings:
    """Both samples, read at once."""
    return read(samples, jobs=2)


@pytest.fixture(scope="module")
def at_once(read_samples: Readings, tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Both samples, published at once."""
    return publish(read_samples, tmp_path_factory.mktemp("data"))


@pytest.fixture
def release(at_once: Published) -> Iterator[Release]:
    assert at_once.release is not None, at_once.outcomes
    yield at_once.release


@pytest.fixture(scope="module")
def alone(read_samples: Readings, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The earlier sample, published alone."""
    return served(publish(read_samples[:1], tmp_path_factory.mktemp("data")))


@pytest.fixture(scope="module")
def elsewhere(read_samples: Readings, tmp_path_factory: pytest.TempPathFactory) -> Release:
    """The same at another base."""
    return served(publish(read_samples[:1], tmp_path_factory.mktemp("data"), ELSEWHERE))


def served(published: Published) -> Release:
    assert published.release is not None, published.outcomes
    return published.release


def copied(release: Release, data: Path) -> Path:
    """A copy of the data folder of a release."""
    return shutil.copytree(release.folder.parents[1], data, symlinks=True, dirs_exist_ok=True)


def test_two_builds_of_the_same_reports_are_identical(release: Release, read_samples: Readings, tmp_path: Path) -> None:
    again = publish(read_samples, tmp_path).release
    assert again is not None
    assert contents(again) == contents(release)
    assert counted(again) == counted(release)


def test_reports_published_before_stay_in_the_next_release(release: Release, published_data: Path) -> None:
    after = current(published_data)
    assert after is not None
    assert contents(after) == contents(release)
    assert counted(after) == counted(release)
    assert shown(after) == shown(release)


def test_a_release_can_move_to_another_base_and_take_reports_back(
    release: Release, elsewhere: Release, read_samples: Readings, tmp_path: Path
) -> None:
    after = publish(read_samples[1:], copied(elsewhere, tmp_path)).release
    assert after is not None
    assert contents(after) == contents(release)


def texts(release: Release) -> list[Path]:
    """All files of the parts of a release that are not compressed.

    But for the lists of links, which nobody is sent: they are compared with links as they are found, at the default base.
    """
    files = [path for part in release.manifest.parts.values() for path in part.folder.iterdir()]
    return [path for path in files if path.suffix not in (".gz", ".pack") and path.name != LIST]


def test_at_another_base_no_iri_keeps_the_default_one(elsewhere: Release) -> None:
    dumps = texts(elsewhere)
    assert not [path for path in dumps if f"<{BASE}".encode() in path.read_bytes()]


def test_at_another_base_no_literal_gives_the_default_one_as_its_address(elsewhere: Release) -> None:
    dumps = texts(elsewhere)
    assert not [path for path in dumps if f'"{BASE}'.encode() in path.read_bytes()]


def test_a_refused_report_publishes_nothing(alone: Release, samples: list[Path], tmp_path: Path) -> None:
    before = current(copied(alone, tmp_path))
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert build([samples[1], empty], tmp_path).release is None
    assert current(tmp_path) == before


def test_two_files_about_one_session_are_refused(samples: list[Path], tmp_path: Path) -> None:
    twin = tmp_path / "twin.txt"
    twin.write_bytes(samples[0].read_bytes())
    assert build([samples[0], twin], tmp_path / "data").release is None


def test_the_parts_of_a_release_have_the_default_base(elsewhere: Release) -> None:
    part = next(parts_of(elsewhere))
    assert ELSEWHERE not in part.files["asserted.nq"]


def test_dumps_are_sorted(release: Release) -> None:
    for dump in release.dumps().values():
        lines = dump.read_text(encoding="utf-8").splitlines()
        assert lines == sorted(lines), dump.name


def test_the_store_holds_the_quads_of_the_dumps_and_each_statement_once_more(release: Release) -> None:
    quads = {line for dump in release.dumps().values() for line in dump.read_text(encoding="utf-8").splitlines()}
    statements = {line[: line.rindex(" <")] for line in quads}
    assert len(Store.read_only(str(release.store))) == len(quads) + len(statements)


def test_the_record_counts_the_quads_of_each_graph(release: Release) -> None:
    for graph in release.manifest.graphs:
        assert graph.quads == release.manifest.file(graph.file).read_text(encoding="utf-8").count("\n")


def test_the_description_of_classes_counts_what_the_named_graphs_say_together(release: Release) -> None:
    store = Store.read_only(str(release.store))
    told = """PREFIX void: <http://rdfs.org/ns/void#>
        SELECT ?class ?property ?n { ?part void:class ?class ; void:propertyPartition ?inner .
          ?inner void:property ?property ; void:triples ?n . FILTER(CONTAINS(STR(?part), "dataset#class=")) }"""
    held = f"""SELECT ?class ?property (COUNT(*) AS ?n) {{ {{ SELECT DISTINCT ?s ?property ?o {{
        GRAPH ?g {{ ?s ?property ?o }} FILTER(?g != <{BASE}graph/release> && ?property != rdf:type) }} }} ?s a ?class }}
        GROUP BY ?class ?property"""
    counts = [
        {(str(row["class"]), str(row["property"])): int(row["n"].value) for row in store.query(query, prefixes=RDF)}
        for query in (told, held)
    ]
    languages = tuple(f"<{language}" for language in LANGUAGES)
    assert counts[0] == {pair: n for pair, n in counts[1].items() if not pair[0].startswith(languages)}
    assert len(counts[0]) > 100


def test_asserted_facts_stand_in_the_graph_of_their_report(release: Release) -> None:
    graphs = {graph.value for graph in Store.read_only(str(release.store)).named_graphs()}
    reports = {
        f"{BASE}graph/report/clcm/{session}{part}" for session in (12, 13) for part in ("", "/inferred", "/evidence")
    }
    own = {f"{BASE}graph/ontology", f"{BASE}graph/ontology/inferred", f"{BASE}graph/release"}
    links = {f"{BASE}graph/links{part}" for part in ("", "/inferred", "/evidence")}
    assert graphs == own | reports | links | {f"{BASE}graph/similar"}


def test_a_removed_report_leaves_the_release_that_was_without_it(
    release: Release, alone: Release, tmp_path: Path
) -> None:
    left = remove(["report/clcm/13"], copied(release, tmp_path))
    assert contents(left) == contents(alone)
    assert counted(left) == counted(alone)
    assert shown(left) == shown(alone)


def test_a_report_that_is_not_held_cannot_be_removed_nor_can_the_last(alone: Release, tmp_path: Path) -> None:
    before = current(copied(alone, tmp_path))
    with pytest.raises(ReleaseError, match="does not hold report/clcm/13"):
        remove(["report/clcm/13"], tmp_path)
    with pytest.raises(ReleaseError, match="one document at least"):
        remove(["report/clcm/12"], tmp_path)
    assert current(tmp_path) == before


def as_it_was_written_before_there_were_parts(release: Release, data: Path) -> None:
    """The release in another data folder, whole, as the program once wrote it."""
    folder = data / "releases" / release.id
    shutil.copytree(release.store, folder / "store")
    graphs = []
    for graph in release.manifest.graphs:
        part = path_of(graph.file)
        own = "/" not in part and graph.file.endswith("/asserted.nq")
        file = f"dumps/{part}.nq" if own else graph.file
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(release.manifest.file(graph.file), folder / file)
        graphs.append({**asdict(graph), "file": file})
    for report in release.manifest.reports:
        for name in ("report.json", "coverage.json", "validation.ttl"):
            shutil.copyfile(report.file(name), folder / "dumps" / report.path / name)
    record = {"id": release.id, "version": "0.1.0", "base": release.base, "graphs": graphs}
    record["reports"] = [report.record for report in release.manifest.reports]
    (folder / "release.json").write_text(json.dumps(record), encoding="utf-8")
    (data / "current").symlink_to(Path("releases") / release.id)


def test_a_release_that_was_written_before_there_were_parts_is_grown_from(
    release: Release, alone: Release, read_samples: Readings, tmp_path: Path
) -> None:
    as_it_was_written_before_there_were_parts(alone, tmp_path / "data")
    after = publish(read_samples[1:], tmp_path / "data").release
    assert after is not None
    assert contents(after) == contents(release)
    assert [change.unit for change in History(tmp_path / "data").newest(1)[0].changes] == [
        "links",
        "release",
        "report/clcm/13",
        "similar",
    ]
