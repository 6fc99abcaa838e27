"""What is understood of the sentences that a rule reads, and which of their words are read past."""

from __future__ import annotations

import re

import pytest
from rdflib import RDF, Literal

from mappings import iris
from mappings.evidence import evidence_graph
from mappings.facts import Facts, ParagraphKey
from mappings.formulas.formula import wording
from mappings.source import from_text
from ontology.terms import OA, REC
from shapes.conformance import validate
from tests.extraction import facts_of, facts_of_text, report

# A sentence, and the stretches of its words that no fact stands on.
CASES = {
    "all is wording or evidence": (
        "At the same meeting, the Commission took note of the report of the Secretariat on lamps (E/CN.99/2022/5).",
        [],
    ),
    "who spoke, and the words in which speakers are listed": (
        "Statements were also made by the representatives of Chad and Peru and by the observer for the European Union.",
        [],
    ),
    "what a relative clause adds": (
        "At its 3rd meeting, on 9 March 2022, the Commission adopted by consensus draft resolution E/CN.99/2022/L.3, "
        "which had been drawn up by its plumbers.",
        ["drawn up by its plumbers"],
    ),
    "a title that the report holds": (
        "At its 3rd meeting, on 9 March 2022, the Commission adopted the draft resolution entitled “Ringing the bells”.",
        [],
    ),
    "practice": ("The Chair of the Commission opened the session.", []),
    "more than practice": (
        "The Chair of the Commission opened the session and lit the great lamp.",
        ["lit the great lamp"],
    ),
    "a sentence that nothing reads is no residue": ("The lamps were blue and very cold.", []),
}


def _residue(facts: Facts) -> list[str]:
    return [gap.text for gap in facts.residue if gap.span.start >= facts.paragraphs[-1].evidence.span.start]


@pytest.mark.parametrize("name", CASES)
def test_the_words_that_are_read_past_are_listed(name: str) -> None:
    sentence, left = CASES[name]
    assert _residue(facts_of(sentence)) == left


def test_what_is_understood_and_what_is_listed_add_up() -> None:
    facts = facts_of(*(sentence for sentence, _ in CASES.values()))
    (count,) = (one for one in facts.coverage if one.stage == "residue")
    listed = sum(len(re.findall(r"\w+(?:[-’'./]\w+)*", gap.text)) for gap in facts.residue)
    assert listed and count.total - count.claimed == listed


def test_the_residue_stands_in_the_graph_with_its_words_and_its_paragraph() -> None:
    words, (left,) = CASES["more than practice"]
    source = from_text(report(words), "clcm-12.txt")
    facts = facts_of_text(source.text)
    graph = evidence_graph(facts, source)
    session = iris.session_key(facts.report)
    (gap,) = graph.subjects(REC.text, Literal(left))
    assert set(graph.objects(gap, REC.standsIn)) == {iris.paragraph(session, ParagraphKey("3"))}
    (target,) = graph.objects(gap, OA.hasTarget)
    selectors = list(graph.objects(target, OA.hasSelector))
    assert {words for one in selectors for words in graph.objects(one, OA.exact)} == {Literal(left)}
    described = [triple for triple in graph if triple[0] in set(graph.subjects(RDF.type, REC.Gap))]
    only = type(graph)()
    for triple in described:
        only.add(triple)
    assert not [result for result in validate(only).results if "gap" in result.shape]


@pytest.mark.parametrize(
    ("emits", "text", "said"),
    [
        ("sitting", "Also at the same meeting, the Commission met.", ["at the same meeting"]),
        ("conduct", "On 13 May, the network of lamp institutes organized a workshop on fog.", ["the", "a workshop"]),
        ("vote", "by a vote of 30 votes to 2, with 5 abstentions", ["30 votes to 2, with 5 abstentions"]),
        ("sponsors", "sponsored by Chad and Peru", ["sponsored by"]),
    ],
)
def test_wording_is_what_a_formula_says_itself_or_takes_into_a_field(emits: str, text: str, said: list[str]) -> None:
    found = " ".join(text[start:end] for start, end in wording(emits, text))
    assert all(one in found for one in said), found
    assert "Chad" not in found and "lamp institutes" not in found
