"""The history of the data at /releases: every release with what changed, its validation report and its coverage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flask import Blueprint, Response, render_template, request

from server.cache import beyond_release
from server.dataset.feeds import releases_feed
from server.dataset.kept import folder, history
from server.dataset.publications import releases_graph, releases_json
from server.dataset.quality import conforms, coverage_graph, coverage_text, findings, stages, validation
from server.documents import JSON, Document, answer
from server.errors import Problem, not_found
from server.negotiation import ATOM, DESCRIPTIONS, by_suffix
from server.publishing.history import Entry
from server.requests import release

blueprint = Blueprint("releases", __name__)

PAGE = 50  # releases on a page of the list


@blueprint.get("/releases")
@blueprint.get("/releases.<suffix>")
def releases(suffix: str = "") -> Response:
    """All releases, the newest first, a page at a time."""
    page = _page_number()
    entries = history().newest(PAGE + 1, (page - 1) * PAGE)
    shown, more = entries[:PAGE], len(entries) > PAGE
    base = release().base
    document = Document(
        "releases",
        lambda: releases_graph(shown, base),
        lambda: render_template("releases.html", entries=shown, page=page, more=more, held=_held),
        (
            (JSON, lambda: releases_json(shown, base)),
            (ATOM, lambda: releases_feed(shown, release())),
        ),
    )
    return answer(document, suffix)


@blueprint.get("/releases/<name>")
def one(name: str) -> Response:
    """A release with what changed."""
    entry, suffix = _entry(name)
    base = release().base
    document = Document(
        f"releases/{entry.release}",
        lambda: releases_graph([entry], base),
        lambda: render_template("release.html", entry=entry, held=_held),
        ((JSON, lambda: releases_json([entry], base)),),
    )
    return answer(document, suffix)


@blueprint.get("/releases/<name>/<what>")
def quality(name: str, what: str) -> Response:
    """The validation report or the coverage of a release that is held."""
    found = by_suffix(what, (*DESCRIPTIONS, JSON))
    what, suffix = (found[0], found[1].name) if found else (what, "")
    if what not in _DOCUMENTS:
        raise not_found(f"A release has validation and coverage, no {what}.")
    entry, _ = _entry(name)
    if not _held(entry):
        detail = f"Release {entry.release} is not held any more; its changes are at {release().base}releases/{name}."
        raise Problem(410, "Gone", detail, {"current": f"{release().base}releases/{release().id}/{what}"})
    return answer(_DOCUMENTS[what](entry, folder(entry.release)), suffix)


def _validation(entry: Entry, place: Path) -> Document:
    def page() -> str:
        graph = validation(place)
        return render_template("validation.html", entry=entry, findings=findings(graph), conforms=conforms(graph))

    return Document(f"releases/{entry.release}/validation", lambda: validation(place), page)


def _coverage(entry: Entry, place: Path) -> Document:
    base = release().base
    return Document(
        f"releases/{entry.release}/coverage",
        lambda: coverage_graph(place, base),
        lambda: render_template("coverage.html", entry=entry, stages=stages(place)),
        ((JSON, lambda: coverage_text(place)),),
    )


_DOCUMENTS: dict[str, Callable[[Entry, Path], Document]] = {"validation": _validation, "coverage": _coverage}


def _entry(name: str) -> tuple[Entry, str]:
    """The last publication of a release by its name in the address, and the suffix there."""
    if entry := history().of_release(name):
        return entry, ""
    found = by_suffix(name, (*DESCRIPTIONS, JSON))
    if found and (entry := history().of_release(found[0])):
        return entry, found[1].name
    raise not_found(f"No release {name} was published here; {release().base}releases lists them.")


def _held(entry: Entry) -> bool:
    """Whether a release is still on the disk: it may leave while the current one stays."""
    beyond_release()
    return folder(entry.release).is_dir()


def _page_number() -> int:
    number = request.args.get("page", "1")
    return int(number) if number.isascii() and number.isdigit() and 0 < int(number) < 10**6 else 1
