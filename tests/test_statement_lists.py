"""Any list of States, in any spelling and any notation of lists, gives these States in order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ontology.naming import Entry, NameKind
from ontology.scheme import statements as said_of
from ontology.scheme import texts
from ontology.terms import BASE
from ontology.vocabulary import load
from tests.test_statement_cases import read

SKOS = "http://www.w3.org/2004/02/skos/core#"
STATES = tuple(entry for (kind, _), entry in sorted(load().entries.items()) if kind is NameKind.STATE)
HEADS = ("the representatives of", "the observers for", "representatives of", "the delegations of")
ASIDES = (
    "",
    " (online)",
    " (on behalf of the Group of 77 and China)",
    " (in person)",
    " (also on behalf of Chad and Peru)",
)


def known_spellings() -> dict[str, tuple[str, ...]]:
    """Every English name of each State that the schemes know, its former names among them."""
    vocabulary, said = load(), said_of()
    found: dict[str, tuple[str, ...]] = {}
    for entry in STATES:
        about = said[f"{BASE}state/{entry.key}"]
        labels = [one for name in ("prefLabel", "altLabel", "hiddenLabel") for one in texts(about, f"{SKOS}{name}")]
        former = [name.label for name in vocabulary.former_names.get(entry.key, ())]
        names = dict.fromkeys([*labels, *former])
        found[entry.key] = tuple(name for name in names if vocabulary.named(name, (NameKind.STATE,)))
    return found


SPELLINGS = known_spellings()


def with_commas(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def with_last_comma(names: list[str]) -> str:
    return ", and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 2 else with_commas(names)


def with_semicolons(names: list[str]) -> str:
    return "; and ".join(["; ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def as_well_as(names: list[str]) -> str:
    return f"{with_commas(names[:-1])}, as well as {names[-1]}" if len(names) > 1 else names[0]


NOTATIONS = (with_commas, with_last_comma, with_semicolons, as_well_as)
named_states = st.lists(
    st.sampled_from(STATES).flatmap(
        lambda entry: st.tuples(
            st.just(entry.key),
            st.sampled_from(SPELLINGS[entry.key]),
            st.sampled_from(("", "the ")),
            st.sampled_from(ASIDES),
        )
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda named: named[0],
)
Named = tuple[str, str, str, str]


def keys(text: str, lines: list[str] | None = None) -> list[str]:
    return [fact.party.key if fact.party else "" for fact in read(text, lines or [], date(2019, 5, 24))]


@given(named_states, st.sampled_from(NOTATIONS), st.sampled_from(HEADS))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_a_list_after_a_passive_verb_gives_its_states(
    named: list[Named], notation: Callable[[list[str]], str], head: str
) -> None:
    names = [article + name + aside for _, name, article, aside in named]
    assert keys(f"Statements were made by {head} {notation(names)}.") == [key for key, *_ in named]


@given(named_states, st.sampled_from(NOTATIONS), st.sampled_from(("made statements", "took the floor")))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_a_list_before_an_active_verb_gives_its_states(
    named: list[Named], notation: Callable[[list[str]], str], verb: str
) -> None:
    names = [article + name + aside for _, name, article, aside in named]
    assert keys(f"The representatives of {notation(names)} also {verb}.") == [key for key, *_ in named]


@given(named_states, named_states, st.sampled_from(NOTATIONS))
@settings(max_examples=150, deadline=None, derandomize=True)
def test_representatives_and_observers_in_one_sentence_are_told_apart(
    members: list[Named], observers: list[Named], notation: Callable[[list[str]], str]
) -> None:
    first, second = ([article + name + aside for _, name, article, aside in one] for one in (members, observers))
    text = (
        f"Statements were made by the representatives of {notation(first)} and by the observers for {notation(second)}."
    )
    expected = [*((key, "representative") for key, *_ in members), *((key, "observer") for key, *_ in observers)]
    found = [(fact.party.key if fact.party else "", fact.capacity) for fact in read(text, [])]
    assert found == expected


@given(named_states, st.sampled_from(("", "– ", "• ")), st.sampled_from(("", ";", ",")))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_a_list_a_line_each_gives_its_states(named: list[Named], before: str, after: str) -> None:
    lines = [before + name + aside + after for _, name, _, aside in named]
    assert keys("Statements were made by the following delegations:", lines) == [key for key, *_ in named]


@pytest.mark.parametrize("entry", STATES, ids=lambda entry: entry.key)
def test_every_spelling_of_a_state_is_found_between_others(entry: Entry) -> None:
    for name in SPELLINGS[entry.key]:
        text = f"Statements were made by the representatives of Chad, {name} and Peru."
        assert keys(text) == ["TCD", entry.key, "PER"], name


@pytest.mark.parametrize(
    ("spelling", "on", "name"),
    [
        ("Türkiye", date(2021, 5, 21), "Turkey"),
        ("Turkey", date(2023, 5, 26), "Türkiye"),
        ("Czech Republic", date(2019, 5, 24), "Czechia"),
        ("Swaziland", date(2019, 5, 24), "Eswatini"),
        ("Eswatini", date(2017, 5, 26), "Swaziland"),
        ("North Macedonia", date(2018, 5, 18), "former Yugoslav Republic of Macedonia"),
        ("Cape Verde", date(2014, 5, 16), "Cabo Verde"),
        ("Palestine", date(2014, 5, 16), "State of Palestine"),
        ("Libyan Arab Jamahiriya", date(2012, 4, 27), "Libya"),
        ("Burma", date(2012, 4, 27), "Myanmar"),
    ],
)
def test_a_state_bears_the_name_in_force_that_year(spelling: str, on: date, name: str) -> None:
    (fact,) = read(f"The representative of {spelling} made a statement.", [], on)
    assert fact.party is not None
    assert fact.party.label == name
