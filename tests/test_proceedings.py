"""Views, requests and titles read from single sentences."""

from __future__ import annotations

from datetime import date

import pytest

from mappings.drafting.dues import Asking, dues
from mappings.drafting.mandates import deliverable
from mappings.facts import Thing, ThingKind
from mappings.lexicon.numbers import number
from mappings.proceedings.parties import Parties
from mappings.proceedings.views import quantifier
from ontology.vocabulary import load
from tests.extraction import facts_of

COMMISSION = Thing(ThingKind.BODY, "clcm", "Commission on Lighthouses and Coastal Memory")
ASKING = Asking(COMMISSION, 12, COMMISSION)


@pytest.fixture(scope="module")
def parties() -> Parties:
    return Parties(load(), COMMISSION, date(2022, 3, 7), "unodc")


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Many speakers praised the bells.", "Many speakers"),
        ("The bells were praised by a number of speakers.", "a number of speakers"),
        ("It was noted that the bells rang.", "It was noted"),
        ("Appreciation was expressed for the bells.", "Appreciation was expressed"),
        ("The bells rang.", ""),
    ],
)
def test_the_quantifier_is_as_printed(sentence: str, words: str) -> None:
    assert quantifier(sentence) == words


@pytest.mark.parametrize(
    ("words", "count"), [("37", 37), ("seven", 7), ("Twenty-one", 21), ("none", 0), ("lamp", None)]
)
def test_a_count_is_read_in_digits_and_in_words(words: str, count: int | None) -> None:
    assert number(words) == count


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("to submit a report on lost bells to the Commission at its thirteenth session", "report"),
        ("to convene an expert group meeting on bells", "meeting"),
        ("to provide technical assistance to coastal States", "technical assistance and training"),
        ("to provide the Office with information on bells", "information"),
        ("to provide extrabudgetary resources for these purposes", "funding"),
        ("to ring the bells in fog", "action"),
    ],
)
def test_the_deliverable_is_told_by_its_words(words: str, kind: str) -> None:
    assert deliverable(words) == kind


def test_a_request_is_due_at_the_session_of_the_body_named_before_it() -> None:
    (due,) = dues("to report to the Commission at its thirteenth session", load(), ASKING, ())
    assert (due.body, due.session) == (COMMISSION, 13)


def test_a_request_without_session_is_due_nowhere() -> None:
    assert dues("to ring the bells in fog", load(), ASKING, ()) == ()


@pytest.mark.parametrize(
    ("title", "party"),
    [
        ("Minister of Harbours of Chad", "Chad"),
        ("Ambassador and Permanent Representative of Malta to the United Nations (Vienna)", "Malta"),
        ("Deputy Director, Bell Bureau, United States Department of Harbours", "United States"),
        ("Director of the United Nations Interregional Crime and Justice Research Institute", "UNICRI"),
    ],
)
def test_a_title_belongs_to_the_party_it_names(title: str, party: str, parties: Parties) -> None:
    thing = parties.of_title(title).thing
    assert thing is not None
    assert thing.label == party


def test_a_title_without_known_name_ends_with_its_organization(parties: Parties) -> None:
    assert parties.of_title("Legal Officer, Harbour Watch").thing is None
    assert parties.fallback("Legal Officer, Harbour Watch") == Thing(
        ThingKind.ORGANIZATION, "harbour-watch", "Harbour Watch"
    )


def test_states_are_named_as_at_the_session(parties: Parties) -> None:
    assert parties.named("Türkiye").label == "Turkey"


def test_a_group_whose_name_holds_a_state_is_one_party(parties: Parties) -> None:
    assert [thing.label for thing in parties.represented("the Group of 77 and China")] == ["Group of 77 and China"]


def test_what_came_after_the_vote_was_said_at_the_meeting_of_the_vote() -> None:
    facts = facts_of(
        "The Commission considered item 3 at its 2nd to 4th meetings, on 8 and 9 March 2022.",
        "At the 4th meeting, on 9 March 2022, the Commission adopted the draft resolution by a recorded vote of 3 to 2.",
        "After the vote, statements in explanation of vote were made by the representatives of Norway and Peru.",
    )
    assert [[key.number for key in fact.meetings] for fact in facts.statements] == [[4], [4]]


def test_a_paragraph_that_names_no_meeting_does_not_hide_the_one_before() -> None:
    facts = facts_of(
        "At its 1st meeting, on 7 March 2022, the Commission considered agenda item 3.",
        "At its 2nd meeting, on 8 March 2022, the representative of Chad introduced draft resolution E/CN.99/2022/L.2.",
        "In accordance with rule 153, the attention of the Commission was drawn to the costs.",
        "At the same meeting, the draft resolution was adopted.",
        "The representative of Mali made a statement in explanation of vote after the vote.",
    )
    (said,) = (fact for fact in facts.statements if fact.party and fact.party.key == "MLI")
    assert [meeting.number for meeting in said.meetings] == [2]


def test_what_stands_below_a_heading_is_of_the_meeting_that_its_first_paragraph_names() -> None:
    facts = facts_of(
        "At its 1st and 2nd meetings, on 7 and 8 March 2022, the Commission considered agenda item 3.",
        "## Panel discussion on lamps",
        "At its 2nd meeting, on 8 March 2022, the Commission held a panel discussion.",
        "Statements were made by the representatives of Chad and Mali.",
    )
    assert [[meeting.number for meeting in fact.meetings] for fact in facts.statements] == [[2], [2]]


def test_a_meeting_printed_behind_a_name_is_that_of_the_statement() -> None:
    facts = facts_of(
        "At its 3rd to 5th meetings, from 7 to 9 March 2022, the Commission considered agenda item 3.",
        "In the debate, statements were made by the representatives of Chad (3rd) and Mali (4th, 5th).",
        "The representative of Peru made a statement (5th).",
    )
    assert [[meeting.number for meeting in fact.meetings] for fact in facts.statements] == [[3], [4, 5], [5]]


ITEMS = """Election of officers.

Adoption of the agenda:

Dates of the session;

Organization of work.

Lamps and bells.

The Commission met."""


def test_an_agenda_whose_numbers_are_lost_has_its_items_by_position() -> None:
    facts = facts_of(f"At its 1st meeting, the Commission adopted its agenda, which read as follows:\n\n{ITEMS}")
    assert [(fact.item, fact.letter, fact.title) for fact in facts.agenda] == [
        ("1", "", "Election of officers"),
        ("2", "", "Adoption of the agenda"),
        ("2", "a", "Dates of the session"),
        ("2", "b", "Organization of work"),
        ("3", "", "Lamps and bells"),
    ]


def test_a_list_of_documents_under_an_item_of_the_agenda_is_no_agenda() -> None:
    listed = "Report on lamps (E/CN.99/2022/3);\n\nReport on bells (E/CN.99/2022/4);\n\nNote on oil (E/CN.99/2022/5)."
    facts = facts_of(
        "The Commission considered item 3 of its agenda at its 2nd meeting, on 8 March 2022. It had before it the "
        f"following documents:\n\n{listed}"
    )
    assert not facts.agenda
    assert [fact.symbols for fact in facts.documents] == [
        ("E/CN.99/2022/3",),
        ("E/CN.99/2022/4",),
        ("E/CN.99/2022/5",),
    ]
