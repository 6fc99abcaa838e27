"""The reconciliation service on the web: the endpoint /reconcile, previews, suggestions and properties beside it.

Programs of other origins read all of it (CORS is on for every answer). JSONP, which the specification leaves open, is
refused: it has a stranger's page run what we answer as a script.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.exceptions import UnsupportedMediaType
from werkzeug.wrappers import Response as AnyResponse

from server.cache import beyond_release, by_host
from server.documents import JSON
from server.errors import Problem, bad_request, not_found
from server.negotiation import HTML, NotAcceptableError, asked_form
from server.reconciliation import answers, bounds
from server.reconciliation.cards import Card, card
from server.reconciliation.manifest import manifest
from server.reconciliation.matching import Source, all_matches
from server.reconciliation.properties import PROPERTIES, property_of
from server.reconciliation.queries import batch, extension, path_of, single
from server.reconciliation.types import TYPES, EntityType, kinds_of, type_of
from server.requests import address, release
from server.search.finding import SlowSearchError, in_time
from server.search.served import served_index

blueprint = Blueprint("reconciliation", __name__)

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
_ASKING = ("queries", "query", "extend")
PREVIEW_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)


@blueprint.route("/reconcile", methods=["GET", "POST"])
def reconcile() -> Response:
    """Candidates or values for what is asked; without a question the manifest, or for a browser how to use it."""
    if request.method == "POST" and request.mimetype not in _FORMS:
        raise UnsupportedMediaType(f"Send queries as {_FORMS[0]}.")
    if "callback" in request.values:
        raise bad_request("JSONP is not offered: a page of any origin may read this answer as JSON (CORS).")
    given = [name for name in _ASKING if name in request.values]
    if len(given) > 1 or any(len(request.values.getlist(name)) > 1 for name in given):
        raise bad_request("A request holds one of `queries`, `query` and `extend`, once.")
    if given:
        return _answer(given[0], request.values[given[0]])
    if request.method == "POST":
        raise bad_request("No queries: send them as the form field `queries`, or `extend` for values of properties.")
    return _introduction()


def _answer(field: str, text: str) -> Response:
    base = release().base
    if field == "extend":
        wanted = extension(text, base)
        with _source() as source:
            return _json(answers.extended(source, wanted))
    queries = batch(text, base) if field == "queries" else {"q0": single(text, base)}
    with _source() as source:
        document = answers.result_batch(source, all_matches(source, queries, bounds.SECONDS))
    return _json(document if field == "queries" else document["q0"])


def _introduction() -> Response:
    """The manifest for programs, the page for people; both name the address by which the client calls us."""
    form = asked_form(request, (JSON, HTML))
    if form is None:
        raise NotAcceptableError((JSON, HTML))
    beyond_release()
    with served_index():  # without an index there is no service to introduce
        pass
    if form is HTML:
        page = render_template(
            "reconcile.html", service=f"{request.url_root}reconcile", types=TYPES, properties=PROPERTIES, bounds=bounds
        )
        response = Response(page, content_type=HTML.content_type)
    else:
        response = _json(manifest(request.url_root, release().base))
    response.vary.add("Accept")
    return response


@blueprint.get("/reconcile/view")
def view() -> AnyResponse:
    """The way from an identifier to the thing: 303 to its address."""
    with _source() as source:
        return redirect(address(source.base + _known(source).path), 303)


@blueprint.get("/reconcile/preview")
def preview() -> Response:
    """A small page about a thing, which a page of any origin may show in a frame."""
    with _source() as source:
        page = render_template("preview.html", card=_known(source))
    response = Response(page, content_type=HTML.content_type)
    response.headers["Content-Security-Policy"] = PREVIEW_POLICY
    return response


@blueprint.get("/reconcile/suggest/<what>")
def suggest(what: str) -> Response:
    """Entities, types or properties for what has been typed."""
    prefix = request.args.get("prefix", "")[: bounds.WORDS]
    cursor = _number("cursor", 0, 0, bounds.CURSOR)
    limit = _number("limit", bounds.SUGGESTIONS, 1, bounds.MOST_CANDIDATES)
    match what:
        case "entity":
            kinds = kinds_of([_type(word) for word in request.args.getlist("type") if word])
            with _source() as source:
                return _json(answers.suggested_entities(source, prefix, kinds, cursor, limit))
        case "type":
            return _json(answers.suggested_types(prefix, cursor, limit))
        case "property":
            return _json(answers.suggested_properties(prefix, cursor, limit))
    raise not_found("There are suggestions of entity, type and property.")


@blueprint.get("/reconcile/flyout/<what>")
def flyout(what: str) -> Response:
    """A few words about a suggested entity, type or property, in HTML without links or scripts."""
    identity = _id()
    match what:
        case "entity":
            with _source() as source:
                found = _known(source)
                title, words = found.title, found.line
        case "type":
            title, words = _type(identity).name, "a type of this service"
        case "property":
            if (one := property_of(identity, release().base)) is None:
                raise not_found(f"There is no property {identity!r}.")
            title, words = one.name, one.description
        case _:
            raise not_found("There are flyouts of entity, type and property.")
    return _json({"id": identity, "html": render_template("flyout.html", title=title, words=words)})


@blueprint.get("/reconcile/properties")
def propose() -> Response:
    """The properties that things of a type have."""
    limit = _number("limit", bounds.MOST_CANDIDATES, 1, bounds.MOST_CANDIDATES)
    return _json(answers.proposals(_type(request.args.get("type", "")), limit))


@contextmanager
def _source() -> Iterator[Source]:
    """What is matched against; the time that the index may be worked on is bounded."""
    current = release()
    with served_index() as index:
        try:
            with in_time(index, bounds.SECONDS):
                yield Source(index, current.store, current.base, by_host())
        except SlowSearchError as error:
            detail = f"This takes longer than {bounds.SECONDS:g} seconds. Send fewer or shorter queries at a time."
            raise Problem(503, "Too slow", detail, headers={"Retry-After": "5"}) from error


def _known(source: Source) -> Card:
    """The thing that the parameter `id` names. Raises 404 where there is none."""
    identity = _id()
    found = card(source.index, path_of(identity, source.base))
    if found is None:
        raise not_found(f"There is nothing with the identifier {identity!r}.")
    return found


def _id() -> str:
    identity = request.args.get("id", "")
    if not identity or len(identity) > bounds.NAME:
        raise bad_request(f"The parameter `id` names a thing, in 1 to {bounds.NAME} characters.")
    return identity


def _type(word: str) -> EntityType:
    found = type_of(word[: bounds.NAME], release().base)
    if found is None:
        raise bad_request(f"There is no type {word[:80]!r}: these are {', '.join(one.id for one in TYPES)}.")
    return found


def _number(name: str, default: int, least: int, most: int) -> int:
    text = request.args.get(name, "") or str(default)
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) >= least):
        raise bad_request(f"{name} is a whole number from {least} upwards.")
    return min(int(text), most)


def _json(document: object) -> Response:
    return Response(json.dumps(document, ensure_ascii=False) + "\n", content_type=JSON.content_type)
