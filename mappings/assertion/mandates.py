"""What operative paragraphs ask for, and how much of the report was understood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rdflib import URIRef

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.triples import Triple, Value, described
from mappings.facts import Due, Facts, MandateFact, Thing
from ontology.terms import REC


def mandate_triples(facts: Facts) -> Iterator[Triple]:
    """The requests; a session at which one falls due is described as far as the request tells."""
    session = iris.session_key(facts.report)
    for fact in facts.mandates:
        sessions = (iris.session(_due(facts, due)) for due in fact.sessions)
        yield from described(
            iris.mandate(session, fact.clause, fact.order),
            REC.Mandate,
            mandate_label(labels.clause_label(session, fact.clause), fact),
            (REC.mandatingClause, iris.clause(session, fact.clause)),
            (REC.mandatingText, iris.text(session, fact.clause.text)),
            (REC.termSetIn, iris.clause(session, fact.term_set_in) if fact.term_set_in else None),
            *asked(fact, sessions),
        )


def asked(fact: MandateFact, sessions: Iterable[URIRef]) -> Iterator[tuple[URIRef, Value]]:
    """What is said of a request whoever makes it: the properties with their values, the sessions given."""
    yield REC.order, fact.order
    yield from ((REC.addressee, iris.thing(one)) for one in fact.addressees)
    yield REC.addresseePhrase, fact.addressee_phrase
    yield REC.addresseeQualifier, fact.qualifier
    yield REC.deliverable, fact.deliverable
    yield from ((REC.dueBody, iris.thing(due.body)) for due in fact.dues if due.body)
    yield from ((REC.dueSession, one) for one in sessions)
    yield from ((REC.dueDate, due.on) for due in fact.dues if due.on)
    yield from ((REC.duePhrase, due.words) for due in fact.dues)
    yield REC.periodicity, fact.periodicity
    yield REC.reviewClause, fact.review
    yield REC.expiry, fact.expiry
    yield REC.conditional, fact.conditional
    yield REC.resourceCondition, fact.resource_condition
    yield REC.continuing, True if fact.continuing else None
    yield from ((REC.partiesTo, iris.thing(one)) for one in fact.parties_to)


def mandate_label(place: str, fact: MandateFact) -> str:
    """ "Resolution 31/1, operative paragraph 4 asks the Secretariat for: report"."""
    one = len(fact.addressees) == 1
    who = labels.with_article(fact.addressees[0]) if one else fact.addressee_phrase or "somebody"
    return f"{place} asks {who} for: {fact.deliverable}"


def _due(facts: Facts, due: Due) -> iris.SessionKey:
    body, number = (due.body or facts.report.body).key, due.session or 0
    own = iris.session_key(facts.report)
    return own if (body, number) == (own.body, own.number) else iris.SessionKey(body, number)


def other_session_triples(facts: Facts) -> Iterator[Triple]:
    """The sessions other than the report's own that something falls due at or an agenda is planned for.

    The one right after the report's own is known as such.
    """
    own = iris.session_key(facts.report)
    following = own.of_number(own.number + 1)
    sessions: dict[iris.SessionKey, Thing] = {}
    for fact in facts.mandates:
        for due in fact.sessions:
            sessions.setdefault(_due(facts, due), due.body or facts.report.body)
    for item in facts.agenda:
        sessions.setdefault(own.of_number(item.session), facts.report.body)
    for key, body in sessions.items():
        if key != own:
            yield from described(
                iris.session(key),
                REC.Session,
                labels.session_label(body, key),
                (REC.ordinal, key.number),
                (REC.designation, key.name or None),
                (REC.ofBody, iris.thing(body)),
                (REC.previousSession, iris.session(own) if key == following else None),
            )


def coverage_triples(facts: Facts) -> Iterator[Triple]:
    """How much of each stage's material was understood."""
    session = iris.session_key(facts.report)
    for count in facts.coverage:
        yield from described(
            iris.coverage(session, count.stage),
            REC.Coverage,
            f"Coverage of {count.stage} in the report on the {labels.session_name(session)}",
            (REC.coverageOf, iris.report(session)),
            (REC.stage, count.stage),
            (REC.total, count.total),
            (REC.claimed, count.claimed),
            (REC.unclaimed, count.total - count.claimed),
        )
