"""IRIs that an earlier release had and the current one has not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from ontology.terms import BASE
from server.app import create_app
from server.publish import build
from server.settings import Settings
from tests.extraction import COVER
from tests.releases import named, serve_release

ONE = "report/clcm/12"
REPORT = named(ONE, "Report on the twelfth session", kind="Report")
PARAGRAPHS = {n: named(f"{ONE}/paragraph/{n}", f"Paragraph {n}") for n in (1, 2, 3)}
RENAMED = named(f"{ONE}/paragraph/002", "Paragraph 2")


@pytest.fixture(scope="module")
def moved_on(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    data = tmp_path_factory.mktemp("data")
    serve_release(data, "a", {ONE: REPORT + "".join(PARAGRAPHS.values())})
    serve_release(data, "b", {ONE: REPORT + PARAGRAPHS[1] + RENAMED})
    app = create_app(Settings(data=data))
    with app.test_client() as client:
        yield client
    app.extensions["current"].close()


def test_what_is_there_is_not_gone(moved_on: FlaskClient) -> None:
    assert moved_on.get(f"/{ONE}/paragraph/1").status_code == 303


def test_what_comes_back_is_not_gone_any_more(tmp_path: Path) -> None:
    for identity, quads in (("a", PARAGRAPHS[1] + PARAGRAPHS[2]), ("b", PARAGRAPHS[1]), ("c", PARAGRAPHS[2])):
        serve_release(tmp_path, identity, {ONE: REPORT + quads})
    app = create_app(Settings(data=tmp_path))
    with app.test_client() as client:
        answers = [client.get(f"/{ONE}/paragraph/{number}").status_code for number in (1, 2)]
    app.extensions["current"].close()
    assert answers == [410, 303]


@pytest.mark.parametrize("suffix", ["", ".ttl", ".html", ".nq"])
def test_what_was_there_is_gone_and_its_successor_named(moved_on: FlaskClient, suffix: str) -> None:
    answer = moved_on.get(f"/{ONE}/paragraph/2{suffix}")
    assert (answer.status_code, answer.get_json(force=True)["isReplacedBy"]) == (410, f"{BASE}{ONE}/paragraph/002")
    assert answer.headers["Link"] == f'<{BASE}{ONE}/paragraph/002>; rel="successor-version"'


def test_without_a_successor_the_thing_around_it_is_named(moved_on: FlaskClient) -> None:
    answer = moved_on.get(f"/{ONE}/paragraph/3")
    assert (answer.status_code, answer.headers["Link"]) == (410, f'<{BASE}{ONE}>; rel="up"')
    assert "release b" in answer.get_json(force=True)["detail"]


@pytest.mark.parametrize("address", [f"{ONE}/paragraph/2/", "REPORT/CLCM/12/paragraph/2", f"en/{ONE}/paragraph/2.ttl"])
def test_what_is_gone_is_known_by_its_variants_too(moved_on: FlaskClient, address: str) -> None:
    answer = moved_on.get(f"/{address}")
    assert (answer.status_code, answer.get_json(force=True)["isReplacedBy"]) == (410, f"{BASE}{ONE}/paragraph/002")


def test_what_never_was_is_not_found(moved_on: FlaskClient) -> None:
    assert moved_on.get(f"/{ONE}/paragraph/4").status_code == 404


def test_people_get_a_page_that_leads_on(moved_on: FlaskClient) -> None:
    page = moved_on.get(f"/{ONE}/paragraph/2", headers={"Accept": "text/html"})
    assert (page.status_code, f'href="/{ONE}/paragraph/002"' in page.text) == (410, True)


@pytest.mark.parametrize("suffix", ["", ".ttl"])
def test_a_release_of_the_past_leads_to_its_history(moved_on: FlaskClient, suffix: str) -> None:
    answer = moved_on.get(f"/release/a{suffix}")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/releases/a")


UNNUMBERED = """Chapter IV

General debate

At its 1st meeting, on 7 March 2022, the Commission considered agenda item 3.

At the same meeting, the representative of Chad and the observer for Malta made statements.

The Commission took note of the following documents:

(a) Report on the towers (E/CN.99/2022/2);

(b) Note on the tides (E/CN.99/2022/3).
"""
NUMBERED = (
    UNNUMBERED.replace("At its", "1. At its").replace("At the same", "2. At the same").replace("The Com", "3. The Com")
)


@pytest.fixture(scope="module")
def numbers_came(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A report published without its numbers first, then from a file that has them."""
    data = tmp_path_factory.mktemp("data")
    for name, text in (("unnumbered.txt", UNNUMBERED), ("numbered.txt", NUMBERED)):
        file = tmp_path_factory.mktemp("reports") / name
        file.write_text(COVER + text, encoding="utf-8")
        assert build([file], data).release is not None
    app = create_app(Settings(data=data))
    with app.test_client() as client:
        yield client
    app.extensions["current"].close()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (f"{ONE}/chapter/4/position/1", f"{ONE}/paragraph/1"),
        (f"{ONE}/chapter/4/position/2.ttl", f"{ONE}/paragraph/2.ttl"),
        (f"{ONE}/chapter/4/position/2?format=ttl", f"{ONE}/paragraph/2?format=ttl"),
        ("statement/clcm/12/chapter/4/position/2/1", "statement/clcm/12/2/1"),
        ("evidence/statement/clcm/12/chapter/4/position/2/2", "evidence/statement/clcm/12/2/2"),
    ],
)
def test_an_address_by_position_leads_to_the_number_that_came_later(
    numbers_came: FlaskClient, old: str, new: str
) -> None:
    answer = numbers_came.get(f"/{old}")
    assert (answer.status_code, answer.headers["Location"]) == (301, f"/{new}")
    assert numbers_came.get(f"/{new}").status_code in (200, 303)


def test_an_address_by_position_that_never_was_is_not_found(numbers_came: FlaskClient) -> None:
    assert numbers_came.get(f"/{ONE}/chapter/4/position/9").status_code == 404
