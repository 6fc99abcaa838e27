"""The page of a thing of every class, in a browser: accessible, by keyboard, still, and nothing from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable

import pytest
from playwright.sync_api import Page

from tests.kinds_of_page import OTHERS, THINGS, richest
from tests.published import Place
from tests.visits import faults

# Pages of these look like others that are visited: a class beside its like, a part of a report beside another.
ALIKE = frozenset(
    (
        *("Section", "ListItem", "Decision", "DraftResolution", "PreambularParagraph", "SubParagraph"),
        *("Election", "SessionPart", "Coverage"),
    )
)
VISITED = [kind for kind in (*THINGS, *OTHERS) if kind not in ALIKE]


@pytest.fixture(scope="module")
def things(place: Place) -> dict[str, str]:
    """The path of one thing of each class."""
    return richest(place.address)


@pytest.mark.parametrize("kind", VISITED)
def test_nothing_is_wrong_on_the_page_of_a_thing(page: Page, place: Place, things: dict[str, str], kind: str) -> None:
    path = things[OTHERS.get(kind, f"{place.address}def/{kind}")]
    assert faults(page, place.address, path) == []


def test_the_classes_reach_every_kind_of_address(place: Place, things: dict[str, str]) -> None:
    """But for the vocabulary, the questions and the endpoint, which have kinds of page of their own."""
    visited = {things[OTHERS.get(kind, f"{place.address}def/{kind}")] for kind in VISITED}
    assert _kinds(things.values()) - _kinds(visited) == {"def", "questions", "sparql"}


def _kinds(paths: Iterable[str]) -> set[str]:
    return {re.split("[/#]", path)[0] for path in paths}
