"""Documents about the service itself, at one address in many forms: `/dataset`, `/dataset.ttl`, `/releases.json` …

Such an address names the document and answers with it (200), in the form that the client prefers.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Response, request
from rdflib import DCAT, PROV, SH, Graph, Namespace

from server.errors import not_found
from server.negotiation import DESCRIPTIONS, HTML, Form, NotAcceptableError, asked_form
from server.requests import address, query_string, release
from server.serialization import write

AS = Namespace("https://www.w3.org/ns/activitystreams#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SPDX = Namespace("http://spdx.org/rdf/terms#")
JSON = Form("json", "application/json", "JSON")


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its path after the base: its statements, its page, and forms that are written in their own way."""

    path: str
    graph: Callable[[], Graph]
    page: Callable[[], str]
    own: tuple[tuple[Form, Callable[[], str]], ...] = ()

    @property
    def forms(self) -> Sequence[Form]:
        """The forms that it is offered in; a form of its own takes the place of the one with its name."""
        own = [form for form, _ in self.own]
        return (*own, *(form for form in DESCRIPTIONS if form.name not in {mine.name for mine in own}))


def answer(document: Document, suffix: str = "") -> Response:
    """The document in the form of the suffix, or in the one that the client prefers."""
    form = _form(document, suffix)
    response = Response(_body(document, form), content_type=form.content_type)
    response.headers["Link"] = _links(document, form)
    response.headers["Content-Location"] = _address(document, form)
    response.set_etag(f"{release().id}-{int(release().published.timestamp())}-{form.name}", weak=True)
    if not suffix:
        response.vary.add("Accept")
    return response


def _form(document: Document, suffix: str) -> Form:
    if suffix:
        form = next((form for form in document.forms if form.name == suffix), None)
        if form is None:
            raise not_found(f"There is no form .{suffix} of {release().base}{document.path}.")
        return form
    if (form := asked_form(request, _turtle_first(document.forms))) is None:
        raise NotAcceptableError(document.forms)
    return form


def _turtle_first(forms: Sequence[Form]) -> Sequence[Form]:
    """What a client without preference gets first is what it gets of things: Turtle."""
    return sorted(forms, key=lambda form: form.name != "ttl")


def _body(document: Document, form: Form) -> str | bytes:
    for own, body in document.own:
        if own is form:
            return body()
    return document.page() if form is HTML else written(document.graph(), form)


def written(graph: Graph, form: Form) -> bytes:
    """A graph in a form of RDF, the same bytes for the same statements."""
    lines = sorted(graph.serialize(format="nt", encoding="utf-8").splitlines(keepends=True))
    own = {"sh": str(SH), "dcat": str(DCAT), "prov": str(PROV), "spdx": str(SPDX), "as": str(AS), "sd": str(SD)}
    return write([quad.triple for quad in ox.parse(b"".join(lines), ox.RdfFormat.N_TRIPLES)], form, own)


def _address(document: Document, form: Form) -> str:
    return f"{address(release().base + document.path)}.{form.name}{query_string()}"


def _links(document: Document, form: Form) -> str:
    links = [f'<{release().base}{document.path}>; rel="canonical"']
    links += [
        f'<{_address(document, other)}>; rel="alternate"; type="{other.media_type}"'
        for other in document.forms
        if other is not form
    ]
    return ", ".join(links)
