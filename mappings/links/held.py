"""What the reports of a release say, as far as links are made of it: the asserted graphs read into typed records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from rdflib import RDF, RDFS, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.terms import REC

_KINDS = (REC.DraftResolution, REC.DraftDecision, REC.Resolution, REC.Decision)


@dataclass(frozen=True, slots=True, order=True)
class Session:
    """A session that a report tells of; `reported` where one of the reports is its own.

    `closed` is the last day of its regular part: what it recommends is taken up after that.
    """

    body: URIRef
    ordinal: int
    iri: URIRef
    reported: bool
    closed: date | None


@dataclass(frozen=True, slots=True)
class Text:
    """A resolution or decision; `operative` are the words of its operative paragraphs in their order."""

    iri: URIRef
    kind: URIRef
    number: str
    title: str
    voice: URIRef | None
    session: Session
    operative: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mandate:
    """A request: the words of its paragraph, the names of who asks and is asked, `label` the name of the paragraph."""

    iri: URIRef
    text: Text
    clause: str
    deliverable: str
    dues: tuple[Session, ...]
    names: tuple[str, ...]
    label: str


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its symbol and the body that issued it."""

    iri: URIRef
    symbol: str
    issuer: URIRef | None


@dataclass(frozen=True, slots=True)
class Presentation:
    """A document, with several symbols where it is issued jointly, before the body at a session."""

    iri: URIRef
    title: str
    role: str
    session: Session
    place: URIRef | None
    documents: tuple[Document, ...]


@dataclass(frozen=True, slots=True)
class Citation:
    """A document cited in a text, or in the report's own words at `place`; `clause` are the words of the place."""

    iri: URIRef
    place: URIRef | None
    text: Text | None
    document: Document
    role: str
    title: str
    on: date | None
    clause: str


@dataclass(frozen=True, slots=True)
class Item:
    """An item of the agenda of a session, adopted or provisional; `listed_in` is the text that sets it out."""

    iri: URIRef
    session: Session
    status: str
    number: str
    letter: str
    title: str
    place: URIRef | None
    listed_in: URIRef | None


@dataclass(frozen=True, slots=True)
class Held:
    """Everything that links are made of, each table in the order of its IRIs, sessions by body and number.

    `concerned` are the sessions, by their IRIs, whose drafts are looked at, None for all: what the rules need for these
    must be there, and for the sessions of all rivals of their drafts.
    """

    sessions: tuple[Session, ...]
    texts: tuple[Text, ...]
    mandates: tuple[Mandate, ...]
    presentations: tuple[Presentation, ...]
    citations: tuple[Citation, ...]
    items: tuple[Item, ...]
    concerned: frozenset[str] | None = None


def held(graph: Graph) -> Held:
    """What the asserted graphs of several reports, merged, hold. What lacks a session or its number is left out."""
    sessions = {session.iri: session for session in _sessions(graph)}
    texts = {text.iri: text for text in _texts(graph, sessions)}
    documents = {document.iri: document for document in _documents(graph)}
    return Held(
        tuple(sorted(sessions.values())),
        tuple(texts.values()),
        tuple(_mandates(graph, sessions, texts)),
        tuple(_presentations(graph, sessions, documents)),
        tuple(_citations(graph, texts, documents)),
        tuple(_items(graph, sessions)),
    )


def _sessions(graph: Graph) -> Iterator[Session]:
    for iri in _of(graph, REC.Session):
        body, ordinal = _iri(graph, iri, REC.ofBody), _python(graph, iri, REC.ordinal)
        if body is not None and isinstance(ordinal, int):
            reported = (None, REC.reportsOn, iri) in graph
            yield Session(body, ordinal, iri, reported, _closed(graph, iri))


def _closed(graph: Graph, session: URIRef) -> date | None:
    """The last day of the regular part, None where no report names it."""
    regular = (
        _python(graph, part, REC.endDate)
        for part in graph.objects(session, REC.hasSessionPart)
        if _string(graph, part, REC.kind) == "regular"
    )
    return max((day for day in regular if isinstance(day, date)), default=None)


def _texts(graph: Graph, sessions: dict[URIRef, Session]) -> Iterator[Text]:
    for iri in sorted(iri for kind in _KINDS for iri in _of(graph, kind)):
        session, kind = _session(graph, iri, sessions), _iri(graph, iri, RDF.type)
        if session and kind:
            title, number = _string(graph, iri, REC.title), _string(graph, iri, REC.number)
            voice = _iri(graph, iri, REC.voice)
            yield Text(iri, kind, number, title, voice, session, tuple(_operative(graph, iri)))


