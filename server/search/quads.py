"""The statements of a release by property, as the index reads them: paths of things of our own instead of IRIs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeVar

import pyoxigraph as ox
from rdflib import RDF, URIRef

from ontology.terms import BASE

Value = TypeVar("Value")


class Quads:
    """The default graph of a release's store, which holds each statement once."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self._store, self._base = store, base

    def words(self, *properties: URIRef) -> Mapping[str, list[str]]:
        """The values of properties by the path of what has them; English ones and those without language first."""
        found: dict[str, list[tuple[bool, str]]] = {}
        for name in properties:
            for path, value in self._values(name):
                if isinstance(value, ox.Literal):
                    foreign = bool(value.language) and value.language != "en"
                    found.setdefault(path, []).append((foreign, value.value))
        return {path: list(dict.fromkeys(words for _, words in sorted(values))) for path, values in found.items()}

    def links(self, *properties: URIRef) -> Mapping[str, list[str]]:
        """The paths that properties lead to, by the path of what has them."""
        found: dict[str, set[str]] = {}
        for name in properties:
            for path, value in self._values(name):
                if (target := self._path(value)) is not None:
                    found.setdefault(path, set()).add(target)
        return {path: sorted(targets) for path, targets in found.items()}

    def classes(self) -> Mapping[str, set[str]]:
        """The classes of each thing, inferred ones among them: IRIs with the default base."""
        found: dict[str, set[str]] = {}
        for path, value in self._values(RDF.type):
            if isinstance(value, ox.NamedNode):
                found.setdefault(path, set()).add(self._default(value.value))
        return found

    def asserted_in(self, graph: str) -> Iterator[str]:
        """The paths of the things that a graph says the class of."""
        name = ox.NamedNode(f"{self._base}graph/{graph}")
        for quad in self._store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), None, name):
            if (path := self._path(quad.subject)) is not None:
                yield path

    def _values(self, name: URIRef) -> Iterator[tuple[str, object]]:
        predicate = ox.NamedNode(self._base + str(name)[len(BASE) :] if str(name).startswith(BASE) else str(name))
        for quad in self._store.quads_for_pattern(None, predicate, None, ox.DefaultGraph()):
            if (path := self._path(quad.subject)) is not None:
                yield path, quad.object

    def _path(self, term: object) -> str | None:
        own = isinstance(term, ox.NamedNode) and term.value.startswith(self._base)
        return term.value[len(self._base) :] if own and isinstance(term, ox.NamedNode) else None

    def _default(self, iri: str) -> str:
        return BASE + iri[len(self._base) :] if iri.startswith(self._base) else iri


def reversed_links(links: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """The same links by what they lead to."""
    found: dict[str, list[str]] = {}
    for source in sorted(links):
        for target in links[source]:
            found.setdefault(target, []).append(source)
    return found
