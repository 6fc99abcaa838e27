"""All questions as one zip of CSV with its description, and the answer of one as Parquet.

    /questions.zip             a table for each question, with `csv-metadata.json` (W3C, CSVW: Metadata Vocabulary)
    /questions/NAME.parquet    needs the extra `parquet` (pyarrow, 45 MB); 404 with the reason where there is none

A question with more rows than one table may have is left out, and the description says so. The zip of a release is made
once in a process, by one request at a time, and kept while the release is served.
"""

from __future__ import annotations

import csv
import io
import json
import threading
import zipfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, request

from server.columns import Kind, columns, kind_of
from server.errors import Problem, not_found
from server.negotiation import PARQUET
from server.pages.answers import in_words
from server.pages.narrowing import narrowed
from server.pages.whole_answers import asked
from server.questions import Question, question, questions
from server.requests import release
from server.spreadsheets import neutral
from server.store import Row

blueprint = Blueprint("tables", __name__)

ROWS = 100_000  # of a table; in the questions of today some 20 MB of CSV
METADATA = "csv-metadata.json"  # the name that CSVW looks for beside tables (5.3)
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a zip can tell, so that the same release gives the same file
_ARCHIVES: dict[str, bytes] = {}  # of the release that is served
_MAKING = threading.Lock()


@blueprint.get("/questions.zip")
def archive() -> Response:
    """The answers to all questions, a CSV table each, with a CSVW description, in one zip."""
    made = _ARCHIVES.get(release().id)
    if made is None:
        if not _MAKING.acquire(blocking=False):
            detail = "The file is being made for somebody else; ask again in a moment."
            raise Problem(503, "Busy", detail, headers={"Retry-After": "10"})
        try:
            made = _archive()
            _ARCHIVES.clear()
            _ARCHIVES[release().id] = made
        finally:
            _MAKING.release()
    response = Response(made, content_type="application/zip")
    response.headers.set("Content-Disposition", "attachment", filename="questions.zip")
    return response


@blueprint.get("/questions/<name>.parquet")
def parquet(name: str) -> Response:
    """The rows of a question as Parquet, some of its columns fixed as for CSV."""
    made_of = question(name)
    if made_of is None:
        raise not_found(f"There is no question called {name}.")
    if not find_spec("pyarrow"):
        raise not_found("Parquet is not installed here (the extra `parquet`); .csv and .xlsx have the same rows.")
    import pyarrow
    from pyarrow import parquet as written

    names, rows = asked(narrowed(made_of, request.args), ROWS + 1)
    if len(rows) > ROWS:
        raise Problem(503, "Result limit", f"The table has more than {ROWS} rows; fix a column.")
    types = {Kind.INTEGER: pyarrow.int64(), Kind.BOOLEAN: pyarrow.bool_()}
    kinds = {one: kind_of(made_of, one) for one in names}
    table = pyarrow.table(
        {
            one: pyarrow.array([_typed(row, one, kinds[one]) for row in rows], types.get(kinds[one], pyarrow.string()))
            for one in names
        },
        metadata={"title": made_of.title, "release": release().id, "source": f"{release().base}questions/{name}"},
    )
    output = io.BytesIO()
    written.write_table(table, output)
    response = Response(output.getvalue(), content_type=PARQUET.media_type)
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.parquet")
    return response


def _typed(row: Row, column: str, kind: Kind) -> str | int | bool | None:
    words = _words(row, column)
    if not words:
        return None
    return int(words) if kind is Kind.INTEGER else words == "true" if kind is Kind.BOOLEAN else words


def _words(row: Row, column: str) -> str:
    term = row.get(column)
    return term.value if isinstance(term, ox.Literal | ox.NamedNode | ox.BlankNode) else ""


def _archive() -> bytes:
    """The zip of the release. Raises a Problem where the questions cannot be asked now."""
    tables: list[dict[str, Any]] = []
    left_out: list[str] = []
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as packed:
        for one in questions():
            names, rows = asked(one.at(release().base), ROWS + 1)
            if len(rows) > ROWS:
                left_out.append(
                    f"{one.name} has more than {ROWS} rows: {release().base}questions/{one.name}?format=csv"
                )
                continue
            packed.writestr(zipfile.ZipInfo(f"{one.name}.csv", _DAY), _csv(names, rows), zipfile.ZIP_DEFLATED)
            tables.append(_table(one))
        description = json.dumps(_metadata(tables, left_out), ensure_ascii=False, indent=1)
        packed.writestr(zipfile.ZipInfo(METADATA, _DAY), description, zipfile.ZIP_DEFLATED)
    return output.getvalue()


def _csv(names: Sequence[str], rows: Sequence[Row]) -> str:
    """Rows as CSV (RFC 4180), no cell a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(names)
    writer.writerows([neutral(_words(row, one)) for one in names] for row in rows)
    return text.getvalue()


def _metadata(tables: Sequence[Mapping[str, Any]], left_out: Sequence[str]) -> dict[str, Any]:
    """The description of all tables as a CSVW table group."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": "The questions of Recalling and their answers",
        "dc:source": release().base,
        "dc:identifier": release().id,
        "dc:license": {"@id": current_app.extensions["settings"].data_licence},
        **({"dc:description": f"Left out: {'; '.join(left_out)}."} if left_out else {}),
        "tables": list(tables),
    }


def _table(made_of: Question) -> dict[str, Any]:
    """The description of a table: what each column holds, what a row is about."""
    here = f"{release().base}questions/{made_of.name}"
    told = [
        {
            "name": one,
            "titles": [one],
            "dc:description": in_words(one),
            "propertyUrl": f"{here}#{one}",
            **({} if (kind := kind_of(made_of, one)) in (Kind.SESSION, Kind.WORDS) else {"datatype": kind.value}),
        }
        for one in columns(made_of)
    ]
    return {
        "url": f"{made_of.name}.csv",
        "dc:title": made_of.title,
        "dc:description": made_of.description,
        "tableSchema": {"columns": told, "aboutUrl": "{+iri}"},
    }
