"""Who held which post, which States were there in which capacity, how many attended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rdflib import SKOS, Literal, URIRef

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.triples import Triple, described
from mappings.facts import Facts, OfficerFact, ParagraphKey, Thing, ThingKind
from ontology.terms import REC
from ontology.vocabulary import load

_HOLDING = frozenset({"elected", "appointed", "endorsed by election"})


def designation_iris(facts: Facts) -> tuple[URIRef, ...]:
    """The IRI of each designation, counted in the order of reading of its paragraph."""
    session = iris.session_key(facts.report)
    seen: Counter[str] = Counter()
    found: list[URIRef] = []
    for fact in facts.officers:
        seen[fact.paragraph] += 1
        found.append(iris.designation(session, fact.paragraph, seen[fact.paragraph]))
    return tuple(found)


def designation_triples(facts: Facts) -> Iterator[Triple]:
    """Who was elected, nominated or appointed to a post, vacancies included."""
    session = iris.session_key(facts.report)
    for order, (subject, fact) in enumerate(zip(designation_iris(facts), facts.officers, strict=True), 1):
        post = iris.post(session, fact.body, fact.office, fact.group)
        who = _who(fact)
        yield from described(
            subject,
            REC.Vacancy if fact.status == "vacant" else REC.Designation,
            _designation_label(fact),
            (REC.toPost, post),
            (REC.holder if fact.status in _HOLDING else REC.designee, who),
            (REC.designeeState, iris.thing(fact.state) if fact.state and _is_state(fact.state) else None),
            (REC.designeeOrganization, iris.thing(fact.state) if fact.state and not _is_state(fact.state) else None),
            (REC.status, fact.status),
            (REC.date, fact.on),
            (REC.order, order),
            (REC.reportedIn, iris.paragraph(session, ParagraphKey(fact.paragraph))),
            (REC.ofSession, iris.session(session)),
        )


def _is_state(party: Thing) -> bool:
    return party.kind is ThingKind.STATE


def _who(fact: OfficerFact) -> URIRef | None:
    """The person named, else the organization; a post that is vacant or goes with another office names nobody."""
    if fact.person:
        return iris.person(fact.person)
    return iris.thing(fact.state) if fact.state and not _is_state(fact.state) else None


def post_triples(facts: Facts) -> Iterator[Triple]:
    """The posts, each once and as it is printed first."""
    session = iris.session_key(facts.report)
    posts: dict[URIRef, OfficerFact] = {}
    for fact in facts.officers:
        posts.setdefault(iris.post(session, fact.body, fact.office, fact.group), fact)
    for post, fact in posts.items():
        yield from described(
            post,
            REC.Post,
            f"{_post_name(fact)}, {labels.session_name(session)}",
            (REC.office, fact.office),
            (REC.ofBody, _body(facts, fact.body)),
            (REC.bodyName, fact.body),
            (REC.forGroup, iris.thing(fact.group) if fact.group else None),
            (REC.ofSession, iris.session(session)),
        )


def _body(facts: Facts, printed: str) -> URIRef | None:
    """The body whose post it is, None where the printed name is not that of a known one."""
    own = facts.report.body
    name = printed.removeprefix("the ").removeprefix("The ")
    if name in (own.label, own.label.partition(" ")[0]):
        return iris.thing(own)
    known = load().body(name)
    return iris.thing(Thing(ThingKind.BODY, known.key, known.label)) if known else None


def _post_name(fact: OfficerFact) -> str:
    group = f" ({fact.group.label})" if fact.group else ""
    return f"{fact.office or 'Member'} of the {fact.body.removeprefix('the ')}{group}" if fact.body else fact.office


def _designation_label(fact: OfficerFact) -> str:
    """ "Hikihara Takeshi (Japan), Chair of the Commission: elected"."""
    who = fact.person or (fact.state.label if fact.state else "")
    state = f" ({fact.state.label})" if fact.person and fact.state else ""
    return f"{who}{state}, {_post_name(fact)}: {fact.status}" if who else f"{_post_name(fact)}: {fact.status}"


def person_triples(facts: Facts) -> Iterator[Triple]:
    """The persons whose names the report prints."""
    names: dict[URIRef, str] = {}
    for name in (*(fact.person for fact in facts.officers), *(fact.person for fact in facts.statements)):
        if name:
            names.setdefault(iris.person(name), name)
    for person, name in names.items():
        yield from described(person, REC.Person, name)
        yield person, SKOS.prefLabel, Literal(name, lang="en")


def delegation_triples(facts: Facts) -> Iterator[Triple]:
    """The States that spoke or sponsored, under the name in force then, as members or observers where that is plain."""
    session = iris.session_key(facts.report)
    capacities: dict[URIRef, set[str]] = {}
    parties: dict[URIRef, Thing] = {}
    for party, capacity in _present(facts):
        if party.kind is ThingKind.STATE:
            parties.setdefault(iris.thing(party), party)
            capacities.setdefault(iris.thing(party), set()).add(capacity)
    for state, party in parties.items():
        subject = iris.delegation(session, party)
        yield from described(
            subject,
            REC.Delegation,
            f"{party.label} at the {labels.session_name(session)} of the {facts.report.body.label}",
            (REC.delegationOf, state),
            (_seat(capacities[state]), iris.session(session)),
        )
        yield subject, SKOS.prefLabel, Literal(party.label, lang="en")


def _present(facts: Facts) -> Iterator[tuple[Thing, str]]:
    for statement in facts.statements:
        if statement.party:
            yield statement.party, statement.capacity
    for sponsorship in facts.sponsorships:
        yield sponsorship.sponsor, ""
    for officer in facts.officers:
        if officer.state:
            yield officer.state, ""


def _seat(capacities: set[str]) -> URIRef:
    """Member, observer, or no more than the session where the report is silent or says both."""
    match "representative" in capacities, "observer" in capacities:
        case True, False:
            return REC.memberSession
        case False, True:
            return REC.observerSession
        case _:
            return REC.ofSession


def attendance_iris(facts: Facts) -> tuple[URIRef, ...]:
    """The IRI of each count; a second count of a category (at another part of the session) ends in /2."""
    session = iris.session_key(facts.report)
    seen: Counter[URIRef] = Counter()
    found: list[URIRef] = []
    for fact in facts.attendance:
        first = iris.attendance(session, fact.category)
        seen[first] += 1
        found.append(iris.attendance(session, fact.category, seen[first]))
    return tuple(found)


def attendance_triples(facts: Facts) -> Iterator[Triple]:
    """How many of each category attended."""
    session = iris.session_key(facts.report)
    for subject, fact in zip(attendance_iris(facts), facts.attendance, strict=True):
        yield from described(
            subject,
            REC.Attendance,
            f"{fact.category}: {fact.count} ({labels.session_name(session)})",
            (REC.category, fact.category),
            (REC.count, fact.count),
            (REC.ofSession, iris.session(session)),
            (REC.reportedIn, iris.paragraph(session, ParagraphKey(fact.paragraph))),
        )
