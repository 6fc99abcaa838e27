"""Addresses that lead nowhere, and searches that find nothing, lead on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.search.keys import initials
from server.search.near import last_words
from server.settings import Settings
from tests.serving import write_release

HTML = {"Accept": "text/html"}


@pytest.fixture
def without_index(tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of a release that cannot be searched."""
    write_release(tmp_path)
    app = create_app(Settings(data=tmp_path))
    with app.test_client() as client:
        yield client
    app.extensions["current"].close()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/state/viet-nam.html", "viet nam"),
        ("/state/C%C3%B4te_d'Ivoire", "Côte d'Ivoire"),
        ("/document/A/RES/76/9999.ttl", "A/RES/76/9999"),
        ("/text/clcm/12/resolution/9", "clcm 12 resolution 9"),
        ("/lighthouses", "lighthouses"),
        ("/", ""),
    ],
)
def test_the_last_words_of_an_address_are_those_a_person_would_type(path: str, words: str) -> None:
    assert last_words(path) == words


def test_a_page_not_found_offers_a_search_for_the_last_words(site: FlaskClient) -> None:
    answer = site.get("/state/Germny", headers=HTML)
    assert answer.status_code == 404
    assert 'value="Germny"' in answer.text
    assert answer.text.count('role="search"') == 1


def test_a_page_not_found_names_what_is_called_nearly_so(site: FlaskClient) -> None:
    page = site.get("/state/Germny", headers=HTML).text
    assert "Was one of these meant?" in page
    assert '<a href="/state/DEU">Germany</a>' in page


def test_a_question_not_found_names_questions_like_it(site: FlaskClient) -> None:
    assert '<a href="/questions/sponsors-ranked">' in site.get("/questions/sponsor-ranked", headers=HTML).text


def test_a_page_not_found_leads_to_what_it_would_be_part_of(site: FlaskClient) -> None:
    page = site.get("/text/clcm/12/resolution/99", headers=HTML).text
    assert 'It would be part of: <a href="/report/clcm/12">' in page


@pytest.mark.parametrize(
    "hostile", ["/<script>alert(1)</script>", "/%00", "/" + "a" * 5000, "/%F0%9F", "//", "/state/"]
)
def test_no_address_breaks_the_page_that_says_it_leads_nowhere(site: FlaskClient, hostile: str) -> None:
    answer = site.get(hostile, headers=HTML)
    assert answer.status_code in (308, 404)
    assert "<script>" not in answer.text


def test_a_program_is_told_no_more_than_before(site: FlaskClient) -> None:
    answer = site.get("/state/Germny", headers={"Accept": "application/json"})
    assert sorted(answer.get_json(force=True)) == ["detail", "instance", "status", "title", "type"]


def test_without_an_index_the_page_says_what_it_can(without_index: FlaskClient) -> None:
    answer = without_index.get("/state/Germny", headers=HTML)
    assert answer.status_code == 404
    assert "Was one of these meant?" not in answer.text


def test_a_search_that_finds_nothing_names_what_is_called_nearly_so(site: FlaskClient) -> None:
    page = site.get("/search?q=Germny", headers=HTML).text
    assert 'Was one of these meant? <a href="/state/DEU">Germany</a>' in page


@pytest.mark.parametrize(
    ("name", "short"),
    [("General Assembly", "GA"), ("Security Council", "SC"), ("Commission on Lighthouses", ""), ("Assembly", "")],
)
def test_a_principal_organ_is_known_by_its_initials(name: str, short: str) -> None:
    assert initials(name) == short


def test_the_initials_of_an_organ_lead_the_state_whose_code_they_are(site: FlaskClient) -> None:
    found = [one["title"] for one in site.get("/search.json?q=GA").get_json()["results"]]
    assert found[:2] == ["General Assembly", "Gabon"]


def test_a_name_that_the_data_of_states_do_not_hold_finds_no_state(site: FlaskClient) -> None:
    found = site.get("/search.json?q=Deutschland").get_json()["results"]
    assert "State" not in {one["kind"] for one in found}
