"""The SPARQL 1.1 Protocol at /sparql: queries by GET, by form and by body; updates and other hosts are refused.

The default graph is the union of all named graphs, unless the request or the query names its own dataset.
"""

from __future__ import annotations

import re

from flask import Blueprint, Response, current_app, request
from werkzeug.exceptions import UnsupportedMediaType

from server.doors.described import with_self_description
from server.doors.hints import HEADER, hints_of
from server.errors import bad_request, refused
from server.headers import unchanged
from server.negotiation import CSV, GRAPHS, HTML, RESULTS, NotAcceptableError, asked_form
from server.requests import release
from server.sparql.editor import editor_page
from server.sparql.messages import Kind
from server.sparql.querying import Asked, run
from server.sparql.screening import MOST_GRAPHS, UPDATE_REFUSED
from server.sparql.service_description import service_description
from server.spreadsheets import neutral_rows

blueprint = Blueprint("protocol", __name__)

_FORMS = (*RESULTS, *GRAPHS, HTML)  # of any kind of answer
_BODY = "application/sparql-query"
_FORM = "application/x-www-form-urlencoded"


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response | str:
    """The answer to a query, or what the service is; for a browser the editor, with the answer as a table."""
    asked = read_query()
    if asked is None and request.method == "POST":
        raise bad_request("No query: send it as the parameter `query`, or as the body of a POST.", example=_example())
    if wants_page(asked):
        return editor_page(asked)
    return _describe() if asked is None else _respond(asked)


def read_query() -> Asked | None:
    """The query of the current request, None where it has none. Raises a Problem where it breaks the protocol."""
    if request.method == "POST" and request.mimetype == "application/sparql-update":
        raise refused(UPDATE_REFUSED)
    if request.method == "POST" and request.mimetype not in (_BODY, _FORM, "multipart/form-data"):
        raise UnsupportedMediaType(f"Send a query as {_BODY} or {_FORM}.")
    if "update" in request.values:
        raise refused(UPDATE_REFUSED)
    parameters = request.args if request.mimetype == _BODY or request.method != "POST" else request.form
    queries = parameters.getlist("query")
    if request.method == "POST" and request.mimetype == _BODY:
        queries = [_body(), *queries]
    if len(queries) > 1:
        raise bad_request("More than one query in a request.")
    if not queries:
        return None
    return Asked(queries[0], graph_names("default-graph-uri"), graph_names("named-graph-uri"))


def wants_page(asked: Asked | None) -> bool:
    """Whether the request is a person's: HTML is preferred to every form of what it asks for."""
    if request.method == "POST" and request.mimetype == _BODY:
        return False
    return asked_form(request, _FORMS if asked else (*GRAPHS, HTML), _FORMS) is HTML


def _describe() -> Response:
    """The service description, in the form of RDF that the client prefers."""
    form = asked_form(request, GRAPHS, _FORMS)
    if form is None:
        raise NotAcceptableError((*GRAPHS, HTML))
    description = service_description(release(), current_app.extensions["settings"])
    response = Response(with_self_description(description, form), content_type=form.content_type)
    response.vary.add("Accept")
    return response


def _respond(asked: Asked) -> Response:
    results, graphs = (asked_form(request, forms, _FORMS) for forms in (RESULTS, GRAPHS))
    release()
    if (known := unchanged(form.media_type for form in (results, graphs) if form)) is not None:
        known.vary.add("Accept")
        return known
    answer = run(asked, results, graphs)
    form = graphs if answer.kind is Kind.GRAPH else results
    if form is None:
        raise NotAcceptableError(GRAPHS if answer.kind is Kind.GRAPH else RESULTS)
    download = "download" in request.args
    if download and form is CSV:  # for a person, and a spreadsheet would reckon what looks like a formula
        response = Response(neutral_rows(answer.chunks), content_type=form.content_type)
    else:
        response = Response(answer.chunks, content_type=form.content_type)
        response.content_length = answer.size
    response.vary.add("Accept")
    for hint in hints_of(asked.text, release()):
        response.headers.add(HEADER, str(hint))
    if download:
        name = f"{_file_name(request.args['download'])}.{form.name}"
        response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


def _file_name(asked: str) -> str:
    """The name that a client wants for its file, of what every file system takes; "result" where it wants none."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", asked)[:120].strip("-.") or "result"


def graph_names(name: str) -> tuple[str, ...]:
    """The absolute IRIs that a parameter of the request gives. Raises a Problem for what is none.

    A parameter without a value gives none: forms of other endpoints send `default-graph-uri=` where nothing is chosen.
    """
    values = [value for value in (*request.args.getlist(name), *request.form.getlist(name)) if value]
    if len(values) > MOST_GRAPHS:
        raise bad_request(f"A request may name {MOST_GRAPHS} graphs as {name}.", limit=MOST_GRAPHS)
    for value in values:
        if re.search(r'[\x00-\x20<>"{}|^`\\]', value) or ":" not in value:
            raise bad_request(f"{name}={value!r} is not an absolute IRI.")
    return tuple(values)


def _body() -> str:
    try:
        return request.get_data().decode("utf-8")
    except UnicodeDecodeError as error:
        raise bad_request("The query is not UTF-8.") from error


def _example() -> str:
    return f"{request.script_root}/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D%20LIMIT%2010"
