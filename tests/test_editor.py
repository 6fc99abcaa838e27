"""A person asks at /sparql in a browser: with Yasgui's editor where it is installed, and without JavaScript."""

from __future__ import annotations

import os
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from server.packages import FOLDER
from tests.browsing import watch
from tests.published import Place

QUERY = "SELECT ?title {{ ?text a <{base}def/{kind}> ; <{base}def/title> ?title }} ORDER BY ?title"


@pytest.fixture(scope="module", autouse=True)
def installed() -> None:
    """The front-end packages are there; the tests are skipped where set-up could not install them."""
    if not list(FOLDER.glob("yasqe-*/yasqe.min.js")):
        if os.environ.get("RECALLING_REQUIRE_ENGINES"):
            pytest.fail("the front-end packages are not installed, and they are required here")
        pytest.skip("the front-end packages are not installed")


def opened(page: Page, place: Place, query: str) -> None:
    page.goto(f"{place.address}sparql?query={quote(query)}", wait_until="networkidle")
    page.locator(".CodeMirror").wait_for()


def written(page: Page) -> str:
    return str(page.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()"))


def rewrite(page: Page, text: str) -> None:
    """Takes the place of the whole query, by the keyboard."""
    page.get_by_label("Query").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type(text)


def test_a_query_is_run_changed_and_run_again(page: Page, place: Place) -> None:
    seen = watch(page)
    opened(page, place, QUERY.format(base=place.address, kind="Resolution"))
    assert written(page) == QUERY.format(base=place.address, kind="Resolution")
    expect(page.get_by_role("cell", name="Lighthouses without keepers")).to_be_visible()
    changed = f"SELECT ?n {{ <{place.address}session/clcm/12> <{place.address}def/ordinal> ?n"
    rewrite(page, changed)
    page.keyboard.press("Control+End")
    page.keyboard.type(" }")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("cell", name="12", exact=True)).to_be_visible()
    assert "ordinal" in written(page)
    assert (seen.said, seen.elsewhere(place.address)) == ([], [])


def test_the_answer_is_taken_along_as_csv(page: Page, place: Place) -> None:
    opened(page, place, QUERY.format(base=place.address, kind="Resolution"))
    address = page.get_by_role("link", name="CSV").get_attribute("href")
    answer = page.request.get(f"{place.address.rstrip('/')}{address}")
    assert answer.headers["content-type"].startswith("text/csv")
    assert "Lighthouses without keepers" in answer.text()


def test_the_line_of_a_mistake_is_told_and_marked(page: Page, place: Place) -> None:
    opened(page, place, "SELECT *\n{ ?s ?p }")
    expect(page.get_by_role("alert")).to_contain_text("Line 2")
    assert page.locator(".wrong").count() == 1


@pytest.mark.parametrize(
    ("begun", "offered"),
    [
        ("SELECT * {{ ?x a rec:DraftRes", "rec:DraftResolution"),
        ("SELECT * {{ ?x rec:operativeC", "rec:operativeCount"),
        ("SELECT * {{ ?x a <{base}def/DraftDec", "<{base}def/DraftDecision>"),
    ],
    ids=["a class", "a property", "a class by its whole IRI"],
)
def test_terms_of_our_vocabulary_are_completed(page: Page, place: Place, begun: str, offered: str) -> None:
    seen = watch(page)
    opened(page, place, "ASK {}")
    rewrite(page, f"PREFIX rec: <{place.address}def/>\n{begun.format(base=place.address)}")
    page.keyboard.press("Control+Space")
    expect(page.locator(".CodeMirror-hint")).to_have_text([offered.format(base=place.address)])
    page.keyboard.press("Enter")
    assert offered.format(base=place.address) in written(page)
    assert seen.elsewhere(place.address) == []


def test_our_prefix_is_declared_when_it_is_first_used(page: Page, place: Place) -> None:
    opened(page, place, "ASK {}")
    rewrite(page, "SELECT * { ?x a rec:")
    page.wait_for_function("document.querySelector('.CodeMirror').CodeMirror.getValue().includes('PREFIX rec:')")
    assert f"PREFIX rec: <{place.address}def/>" in written(page)


def test_the_keyboard_leaves_the_editor_by_tab(page: Page, place: Place) -> None:
    opened(page, place, "ASK {}")
    page.get_by_label("Query").first.focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run the query")).to_be_focused()


def test_without_javascript_the_same_form_asks_and_answers(browser: Browser, place: Place) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{place.address}sparql")
        page.get_by_label("Query").fill(QUERY.format(base=place.address, kind="Resolution"))
        page.get_by_role("button", name="Run the query").click()
        expect(page.get_by_role("cell", name="Lighthouses without keepers")).to_be_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_stands_beyond_the_edge_of_the_screen(page: Page, place: Place, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    opened(page, place, QUERY.format(base=place.address, kind="Resolution"))
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_question_is_filled_in_read_and_taken_to_the_editor(page: Page, place: Place) -> None:
    seen = watch(page)
    page.goto(f"{place.address}questions")
    page.get_by_role("link", name="With whom does a State sponsor most often?").click()
    page.get_by_label("State or organization").select_option("Peru")
    page.get_by_role("button", name="Ask").click()
    expect(page.get_by_label("State or organization")).to_have_value("state/PER")
    assert page.locator("figure.chart rect").count() > 1
    page.get_by_role("link", name="Open it in the editor").click()
    page.locator(".CodeMirror").wait_for()
    assert f"<{place.address}state/PER>" in written(page)
    page.get_by_role("button", name="Run the query").click()
    expect(page.get_by_role("heading", name="Answer")).to_be_visible()
    assert (seen.said, seen.elsewhere(place.address)) == ([], [])


def test_a_question_is_filled_in_without_javascript(browser: Browser, place: Place) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{place.address}questions/requests")
        page.get_by_label("Session").select_option("12")
        page.get_by_role("button", name="Ask").click()
        expect(page.get_by_label("Session")).to_have_value("12")
        address = page.get_by_role("link", name="CSV").get_attribute("href")
        answer = page.request.get(f"{place.address.rstrip('/')}{address}").text()
        assert {line.split(",")[0] for line in answer.splitlines()} == {"session", "12"}
