"""What operative paragraphs ask for, in the words of other drafters."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from mappings.drafting.mandates import deliverable
from mappings.facts import Due, MandateFact
from tests.extraction import CHAPTER_ONE, COVER, facts_of_text
from tests.sentences import clause


def asked(*paragraphs: str) -> list[MandateFact]:
    """The mandates of resolution 12/1 with these operative paragraphs."""
    numbered = "\n\n".join(paragraphs)
    head, _, _ = CHAPTER_ONE.rpartition("1. *Calls upon* Member States to ring their bells.")
    facts = facts_of_text(f"{COVER}{head}{numbered}\n\nChapter II\n\nProceedings\n\n3. The session was quiet.\n")
    return [fact for fact in facts.mandates if fact.clause.text.kind == "resolution"]


def told(fact: MandateFact) -> tuple[str, str, str]:
    """Letter, addressee and deliverable."""
    return fact.clause.letter, fact.addressee.label if fact.addressee else "", fact.deliverable


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("the Office, within its mandate, to provide training to keepers", "technical assistance and training"),
        ("the Office, subject to the availability of extrabudgetary resources, to count the lamps", "action"),
        ("Member States to consider making voluntary contributions to the keepers", "funding"),
        ("donors to contribute generously to the Lamp Trust Fund", "funding"),
        ("the Office to hold, in cooperation with ports, a workshop on fog", "meeting"),
        ("Member States to facilitate the participation of islands in the workshop", "participation"),
        ("the Secretary-General to follow up and to report thereon to the Council", "report"),
        ("Member States to report wrecks to their harbour police", "action"),
        ("Member States to share, on a voluntary basis, their experiences", "information"),
        ("Member States to provide keepers with access to information", "programmes and services"),
        ("Member States to develop measures, including training of keepers", "action"),
        ("Member States to develop comprehensive strategies or action plans to save oil", "legislation or policy"),
        ("Member States, in accordance with domestic law, to criminalize wrecking", "legislation or policy"),
        ("Member States to take all necessary measures to prevent wrecks, including by adopting laws", "action"),
        ("Member States to strengthen international cooperation to find wrecks, as well as training", "cooperation"),
        ("the Commission to approve at its thirteenth session the theme of the regatta", "consideration"),
        ("Member States to consider ratifying the Convention on Lamps", "ratification"),
        ("parties to implement them fully and effectively", "implementation"),
        ("Member States to increase public awareness of fog", "awareness and education"),
        ("the Office to develop a practical assistance tool for keepers", "document or tool"),
        ("the Secretary-General to appoint an Executive Secretary of the regatta", "preparation and staffing"),
        ("Member States to actively participate in the meeting of the expert group", "participation"),
        ("Member States to collect data on fog", "data and research"),
        ("Member States to provide appropriate support to keepers", "programmes and services"),
        ("Member States that have not lit lamps to do so, and to adopt a lamp policy", "legislation or policy"),
    ],
)
def test_what_is_asked_is_told_by_the_first_infinitive_or_a_report(words: str, kind: str) -> None:
    assert deliverable(words) == kind


def test_reiterating_an_invitation_is_asking_those_who_are_invited() -> None:
    (fact,) = asked("1. *Reiterates* its invitation to Member States to light their lamps.")
    assert told(fact) == ("", "Member States", "action")


def test_a_paragraph_that_asks_nobody_asks_for_nothing() -> None:
    assert not asked("1. *Encourages* the holding of side events that light the lamps.")


def test_a_request_behind_another_verb_is_read() -> None:
    (fact,) = asked("1. *Stresses* the use of fog, and invites Member States to provide information on their fogs.")
    assert told(fact) == ("", "Member States", "information")


def test_each_letter_under_a_request_is_a_request() -> None:
    found = asked("1. *Requests* the Secretary-General:", "(a) To count the bells;", "(b) To report thereon to it.")
    assert [told(fact) for fact in found] == [
        ("a", "Secretary-General", "action"),
        ("b", "Secretary-General", "report"),
    ]


def test_a_condition_holds_for_the_request_that_it_stands_in() -> None:
    found = asked(
        "1. *Requests* the Secretary-General, subject to the availability of extrabudgetary resources, to ring the "
        "bells, and encourages Member States to listen."
    )
    assert [(*told(fact), fact.conditional) for fact in found] == [
        ("", "Secretary-General", "action", True),
        ("", "Member States", "action", False),
    ]


def test_authorizing_somebody_to_work_is_a_mandate_with_its_session() -> None:
    (fact,) = asked(
        "1. *Authorizes* the working group on bells to continue its work with a view to reporting to the Commission "
        "on Lighthouses and Coastal Memory at its thirteenth session."
    )
    assert (*told(fact), fact.dues[0].session) == ("", "working group on bells", "report", 13)


CASES = tomllib.loads((Path(__file__).parent / "mandates" / "requests.toml").read_text(encoding="utf8"))["case"]


def shown(due: Due) -> str:
    if due.on:
        return str(due.on)
    return f"{due.body.label if due.body else '-'} {due.session}" if due.session else due.words


@pytest.mark.parametrize("case", [pytest.param(case, id=case["text"][:70]) for case in CASES])
def test_a_paragraph_asks_single_actors_by_its_terms(case: dict[str, object]) -> None:
    _, found = clause(str(case["text"]), "operative")
    assert [list(fact.names) for fact in found] == case["addressees"]
    assert [shown(due) for fact in found for due in fact.dues] == case.get("dues", [])
    terms = ("periodicity", "review", "expiry", "qualifier", "resource_condition")
    assert {name: " ".join(filter(None, (getattr(fact, name) for fact in found))) for name in terms} == {
        name: case.get(name, "") for name in terms
    }
    assert any(fact.continuing for fact in found) == case.get("continuing", False)
    assert [one.key for fact in found for one in fact.parties_to] == case.get("parties_to", [])


def test_them_are_those_whom_the_request_before_named() -> None:
    _, found = clause("Requests the Panel of Keepers to count lamps, and encourages them to light one;", "operative")
    assert [told(fact) for fact in found] == [("", "Panel of Keepers", "action"), ("", "Panel of Keepers", "action")]


def test_a_session_is_of_the_organ_that_speaks_where_none_is_named() -> None:
    (fact,) = asked("1. *Requests* the Secretary-General to report thereon at its fifteenth session.")
    assert [shown(due) for due in fact.dues] == ["Commission on Lighthouses and Coastal Memory 15"]


def test_a_decision_on_the_text_sets_the_term_of_its_requests() -> None:
    first, second = asked(
        "1. *Requests* the Secretary-General to count the bells;",
        "2. *Requests* the Panel of Keepers to ring them;",
        "3. *Decides* to review the implementation of the present resolution at its fifteenth session;",
        "4. *Extends* the mandate of the Panel of Keepers until 31 December 2031.",
    )
    review = "to review the implementation of the present resolution at its fifteenth session"
    assert [(one.review, one.expiry) for one in (first, second)] == [(review, ""), (review, "until 31 December 2031")]
    assert [one.term_set_in.number if one.term_set_in else 0 for one in (first, second)] == [3, 4]
