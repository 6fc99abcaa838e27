"""Officers in the layouts of several commissions."""

from __future__ import annotations

import pytest

from mappings.facts import OfficerFact
from tests.extraction import facts_of

LISTED = """At its 1st meeting, on 7 March 2022, the Commission elected the following officers by acclamation:

Chair:
Ada Quay (Malta)

Vice-Chairs:
Bo Reef (Chad)
Cy Dune (Peru)"""

BESIDE = """The following officers were elected:

Chair: Ada Quay (Malta)
Vice-Chairs: Bo Reef (Chad), Cy Dune (Peru)"""

BUREAU = """The officers elected for the twelfth session of the Commission are listed below.

| Office | Regional group | Officer |
|---|---|---|
| Chair | Western European and other States | Ada Quay (Malta) |
| Rapporteur | African States | Bo Reef (Chad) |"""


def told(fact: OfficerFact) -> tuple[str, str, str, str]:
    """Office, person, party and status."""
    return fact.office, fact.person, fact.state.label if fact.state else "", fact.status


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "At its 1st meeting, on 7 March 2022, the Commission elected by acclamation Ada Quay (Malta) Chair.",
            [("Chair", "Ada Quay", "Malta", "elected")],
        ),
        (
            "The Commission elected the following officers: Ada Quay (Malta), Chair; Bo Reef (Chad), First Vice-Chair.",
            [("Chair", "Ada Quay", "Malta", "elected"), ("First Vice-Chair", "Bo Reef", "Chad", "elected")],
        ),
        (
            "The Commission appointed Ms. Ada Quay (Malta) and Bo Reef (Chad) as members of the Board of the Harbour Institute.",
            [("member", "Ada Quay", "Malta", "appointed"), ("member", "Bo Reef", "Chad", "appointed")],
        ),
        (
            "At its 1st meeting, on 7 March 2022, the Commission established a drafting group, chaired by Ada Quay (Malta).",
            [("chair", "Ada Quay", "Malta", "chair")],
        ),
        (
            "The working group on lamps met twice, under the chairmanship of Bo Reef (Chad).",
            [("chair", "Bo Reef", "Chad", "chair")],
        ),
        (
            "The Commission elected the following officers: Chair: Ada Quay (Malta); Rapporteur: Bo Reef (Chad).",
            [("Chair", "Ada Quay", "Malta", "elected"), ("Rapporteur", "Bo Reef", "Chad", "elected")],
        ),
        (
            "The Commission elected Ada Quay (Malta) as Chair, and Bo Reef (Chad) and Cy Dune (Peru) as Vice-Chairs.",
            [
                ("Chair", "Ada Quay", "Malta", "elected"),
                ("Vice-Chair", "Bo Reef", "Chad", "elected"),
                ("Vice-Chair", "Cy Dune", "Peru", "elected"),
            ],
        ),
        (
            "The Commission elected Ms. Ada Quay (Malta) Vice-Chair and designated Bo Reef (Chad) to serve as Rapporteur.",
            [("Vice-Chair", "Ada Quay", "Malta", "elected"), ("Rapporteur", "Bo Reef", "Chad", "elected")],
        ),
        (
            "The Commission elected as its Chair Ada Quay (Malta).",
            [("Chair", "Ada Quay", "Malta", "elected")],
        ),
        ("The Chair, Ada Quay (Malta), made a statement.", []),
        (
            "The Commission recommended that the Council approve the re-election of Ada Quay (Malta) and the nomination "
            "of Bo Reef (Chad) as members of the Board of the Harbour Institute.",
            [("member", "Ada Quay", "Malta", "appointed"), ("member", "Bo Reef", "Chad", "nominated")],
        ),
        (
            "At the 1st meeting, on 7 March 2022, the Forum elected by acclamation Ada Quay as Chair; Bo Reef and "
            "Cy van Dune as Vice-Chairs; and Di Foam as Rapporteur.",
            [
                ("Chair", "Ada Quay", "", "elected"),
                ("Vice-Chair", "Bo Reef", "", "elected"),
                ("Vice-Chair", "Cy van Dune", "", "elected"),
                ("Rapporteur", "Di Foam", "", "elected"),
            ],
        ),
        (
            "The Committee elected Mr. Bo Reef as Chairman and Ms. Ada Quay as Vice-Chairman.",
            [("Chairman", "Bo Reef", "", "elected"), ("Vice-Chairman", "Ada Quay", "", "elected")],
        ),
        (
            "The Committee elected the following officers: José del Reef (Chair), Ada Quay (Vice-Chair) and Di Foam "
            "(Rapporteur).",
            [
                ("Chair", "José del Reef", "", "elected"),
                ("Vice-Chair", "Ada Quay", "", "elected"),
                ("Rapporteur", "Di Foam", "", "elected"),
            ],
        ),
        (
            "The Commission designated Mr. del Reef to serve as Rapporteur.",
            [("Rapporteur", "del Reef", "", "appointed")],
        ),
        (
            "On 18 January 2022, the Committee elected Ada Quay (Malta) as Chair and Chad and Peru as Vice-Chairs.",
            [
                ("Chair", "Ada Quay", "Malta", "elected"),
                ("Vice-Chair", "", "Chad", "elected"),
                ("Vice-Chair", "", "Peru", "elected"),
            ],
        ),
    ],
)
def test_sentences_tell_who_was_elected_or_proposed(sentence: str, expected: list[tuple[str, ...]]) -> None:
    assert [told(fact) for fact in facts_of(sentence).officers] == expected


