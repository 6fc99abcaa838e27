"""The page of a question: a form for what a reader may fix, the answer as a chart and as a table, the query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox
from flask import render_template

from server.negotiation import N_TRIPLES, RESULTS, RESULTS_JSON, Form
from server.pages.answers import Grid, labelled_grid
from server.pages.charts import Chart, chart
from server.pages.drawings import Pairs
from server.pages.parameters import Field, fields, fixed
from server.questions import Question
from server.requests import release
from server.sparql.editor import ROWS, Shown, form_links, table_of
from server.sparql.querying import Asked, run
from server.store import Row


def question_page(question: Question, given: Mapping[str, str]) -> str:
    """The page with the answer to a question, some of its columns fixed as a request wants it. Raises a Problem."""
    form = fields(question.parameters, given)
    query = fixed(question.at(release().base), form)
    body = b"".join(run(Asked(query, (), ()), RESULTS_JSON, N_TRIPLES).chunks)
    result = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(result, ox.QuerySolutions), "questions are SELECT queries"
    names, found = table_of(result)
    rows: Iterable[Row] = found
    drawn = None
    if _may_be_drawn(question, form):
        rows = list(found)
        drawn = _chart(question, rows)
    return render_template(
        "question.html",
        question=question,
        form=form,
        chosen=any(field.chosen for field in form),
        kept=_without_each(form),
        query=query,
        chart=drawn,
        shown=Shown(_without_empty_subject(labelled_grid(_open(names, form), rows, ROWS)), "", RESULTS),
        links=form_links(Asked(query, (), ()), RESULTS),
    )


def rows_of(question: Question, given: Mapping[str, str], form: Form) -> str:
    """The address of the answer's rows in a form for programs. Raises a Problem."""
    query = fixed(question.at(release().base), fields(question.parameters, given))
    ((_, rows),) = form_links(Asked(query, (), ()), (form,))
    return rows


def _without_each(form: Sequence[Field]) -> dict[str, dict[str, str]]:
    """For each field that is chosen what the form would ask without it: a way on from an answer without rows."""
    given = {field.parameter.column: field.chosen.value for field in form if field.chosen}
    return {name: {other: value for other, value in given.items() if other != name} for name in given}


def _open(names: Sequence[str], form: Sequence[Field]) -> list[str]:
    """The columns that differ from row to row: what was fixed stands in the form."""
    fixed_ones = {field.parameter.column for field in form if field.chosen}
    return [name for name in names if name not in fixed_ones]


def _without_empty_subject(grid: Grid) -> Grid:
    """The table without its last column, `iri`, where no row has one: sums are about no one thing."""
    if grid.columns[-1:] != ("iri",) or any(row[-1].words for row in grid.rows):
        return grid
    return replace(grid, columns=grid.columns[:-1], rows=tuple(row[:-1] for row in grid.rows))


def _may_be_drawn(question: Question, form: Sequence[Field]) -> bool:
    of = question.chart
    return of is not None and (not of.given or any(f.chosen and f.parameter.column == of.given for f in form))


def _chart(question: Question, rows: Sequence[Row]) -> Chart | Pairs | None:
    return chart(question.chart, rows) if question.chart else None
