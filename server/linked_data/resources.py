"""Every IRI that the graph mints, looked up: 303 from the thing to its description, in the form the client prefers.

The description of a thing is at its IRI with a suffix: `.html`, `.ttl`, `.jsonld` … Symbols hold dots as well, so the
end of a path counts as a suffix only where the path without it is known and the whole path is not.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.documents import Document, answer
from server.errors import not_found
from server.linked_data.departed import departed
from server.linked_data.profiles import (
    INFERRED,
    PROFILES,
    asked_profile,
    parameter,
    profile_links,
    profile_page,
    profiles_graph,
)
from server.linked_data.variants import canonical_path
from server.negotiation import (
    DESCRIPTIONS,
    GRAPHS,
    HTML,
    Form,
    NotAcceptableError,
    asked_form,
    by_suffix,
)
from server.pages.site import page_number, thing_page
from server.requests import address, iri_at, release
from server.serialization import serialize, serialize_graph
from server.things import types_of

blueprint = Blueprint("resources", __name__)


@blueprint.get("/<path:path>")
def resource(path: str) -> AnyResponse:
    """The redirection from a thing to its description, or the description itself where the path has a suffix."""
    try:
        thing = ox.NamedNode(iri_at(path))
    except ValueError as error:  # a character that no IRI may hold
        raise not_found("This address is no IRI.") from error
    if release().store.knows(thing):
        return see_other(path)
    if found := by_suffix(path):
        stem, form = found
        for name in (stem, f"{stem}/"):
            thing = ox.NamedNode(iri_at(name))
            if release().store.knows(thing):
                return describe(thing, name, form)
    if meant := canonical_path(path, release().store, release().base):
        return redirect(address(iri_at(meant)), 301)
    return departed(path)


def see_other(path: str) -> AnyResponse:
    """303 to the description in the form that the client prefers."""
    form = asked_form(request, DESCRIPTIONS)
    if form is None:
        raise NotAcceptableError(DESCRIPTIONS)
    query = f"?_profile={quote(word, safe='')}" if (word := parameter(request)) else ""
    response = redirect(description_address(path, form) + query, 303)
    response.vary.add("Accept")
    response.vary.add("Accept-Profile")
    response.headers["Link"] = _links(path, None)
    return response


def description_address(path: str, form: Form) -> str:
    """The address of the description of the thing at a path in one form."""
    return f"{address(iri_at(path.rstrip('/')))}.{form.name}"


def describe(thing: ox.NamedNode, path: str, form: Form) -> AnyResponse:
    """The description of a thing: the page, or the quads that speak of it, as many as the profile wants."""
    if form is HTML:
        response = Response(thing_page(thing, path), content_type=HTML.content_type)
        response.headers["Link"] = _links(path, form)
        return response
    base, profile = release().base, asked_profile(request, release().base)
    if profile is None:
        body = serialize_graph(profiles_graph(base, f"{base}{path}.{form.name}"), form)
        links = [_links(path, form)]
    else:
        number, here = page_number(), description_address(path, form)
        page = profile_page(release().store, thing, profile, base, number)
        body = serialize(page.quads, form)
        links = [_links(path, form), *profile_links(here, profile, form.media_type, base)]
        links += [f'<{_turned(here, number - 1)}>; rel="prev"'] if number > 1 else []
        links += [f'<{_turned(here, number + 1)}>; rel="next"'] if page.more else []
    response = Response(body, content_type=form.content_type)
    response.headers["Link"] = ", ".join(links)
    response.vary.add("Accept-Profile")
    if profile:
        response.headers["Content-Profile"] = f"<{profile.iri(base)}>"
    if profile is not INFERRED:
        response.set_etag(f"{release().id}-{form.name}-{profile.name if profile else 'profiles'}", weak=True)
    return response


def _turned(here: str, number: int) -> str:
    """The address of another page of the description that was asked for."""
    return f"{here}?{urlencode({**request.args.to_dict(), 'page': number})}"


@blueprint.get("/profiles")
@blueprint.get("/profiles.<suffix>")
def profiles(suffix: str = "") -> Response:
    """The profiles that descriptions come in."""
    base = release().base
    return answer(
        Document("profiles", lambda: profiles_graph(base), lambda: render_template("profiles.html", profiles=PROFILES)),
        suffix,
    )


def _links(path: str, form: Form | None) -> str:
    """The `Link` of a thing (no form) or of its description in a form: the other, the other forms, what it is."""
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
    links += [f'<{kind}>; rel="type"; anchor="{thing}"' for kind in types_of(release().store, ox.NamedNode(thing))]
    return ", ".join(links)
