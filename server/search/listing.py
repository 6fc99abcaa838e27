"""What was found, as it is listed: a page of results with words marked, and the facets they can be narrowed by.

The table `hit` of the index's connection holds what was found: things with their scores.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from server.search.marking import CLOSE, OPEN, Marked, marked

PAGE = 20  # results
FACETS = ("kind", "session", "body", "state")


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its path, with its title."""

    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Result:
    """A thing that was found; `place` is what it stands in, None for what stands by itself. High scores are better."""

    path: str
    kind: str
    title: Marked
    snippet: Marked
    place: Named | None
    sessions: tuple[Named, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Value:
    """What results have in a facet, and how many of them have it."""

    value: str
    title: str
    count: int


def results(index: sqlite3.Connection, words: str, page: int) -> Iterator[Result]:
    """A page of what is in the table `hit`."""
    rows = index.execute(
        "SELECT id, thing.path, kind, title, substr(text, 1, 200), place, score FROM hit JOIN thing ON id = thing"
        " ORDER BY score DESC, weight DESC, path LIMIT ? OFFSET ?",
        (PAGE, (page - 1) * PAGE),
    ).fetchall()
    marks = _marks(index, words, [row[0] for row in rows])
    for number, path, kind, title, text, place, score in rows:
        found_title, snippet = marks.get(number) or (marked(title), marked(text))
        sessions = tuple(_titles(index, "session", number))
        yield Result(path, kind, found_title, snippet, named(index, place), sessions, round(score, 3))


def _marks(index: sqlite3.Connection, words: str, numbers: Sequence[int]) -> dict[int, tuple[Marked, Marked]]:
    """The titles and snippets of things that have the words; a snippet is of other names where only these match."""
    if not words or not numbers:
        return {}
    pieces = "snippet(stems, 1, ?1, ?2, '…', 16), snippet(stems, 2, ?1, ?2, '…', 40)"
    one_of = ", ".join(map(str, numbers))
    rows = index.execute(
        f"SELECT rowid, highlight(stems, 0, ?1, ?2), {pieces} FROM stems WHERE stems MATCH ?3 AND rowid IN ({one_of})",  # noqa: S608
        (OPEN, CLOSE, words),
    )
    found = {}
    for number, title, names, text in rows:
        found_title, of_names, of_text = marked(title), marked(names.replace("\n", " · ")), marked(text)
        found[number] = found_title, of_names if of_names.any and not found_title.any and not of_text.any else of_text
    return found


def facets(index: sqlite3.Connection) -> dict[str, tuple[Value, ...]]:
    """What the things in the table `hit` have in each facet, the most frequent first."""
    rows = index.execute(
        "SELECT name, value, coalesce(title, value), n FROM (SELECT name, value, count(*) AS n FROM hit JOIN facet"
        " USING (thing) GROUP BY name, value) LEFT JOIN thing ON path = value ORDER BY n DESC, 3, value"
    )
    found: dict[str, list[Value]] = {name: [] for name in FACETS}
    for name, value, title, count in rows:
        found[name].append(Value(value, title, count))
    return {name: tuple(values) for name, values in found.items()}


def _titles(index: sqlite3.Connection, facet: str, number: int) -> list[Named]:
    query = """SELECT path, title FROM facet JOIN thing ON path = value
      WHERE facet.name = ? AND facet.thing = ? ORDER BY path"""
    return [Named(*row) for row in index.execute(query, (facet, number))]


def named(index: sqlite3.Connection, path: str) -> Named | None:
    """The thing at a path with its title; None where there is none."""
    row = index.execute("SELECT path, title FROM thing WHERE path = ?", (path,)).fetchone() if path else None
    return Named(*row) if row else None
