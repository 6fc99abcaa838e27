"""Watching one thing: what the releases brought about it as a feed, and what falls due of it as a calendar.

    ADDRESS.atom, ADDRESS.feed.json   a text cites it, it is asked for something, an answer came … newest first
    ADDRESS.ics                       the requests to it, of it, or due at it
    /search.atom?q=, /questions/NAME.atom (and .feed.json)   what is found, row by row

The moment of an entry is that of the release that brought it: the one that first had the part of the data it stands
in, or the newest where the release before it, which is kept, did not know it yet. A reader polls with If-None-Match:
the ETag is that of the content, so that a release that brought nothing about the thing answers 304.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
from flask import g

from server.dataset.atom import Entry, Feed, atom
from server.dataset.kept import data, history
from server.doors.forms import Door
from server.negotiation import ATOM, Form
from server.pages.panels import about
from server.publishing.release import PREVIOUS
from server.requests import release
from server.store import EmbeddedStore, Row, StoreError
from server.things import iri, labels_of, name_of, text

JSON_FEED = Form("feed.json", "application/feed+json", "JSON Feed")
CALENDAR = Form("ics", "text/calendar", "Calendar")
ENTRIES = 200  # of a feed, the newest
_LINE = 75  # octets of a line of a calendar (RFC 5545, 3.1)
_WATCHED = frozenset(
    {"State", "Organization", "Group", "ActorClass", "Body", "Session", "Work", "Instrument", "Goal", "Target", "Text"}
)
_DUE = frozenset({"State", "Organization", "Group", "ActorClass", "Body", "Session", "Text"})


def feed_of(thing: ox.NamedNode) -> Feed:
    """What the releases brought about a thing, the newest first."""
    base, store = release().base, release().store
    rows = store.select(about(_query("events"), base, thing))
    events = list({iri(row, "event"): row for row in rows}.values())
    labels = labels_of(store, [thing, *(row["event"] for row in events)])
    entries = [
        Entry(
            iri(row, "event"),
            name_of(iri(row, "event"), labels),
            f"{iri(row, 'event')}.html",
            f"{text(row, 'what').capitalize()}: {name_of(thing.value, labels)}",
            moment,
            text(row, "what"),
        )
        for row, moment in zip(events, moments(events), strict=True)
    ]
    return gathered(thing.value, name_of(thing.value, labels), entries)


def gathered(address: str, title: str, entries: Sequence[Entry]) -> Feed:
    """A feed of entries, the newest first, at most 200."""
    newest = sorted(entries, key=lambda entry: entry.iri)
    newest.sort(key=lambda entry: entry.updated, reverse=True)
    updated = newest[0].updated if newest else _first_moment()
    return Feed(address, address, f"Recalling: {title}", updated, newest[:ENTRIES])


def _first_moment() -> datetime:
    first = history().entry(1)
    return first.moment if first else release().published


def moments(events: Sequence[Row]) -> list[datetime]:
    """When each event came, by the part of the data that states it and by what the release before did not know."""
    base, entries = release().base, history().newest(1000)
    first: dict[str, datetime] = {}
    changed: set[str] = set()
    for entry in entries:  # the newest first, so that the oldest stays
        for change in entry.changes:
            if change.kind != "removed":
                first[change.unit] = entry.moment
    if entries:
        changed = {change.unit for change in entries[0].changes if change.kind == "changed"}
    before = _before()
    found = []
    for row in events:
        unit = iri(row, "graph").removeprefix(f"{base}graph/")
        moment = first.get(unit, _first_moment())
        if unit in changed and before and not before.knows(ox.NamedNode(iri(row, "event"))):
            moment = entries[0].moment
        found.append(moment)
    return found


def _before() -> EmbeddedStore | None:
    """The store of the release before, None where it is not kept."""
    if "before" not in g:
        path: Path = data() / PREVIOUS / "store"
        try:
            g.before = EmbeddedStore(path) if path.is_dir() else None
        except StoreError:
            g.before = None
    found: EmbeddedStore | None = g.before
    return found


def json_feed(feed: Feed) -> str:
    """The feed as JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "language": "en",
        "items": [
            {
                "id": entry.iri,
                "url": entry.page,
                "title": entry.title,
                "content_text": entry.summary,
                "date_published": entry.updated.isoformat(),
                "tags": [entry.category] if entry.category else [],
            }
            for entry in feed.entries
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def calendar_of(thing: ox.NamedNode) -> str:
    """What falls due: an event on the first day of the session it is due at; a task where that day is not known yet.

    A request that is due at two sessions stands there twice; one that was answered tells the document.
    """
    base, store = release().base, release().store
    rows: dict[tuple[str, str], Row] = {}
    for row in store.select(about(_query("due"), base, thing)):
        rows.setdefault((iri(row, "mandate"), iri(row, "session")), row)
    labels = labels_of(store, [thing])
    stamp = release().published.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Recalling//EN"]
    lines.append(f"NAME:{_escaped(f'Due: {name_of(thing.value, labels)}')}")
    for row in rows.values():
        lines += _component(row, stamp)
    return "".join(f"{_folded(line)}\r\n" for line in (*lines, "END:VCALENDAR"))


def _component(row: Row, stamp: str) -> Iterable[str]:
    day = text(row, "day").replace("-", "")
    kind = "VEVENT" if day else "VTODO"
    yield f"BEGIN:{kind}"
    yield f"UID:{iri(row, 'mandate')}#{iri(row, 'session').removeprefix(release().base)}"
    yield f"DTSTAMP:{stamp}"
    if day:
        yield f"DTSTART;VALUE=DATE:{day}"
    summary = ": ".join(part for name in ("addressee", "deliverable", "textName") if (part := text(row, name)))
    yield f"SUMMARY:{_escaped(summary)}"
    if words := text(row, "words"):
        yield f"DESCRIPTION:{_escaped(words)}"
    yield f"LOCATION:{_escaped(text(row, 'due'))}" if day else f"COMMENT:{_escaped('Due at the ' + text(row, 'due'))}"
    if answer := text(row, "answer"):
        yield f"COMMENT:{_escaped(f'Answered by {answer}')}"
        if not day:  # an event has no such status
            yield "STATUS:COMPLETED"
    yield f"URL:{iri(row, 'mandate')}"
    yield f"END:{kind}"


def _escaped(words: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11)."""
    plain = words.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return plain.replace("\r", "").replace("\n", "\\n")


def _folded(line: str) -> str:
    """A line in pieces of at most 75 octets, none of which cuts a character."""
    pieces, size = [""], 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LINE - (len(pieces) > 1):
            pieces.append("")
            size = 0
        pieces[-1] += letter
        size += width
    return "\r\n ".join(pieces)


def written(feed: Feed, form: Form) -> str:
    """The feed in one of its two forms."""
    return atom(feed) if form is ATOM else json_feed(feed)


@cache
def _query(name: str) -> str:
    return (files("server.doors") / "watch_queries" / f"{name}.rq").read_text(encoding="utf-8")


def _feed_door(form: Form) -> Door:
    def write(thing: ox.NamedNode, classes: Collection[str]) -> str:  # noqa: ARG001 - the feed is of any class
        found = feed_of(thing)
        return written(replace(found, address=f"{thing.value}.{form.name}"), form)

    return Door(form, _WATCHED, write, by_content=True)


DOORS = (
    _feed_door(ATOM),
    _feed_door(JSON_FEED),
    Door(CALENDAR, _DUE, lambda thing, _: calendar_of(thing), by_content=True),
)
