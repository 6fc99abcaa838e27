"""Texts and their paragraphs."""

from __future__ import annotations

import pytest

from mappings.facts import ClauseFact
from tests.extraction import facts_of, facts_of_text, report


def operative(sentence: str) -> ClauseFact:
    """The clause that a sentence becomes as the first operative paragraph of draft resolution I."""
    text = report("The lamps were lit.").replace(
        "1. *Requests* the Secretary-General to count the towers;", f"1. {sentence}", 1
    )
    return next(fact for fact in facts_of_text(text).clauses if fact.key.part == "operative")


@pytest.mark.parametrize(
    ("sentence", "phrase", "verb", "addressee"),
    [
        ("*Requests* the Secretary-General to count the towers;", "Requests", "request", "Secretary-General"),
        ("*Also calls upon* Member States, within their means, to light lamps;", "Also calls upon", "call-upon", "Member States"),
        ("Urges States parties to the Convention on the Rights of the Child to read it;", "Urges", "urge", "States parties to the Convention on the Rights of the Child"),
        ("*Invites* Member States and other donors to provide lamps;", "Invites", "invite", "Member States and other donors"),
        ("*Encourages* participants in the harbour meetings to arrive early;", "Encourages", "encourage", "participants in the harbour meetings"),
        ("*Reiterates* its invitation to Governments to repaint their towers;", "Reiterates", "reiterate", "Governments"),
        ("*Encourages* the continued efforts of Member States to light lamps;", "Encourages", "encourage", ""),
        ("*Requests* that the lamps be lit;", "Requests", "request", ""),
        ("*Takes note with appreciation* of the report of the Secretary-General;", "Takes note with appreciation", "take-note-with-appreciation", ""),
        ("*Welcomes* the decision of Member States to light lamps;", "Welcomes", "welcome", ""),
    ],
)  # fmt: skip
def test_the_opening_phrase_and_whom_it_addresses(sentence: str, phrase: str, verb: str, addressee: str) -> None:
    clause = operative(sentence)
    assert (clause.phrase, clause.verb, clause.addressee.label if clause.addressee else "") == (phrase, verb, addressee)


@pytest.mark.parametrize(
    ("sentence", "conditional"),
    [
        ("*Requests* the Secretary-General, subject to the availability of extrabudgetary resources, to count;", True),
        ("*Requests* the Secretary-General to count, upon availability of extrabudgetary resources;", True),
        ("*Invites* Member States to provide extrabudgetary resources for these purposes;", False),
    ],
)
def test_the_condition_of_extrabudgetary_resources(sentence: str, conditional: bool) -> None:
    assert operative(sentence).conditional is conditional


def test_an_unknown_opening_phrase_is_listed_not_guessed() -> None:
    clause = operative("*Foghorns* the Secretary-General to count;")
    assert (clause.phrase, clause.verb, clause.addressee) == ("Foghorns", "", None)


def test_a_text_is_counted_and_recommended() -> None:
    facts = facts_of("The lamps were lit.")
    found = [
        (
            *(fact.key.kind, fact.key.number, fact.voice.key, fact.recommended_to and fact.recommended_to.key),
            *(fact.preambular, fact.operative, fact.subparagraphs, fact.paragraph),
        )
        for fact in facts.texts
    ]
    assert found == [
        ("draft resolution", "I", "ecosoc", "ecosoc", 1, 2, 0, "1"),
        ("draft resolution", "II", "ecosoc", "ecosoc", 1, 1, 0, "1"),
        ("resolution", "12/1", "clcm", None, 1, 1, 0, "2"),
    ]


def test_lettered_parts_of_an_unnumbered_decision_stand_under_a_chapeau() -> None:
    text = report("The lamps were lit.").replace(
        "Draft resolution II\n\nCounting the steps\n\nThe Economic and Social Council,\n\nMindful of the steps,\n\n1. *Invites* Member States to count them.",
        "Draft decision\n\nReport on the steps\n\nThe Economic and Social Council:\n\n(a) Takes note of the report;\n\n(b) Approves the agenda.",
    )
    facts = facts_of_text(text)
    decision = next(fact for fact in facts.texts if fact.key.kind == "draft decision")
    assert (decision.operative, decision.subparagraphs) == (0, 2)
    clauses = [(fact.key.letter, fact.phrase) for fact in facts.clauses if fact.key.text == decision.key]
    assert clauses == [("", ""), ("a", "Takes note"), ("b", "Approves")]
