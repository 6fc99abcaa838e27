"""The records of adoption below texts: acts, votes and meetings."""

from __future__ import annotations

from mappings.facts import Facts
from tests.extraction import COVER, facts_of_text

TEXTS = """Chapter I

A. Resolutions

1. The following resolutions adopted by the Commission are brought to the attention of the Council:

Resolution 12/1

Care of lamps

The Commission on Lighthouses and Coastal Memory,

1. Requests the keepers to light the lamps.

Fifth plenary meeting
9 March 2022

Resolution 12/2

Care of bells

The Commission on Lighthouses and Coastal Memory,

1. Decides to ring the bells.

6th meeting
10 March 2022

[Adopted by a recorded vote of 3 to 1, with no abstentions. The voting was as follows:

In favour:

Chad, Mali, Peru

Against:

Malta]

Chapter II

Proceedings

"""


def acts(facts: Facts) -> list[tuple[str, int | None, str, str, str]]:
    return [
        (
            fact.paragraph,
            fact.meeting.number if fact.meeting else None,
            str(fact.on),
            fact.phrase,
            fact.results[0].number,
        )
        for fact in facts.actions
        if fact.results and fact.meeting
    ]


def test_a_text_was_adopted_at_the_meeting_that_its_record_names() -> None:
    facts = facts_of_text(f"{COVER}{TEXTS}2. The Commission met.\n")
    assert acts(facts) == [
        ("1", 5, "2022-03-09", "adopted", "12/1"),
        ("1", 6, "2022-03-10", "Adopted by a recorded vote of 3 to 1, with no abstentions", "12/2"),
    ]
    assert {(fact.key.number, str(fact.on)) for fact in facts.meetings} == {(5, "2022-03-09"), (6, "2022-03-10")}


def test_the_vote_of_a_record_has_its_counts_and_voters() -> None:
    facts = facts_of_text(f"{COVER}{TEXTS}2. The Commission met.\n")
    vote = facts.actions[-1].vote
    assert vote is not None
    assert (facts.actions[-1].method, vote.in_favour, vote.against, vote.abstaining) == ("recorded vote", 3, 1, 0)
    assert [(side, voter.key) for side, voter in vote.voters] == [
        ("in favour", "TCD"),
        ("in favour", "MLI"),
        ("in favour", "PER"),
        ("against", "MLT"),
    ]


def test_an_adoption_that_the_proceedings_tell_is_not_told_again_by_the_record() -> None:
    told = "2. At its 5th meeting, on 9 March 2022, the Commission adopted draft resolution E/CN.99/2022/L.2 (see chap. I, sect. A, resolution 12/1).\n"
    facts = facts_of_text(f"{COVER}{TEXTS}{told}")
    assert [(act[0], act[4]) for act in acts(facts)] == [("2", "12/1"), ("1", "12/2")]


def test_the_text_that_came_of_a_draft_may_be_named_in_the_paragraph_behind() -> None:
    told = (
        "2. At its 7th meeting, on 11 March 2022, the Commission adopted draft resolution E/CN.99/2022/L.2.\n\n"
        "3. For the text as adopted, see chapter I, section A, resolution 12/1.\n"
    )
    facts = facts_of_text(f"{COVER}{TEXTS}{told}")
    assert [(act[0], act[1], act[4]) for act in acts(facts)] == [("2", 7, "12/1"), ("1", 6, "12/2")]


def test_texts_that_an_act_names_by_number_are_its_results() -> None:
    told = "2. At its 7th meeting, on 11 March 2022, the Commission adopted by consensus resolution 12/1 on lamps and resolution 12/2 on bells.\n"
    (act,) = (fact for fact in facts_of_text(f"{COVER}{TEXTS}{told}").actions if fact.paragraph == "2")
    assert [text.number for text in act.results] == ["12/1", "12/2"]


def test_a_closed_meeting_has_its_day() -> None:
    told = "2. The Commission considered item 4 of its agenda at its 8th meeting (closed), on 11 March 2022.\n"
    facts = facts_of_text(f"{COVER}{TEXTS}{told}")
    assert (8, "2022-03-11") in {(fact.key.number, str(fact.on)) for fact in facts.meetings}
