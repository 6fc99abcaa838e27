"""Feeds for people who follow what is new: the newest texts at /texts.atom, the releases at /releases.atom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from functools import cache
from importlib.resources import files

from flask import Blueprint, Response

from server.current import Release
from server.dataset.atom import Entry, Feed, atom
from server.dataset.publications import summary
from server.negotiation import ATOM
from server.pages.panels import about
from server.publishing.history import Entry as Published
from server.requests import release
from server.store import Row
from server.things import iri, text

blueprint = Blueprint("feeds", __name__)


@blueprint.get("/texts.atom")
def texts() -> Response:
    """The fifty newest resolutions, decisions and drafts."""
    current = release()
    rows = current.store.select(about(_query(), current.base, None))
    entries = [_text(row, current) for row in rows]
    feed = Feed(f"{current.base}texts.atom", current.base, "Recalling: the newest texts", current.published, entries)
    return Response(atom(feed), content_type=ATOM.content_type)


def releases_feed(entries: Iterable[Published], current: Release) -> str:
    """Releases with what changed in each, as Atom."""
    base = current.base
    told = [_release(entry, base) for entry in entries]
    return atom(Feed(f"{base}releases.atom", f"{base}releases", "Recalling: releases", current.published, told))


def _text(row: Row, current: Release) -> Entry:
    """A text with the day of the last action on it, or the last of its session."""
    thing, day = iri(row, "text"), text(row, "day")
    moment = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else current.published
    told = ", ".join(part for part in (text(row, "kind").capitalize(), text(row, "sessionName")) if part)
    return Entry(thing, text(row, "label"), f"{thing}.html", told, moment, text(row, "kind"))


def _release(entry: Published, base: str) -> Entry:
    told = "; ".join(summary(change) for change in entry.changes) or "Nothing changed"
    name = f"{base}releases/{entry.release}"
    return Entry(f"{base}changes/{entry.number}", f"Release {entry.release}", name, told, entry.moment)


@cache
def _query() -> str:
    return (files("server.dataset") / "newest_texts.rq").read_text(encoding="utf-8")
