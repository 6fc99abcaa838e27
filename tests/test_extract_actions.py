"""What the commission did, and who sponsored it."""

from __future__ import annotations

import pytest

from mappings.facts import ActionFact, SponsorshipFact
from tests.extraction import facts_of


def acts(*paragraphs: str) -> tuple[ActionFact, ...]:
    """The acts outside chapter I."""
    return tuple(fact for fact in facts_of(*paragraphs).actions if fact.paragraph not in ("1", "2"))


def names(facts: tuple[SponsorshipFact, ...]) -> list[tuple[str, str]]:
    return [(fact.sponsor.label, fact.on_behalf_of.label if fact.on_behalf_of else "") for fact in facts]


ADOPTED = (
    "At its 9th meeting, on 11 March 2022, the Commission adopted a draft resolution ([E/CN.99/2022/L.2](#)), as revised, "
    "entitled “Ringing the bells”, sponsored by Angola, Chile and the United States. "
    "(For the text of the resolution, see chap. I, sect. B, resolution 12/1.) "
    "Upon the adoption of the draft resolution, as revised, the observer for Malta made a statement."
)


def test_an_adoption_with_draft_revision_title_and_result() -> None:
    (act,) = acts(ADOPTED)
    assert (act.kind, act.phrase, act.drafts, act.revision, act.title) == (
        "adopted", "adopted", ("E/CN.99/2022/L.2",), "as revised", "Ringing the bells",
    )  # fmt: skip
    assert [(key.kind, key.number) for key in act.results] == [("resolution", "12/1")]
    assert (act.meeting and act.meeting.number, str(act.on)) == (9, "2022-03-11")


def test_the_revision_may_stand_before_for_adoption_by() -> None:
    (act,) = acts(
        "At its 9th meeting, on 11 March 2022, the Commission decided to recommend to the Economic and Social Council the "
        "approval of a revised draft resolution (E/CN.99/2022/L.4/Rev.1), as further revised, for adoption by the General "
        "Assembly, entitled “Painting the towers”, sponsored by Chad."
    )
    assert (act.phrase, act.revision) == ("decided to recommend", "as further revised")
    assert (act.recommended_to and act.recommended_to.key, act.for_adoption_by and act.for_adoption_by.key) == (
        "ecosoc",
        "ga",
    )


def test_the_result_is_found_by_its_title_where_no_pointer_is_printed() -> None:
    (act,) = acts(
        "At its 9th meeting, on 11 March 2022, the Commission recommended to the Economic and Social Council the adoption "
        'of a draft resolution (E/CN.99/2022/L.4), entitled "Counting the steps", sponsored by Chad.'
    )
    assert [(key.kind, key.number) for key in act.results] == [("draft resolution", "II")]


def test_the_same_meeting_is_the_one_before() -> None:
    (_, act) = acts(
        ADOPTED, "At the same meeting, the Commission took note of the report of the Institute (E/CN.99/2022/5)."
    )
    assert (act.phrase, act.meeting and act.meeting.number, act.documents) == ("took note", 9, ("E/CN.99/2022/5",))


def test_a_range_of_addenda_is_taken_apart() -> None:
    (act,) = acts(
        "At its 9th meeting, on 11 March 2022, the Commission adopted by consensus the report on its twelfth session "
        "(E/CN.99/2022/L.1 and E/CN.99/2022/L.1/Add.1–3), as orally amended."
    )
    stem = "E/CN.99/2022/L.1"
    assert act.drafts == (stem, f"{stem}/Add.1", f"{stem}/Add.2", f"{stem}/Add.3")
    assert (act.phrase, act.method, act.revision) == ("adopted by consensus", "consensus", "as orally amended")


@pytest.mark.parametrize(
    ("sentence", "phrase", "method"),
    [
        ("At its 7th meeting, on 9 March 2022, the Commission endorsed by acclamation the nominations.", "endorsed by acclamation", "acclamation"),
        ("By a recorded vote of 30 to 2, with 5 abstentions, the Commission adopted the text.", "adopted", "recorded vote"),
        ("The Commission decided by 44 votes to 1, with 6 abstentions, to keep the lamp.", "decided", "recorded vote"),
        ("The Commission approved without a vote its programme of work.", "approved without a vote", "without a vote"),
        ("At its 1st meeting, on 7 March 2022, the Commission adopted the provisional agenda (E/CN.99/2022/1).", "adopted", "not stated"),
        ("At its reconvened eleventh session, held on 8 December 2021, the Commission agreed that it would meet.", "agreed", "not stated"),
    ],
)  # fmt: skip
def test_the_way_in_which_it_was_done(sentence: str, phrase: str, method: str) -> None:
    (act,) = acts(sentence)
    assert (act.phrase, act.method) == (phrase, method)


