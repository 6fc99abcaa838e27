"""How commissions list their speakers, one sentence a case: tests/statements/cases.toml."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest

from mappings.facts import StatementFact, Thing, ThingKind
from mappings.proceedings.parties import Parties
from mappings.proceedings.statements import statements
from mappings.tree import Kind, Node, Passage
from ontology.vocabulary import load

CASES = tomllib.loads((Path(__file__).parent / "statements" / "cases.toml").read_text(encoding="utf8"))["case"]
COMMISSION = Thing(ThingKind.BODY, "clcm", "Commission on Lighthouses and Coastal Memory")


def passage(text: str, start: int) -> Passage:
    return Passage(text, tuple(range(start, start + len(text))))


def report(text: str, lines: list[str]) -> Node:
    """A report of one numbered paragraph, with a list a line each below it."""
    below = tuple(Node(Kind.LINE, passage=passage(line, 1000 * at)) for at, line in enumerate(lines, 1))
    paragraph = Node(Kind.PARAGRAPH, label="9", passage=passage(text, 0), children=below)
    return Node(Kind.REPORT, children=(Node(Kind.CHAPTER, label="IV", children=(paragraph,)),))


def read(text: str, lines: list[str], on: date = date(2024, 5, 17)) -> tuple[StatementFact, ...]:
    return statements(report(text, lines), (), Parties(load(), COMMISSION, on))


def row(fact: StatementFact) -> list[str]:
    behalf = "; ".join(thing.label for thing in fact.on_behalf_of)
    return [fact.party.label if fact.party else "", fact.capacity, fact.mode, behalf, fact.person, fact.purpose]


@pytest.mark.parametrize("case", [pytest.param(case, id=case["manner"]) for case in CASES])
def test_a_sentence_gives_its_speakers(case: dict[str, object]) -> None:
    found = [row(fact) for fact in read(str(case["text"]), list(case.get("lines", ())))]  # type: ignore[call-overload]
    asked = [[*one, *[""] * (4 - len(one))] for one in case["speakers"]]  # type: ignore[attr-defined]
    sizes = [len(one) for one in asked] + [4] * len(found)
    assert [one[:size] for one, size in zip(found, sizes, strict=False)] == asked


def test_the_chair_in_the_report_of_a_committee_is_that_committee_s() -> None:
    said = Node(Kind.PARAGRAPH, label="9", passage=passage("The Chair recalled that oil was scarce.", 0))
    title = passage("Report of the Committee of the Whole", 500)
    tree = Node(Kind.REPORT, children=(Node(Kind.ANNEX, label="V", title=title, children=(said,)),))
    (fact,) = statements(tree, (), Parties(load(), COMMISSION, date(2024, 5, 17)))
    assert fact.party == Thing(ThingKind.BODY, "committee-of-the-whole", "Committee of the Whole")


def test_two_persons_of_one_state_make_two_statements() -> None:
    found = read(
        "Mr. Bo Reef (Chad) noted the lamp. Ms. Ada Quay (Chad) noted the oil. Ms. Quay added that it was lit.", []
    )
    assert [fact.person for fact in found] == ["Mr. Bo Reef", "Ms. Ada Quay"]
