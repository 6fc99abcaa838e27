"""Reports after the losses of a conversion: what the losses change, how rows are matched, and floors on the samples."""

from __future__ import annotations

import re
import tomllib
from dataclasses import astuple

import pytest

from mappings.source import Span
from tests.losses.__main__ import FLOORS, SAMPLES
from tests.losses.alignment import aligned
from tests.losses.damage import LOSSES, Damaged, Edit, Loss, Original, damaged
from tests.losses.matching import Row, matched, measure, read_original
from tests.losses.rows import letters

pytestmark = pytest.mark.slow  # reads whole reports many times

NAMES = sorted(path.stem for path in SAMPLES.glob("*.txt"))
FLOOR = tomllib.loads(FLOORS.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def originals() -> dict[str, Original]:
    return {name: read_original(name, (SAMPLES / f"{name}.txt").read_text(encoding="utf-8")) for name in NAMES}


def after(loss: str, original: Original) -> Damaged:
    return damaged(original, next(one for one in LOSSES if one.name == loss).ways)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("loss", LOSSES, ids=[loss.name for loss in LOSSES])
def test_what_is_read_after_a_loss_does_not_fall_below_its_floor(
    loss: Loss, name: str, originals: dict[str, Original]
) -> None:
    found = measure(originals[name], loss)
    differ = [(score.table, score.missed, score.false) for score in found.scores if score.asked]
    assert found.f1 >= FLOOR[name][loss.name], differ


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_missed_or_false_without_a_loss(name: str, originals: dict[str, Original]) -> None:
    scores = measure(originals[name], Loss("none", ())).scores
    assert {(score.precision, score.recall, score.out) for score in scores} == {(1.0, 1.0, 0)}


def test_numbers_of_paragraphs_go_and_those_of_operative_paragraphs_and_agenda_items_stay(
    originals: dict[str, Original],
) -> None:
    original = originals["clcm-12"]
    lost = after("numbers", original)
    assert lost.removed == {"paragraph numbers": len(original.facts.paragraphs)}
    kept = re.findall(r"^\d+\. \*", original.text, re.MULTILINE)
    assert kept
    assert re.findall(r"^\d+\. \*", lost.text, re.MULTILINE) == kept


def test_numbers_begin_anew_in_each_chapter(originals: dict[str, Original]) -> None:
    original = originals["clcm-12"]
    text = after("numbers anew", original).text
    firsts = [fact for fact in original.facts.paragraphs if fact.chapter == "III"][:2]
    assert [f"\n{at}. {fact.text[:30]}" in text for at, fact in enumerate(firsts, 1)] == [True, True]


def test_only_letters_at_the_head_of_a_line_go(originals: dict[str, Original]) -> None:
    text = after("letters", originals["clcm-12"]).text
    assert re.search(r"^\([a-z]\) ", text[text.index("\nChapter I\n") :], re.MULTILINE) is None
    assert re.search(r"\S \([a-z]\)", text)


def test_marks_of_footnotes_go_and_their_words_stay(originals: dict[str, Original]) -> None:
    original = originals["clcm-12"]
    text = after("marks", original).text
    assert re.search("[⁰¹²³⁴-⁹]", text) is None
    assert all(letters(fact.text) in letters(text) for fact in original.facts.footnotes)


@pytest.mark.parametrize("loss", LOSSES, ids=[loss.name for loss in LOSSES])
def test_a_loss_changes_the_text_the_same_way_each_time(loss: Loss, originals: dict[str, Original]) -> None:
    original = originals["clcm-13"]
    assert damaged(original, loss.ways) == damaged(original, loss.ways)
    assert damaged(original, loss.ways).text != original.text


def test_a_place_is_followed_through_edits_there_and_back() -> None:
    lost = Damaged("bcXYd", (Edit(0, 1, "", "letters"), Edit(3, 3, "XY", "pages")))
    assert lost.after(Span(1, 3)) == Span(0, 2)
    assert lost.before(Span(0, 2)) == Span(1, 3)
    assert lost.after(Span(3, 4)) == Span(4, 5)
    assert lost.before(Span(4, 5)) == Span(3, 4)
    assert lost.before(Span(1, 4)) == Span(2, 3)


def test_rows_are_the_same_by_their_cells_and_the_words_they_were_read_from() -> None:
    wanted = [Row(("Chad",), Span(0, 4)), Row(("Chad",), Span(50, 54)), Row(("Malta",), Span(9, 14))]
    read = [Row(("Chad",), Span(48, 56)), Row(("Peru",), Span(0, 4)), Row(("Malta",), Span(20, 25))]
    assert matched(wanted, read) == {1: 0}


def test_a_text_that_was_set_anew_is_tied_to_the_first_by_its_words() -> None:
    text = "The lamps of the northern harbour burn.¹ The bells of the southern harbour ring.\n\n¹ As they did in winter storms."
    moved = "<p>The lamps of the northern harbour\nburn.<p>As they did in winter storms.<p>The bells of the southern har-\nbour ring."
    tied = aligned(text, moved)
    bells, note = moved.index("bells"), moved.index("winter")
    assert text[slice(*astuple(tied.before(Span(bells, bells + 5))))] == "bells"
    assert text[slice(*astuple(tied.before(Span(note, note + 6))))] == "winter"
    there = text.index("harbour ring")
    assert moved[slice(*astuple(tied.after(Span(there, there + 12))))] == "har-\nbour ring"
