"""The index of the release that answers a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection, DatabaseError

from flask import Flask, current_app, g, request

from server.clients import client_of
from server.dataset.kept import folder
from server.errors import Problem
from server.requests import release
from server.search.index import opened
from server.sparql.failures import BusyError
from server.sparql.turns import Turns
from server.store import StoreError

# Searches and reconciliations in a web process, which share one processor with its pages: a batch of queries may take
# ten seconds of it. Two, so that those who ask for little have one without the work of those who ask for much.
_AT_A_TIME, _WAITING, _PATIENCE = 2, 32, 10.0


def init_app(app: Flask) -> None:
    """Gives the application the places of those who search."""
    app.extensions["search_turns"] = Turns(_AT_A_TIME, _WAITING, _PATIENCE, own=True)


@contextmanager
def served_index() -> Iterator[Connection]:
    """The index for reading. Raises the Problem that says so where the release has none."""
    with _place(), opened(folder()) as index:
        if index is None:
            raise Problem(503, "No search", f"{_why()} The SPARQL endpoint answers.")
        try:
            yield index
        except DatabaseError as error:
            raise StoreError(f"the index in {folder()} cannot be read: {error}") from error


@contextmanager
def _place() -> Iterator[None]:
    """A place for the search of the current request, one for all that it looks up."""
    if "searching" in g:
        yield
        return
    turns: Turns = current_app.extensions["search_turns"]
    try:
        with turns.taken(client_of(request.remote_addr or "")):
            g.searching = True
            try:
                yield
            finally:
                g.pop("searching")
    except BusyError as error:
        detail = "Other searches are being worked on; try again."
        raise Problem(503, "Busy", detail, headers={"Retry-After": "10"}) from error


def _why() -> str:
    """Why the release that answers has no index."""
    if current_app.extensions["settings"].endpoint and not folder().is_dir():
        held = f"release {release().id}, which another engine holds, is not in the data folder of this server."
        return f"The index to search is a file of the release, and {held}"
    return "This release has no index to search: it comes with the next build."
