"""The home page: what a person meets first."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page, expect

from server.app import create_app
from server.pages.dates import in_days, parts_in_days
from server.questions import chosen, parse
from server.settings import Settings
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
        (date(2024, 5, 13), date(2024, 5, 17), "13–17 May 2024"),
        (date(2024, 5, 17), date(2024, 5, 17), "17 May 2024"),
        (date(2024, 4, 29), date(2024, 5, 3), "29 April – 3 May 2024"),
        (date(2023, 12, 8), date(2024, 5, 17), "8 December 2023 – 17 May 2024"),
    ],
)
def test_days_are_said_as_a_person_says_them(first: date, last: date, words: str) -> None:
    assert in_days(first, last) == words


def test_the_parts_of_a_session_are_said_as_its_cover_says_them() -> None:
    assert parts_in_days("2024-05-13/2024-05-17 2023-12-08/2023-12-08") == "8 December 2023 and 13–17 May 2024"
    assert parts_in_days("") == ""


def test_it_says_in_two_sentences_what_this_is(home: str) -> None:
    intro = re.search(r'<p class="intro">(.*?)</p>', home)
    assert intro is not None
    assert len(re.findall(r"[.](?= |$)", intro[1])) == 2


def test_the_sessions_stand_under_their_body_the_newest_first(home: str) -> None:
    section = _section(home, "sittings")
    assert re.findall(r'href="/(session/clcm/\d+)"', section) == ["session/clcm/13", "session/clcm/12"]
    assert section.count("Commission on Lighthouses and Coastal Memory") == 1
    assert "6–10 March 2023 ·" in section and 'href="/report/clcm/13">E/2023/199' in section


def test_the_newest_texts_say_in_small_print_what_they_are(home: str) -> None:
    section = _section(home, "newest")
    assert ">Lamp registers and the rising sea</a><small>Resolution 13/1, 13th session" in section


def test_the_questions_to_begin_with_are_those_that_are_marked(home: str) -> None:
    section = _section(home, "questions")
    assert re.findall(r'href="/questions/([a-z-]+)"', section) == [entry.name for entry in chosen()][:5]
    places = [entry.home for entry in chosen()]
    assert places == list(range(1, len(places) + 1))


def test_a_mark_in_a_query_file_chooses_a_question() -> None:
    assert parse("a", "# title: A\n# home: 3\nSELECT * {}").home == 3
    assert parse("a", "# title: A\nSELECT * {}").home == 0


@pytest.mark.parametrize("path", ["sparql", "dumps", "dataset", "def/", "texts.atom", "releases.atom", "reconcile"])
def test_it_leads_to_what_is_there_for_machines(home: str, path: str) -> None:
    assert f'href="/{path}"' in _section(home, "programs")


def test_it_counts_what_is_held(home: str) -> None:
    figures = home.partition('<ul class="figures"')[2].partition("</ul>")[0]
    assert re.search(r"<strong>2</strong> sessions", figures) and re.search(
        r"<strong>\d\d+</strong> statements", figures
    )


def test_it_shows_a_paragraph_with_its_margin_and_the_words_it_was_read_from(home: str) -> None:
    example = _section(home, "example")
    assert "asks" in example and "<mark>" in example and 'class="label"' in example


@pytest.mark.parametrize("path", ["about", "accuracy", "contact", "how-to-cite"])
def test_it_says_whose_it_is_and_why_to_trust_it(home: str, path: str) -> None:
    assert f'href="/{path}"' in _section(home, "trust")


def test_each_door_opens_in_one_step(page: Page, place: Place) -> None:
    page.goto(place.address)
    page.get_by_label("State").select_option("Peru")
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Peru")
    for name in ("Sessions", "States", "Bodies", "Questions", "Data"):
        page.get_by_role("navigation", name="Main").get_by_role("link", name=name).click()
        expect(page.get_by_role("navigation", name="Main").get_by_role("link", name=name)).to_have_attribute(
            "aria-current", "page"
        )


@pytest.mark.parametrize("path", ["sessions", "states", "bodies"])
def test_a_list_leads_to_each_thing_with_its_counts(site: FlaskClient, path: str) -> None:
    page = site.get(f"/{path}").text
    lists = {
        "sessions": r'href="/session/clcm/13">13th session</a></td><td>.*?2023',
        "states": r'href="/state/PER">Peru</a> <span class="count">\d+ drafts?, \d+ statements?',
        "bodies": r'href="/body/clcm">.*?</td><td class="number">2</td>',
    }
    assert re.search(lists[path], page, re.DOTALL)


def test_who_answers_for_the_site_and_how_they_are_reached_is_a_setting(published_data: Path) -> None:
    said = Settings(data=published_data, publisher="Lighthouse Library", contact="keeper@example.org", query_workers=1)
    app = create_app(said)
    assert 'href="mailto:keeper@example.org"' in app.test_client().get("/contact").text
    assert "Lighthouse Library" in app.test_client().get("/about").text
    app.extensions["current"].close()


def test_a_phone_shows_what_this_is_and_the_search_on_its_first_screen(page: Page, place: Place) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(place.address)
    assert page.evaluate("document.querySelector('.find').getBoundingClientRect().bottom") < 844
    assert page.evaluate("document.documentElement.scrollWidth") == 390


@pytest.mark.parametrize("width", [320, 390, 768, 1000, 1280])
def test_no_name_reaches_a_bar_at_any_width(page: Page, place: Place, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{place.address}session/clcm/12.html")
    assert page.evaluate("document.querySelectorAll('.drawing').length") > 2
    assert names_on_bars(page) == []
