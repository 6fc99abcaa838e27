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
LOADED = "graph/loaded"  # says when the release was loaded, which is no part of it
_PREFIXES = """PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX void: <http://rdfs.org/ns/void#>
"""
_RELEASES = f"""{_PREFIXES}SELECT ?graph ?release ?identifier ?version ?loaded WHERE {{
  GRAPH ?graph {{
    ?release a void:Dataset ; dcterms:identifier ?identifier ; owl:versionInfo ?version ; void:vocabulary ?vocabulary
  }}
  FILTER (STRENDS(STR(?graph), "/graph/release"))
  OPTIONAL {{ GRAPH ?beside {{ ?release dcterms:issued ?loaded }} }}
}}"""
_GRAPHS = f"""{_PREFIXES}SELECT ?graph ?quads WHERE {{
  GRAPH <{{graph}}> {{ <{{base}}dataset> void:subset ?graph . ?graph void:triples ?quads }}
}}"""
_REPORTS = f"""{_PREFIXES}SELECT ?report ?title WHERE {{
  GRAPH <{{graph}}> {{ <{{base}}dataset> dcterms:hasPart ?report }}
  GRAPH <{{base}}{UNION}> {{ ?report <{{base}}def/title> ?title }}
}}"""


class RemoteCurrent:
    """The current release of an endpoint; safe to use from several threads."""

    def __init__(self, address: str, limits: Limits, places: Places) -> None:
        self._limits = limits
        self._places = places
        self._endpoint = Endpoint(address, limits)
        self._lock = threading.Lock()
        self._release: Release | None = None
        self._loaded = ""
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
        found = rows[0]
        identifier, loaded = _words(found, "identifier"), _words(found, "loaded")
        if self._release is not None and self._release.id == identifier and loaded in ("", self._loaded):
            return self._release
        self._loaded = loaded
        return self._opened(asking, found, datetime.fromisoformat(loaded) if loaded else datetime.now(UTC))

    def _opened(self, asking: RemoteStore, found: Row, published: datetime) -> Release:
        graph, release, identifier = (_words(found, name) for name in ("graph", "release", "identifier"))
        base = release.removesuffix(f"release/{identifier}")

        def rows(query: str) -> list[Row]:
            return asking.select(query.replace("{graph}", graph).replace("{base}", base))

        records = [{"graph": _words(row, "graph"), "quads": int(_words(row, "quads"))} for row in rows(_GRAPHS)]
        titles = {_words(row, "report").removeprefix(base): _words(row, "title") for row in rows(_REPORTS)}
        reports = sorted((*_named(path), title) for path, title in titles.items())
        description = {
            "id": identifier,
            "version": _words(found, "version"),
            "base": base,
            "graphs": records,
            "reports": [{"body": body, "session": session, "title": title} for body, session, title in reports],
        }
        names = sorted({graph, *(str(record["graph"]) for record in records)})
        dataset = Dataset((f"{base}{UNION}",), tuple(names))
        return Release(
            identifier,
            base,
            published.replace(microsecond=0),
            description,
            RemoteStore(self._endpoint, dataset),
            RemoteQueries(self._endpoint, dataset, self._limits, self._places),
        )


def _named(path: str) -> tuple[str, int]:
    """The body and the session in the path of a report: "report/ccpcj/31"."""
    _, body, session = path.split("/")
    return body, int(session)


def _words(row: Row, name: str) -> str:
    """A term of a row as words, "" where it has none."""
    term = row.get(name)
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else ""
