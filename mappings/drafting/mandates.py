"""What the operative paragraphs ask for: of whom, what, for which session and on which condition."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mappings.dates import ordinal_number
from mappings.facts import ClauseFact, MandateFact, Thing, ThingKind
from mappings.formulae import formula, formulae
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

DELIVERABLES = ("resources", "report", "meeting", "technical assistance", "information")
CONDITION = re.compile(r"\bsubject to the availability of\b[^.;]*\bresources\b", re.IGNORECASE)
ORGANS = {"Assembly": "General Assembly", "Council": "Economic and Social Council"}
ACTORS = (NameKind.ADDRESSEE, NameKind.ORGANIZATION, NameKind.BODY, NameKind.STATE, NameKind.GROUP)


def mandates(clauses: tuple[ClauseFact, ...], vocabulary: Vocabulary, commission: Thing) -> tuple[MandateFact, ...]:
    """A mandate for each operative paragraph or sub-paragraph that asks somebody for something, in reading order.

    A chapeau that ends with a colon gives its addressee to its sub-paragraphs and is no mandate itself. A paragraph
    that goes on with "and requests …" holds a second one.
    """
    facts: list[MandateFact] = []
    chapeau: ClauseFact | None = None
    for clause in clauses:
        if clause.key.part != "operative":
            continue
        if not clause.key.letter:
            chapeau = clause if clause.text.rstrip().endswith(":") else None
            if chapeau is None and asks(clause, vocabulary):
                facts += _mandates(clause, clause, vocabulary, commission)
        elif chapeau and chapeau.key.number == clause.key.number and asks(chapeau, vocabulary):
            facts += _mandates(clause, chapeau, vocabulary, commission)
    return tuple(facts)


def asks(clause: ClauseFact, vocabulary: Vocabulary) -> bool:
    """Whether the clause's verb is a directive: requests, invites, encourages, calls upon, urges."""
    verb = vocabulary.verbs.get(clause.verb)
    return verb is not None and verb.broader == "directive"


def _mandates(clause: ClauseFact, head: ClauseFact, vocabulary: Vocabulary, commission: Thing) -> Iterator[MandateFact]:
    further = formula("mandates", "further request").search(clause.text)
    first = clause.text[: further.start()] if further else clause.text
    yield _mandate(clause, 1, head.addressee, head.addressee_phrase, first, vocabulary, commission)
    if further:
        names = vocabulary.names(further["addressee"], ACTORS)
        addressee = Thing(ThingKind(names[0].kind.value), names[0].key, names[0].label) if names else None
        rest = clause.text[further.end() :]
        yield _mandate(clause, 2, addressee, further["addressee"], rest, vocabulary, commission)


def _mandate(
    clause: ClauseFact,
    order: int,
    addressee: Thing | None,
    phrase: str,
    words: str,
    vocabulary: Vocabulary,
    commission: Thing,
) -> MandateFact:
    body, session = due(words, vocabulary, commission, addressee)
    return MandateFact(
        clause.key,
        order,
        addressee,
        phrase,
        deliverable(words),
        body,
        session,
        bool(CONDITION.search(words)) or (order == 1 and clause.conditional and words == clause.text),
        clause.evidence,
    )


def deliverable(words: str) -> str:
    """The kind of thing that is asked for; "action" where no rule takes the words."""
    rules = {rule.name: rule.pattern for rule in formulae("mandates")}
    return next((name for name in DELIVERABLES if rules[name].search(words)), "action")


def due(
    words: str, vocabulary: Vocabulary, commission: Thing, addressee: Thing | None
) -> tuple[Thing | None, int | None]:
    """The body and session by which it is due; "its" is the body named last before it, else the addressee."""
    match = formula("mandates", "due session").search(words)
    session = ordinal_number(match["session"]) if match else None
    if match is None or session is None:
        return None, None
    named = match["of"] or ""
    before = vocabulary.names(words[: match.start()], (NameKind.BODY,))
    entry = vocabulary.body(ORGANS.get(named, named))
    if entry is None and before and not named:
        entry = before[-1].entry
    if entry:
        return Thing(ThingKind.BODY, entry.key, entry.label), session
    if re.search(r"\bthe Commission\b", words[: match.start()]) or named == "Commission":
        return commission, session
    return (addressee if addressee and addressee.kind is ThingKind.BODY else None), session
