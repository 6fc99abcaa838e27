"""The shapes and checks at an address of their own: `/shapes`, and each shape's IRI, which leads to its place there."""

from __future__ import annotations

from flask import Blueprint, Response, redirect, render_template
from werkzeug.wrappers import Response as AnyResponse

from server.documents import Document, answer
from server.errors import not_found
from server.requests import address, release
from server.vocabulary.shapes import shapes_graph, shapes_of
from server.vocabulary.term_page import current_ontology, named
from shapes.checks import checks

blueprint = Blueprint("shapes", __name__)


@blueprint.get("/shapes")
@blueprint.get("/shapes.<suffix>")
def shapes(suffix: str = "") -> Response:
    """What must and what should hold, as a page and as SHACL."""
    base = release().base
    return answer(Document("shapes", lambda: shapes_graph(base), _page), suffix)


@blueprint.get("/shape/<name>")
def shape(name: str) -> AnyResponse:
    """The redirection from a shape, a rule or a check to the document that holds it."""
    base, ontology = release().base, current_ontology()
    known = [each.name for each in checks()]
    for node in shapes_of(ontology, base):
        known += [node.name, *(rule.name for rule in node.rules)]
    if name not in known:
        raise not_found(f"There is no shape called {name}.")
    response = redirect(f"{address(f'{base}shapes')}#{name}", 303)
    response.vary.add("Accept")
    return response


def _page() -> str:
    ontology = current_ontology()
    found = [
        (shape, named(ontology, shape.target) if shape.target else None)
        for shape in shapes_of(ontology, release().base)
    ]
    return render_template("shapes.html", shapes=found, checks=checks())
