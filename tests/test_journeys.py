"""The journeys of a librarian, a delegate and a journalist through the pages, by the words that they see."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.published import Place

DRAFT = "Night lights of small harbours"
COLUMN = ("Turkiye", "Côte d'Ivoire", "Грузия", "Germny")


def find(page: Page, words: str) -> None:
    """Type into the search field of the page and press Enter."""
    field = page.locator("input[type=search]").first
    field.fill(words)
    field.press("Enter")


def open_draft(page: Page, place: Place) -> None:
    """From the home page by a search to the draft resolution of the 12th session."""
    page.goto(place.address)
    find(page, f"{DRAFT} 12th session")
    page.get_by_role("link", name=f"Draft resolution I: {DRAFT}").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(DRAFT)


def test_a_resolution_is_found_by_its_symbol_however_it_is_written(page: Page, place: Place) -> None:
    page.goto(place.address)
    find(page, "Resolution 12/1")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Lighthouses without keepers")
    find(page, "a res 77 901")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A/RES/77/901")


def test_why_it_cites_another_is_read_at_the_paragraph_and_in_the_source(page: Page, place: Place) -> None:
    open_draft(page, place)
    beside = page.get_by_role("group", name="About preambular paragraph 3")
    expect(beside).to_contain_text("recalls")
    expect(beside.get_by_role("link", name="A/RES/48/901", exact=True)).to_be_visible()
    page.locator("#preambular-3").hover()
    beside.get_by_role("link", name="Citation: recalls A/RES/48/901").click()
    expect(page.get_by_role("main")).to_contain_text("in the annex to which the colours of harbour lights were agreed")


def test_who_sponsored_it_and_in_whose_name_leads_to_what_else_a_state_sponsored(page: Page, place: Place) -> None:
    open_draft(page, place)
    sponsors = page.get_by_role("main")
    expect(sponsors).to_contain_text(re.compile("Spain.*members of the European Union", re.DOTALL))
    sponsors.get_by_role("link", name="Spain", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Spain")
    expect(page.get_by_role("main")).to_contain_text("E/CN.99/2022/L.3/Rev.1")


def test_a_request_is_followed_to_the_document_that_fulfils_it(page: Page, place: Place) -> None:
    open_draft(page, place)
    page.get_by_role("link", name="in a table").click()
    page.locator("#asks > summary").click()
    asked = page.get_by_role("row").filter(has_text="Secretary-General").filter(has_text="E/CN.99/2023/6")
    expect(asked).to_contain_text("13th session")
    asked.get_by_role("link", name="E/CN.99/2023/6").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("E/CN.99/2023/6")


def test_a_query_is_opened_run_and_changed_in_the_editor(page: Page, place: Place) -> None:
    page.goto(f"{place.address}questions")
    page.get_by_role("link", name="Which resolutions and decisions does each report hold?").first.click()
    page.get_by_role("link", name="Open it in the editor").click()
    page.get_by_role("button", name="Run the query").click()
    expect(page.get_by_role("cell", name="Lighthouses without keepers").first).to_be_visible()
    page.get_by_label("Query").first.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("\nLIMIT 3")
    page.get_by_role("button", name="Run the query").click()
    expect(page.get_by_role("heading", name="Answer")).to_contain_text("3 rows")


def test_a_table_is_downloaded_and_opens_as_a_table(page: Page, place: Place, tmp_path: Path) -> None:
    page.goto(f"{place.address}questions/sponsors")
    with page.expect_download() as download:
        page.get_by_role("main").get_by_role("link", name="CSV").first.click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    rows = list(csv.DictReader(file.read_text(encoding="utf-8-sig").splitlines()))
    assert file.suffix == ".csv"
    assert {"session", "draft", "sponsor", "onBehalfOf"} <= rows[0].keys()
    assert any(row["sponsor"] == "Spain" for row in rows)


def test_a_column_of_names_is_reconciled_at_the_address_that_the_page_gives(page: Page, place: Place) -> None:
    page.goto(place.address)
    page.get_by_role("link", name="Match your table").click()
    service = page.locator("pre.service").inner_text().strip()
    queries = {f"q{row}": {"query": name, "type": "State"} for row, name in enumerate(COLUMN)}
    answer = page.request.post(service, form={"queries": json.dumps(queries)}).json()
    first = [answer[name]["result"][0] for name in queries]
    assert [(one["name"], one["match"]) for one in first] == [
        ("Türkiye", True),
        ("Côte d'Ivoire", True),
        ("Georgia", True),
        ("Germany", False),
    ]
    page.get_by_label("Name or symbol").fill("Germny")
    page.get_by_role("button", name="Match it").click()
    expect(page.locator("body")).to_contain_text("Germany")
