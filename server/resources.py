"""Every IRI that the graph mints, looked up: 303 from the thing to its description, in the form the client prefers.

The description of a thing is at its IRI with a suffix: `.html`, `.ttl`, `.jsonld` … Symbols hold dots as well, so the
end of a path counts as a suffix only where the path without it is known and the whole path is not.
"""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from server.departed import departed
from server.negotiation import (
    DESCRIPTIONS,
    GRAPHS,
    HTML,
    Form,
    NotAcceptableError,
    asked_form,
    by_suffix,
)
from server.pages import thing_page
from server.requests import address, iri_at, release
from server.serialization import serialize
from server.things import description_quads

blueprint = Blueprint("resources", __name__)


@blueprint.get("/<path:path>")
def resource(path: str) -> AnyResponse:
    """The redirection from a thing to its description, or the description itself where the path has a suffix."""
    thing = ox.NamedNode(iri_at(path))
    if release().store.knows(thing):
        return see_other(path)
    if found := by_suffix(path):
        stem, form = found
        for name in (stem, f"{stem}/"):
            thing = ox.NamedNode(iri_at(name))
            if release().store.knows(thing):
                return describe(thing, name, form)
    stripped = path.rstrip("/")
    if stripped != path and release().store.knows(ox.NamedNode(iri_at(stripped))):
        return redirect(address(iri_at(stripped)), 301)
    return departed(path)


def see_other(path: str) -> AnyResponse:
    """303 to the description in the form that the client prefers."""
    form = asked_form(request, DESCRIPTIONS)
    if form is None:
        raise NotAcceptableError(DESCRIPTIONS)
    response = redirect(description_address(path, form), 303)
    response.vary.add("Accept")
    response.headers["Link"] = _links(path, None)
    return response


def description_address(path: str, form: Form) -> str:
    """The address of the description of the thing at a path in one form."""
    return f"{address(iri_at(path.rstrip('/')))}.{form.name}"


def describe(thing: ox.NamedNode, path: str, form: Form) -> AnyResponse:
    """The description of a thing: the page, or the quads that speak of it."""
    if form is HTML:
        response = Response(thing_page(thing, path), content_type=HTML.content_type)
    else:
        response = Response(serialize(description_quads(release().store, thing), form), content_type=form.content_type)
    response.headers["Link"] = _links(path, form)
    return response


def _links(path: str, form: Form | None) -> str:
    thing = release().base + iri_at(path).removeprefix(release().base)
    links = [f'<{thing}>; rel="{"canonical" if form is None else "describes"}"']
    if form is not None:
        links.append(
            f'<{release().base}{iri_at(path.rstrip("/")).removeprefix(release().base)}.{form.name}>; rel="canonical"'
        )
    else:
        links.append(f'<{description_address(path, HTML)}>; rel="describedby"; type="text/html"')
    links += [
        f'<{description_address(path, other)}>; rel="alternate"; type="{other.media_type}"'
        for other in (*GRAPHS, HTML)
        if other is not form
    ]
    return ", ".join(links)
