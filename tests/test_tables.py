"""Tables on a phone: rows of words stand as blocks, numbers keep their columns, and nothing is cut."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Page

from server.pages.answers import Cell, Grid, cell
from tests.published import Place

LONG = Cell("Keeping the records of the tides in small harbours")


def test_a_table_of_long_words_stands_as_blocks() -> None:
    assert Grid(("text", "voice", "session"), ((LONG, LONG, LONG),)).stacked


def test_a_table_of_two_columns_stays_a_table() -> None:
    assert not Grid(("text", "number"), ((LONG, LONG),)).stacked


def test_a_table_of_short_words_stays_a_table() -> None:
    assert not Grid(("a", "b", "c"), ((Cell("x"), Cell("y"), Cell("z")),)).stacked


def test_a_table_of_numbers_keeps_its_columns() -> None:
    numbers = tuple(Cell("1000", kind="number") for _ in range(9))
    assert not Grid(("text", *"abcdefghi"), ((LONG, *numbers),)).stacked


def test_what_is_true_or_false_is_said_in_words() -> None:
    boolean = ox.NamedNode("http://www.w3.org/2001/XMLSchema#boolean")
    assert [cell(ox.Literal(word, datatype=boolean), {}).words for word in ("true", "false", "1")] == [
        "yes",
        "no",
        "yes",
    ]


def test_a_table_without_rows_stays_a_table() -> None:
    assert not Grid(("a", "b", "c"), ()).stacked


def test_each_value_of_a_stacked_table_knows_its_column_and_its_role(site: FlaskClient) -> None:
    page = site.get("/questions/texts", headers={"Accept": "text/html"}).text
    assert 'role="cell" data-label="title">' in page
    assert all(f'role="{name}"' in page for name in ("table", "rowgroup", "row", "columnheader"))


@pytest.mark.parametrize(
    "path", ["", "questions/texts", "questions/attendance", "session/clcm/12.html", "def/Resolution"]
)
def test_no_page_is_wider_than_a_phone(page: Page, place: Place, path: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{place.address}{path}")
    wider = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    assert page.evaluate(wider) == 0
    cut = "[...document.querySelectorAll('.stacked')].filter(one => one.scrollWidth > one.clientWidth).length"
    assert page.evaluate(cut) == 0


def test_on_a_phone_the_name_of_a_column_stands_before_the_value(page: Page, place: Place) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{place.address}questions/texts")
    content = "getComputedStyle(document.querySelector('td[data-label=title]'), '::before').content"
    assert page.evaluate(content).startswith('"title"')
    assert page.get_by_role("table").get_by_role("cell").count() > 5


@pytest.mark.parametrize("path", ["def/", "def/Resolution", "questions/statements"])
def test_a_value_of_a_stacked_table_stays_in_one_column(page: Page, place: Place, path: str) -> None:
    page.goto(f"{place.address}{path}")
    several = """[...document.querySelectorAll('.stacked td')].map(one => [...one.childNodes]
      .filter(part => part.nodeType === Node.ELEMENT_NODE || part.textContent.trim()).length).filter(count => count > 1)"""
    assert page.evaluate(several) == []


def test_a_checksum_stands_on_one_line(page: Page, place: Place) -> None:
    page.goto(f"{place.address}dumps")
    lines = "[...document.querySelectorAll('.sums code')].map(one => one.getClientRects().length)"
    assert set(page.evaluate(lines)) == {1}
    assert page.evaluate("(one => one.scrollWidth - one.clientWidth)(document.querySelector('.table'))") == 0
