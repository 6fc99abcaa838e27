"""On which terms something is asked: how often, until when, when it is reviewed, with what resources."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mappings.facts import ClauseFact, MandateFact
from mappings.formulae import formula
from mappings.formulas.formula import in_order, leftmost, matches


def periodicity(words: str) -> str:
    """How often something is to be done, as printed ("annually", "every two years"); empty for once."""
    return _said("periodicity", words).lower()


def review(words: str) -> str:
    """The words that say when or how it is to be looked at again; empty where none do."""
    return _said("review", words)


def expiry(words: str) -> str:
    """The words that say until when or for how long it holds; empty where none do."""
    return _said("expiry", words)


def continuing(infinitives: list[str]) -> bool:
    """Whether somebody is asked to go on with what is done: an infinitive begins so ("to continue to count lamps")."""
    return any(one.fields.get("continuing") for words in infinitives for one in matches("mandates", words))


def resource_condition(words: str, *, conditional: bool) -> str:
    """The words that bind a request to resources: "within existing resources"; empty where none do.

    Those that make it depend on extrabudgetary ones come first, where it does.
    """
    depends = formula("clauses", "extrabudgetary condition").search(words) if conditional else None
    return depends.group() if depends else _said("resource_condition", words)


def _said(name: str, words: str) -> str:
    """The first words of a text that say a field of a mandate, without the signs around them."""
    return next((said.strip(" ,") for one in in_order("mandates", words) if (said := one.words(name))), "")


def with_terms(facts: tuple[MandateFact, ...], clauses: tuple[ClauseFact, ...]) -> tuple[MandateFact, ...]:
    """The mandates with what other words of their text decide on them: their paragraph, or one about the text.

    "Decides to review the present resolution at its next session" is said of every request of the text, "extends the
    mandate of the Panel until 31 December 2031" of those to the Panel.
    """
    decided = [(clause, words) for clause in clauses if clause.key.part == "operative" for words in _decided(clause)]
    return tuple(_with_term(fact, decided) for fact in facts) if decided else facts


def _decided(clause: ClauseFact) -> Iterator[str]:
    """What a paragraph says from its decision on."""
    if found := leftmost("term set", clause.text):
        yield clause.text[found.start :]


def _with_term(fact: MandateFact, decided: list[tuple[ClauseFact, str]]) -> MandateFact:
    for clause, words in decided:
        if clause.key.text != fact.clause.text or not _is_about(fact, clause, words):
            continue
        reviewed, until = fact.review or review(words), fact.expiry or expiry(words)
        if (reviewed, until) != (fact.review, fact.expiry):
            elsewhere = clause.key if clause.key != fact.clause else fact.term_set_in
            fact = replace(fact, review=reviewed, expiry=until, term_set_in=elsewhere)
    return fact


def _is_about(fact: MandateFact, clause: ClauseFact, words: str) -> bool:
    """Whether a decision is on what a mandate asks for."""
    if clause.key == fact.clause:
        return True
    mandate_of = formula("clauses", "mandate of somebody").search(words)
    if mandate_of:
        return any(words.startswith(name, mandate_of.end()) for name in fact.names)
    return formula("clauses", "the text itself").search(words) is not None
