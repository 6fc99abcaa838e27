"""What the home page lists of a release: the sessions under their bodies, and the newest texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from itertools import groupby

import pyoxigraph as ox

from mappings.assertion.labels import ordinal
from mappings.sessions import session_words
from server.pages.answers import Cell, cell
from server.pages.panels import about
from server.store import Row, Store
from server.things import labels_of, text


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
    return tuple(_newest(row, labels) for row in rows)


def in_days(first: date, last: date) -> str:
    """The days from one to another: "13 to 17 May 2024", "8 December 2023 to 17 May 2024"."""
    end = f"{last.day} {last:%B %Y}"
    if first == last:
        return end
    if first.year != last.year:
        return f"{first.day} {first:%B %Y} to {end}"
    return f"{first.day} to {end}" if first.month == last.month else f"{first.day} {first:%B} to {end}"


def _query(name: str, base: str) -> str:
    file = files("server.pages") / "front_queries" / f"{name}.rq"
    return about(file.read_text(encoding="utf-8"), base, None)


def _sitting(row: Row, labels: Mapping[str, str]) -> Sitting:
    held = "from" in row and "to" in row
    days = in_days(date.fromisoformat(text(row, "from")), date.fromisoformat(text(row, "to"))) if held else ""
    session = Cell(_session_words(text(row, "ordinal")), cell(row["session"], labels).href)
    report = cell(row["report"], labels)
    symbol = text(row, "symbol") if "symbol" in row else report.words
    return Sitting(session, days, int(text(row, "texts")), Cell(symbol, report.href))


def _session_words(number: str) -> str:
    return session_words(number, ordinal(int(number)) if number.isdecimal() else number.rpartition("-")[2])


def _newest(row: Row, labels: Mapping[str, str]) -> Newest:
    whole = cell(row["text"], labels)
    title = row.get("title")
    called = whole.words.removesuffix(f": {title.value}") if isinstance(title, ox.Literal) else ""
    words = title.value if isinstance(title, ox.Literal) else whole.words
    return Newest(Cell(words, whole.href), called, cell(row["session"], labels))
