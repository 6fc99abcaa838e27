"""Candidates for a query: things with a name like the one that is asked for, weighed by what else is said of them."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import Connection

from server.reconciliation.bounds import MOST_CANDIDATES
from server.reconciliation.queries import Constraint, Query, Wanted
from server.reconciliation.sessions import sessions_called, sessions_numbered
from server.reconciliation.values import Value, values
from server.search.asking import asked
from server.search.candidates import candidates
from server.search.finding import SlowSearchError
from server.search.keys import key, keys
from server.search.straight import meant
from server.store import Store

EXACT = 100.0
_UNCERTAIN = 90.0
_LEAST = 30.0  # likeness of a candidate that is worth a look


@dataclass(frozen=True, slots=True)
class Source:
    """What is matched against: the index and the store of a release, the base of its IRIs, this server's address."""

    index: Connection
    store: Store
    base: str
    here: str


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing as the index knows it, by its path."""

    path: str
    kind: str
    title: str


@dataclass(frozen=True, slots=True)
class Match:
    """A candidate.

    `likeness` of the name, from 0 to 100, is 100 only for a name of the thing; `fitting` is the share of the asked
    properties that it has, from 0 to 1; `match` tells that it alone is called so and has them all.
    """

    thing: Thing
    likeness: float
    fitting: float
    match: bool

    @property
    def score(self) -> float:
        """From 0 to 100: the likeness, halved for a thing that has none of the asked properties."""
        return round(self.likeness * (1 + self.fitting) / 2, 1)


def matches(source: Source, query: Query) -> tuple[Match, ...]:
    """The candidates for a query, best first."""
    if not query.kinds:
        return ()  # nothing is of all the types that are asked for
    likenesses = _called(source, query) if query.words else _with_value(source, query)
    shares = _fitting(source, list(likenesses), query.constraints)
    full = [one for one, likeness in likenesses.items() if likeness == EXACT and shares[one.path] == 1]
    found = (
        Match(thing, likeness, shares[thing.path], match=bool(query.words) and full == [thing])
        for thing, likeness in likenesses.items()
        if query.words or shares[thing.path]
    )
    return tuple(sorted(found, key=lambda one: (-one.score, one.thing.path))[: query.limit])


def all_matches(source: Source, queries: Mapping[str, Query], seconds: float) -> dict[str, tuple[Match, ...]]:
    """The candidates for each query of a batch. Raises SlowSearchError when the time for all of them is over."""
    until, found = time.monotonic() + seconds, {}
    for name, query in queries.items():
        if time.monotonic() > until:
            raise SlowSearchError
        found[name] = matches(source, query)
    return found


def things(index: Connection, paths: Sequence[str], kinds: Sequence[str] = ()) -> list[Thing]:
    """What the index knows of the given paths, of the given kinds if any, in the order of the paths."""
    rows = index.execute(
        "SELECT thing.path, kind, title FROM json_each(?) AS given JOIN thing ON thing.path = given.value"
        " WHERE ? = '[]' OR kind IN (SELECT value FROM json_each(?)) ORDER BY given.key",
        (json.dumps(paths), json.dumps(kinds), json.dumps(kinds)),
    )
    return [Thing(*row) for row in rows]


def _called(source: Source, query: Query) -> dict[Thing, float]:
    """Things that are called so, or nearly, or whose address or identifier it is, with the likeness of the name."""
    found = {
        Thing(one.path, one.kind, one.title): one.score
        for one in candidates(source.index, query.words, query.kinds, MOST_CANDIDATES)
        if one.score >= _LEAST
    }
    if EXACT in found.values():
        return found
    if "session" in query.kinds and (numbered := _sessions(source, query)):
        return found | numbered
    paths = (
        meant(source.index, source.store, source.base, source.here, asked(query.words)) if "/" in query.words else ()
    )
    return found | dict.fromkeys(things(source.index, paths, query.kinds), EXACT)


def _sessions(source: Source, query: Query) -> dict[Thing, float]:
    """Sessions that are named by number; without a body it is certain only where properties may tell which."""
    if paths := sessions_called(source.index, query.words):
        return dict.fromkeys(things(source.index, paths), EXACT)
    if query.kinds != ("session",) and "session" not in query.words.lower():
        return {}
    numbered = things(source.index, sessions_numbered(source.index, query.words))
    return dict.fromkeys(numbered, EXACT if query.constraints else _UNCERTAIN)


def _with_value(source: Source, query: Query) -> dict[Thing, float]:
    """Things of which one of the asked values is a name or a facet, where no name is asked for: all equally like."""
    words = [one for constraint in query.constraints for one in constraint.values]
    paths = [path for one in words for path in _paths(source, one)]
    rows = source.index.execute(
        "SELECT path, kind, title FROM thing WHERE kind IN (SELECT value FROM json_each(?)) AND id IN"
        " (SELECT thing FROM facet WHERE value IN (SELECT value FROM json_each(?))"
        "  UNION SELECT thing FROM key WHERE key IN (SELECT value FROM json_each(?)))"
        " ORDER BY weight DESC, path LIMIT ?",
        (json.dumps(query.kinds), json.dumps(paths), json.dumps([key(one.words) for one in words]), MOST_CANDIDATES),
    )
    return {Thing(*row): EXACT for row in rows}


def _fitting(source: Source, found: Sequence[Thing], constraints: Sequence[Constraint]) -> dict[str, float]:
    """The share of the constraints that each thing meets, by its path: 1 where there are none."""
    paths = [thing.path for thing in found]
    if not constraints or not paths:
        return dict.fromkeys(paths, 1.0)
    had = values(source.index, source.store, source.base, paths, [one.property for one in constraints])
    asked_for = [
        (one.property.id, {path for value in one.values for path in _paths(source, value)}, _keys(one.values))
        for one in constraints
    ]
    return {
        path: sum(_meets(had.get((path, identity), []), wanted, words) for identity, wanted, words in asked_for)
        / len(asked_for)
        for path in paths
    }


def _meets(had: Sequence[Value], wanted: set[str], words: set[str]) -> bool:
    return any(value.path in wanted if value.path else key(value.name) in words for value in had)


def _keys(wanted: Sequence[Wanted]) -> set[str]:
    return {key(one.words) for one in wanted if not one.path} - {""}


def _paths(source: Source, wanted: Wanted) -> tuple[str, ...]:
    """The paths of what a value may mean: its own, or those of all things that are called so."""
    if wanted.path:
        return (wanted.path,)
    short = (f"{facet}/{wanted.words}" for facet in ("session", "body", "state"))
    rows = source.index.execute(
        "SELECT path FROM key JOIN thing ON thing.id = key.thing WHERE key IN (?, ?)", keys(wanted.words)
    )
    sessions = sessions_called(source.index, wanted.words) + sessions_numbered(source.index, wanted.words)
    return (*short, *(path for (path,) in rows), *sessions)
