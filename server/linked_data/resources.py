"""Every IRI that the graph mints, looked up: 303 from the thing to its description, in the form the client prefers.

The description of a thing is at its IRI with a suffix: `.html`, `.ttl`, `.jsonld` … Symbols hold dots as well, so the
end of a path counts as a suffix only where the path without it is known and the whole path is not. Texts, reports and
documents have citations beside their descriptions: `.bib`, `.ris`, `.csl.json`.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import quote, urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, current_app, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mappings.iris import encode
from server.citing.forms import cited
from server.citing.work import work_of
from server.descriptions.served import Description
from server.documents import Document, answer, written
from server.doors.things import FORMS, door_answer, doors_of
from server.errors import not_found
from server.linked_data.departed import departed
from server.linked_data.links import cited_as, doors_of_classes, links_of
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
    CITATIONS,
    DESCRIPTIONS,
    HTML,
    TURTLE,
    Form,
    NotAcceptableError,
    asked_form,
    by_suffix,
)
from server.pages.site import page_number, thing_page
from server.requests import address, iri_at, query_string, release
from server.serialization import serialize
from server.things import Page, types_of

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
    if found := by_suffix(path, (*DESCRIPTIONS, *CITATIONS, *FORMS)):
        stem, form = found
        for name in (stem, f"{stem}/"):
            thing = ox.NamedNode(iri_at(name))
            if release().store.knows(thing):
                return _in_form(thing, name, form)
    if meant := canonical_path(path, release().store, release().base):
        return redirect(address(iri_at(meant)) + query_string(), 301)
    if path.endswith("/") and _served_elsewhere(f"/{path.rstrip('/')}"):
        return redirect(f"{request.script_root}/{path.rstrip('/')}{query_string()}", 301)
    return departed(path)


def _in_form(thing: ox.NamedNode, path: str, form: Form) -> AnyResponse:
    """A thing as a citation, through a door or described."""
    if form in CITATIONS:
        return citation(thing, path, form)
    if form in FORMS:
        response = door_answer(thing, path, form)
        response.headers["Link"] = _links(path, form, types_of(release().store, thing))
        return response
    return describe(thing, path, form)


def _served_elsewhere(path: str) -> bool:
    """Whether another view than that of things answers at a path."""
    view, _ = current_app.url_map.bind_to_environ(request.environ).match(path, method="GET")
    return bool(view != request.endpoint)


def see_other(path: str) -> AnyResponse:
    """303 to the description in the form that the client prefers."""
    kinds = types_of(release().store, ox.NamedNode(iri_at(path)))
    offered = (*DESCRIPTIONS, *(CITATIONS if _cited_as(kinds) else ()), *doors_of(ox.NamedNode(iri_at(path))))
    form = asked_form(request, offered)
    if form is None:
        raise NotAcceptableError(offered)
    word = "" if form in CITATIONS or form in FORMS else parameter(request)
    query = f"?_profile={quote(word, safe='')}" if word else ""
    response = redirect(description_address(path, form) + query, 303)
    response.vary.add("Accept")
    response.vary.add("Accept-Profile")
    response.headers["Link"] = _links(path, None, kinds)
    return response


def citation(thing: ox.NamedNode, path: str, form: Form) -> Response:
    """A text, a report or a document as bibliographies hold it. Raises a Problem for things that nobody cites so."""
    current = release()
    kinds = types_of(current.store, thing)
    kind = _cited_as(kinds)
    if not kind:
        raise not_found("Citations are made of texts, reports and documents only.")
    response = Response(cited(work_of(current.store, current.base, thing, kind), form), content_type=form.content_type)
    response.headers["Link"] = _links(path, form, kinds)
    name = path.replace("/", "-")
    response.headers.set("Content-Disposition", "attachment", filename=f"{name}.{form.name}")
    return response


def _cited_as(kinds: Collection[str]) -> str:
    """What a thing of classes (IRIs) is cited as, "" where it is not cited."""
    return cited_as(kinds, release().base)


def description_address(path: str, form: Form) -> str:
    """The address of the description of the thing at a path in one form."""
    return f"{address(iri_at(path.rstrip('/')))}.{form.name}"


def describe(thing: ox.NamedNode, path: str, form: Form) -> AnyResponse:
    """The description of a thing: the page, or the quads that speak of it, as many as the profile wants."""
    if form is HTML:
        response = Response(thing_page(thing, path), content_type=HTML.content_type)
        response.headers["Link"] = _links(path, form, types_of(release().store, thing))
        return response
    base, profile, described = release().base, asked_profile(request, release().base), described_at(path)
    link = _links(path, form, *_classes(thing, described))
    if profile is None:
        body = written(profiles_graph(base, f"{iri_at(path)}.{form.name}"), form)
        links = [link]
    else:
        number, here = page_number(), description_address(path, form)
        whole = described.turtle if described and profile is INFERRED and form is TURTLE and number == 1 else None
        page = Page([], more=False) if whole else profile_page(release().store, thing, profile, base, number, described)
        if page is None:
            raise not_found(f"The description of {thing.value} has no page {number}.")
        body = whole or serialize(page.quads, form, thing.value, dict(profile.terms))
        links = [link, *profile_links(here, profile, form.media_type, base)]
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


def described_at(path: str) -> Description | None:
    """What the release tells of a thing without a query, None where its store is to be asked."""
    told = release().descriptions
    return told.of(encode(path)) if told else None


def _classes(thing: ox.NamedNode, described: Description | None) -> tuple[list[str], tuple[Form, ...] | None]:
    """The classes that a thing is asserted to be of, and its forms beside its descriptions where they are known."""
    if described is None:
        return types_of(release().store, thing), None
    return described.asserted, doors_of_classes(described.classes, release().base)


def _links(path: str, form: Form | None, kinds: Collection[str], doors: tuple[Form, ...] | None = None) -> str:
    """The `Link` of a thing (no form) or of its description in a form: the other, the other forms, what it is.

    `doors` are its forms beside these, None where they are to be asked for.
    """
    beside = doors_of(ox.NamedNode(iri_at(path))) if doors is None else doors
    current = release()
    return links_of(current.base, request.script_root, path, form, tuple(kinds), tuple(beside))
