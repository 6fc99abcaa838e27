"""The index of the release that answers a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection, DatabaseError

from flask import current_app

from server.dataset.kept import folder
from server.errors import Problem
from server.requests import release
from server.search.index import opened
from server.store import StoreError


@contextmanager
def served_index() -> Iterator[Connection]:
    """The index for reading. Raises the Problem that says so where the release has none."""
    with opened(folder()) as index:
        if index is None:
            raise Problem(503, "No search", f"{_why()} The SPARQL endpoint answers.")
        try:
            yield index
        except DatabaseError as error:
            raise StoreError(f"the index in {folder()} cannot be read: {error}") from error


def _why() -> str:
    """Why the release that answers has no index."""
    if current_app.extensions["settings"].endpoint and not folder().is_dir():
        held = f"release {release().id}, which another engine holds, is not in the data folder of this server."
        return f"The index to search is a file of the release, and {held}"
    return "This release has no index to search: it comes with the next build."
