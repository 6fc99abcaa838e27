"""A person walks through the citations around a text in a browser: by the keyboard, and without JavaScript by links."""

from __future__ import annotations

import os
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from server.packages import FOLDER
from tests.browsing import watch
from tests.published import Place

ADDRESS = "network?of=text/clcm/12/resolution/1"
GRAPH = "application"


@pytest.fixture
def installed() -> None:
    """The front-end packages are there; the tests are skipped where set-up could not install them."""
    if not list(FOLDER.glob("cytoscape-*/cytoscape.min.js")):
        if os.environ.get("RECALLING_REQUIRE_ENGINES"):
            pytest.fail("the front-end packages are not installed, and they are required here")
        pytest.skip("the front-end packages are not installed")


def _begin(page: Page, place: Place) -> None:
    page.goto(place.address + ADDRESS, wait_until="networkidle")
    page.get_by_role("button", name="Walk through the citations").press("Enter")
    expect(page.get_by_role(GRAPH)).to_be_focused()


def _walk(page: Page, place: Place) -> list[str]:
    """What is said at each node on a walk once around from the text."""
    _begin(page, place)
    said: list[str] = []
    while (now := page.locator("output").inner_text()) not in said:
        said.append(now)
        page.keyboard.press("ArrowRight")
    return said


@pytest.mark.usefixtures("installed")
def test_the_arrow_keys_reach_every_node_and_come_back(page: Page, place: Place) -> None:
    seen = watch(page)
    walked = _walk(page, place)
    answer = page.request.get(f"{place.address}{ADDRESS}&format=json").json()
    assert [said.rpartition(": ")[0] for said in walked] == [node["name"] for node in answer["nodes"]]
    assert (seen.said, seen.elsewhere(place.address)) == ([], [])


@pytest.mark.usefixtures("installed")
def test_plus_shows_the_citations_of_a_node_and_enter_opens_its_page(page: Page, place: Place) -> None:
    seen = watch(page)
    _begin(page, place)
    page.keyboard.press("ArrowRight")
    before = page.locator("output").inner_text()
    page.keyboard.press("+")
    expect(page.locator("output")).to_contain_text("more")
    assert page.locator("output").inner_text().startswith(before.rpartition(": ")[0])
    answer = page.request.get(f"{place.address}{ADDRESS}&format=json").json()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: "network" not in url)
    assert page.locator("h1").inner_text().lower().startswith(answer["nodes"][1]["name"].lower()[:20])
    assert (seen.said, seen.elsewhere(place.address)) == ([], [])


@pytest.mark.usefixtures("installed")
def test_a_verb_narrows_the_network(page: Page, place: Place) -> None:
    _begin(page, place)
    answer = page.request.get(f"{place.address}{ADDRESS}&format=json").json()
    verb = answer["edges"][0]["relation"]
    page.get_by_label("Joined by").select_option(verb)
    number = sum(edge["relation"] == verb for edge in answer["edges"])
    expect(page.locator("output")).to_contain_text(f"{number} link")


@pytest.mark.usefixtures("installed")
def test_the_lines_of_the_network_tell_how_a_work_is_cited_and_a_legend_names_them(page: Page, place: Place) -> None:
    _begin(page, place)
    answer = page.request.get(f"{place.address}{ADDRESS}&format=json").json()
    kinds = {edge["kind"] for edge in answer["edges"]}
    assert kinds == {"direct", "footnote"}
    named = page.locator(".kinds span")
    assert named.all_inner_texts() == ["cited with a verb", "in a footnote"]
    styles = [one.evaluate("span => getComputedStyle(span, '::before').borderTopStyle") for one in named.all()]
    assert styles == ["solid", "dotted"]


@pytest.mark.parametrize(("of", "drawn"), [("resolution/1", True), ("draft-resolution/ga/2", False)])
def test_on_paper_a_long_drawing_gives_way_to_its_table(page: Page, place: Place, of: str, drawn: bool) -> None:
    page.goto(f"{place.address}network?of=text/clcm/12/{of}")
    page.emulate_media(media="print")
    assert page.locator(".drawing").is_visible() is drawn
    assert page.locator(".data table").is_visible() is not drawn


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_two_kinds_of_bars_are_told_apart_without_colours(
    page: Page, place: Place, scheme: Literal["light", "dark"]
) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{place.address}session/clcm/12.html")
    first, second = (
        page.locator(f"#flow rect.{name}").first.evaluate("bar => getComputedStyle(bar).fillOpacity")
        for name in ("series-0", "series-1")
    )
    assert (first, second) == ("1", "0.35")


def test_without_javascript_the_nodes_are_links_for_the_tabulator(browser: Browser, place: Place) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(place.address + ADDRESS)
        links = page.locator(".drawing a")
        first = links.first.get_attribute("href") or ""
        links.first.focus()
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: first.split("/")[-1] in url)
