"""The home page: what a person meets first."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from server.pages.front import in_days
from server.questions import chosen, parse
from tests.published import Place
from tests.visits import names_on_bars


@pytest.fixture(scope="module")
def home(site: FlaskClient) -> str:
    return site.get("/", headers={"Accept": "text/html"}).text


def _section(home: str, name: str) -> str:
    return home[home.index(f'aria-labelledby="{name}-heading"') :].partition("</section>")[0]


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2024, 5, 13), date(2024, 5, 17), "13 to 17 May 2024"),
        (date(2024, 5, 17), date(2024, 5, 17), "17 May 2024"),
        (date(2024, 4, 29), date(2024, 5, 3), "29 April to 3 May 2024"),
        (date(2023, 12, 8), date(2024, 5, 17), "8 December 2023 to 17 May 2024"),
    ],
)
def test_days_are_said_as_a_person_says_them(first: date, last: date, words: str) -> None:
    assert in_days(first, last) == words


def test_it_says_in_two_sentences_what_this_is(home: str) -> None:
    intro = re.search(r'<p class="intro">(.*?)</p>', home)
    assert intro is not None
    assert len(re.findall(r"[.](?= |$)", intro[1])) == 2


def test_the_sessions_stand_under_their_body_the_newest_first(home: str) -> None:
    section = _section(home, "sittings")
    assert re.findall(r'href="/(session/clcm/\d+)"', section) == ["session/clcm/13", "session/clcm/12"]
    assert section.count("Commission on Lighthouses and Coastal Memory") == 1
    assert "to 10 March 2023" in section and 'href="/report/clcm/13">E/2023/199' in section


def test_the_newest_texts_say_in_small_print_what_they_are(home: str) -> None:
    section = _section(home, "newest")
    assert ">Lamp registers and the rising sea</a><small>Resolution 13/1, 13th session" in section


def test_the_questions_to_begin_with_are_those_that_are_marked(home: str) -> None:
    section = _section(home, "questions")
    assert re.findall(r'href="/questions/([a-z-]+)"', section) == [entry.name for entry in chosen()]
    places = [entry.home for entry in chosen()]
    assert places == list(range(1, len(places) + 1))


def test_a_mark_in_a_query_file_chooses_a_question() -> None:
    assert parse("a", "# title: A\n# home: 3\nSELECT * {}").home == 3
    assert parse("a", "# title: A\nSELECT * {}").home == 0


@pytest.mark.parametrize("path", ["sparql", "dumps", "dataset", "def/", "texts.atom", "releases.atom", "reconcile"])
def test_it_leads_to_what_is_there_for_machines(home: str, path: str) -> None:
    assert f'href="/{path}"' in _section(home, "programs")


@pytest.mark.parametrize(("width", "height"), [(1280, 900), (1280, 720)])
def test_the_pictures_begin_on_the_first_screen_beside_each_other(
    page: Page, place: Place, width: int, height: int
) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(place.address)
    tops = page.evaluate(
        "[...document.querySelectorAll('.three .drawing')].map(one => one.getBoundingClientRect().top)"
    )
    assert len(tops) == 3
    assert max(tops) < height


def test_a_phone_shows_what_this_is_and_the_search_on_its_first_screen(page: Page, place: Place) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(place.address)
    assert page.evaluate("document.querySelector('.find').getBoundingClientRect().bottom") < 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [320, 360, 390, 600, 768, 900, 1000, 1060, 1280, 1440])
@pytest.mark.parametrize("path", ["", "session/clcm/12.html"])
def test_no_name_reaches_a_bar_at_any_width(page: Page, place: Place, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{place.address}{path}")
    assert page.evaluate("document.querySelectorAll('.drawing').length") > 2
    assert names_on_bars(page) == []
