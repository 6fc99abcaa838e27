"""What the home page lists of a release: the sessions under their bodies, and the newest texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

import pyoxigraph as ox

from mappings.assertion.labels import ordinal
from mappings.sessions import session_words
from server.pages.answers import Cell, cell
from server.pages.beside import Request, beside
from server.pages.dates import parts_in_days
from server.pages.evidence import Spot, spots
from server.pages.naming import context_of
from server.pages.panels import about, panels_for
from server.pages.paragraphs import Paragraph
from server.pages.readings import TEXTS, reading_of
from server.store import Row, Store
from server.things import iri, labels_of, text


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session in a few words: "33rd session", its days, how many texts it has, its report by its symbol."""

    session: Cell
    days: str
    texts: int
    report: Cell


@dataclass(frozen=True, slots=True)
class Sittings:
    """The sessions of a body, the newest first."""

    body: Cell
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class Newest:
    """A text by its title, and in small print what it is and of which session."""

    text: Cell
    called: str
    session: Cell


@dataclass(frozen=True, slots=True)
class Example:
    """A paragraph with what stands beside it, and the words of the report that a fact of it was read from."""

    paragraph: Paragraph
    text: Cell
    cited: str
    requests: tuple[Request, ...]
    spot: Spot
    report: Cell


def counts(store: Store, base: str) -> dict[str, int]:
    """How much is held: sessions, texts, citations, statements, requests, sponsors."""
    rows = store.select(_query("counts", base))
    return {name: int(text(rows[0], name)) for name in rows[0]} if rows else {}


def example(store: Store, base: str) -> Example | None:
    """One paragraph as its text's page shows it, with its source; None where no words are held."""
    rows = store.select(_query("example", base))
    if not rows:
        return None
    whole, clause, mandate = (ox.NamedNode(iri(rows[0], name)) for name in ("text", "clause", "mandate"))
    reading = reading_of(store, base, whole, TEXTS)
    around = panels_for(store, base, whole, ("Text",), only="Requests")
    found = [paragraph for paragraph in reading.paragraphs if paragraph.iri == clause.value] if reading else []
    read_at = spots(store, base, mandate)
    if not found or not read_at or not read_at[0].words:
        return None
    shown = [term for panel in around for term in panel.terms]
    labels = labels_of(store, [whole, ox.NamedNode(read_at[0].report), *shown])
    short = context_of(store, base, whole, "").names(labels)
    asked = beside(around, short, {}).requests_at(found[0].href)
    named = cell(whole, labels)
    called, _, title = named.words.partition(": ")
    source = cell(ox.NamedNode(read_at[0].report), labels)
    return Example(found[0], Cell(title or called, named.href), called, asked, read_at[0], source)


def sessions(store: Store, base: str) -> tuple[Sittings, ...]:
    """All sessions with a report, under their bodies: the body that met last comes first."""
    rows = store.select(_query("sessions", base))
    labels = labels_of(store, (term for row in rows for term in row.values()))
    met = list(dict.fromkeys(row["body"] for row in rows))
    ordered = sorted(rows, key=lambda row: met.index(row["body"]))
    groups = groupby(ordered, key=lambda row: row["body"])
    return tuple(Sittings(cell(body, labels), tuple(_sitting(row, labels) for row in group)) for body, group in groups)


def newest_texts(store: Store, base: str) -> tuple[Newest, ...]:
    """The texts of the newest sessions, those that were adopted first."""
    rows = store.select(_query("newest-texts", base))
    labels = labels_of(store, (term for row in rows for term in row.values()))
    labels = context_of(store, base, ox.NamedNode(base), "").names(labels)
    return tuple(_newest(row, labels) for row in rows)


def _query(name: str, base: str) -> str:
    file = files("server.pages") / "front_queries" / f"{name}.rq"
    return about(file.read_text(encoding="utf-8"), base, None)


def _sitting(row: Row, labels: Mapping[str, str]) -> Sitting:
    session = Cell(session_name(text(row, "ordinal")), cell(row["session"], labels).href)
    report = cell(row["report"], labels)
    symbol = text(row, "symbol") if "symbol" in row else report.words
    return Sitting(session, parts_in_days(text(row, "days")), int(text(row, "texts")), Cell(symbol, report.href))


def session_name(number: str) -> str:
    """A session by its number: "33rd session", "32nd special session"."""
    return session_words(number, ordinal(int(number)) if number.isdecimal() else number.rpartition("-")[2])


def _newest(row: Row, labels: Mapping[str, str]) -> Newest:
    whole = cell(row["text"], labels)
    title = row.get("title")
    called = whole.words.removesuffix(f": {title.value}") if isinstance(title, ox.Literal) else ""
    words = title.value if isinstance(title, ox.Literal) else whole.words
    return Newest(Cell(words, whole.href), called, cell(row["session"], labels))
