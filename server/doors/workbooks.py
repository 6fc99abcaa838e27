"""The answer to a question as a workbook: /questions/NAME.xlsx, numbers as numbers, no cell a formula."""

from __future__ import annotations

import io
from datetime import UTC, datetime

import pyoxigraph as ox
from flask import Blueprint, Response, request
from xlsxwriter import Workbook

from server.errors import not_found
from server.negotiation import N_TRIPLES, RESULTS_JSON, XLSX
from server.pages.narrowing import narrowed
from server.questions import question
from server.requests import release
from server.sparql.querying import Asked, run
from server.store import Term

blueprint = Blueprint("workbooks", __name__)

_LONGEST = 32_767  # characters of a cell, by the format
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"


@blueprint.get("/questions/<name>.xlsx")
def workbook(name: str) -> Response:
    """The rows of a question as a workbook, with its words and its release on a sheet of their own."""
    asked = question(name)
    if asked is None:
        raise not_found(f"There is no question called {name}.")
    body = b"".join(run(Asked(narrowed(asked, request.args), (), ()), RESULTS_JSON, N_TRIPLES).chunks)
    solutions = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions), "questions are SELECT queries"
    output = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = Workbook(output, options)
    book.set_properties({"title": asked.title, "created": datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet("Answer")
    sheet.freeze_panes(1, 0)
    names = [variable.value for variable in solutions.variables]
    sheet.write_row(0, 0, names, book.add_format({"bold": True}))
    for number, row in enumerate(solutions, 1):
        for column, one in enumerate(names):
            _write(sheet, number, column, row[one])
    about = book.add_worksheet("About")
    for number, line in enumerate((asked.title, asked.description, f"{release().base}questions/{name}", release().id)):
        about.write_string(number, 0, line)
    book.close()
    response = Response(output.getvalue(), content_type=XLSX.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.xlsx")
    return response


def _write(sheet: Workbook.worksheet_class, row: int, column: int, term: Term | None) -> None:
    match term:
        case None:
            return
        case ox.Literal() if term.datatype.value == _INTEGER and len(term.value) < 15:
            sheet.write_number(row, column, int(term.value))
        case ox.Literal() | ox.NamedNode() | ox.BlankNode():
            sheet.write_string(row, column, term.value[:_LONGEST])
        case _:
            sheet.write_string(row, column, str(term)[:_LONGEST])
