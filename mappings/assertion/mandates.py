"""What operative paragraphs ask for, and how much of the report was understood."""

from __future__ import annotations

from collections.abc import Iterator

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.triples import Triple, described
from mappings.facts import Facts, MandateFact, Thing
from ontology.terms import REC


def mandate_triples(facts: Facts) -> Iterator[Triple]:
    """The requests; a session at which one falls due is described as far as the request tells."""
    session = iris.session_key(facts.report)
    for fact in facts.mandates:
        due = _due(facts, fact)
        yield from described(
            iris.mandate(session, fact.clause, fact.order),
            REC.Mandate,
            _mandate_label(session, fact),
            (REC.mandatingClause, iris.clause(session, fact.clause)),
            (REC.mandatingText, iris.text(session, fact.clause.text)),
            (REC.order, fact.order),
            (REC.addressee, iris.thing(fact.addressee) if fact.addressee else None),
            (REC.addresseePhrase, fact.addressee_phrase),
            (REC.deliverable, fact.deliverable),
            (REC.dueBody, iris.thing(fact.due_body) if fact.due_body else None),
            (REC.dueSession, iris.session(due) if due else None),
            (REC.conditional, fact.conditional),
        )


def _mandate_label(session: iris.SessionKey, fact: MandateFact) -> str:
    """ "Resolution 31/1, operative paragraph 4 asks the Secretariat for: report"."""
    who = labels.with_article(fact.addressee) if fact.addressee else fact.addressee_phrase or "somebody"
    return f"{labels.clause_label(session, fact.clause)} asks {who} for: {fact.deliverable}"


def _due(facts: Facts, fact: MandateFact) -> iris.SessionKey | None:
    if fact.due_session is None:
        return None
    body = (fact.due_body or facts.report.body).key
    own = iris.session_key(facts.report)
    return own if (body, fact.due_session) == (own.body, own.number) else iris.SessionKey(body, fact.due_session)


def other_session_triples(facts: Facts) -> Iterator[Triple]:
    """The sessions other than the report's own that something falls due at or an agenda is planned for.

    The one right after the report's own is known as such.
    """
    own = iris.session_key(facts.report)
    following = own.of_number(own.number + 1)
    sessions: dict[iris.SessionKey, Thing] = {}
    for fact in facts.mandates:
        if due := _due(facts, fact):
            sessions.setdefault(due, fact.due_body or facts.report.body)
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
