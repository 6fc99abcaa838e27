"""What was said, shown and planned: statements, reported views, documents, agenda items."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rdflib import URIRef

from mappings import iris
from mappings.assertion import labels
from mappings.assertion.triples import Triple, described
from mappings.facts import AgendaItemFact, ClauseKey, DocumentFact, Facts, ParagraphKey, StatementFact
from ontology.terms import REC


def statement_triples(facts: Facts) -> Iterator[Triple]:
    """The statements, with their meetings, speakers and those in whose name they were made."""
    session = iris.session_key(facts.report)
    for fact in facts.statements:
        yield from described(
            iris.statement(session, fact.paragraph, fact.order),
            REC.Statement,
            _statement_label(fact),
            (REC.reportedIn, iris.paragraph(session, ParagraphKey(fact.paragraph))),
            (REC.ofSession, iris.session(session)),
            (REC.order, fact.order),
            (REC.dateBasis, fact.basis),
            (REC.speaker, fact.speaker),
            (REC.party, iris.thing(fact.party) if fact.party else None),
            (REC.spokenBy, iris.person(fact.person) if fact.person else None),
            (REC.capacity, fact.capacity),
            (REC.mode, fact.mode),
            (REC.rightOfReply, fact.right_of_reply),
            (REC.purpose, fact.purpose),
            (REC.forItem, _item(facts, fact.item) if fact.item else None),
            (REC.identifiedBy, iris.footnote(session, fact.via) if fact.via else None),
            *((REC.atMeeting, iris.meeting(session, meeting)) for meeting in fact.meetings),
            *((REC.date, day) for day in fact.on),
            *((REC.onBehalfOf, iris.thing(actor)) for actor in fact.on_behalf_of),
            (REC.onAct, iris.act(session, *fact.act) if fact.act else None),
            *((REC.stance, iris.stance(one)) for one in fact.stances),
        )


def _statement_label(fact: StatementFact) -> str:
    """ "Statement by Morocco on behalf of the Group of 77 and China (paragraph 6)"."""
    who = labels.with_article(fact.party) if fact.party else fact.person or fact.speaker
    names = " and ".join(labels.with_article(actor) for actor in fact.on_behalf_of)
    in_name_of = f" on behalf of {names}" if names else ""
    reply = " in exercise of the right of reply" if fact.right_of_reply else ""
    return f"Statement by {who}{in_name_of}{reply} (paragraph {fact.paragraph})"


def view_triples(facts: Facts) -> Iterator[Triple]:
    """The views that deliberations and summaries report without a speaker."""
    session = iris.session_key(facts.report)
    for fact in facts.views:
        yield from described(
            iris.view(session, fact.paragraph),
            REC.ReportedView,
            f"{_capital(fact.quantifier) or 'View'} (paragraph {fact.paragraph} of the "
            f"{labels.session_name(session)}'s report)",
            (REC.reportedIn, iris.paragraph(session, ParagraphKey(fact.paragraph))),
            (REC.quantifier, fact.quantifier),
            (REC.topic, fact.topic),
            (REC.text, fact.text),
        )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def presentation_iris(facts: Facts) -> tuple[URIRef, ...]:
    """The IRI of each document's presentation, counted in the order of reading of its paragraph."""
    session = iris.session_key(facts.report)
    seen: Counter[str] = Counter()
    found: list[URIRef] = []
    for fact in facts.documents:
        seen[fact.paragraph] += 1
        found.append(iris.presentation(session, fact.paragraph, seen[fact.paragraph]))
    return tuple(found)


def presentation_triples(facts: Facts) -> Iterator[Triple]:
    """The documents before the commission; the symbols of one that is issued jointly are joined."""
    session = iris.session_key(facts.report)
    for order, (subject, fact) in enumerate(zip(presentation_iris(facts), facts.documents, strict=True), 1):
        documents = tuple(iris.document(symbol) for symbol in fact.symbols)
        yield from described(
            subject,
            REC.Presentation,
            _presentation_label(fact),
            (REC.reportedIn, iris.paragraph(session, ParagraphKey(fact.paragraph))),
            (REC.ofSession, iris.session(session)),
            (REC.order, order),
            (REC.title, fact.title),
            (REC.role, fact.role),
            (REC.letter, fact.letter),
            (REC.forItem, _item(facts, fact.item) if fact.item else None),
            *((REC.presentedDocument, document) for document in documents),
        )
        for document in documents[1:]:
            yield documents[0], REC.issuedJointlyWith, document


