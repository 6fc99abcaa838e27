"""Meetings and their days."""

from __future__ import annotations

from mappings.facts import Facts
from tests.extraction import facts_of


def held(facts: Facts) -> dict[tuple[str, int | None], str]:
    return {(fact.key.body, fact.key.number): str(fact.on) for fact in facts.meetings}


def test_several_meetings_on_one_day() -> None:
    found = held(
        facts_of("At its 1st, 2nd and 3rd meetings, on 7 March 2022, the Commission considered agenda item 3.")
    )
    assert found == {("clcm", 1): "2022-03-07", ("clcm", 2): "2022-03-07", ("clcm", 3): "2022-03-07"}


def test_two_meetings_each_with_its_day_in_one_sentence() -> None:
    facts = facts_of(
        "At its 9th meeting, on 9 March 2022, and its 10th meeting, on 10 March 2022, the Commission considered it."
    )
    assert held(facts) == {("clcm", 9): "2022-03-09", ("clcm", 10): "2022-03-10"}


def test_as_many_meetings_as_days_are_paired_in_order() -> None:
    facts = facts_of("At its 6th and 7th meetings, on 8 and 9 March 2022, the Commission considered agenda item 6.")
    assert held(facts) == {("clcm", 6): "2022-03-08", ("clcm", 7): "2022-03-09"}


def test_more_meetings_than_days_are_paired_by_other_paragraphs() -> None:
    facts = facts_of(
        "At its 1st, 2nd and 3rd meetings, on 7 and 8 March 2022, the Commission considered agenda item 3.",
        "At its 2nd meeting, on 7 March 2022, the Commission considered agenda item 4.",
    )
    assert held(facts) == {("clcm", 1): "2022-03-07", ("clcm", 2): "2022-03-07", ("clcm", 3): "2022-03-08"}


def test_a_meeting_whose_day_is_open_has_none_and_is_listed() -> None:
    facts = facts_of(
        "At its 1st, 2nd and 3rd meetings, on 7 and 8 March 2022, the Commission considered agenda item 3."
    )
    assert held(facts)["clcm", 2] == "None"
    assert [gap.stage for gap in facts.gaps if gap.stage == "meetings"] == ["meetings"]


def test_thirty_meetings_over_two_weeks_have_the_days_that_follow() -> None:
    """The ways to spread them are some hundred millions; the first and the last day follow all the same."""
    facts = facts_of(
        "At its 1st to 30th meetings, from 7 to 18 March 2022, the Commission considered agenda items 3 to 8.",
        "At its 20th meeting, on 16 March 2022, the Commission considered agenda item 9.",
    )
    days = held(facts)
    assert (days["clcm", 1], days["clcm", 20], days["clcm", 30]) == ("2022-03-07", "2022-03-16", "2022-03-18")
    assert (days["clcm", 12], days["clcm", 25]) == ("None", "None")


def test_a_day_without_year_is_of_the_session() -> None:
    assert held(facts_of("At its 4th meeting, on 9 March, the Commission considered agenda item 8.")) == {
        ("clcm", 4): "2022-03-09"
    }


def test_a_meeting_of_the_session_named_in_full() -> None:
    facts = facts_of("At the 5th meeting of the twelfth session of the Commission, on 9 March 2022, Malta spoke.")
    assert held(facts) == {("clcm", 5): "2022-03-09"}


def test_meetings_named_after_the_verb() -> None:
    facts = facts_of(
        "The Commission considered item 3 of its agenda at its 2nd and 3rd meetings, on 8 March, and its 5th meeting, on 9 March."
    )
    assert held(facts) == {("clcm", 2): "2022-03-08", ("clcm", 3): "2022-03-08", ("clcm", 5): "2022-03-09"}


def test_meetings_of_the_organs_of_the_commission() -> None:
    facts = facts_of(
        "The 1st meeting of the Committee of the Whole, on 7 March 2022, was devoted to a workshop.",
        "At the 3rd meeting of the extended Bureau of the Commission, on 4 February 2022, the Chair spoke.",
        "During the twelfth session, the extended Bureau met on 8 and 10 March 2022 to consider the rota.",
        "At the informal pre-session consultations on 4 March 2022, drafts were read.",
    )
    found = {(fact.key.body, fact.key.number, str(fact.on)) for fact in facts.meetings}
    assert found == {
        ("committee-of-the-whole", 1, "2022-03-07"),
        ("extended-bureau", 3, "2022-02-04"),
        ("extended-bureau", None, "2022-03-08"),
        ("extended-bureau", None, "2022-03-10"),
        ("informal-pre-session-consultations", None, "2022-03-04"),
    }


def test_its_meetings_are_those_of_the_organ_that_the_sentence_is_about() -> None:
    found = held(
        facts_of(
            "The Committee of the Whole considered the item at its 1st meeting, on 7 March 2022.",
            "At its 2nd meeting, on 8 March 2022, the Committee of the Whole considered the draft.",
            "At its 1st meeting, on 9 March 2022, the Working Group on Tides elected its Chair.",
            "At its 4th meeting, on 10 March 2022, the Commission considered the report of the Committee of the Whole.",
        )
    )
    assert found == {
        ("committee-of-the-whole", 1): "2022-03-07",
        ("committee-of-the-whole", 2): "2022-03-08",
        ("working-group-on-tides", 1): "2022-03-09",
        ("clcm", 4): "2022-03-10",
    }


def test_the_meeting_that_opens_the_session_has_a_day_and_no_number() -> None:
    facts = facts_of(
        "Pursuant to rule 15, the Commission, at the end of its reconvened eleventh session, on 9 December 2021, opened its twelfth session to elect its Bureau."
    )
    assert held(facts) == {("clcm", None): "2021-12-09"}


def test_a_meeting_of_another_body_is_none_of_the_session() -> None:
    facts = facts_of("At the 9th meeting of the Working Group on Foghorns, held on 3 May 2021, horns were discussed.")
    assert facts.meetings == ()


def test_the_time_of_day_and_the_day_of_the_week_stand_before_the_date() -> None:
    facts = facts_of(
        "At its 2nd plenary meeting, on the afternoon of Thursday, 10 March 2022, the Commission took up item 5.",
        "At its 3rd meeting, on Friday, 11 March, the Commission took up item 6.",
    )
    assert [(fact.key.number, str(fact.on)) for fact in facts.meetings] == [(2, "2022-03-10"), (3, "2022-03-11")]


def test_a_committee_of_the_session_has_its_own_meetings() -> None:
    facts = facts_of(
        "The Committee of the Whole was chaired by Bo Reef. At its 1st meeting, on the afternoon of Tuesday, 8 March 2022,"
        " the Committee of the Whole considered item 4.",
        "At its 3rd and final meeting, on 10 March 2022, the Committee adopted its report.",
        "At its 5th plenary meeting, on 11 March 2022, the Commission adopted the report.",
    )
    assert held(facts) == {
        ("committee-of-the-whole", 1): "2022-03-08",
        ("committee-of-the-whole", 3): "2022-03-10",
        ("clcm", 5): "2022-03-11",
    }


def test_a_meeting_at_the_end_of_a_sentence() -> None:
    facts = facts_of(
        "The Commission considered the agenda item at its 270th (opening) plenary meeting, on Friday, 11 March 2022.",
        "The general debate continued at its 3rd and 4th meetings, on Tuesday, 8 March 2022.",
        "The Executive Committee approved the plan at its 110th meeting, on 7 March 2022.",
    )
    assert held(facts) == {("clcm", 270): "2022-03-11", ("clcm", 3): "2022-03-08", ("clcm", 4): "2022-03-08"}
