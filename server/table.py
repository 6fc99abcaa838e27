"""Answers as tables: columns and rows of a SELECT query, written as CSV, JSON or for the eye."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, QuerySolutions, Store
from rich import box
from rich.console import Console
from rich.table import Table as Picture

from server.spreadsheets import neutral

Cell = str | int | bool | None
_XSD = "http://www.w3.org/2001/XMLSchema#"


class QueryError(Exception):
    """A query that cannot be answered as a table; the message says why."""


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a question; a cell is None where the answer has no value."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def ask(store: Path, sparql: str) -> Table:
    """The answer of the store in a folder, all its graphs taken together.

    Raises QueryError for a query that does not parse or is not a SELECT.
    """
    try:
        solutions = Store.read_only(str(store)).query(sparql)
    except SyntaxError as error:
        raise QueryError(f"the query does not parse: {error}") from error
    if not isinstance(solutions, QuerySolutions):
        raise QueryError("only SELECT queries have a table as their answer")
    columns = tuple(variable.value for variable in solutions.variables)
    rows = tuple(tuple(_cell(solution[name]) for name in columns) for solution in solutions)
    return Table(columns, rows)


def _cell(term: object) -> Cell:
    match term:
        case None:
            return None
        case Literal():
            if term.datatype.value == f"{_XSD}integer":
                return int(term.value)
            return term.value == "true" if term.datatype.value == f"{_XSD}boolean" else term.value
        case NamedNode():
            return term.value
        case _:
            return str(term)


def _printed(cell: Cell) -> str:
    """Booleans as true and false, absent values empty."""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return "" if cell is None else str(cell)


def as_csv(table: Table) -> str:
    """The table with a header row, for spreadsheets: no cell of words is a formula."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows([neutral(_printed(cell)) for cell in row] for row in table.rows)
    return text.getvalue()


def as_json(table: Table) -> str:
    """A list of objects, numbers and booleans typed, absent values null."""
    rows = [dict(zip(table.columns, row, strict=True)) for row in table.rows]
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_picture(table: Table) -> str:
    """The table for a terminal, wrapped at its width, with the number of rows below."""
    picture = Picture(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in table.columns:
        picture.add_column(column, overflow="fold")
    for row in table.rows:
        picture.add_row(*(_printed(cell) for cell in row))
    console = Console(file=io.StringIO(), markup=False, highlight=False)
    console.print(picture)
    text = console.file.getvalue()  # type: ignore[attr-defined]
    return f"{text}{len(table.rows)} rows\n"


FORMATS: Mapping[str, Callable[[Table], str]] = {"csv": as_csv, "json": as_json, "table": as_picture}
