"""The page of the SPARQL endpoint: a form for a query, and the answer as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO, cast
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Response, render_template, request

from server.doors.hints import hints_of
from server.errors import Problem
from server.negotiation import GRAPHS, N_TRIPLES, RESULTS, RESULTS_JSON, Form
from server.pages.answers import Grid, labelled_grid
from server.questions import by_theme
from server.requests import prefixes, release
from server.sparql.messages import Kind
from server.sparql.querying import Asked, run
from server.sparql.reader import Reader
from server.store import Row

ROWS = 500  # that a page shows; the whole answer is a link away


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer on a page: a table, or the words "true" and "false"; and the forms in which all of it is had."""

    grid: Grid | None
    verdict: str
    forms: Sequence[Form]


def show(asked: Asked) -> Shown:
    """The answer to a query for a page. Raises the Problem that tells why there is none."""
    answer = run(asked, RESULTS_JSON, N_TRIPLES)
    body = cast(IO[bytes], Reader(answer.chunks))  # what is shown is read, not all of it
    try:
        return _shown(answer.kind, body)
    except MemoryError as error:  # the parser's: it reads no value of 16 MB
        raise Problem(503, "Result limit", "A value of the answer is too long for a page; ask for a file.") from error


def _shown(kind: Kind, body: IO[bytes]) -> Shown:
    if kind is Kind.GRAPH:
        triples = ox.parse(body, ox.RdfFormat.N_TRIPLES)
        rows: Iterator[Row] = ({"subject": t.subject, "property": t.predicate, "value": t.object} for t in triples)
        return Shown(labelled_grid(("subject", "property", "value"), rows, ROWS), "", GRAPHS)
    result = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(result, ox.QueryBoolean):
        return Shown(None, "true" if result else "false", RESULTS)
    return Shown(labelled_grid(*table_of(result), ROWS), "", RESULTS)


def table_of(solutions: ox.QuerySolutions) -> tuple[list[str], Iterator[Row]]:
    """The columns of an answer, and its rows as they are read."""
    names = [variable.value for variable in solutions.variables]
    return names, ({name: term for name in names if (term := row[name]) is not None} for row in solutions)


def editor_page(asked: Asked | None) -> Response:
    """The form with the query of the request, if any, and its answer or what is wrong with it."""
    text, shown, problem = "", None, None
    if asked is not None and asked.text.strip():
        text = asked.text
        try:
            shown = show(asked)
        except Problem as found:
            problem = found
    page = render_template(
        "sparql.html",
        query=text or _beginning(),
        shown=shown,
        problem=problem,
        hints=hints_of(text, release()) if text else (),
        links=form_links(asked, shown.forms) if asked and shown else (),
        dataset=asked.dataset if asked else (),
        themes=by_theme(),
        seconds=release().workers.limits.seconds,
    )
    response = Response(page, problem.status if problem else 200, content_type="text/html; charset=utf-8")
    response.vary.add("Accept")
    return response


def form_links(asked: Asked, forms: Sequence[Form]) -> list[tuple[str, str]]:
    """The title of each form and the address at which the answer to a query is had in it."""
    parameters = [("query", asked.text), *asked.dataset]
    return [
        (form.title, f"{request.script_root}/sparql?{urlencode([*parameters, ('format', form.name)])}")
        for form in forms
    ]


def _beginning() -> str:
    rec = dict(prefixes(release().base))["rec"]
    pattern = "?text a rec:Resolution ; rec:title ?title ."
    return f"PREFIX rec: <{rec}>\n\nSELECT ?text ?title WHERE {{\n  {pattern}\n}}\nORDER BY ?text LIMIT 20"
