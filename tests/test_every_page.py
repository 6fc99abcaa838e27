"""A page of every kind that stands alone, in a browser: accessible, by keyboard, still, and nothing from elsewhere."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.kinds_of_page import PAGES, STATUS, richest
from tests.published import Place
from tests.visits import faults


@pytest.fixture(scope="module")
def names(place: Place) -> dict[str, str]:
    """What the addresses name: a text of which much is said, and the release that is served."""
    things = richest(place.address)
    release = next(path for path in things.values() if path.startswith("release/"))
    return {"text": things[f"{place.address}def/DraftResolution"], "release": release.removeprefix("release/")}


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_wrong_on_this_kind_of_page(page: Page, place: Place, names: dict[str, str], kind: str) -> None:
    assert faults(page, place.address, PAGES[kind].format(**names), STATUS.get(kind, 200)) == []
