"""The index of the release that answers a request."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from sqlite3 import Connection, DatabaseError

from server.dataset.kept import folder
from server.errors import Problem
from server.search.index import opened
from server.store import StoreError


@contextmanager
def served_index() -> Iterator[Connection]:
    """The index for reading. Raises the Problem that says so where the release has none."""
    with opened(folder()) as index:
        if index is None:
            detail = "This release has no index to search: it comes with the next build. The SPARQL endpoint answers."
            raise Problem(503, "No search", detail)
        try:
            yield index
        except DatabaseError as error:
            raise StoreError(f"the index in {folder()} cannot be read: {error}") from error
