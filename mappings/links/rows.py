"""What one report holds of what links are made of, as rows that are kept, and found again by what they share.

A key says what a rule joins two rows by: texts by their family (kind, voice, body and title), citations by the title
and the document that they cite, items by their session and number, requests and presentations by their session.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from rdflib import URIRef

from mappings.links.adoptions import NATURES
from mappings.links.held import Citation, Document, Held, Item, Mandate, Presentation, Session, Text
from mappings.links.titles import described, normalized


@dataclass(frozen=True, slots=True)
class Row:
    """A record of a table of `Held`; the records that it names stand in it by their IRIs."""

    table: str
    iri: str
    keys: tuple[str, ...]
    values: Mapping[str, Any]


def rows_of(known: Held) -> Iterator[Row]:
    """The rows of one report, each session with what this report says of it."""
    for session in known.sessions:
        closed = session.closed.isoformat() if session.closed else ""
        values = {"body": str(session.body), "ordinal": session.ordinal, "reported": session.reported, "closed": closed}
        yield Row("sessions", str(session.iri), (f"session {session.iri}", f"sessions of {session.body}"), values)
    for text in known.texts:
        yield Row(
            "texts",
            str(text.iri),
            tuple(_keys_of_text(text)),
            _plain(text, session=text.session.iri, ordinal=text.session.ordinal),
        )
    for mandate in known.mandates:
        sessions = dict.fromkeys(f"requests for {due.iri}" for due in mandate.dues)
        bodies = dict.fromkeys(f"requests for a session of {due.body}" for due in mandate.dues)
        keys = (f"requests of {mandate.text.iri}", f"is {mandate.iri}", *sessions, *bodies)
        values = _plain(mandate, text=mandate.text.iri, dues=[str(due.iri) for due in mandate.dues])
        yield Row("mandates", str(mandate.iri), keys, values)
    for shown in known.presentations:
        documents = [_plain(document) for document in shown.documents]
        values = _plain(shown, session=shown.session.iri, documents=documents)
        yield Row("presentations", str(shown.iri), (f"shown at {shown.session.iri}", f"is {shown.iri}"), values)
    for citation in known.citations:
        values = _plain(citation, text=citation.text.iri if citation.text else None, document=_plain(citation.document))
        values["on"] = citation.on.isoformat() if citation.on else ""
        yield Row("citations", str(citation.iri), tuple(_keys_of_citation(citation)), values)
    for item in known.items:
        keys_of_item = (
            f"item {item.session.iri} {item.number} {item.letter}",
            f"items of {item.session.iri}",
            f"items listed in {item.listed_in}",
            f"items at {item.place}",
            f"is {item.iri}",
        )
        yield Row("items", str(item.iri), keys_of_item, _plain(item, session=item.session.iri))


def family(text: Text) -> str:
    """What texts share of which one continues the other."""
    return f"family {text.kind} {text.voice} {text.session.body} {normalized(text.title)}"


def _keys_of_text(text: Text) -> Iterator[str]:
    yield f"is {text.iri}"
    if normalized(text.title):
        yield family(text)
    if text.kind in NATURES:
        yield f"drafts of {text.session.iri}"
        yield f"draft called {normalized(text.title)}"


def _keys_of_citation(citation: Citation) -> Iterator[str]:
    yield f"cites {citation.document.iri}"
    yield f"citations at {citation.place}"
    yield f"is {citation.iri}"
    if citation.text:
        yield f"citations in {citation.text.iri}"
    if title := described(citation.title):
        yield f"cites what is called {title}"


def _plain(record: Any, **changed: Any) -> dict[str, Any]:
    values = {name: getattr(record, name) for name in record.__slots__} | changed
    return {name: str(value) if isinstance(value, URIRef) else value for name, value in values.items()}


def held_of(rows: Iterable[Row]) -> Held:
    """The records of rows, in the order of `held`. What several reports say of one session is put together."""
    tables: dict[str, dict[object, Row]] = {}
    sessions: dict[str, Session] = {}
    for row in rows:
        if row.table == "sessions":
            session = _session(row)
            sessions[row.iri] = _together(sessions[row.iri], session) if row.iri in sessions else session
        else:  # a citation may cite several documents
            document = row.values["document"]["iri"] if row.table == "citations" else ""
            tables.setdefault(row.table, {})[row.iri, document] = row

    def of(table: str) -> list[Mapping[str, Any]]:
        found = tables.get(table, {})
        return [found[key].values for key in sorted(found, key=str)]

    texts = {
        str(values["iri"]): _text(values, sessions[values["session"]])
        for values in of("texts")
        if values["session"] in sessions
    }
    return Held(
        tuple(sorted(sessions.values())),
        tuple(texts.values()),
        tuple(_mandate(values, texts, sessions) for values in of("mandates") if values["text"] in texts),
        tuple(_presentation(one, sessions) for one in of("presentations") if one["session"] in sessions),
        tuple(_citation(values, texts) for values in of("citations")),
        tuple(_item(values, sessions[values["session"]]) for values in of("items") if values["session"] in sessions),
    )


def _session(row: Row) -> Session:
    values = row.values
    closed = date.fromisoformat(values["closed"]) if values["closed"] else None
    return Session(URIRef(values["body"]), values["ordinal"], URIRef(row.iri), values["reported"], closed)


def _together(one: Session, other: Session) -> Session:
    closed = max((day for day in (one.closed, other.closed) if day), default=None)
    return replace(one, reported=one.reported or other.reported, closed=closed)


def _iri(value: str | None) -> URIRef | None:
    return URIRef(value) if value else None


def _document(values: Mapping[str, Any]) -> Document:
    return Document(URIRef(values["iri"]), values["symbol"], _iri(values["issuer"]))


def _text(values: Mapping[str, Any], session: Session) -> Text:
    iri, kind, voice = URIRef(values["iri"]), URIRef(values["kind"]), _iri(values["voice"])
    return Text(iri, kind, values["number"], values["title"], voice, session, tuple(values["operative"]))


def _mandate(values: Mapping[str, Any], texts: Mapping[str, Text], sessions: Mapping[str, Session]) -> Mandate:
    return Mandate(
        URIRef(values["iri"]),
        texts[values["text"]],
        values["clause"],
        values["deliverable"],
        tuple(sessions[due] for due in values["dues"] if due in sessions),
        tuple(values["names"]),
        values["label"],
    )


def _presentation(values: Mapping[str, Any], sessions: Mapping[str, Session]) -> Presentation:
    return Presentation(
        URIRef(values["iri"]),
        values["title"],
        values["role"],
        sessions[values["session"]],
        _iri(values["place"]),
        tuple(_document(document) for document in values["documents"]),
    )


def _citation(values: Mapping[str, Any], texts: Mapping[str, Text]) -> Citation:
    return Citation(
        URIRef(values["iri"]),
        _iri(values["place"]),
        texts.get(values["text"]) if values["text"] else None,
        _document(values["document"]),
        values["role"],
        values["title"],
        date.fromisoformat(values["on"]) if values["on"] else None,
        values["clause"],
    )


def _item(values: Mapping[str, Any], session: Session) -> Item:
    return Item(
        URIRef(values["iri"]),
        session,
        values["status"],
        values["number"],
        values["letter"],
        values["title"],
        _iri(values["place"]),
        _iri(values["listed_in"]),
    )
