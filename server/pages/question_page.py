"""The page of a question: a form for what a reader may fix, the answer as a chart and as a table, the query."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import render_template

from server.negotiation import RESULTS, Form
from server.pages.charts import Chart, chart
from server.pages.drawings import Pairs
from server.pages.narrowing import narrowed
from server.pages.parameters import Field, fields, fixed
from server.pages.question_rows import PAGE, table
from server.pages.whole_answers import Answer, asked, whole_answers
from server.questions import Question
from server.requests import release
from server.sparql.editor import form_links
from server.sparql.querying import Asked
from server.store import Row


def question_page(question: Question, given: Mapping[str, str], page: int) -> str:
    """The page with the answer to a question, some of its columns fixed as a request wants it. Raises a Problem."""
    whole = whole_answers().of(question)
    form = fields(question.parameters, given, whole[1] if whole else None)
    query = fixed(question.at(release().base), form)
    names, rows = _chosen(whole, form) if whole else asked(query)
    pages = max(1, -(-len(rows) // PAGE))
    page = min(page, pages)
    shown = table(_told(names, form, rows), rows[(page - 1) * PAGE : page * PAGE], more=False)
    drawn = _chart(question, rows) if _may_be_drawn(question, form) else None
    return render_template(
        "question.html",
        question=question,
        form=form,
        chosen=any(field.chosen for field in form),
        kept=_without_each(form),
        given={field.parameter.column: field.chosen.value for field in form if field.chosen},
        query=query,
        chart=drawn,
        grid=shown,
        total=len(rows),
        first=(page - 1) * PAGE + 1,
        page=page,
        pages=pages,
        links=form_links(Asked(query, (), ()), RESULTS),
    )


def rows_of(question: Question, given: Mapping[str, str], form: Form) -> str:
    """The address of the answer's rows in a form for programs. Raises a Problem."""
    ((_, rows),) = form_links(Asked(narrowed(question, given), (), ()), (form,))
    return rows


def _chosen(whole: Answer, form: Sequence[Field]) -> Answer:
    """The rows that have what was chosen."""
    wanted = [(field.parameter.column, field.chosen.term) for field in form if field.chosen]
    names, rows = whole
    return names, [row for row in rows if all(row.get(column) == term for column, term in wanted)]


def _without_each(form: Sequence[Field]) -> dict[str, dict[str, str]]:
    """For each field that is chosen what the form would ask without it: a way on from an answer without rows."""
    given = {field.parameter.column: field.chosen.value for field in form if field.chosen}
    return {name: {other: value for other, value in given.items() if other != name} for name in given}


def _told(names: Sequence[str], form: Sequence[Field], rows: Sequence[Row]) -> list[str]:
    """The columns that differ from row to row: what was fixed stands in the form, one commission is no news."""
    fixed_ones = {field.parameter.column for field in form if field.chosen}
    if len({row.get("commission") for row in rows}) == 1:
        fixed_ones.add("commission")
    return [name for name in names if name not in fixed_ones]


def _may_be_drawn(question: Question, form: Sequence[Field]) -> bool:
    of = question.chart
    return of is not None and (not of.given or any(f.chosen and f.parameter.column == of.given for f in form))


def _chart(question: Question, rows: Sequence[Row]) -> Chart | Pairs | None:
    return chart(question.chart, rows) if question.chart else None
