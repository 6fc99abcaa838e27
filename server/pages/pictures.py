"""Pictures of what queries find: a query file each in server/pages/picture_queries, a drawing and the table beside it.

Leading comments say the title (`# title:`), what is seen (`# says:`), for which classes of things it is (`# for:`;
`network` for the page of citations) and how it is drawn (`# drawing:`). The columns are the
contract with the drawing: what a bar stands for, under which heading before it, and last the numbers.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox

from server.pages.answers import Grid, grid
from server.pages.drawings import Drawing, bars, network, pairs
from server.pages.panels import about, file_name, query_files, written
from server.store import Row, Store, Term

ROWS = 100  # of the table beside a picture; all of them are in the CSV
_DRAWN: Mapping[str, Callable[[Sequence[str], Sequence[Row], Mapping[str, str]], Drawing | None]] = {
    "bars": bars,
    "pairs": pairs,
    "network": network,
}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its name (an id on the page), title and what it says, its table and the query of both.

    There is no drawing where it would show nothing, or one bar or pair only: then the table says it.
    """

    name: str
    title: str
    says: str
    drawing: Drawing | None
    grid: Grid
    query: str
    part: str = ""

    def file_name(self, path: str) -> str:
        """A name for a file with the table, of the page at a path: "who-sponsored-most-drafts-session-ccpcj-31"."""
        return file_name(self.title, path)


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    title: str
    says: str
    classes: frozenset[str]
    drawing: str
    columns: tuple[str, ...]
    query: str
    part: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The rows of a picture before it is drawn and its IRIs have labels."""

    file: _File
    query: str
    rows: tuple[Row, ...]

    @property
    def terms(self) -> Iterator[Term]:
        """All terms of the rows, for which labels are wanted."""
        return (term for row in self.rows for term in row.values())

    def picture(self, labels: Mapping[str, str]) -> Picture:
        """The picture as it is shown."""
        file = self.file
        drawing = _DRAWN[file.drawing](file.columns, self.rows, labels)
        table = grid(file.columns, self.rows[:ROWS], labels, more=len(self.rows) > ROWS)
        return Picture(file.name, file.title, file.says, drawing, table, self.query, file.part)


def drawn_of(store: Store, base: str, thing: ox.NamedNode, classes: Collection[str]) -> list[Drawn]:
    """What is found for the pictures of a thing of the given classes (local names); those without rows are left out."""
    chosen = [file for file in _files() if file.classes & set(classes)]
    queries = ((file, about(file.query, base, thing).strip()) for file in chosen)
    return [Drawn(file, query, tuple(rows)) for file, query in queries if (rows := store.select(query))]


def pictures_of(drawn: Sequence[Drawn], labels: Mapping[str, str]) -> tuple[Picture, ...]:
    """The pictures of what was found, in the order of their files."""
    return tuple(found.picture(labels) for found in drawn)


@cache
def _files() -> tuple[_File, ...]:
    return tuple(_parse(name, content) for name, content in query_files("picture_queries"))


def _parse(name: str, content: str) -> _File:
    comments, columns, query = written(content)
    classes = frozenset(word.strip() for word in comments["for"].split(","))
    called = name.removesuffix(".rq").partition("-")[2]
    return _File(
        called,
        comments["title"],
        comments["says"],
        classes,
        comments["drawing"],
        columns,
        query,
        comments.get("part", ""),
    )
