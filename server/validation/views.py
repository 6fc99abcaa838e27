"""POST /validate: the SHACL report of a document that anyone sends, in a form of RDF or as a page."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, Flask, Response, current_app, render_template, request
from rdflib import SH, Graph, URIRef
from werkzeug.exceptions import UnsupportedMediaType

from server.clients import client_of
from server.dataset.quality import conforms, findings
from server.documents import written
from server.errors import Problem, bad_request
from server.negotiation import GRAPHS, HTML, TURTLE, Form, NotAcceptableError, asked_form
from server.requests import release
from server.settings import Settings
from server.validation.checking import Bounds, Checker
from server.validation.outcome import NOTHING_CHECKED

blueprint = Blueprint("validation", __name__)

_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
ANSWERS = (*GRAPHS[:4], HTML)


def init_app(app: Flask, settings: Settings) -> None:
    """Gives the application what checks documents."""
    bounds = Bounds(settings.validation_time, settings.queue_time, settings.worker_memory)
    app.extensions["checker"] = Checker(bounds)


@blueprint.get("/validate")
def form() -> str:
    """A page with a form for a document."""
    return _page("", TURTLE)


@blueprint.post("/validate")
def validate() -> Response | str:
    """The validation report of the document in the request's body, or in the field `document` of a form."""
    request.max_content_length = request.max_form_memory_size = _settings().validation_limit
    answer = asked_form(request, ANSWERS)
    if answer is None:
        raise NotAcceptableError(ANSWERS)
    document, written_as = _document()
    if not document.strip():
        raise bad_request("The document is empty: send RDF as the body, or as the field `document` of a form.")
    base = release().base
    if answer is HTML:
        return _checked_page(document, written_as, base)
    report = _checker().report(document, written_as, base, client_of(request.remote_addr or ""))
    response = Response(written(report, answer), content_type=answer.content_type)
    response.vary.add("Accept")
    response.headers["Cache-Control"] = "no-store"
    return response


def _document() -> tuple[bytes, Form]:
    """The document of the request and how it is written. Raises the Problem that says what is wrong with it."""
    if request.mimetype in _FORMS:
        if "document" not in request.form:
            raise bad_request("No document: send it as the body, or as the field `document` of a form.")
        return request.form["document"].encode(), _form_called(request.form.get("type", TURTLE.media_type))
    return request.get_data(), _form_called(request.mimetype)


def _form_called(name: str) -> Form:
    known = next((form for form in GRAPHS if form.answers_to(name)), None)
    if known is None:
        offered = ", ".join(form.media_type for form in GRAPHS)
        raise UnsupportedMediaType(f"Send RDF as one of {offered}, and say so in Content-Type.")
    return known


def _checked_page(document: bytes, written_as: Form, base: str) -> Response:
    report, problem = None, None
    try:
        report = _checker().report(document, written_as, base, client_of(request.remote_addr or ""))
    except Problem as found:
        problem = found
    page = _page(document.decode("utf-8", "replace"), written_as, report, problem)
    return Response(page, problem.status if problem else 200, headers={"Cache-Control": "no-store", "Vary": "Accept"})


def _page(text: str, written_as: Form, report: Graph | None = None, problem: Problem | None = None) -> str:
    return render_template(
        "validate.html",
        document=text,
        written_as=written_as,
        forms=GRAPHS,
        answered=report is not None,
        conforms=report is not None and conforms(report),
        nothing_checked=report is not None and (None, SH.sourceShape, _nothing_checked()) in report,
        findings=findings(report) if report is not None else (),
        problem=problem,
        settings=_settings(),
    )


def _nothing_checked() -> URIRef:
    return URIRef(f"{release().base}shape/{NOTHING_CHECKED}")


def _checker() -> Checker:
    return cast(Checker, current_app.extensions["checker"])


def _settings() -> Settings:
    return cast(Settings, current_app.extensions["settings"])
