"""How commissions tell what they did, one paragraph a case: tests/acts/cases.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mappings.facts import ActionFact, TextKey
from tests.extraction import COVER, FIRST, facts_of, facts_of_text

AFTER = "The Commission considered agenda item 4."
CASES = tomllib.loads((Path(__file__).parent / "acts" / "cases.toml").read_text(encoding="utf8"))["case"]


def row(fact: ActionFact) -> list[str]:
    vote = fact.vote
    counts = [vote.in_favour, vote.against, vote.abstaining] if vote else []
    return [
        fact.kind,
        fact.phrase,
        str(fact.meeting.number) if fact.meeting else "",
        fact.method,
        " ".join(fact.documents),
        "-".join("" if count is None else str(count) for count in counts),
        fact.organ,
    ]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["manner"]) for case in CASES])
def test_a_paragraph_gives_its_acts(case: dict[str, object]) -> None:
    text = "\n\n".join([str(case["text"]), *case.get("lines", ())])  # type: ignore[misc]
    found = [row(fact) for fact in facts_of(text, AFTER).actions if int(fact.paragraph) >= FIRST]
    assert [one[: len(asked)] for one, asked in zip(found, case["acts"], strict=True)] == case["acts"]  # type: ignore[call-overload]


DECISIONS = """Chapter I

Matters brought to the attention of the Economic and Social Council

1. The following decisions adopted by the Commission are brought to the attention of the Economic and Social Council:

Decision 70/1

Inclusion of lampene in the list of lamp oils

At its 4th meeting, on 10 March 2022, the Commission on Lighthouses and Coastal Memory decided by 31 votes to none, with 1 abstention, to include lampene in the list of lamp oils.

Decision 70/2

Inclusion of bellene in the list of lamp oils

At its 5th meeting, on 11 March 2022, the Commission decided by 30 votes to 1 to include bellene in the list. It also requested the Secretary-General to count the lamps.

Chapter II

Proceedings

2. The Commission considered item 3.
"""


def test_decisions_tell_their_own_adoption_and_vote() -> None:
    facts = facts_of_text(COVER + DECISIONS)
    told = [fact for fact in facts.actions if fact.order > 1]
    assert [(*row(fact)[:4], row(fact)[5], [key.number for key in fact.results]) for fact in told] == [
        ("decided", "decided", "4", "recorded vote", "31-0-1", ["70/1"]),
        ("decided", "decided", "5", "recorded vote", "30-1-", ["70/2"]),
        ("requested", "requested", "5", "not stated", "", ["70/2"]),
    ]
    assert {fact.paragraph for fact in told} == {"1"}
    assert told[0].results == (TextKey("decision", "70/1", "clcm"),)
    assert told[0].title == "Inclusion of lampene in the list of lamp oils"


def test_a_meeting_that_only_a_decision_names_is_a_meeting() -> None:
    facts = facts_of_text(COVER + DECISIONS)
    assert [(fact.key.number, str(fact.on)) for fact in facts.meetings] == [(4, "2022-03-10"), (5, "2022-03-11")]


def test_a_title_ends_where_a_sentence_begins_and_a_soft_break_inside_the_sentence_ends_nothing() -> None:
    broken = DECISIONS.replace(
        "on Lighthouses and Coastal Memory decided by 31", "on Lighthouses and Coastal \nMemory decided by 31"
    )
    assert broken != DECISIONS
    marked = broken.replace("\nDecision 70/1", "\n# Decision 70/1").replace(
        "\nInclusion of lamp", "\n# Inclusion of lamp"
    )
    for text in (broken, marked):
        facts = facts_of_text(COVER + text)
        assert facts.texts[0].title == "Inclusion of lampene in the list of lamp oils"
        assert facts.actions[1].results == (TextKey("decision", "70/1", "clcm"),)
