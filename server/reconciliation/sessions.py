"""Sessions as people write them: "31st session", "CCPCJ 31", "thirty-first session of the Commission on …"."""

from __future__ import annotations

import re
from sqlite3 import Connection

from mappings.lexicon.numbers import ordinal_number
from server.search.keys import keys

_NUMBER = re.compile(r"(?<!\S)(?:\d{1,3}(?:st|nd|rd|th)?|(?:[a-z]+-)?[a-z]+(?:st|nd|rd|th))(?!\S)", re.IGNORECASE)
_SESSION = re.compile(r"\b(?:regular )?session\b|[,;:()/]", re.IGNORECASE)
_ENDS = re.compile(r"^(?:(?:of|the|at)\b\s*)+|(?:\s*\b(?:of|the|at))+$", re.IGNORECASE)


def sessions_called(index: Connection, words: str) -> tuple[str, ...]:
    """The paths of the sessions that words name by a number and a body."""
    plain = " ".join(_SESSION.sub(" ", words).split())
    for found in _NUMBER.finditer(plain):
        number = int(found[0]) if found[0].isdigit() else ordinal_number(found[0])
        body = " ".join((_ENDS.sub("", plain[: found.start()].strip()), _ENDS.sub("", plain[found.end() :].strip())))
        if number is None or not body.strip():
            continue
        rows = index.execute(
            "SELECT path FROM key JOIN thing ON thing.id = key.thing WHERE key IN (?, ?) AND kind = 'body'",
            keys(body.strip()),
        )
        bodies = [path for (path,) in rows]
        if paths := [path for one in bodies for path in _numbered(index, number, one.removeprefix("body/"))]:
            return tuple(paths)
    return ()


def sessions_numbered(index: Connection, words: str) -> tuple[str, ...]:
    """The paths of the sessions of all bodies that words name by nothing but a number."""
    plain = _ENDS.sub("", " ".join(_SESSION.sub(" ", words).split()))
    if not _NUMBER.fullmatch(plain):
        return ()
    number = int(plain) if plain.isdigit() else ordinal_number(plain)
    return _numbered(index, number, "*") if number else ()


def _numbered(index: Connection, number: int, body: str) -> tuple[str, ...]:
    rows = index.execute(
        "SELECT path FROM thing WHERE kind = 'session' AND path GLOB ? ORDER BY path", (f"session/{body}/{number}",)
    )
    return tuple(path for (path,) in rows)
