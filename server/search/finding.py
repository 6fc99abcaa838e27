"""What a query finds: how much, a page of it, and what to try where it finds nothing."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from server.search.asking import Asked, Term, expression
from server.search.keys import keys
from server.search.listing import PAGE, Named, Result, Value, facets, named, results
from server.search.respelling import respelt

PAGES = 500  # that can be asked for
SECONDS = 2.0  # that one search may take
_RANK = "-bm25(stems, 8.0, 5.0, 1.0) * thing.weight"
_EXACT = 100.0  # for what is called just so; no words reach that
_MEANT = 1000.0  # for what a symbol means


class SlowSearchError(Exception):
    """A search that took longer than it may."""


@dataclass(frozen=True, slots=True)
class Found:
    """A page of the results. `beginning` tells that the last word was taken as the beginning of one, for want of it.

    `alone` says how many things have each of several terms where none has all; `wordless` names the sessions of whose
    reports only facts can be found; `respelt` is what was typed in the index's own words where nothing was found.
    `chosen` are the values of facets that were asked for.
    """

    total: int
    page: int
    results: tuple[Result, ...]
    facets: Mapping[str, tuple[Value, ...]]
    beginning: bool
    alone: tuple[tuple[Term, int], ...]
    chosen: Mapping[str, Named]
    wordless: tuple[Named, ...]
    respelt: str = ""

    @property
    def pages(self) -> int:
        """How many pages there are."""
        return min(PAGES, -(-self.total // PAGE))


def find(
    index: sqlite3.Connection, asked: Asked, chosen: Mapping[str, str], page: int = 1, meant: Sequence[str] = ()
) -> Found:
    """What a query finds among things that have the chosen values of facets; `meant` are paths that come first.

    Raises SlowSearchError.
    """
    with in_time(index):
        words = expression(index, asked.terms)
        total, beginning = _collect(index, asked, words, chosen, meant), False
        if not total and (other := asked.with_beginning()):
            words = expression(index, other.terms)
            total = _collect(index, other, words, chosen, meant)
            beginning = total > 0
        alone = tuple(_alone(index, asked, chosen)) if not total and len(asked.terms) > 1 else ()
        rows = index.execute("SELECT session, title FROM wordless JOIN thing ON path = session ORDER BY path")
        wordless = tuple(Named(*row) for row in rows)
        listed, narrowing = tuple(results(index, words, page)), facets(index)
        values = {name: named(index, value) or Named(value, value) for name, value in chosen.items()}
        right = respelt(index, asked) if not total else ""
        return Found(total, page, listed, narrowing, beginning, alone, values, wordless, right)


@contextmanager
def in_time(index: sqlite3.Connection, seconds: float = SECONDS) -> Iterator[None]:
    """Ends the work on the index when its time is over: raises SlowSearchError."""
    until = time.monotonic() + seconds
    index.set_progress_handler(lambda: time.monotonic() > until, 10_000)
    try:
        yield
    except sqlite3.OperationalError as error:
        if str(error) != "interrupted":
            raise
        raise SlowSearchError from error
    finally:
        index.set_progress_handler(None, 0)


def _collect(
    index: sqlite3.Connection, asked: Asked, words: str, chosen: Mapping[str, str], meant: Sequence[str]
) -> int:
    """How many things are found; they stand in the table `hit` with their scores until the next search."""
    index.execute("DROP TABLE IF EXISTS temp.hit")
    index.execute("CREATE TEMP TABLE hit (thing INTEGER PRIMARY KEY, score REAL NOT NULL)")
    narrow = "".join(" AND thing.id IN (SELECT thing FROM facet WHERE name = ? AND value = ?)" for _ in chosen)
    values = [word for pair in chosen.items() for word in pair]
    if asked.empty:
        index.execute(f"INSERT INTO hit SELECT id, weight FROM thing WHERE true{narrow}", values)  # noqa: S608
    elif words:
        full = "FROM stems JOIN thing ON thing.id = stems.rowid WHERE stems MATCH ?"
        index.execute(f"INSERT INTO hit SELECT thing.id, {_RANK} {full}{narrow}", (words, *values))
    better = "ON CONFLICT (thing) DO UPDATE SET score = max(score, excluded.score)"
    exact = f"SELECT id, {_EXACT} * weight FROM thing JOIN key ON thing = id WHERE key IN (?, ?){narrow}"  # noqa: S608
    if not asked.empty:
        index.execute(f"INSERT INTO hit {exact} {better}", (*keys(asked.typed), *values))
    for path in meant:
        first = f"SELECT id, {_MEANT} FROM thing WHERE path = ?{narrow}"  # noqa: S608
        index.execute(f"INSERT INTO hit {first} {better}", (path, *values))
    return int(index.execute("SELECT count(*) FROM hit").fetchone()[0])


def _alone(index: sqlite3.Connection, asked: Asked, chosen: Mapping[str, str]) -> Iterator[tuple[Term, int]]:
    """How many things have each term."""
    for term in dict.fromkeys(asked.terms):
        single = Asked(term.typed, (term,), cut=False, quoted=False)
        yield term, _collect(index, single, expression(index, (term,)), chosen, ())
    index.execute("DELETE FROM hit")
