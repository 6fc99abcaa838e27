"""The records of adoption below texts: acts, votes and meetings."""

from __future__ import annotations

from mappings.facts import Facts
from mappings.outline import outline
from mappings.source import from_text
from mappings.tree import Kind
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


def test_the_texts_of_a_list_of_numbers_are_the_results_of_an_act_and_no_texts_again() -> None:
    told = (
        "2. At its 7th meeting, on 11 March 2022, the Commission adopted the following resolutions by consensus:\n\n"
        "12/1 Care of lamps\n12/2 Care of bells\n\n3. The Commission met.\n"
    )
    facts = facts_of_text(f"{COVER}{TEXTS}{told}")
    (act,) = (fact for fact in facts.actions if fact.paragraph == "2")
    assert [text.number for text in act.results] == ["12/1", "12/2"]
    assert [text.key.number for text in facts.texts] == ["12/1", "12/2"]


ANNEXED = """1. The Council adopted two decisions, which are set out in annex I.

Annex I

Decisions adopted by the Commission

12/1: Care of lamps

The Commission on Lighthouses and Coastal Memory,

Recalling its resolution 11/2 of 30 April 2021,

I

Lead lamps

1. Requests the keepers to light the lamps;

II

Mercury lamps

2. Welcomes the lamps.

Annex II

Report of the Committee of the Whole

I. Opening of the meeting

1. At the 1st meeting of the Committee, on the afternoon of 7 March 2022, the Chair welcomed the participants.

II. Policy issues

2. The Committee took up the item at its 2nd meeting, on 8 March 2022.

3. The representative of the secretariat introduced the item.

A. Lamps

III. Closure

4. The meeting was closed.
"""


def test_a_text_has_its_number_before_a_colon_and_its_parts_are_no_words_of_its_paragraphs() -> None:
    facts = facts_of_text(f"{COVER}Chapter I\n\nProceedings\n\n{ANNEXED}")
    assert [(fact.key.number, fact.title) for fact in facts.texts] == [("12/1", "Care of lamps")]
    assert [(fact.key.part, fact.phrase) for fact in facts.clauses] == [
        ("preambular", "Recalling"),
        ("operative", "Requests"),
        ("operative", "Welcomes"),
    ]
    assert facts.clauses[0].text.endswith("30 April 2021,")


def test_the_sections_of_an_annex_and_the_meetings_of_the_committee_that_it_reports_on_are_its_own() -> None:
    facts = facts_of_text(f"{COVER}Chapter I\n\nProceedings\n\n{ANNEXED}")
    assert {(fact.key.body, fact.key.number) for fact in facts.meetings} == {
        ("committee-of-the-whole", 1),
        ("committee-of-the-whole", 2),
    }
    tree = outline(from_text(f"{COVER}Chapter I\n\nProceedings\n\n{ANNEXED}", "test"))
    assert [section.label for section in tree.of(Kind.SECTION)] == ["I", "II", "A", "III"]
    introduced = facts.statements[-1]
    assert [(key.body, key.number) for key in introduced.meetings] == [("committee-of-the-whole", 2)]


CONCLUSIONS = """Chapter I

1. The following agreed conclusions adopted by the Commission are brought to the attention of the Council:

Agreed conclusions

Challenges of deep lamps

1. The Commission recalls General Assembly resolution 65/1.

2. The Commission urges Governments to light them.

Chapter II

Proceedings

2. At its 7th meeting, on 11 March 2022, the Commission adopted the draft agreed conclusions submitted by the Chair (see chap. I, agreed conclusions).
"""


def test_agreed_conclusions_have_the_title_below_their_heading_and_are_what_an_act_points_to() -> None:
    facts = facts_of_text(f"{COVER}{CONCLUSIONS}")
    assert [(fact.key.kind, fact.title) for fact in facts.texts] == [("agreed conclusions", "Challenges of deep lamps")]
    (act,) = (fact for fact in facts.actions if fact.meeting)
    assert [text.kind for text in act.results] == ["agreed conclusions"]


ALONE = """Economic and Social Council

E/HLF.97/2031/1

High-level political forum on coastal light
Convened under the auspices of the Economic and Social Council
1–10 July 2031

Ministerial declaration of the high-level segment of the 2031 session of the Economic and Social Council

We, the Ministers and high representatives, having met in Valletta,

Reaffirming General Assembly resolution 70/1 of 25 September 2015,

Adopt the following ministerial declaration:

Introduction

1. We recall General Assembly resolution 69/313 of 27 July 2015.

2. We request the Secretary-General to report on coastal light to the Council at its 2032 session.
"""


def test_the_preamble_of_a_declaration_that_stands_alone_is_its_own_and_does_not_move_its_numbers() -> None:
    facts = facts_of_text(ALONE)
    assert [(fact.key.part, fact.key.number) for fact in facts.clauses] == [
        ("preambular", 1),
        ("preambular", 2),
        ("preambular", 3),
        ("operative", 1),
        ("operative", 2),
    ]
    assert {fact.cited.key for fact in facts.citations} == {"A/RES/70/1", "A/RES/69/313"}
    assert facts.report.parent is None


def test_states_have_their_present_names_where_a_report_prints_no_year() -> None:
    undated = """Commission on Lighthouses and Coastal Memory

Report on the twelfth session

Chapter I

Proceedings

1. Statements were made by the representatives of Sri Lanka and Myanmar.
"""
    facts = facts_of_text(undated)
    assert [fact.party.label for fact in facts.statements if fact.party] == ["Sri Lanka", "Myanmar"]
