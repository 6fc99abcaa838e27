"""The release that an endpoint holds, found by what it says of itself in its graph `graph/release`."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pyoxigraph as ox

from server.current import NoReleaseError, Release
from server.remote.endpoint import Dataset, Endpoint
from server.remote.queries import RemoteQueries
from server.remote.store import RemoteStore
from server.sparql.places import Places
from server.sparql.workers import Limits
from server.store import Row

LOOK_AGAIN = 10.0  # seconds
UNION = "graph/union"  # holds every statement once, as the embedded store's default graph does
_VOID = "http://rdfs.org/ns/void#"
_RELEASES = f"""SELECT ?graph ?release ?identifier WHERE {{ GRAPH ?graph {{
  ?release a <{_VOID}Dataset> ; <http://purl.org/dc/terms/identifier> ?identifier ; <{_VOID}vocabulary> ?vocabulary
}} }}"""
_GRAPHS = f"""SELECT ?graph ?quads WHERE {{ GRAPH <{{graph}}> {{
  <{{release}}> <{_VOID}subset> ?graph . ?graph <{_VOID}triples> ?quads
}} }}"""


class RemoteCurrent:
    """The current release of an endpoint; safe to use from several threads."""

    def __init__(self, address: str, limits: Limits, places: Places) -> None:
        self._limits = limits
        self._places = places
        self._endpoint = Endpoint(address, limits)
        self._lock = threading.Lock()
        self._release: Release | None = None
        self._looked = float("-inf")

    def release(self) -> Release:
        """The release to answer from now. Raises NoReleaseError for none, StoreError for an engine that is silent."""
        with self._lock:
            now = time.monotonic()
            if self._release is None or now - self._looked >= LOOK_AGAIN:
                self._release = self._found()
                self._looked = now
            return self._release

    def close(self) -> None:
        """Ends the connections."""
        self._endpoint.close()

    def _found(self) -> Release:
        asking = RemoteStore(self._endpoint, Dataset())
        rows = asking.select(_RELEASES)
        if not rows:
            raise NoReleaseError(f"no release is published in {self._endpoint.address}")
        graph, release, identifier = (_words(rows[0], name) for name in ("graph", "release", "identifier"))
        if self._release is not None and self._release.id == identifier:
            return self._release
        base = release.removesuffix(f"release/{identifier}")
        records = [
            {"graph": _words(row, "graph"), "quads": int(_words(row, "quads"))}
            for row in asking.select(_GRAPHS.replace("{graph}", graph).replace("{release}", release))
        ]
        dataset = Dataset((f"{base}{UNION}",), tuple(sorted({graph, *(str(record["graph"]) for record in records)})))
        return Release(
            identifier,
            base,
            datetime.now(UTC).replace(microsecond=0),
            {"id": identifier, "base": base, "graphs": records},
            RemoteStore(self._endpoint, dataset),
            RemoteQueries(self._endpoint, dataset, self._limits, self._places),
        )


def _words(row: Row, name: str) -> str:
    term = row[name]
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)
