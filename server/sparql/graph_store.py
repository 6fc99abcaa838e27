"""The Graph Store Protocol for reading (SPARQL 1.1 Graph Store HTTP Protocol, 5.2): whole graphs at /graph-store.

`?graph=IRI` names a graph, `?default` the union of all; for a browser the beginning is shown as the answer to a query.
Without either all graphs are had with their names, which the dump of the whole holds.
Other methods are not allowed: a release is published, never edited.
"""

from __future__ import annotations

from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from server.errors import Problem, bad_request
from server.headers import unchanged
from server.negotiation import GRAPHS, HTML, N_QUADS, TRIG, Form, NotAcceptableError, asked_form
from server.requests import address, release
from server.sparql.editor import editor_page
from server.sparql.protocol import graph_names
from server.sparql.querying import Asked, run

blueprint = Blueprint("graph_store", __name__)

_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_BEGINNING = 1000  # triples that a browser asks for


@blueprint.get("/graph-store")
def read() -> AnyResponse:
    """The triples of a graph in the form that the client prefers. Raises a Problem with 404 for an unknown graph."""
    if "graph" not in request.args and "default" not in request.args:
        return _everything()
    graphs, form = _graphs(), asked_form(request, (*GRAPHS, HTML))
    if form is None:
        raise NotAcceptableError((*GRAPHS, HTML))
    response = _page(graphs) if form is HTML else _triples(graphs, form)
    response.vary.add("Accept")
    return response


def _everything() -> AnyResponse:
    """The redirection to the quads of all graphs, for a browser to the files there are."""
    form = asked_form(request, (N_QUADS, TRIG, HTML))
    if form is None:
        raise NotAcceptableError((N_QUADS, TRIG, HTML))
    file = "dumps" if form is HTML else f"dumps/all.{form.name}"
    response = redirect(address(release().base + file), 303)
    response.vary.add("Accept")
    return response


def _triples(graphs: tuple[str, ...], form: Form) -> Response:
    release()
    if (known := unchanged([form.media_type])) is not None:
        return known
    try:
        answer = run(Asked(_WHOLE, graphs, ()), None, form)
    except Problem as problem:
        if problem.title == "Unknown graph":
            raise Problem(404, problem.title, problem.detail, problem.more) from problem
        raise
    response = Response(answer.chunks, content_type=form.content_type)
    response.content_length = answer.size
    return response


def _page(graphs: tuple[str, ...]) -> Response:
    """The editor with the query for the beginning of a graph, and its answer."""
    source = "".join(f"FROM <{name}> " for name in graphs)
    for name in graphs:
        if not release().store.ask(f"ASK {{ GRAPH <{name}> {{ ?s ?p ?o }} }}"):
            raise Problem(404, "Unknown graph", f"There is no graph <{name}> in this release.", {"graph": name})
    query = f"CONSTRUCT {{ ?s ?p ?o }} {source}WHERE {{ ?s ?p ?o }} LIMIT {_BEGINNING}"
    return editor_page(Asked(query, (), ()))


def _graphs() -> tuple[str, ...]:
    """The graph that the request names, none for the default graph. Raises a Problem for several."""
    named = graph_names("graph")
    if (len(named) == 1) == ("default" in request.args):
        raise bad_request("Name a graph as ?graph=IRI, or ask for the union of all with ?default.")
    return named