@pytest.mark.parametrize("paragraph", [LISTED, BESIDE])
def test_officers_are_read_from_lists_of_lines(paragraph: str) -> None:
    assert [told(fact)[:3] for fact in facts_of(paragraph).officers] == [
        ("Chair", "Ada Quay", "Malta"),
        ("Vice-Chair", "Bo Reef", "Chad"),
        ("Vice-Chair", "Cy Dune", "Peru"),
    ]


def test_the_chair_of_a_workshop_is_the_officer_whose_office_is_printed() -> None:
    facts = facts_of("The workshop was chaired by the Rapporteur and moderated by the observer for Fiji.", BUREAU)
    assert [told(fact) for fact in facts.officers[:2]] == [
        ("chair", "Bo Reef", "Chad", "chair"),
        ("moderator", "", "Fiji", "moderator"),
    ]


def test_an_office_that_nobody_is_said_to_hold_names_nobody() -> None:
    assert not facts_of("The workshop was chaired by the Rapporteur.").officers


def test_the_extended_bureau_has_the_chairs_of_the_regional_groups_and_the_presidency_of_the_union() -> None:
    facts = facts_of(
        "A group composed of the Chairs of the five regional groups, the Chair of the Group of 77 and China and the "
        "representative of the State holding the presidency of the European Union was established to assist the Chair."
    )
    assert len({fact.group for fact in facts.officers if fact.body == "extended Bureau"}) == 7


PLURALS = """The Commission elected the following officers:

Chairman: Mr. Bo Reef (Chad)
Vice-Chairmen: Ms. Ada Quay (Malta)
Mr. Cy Dune (Peru)
Vice-Chairman-cum-Rapporteur: Ms. Di Foam (Fiji)
Keeper of Oil: Mr. Ed Mist (Mali)"""
HEADS = """The Commission decided to elect the following heads of delegations as Vice-Chairpersons:

H.E. Mr. Bo Reef (Chad)
Ms. Ada Quay (Malta)"""
SERVED = """The following officers served on the Bureau of the Commission at its twelfth session:

Chair:

Bo Reef (Chad)

Vice-Chairs:

Ada Quay (Malta)

Cy Dune (Peru)"""
CELLS = """The Council elected the following officers by acclamation:

| President: | Ms. Ada Quay (Malta) |
| --- | --- |
| Vice-Presidents: | Mr. Bo Reef (Chad) |
|  | Mr. Cy Dune (Peru) |"""


@pytest.mark.parametrize(
    ("paragraph", "held"),
    [
        (
            PLURALS,
            [
                ("Chairman", "Bo Reef"),
                ("Vice-Chair", "Ada Quay"),
                ("Vice-Chair", "Cy Dune"),
                ("Vice-Chairman-cum-Rapporteur", "Di Foam"),
            ],
        ),
        (HEADS, [("Vice-Chairperson", "Bo Reef"), ("Vice-Chairperson", "Ada Quay")]),
        (SERVED, [("Chair", "Bo Reef"), ("Vice-Chair", "Ada Quay"), ("Vice-Chair", "Cy Dune")]),
        (CELLS, [("President", "Ada Quay"), ("Vice-Presidents", "Bo Reef"), ("Vice-Presidents", "Cy Dune")]),
    ],
)
def test_offices_of_several_persons_in_lists(paragraph: str, held: list[tuple[str, str]]) -> None:
    assert [
        (fact.office, fact.person.removeprefix("Mr. ").removeprefix("Ms. ")) for fact in facts_of(paragraph).officers
    ] == held
