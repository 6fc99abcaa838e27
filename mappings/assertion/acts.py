"""What the commission did, and who sponsored the drafts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rdflib import URIRef

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.triples import Triple, described
from mappings.facts import ActionFact, Facts, ParagraphKey, SponsorshipFact
from ontology.terms import REC

_CLASSES = {
    "adopted": REC.Adoption,
    "recommended": REC.Recommendation,
    "endorsed": REC.Endorsement,
    "transmitted": REC.Transmission,
    "elected": REC.Election,
    "agreed": REC.Agreement,
}

SIDES = {"in favour": REC.votingInFavour, "against": REC.votingAgainst, "abstaining": REC.abstaining}


def act_triples(facts: Facts) -> Iterator[Triple]:
    """The acts with their meeting, drafts and results."""
    session = iris.session_key(facts.report)
    for act in facts.actions:
        subject = iris.act(session, act.paragraph, act.order)
        yield from described(
            subject,
            _CLASSES.get(act.kind, REC.OtherAct),
            _label(facts, act),
            (REC.reportedIn, iris.paragraph(session, ParagraphKey(act.paragraph))),
            (REC.order, act.order),
            (REC.atMeeting, iris.meeting(session, act.meeting) if act.meeting else None),
            (REC.date, act.on),
            (REC.dateBasis, act.meeting_basis),
            (REC.actionPhrase, act.phrase),
            (REC.method, act.method),
            *_vote(act),
            (REC.revision, act.revision),
            (REC.title, act.title),
            (REC.recommendedTo, iris.thing(act.recommended_to) if act.recommended_to else None),
            (REC.forAdoptionBy, iris.thing(act.for_adoption_by) if act.for_adoption_by else None),
            *((REC.actsOnDraft, iris.document(symbol)) for symbol in act.drafts),
            *((REC.actsOnDocument, iris.document(symbol)) for symbol in act.documents),
            *((REC.result, iris.text(session, text)) for text in act.results),
            (REC.ofBody, iris.organ(session, iris.slug(act.organ)) if act.organ else None),
        )
        if act.organ:
            organ = iris.organ(session, iris.slug(act.organ))
            yield from described(organ, REC.Body, act.organ, (REC.parentBody, iris.thing(facts.report.body)))


def _vote(act: ActionFact) -> Iterator[tuple[URIRef, int | URIRef | None]]:
    """The counts of a vote and those who are listed by their vote."""
    if act.vote is None:
        return
    yield REC.votesInFavour, act.vote.in_favour
    yield REC.votesAgainst, act.vote.against
    yield REC.abstentions, act.vote.abstaining
    for side, voter in act.vote.voters:
        yield SIDES[side], iris.thing(voter)


def _label(facts: Facts, act: ActionFact) -> str:
    """ "The Commission … adopted by consensus: E/CN.15/2022/L.6 (paragraph 119)"."""
    object_ = ", ".join((*act.drafts, *act.documents)) or act.title
    if not object_:
        object_ = ", ".join(f"{text.kind} {text.number}".rstrip() for text in act.results)
    what = f": {object_}" if object_ else ""
    return f"{act.organ or facts.report.body.label}: {act.phrase or act.kind}{what} (paragraph {act.paragraph})"


def sponsorship_iris(facts: Facts) -> tuple[URIRef, ...]:
    """The IRI of each sponsorship, in their order; a second draft of the same sponsor in a paragraph ends in /2."""
    session = iris.session_key(facts.report)
    seen: Counter[URIRef] = Counter()
    found: list[URIRef] = []
    for fact in facts.sponsorships:
        first = iris.sponsorship(session, fact.paragraph, fact.sponsor)
        seen[first] += 1
        found.append(iris.sponsorship(session, fact.paragraph, fact.sponsor, seen[first]))
    return tuple(found)


def sponsorship_triples(facts: Facts) -> Iterator[Triple]:
    """The sponsorships of drafts."""
    session = iris.session_key(facts.report)
    for subject, fact in zip(sponsorship_iris(facts), facts.sponsorships, strict=True):
        yield from described(
            subject,
            REC.Sponsorship,
            _sponsorship_label(fact),
            (REC.sponsor, iris.thing(fact.sponsor)),
            (REC.order, fact.order),
            (REC.onBehalfOf, iris.thing(fact.on_behalf_of) if fact.on_behalf_of else None),
            (REC.sponsoredDraft, iris.document(fact.draft) if fact.draft else None),
            (REC.sponsoredText, iris.text(session, fact.text) if fact.text else None),
            (REC.reportedIn, iris.paragraph(session, ParagraphKey(fact.paragraph))),
        )


def _sponsorship_label(fact: SponsorshipFact) -> str:
    """ "France (on behalf of the European Union) sponsors E/CN.15/2022/L.4/Rev.1"."""
    in_name_of = f" (on behalf of {labels.with_article(fact.on_behalf_of)})" if fact.on_behalf_of else ""
    return f"{fact.sponsor.label}{in_name_of} sponsors {fact.draft or 'a draft'}"
