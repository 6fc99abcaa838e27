"""Tables that answer the questions one has at a kind of thing: a query file each in server/pages/panel_queries.

Leading comments say the title (`# title:`) and the classes of things that it is for (`# for: State, Group`);
`# says:` is a sentence under the title; `# part:` the part of a long page that it stands in;
`# one: statement` joins the rows of the same statement into one with several values in a cell; `# place: beside` is for
what stands beside a text and not in a table of its own. `$this` stands for the thing. Columns that hold IRIs become
links with labels.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from ontology.terms import BASE
from server.pages.answers import Cell, Grid, grid
from server.pages.dates import day_in_words
from server.pages.short_names import abridged
from server.store import Row, Store, Term
from server.things import text

ROWS = 400
SEVERAL = 4  # rows of a thing that are asked for where they are shown as one; chosen, not measured
LETTERS = 80  # of the name of a thing in a column after the first
SENTENCE = 280  # of words that are quoted in a cell


@dataclass(frozen=True, slots=True)
class Panel:
    """A table on a page: its title, its content, the query that made it."""

    title: str
    grid: Grid
    query: str
    says: str = ""
    part: str = ""
    held: int = 0  # rows in all, of which the table may show the first

    def file_name(self, path: str) -> str:
        """A name for a file with the table, of the thing at a path: "sponsors-text-ccpcj-31-resolution-1"."""
        return file_name(self.title, path)


def file_name(title: str, path: str) -> str:
    """A name for a file with the table of that title, of the page at a path."""
    return re.sub(r"[^\w.]+", "-", f"{title} {path.removesuffix('.html')}".casefold()).strip("-.")


@dataclass(frozen=True, slots=True)
class _File:
    title: str
    classes: frozenset[str]
    columns: tuple[str, ...]
    query: str
    one: str
    beside: bool
    says: str
    part: str

    def at(self, base: str, thing: ox.NamedNode | None) -> str:
        """The query about a thing in a release with a base."""
        return about(self.query, base, thing)


def about(query: str, base: str, thing: ox.NamedNode | None) -> str:
    """A query of our own with the base of a release, and the thing in the place of `$this`."""
    return query.replace(f"<{BASE}", f"<{base}").replace("$this", str(thing) if thing else "?this")


@dataclass(frozen=True, slots=True)
class Filled:
    """A panel's rows before their IRIs have labels; `beside` where they stand beside a text.

    The rows are the first of those that are held, of a table beside a text all.
    """

    title: str
    columns: tuple[str, ...]
    query: str
    rows: tuple[Row, ...]
    one: str = ""
    beside: bool = False
    says: str = ""
    part: str = ""
    held: int = 0

    @property
    def terms(self) -> Iterator[Term]:
        """All terms of the rows, for which labels are wanted."""
        return (term for row in self.rows for term in row.values())

    def panel(self, labels: Mapping[str, str]) -> Panel:
        """The panel as it is shown."""
        shown = grid(self.columns, self.rows, labels)
        rows = _joined(shown.rows, self.columns.index(self.one)) if self.one else shown.rows
        columns = [place for place, _ in enumerate(shown.columns) if any(row[place].words for row in rows)]
        kept = tuple(tuple(_fitting(row[place], place) for place in columns) for row in rows[:ROWS])
        held = max(self.held, len(rows))
        table = Grid(tuple(shown.columns[at] for at in columns), kept, held > len(kept))
        return Panel(self.title, table, self.query, self.says, self.part, held)


def _joined(rows: tuple[tuple[Cell, ...], ...], named: int) -> tuple[tuple[Cell, ...], ...]:
    """The rows, those about the same thing as one: each cell with all its values in their order, each once."""
    things: dict[Cell, list[tuple[Cell, ...]]] = {}
    for row in rows:
        things.setdefault(row[named], []).append(row)
    return tuple(tuple(_several(dict.fromkeys(cells)) for cells in zip(*same, strict=True)) for same in things.values())


def _fitting(shown: Cell, place: int) -> Cell:
    """A cell as it fits: long names of linked things in short, but for those in the first column, which the row is
    about; a day in words."""
    others = tuple(_fitting(other, place) for other in shown.others)
    if shown.kind == "date":
        return replace(shown, words=day_in_words(shown.words), others=others)
    if not place or not shown.href:
        words = (
            textwrap.shorten(shown.words, SENTENCE, placeholder=" …") if len(shown.words) > SENTENCE else shown.words
        )
        return replace(shown, words=words, others=others)
    return replace(shown, words=textwrap.shorten(abridged(shown.words), LETTERS, placeholder="…"), others=others)


def _several(values: Collection[Cell]) -> Cell:
    first, *others = values
    return replace(first, others=tuple(others))


def panels_for(store: Store, base: str, thing: ox.NamedNode, classes: Collection[str], only: str = "") -> list[Filled]:
    """The panels of a thing of the given classes (local names) that have any rows, in the order of their files.

    `only` is the title of the one that is wanted.
    """
    chosen = [file for file in _files() if file.classes & set(classes) and only in ("", file.title)]
    return [filled for file in chosen if (filled := _filled(file, store, base, thing)).rows]


def _filled(file: _File, store: Store, base: str, thing: ox.NamedNode | None) -> Filled:
    query = file.at(base, thing)
    rows, held = (tuple(store.select(query)), 0) if file.beside else _first(store, query, file.one)
    return Filled(file.title, file.columns, query, rows, file.one, file.beside, file.says, file.part, held)


def _first(store: Store, query: str, one: str) -> tuple[tuple[Row, ...], int]:
    """The rows that a page can show, and how many there are where these are more: of a thing with several rows, things.

    Only those that are shown become terms and get labels: at 100 reports the 4,050 rows of a verb took 288 ms.
    """
    told, _, order = query.rpartition("ORDER BY ")
    if not told or "}" in order or "LIMIT" in order:
        return tuple(store.select(query)), 0
    bound = ROWS * SEVERAL if one else ROWS
    rows = tuple(store.select(f"{query}\nLIMIT {bound + 1}"))
    if len(rows) <= bound:
        return rows, 0
    prologue, _, asked = told.partition("SELECT ")
    counted = f"DISTINCT ?{one}" if one else "*"
    (row,) = store.select(f"{prologue}SELECT (COUNT({counted}) AS ?held) WHERE {{ {{ SELECT {asked} }} }}")
    last = rows[bound - 1].get(one)  # of which more rows may be left out
    shown = tuple(found for found in rows[:bound] if not one or found.get(one) != last) or rows[:bound]
    return shown, int(text(row, "held"))


@cache
def _files() -> tuple[_File, ...]:
    return tuple(_parse(content) for _, content in query_files("panel_queries"))


def _parse(text: str) -> _File:
    comments, columns, query = written(text)
    classes = frozenset(word.strip() for word in comments["for"].split(","))
    beside = comments.get("place") == "beside"
    return _File(
        comments["title"],
        classes,
        columns,
        query,
        comments.get("one", ""),
        beside,
        comments.get("says", ""),
        comments.get("part", ""),
    )


def query_files(folder: str) -> tuple[tuple[str, str], ...]:
    """The names and contents of the query files in a folder beside this module, in the order of their names."""
    found = (entry for entry in (files("server.pages") / folder).iterdir() if entry.name.endswith(".rq"))
    return tuple(sorted((entry.name, entry.read_text(encoding="utf-8")) for entry in found))


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
    columns = tuple(word.strip("?)") for word in heading.split() if word.startswith("?"))
    return comments, columns, "\n".join(line for line in lines if not line.startswith("#"))
