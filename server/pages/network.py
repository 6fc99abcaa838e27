"""/network: the works that a thing cites and what cites it, as a picture to read, to walk through, and as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from server.documents import JSON
from server.errors import bad_request, not_found
from server.negotiation import HTML, NotAcceptableError, asked_form
from server.pages.answers import cell
from server.pages.pictures import drawn_of, pictures_of
from server.requests import address, iri_at, release
from server.store import Row
from server.things import iri, labels_of, name_of, text

blueprint = Blueprint("network", __name__)

FORMS = (HTML, JSON)


@blueprint.get("/network")
def network() -> Response:
    """The citations of the thing that `of` names by its path or IRI, as a page or JSON."""
    form = asked_form(request, FORMS)
    if form is None:
        raise NotAcceptableError(FORMS)
    thing = _thing()
    store, base = release().store, release().base
    drawn = drawn_of(store, base, thing, ("network",))
    labels = labels_of(store, [thing, *(term for found in drawn for term in found.terms)])
    name = name_of(thing.value, labels)
    if form is JSON:
        rows = drawn[0].rows if drawn else ()
        body = json.dumps(_joined(thing.value, name, rows, labels), ensure_ascii=False)
    else:
        body = render_template("network.html", iri=thing.value, name=name, pictures=pictures_of(drawn, labels))
    response = Response(body, content_type=form.content_type)
    response.vary.add("Accept")
    return response


def _thing() -> ox.NamedNode:
    """The thing that is asked for. Raises 400 where none is named, 404 for one that nothing is said of."""
    asked = request.args.get("of", "")
    if not asked:
        raise bad_request("Name a thing by its path: /network?of=text/…")
    thing = asked if asked.startswith(release().base) else iri_at(asked.lstrip("/"))
    try:
        node = ox.NamedNode(thing)
    except ValueError as error:
        raise bad_request(f"{asked} names nothing.") from error
    if not release().store.knows(node):
        raise not_found(f"There is nothing called {asked}.")
    return node


def _joined(thing: str, name: str, rows: Sequence[Row], labels: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """Nodes, each once and the thing first, and edges from what cites to what is cited, each with its kind."""
    nodes = {thing: name}
    edges = []
    for row in rows:
        other = iri(row, "thing")
        nodes.setdefault(other, name_of(other, labels))
        source, target = (thing, other) if text(row, "direction") == "cites" else (other, thing)
        relation = cell(row.get("relation"), labels).words
        edges.append({"source": source, "target": target, "relation": relation, "kind": _kind(row)})
    return {
        "nodes": [{"id": node, "name": words, "href": address(node)} for node, words in nodes.items()],
        "edges": edges,
    }


def _kind(row: Row) -> str:
    """How a work is cited: "direct" with a verb, else as the "mention" or "footnote" that the citation is."""
    return text(row, "relation") if isinstance(row.get("relation"), ox.Literal) else "direct"
