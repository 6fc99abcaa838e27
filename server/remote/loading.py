"""Loading a release into another engine by the Graph Store Protocol (SPARQL 1.1 Graph Store HTTP Protocol, 5.3 to 5.5).

Readers of the engine see graphs of two releases while this goes on; the release's own description comes last.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import httpx
from rdflib import DCTERMS, VOID, XSD, Graph

from server.publishing.release import Release
from server.remote.current import LOADED, UNION

AT_ONCE = 5000  # statements in a request: some engines bound what one may bring
SECONDS = 600.0
RELEASE_GRAPH = "graph/release"


class LoadingError(Exception):
    """An engine that does not take a release; the message says which graph and why."""


def load(release: Release, store: str, auth: httpx.Auth | None, watch: Callable[[str], None] = lambda _: None) -> None:
    """Replace what an engine's graph store holds by a release. `watch` is told of each graph when it is loaded.

    `store` is the address of the graph store, to which `?graph=` is added. Raises LoadingError.
    """
    graphs = _graphs(release)
    release_graph = f"{release.base}{RELEASE_GRAPH}"
    with httpx.Client(auth=auth, timeout=SECONDS) as client:
        gone = _held(client, store, release) - {*graphs}
        for graph in sorted(graphs, key=lambda name: (name == release_graph, name)):
            if graph == release_graph:
                _put(client, store, f"{release.base}{UNION}", _union(release))
                _put(client, store, f"{release.base}{LOADED}", [_loaded(release)])
            _put(client, store, graph, _triples([graphs[graph]]))
            watch(graph)
        for graph in sorted(gone):
            _sent(client, "DELETE", store, graph, None)


def _graphs(release: Release) -> dict[str, str]:
    """The file of each graph of the release."""
    manifest = release.manifest
    return {graph.graph: str(manifest.file(graph.file)) for graph in manifest.graphs}


def _triples(files: Iterable[str]) -> Iterator[str]:
    """The statements of N-Quads files as N-Triples: a line without its graph, which is its last term."""
    for file in files:
        with Path(file).open(encoding="utf-8", newline="\n") as lines:
            for line in lines:
                yield f"{line.rsplit(' ', 2)[0]} .\n"


def _union(release: Release) -> Iterator[str]:
    """Every statement of the release once."""
    return iter(dict.fromkeys(_triples(_graphs(release).values())))


def _loaded(release: Release) -> str:
    """That the release is loaded now, as N-Triples: the engine's publication of it, the same for all who ask."""
    moment = datetime.now(UTC).isoformat(timespec="seconds")
    return f'<{release.base}release/{release.id}> <{DCTERMS.issued}> "{moment}"^^<{XSD.dateTime}> .\n'


def _held(client: httpx.Client, store: str, release: Release) -> set[str]:
    """The graphs of the release that the engine holds now, none where it holds none."""
    answer = client.get(store, params={"graph": f"{release.base}{RELEASE_GRAPH}"}, headers={"Accept": "text/turtle"})
    return set() if answer.status_code != 200 else set(_subsets(answer.text))


def _subsets(turtle: str) -> Iterator[str]:
    yield from map(str, Graph().parse(data=turtle, format="turtle").objects(None, VOID.subset))


def _put(client: httpx.Client, store: str, graph: str, lines: Iterable[str]) -> None:
    """Replace a graph: the first statements by PUT, the others by POST."""
    rest, method = iter(lines), "PUT"
    while part := "".join(islice(rest, AT_ONCE)):
        _sent(client, method, store, graph, part.encode())
        method = "POST"


def _sent(client: httpx.Client, method: str, store: str, graph: str, content: bytes | None) -> None:
    headers = {"Content-Type": "application/n-triples"} if content is not None else {}
    try:
        answer = client.request(method, store, params={"graph": graph}, content=content, headers=headers)
    except httpx.HTTPError as error:
        raise LoadingError(f"{store} does not take <{graph}>: {error}") from error
    if answer.status_code >= 400 and not (method == "DELETE" and answer.status_code == 404):
        raise LoadingError(f"{store} does not take <{graph}>: status {answer.status_code} {answer.text[:200]}")
