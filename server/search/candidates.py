"""Things that a name may mean, for those who match a list of names against ours.

`candidates` is for a reconciliation service, `suggestions` for a person who is still typing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import islice

from rapidfuzz import fuzz

from server.search.asking import LAST, asked, beginnings, either
from server.search.keys import folded, key, keys

_CONSIDERED = 60  # things that share a word with the name, the best of them by bm25
_ALIKE = 80  # of 100: letters in common, in their order
_SCORE = "-bm25(spelt, 4.0, 3.0, 0.0) * thing.weight"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a name may mean, by its path.

    `score` is 100 for a thing that is called just so, spelling aside, and less the less its likest name is alike.
    `match` tells that no other candidate is as good and that it is called so: it can be taken without asking.
    """

    path: str
    kind: str
    title: str
    names: tuple[str, ...]
    score: float
    match: bool


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A thing that what has been typed may become."""

    path: str
    kind: str
    title: str


def candidates(
    index: sqlite3.Connection, words: str, kinds: Collection[str] = (), limit: int = 10
) -> tuple[Candidate, ...]:
    """The things of the given kinds (names of `server.search.kinds`; none for all) that a name may mean, best first.

    Takes names in all languages that a release holds, former names, acronyms, codes and symbols in any spelling.
    """
    narrow = f" AND kind IN ({', '.join('?' * len(kinds))})" if kinds else ""
    columns = "SELECT id, path, kind, thing.title, thing.names"
    exact = {
        row[0]: row
        for row in index.execute(
            f"{columns} FROM thing JOIN key ON thing = id WHERE key IN (?, ?){narrow}",
            (*keys(words), *kinds),
        )
    }
    near: dict[int, tuple[int, str, str, str, str]] = {}
    if terms := asked(words).terms:
        full = "FROM spelt JOIN thing ON thing.id = spelt.rowid WHERE spelt MATCH ?"
        rows = index.execute(
            f"{columns} {full}{narrow} AND named ORDER BY {_SCORE} DESC, path LIMIT ?",
            (f"{{title names}} : ({either(terms)})", *kinds, _CONSIDERED),
        )
        near = {row[0]: row for row in rows}
    if not exact:  # "United Kindom" shares a word with many names, and is like another
        near |= {row[0]: row for row in _misspelt(index, words, columns, narrow, kinds)}
    scored = sorted(
        (-(100.0 if number in exact else _likeness(words, title, names)), path, kind, title, names)
        for number, path, kind, title, names in {**near, **exact}.values()
    )
    alone = len(exact) == 1
    return tuple(
        Candidate(path, kind, title, tuple(names.splitlines()), round(-score, 1), alone and score == -100.0)
        for score, path, kind, title, names in scored[:limit]
    )


def _misspelt(
    index: sqlite3.Connection, words: str, columns: str, narrow: str, kinds: Collection[str]
) -> Iterator[tuple[int, str, str, str, str]]:
    """The things with a name that begins like the words and differs from them in few letters."""
    wanted = key(words)
    rows = index.execute(
        f"{columns}, key FROM thing JOIN key ON thing = id WHERE named{narrow} AND key >= ? AND key < ?"
        " AND length(key) BETWEEN ? AND ?",
        (*kinds, wanted[:1], wanted[:1] + LAST, len(wanted) - 2, len(wanted) + 2),
    )
    return (row[:5] for row in rows if wanted and fuzz.ratio(wanted, row[5]) >= _ALIKE)


def _likeness(words: str, title: str, names: str) -> float:
    """How much a thing's likest name is like some words: from 0 to 99."""
    wanted = folded(words)
    return 0.99 * max(fuzz.ratio(wanted, folded(name)) for name in (title, *names.splitlines()))


def suggestions(index: sqlite3.Connection, typed: str, limit: int = 10) -> tuple[Suggestion, ...]:
    """The things whose names have what has been typed, its last word as a beginning; each title once."""
    terms = asked(typed).terms
    if not terms:
        return ()
    full = "FROM spelt JOIN thing ON thing.id = spelt.rowid WHERE spelt MATCH ? AND named"
    rows = index.execute(
        f"SELECT path, kind, thing.title {full} ORDER BY {_SCORE} DESC, path",
        (f"{{title names}} : ({beginnings(terms)})",),
    )
    return tuple(islice(_distinct(rows), limit))


def _distinct(rows: sqlite3.Cursor) -> Iterator[Suggestion]:
    seen: set[str] = set()
    for path, kind, title in rows:
        if title not in seen:
            seen.add(title)
            yield Suggestion(path, kind, title)
