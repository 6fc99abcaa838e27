"""Pages on paper: no control that cannot be pressed there, nothing that overlaps, no sheet for nothing."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from tests.published import Place
from tests.visits import names_on_bars

SHEET = {"width": 680, "height": 1009}  # pixels of A4 between margins of 15 mm
_SEEN = (
    """names => [...document.querySelectorAll(names)].filter(one => one.checkVisibility()).map(one => one.outerHTML)"""
)


def sheets(page: Page) -> int:
    """How many sheets of A4 a page takes."""
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "15mm")
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="A4", margin=margins)))


@pytest.mark.parametrize("path", ["state/PER.html", "text/clcm/12/draft-resolution/ga/2.html", "questions/sponsors"])
def test_folds_that_are_closed_and_links_to_files_are_not_printed(page: Page, place: Place, path: str) -> None:
    page.emulate_media(media="print")
    page.goto(f"{place.address}{path}")
    assert page.evaluate(_SEEN, "nav[aria-label=Main], .more > summary, .forms a, .export a, .made") == []


def test_on_paper_no_name_reaches_a_bar(page: Page, place: Place) -> None:
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    page.goto(f"{place.address}session/clcm/12.html")
    assert page.evaluate("document.querySelectorAll('.drawing').length") >= 3
    assert names_on_bars(page) == []


def test_a_text_is_printed_in_one_column_with_its_symbol_and_address(page: Page, place: Place) -> None:
    page.goto(f"{place.address}text/clcm/12/resolution/1.html")
    assert sheets(page) <= 3
    page.emulate_media(media="print")
    page.set_viewport_size(SHEET)
    seen = page.inner_text("body")
    assert "Resolution 12/1" in seen and f"{place.address}text/clcm/12/resolution/1 ·" in seen
    assert "Copy" not in seen and "For machines" not in seen
    words, margin = (page.locator(f"#preambular-4 {one}").bounding_box() for one in (".words", ".margin"))
    assert words and margin and margin["y"] >= words["y"] + words["height"]


def test_a_short_answer_takes_one_sheet(page: Page, place: Place) -> None:
    page.goto(f"{place.address}questions/attendance?session=12")
    assert sheets(page) == 1
