"""The statements about things, as the index reads them: paths of things of our own instead of IRIs.

Of each thing all that is said is read at once and remembered; what points to it is asked for by property, for some are
pointed to from everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
from rdflib import RDF, URIRef

from ontology.terms import BASE

_DEFAULT = ox.DefaultGraph()


class Quads:
    """The default graph of a store, which holds each statement once; nothing may change it meanwhile."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self._store, self._base = store, base
        self._said: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]] = {}

    def words(self, path: str, *properties: URIRef) -> list[str]:
        """The values of properties of a thing; English ones and those without language first."""
        found = {
            (bool(value.language) and value.language != "en", value.value)
            for value in self._values(path, properties)
            if isinstance(value, ox.Literal)
        }
        return list(dict.fromkeys(words for _, words in sorted(found)))

    def links(self, path: str, *properties: URIRef) -> list[str]:
        """The paths that properties of a thing lead to, in order."""
        return sorted({found for value in self._values(path, properties) if (found := self.path(value)) is not None})

    def back(self, path: str, *properties: URIRef) -> list[str]:
        """The paths of the things that have the thing as a value of the properties, in order."""
        thing = ox.NamedNode(self._base + path)
        subjects = (
            quad.subject
            for name in properties
            for quad in self._store.quads_for_pattern(None, self.predicate(name), thing, _DEFAULT)
        )
        return sorted({found for subject in subjects if (found := self.path(subject)) is not None})

    def classes(self, path: str) -> set[str]:
        """The classes of a thing, inferred ones among them: IRIs with the default base."""
        values = self._values(path, (RDF.type,))
        return {self._default(value.value) for value in values if isinstance(value, ox.NamedNode)}

    def having(self, name: URIRef) -> list[str]:
        """The paths of all things that have a property, in order."""
        quads = self._store.quads_for_pattern(None, self.predicate(name), None, _DEFAULT)
        return sorted({path for quad in quads if (path := self.path(quad.subject)) is not None})

    def graphs_of(self, path: str) -> list[str]:
        """The graphs that say a class of a thing, by their paths after `graph/`, in order."""
        found = self._store.quads_for_pattern(ox.NamedNode(self._base + path), ox.NamedNode(str(RDF.type)), None, None)
        names = {quad.graph_name.value for quad in found if isinstance(quad.graph_name, ox.NamedNode)}
        return sorted(name.removeprefix(f"{self._base}graph/") for name in names)

    def path(self, term: object) -> str | None:
        """The path of a thing of our own, None for anything else."""
        own = isinstance(term, ox.NamedNode) and term.value.startswith(self._base)
        return term.value[len(self._base) :] if own and isinstance(term, ox.NamedNode) else None

    def _values(
        self, path: str, properties: tuple[URIRef, ...]
    ) -> Iterator[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]:
        said = self._of(path)
        for name in properties:
            yield from said.get(str(name), ())

    def _of(self, path: str) -> dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple]]:
        """The values of a thing by its properties, which have the default base."""
        if path not in self._said:
            found = self._said[path] = {}
            for quad in self._store.quads_for_pattern(ox.NamedNode(self._base + path), None, None, _DEFAULT):
                found.setdefault(self._default(quad.predicate.value), []).append(quad.object)
        return self._said[path]

    def predicate(self, name: URIRef) -> ox.NamedNode:
        """A property with the base of the release."""
        return ox.NamedNode(self._base + str(name)[len(BASE) :] if str(name).startswith(BASE) else str(name))

    def _default(self, iri: str) -> str:
        return BASE + iri[len(self._base) :] if iri.startswith(self._base) else iri