@pytest.mark.parametrize(
    "sentence",
    [
        "The plan had been adopted by the Board of the Institute on 3 May 2021.",
        "Several speakers noted that the Commission adopted resolutions too late.",
        "The Institute decided to close.",
        "The General Assembly adopted its resolution 76/901.",
        "At its 3rd meeting, on 8 March 2022, the Commission considered agenda item 4, entitled “Lamps adopted by keepers”.",
    ],
)
def test_what_others_did_or_said_is_no_act_of_the_commission(sentence: str) -> None:
    assert acts(sentence) == ()


def test_two_acts_in_one_sentence() -> None:
    (first, second) = acts(
        "At its 9th meeting, on 11 March 2022, the Commission took note of the report (E/CN.99/2022/7) and decided to transmit it to the Council."
    )
    assert (first.phrase, second.phrase, second.documents) == ("took note", "decided to transmit", ("E/CN.99/2022/7",))


def test_the_draft_introduced_before_is_the_one_adopted() -> None:
    (act,) = acts(
        "## A. Action taken by the Commission",
        "At its 8th meeting, on 10 March 2022, the observer for Malta introduced a draft resolution entitled “Ringing the bells” (E/CN.99/2022/L.6).",
        "At its 9th meeting, on 11 March 2022, the Commission adopted the draft resolution, as orally revised (see chap. I, sect. B, resolution 12/1).",
    )
    assert (act.drafts, act.title, act.revision) == (("E/CN.99/2022/L.6",), "Ringing the bells", "as orally revised")
    assert [key.number for key in act.results] == ["12/1"]


def test_an_act_without_a_meeting_has_none() -> None:
    facts = acts(
        "At its 1st, 2nd and 3rd meetings, on 7 and 8 March 2022, the Commission considered it.",
        "The Commission adopted the text.",
    )
    assert [(act.meeting, act.on) for act in facts] == [(None, None)]


def test_views_of_speakers_are_no_acts() -> None:
    assert acts("## A. Deliberations", "The Commission agreed with many speakers on the lamps.") == ()


def test_the_chapeaux_of_chapter_one_are_acts_with_all_their_texts() -> None:
    facts = facts_of("The lamps were lit.").actions
    assert [(fact.phrase, [key.number for key in fact.results]) for fact in facts] == [
        ("recommends", ["I", "II"]),
        ("adopted", ["12/1"]),
    ]


def test_sponsors_stand_in_the_order_of_the_list() -> None:
    assert names(facts_of(ADOPTED).sponsorships) == [("Angola", ""), ("Chile", ""), ("United States", "")]


def test_on_behalf_of_belongs_to_the_one_sponsor() -> None:
    facts = facts_of(
        "At its 9th meeting, on 11 March 2022, the Commission adopted a draft resolution (E/CN.99/2022/L.2), submitted by the "
        "Chair on behalf of the Commission and sponsored by Albania, France (on behalf of the States Members of the United "
        "Nations that are members of the European Union), the Sudan and Venezuela (Bolivarian Republic of)."
    )
    group = "States Members of the United Nations that are members of the European Union"
    assert names(facts.sponsorships) == [
        ("Albania", ""),
        ("France", group),
        ("Sudan", ""),
        ("Venezuela (Bolivarian Republic of)", ""),
    ]


def test_those_who_join_later_follow_the_first() -> None:
    facts = facts_of(
        "At its 8th meeting, on 10 March 2022, the Commission adopted a draft resolution (E/CN.99/2022/L.6), sponsored by Chad and Mali. "
        "Subsequently, Peru and the Sudan joined in sponsoring the draft resolution."
    )
    assert [(fact.order, fact.sponsor.label) for fact in facts.sponsorships] == [
        (1, "Chad"),
        (2, "Mali"),
        (3, "Peru"),
        (4, "Sudan"),
    ]


def _order(*paragraphs: str) -> list[tuple[int, str, str]]:
    facts = facts_of(*paragraphs).sponsorships
    return [(fact.order, fact.sponsor.label, fact.on_behalf_of.label if fact.on_behalf_of else "") for fact in facts]


def test_the_delegation_that_introduced_a_draft_for_its_group_is_the_first_sponsor() -> None:
    assert _order(
        "At its 8th meeting, on 10 March 2022, the representative of Benin, on behalf of the African States, introduced a draft "
        "resolution entitled “Lamps” (E/CN.99/2022/L.6). Subsequently Chad and Mali joined as sponsors."
    ) == [(1, "Benin", "Group of African States"), (2, "Chad", ""), (3, "Mali", "")]


def test_those_for_whom_a_draft_was_introduced_are_sponsors_and_those_of_a_later_paragraph_follow() -> None:
    assert _order(
        "At its 8th meeting, on 10 March 2022, the observer for Malta, also on behalf of Chad and Peru, introduced a draft "
        "resolution (E/CN.99/2022/L.6).",
        "Subsequently, Chile joined the sponsors of the draft resolution.",
    ) == [(1, "Malta", ""), (2, "Chad", ""), (3, "Peru", ""), (4, "Chile", "")]


