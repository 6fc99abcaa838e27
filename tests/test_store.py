"""The door to the graph, and the release that is served."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from server.current import Current, NoReleaseError
from server.settings import Settings
from server.store import EmbeddedStore, StoreError
from server.things import description_page, labels_of, natural
from tests.serving import BASE, TEXT, write_release

RESOLUTION = ox.NamedNode(BASE + TEXT)


@pytest.fixture(scope="module")
def store(commission_data: Path) -> EmbeddedStore:
    return EmbeddedStore(commission_data / "current" / "store")


def test_a_select_sees_all_graphs_together(store: EmbeddedStore) -> None:
    rows = store.select(f"SELECT ?place {{ {RESOLUTION} <{BASE}def/recalls> ?work . ?s <{BASE}def/place> ?place }}")
    assert [row["place"] for row in rows] == [ox.Literal("Vienna")]


def test_a_variable_without_value_is_absent_from_its_row(store: EmbeddedStore) -> None:
    rows = store.select(f"SELECT ?this ?no {{ BIND({RESOLUTION} AS ?this) OPTIONAL {{ ?this <urn:no> ?no }} }}")
    assert rows == [{"this": RESOLUTION}]


def test_an_ask_is_true_or_false(store: EmbeddedStore) -> None:
    assert store.ask(f"ASK {{ {RESOLUTION} ?p ?o }}") and not store.ask("ASK { <urn:no> ?p ?o }")


def test_a_construct_gives_triples(store: EmbeddedStore) -> None:
    assert all(isinstance(triple, ox.Triple) for triple in store.construct(f"DESCRIBE {RESOLUTION}"))


@pytest.mark.parametrize(
    "thing",
    [TEXT, "graph/report/clcm/12", "def/recalls", "def/conditional", "verb/recall", "document/A/RES/57/270%20B"],
)
def test_subjects_objects_properties_and_graphs_are_known(store: EmbeddedStore, thing: str) -> None:
    assert store.knows(ox.NamedNode(BASE + thing))


def test_what_is_not_in_the_graph_is_not_known(store: EmbeddedStore) -> None:
    assert not store.knows(ox.NamedNode(f"{BASE}text/clcm/99"))


def test_pages_of_what_points_to_a_thing_do_not_overlap(store: EmbeddedStore) -> None:
    session = ox.NamedNode(f"{BASE}session/clcm/12")
    every = store.quads_to(session, 100)
    pages = [quad for page in range(len(every)) for quad in store.quads_to(session, 1, page)]
    assert len(every) >= 3 and pages == every


def test_a_store_that_is_not_there_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nowhere"):
        EmbeddedStore(tmp_path / "nowhere")


def test_a_description_leaves_evidence_out(store: EmbeddedStore) -> None:
    page = description_page(store, RESOLUTION)
    assert page
    graphs = {quad.graph_name for quad in page.quads}
    assert ox.NamedNode(f"{BASE}graph/report/clcm/12/evidence") not in graphs


def test_english_labels_come_before_others(store: EmbeddedStore) -> None:
    france = ox.NamedNode(f"{BASE}state/FRA")
    assert labels_of(store, [france]) == {france.value: "France"}


def test_numbers_in_names_are_sorted_as_numbers() -> None:
    assert sorted(["note 10", "note 9", "note 9 a"], key=natural) == ["note 9", "note 9 a", "note 10"]


def test_without_a_release_there_is_nothing_to_serve(tmp_path: Path) -> None:
    with pytest.raises(NoReleaseError):
        Current(Settings(data=tmp_path)).release()


def test_a_new_release_is_noticed_and_the_old_one_still_answers_who_began_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.current.LOOK_AGAIN", 0.0)
    write_release(tmp_path, "one")
    current = Current(Settings(data=tmp_path))
    before = current.release()
    write_release(tmp_path, "two")
    after = current.release()
    assert (before.id, after.id, before.store.knows(RESOLUTION)) == ("one", "two", True)


def test_a_release_whose_folder_was_taken_away_is_served_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.current.LOOK_AGAIN", 0.0)
    folder = write_release(tmp_path, "one")
    current = Current(Settings(data=tmp_path))
    current.release()
    shutil.rmtree(folder)
    assert current.release().store.knows(RESOLUTION)
