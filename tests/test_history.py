"""What is kept of releases that are not served any more: when, what changed, what is gone."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.terms import BASE
from server.publishing import history as history_module
from server.publishing.gone import Gone, look_up
from server.publishing.history import Change, History, following
from server.publishing.release import current, prune, serve, writing
from tests.releases import named, serve_release

ONE, TWO = "report/clcm/12", "report/clcm/13"
FIRST = named(f"{ONE}/paragraph/1", "Paragraph 1")
SECOND = named(f"{ONE}/paragraph/2", "Paragraph 2")
OTHER = named(f"{TWO}/paragraph/1", "Paragraph 1", TWO)


def test_a_folder_without_release_has_no_history(tmp_path: Path) -> None:
    assert (len(History(tmp_path)), History(tmp_path).newest(5)) == (0, [])


def test_the_first_publication_adds_everything(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST, TWO: OTHER})
    (entry,) = History(tmp_path).newest(5)
    assert entry.changes == (Change(ONE, "added", 2, 0), Change(TWO, "added", 2, 0))


def test_what_changed_is_counted_by_report(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST, TWO: OTHER})
    serve_release(tmp_path, "b", {ONE: SECOND + FIRST.replace("Paragraph 1", "First")})
    assert History(tmp_path).newest(1)[0].changes == (Change(ONE, "changed", 3, 1), Change(TWO, "removed", 0, 2))


def test_a_report_that_stays_as_it_was_is_no_change(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST})
    serve_release(tmp_path, "b", {ONE: FIRST, TWO: OTHER})
    assert History(tmp_path).newest(1)[0].changes == (Change(TWO, "added", 2, 0),)


def test_the_moment_of_publication_is_that_of_the_link(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST})
    assert History(tmp_path).newest(1)[0].published == (tmp_path / "current").lstat().st_mtime


def test_each_publication_is_later_than_the_one_before(tmp_path: Path) -> None:
    for identity in ("a", "b", "c"):
        serve_release(tmp_path, identity, {ONE: named(f"{ONE}/paragraph/{identity}", identity)})
    moments = [entry.published for entry in History(tmp_path).newest(3)]
    assert moments[0] > moments[1] > moments[2]


def test_serving_the_same_release_again_is_no_publication(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST})
    serve_release(tmp_path, "a", {ONE: FIRST})
    assert len(History(tmp_path)) == 1


def test_going_back_is_a_publication_of_its_own(tmp_path: Path) -> None:
    first = serve_release(tmp_path, "a", {ONE: FIRST})
    serve_release(tmp_path, "b", {ONE: FIRST + SECOND})
    with writing(tmp_path):
        serve(tmp_path, first.folder)
    newest = History(tmp_path).newest(1)[0]
    assert (newest.number, newest.release, newest.changes) == (3, "a", (Change(ONE, "changed", 0, 2),))


def test_a_folder_that_served_before_it_kept_a_history_begins_with_what_it_serves(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST})
    (tmp_path / "history" / "000001.json").unlink()
    serve_release(tmp_path, "b", {ONE: FIRST, TWO: OTHER})
    assert [entry.release for entry in History(tmp_path).newest(5)] == ["b", "a"]


def test_a_publication_that_was_interrupted_does_not_count(tmp_path: Path) -> None:
    first = serve_release(tmp_path, "a", {ONE: FIRST})
    interrupted = replace(following(tmp_path, first.folder, first.folder, 0), release="b")
    History(tmp_path).append(interrupted)
    assert [entry.release for entry in History(tmp_path).newest(5)] == ["a"]
    serve_release(tmp_path, "c", {ONE: SECOND})
    assert [(entry.number, entry.release) for entry in History(tmp_path).newest(5)] == [(2, "c"), (1, "a")]


def test_old_releases_go_and_their_history_stays(tmp_path: Path) -> None:
    for identity in ("a", "b", "c", "d"):
        serve_release(tmp_path, identity, {ONE: named(f"{ONE}/paragraph/{identity}", identity)})
    with writing(tmp_path):
        prune(tmp_path, 3)
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["b", "c", "d"]
    assert len(History(tmp_path)) == 4


def test_the_current_and_the_previous_release_always_stay(tmp_path: Path) -> None:
    for identity in ("a", "b", "c"):
        serve_release(tmp_path, identity, {ONE: named(f"{ONE}/paragraph/{identity}", identity)})
    with writing(tmp_path):
        prune(tmp_path, 1)
    assert sorted(path.name for path in (tmp_path / "releases").iterdir()) == ["b", "c"]
    assert current(tmp_path) is not None


def test_what_an_earlier_release_had_is_gone_since_the_next(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST + SECOND})
    serve_release(tmp_path, "b", {ONE: FIRST})
    assert look_up(tmp_path, f"{ONE}/paragraph/2") == Gone(f"{ONE}/paragraph/2", "", 2)


@pytest.mark.parametrize("path", [f"{ONE}/paragraph/1", f"{ONE}/paragraph/3", "", "zzz", f"{ONE}/paragraph/22"])
def test_what_is_there_or_never_was_is_not_gone(tmp_path: Path, path: str) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST + SECOND})
    serve_release(tmp_path, "b", {ONE: FIRST})
    assert look_up(tmp_path, path) is None


def test_a_thing_of_the_same_label_and_class_replaces_the_one_that_went(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST + SECOND})
    serve_release(tmp_path, "b", {ONE: FIRST + named(f"{ONE}/paragraph/02", "Paragraph 2")})
    assert look_up(tmp_path, f"{ONE}/paragraph/2") == Gone(f"{ONE}/paragraph/2", f"{ONE}/paragraph/02", 2)


def test_two_things_of_the_same_label_replace_nothing(tmp_path: Path) -> None:
    serve_release(tmp_path, "a", {ONE: FIRST})
    twice = named(f"{ONE}/paragraph/01", "Paragraph 1") + named(f"{ONE}/paragraph/001", "Paragraph 1")
    serve_release(tmp_path, "b", {ONE: twice})
    assert look_up(tmp_path, f"{ONE}/paragraph/1") == Gone(f"{ONE}/paragraph/1", "", 2)


def test_what_came_back_leaves_the_list_when_its_report_changes_again(tmp_path: Path) -> None:
    for identity, quads in (("a", FIRST + SECOND), ("b", FIRST), ("c", FIRST + SECOND), ("d", SECOND)):
        serve_release(tmp_path, identity, {ONE: quads})
    assert look_up(tmp_path, f"{ONE}/paragraph/2") is None
    assert look_up(tmp_path, f"{ONE}/paragraph/1") == Gone(f"{ONE}/paragraph/1", "", 4)


@given(st.sets(st.text(alphabet="ab/é1", min_size=1), max_size=30), st.text(alphabet="ab/é1", min_size=1))
def test_every_line_of_the_list_is_found_and_no_other(
    tmp_path_factory: pytest.TempPathFactory, paths: set[str], asked: str
) -> None:
    data = tmp_path_factory.mktemp("data")
    (data / history_module.FOLDER).mkdir()
    ordered = sorted(paths, key=lambda path: path.encode())
    text = "".join(f"{path}\t\t{number}\n" for number, path in enumerate(ordered))
    (data / history_module.FOLDER / "gone.txt").write_text(text, encoding="utf-8")
    assert [look_up(data, path) for path in ordered] == [Gone(path, "", n) for n, path in enumerate(ordered)]
    assert (look_up(data, asked) is not None) == (asked in paths)


def test_a_release_with_another_ontology_follows_one_whose_axioms_hold_blank_nodes(tmp_path: Path) -> None:
    axiom = f"<{BASE}def/recalls> <http://www.w3.org/2002/07/owl#propertyChainAxiom> _:c14n1 <{BASE}graph/{ONE}> .\n"
    serve_release(tmp_path, "a", {ONE: FIRST + SECOND + axiom})
    serve_release(tmp_path, "b", {ONE: FIRST})
    assert look_up(tmp_path, f"{ONE}/paragraph/2") == Gone(f"{ONE}/paragraph/2", "", 2)