def _presentation_label(fact: DocumentFact) -> str:
    """ "E/CN.15/2022/6: Note by the Secretariat … (paragraph 28)"."""
    symbols = "-".join(fact.symbols)
    what = f"{symbols}: {fact.title}" if symbols and fact.title else symbols or fact.title
    return f"{what} (paragraph {fact.paragraph})"


def agenda_triples(facts: Facts) -> Iterator[Triple]:
    """The items of the agenda, adopted and provisional, and those that are only spoken of."""
    session = iris.session_key(facts.report)
    clauses = {clause.key for clause in facts.clauses}
    seen: set[URIRef] = set()
    for order, fact in enumerate(facts.agenda, 1):
        subject = iris.agenda_item(session, fact.session, fact.status, fact.item, fact.letter)
        if subject in seen:  # an agenda that the report prints twice
            continue
        seen.add(subject)
        whole = iris.agenda_item(session, fact.session, fact.status, fact.item) if fact.letter else None
        yield from described(
            subject,
            REC.AgendaItem,
            _item_label(fact, session),
            (REC.number, fact.item),
            (REC.letter, fact.letter),
            (REC.title, fact.title),
            (REC.status, fact.status),
            (REC.order, order),
            (REC.partOf, whole),
            (REC.ofSession, iris.session(session.of_number(fact.session))),
            (REC.reportedIn, iris.paragraph(session, ParagraphKey(fact.paragraph)) if fact.paragraph else None),
            (REC.listedIn, iris.text(session, fact.text) if fact.text else None),
            (REC.agendaDocument, iris.document(fact.document) if fact.document else None),
            (REC.reportedInChapter, iris.chapter(session, fact.chapter) if fact.chapter else None),
        )
        if fact.text and fact.item.isdecimal():
            clause = ClauseKey(fact.text, "agenda", int(fact.item), fact.letter)
            if clause in clauses:
                yield iris.clause(session, clause), REC.statesItem, subject
    yield from _unlisted_items(facts)


def _item_label(fact: AgendaItemFact, session: iris.SessionKey) -> str:
    """ "Agenda item 6 (a) of the 31st session: Title", "Provisional agenda item …"."""
    provisional = "Provisional agenda" if fact.status == "provisional" else "Agenda"
    letter = f" ({fact.letter})" if fact.letter else ""
    title = f": {fact.title}" if fact.title else ""
    return (
        f"{provisional} item {fact.item}{letter} of the {labels.session_name(session.of_number(fact.session))}{title}"
    )


def _item(facts: Facts, item: str) -> URIRef:
    """The item of this session's agenda that a statement or document belongs to: "4" or "4(a)"."""
    session = iris.session_key(facts.report)
    number, _, letter = item.partition("(")
    return iris.agenda_item(session, session.number, "adopted", number.strip(), letter.strip(" )"))


def _unlisted_items(facts: Facts) -> Iterator[Triple]:
    """Items that statements or documents belong to although the report lists no such item of its agenda."""
    session = iris.session_key(facts.report)
    listed = {iris.agenda_item(session, f.session, f.status, f.item, f.letter) for f in facts.agenda}
    used = (*(fact.item for fact in facts.statements), *(fact.item for fact in facts.documents))
    for item in filter(None, dict.fromkeys(used)):
        subject = _item(facts, item)
        if subject not in listed:
            yield from described(
                subject,
                REC.AgendaItem,
                f"Agenda item {item} of the {labels.session_name(session)}",
                (REC.number, item),
                (REC.status, "adopted"),
                (REC.ofSession, iris.session(session)),
            )
