"""The Graph Store Protocol for reading (SPARQL 1.1 Graph Store HTTP Protocol, 5.2): whole graphs at /graph-store.

`?graph=IRI` names a graph, `?default` the union of all. Writing is refused: a release is published, never edited.
"""

from __future__ import annotations

from flask import Blueprint, Response, request

from server.errors import Problem, bad_request, refused
from server.negotiation import GRAPHS, NotAcceptableError, asked_form
from server.sparql.protocol import graph_names
from server.sparql.querying import Asked, run

blueprint = Blueprint("graph_store", __name__)

_WRITING = ["PUT", "POST", "DELETE", "PATCH"]
_WHOLE = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"


@blueprint.get("/graph-store")
def read() -> Response:
    """The triples of a graph in the form that the client prefers. Raises a Problem with 404 for an unknown graph."""
    form = asked_form(request, GRAPHS)
    if form is None:
        raise NotAcceptableError(GRAPHS)
    try:
        answer = run(Asked(_WHOLE, _graphs(), ()), None, form)
    except Problem as problem:
        if problem.title == "Unknown graph":
            raise Problem(404, problem.title, problem.detail, problem.more) from problem
        raise
    response = Response(answer.chunks, content_type=form.content_type)
    response.content_length = answer.size
    response.vary.add("Accept")
    return response


@blueprint.route("/graph-store", methods=_WRITING)
def write() -> Response:
    """Nothing: a graph is replaced by publishing another release."""
    raise refused("This graph store only reads: its graphs are replaced by publishing a release.")


def _graphs() -> tuple[str, ...]:
    """The graph that the request names, none for the default graph."""
    named = graph_names("graph")
    if (len(named) == 1) == ("default" in request.args):
        raise bad_request("Name a graph as ?graph=IRI, or ask for the union of all with ?default.")
    return named
