"""Releases on disk, and the road that makes them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from ontology.terms import BASE
from server.publish import Published, build
from server.publishing.release import Release, ReleaseError, current, digest, moved, parts_of, rebase, write, writing

ELSEWHERE = "https://data.example.org/un/"
GRAPH = f"<{BASE}graph/release>"
QUAD = f'<{BASE}body/clcm> <{BASE}def/acronym> "CLCM" {GRAPH} .\n'


def files(identity: str, quads: str = QUAD) -> dict[str, str]:
    record = {"id": identity, "base": BASE, "reports": []}
    return {"dumps/release.nq": quads, "release.json": json.dumps(record)}


def contents(release: Release) -> dict[str, bytes]:
    """The files of a release except the index of its store."""
    paths = [path for path in release.folder.rglob("*") if path.is_file() and release.store not in path.parents]
    return {str(path.relative_to(release.folder)): path.read_bytes() for path in sorted(paths)}


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
    with writing(tmp_path):
        release = write(tmp_path, files("one"), "one")
    assert current(tmp_path) == release
    assert {graph.value for graph in Store.read_only(str(release.store)).named_graphs()} == {f"{BASE}graph/release"}


def test_the_release_before_is_kept(tmp_path: Path) -> None:
    with writing(tmp_path):
        write(tmp_path, files("one"), "one")
        write(tmp_path, files("two"), "two")
    assert (tmp_path / "previous").resolve().name == "one"


def test_writing_the_same_release_again_keeps_the_previous_one(tmp_path: Path) -> None:
    with writing(tmp_path):
        for identity in ("one", "two", "two"):
            write(tmp_path, files(identity), identity)
    assert (tmp_path / "previous").resolve().name == "one"


def test_a_failure_in_writing_leaves_what_is_served(tmp_path: Path) -> None:
    with writing(tmp_path):
        served = write(tmp_path, files("one"), "one")
        with pytest.raises(SyntaxError):
            write(tmp_path, files("two", "this is no quad\n"), "two")
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
    with writing(tmp_path):
        release = write(tmp_path, files("one"), "one")
    (release.folder / "release.json").write_text("{")
    with pytest.raises(ReleaseError, match="one"):
        current(tmp_path)


@pytest.fixture(scope="module")
def published(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Published:
    """Both samples, read at once."""
    return build(samples, tmp_path_factory.mktemp("data"), jobs=2)


@pytest.fixture
def release(published: Published) -> Iterator[Release]:
    assert published.release is not None, published.outcomes
    yield published.release


def test_two_builds_of_the_same_reports_are_identical(release: Release, samples: list[Path], tmp_path: Path) -> None:
    again = build(samples, tmp_path).release
    assert again is not None
    assert contents(again) == contents(release)


def test_reports_published_before_stay_in_the_next_release(
    release: Release, samples: list[Path], tmp_path: Path
) -> None:
    build(samples[:1], tmp_path)
    after = build(samples[1:], tmp_path).release
    assert after is not None
    assert contents(after) == contents(release)


def test_a_release_can_move_to_another_base_and_take_reports_back(
    release: Release, samples: list[Path], tmp_path: Path
) -> None:
    build(samples[:1], tmp_path, ELSEWHERE)
    after = build(samples[1:], tmp_path).release
    assert after is not None
    assert contents(after) == contents(release)


def test_at_another_base_no_iri_keeps_the_default_one(samples: list[Path], tmp_path: Path) -> None:
    moved_release = build(samples[:1], tmp_path, ELSEWHERE).release
    assert moved_release is not None
    dumps = [path for path in moved_release.dumps.rglob("*") if path.is_file()]
    assert not [path for path in dumps if f"<{BASE}".encode() in path.read_bytes()]


def test_at_another_base_no_literal_gives_the_default_one_as_its_address(samples: list[Path], tmp_path: Path) -> None:
    moved_release = build(samples[:1], tmp_path, ELSEWHERE).release
    assert moved_release is not None
    dumps = [path for path in moved_release.dumps.rglob("*") if path.is_file()]
    assert not [path for path in dumps if f'"{BASE}'.encode() in path.read_bytes()]


def test_a_refused_report_publishes_nothing(release: Release, samples: list[Path], tmp_path: Path) -> None:
    build(samples[:1], tmp_path)
    served = current(tmp_path)
    empty = tmp_path / "empty.txt"
    empty.write_text("")
    assert build([samples[1], empty], tmp_path).release is None
    assert current(tmp_path) == served


def test_two_files_about_one_session_are_refused(samples: list[Path], tmp_path: Path) -> None:
    twin = tmp_path / "twin.txt"
    twin.write_bytes(samples[0].read_bytes())
    assert build([samples[0], twin], tmp_path / "data").release is None


def test_the_parts_of_a_release_have_the_default_base(samples: list[Path], tmp_path: Path) -> None:
    moved_release = build(samples[:1], tmp_path, ELSEWHERE).release
    assert moved_release is not None
    part = next(parts_of(moved_release))
    assert ELSEWHERE not in part.files["asserted.nq"]


def test_dumps_are_sorted(release: Release) -> None:
    for dump in release.dumps.rglob("*.nq"):
        lines = dump.read_text(encoding="utf-8").splitlines()
        assert lines == sorted(lines), dump.name


def test_the_store_holds_the_quads_of_the_dumps_and_each_statement_once_more(release: Release) -> None:
    quads = {line for dump in release.dumps.rglob("*.nq") for line in dump.read_text(encoding="utf-8").splitlines()}
    statements = {line[: line.rindex(" <")] for line in quads}
    assert len(Store.read_only(str(release.store))) == len(quads) + len(statements)


def test_the_record_counts_the_quads_of_each_graph(release: Release) -> None:
    record = json.loads((release.folder / "release.json").read_text(encoding="utf-8"))
    for graph in record["graphs"]:
        assert graph["quads"] == (release.folder / graph["file"]).read_text(encoding="utf-8").count("\n")


def test_asserted_facts_stand_in_the_graph_of_their_report(release: Release) -> None:
    graphs = {graph.value for graph in Store.read_only(str(release.store)).named_graphs()}
    reports = {
        f"{BASE}graph/report/clcm/{session}{part}" for session in (12, 13) for part in ("", "/inferred", "/evidence")
    }
    own = {f"{BASE}graph/ontology", f"{BASE}graph/ontology/inferred", f"{BASE}graph/release"}
    links = {f"{BASE}graph/links{part}" for part in ("", "/inferred", "/evidence")}
    assert graphs == own | reports | links