def test_one_who_introduced_a_draft_and_is_listed_again_sponsors_it_once() -> None:
    assert _order(
        "At its 8th meeting, on 10 March 2022, the representative of Benin, on behalf of the sponsors, introduced draft "
        "resolution E/CN.99/2022/L.6.",
        "The draft resolution was sponsored by Benin, Chad and Mali.",
    ) == [(1, "Benin", ""), (2, "Chad", ""), (3, "Mali", "")]


def test_the_chair_who_introduces_a_draft_sponsors_nothing() -> None:
    assert (
        _order("At its 8th meeting, on 10 March 2022, the Chair introduced a draft decision (E/CN.99/2022/L.6).") == []
    )


def test_an_unknown_sponsor_is_listed_not_guessed() -> None:
    facts = facts_of(
        "At its 9th meeting, on 11 March 2022, the Commission adopted a draft resolution (E/CN.99/2022/L.2), sponsored by Chad, Atlantis and Peru."
    )
    assert names(facts.sponsorships) == [("Chad", ""), ("Peru", "")]
    assert "Atlantis" in {gap.text for gap in facts.gaps if gap.stage == "sponsorships"}


def test_sponsors_of_a_workshop_sponsor_no_draft() -> None:
    facts = facts_of(ADOPTED, "A workshop sponsored by Malta and Chad was held.")
    assert {fact.paragraph for fact in facts.sponsorships} == {"3"}


def test_a_sponsorship_points_to_the_text_that_came_of_it() -> None:
    assert {fact.text and fact.text.number for fact in facts_of(ADOPTED).sponsorships} == {"12/1"}


def test_a_sentence_that_no_rule_reads_is_listed() -> None:
    facts = facts_of("The keepers of the lamp ate their sandwiches in silence.")
    assert "The keepers of the lamp ate their sandwiches in silence." in {
        gap.text for gap in facts.gaps if gap.stage == "sentences"
    }


def test_every_character_is_counted() -> None:
    counts = {count.stage: count for count in facts_of(ADOPTED).coverage}
    assert counts["characters"].total == counts["characters"].claimed


VOTED = (
    "At the same meeting, the Commission adopted the draft resolution, as orally revised, by a recorded vote of 2 to 1, with "
    "2 abstentions. The voting was as follows:\n\n*In favour:* Angola, United States of America.\n\n*Against:* Chad.\n\n"
    "*Abstaining:* Bolivia (Plurinational State of), Malta."
)


@pytest.mark.parametrize("lists", [VOTED, VOTED.replace("\n\n", " ").replace("*", "")])
def test_a_recorded_vote_has_its_counts_and_those_who_voted(lists: str) -> None:
    (act,) = acts(lists)
    assert act.vote is not None
    assert (act.method, act.vote.in_favour, act.vote.against, act.vote.abstaining) == ("recorded vote", 2, 1, 2)
    assert [(side, voter.key) for side, voter in act.vote.voters] == [
        ("in favour", "AGO"),
        ("in favour", "USA"),
        ("against", "TCD"),
        ("abstaining", "BOL"),
        ("abstaining", "MLT"),
    ]


@pytest.mark.parametrize(
    ("sentence", "kind", "counts"),
    [
        ("The Commission decided by 40 votes to none, with 3 abstentions, to list the lamp.", "decided", (40, 0, 3)),
        ("By 27 votes to 1, with one abstention, the Commission decided to list the lamp.", "decided", (27, 1, 1)),
        ("The draft decision, as a whole, was adopted by 27 votes to 1.", "adopted", (27, 1, None)),
        ("The Commission rejected the amendment by a vote of 3 to 20, with no abstentions.", "not adopted", (3, 20, 0)),
        (
            "The Commission adopted the text, with 30 votes in favour, 2 against and 5 abstentions.",
            "adopted",
            (30, 2, 5),
        ),
    ],
)
def test_the_counts_of_a_vote(sentence: str, kind: str, counts: tuple[int, int, int | None]) -> None:
    (act,) = acts(sentence)
    assert act.vote is not None
    assert (act.kind, act.method) == (kind, "recorded vote")
    assert (act.vote.in_favour, act.vote.against, act.vote.abstaining) == counts


def test_each_act_of_a_sentence_has_its_own_way() -> None:
    (first, second) = acts("The Commission took note of the report and adopted by consensus its programme of work.")
    assert (first.method, second.method) == ("not stated", "consensus")


@pytest.mark.parametrize(
    "given_up",
    [
        "At the same meeting, draft resolution E/CN.99/2022/L.3 was withdrawn by its sponsors.",
        "No action was taken on draft resolution E/CN.99/2022/L.3.",
    ],
)
def test_a_draft_that_was_given_up_is_not_the_one_adopted_next(given_up: str) -> None:
    act = acts(given_up, "At the same meeting, the Commission adopted the draft resolution.")[-1]
    assert (act.kind, act.drafts) == ("adopted", ())
