"""Tables that answer the questions one has at a kind of thing: a query file each in server/pages/panel_queries.

Leading comments say the title (`# title:`) and the classes of things that it is for (`# for: State, Group`).
`$this` stands for the thing. Columns that hold IRIs become links with labels.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from ontology.terms import BASE
from server.pages.answers import Grid, grid
from server.store import Row, Store, Term

ROWS = 400


@dataclass(frozen=True, slots=True)
class Panel:
    """A table on a page: its title, its content, the query that made it."""

    title: str
    grid: Grid
    query: str

    def file_name(self, path: str) -> str:
        """A name for a file with the table, of the thing at a path: "sponsors-text-ccpcj-31-resolution-1"."""
        return re.sub(r"[^\w.]+", "-", f"{self.title} {path}".casefold()).strip("-.")


@dataclass(frozen=True, slots=True)
class _File:
    title: str
    classes: frozenset[str]
    columns: tuple[str, ...]
    query: str

    def at(self, base: str, thing: ox.NamedNode | None) -> str:
        """The query about a thing in a release with a base."""
        return about(self.query, base, thing)


def about(query: str, base: str, thing: ox.NamedNode | None) -> str:
    """A query of our own with the base of a release, and the thing in the place of `$this`."""
    return query.replace(f"<{BASE}", f"<{base}").replace("$this", str(thing) if thing else "?this")


@dataclass(frozen=True, slots=True)
class Filled:
    """A panel's rows before their IRIs have labels."""

    title: str
    columns: tuple[str, ...]
    query: str
    rows: tuple[Row, ...]

    @property
    def terms(self) -> Iterator[Term]:
        """All terms of the rows, for which labels are wanted."""
        return (term for row in self.rows for term in row.values())

    def panel(self, labels: Mapping[str, str]) -> Panel:
        """The panel as it is shown."""
        return Panel(self.title, grid(self.columns, self.rows[:ROWS], labels, more=len(self.rows) > ROWS), self.query)


def panels_for(store: Store, base: str, thing: ox.NamedNode, classes: Collection[str]) -> list[Filled]:
    """The panels of a thing of the given classes (local names) that have any rows, in the order of their files."""
    chosen = [file for file in _files() if file.classes & set(classes)]
    return [filled for file in chosen if (filled := _filled(file, store, base, thing)).rows]


def _filled(file: _File, store: Store, base: str, thing: ox.NamedNode | None) -> Filled:
    query = file.at(base, thing)
    return Filled(file.title, file.columns, query, tuple(store.select(query)))


@cache
def _files() -> tuple[_File, ...]:
    folder = files("server.pages") / "panel_queries"
    entries = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".rq")), key=lambda entry: entry.name)
    return tuple(_parse(entry.read_text(encoding="utf-8")) for entry in entries)


def _parse(text: str) -> _File:
    comments, columns, query = written(text)
    return _File(comments["title"], frozenset(word.strip() for word in comments["for"].split(",")), columns, query)


def written(text: str) -> tuple[dict[str, str], tuple[str, ...], str]:
    """What a query file says in its comments, the columns of the answer, and the query without the comments."""
    lines = text.splitlines()
    comments = {
        key.strip(): value.strip()
        for line in lines
        if line.startswith("#")
        for key, _, value in [line.removeprefix("#").partition(":")]
    }
    heading = next(line for line in lines if line.startswith("SELECT "))
    columns = tuple(word.removeprefix("?") for word in heading.split() if word.startswith("?"))
    return comments, columns, "\n".join(line for line in lines if not line.startswith("#"))
