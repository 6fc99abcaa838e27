"""Statements before or after an act: which act, and which position the report says they take."""

from __future__ import annotations

import pytest

from mappings.facts import StatementFact
from tests.extraction import facts_of

ADOPTED = "At its 4th meeting, on 9 March 2022, the Commission adopted a draft resolution (E/CN.99/2022/L.4), entitled “Bells”."
ADOPTED_AFTER = "At the same meeting, the Commission adopted a draft resolution (E/CN.99/2022/L.5), entitled “Oil”."


def spoken(*paragraphs: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """Of each statement around an act its party, the draft that the act was on, and its positions."""
    facts = facts_of(*paragraphs)
    acts = {(act.paragraph, act.order): act for act in facts.actions}

    def row(fact: StatementFact) -> tuple[str, str, tuple[str, ...]]:
        draft = "/".join(acts[fact.act].drafts) if fact.act else ""
        return fact.party.label if fact.party else "", draft.rpartition("/")[2], fact.stances

    return [row(fact) for fact in facts.statements]


@pytest.mark.parametrize(
    ("sentence", "stances"),
    [
        ("the representative of Norway made a statement.", ()),
        ("the representative of Norway made a statement in explanation of position.", ("explanation of position",)),
        ("the representative of Norway stated that it dissociated itself from paragraph 4.", ("dissociation",)),
        ("the representative of Norway expressed reservations on paragraph 4.", ("reservation",)),
        (
            "the representative of Norway stated that joining the consensus should not be interpreted as acceptance of it.",
            ("consensus without endorsement",),
        ),
        (
            "the representative of Norway stated that its decision to join consensus should not be construed as a "
            "legitimization of wrecking.",
            ("consensus without endorsement",),
        ),
        ("the representative of Norway regretted that discussions were being politicized.", ()),
        ("the representative of Norway regretted that the resolution did not mention oil.", ("regret",)),
    ],
)
def test_a_statement_after_an_adoption_points_to_it_and_takes_the_position_that_is_told(
    sentence: str, stances: tuple[str, ...]
) -> None:
    assert spoken(ADOPTED, f"After the adoption of the draft resolution, {sentence}") == [("Norway", "L.4", stances)]


def test_a_statement_belongs_to_the_last_act_that_is_told_before_it() -> None:
    after = "After the adoption of the draft resolution, the representative of Norway made a statement."
    assert spoken(ADOPTED, ADOPTED_AFTER, after) == [("Norway", "L.5", ())]


def test_a_statement_belongs_to_the_act_on_the_draft_that_it_names() -> None:
    after = "After the adoption of draft resolution E/CN.99/2022/L.4, the representative of Norway made a statement."
    assert spoken(ADOPTED, ADOPTED_AFTER, after) == [("Norway", "L.4", ())]


def test_what_is_said_before_an_adoption_told_behind_it_belongs_to_that_one() -> None:
    before = "Before the draft resolution was adopted, the representative of Norway made a statement."
    told = f"{before} {ADOPTED_AFTER.replace('At the same meeting, t', 'T')}"
    assert spoken(ADOPTED, told) == [("Norway", "L.5", ())]
    assert spoken(ADOPTED, before) == [("Norway", "L.4", ())]


def test_a_statement_in_a_debate_belongs_to_no_act() -> None:
    assert spoken(ADOPTED, "The representative of Norway made a statement on fog.") == [("Norway", "", ())]
