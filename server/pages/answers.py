"""Rows of an answer as a table that a person reads: IRIs as labelled links, numbers aligned, columns in words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.requests import address, release
from server.store import Row, Term
from server.things import labels_of, name_of

LETTERS = 2_000_000  # after which a page shows no further row
LONGEST = 10_000  # letters of a value that a page shows
CELL = 20  # letters that a cell takes besides its own
PHONE = 40  # letters beside each other on a phone
_TRUTH = {"true": "yes", "1": "yes", "false": "no", "0": "no"}
_KINDS = {"integer": "number", "decimal": "number", "double": "number", "float": "number", "date": "date"}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell shows: words with their language, the address they link to ("" for none), "number" or "date".

    `others` are further values of the same cell.
    """

    words: str
    href: str = ""
    kind: str = ""
    language: str = ""
    others: tuple[Cell, ...] = ()


EMPTY = Cell("")
_NAMED = {"voice": "organ that speaks"}  # for people


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with columns in a person's words; `more` tells that rows were left out."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    more: bool = False

    @property
    def stacked(self) -> bool:
        """Whether a phone shows each row as a block: columns of words that do not fit beside each other there.

        Numbers are compared down a column: a table with one column of words at most stays as it is.
        """
        columns = list(zip(*self.rows, strict=True)) if len(self.columns) > 2 else []
        worded = [column for column in columns if not all(cell.kind or not cell.words for cell in column)]
        letters = sum(max(len(cell.words) for cell in column) for column in columns)
        return len(worded) > 1 and letters + 2 * len(columns) > PHONE


def cell(term: object, labels: Mapping[str, str]) -> Cell:
    """A term as a cell."""
    match term:
        case None:
            return EMPTY
        case ox.NamedNode():
            href = address(term.value)
            words = labels.get(term.value) or _elsewhere(term.value) or name_of(term.value, labels)
            return Cell(words, href if href.startswith(("/", "http://", "https://")) else "")
        case ox.Literal() if term.datatype.value.endswith("#boolean"):
            return Cell(_TRUTH.get(term.value, term.value))
        case ox.Literal():
            return Cell(term.value, "", _KINDS.get(term.datatype.value.rpartition("#")[2], ""), term.language or "")
        case _:
            return Cell(str(term))


def _elsewhere(address_: str) -> str:
    """Where an address of another site leads: "undocs.org/A/RES/76/181"; "" for ours and for terms of vocabularies."""
    host_and_path = address_.partition("://")[2]
    return "" if address_.startswith(release().base) or "#" in address_ else host_and_path.removeprefix("www.")


def grid(names: Sequence[str], rows: Sequence[Row], labels: Mapping[str, str], more: bool = False) -> Grid:
    """Rows of an answer as a table."""
    columns = tuple(in_words(name) for name in names)
    return Grid(columns, tuple(tuple(cell(row.get(name), labels) for name in names) for row in rows), more)


def labelled_grid(names: Sequence[str], rows: Iterable[Row], limit: int) -> Grid:
    """Rows of an answer as a table of at most `limit` rows and as many letters as a page can hold.

    Labels are fetched in one query.
    """
    shown: list[Row] = []
    letters, more = 0, False
    for row in rows:
        if more := len(shown) == limit or letters > LETTERS:
            break
        shown.append({name: _cut(term) for name, term in row.items()})
        letters += CELL * len(names) + sum(len(str(term)) for term in shown[-1].values())
    labels = labels_of(release().store, (term for row in shown for term in row.values()))
    return grid(names, shown, labels, more)


def _cut(term: Term) -> Term:
    """A term, of a very long one the beginning as words."""
    words = term.value if isinstance(term, ox.Literal | ox.NamedNode) else str(term)
    return term if len(words) <= LONGEST else ox.Literal(f"{words[:LONGEST]}…")


def in_words(name: str) -> str:
    """The name of a variable in words: "recommendedTo" is "recommended to"."""
    return _NAMED.get(name) or re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").lower()
