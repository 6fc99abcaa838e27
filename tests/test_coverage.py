"""What of a report is told to be read, by chapter, and what its numbering gives away."""

from __future__ import annotations

from tests.extraction import facts_of, facts_of_text, report


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
