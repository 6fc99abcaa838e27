"""What of a report is told to be read, by chapter, and what its numbering gives away."""

from __future__ import annotations

import pytest

from mappings.facts import Facts
from tests.extraction import COVER, facts_of, facts_of_text, report

# name: the body of a report, sentences read and all, the reasons of what the report is told to be at fault in
LAYOUTS = {
    "paragraphs without numbers": (
        """Chapter II

General debate

At its 1st meeting, on 9 March 2031, the Commission considered agenda item 3.

At the same meeting, the representative of Chad and the observer for Malta made statements.
""",
        (2, 2),
        [],
    ),
    "numbers anew in each chapter": (
        """Chapter I

1. The Commission recommends nothing.

Chapter II

1. At its 1st meeting, on 9 March 2031, the Commission considered item 3.

2. At the same meeting, the representative of Chad made a statement.

Chapter III

1. At its 2nd meeting, on 10 March 2031, the Commission considered item 4.

2. At the same meeting, the observer for Malta made a statement.
""",
        (4, 5),
        ["no rule reads this sentence", "no fact was read from the prose of this chapter"],
    ),
    "a line that no paragraph holds, in an annex": (
        """Chapter I

1. At its 1st meeting, on 9 March 2031, the Commission considered item 3.

2. At the same meeting, the representative of Chad made a statement.

Annex

The keepers walked to the tower and lit the lamp there.
""",
        (2, 3),
        ["no rule reads this sentence"],
    ),
}


def _counted(facts: Facts, stage: str) -> tuple[int, int]:
    return next((count.claimed, count.total) for count in facts.coverage if count.stage == stage)


@pytest.mark.parametrize("name", LAYOUTS)
def test_all_prose_is_counted_whatever_it_became(name: str) -> None:
    body, figures, reasons = LAYOUTS[name]
    facts = facts_of_text(f"{COVER}{body}")
    assert _counted(facts, "sentences") == figures
    assert [gap.reason for gap in facts.gaps if gap.stage in ("sentences", "chapter", "disagreement")] == reasons


def test_a_report_of_contents_alone_has_no_prose() -> None:
    contents = "Contents\n\nI. Matters calling for action ..... 1\n\nII. Proceedings ..... 4\n"
    assert _counted(facts_of_text(f"{COVER}{contents}"), "sentences") == (0, 0)


def test_sentences_are_counted_by_chapter_and_those_unread_are_listed() -> None:
    facts = facts_of("The Chair of the Commission opened the session. The lamps were blue.")
    counted = {count.stage: (count.total, count.claimed) for count in facts.coverage}
    assert counted["chapter II"] == (2, 1)
    assert [gap.text for gap in facts.gaps if gap.stage == "sentences"] == ["The lamps were blue."]


def test_a_number_left_out_is_a_disagreement_of_the_report_with_itself() -> None:
    text = report("The session was quiet.", "The session was long.", "It was closed.")
    text = text.replace("\n4. The", "\n5. The").replace("\n5. It", "\n6. It")
    assert [gap.reason for gap in facts_of_text(text).gaps if gap.stage == "disagreement"] == [
        "paragraph 5 follows paragraph 3"
    ]


def test_numbers_in_order_disagree_with_nothing() -> None:
    assert not [gap for gap in facts_of("The session was quiet.").gaps if gap.stage == "disagreement"]
