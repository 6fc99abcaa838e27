"""Who cites what, where, with which verb."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rdflib import URIRef

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.triples import Triple, Value, described
from mappings.facts import CitationFact, Facts, Role
from ontology.terms import DEF, REC
from ontology.vocabulary import load


def citation_iris(facts: Facts) -> tuple[URIRef, ...]:
    """The IRI of each citation, in their order; a second one of the same thing from the same place ends in /2."""
    session = iris.session_key(facts.report)
    seen: Counter[URIRef] = Counter()
    found: list[URIRef] = []
    for fact in facts.citations:
        first = iris.citation(session, fact.place, fact.cited)
        seen[first] += 1
        found.append(iris.citation(session, fact.place, fact.cited, seen[first]))
    return tuple(found)


def citation_triples(facts: Facts) -> Iterator[Triple]:
    """The citations; one whose work is the object of a verb has the verb's own property to the work."""
    session = iris.session_key(facts.report)
    for order, (subject, fact) in enumerate(zip(citation_iris(facts), facts.citations, strict=True), 1):
        yield from described(
            subject,
            REC.Citation,
            citation_label(labels.place_label(session, fact.place), fact),
            (REC.citingPlace, iris.place(session, fact.place)),
            (REC.citingText, iris.text(session, fact.text) if fact.text else None),
            *cites(fact, iris.footnote(session, fact.via) if fact.via else None),
            (REC.order, order),
        )


def cites(fact: CitationFact, note: URIRef | None) -> Iterator[tuple[URIRef, Value]]:
    """What is said of a citation wherever it stands: the properties with their values, the footnote given."""
    yield work_property(fact), iris.thing(fact.cited)
    yield REC.relationPhrase, fact.relation
    yield REC.relationVerb, iris.verb(fact.verb) if fact.verb else None
    yield REC.role, fact.role.value
    yield REC.pinpoint, fact.pinpoint
    yield REC.citedDate, fact.on
    yield REC.citedTitle, fact.title
    yield REC.identifiedBy, note


def citation_label(place: str, fact: CitationFact) -> str:
    """ "Resolution 31/1, preambular paragraph 4: Recalling A/RES/69/314"."""
    return f"{place}: {_link(fact)} {fact.cited.label}"


def _link(fact: CitationFact) -> str:
    """What the place does with the work: the phrase where the work is its object, else "mentions" or "names"."""
    match fact.role:
        case Role.DIRECT:
            return fact.relation or "cites"
        case Role.MENTION:
            return "mentions"
        case Role.FOOTNOTE:
            return "names"


def work_property(fact: CitationFact) -> URIRef:
    """The property from a citation to its work: `recalledWork` and its like where the work is the object of a verb."""
    if fact.role is not Role.DIRECT:
        return REC.citedWork
    return URIRef(f"{DEF}{load().citation_property(fact.verb)}")
