"""What tells a thing from its namesakes: a line for lists, a card for previews."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

_NAMES = 8  # other names on a card
_TEXT = 220  # characters of its words


@dataclass(frozen=True, slots=True)
class Card:
    """A thing for a small frame: `line` says what it is and where it belongs."""

    path: str
    title: str
    line: str
    names: tuple[str, ...]
    text: str


def lines(index: Connection, paths: Sequence[str]) -> dict[str, str]:
    """What each thing is and which sessions it belongs to, by its path: "draft resolution, 31st session of …"."""
    rows = index.execute(
        "SELECT thing.path, thing.kind, other.title FROM thing"
        " LEFT JOIN facet ON facet.thing = thing.id AND facet.name = 'session' AND facet.value != thing.path"
        " LEFT JOIN thing AS other ON other.path = facet.value"
        " WHERE thing.path IN (SELECT value FROM json_each(?)) ORDER BY thing.path, facet.value",
        (json.dumps(list(paths)),),
    )
    sessions: dict[str, list[str]] = {}
    kinds: dict[str, str] = {}
    for path, kind, session in rows:
        kinds[path] = kind
        sessions.setdefault(path, []).extend([session] if session else [])
    return {path: _line(kind, sessions[path]) for path, kind in kinds.items()}


def _line(kind: str, sessions: Sequence[str]) -> str:
    more = f" and {len(sessions) - 1} more" if len(sessions) > 1 else ""
    return f"{kind}, {sessions[0]}{more}" if sessions else kind


def card(index: Connection, path: str) -> Card | None:
    """The card of a thing, None where the index knows none at the path."""
    row = index.execute("SELECT title, names, text FROM thing WHERE path = ?", (path,)).fetchone()
    if row is None:
        return None
    title, names, text = row
    telling = (name for name in names.splitlines() if len(name) > 2 and not name.isdigit() and name not in title)
    others = tuple(telling)[:_NAMES]
    short = text if len(text) <= _TEXT else text[:_TEXT].rpartition(" ")[0] + " …"
    return Card(path, title, lines(index, [path])[path], others, short)
