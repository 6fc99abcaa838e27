"""The facts of the sample reports do not change when another converter, printer or scanner has changed their text."""

from __future__ import annotations

from itertools import cycle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mappings.facts import Facts
from tests.variations.changes import VARIATIONS, Variation, is_long, parts, places
from tests.variations.comparison import agreements, comparable, differences, read_facts, without_notes

pytestmark = pytest.mark.slow  # reads whole reports many times

FIXED = [variation for variation in VARIATIONS if not variation.seeded]
SEEDED = [variation for variation in VARIATIONS if variation.seeded]
_FOLDER = Path(__file__).parents[1] / "examples" / "reports"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.txt"))}

BY_TURNS = [*zip(FIXED, cycle(TEXTS), strict=False)]  # each on one text; `make accuracy` varies both in every way


@pytest.fixture(scope="module")
def unvaried() -> dict[str, Facts]:
    """The facts of the sample reports as they are."""
    return {name: read_facts(text) for name, text in TEXTS.items()}


def changed_by(variation: Variation, name: str, seed: int, facts: Facts) -> list[str]:
    """The facts that are lost or new in the varied report, less those that hang on what is gone."""
    varied = read_facts(variation.change(TEXTS[name], seed))
    return differences(comparable(facts, facts, variation), comparable(varied, facts, variation))


@pytest.mark.parametrize(("variation", "name"), BY_TURNS, ids=[f"{one.name}-{name}" for one, name in BY_TURNS])
def test_a_variation_changes_no_fact(variation: Variation, name: str, unvaried: dict[str, Facts]) -> None:
    assert changed_by(variation, name, 0, unvaried[name]) == []


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("variation", SEEDED, ids=[variation.name for variation in SEEDED])
@settings(max_examples=3, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(seed=st.integers(0, 10**6))
def test_a_variation_in_any_places_changes_no_fact(
    variation: Variation, name: str, unvaried: dict[str, Facts], seed: int
) -> None:
    assert changed_by(variation, name, seed, unvaried[name]) == []


@st.composite
def page_ends(draw: st.DrawFn, text: str) -> str:
    """The text with pages that end inside one to five paragraphs of its body, at any space that ends no sentence."""
    front, blocks = parts(text)
    able = [index for index, block in enumerate(blocks) if is_long(block) and places(block)]
    for index in draw(st.lists(st.sampled_from(able), min_size=1, max_size=5, unique=True)):
        at = draw(st.sampled_from(places(blocks[index])))
        blocks[index] = f"{blocks[index][:at]}\n\n{blocks[index][at + 1 :]}"
    return front + "\n\n".join(blocks)


@pytest.mark.parametrize("name", TEXTS)
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_page_breaks_anywhere_change_no_fact(name: str, unvaried: dict[str, Facts], data: st.DataObject) -> None:
    varied = data.draw(page_ends(TEXTS[name]))
    assert differences(unvaried[name], read_facts(varied)) == []


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("variation", VARIATIONS, ids=[variation.name for variation in VARIATIONS])
def test_a_variation_does_change_the_text(variation: Variation, name: str) -> None:
    assert variation.change(TEXTS[name], 1) != TEXTS[name]


def test_the_comparison_sees_a_fact_that_is_gone(unvaried: dict[str, Facts]) -> None:
    text = TEXTS["clcm-12"]
    fewer = read_facts(text.replace("representatives of", "persons from"))
    lost = {table.table for table in agreements(unvaried["clcm-12"], fewer) if table.lost}
    assert "statements" in lost


def test_without_footnotes_only_what_hangs_on_them_is_left_out(unvaried: dict[str, Facts]) -> None:
    facts = unvaried["clcm-12"]
    kept = without_notes(facts, facts)
    assert not kept.footnotes
    assert len(kept.statements) > 0.9 * len(facts.statements)
    assert len(kept.citations) > 0.6 * len(facts.citations)
    assert (kept.agenda, kept.actions, kept.mandates) == (facts.agenda, facts.actions, facts.mandates)
