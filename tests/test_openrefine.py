"""OpenRefine reconciles a column with a real server and fetches columns from it."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Page

from tests.openrefine import OPENREFINE, opened, openrefine
from tests.published import Place


@pytest.fixture(scope="module")
def refine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """Debian's OpenRefine; the tests are skipped where it is not installed."""
    if OPENREFINE is None:
        if os.environ.get("RECALLING_REQUIRE_ENGINES"):
            pytest.fail("openrefine is not installed, and it is required here")
        pytest.skip("openrefine is not installed")
    with openrefine(tmp_path_factory.mktemp("openrefine")) as client:
        yield client


def test_a_column_of_states_is_matched_and_gets_their_codes(refine: httpx.Client, place: Place) -> None:
    table = "State\nTurkiye\nCôte d'Ivoire\nГрузия\nGermny\nxyzzy\n"
    project = opened(refine, table, f"{place.address}reconcile")
    assert project.types("State")[0] == "State"
    project.reconcile("State", "State")
    cells = project.cells()
    assert [cell["j"] for cell in cells] == ["matched", "matched", "matched", "none", "none"]
    assert [cell["m"]["id"] for cell in cells[:3]] == ["state/TUR", "state/CIV", "state/GEO"]
    assert cells[3]["c"][0]["id"] == "state/DEU" and not cells[4]["c"]
    project.add_columns("State", "iso3", "name-fr")
    rows = list(csv.reader(io.StringIO(project.table())))
    assert [row[1:] for row in rows[1:4]] == [["TUR", "Türkiye"], ["CIV", "Côte d'Ivoire"], ["GEO", "Géorgie"]]


def test_a_second_column_tells_texts_of_one_number_apart(refine: httpx.Client, place: Place) -> None:
    table = "Text,Session\nDraft resolution I,clcm/12\nDraft resolution I,13th session\nresolution 12/1,\n"
    project = opened(refine, table, f"{place.address}reconcile")
    project.reconcile("Text", "Text", Session="session")
    matches = [cell["m"]["id"] for cell in project.cells()]
    assert matches == [
        f"text/clcm/{text}/1" for text in ("12/draft-resolution/ga", "13/draft-resolution/ga", "12/resolution")
    ]


def test_documents_are_matched_by_symbols_in_any_spelling(refine: httpx.Client, place: Place) -> None:
    project = opened(refine, "Symbol\na/res/77/901\nA RES 77 901\nA/RES/1/1\n", f"{place.address}reconcile")
    project.reconcile("Symbol", "Document")
    cells = project.cells()
    assert [cell.get("m", {}).get("id") for cell in cells] == ["document/A/RES/77/901"] * 2 + [None]


def test_a_person_sees_the_match_and_a_preview_of_each_candidate(
    refine: httpx.Client, place: Place, page: Page
) -> None:
    service = f"{place.address}reconcile"
    project = opened(refine, "State\nTurkiye\nGermny\n", service)
    page.goto(f"{refine.base_url}project?project={project.id}")
    page.wait_for_selector(".data-table")
    page.evaluate(
        "address => new Promise(done => ReconciliationManager.registerStandardService(address, done))", service
    )
    project.reconcile("State", "State")
    page.reload()
    match = page.get_by_role("link", name="Türkiye", exact=True)
    assert str(match.get_attribute("href")).startswith(f"{service}/view?id=state")
    page.get_by_role("link", name="Germany", exact=True).hover()
    preview = page.frame_locator("iframe").get_by_role("heading", name="Germany")
    preview.wait_for()
    assert preview.is_visible()
