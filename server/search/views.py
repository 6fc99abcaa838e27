"""Search on the web: /search as a page, JSON and CSV, suggestions, and /opensearch.xml that describes it."""

from __future__ import annotations

import json
from sqlite3 import Connection

from flask import Blueprint, Response, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from mappings.assertion.things import undocs
from mappings.symbols import normal
from server.cache import by_host
from server.current import NoReleaseError
from server.dataset.kept import folder
from server.documents import JSON
from server.errors import Problem, not_found
from server.negotiation import CSV, HTML, Form, NotAcceptableError, asked_form
from server.requests import address, release
from server.search.asking import LENGTH, Asked, asked
from server.search.candidates import suggestions
from server.search.finding import PAGES, Found, SlowSearchError, find
from server.search.index import indexed
from server.search.listing import FACETS
from server.search.opensearch import MEDIA_TYPE, SUGGESTIONS, description
from server.search.results import Search, as_csv, as_json
from server.search.served import served_index
from server.search.straight import meant
from server.store import StoreError

blueprint = Blueprint("search", __name__)

FORMS = (JSON, HTML, CSV)  # a client without preference is a program


@blueprint.app_template_global()
def searchable() -> bool:
    """Whether the release that answers can be searched; pages show a search box then."""
    try:
        return indexed(folder())
    except (NoReleaseError, StoreError):
        return False


@blueprint.get("/search")
@blueprint.get("/search.<suffix>")
def search(suffix: str = "") -> AnyResponse:
    """What is found; a person who asks for one thing by its symbol or its address is led to the thing itself."""
    form = _form(suffix)
    with served_index() as index:
        query, chosen, page = asked(request.args.get("q", "")), _chosen(), _page_number()
        paths = meant(index, release().store, release().base, by_host(), query)
        if form is HTML and len(paths) == 1 and not chosen and page == 1:
            return _negotiated(redirect(address(release().base + paths[0]), 303), suffix)
        found = _found(index, query, chosen, page, paths)
    response = Response(_body(form, Search(query, chosen, found, paths)), content_type=form.content_type)
    return _negotiated(response, suffix)


@blueprint.get("/search/suggest")
def suggest() -> Response:
    """What may be meant by what has been typed so far, as OpenSearch's suggestions: words, titles, kinds, addresses."""
    typed = request.args.get("q", "")[:LENGTH]
    with served_index() as index:
        found = suggestions(index, typed)
    titles, kinds = [one.title for one in found], [one.kind for one in found]
    places = [release().base + one.path for one in found]
    body = json.dumps([typed, titles, kinds, places], ensure_ascii=False) + "\n"
    return Response(body, content_type=SUGGESTIONS)


@blueprint.get("/opensearch.xml")
def opensearch() -> Response:
    """How this server is searched, for browsers and other programs."""
    with served_index():
        return Response(description(release().base), content_type=MEDIA_TYPE)


def _found(index: Connection, query: Asked, chosen: dict[str, str], page: int, paths: tuple[str, ...]) -> Found:
    try:
        return find(index, query, chosen, page, paths)
    except SlowSearchError as error:
        detail = "This search takes too long. Ask for rarer words, or for fewer of them."
        raise Problem(503, "Search too slow", detail) from error


def _form(suffix: str) -> Form:
    if suffix:
        form = next((form for form in FORMS if form.name == suffix), None)
        if form is None:
            raise not_found(f"There is no form .{suffix} of {release().base}search.")
        return form
    if (form := asked_form(request, FORMS)) is None:
        raise NotAcceptableError(FORMS)
    return form


def _chosen() -> dict[str, str]:
    """The values of facets that the request asks for, as the index has them: "state/FRA" for FRA."""
    given = {name: request.args.get(name, "").strip()[:LENGTH] for name in FACETS}
    return {
        name: value if name == "kind" else f"{name}/{value.removeprefix(release().base).removeprefix(f'{name}/')}"
        for name, value in given.items()
        if value
    }


def _page_number() -> int:
    number = request.args.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and len(number) < 4 and 0 < int(number) <= PAGES else 1


def _body(form: Form, done: Search) -> str:
    if form is JSON:
        return as_json(done)
    if form is CSV:
        return as_csv(done)
    symbol = normal(done.asked.typed)
    elsewhere = (symbol, str(undocs(symbol))) if symbol and not done.found.total else None
    return render_template("search.html", search=done, forms=FORMS, elsewhere=elsewhere, length=LENGTH)


def _negotiated(response: AnyResponse, suffix: str) -> AnyResponse:
    if not suffix:
        response.vary.add("Accept")
    return response
