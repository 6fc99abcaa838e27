"""Facts of an official text as a graph: the publisher's values and our reading, told apart by `rec:basis`."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from rdflib import DCTERMS, RDF, RDFS, Graph, Literal

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.citations import citation_label, cites
from mappings.assertion.mandates import asked, mandate_label
from mappings.assertion.things import base_of, document_stub, stub_triples
from mappings.assertion.triples import Triple, described, stated
from mappings.facts import ClauseFact, ClauseKey, FootnoteKey, Place, TextKey, Thing, ThingKind
from mappings.official import addresses
from mappings.official.document import Subject
from mappings.official.facts import OfficialFacts
from ontology.terms import REC

_CLASSES = {
    "resolution": REC.Resolution,
    "decision": REC.Decision,
    "draft resolution": REC.DraftResolution,
    "draft decision": REC.DraftDecision,
}
_PARTS = {"preambular": REC.PreambularParagraph, "operative": REC.OperativeParagraph}
_PASSAGES = {"heading": REC.TextHeading, "row": REC.TableRow, "annex": REC.AnnexParagraph}
_SIDES = {"in favour": REC.votingInFavour, "against": REC.votingAgainst, "abstaining": REC.abstaining}
_NOT_SAID = "adopted"  # what is known of every official text, where its file has no words for the outcome


def assert_official(facts: OfficialFacts) -> Graph:
    """The asserted graph of an official text."""
    graph = Graph()
    for triples in _PARTS_OF_THE_GRAPH:
        for triple in triples(facts):
            graph.add(triple)
    return graph


def _work(facts: OfficialFacts) -> Iterator[Triple]:
    """The work with its values. Its name is its symbol, as it was while it was only cited."""
    work = facts.work
    subject = iris.document(work.symbol)
    yield from document_stub(work.symbol)
    yield from _text(facts, work.key, work.organ, (work.preambular, work.operative, work.subparagraphs))
    yield from stated(
        subject,
        (REC.number, work.key.number),
        (REC.title, work.title),
        (REC.issuedOn, work.issued),
        (REC.agendaItemNumber, work.agenda_item),
        (REC.agendaItemTitle, work.agenda_title),
        (REC.committeeReport, iris.document(work.report) if work.report else None),
        (REC.committeeReportParagraph, work.report_paragraph),
        (REC.committee, work.committee),
        (REC.submittedBy, work.submitted_by),
        *((REC.furtherTitle, title) for title in work.further_titles),
        (DCTERMS.language, facts.language),
    )


def _text(facts: OfficialFacts, key: TextKey, voice: Thing, counts: tuple[int, int, int]) -> Iterator[Triple]:
    subject = addresses.text(facts.work.symbol, key)
    yield subject, RDF.type, _CLASSES[key.kind]
    yield from stated(
        subject,
        (REC.voice, iris.thing(voice)),
        (REC.ofSession, addresses.session(facts.work.organ.key, facts.work.session)),
        *zip((REC.preambularCount, REC.operativeCount, REC.subParagraphCount), counts, strict=True),
    )


def _draft(facts: OfficialFacts) -> Iterator[Triple]:
    if draft := facts.draft:
        subject = addresses.text(facts.work.symbol, draft.key)
        yield from _text(facts, draft.key, draft.voice, (draft.preambular, draft.operative, draft.subparagraphs))
        yield subject, RDFS.label, Literal(_name(facts, draft.key), lang="en")
        yield from stated(
            subject,
            (REC.title, facts.work.title),
            (REC.recommendedTo, iris.thing(draft.voice)),
            (REC.partOf, iris.document(facts.work.symbol)),
            (DCTERMS.language, facts.language),
        )


def _name(facts: OfficialFacts, key: TextKey) -> str:
    """ "A/RES/77/231", "Draft resolution in E/RES/2021/20"."""
    symbol = facts.work.symbol
    return symbol if key.kind in addresses.OWN_KINDS else f"{key.kind.capitalize()} in {symbol}"


def _session(facts: OfficialFacts) -> Iterator[Triple]:
    organ, printed = facts.work.organ, facts.work.session
    number = int(re.sub(r"\D", "", printed) or 0)
    special = not printed.isdigit()
    name = f"{labels.ordinal(number)} session" if number < 1000 and not special else f"{printed} session"
    yield from described(
        addresses.session(organ.key, printed),
        REC.Session,
        f"{name} of the {organ.label}",
        (REC.ordinal, number),
        (REC.designation, printed if special else None),
        (REC.ofBody, iris.thing(organ)),
    )


def _act(facts: OfficialFacts) -> Iterator[Triple]:
    """The adoption, its meeting and the votes: one node with a property for each side."""
    work, act = facts.work, facts.adoption
    meeting = addresses.meeting(work.organ.key, work.session, act.meeting) if act.meeting else None
    method = f", {act.method}" if act.method != "not stated" else ""
    yield from described(
        addresses.act(work.symbol),
        REC.Adoption,
        f"{work.organ.label}: adopted {work.symbol}{method}",
        (REC.order, 1),
        (REC.atMeeting, meeting),
        (REC.date, act.on),
        (REC.dateBasis, "published" if act.on else None),
        (REC.actionPhrase, act.phrase or _NOT_SAID),
        (REC.method, act.method),
        *((REC.recordedIn, iris.document(record)) for record in act.records),
        (REC.votesInFavour, act.in_favour),
        (REC.votesAgainst, act.against),
        (REC.abstentions, act.abstaining),
        *((_SIDES[side], iris.thing(voter)) for side, voter in act.voters),
        (REC.result, iris.document(work.symbol)),
        *((REC.actsOnDraft, iris.document(symbol)) for symbol in work.drafts),
    )
    if meeting and act.meeting:
        yield from described(
            meeting,
            REC.Meeting,
            f"{labels.ordinal(act.meeting)} plenary meeting of the {work.organ.label}, session {work.session}",
            (REC.meetingNumber, act.meeting),
            (REC.ofSession, addresses.session(work.organ.key, work.session)),
            (REC.ofBody, iris.thing(work.organ)),
            (REC.date, act.on),
        )


def _clauses(facts: OfficialFacts) -> Iterator[Triple]:
    symbol = facts.work.symbol
    for one in facts.clauses:
        yield from _clause(facts, symbol, one.fact, one.order)


def _clause(facts: OfficialFacts, symbol: str, fact: ClauseFact, order: int) -> Iterator[Triple]:
    key = fact.key
    subject = addresses.place(symbol, key)
    yield from described(
        subject,
        REC.SubParagraph if key.letter else _PARTS[key.part],
        place_name(facts, key),
        (REC.clauseOf, addresses.text(symbol, key.text)),
        (REC.partOf, addresses.place(symbol, _parent(key)) if key.letter else None),
        (REC.part, key.part),
        (REC.order, order),
        (REC.number, labels.lettered(str(key.number), key.letter)),
        (REC.section, key.section),
        (REC.openingPhrase, fact.phrase),
        (REC.verb, iris.verb(fact.verb) if fact.verb else None),
        (REC.addressee, iris.thing(fact.addressee) if fact.addressee else None),
        (REC.addresseePhrase, fact.addressee_phrase),
        (REC.conditional, fact.conditional if key.part == "operative" else None),
        (REC.text, fact.text),
    )


def _parent(key: ClauseKey) -> ClauseKey:
    return replace(key, letter=" ".join(re.findall(r"\w+", key.letter)[:-1]))


def place_name(facts: OfficialFacts, key: Place) -> str:
    """ "A/RES/77/231, operative paragraph 7 (a)"."""
    if isinstance(key, FootnoteKey):
        again = f" ({labels.ordinal(key.occurrence)} with this mark)" if key.occurrence > 1 else ""
        return f"{facts.work.symbol}, footnote {key.mark}{again}"
    if not isinstance(key, ClauseKey):
        raise TypeError(f"no place of an official text: {key}")
    section = f" section {key.section}," if key.section else ""
    part = {"heading": "heading", "row": "table row", "annex": "annex, paragraph"}.get(
        key.part, f"{key.part} paragraph"
    )
    position = "" if key.printed else "at position "
    letters = "".join(f" ({one})" for one in re.findall(r"\w+", key.letter))
    return f"{_name(facts, key.text)},{section} {part} {position}{key.number}{letters}"


def _passages(facts: OfficialFacts) -> Iterator[Triple]:
    for fact in facts.passages:
        kind, _, number = fact.path.partition("/")
        key = ClauseKey(facts.work.key, kind, int(number))
        yield from described(
            addresses.place(facts.work.symbol, key),
            _PASSAGES[kind],
            place_name(facts, key),
            (REC.partOf, iris.document(facts.work.symbol)),
            (REC.order, fact.order),
            (REC.number, fact.number),
            (REC.text, fact.text),
        )


def _footnotes(facts: OfficialFacts) -> Iterator[Triple]:
    symbol = facts.work.symbol
    for order, note in enumerate(facts.footnotes, 1):
        subject = addresses.place(symbol, note.key)
        yield from described(
            subject,
            REC.Footnote,
            place_name(facts, note.key),
            (REC.mark, note.key.mark),
            (REC.order, order),
            (REC.text, note.text),
            (REC.footnoteOf, iris.document(symbol)),
            *((REC.noteTo, addresses.place(symbol, place)) for place in note.anchors),
        )


def _citations(facts: OfficialFacts) -> Iterator[Triple]:
    symbol = facts.work.symbol
    for order, one in enumerate(facts.citations, 1):
        fact = one.fact
        yield from described(
            addresses.citation(symbol, one),
            REC.Citation,
            citation_label(place_name(facts, fact.place), fact),
            (REC.citingPlace, addresses.place(symbol, fact.place)),
            (REC.citingText, addresses.text(symbol, fact.text or facts.work.key)),
            *cites(fact, addresses.place(symbol, fact.via) if fact.via else None),
            (REC.basis, one.basis.value),
            (REC.order, order),
        )


def _mandates(facts: OfficialFacts) -> Iterator[Triple]:
    symbol = facts.work.symbol
    for fact in facts.mandates:
        sessions = {
            iris.SessionKey((due.body or facts.work.organ).key, due.session): due.body or facts.work.organ
            for due in fact.sessions
            if due.session is not None
        }
        yield from described(
            addresses.mandate(symbol, fact.clause, fact.order),
            REC.Mandate,
            mandate_label(place_name(facts, fact.clause), fact),
            (REC.mandatingClause, addresses.place(symbol, fact.clause)),
            (REC.mandatingText, addresses.text(symbol, fact.clause.text)),
            (REC.termSetIn, addresses.place(symbol, fact.term_set_in) if fact.term_set_in else None),
            *asked(fact, map(iris.session, sessions)),
        )
        for due, body in sessions.items():
            label = labels.session_label(body, due)
            yield from described(
                iris.session(due), REC.Session, label, (REC.ordinal, due.number), (REC.ofBody, iris.thing(body))
            )


def _sponsorships(facts: OfficialFacts) -> Iterator[Triple]:
    symbol = facts.work.symbol
    seen: Counter[Thing] = Counter()
    for fact in facts.sponsorships:
        seen[fact.sponsor] += 1
        whose = f" (on behalf of {labels.with_article(fact.on_behalf_of)})" if fact.on_behalf_of else ""
        yield from described(
            addresses.sponsorship(symbol, fact.sponsor, seen[fact.sponsor]),
            REC.Sponsorship,
            f"{fact.sponsor.label}{whose} sponsors {fact.draft or symbol}",
            (REC.sponsor, iris.thing(fact.sponsor)),
            (REC.order, fact.order),
            (REC.onBehalfOf, iris.thing(fact.on_behalf_of) if fact.on_behalf_of else None),
            (REC.sponsoredDraft, iris.document(fact.draft) if fact.draft else None),
            (REC.sponsoredText, iris.document(symbol)),
            (REC.added, fact.added),
        )


def _memberships(facts: OfficialFacts) -> Iterator[Triple]:
    for fact in facts.memberships:
        yield from described(
            addresses.membership(facts.work.symbol, fact),
            REC.Membership,
            f"{fact.name or 'Vacant seat'}: {fact.body}",
            (REC.membershipStatedIn, iris.document(facts.work.symbol)),
            (REC.memberBody, fact.body),
            (REC.member, iris.thing(fact.member) if fact.member else None),
            (REC.memberName, fact.name),
            (REC.startDate, fact.start),
            (REC.endDate, fact.end),
            (REC.order, fact.order),
        )


def _subjects(facts: OfficialFacts) -> Iterator[Triple]:
    """The subjects, one statement each. Files print some by their address alone; another file has the name then."""
    for one in facts.subjects:
        subject = addresses.subject(one)
        yield iris.document(facts.work.symbol), DCTERMS.subject, subject
        yield subject, RDF.type, REC.Subject
        yield subject, REC.scheme, Literal(one.scheme)
        if name := subject_name(one):
            yield subject, RDFS.label, Literal(name, lang="en")


def subject_name(one: Subject) -> str:
    """The name of a subject in words: "women's rights" of "women&#39;s_rights", "SDG 14" of "sdg_14"."""
    if not one.address:
        return one.label
    if one.scheme == "SDG":
        return f"SDG {one.address.rpartition('/')[2]}"
    return "" if one.label == one.address else html.unescape(one.label).replace("_", " ")


def _things(facts: OfficialFacts) -> Iterator[Triple]:
    """The things that facts point to and no scheme describes, and stubs of the documents."""
    clauses = [one.fact.addressee for one in facts.clauses]
    mandates = [
        thing
        for fact in facts.mandates
        for thing in (*fact.addressees, *fact.parties_to, *(due.body for due in fact.dues))
    ]
    sponsors = [thing for fact in facts.sponsorships for thing in (fact.sponsor, fact.on_behalf_of)]
    cited = [one.fact.cited for one in facts.citations]
    named = [thing for thing in (*clauses, *mandates, *sponsors, *cited, facts.work.organ) if thing]
    yield from stub_triples(dict.fromkeys(named))
    documents = [thing.key for thing in cited if thing.kind is ThingKind.DOCUMENT]
    drafts = [fact.draft for fact in facts.sponsorships]
    for symbol in _with_bases((*documents, *facts.work.drafts, *drafts, facts.work.report, *facts.adoption.records)):
        if symbol != facts.work.symbol:
            yield from document_stub(symbol)


def _with_bases(symbols: Iterable[str]) -> Iterator[str]:
    """Symbols with those that they revise or add to."""
    for symbol in dict.fromkeys(symbols):
        base = symbol
        while base:
            yield base
            base = base_of(base)


_PARTS_OF_THE_GRAPH: tuple[Callable[[OfficialFacts], Iterator[Triple]], ...] = (
    _work, _draft, _session, _act, _clauses, _passages, _footnotes, _citations, _mandates, _sponsorships,
    _memberships, _subjects, _things,
)  # fmt: skip
