"""Pages for people: the home page, the gallery of questions, and a page for every thing in the graph."""

from __future__ import annotations

from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.current import Release
from server.errors import not_found
from server.negotiation import CITATIONS, GRAPHS, HTML, RESULTS, TABLES, NotAcceptableError, asked_form
from server.pages.directory import counted
from server.pages.front import counts, example, newest_texts, sessions
from server.pages.heads import site_data
from server.pages.portrait import portrait
from server.pages.question_page import question_page, rows_of
from server.questions import by_theme, chosen, question, questions
from server.requests import address, query_string, release
from server.search.views import searchable
from server.vocabulary.overview import overview
from server.vocabulary.term_page import term_page

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> AnyResponse:
    """What this is, the sessions, the newest texts, questions to begin with; a program is sent to what the data are."""
    current, form = release(), asked_form(request, (HTML, *GRAPHS))
    if form is None:
        raise NotAcceptableError((HTML, *GRAPHS))
    response = _front(current) if form is HTML else redirect(address(f"{current.base}dataset") + query_string(), 303)
    response.vary.add("Accept")
    return response


def _front(current: Release) -> Response:
    page = render_template(
        "home.html",
        bodies=sessions(current.store, current.base),
        newest=newest_texts(current.store, current.base),
        counts=counts(current.store, current.base),
        example=example(current.store, current.base),
        states=[one for one in counted("states", ("drafts", "statements")) if one.spoken_of],
        questions=chosen(),
        number=len(questions()),
        structured=site_data(searchable()),
    )
    return Response(page, content_type=HTML.content_type)


@blueprint.get("/questions")
def gallery() -> str:
    """All questions that can be asked in one click, by theme."""
    return render_template("questions.html", themes=by_theme())


@blueprint.get("/questions/<name>")
def answered(name: str) -> AnyResponse:
    """One question with its form, its answer as a chart and a table, the query; a program is sent to the rows."""
    offered = (HTML, *RESULTS, *TABLES)
    asked, form = question(name), asked_form(request, offered)
    if asked is None:
        raise not_found(f"There is no question called {name}.")
    if form is None:
        raise NotAcceptableError(offered)
    response: AnyResponse
    if form is HTML:
        response = Response(question_page(asked, request.args, page_number()), content_type=HTML.content_type)
    elif form in TABLES:
        given = urlencode({key: value for key, value in request.args.items() if key != "format"})
        response = redirect(f"{request.script_root}/questions/{name}.{form.name}{'?' if given else ''}{given}", 303)
    else:
        response = redirect(rows_of(asked, request.args, form), 303)
    response.vary.add("Accept")
    return response


def thing_page(thing: ox.NamedNode, path: str) -> str:
    """The page about a thing; `?page=` shows what points to it, page by page."""
    picture = portrait(thing, page_number() if "page" in request.args else 0)
    if path == "def/":
        return render_template("vocabulary.html", picture=picture, path=path, forms=GRAPHS, overview=overview())
    term = term_page(thing.value)
    template = "term.html" if term else picture.template
    return render_template(template, picture=picture, path=path, forms=GRAPHS, citations=CITATIONS, term=term)


def page_number() -> int:
    """The page that the request asks for with `?page=`, the first where it names none."""
    number = request.args.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 10**6 else 1
