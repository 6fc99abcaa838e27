"""What is told of an IRI that no thing of the current release has: moved, gone with what replaces it, or unknown."""

from __future__ import annotations

import pyoxigraph as ox
from flask import redirect
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response as AnyResponse

from server.dataset.kept import data, history
from server.errors import Problem, not_found
from server.linked_data.variants import readings
from server.negotiation import by_suffix
from server.publishing.gone import Gone, look_up
from server.requests import address, iri_at, query_string, release


def departed(path: str) -> AnyResponse:
    """The redirection from a release of the past to its history, or from an address by position to the numbered one.

    Raises 410 for what was there once, else 404.
    """
    found = by_suffix(path)
    for name in (path, *([found[0]] if found else ()), *readings(path), *(readings(found[0]) if found else ())):
        kind, _, identity = name.partition("/")
        if kind == "release" and (entry := history().of_release(identity)):
            return redirect(address(f"{release().base}releases/{entry.release}"), 303)
        if gone := look_up(data(), iri_at(name).removeprefix(release().base)):
            if gone.moved and _known(gone.replacement):
                suffix = f".{found[1].name}" if found and name != path else ""
                return redirect(address(f"{release().base}{gone.replacement}{suffix}") + query_string(), 301)
            raise _gone(gone)
    raise not_found(f"No release names anything {release().base}{path}.")


def _gone(gone: Gone) -> Problem:
    base = release().base
    entry = history().entry(gone.number)
    when = f" since {entry.moment:%Y-%m-%d} (release {entry.release})" if entry else ""
    detail = f"{base}{gone.path} was in an earlier release and is gone{when}."
    more: dict[str, object] = {}
    links = []
    if gone.replacement and _known(gone.replacement):
        more["isReplacedBy"] = base + gone.replacement
        links.append(f'<{iri_to_uri(base + gone.replacement)}>; rel="successor-version"')
        detail += f" {base}{gone.replacement} has taken its place."
    elif around := nearest(gone.path):
        more["isPartOf"] = base + around
        links.append(f'<{iri_to_uri(base + around)}>; rel="up"')
        detail += f" It was part of {base}{around}."
    return Problem(410, "Gone", detail, more, {"Link": ", ".join(links)} if links else {})


def nearest(path: str) -> str:
    """The path of the nearest thing around one that is not there, of its report where its own path leads to none."""
    around = path.rpartition("/")[0]
    while "/" in around:
        if _known(around):
            return around
        around = around.rpartition("/")[0]
    _, _, rest = path.partition("/")
    report = "/".join(["report", *rest.split("/")[:2]])
    return report if _known(report) else ""


def _known(path: str) -> bool:
    return release().store.knows(ox.NamedNode(release().base + path))
