"""What the published client `sparql-llm` finds at a real server: prefixes, examples, class cards; and what it forbids."""

from __future__ import annotations

from typing import Any

import pytest

from server.questions import questions
from tests.published import Place
from tests.sparql_llm import ask

RIGHT = "PREFIX rec: <{def}> SELECT ?title { ?text a rec:Resolution ; rec:title ?title ; rec:hasClause ?clause . ?clause rec:text ?words }"
WRONG = "PREFIX rec: <{def}> SELECT ?state { ?text a rec:Resolution ; rec:cosponsoredBy ?state }"
NO_CLASS = "PREFIX rec: <{def}> SELECT ?title { ?text a rec:Resolutoin ; rec:title ?title }"
WRONG_VALUE = (
    "PREFIX rec: <{def}> SELECT ?t { ?citation a rec:Citation ; rec:citedWork ?work . ?work rec:deliverable ?t }"
)

# What the client does not read in a query: a class that is a variable, a property that is followed backwards. And what
# no report of the samples has, so that the description of these data does not tell it.
NOT_READ = (
    *("with type `None`", "Path(~", "predicate `None`", "Type rec:Subject "),
    *("predicate `rec:designation`", "predicate `rec:stance`", "Type rec:Correction "),
)


@pytest.fixture(scope="module")
def found(place: Place) -> dict[str, Any]:
    vocabulary = f"{place.address}def/"
    asked = [query.replace("{def}", vocabulary) for query in (RIGHT, WRONG, NO_CLASS, WRONG_VALUE)]
    asked += [entry.at(place.address) for entry in questions()]
    return ask(f"{place.address}sparql", *asked)


def test_the_client_finds_the_prefixes(place: Place, found: dict[str, Any]) -> None:
    assert found["prefixes"]["rec"] == f"{place.address}def/"
    assert found["prefixes"]["skos"] == "http://www.w3.org/2004/02/skos/core#"


def test_the_client_finds_every_question_as_an_example_that_parses(found: dict[str, Any]) -> None:
    assert len(found["examples"]) == len(questions())
    assert {example["query_type"] for _, example in found["examples"]} == {"SelectQuery"}
    assert any(words.startswith("Who sponsored each draft, and in whose name?") for words, _ in found["examples"])


def test_the_client_makes_a_card_of_each_class_with_its_properties_and_values(
    place: Place, found: dict[str, Any]
) -> None:
    card = found["cards"][f"{place.address}def/Citation"]
    assert card["label"] == "citation"
    for line in ("rec:citedWork [ rec:Work ]", "rec:order xsd:integer", "rec:citingText [ rec:Text ]"):
        assert line in card["shex"]


def test_the_client_has_nothing_against_a_query_that_is_right(found: dict[str, Any]) -> None:
    assert found["verdicts"][0] == []


def test_the_client_names_a_property_that_does_not_exist(found: dict[str, Any]) -> None:
    (verdict,) = found["verdicts"][1]
    assert "does not support the predicate `rec:cosponsoredBy`" in verdict
    assert "`rec:title`" in verdict


def test_the_client_names_a_class_that_does_not_exist(found: dict[str, Any]) -> None:
    assert any("Type rec:Resolutoin" in verdict and "does not exist" in verdict for verdict in found["verdicts"][2])


def test_the_client_names_a_property_that_the_value_cannot_have(found: dict[str, Any]) -> None:
    assert any("rec:deliverable" in verdict and "rec:Work" in verdict for verdict in found["verdicts"][3])


def test_the_client_knows_every_class_and_property_of_our_own_questions(found: dict[str, Any]) -> None:
    complaints = {said for verdict in found["verdicts"][4:] for said in verdict}
    assert {said for said in complaints if not any(word in said for word in NOT_READ)} == set()