def _operative(graph: Graph, text: URIRef) -> Iterator[str]:
    for clause in _named(graph.subjects(REC.clauseOf, text)):
        if _string(graph, clause, REC.part) == "operative":
            yield _string(graph, clause, REC.text)


def _mandates(graph: Graph, sessions: dict[URIRef, Session], texts: dict[URIRef, Text]) -> Iterator[Mandate]:
    for iri in _of(graph, REC.Mandate):
        text = texts.get(_iri(graph, iri, REC.mandatingText) or iri)
        if text is None:
            continue
        clause = _iri(graph, iri, REC.mandatingClause)
        actors = [actor for way in (REC.addressee, REC.dueBody) for actor in _named(graph.objects(iri, way))]
        names = [_string(graph, actor, RDFS.label) for actor in (*actors, text.session.body)]
        dues = [sessions[one] for one in _named(graph.objects(iri, REC.dueSession)) if one in sessions]
        yield Mandate(
            iri,
            text,
            _string(graph, clause, REC.text) if clause else "",
            _string(graph, iri, REC.deliverable),
            tuple(sorted(dues)),
            (*names, _string(graph, iri, REC.addresseePhrase)),
            _string(graph, clause, RDFS.label) if clause else "",
        )


def _documents(graph: Graph) -> Iterator[Document]:
    for iri in _of(graph, REC.Document):
        yield Document(iri, _string(graph, iri, REC.symbol), _iri(graph, iri, REC.issuedBy))


def _presentations(
    graph: Graph, sessions: dict[URIRef, Session], documents: dict[URIRef, Document]
) -> Iterator[Presentation]:
    for iri in _of(graph, REC.Presentation):
        shown = [documents[one] for one in _named(graph.objects(iri, REC.presentedDocument)) if one in documents]
        if (session := _session(graph, iri, sessions)) and shown:
            title, role = _string(graph, iri, REC.title), _string(graph, iri, REC.role)
            yield Presentation(iri, title, role, session, _iri(graph, iri, REC.reportedIn), tuple(shown))


def _citations(graph: Graph, texts: dict[URIRef, Text], documents: dict[URIRef, Document]) -> Iterator[Citation]:
    for iri in _of(graph, REC.Citation):
        place, text, on = (
            _iri(graph, iri, REC.citingPlace),
            _iri(graph, iri, REC.citingText),
            _python(graph, iri, REC.citedDate),
        )
        for work in _named(graph.objects(iri)):
            if work in documents:
                yield Citation(
                    iri,
                    place,
                    texts.get(text) if text else None,
                    documents[work],
                    _string(graph, iri, REC.role),
                    _string(graph, iri, REC.citedTitle),
                    on if isinstance(on, date) else None,
                    _string(graph, place, REC.text) if place else "",
                )


def _items(graph: Graph, sessions: dict[URIRef, Session]) -> Iterator[Item]:
    for iri in _of(graph, REC.AgendaItem):
        if session := _session(graph, iri, sessions):
            yield Item(
                iri,
                session,
                _string(graph, iri, REC.status),
                _string(graph, iri, REC.number),
                _string(graph, iri, REC.letter),
                _string(graph, iri, REC.title),
                _iri(graph, iri, REC.reportedIn),
                _iri(graph, iri, REC.listedIn),
            )


def _of(graph: Graph, kind: URIRef) -> list[URIRef]:
    """The named things of a class, in the order of their IRIs."""
    return _named(graph.subjects(RDF.type, kind))


def _named(nodes: Iterable[Node]) -> list[URIRef]:
    """The nodes that have an IRI, each once, in order."""
    return sorted({node for node in nodes if isinstance(node, URIRef)})


def _session(graph: Graph, iri: URIRef, sessions: dict[URIRef, Session]) -> Session | None:
    session = _iri(graph, iri, REC.ofSession)
    return sessions.get(session) if session else None


def _iri(graph: Graph, subject: Node, predicate: URIRef) -> URIRef | None:
    """The first value that is an IRI, in order: nothing depends on the order of a graph."""
    return next(iter(_named(graph.objects(subject, predicate))), None)


def _literal(graph: Graph, subject: Node, predicate: URIRef) -> Literal | None:
    """The first literal in the order of their words."""
    values = [value for value in graph.objects(subject, predicate) if isinstance(value, Literal)]
    return min(values, key=str, default=None)


def _python(graph: Graph, subject: Node, predicate: URIRef) -> object:
    """The value as a number or date, None where there is none."""
    value = _literal(graph, subject, predicate)
    return None if value is None else value.toPython()


def _string(graph: Graph, subject: Node, predicate: URIRef) -> str:
    """The words of a value, empty where there is none."""
    return str(_literal(graph, subject, predicate) or "")
