"""The page of a thing, as data for its template: title, way up, readings, panels, facts, and what points here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.answers import Cell, cell, in_words
from server.panels import Panel, about, panels_for
from server.readings import Reading, reading_of
from server.requests import address, release
from server.store import Store
from server.things import LABELS, Description, describe, iri, labels_of, layer, name_of

POINTERS = 50  # on a page of what points here

_WAY_UP = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?above (COUNT(?higher) AS ?depth) WHERE {
  $this rec:partOf+ ?above .
  OPTIONAL { ?above rec:partOf+ ?higher }
} GROUP BY ?above ORDER BY ?depth"""


@dataclass(frozen=True, slots=True)
class Link:
    """Words and the address behind them; `inferred` where only the reasoner says so."""

    words: str
    href: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A property with its values; `inferred` where all of them are."""

    property: Link
    values: tuple[tuple[Cell, bool], ...]
    inferred: bool


@dataclass(frozen=True, slots=True)
class Pointer:
    """Something that points here, and by which property."""

    source: Link
    property: Link


@dataclass(frozen=True, slots=True)
class Portrait:
    """Everything that the page of a thing shows."""

    template: str
    iri: str
    title: str
    types: tuple[Link, ...]
    way: tuple[Link, ...]
    reading: Reading | None
    panels: Sequence[Panel]
    facts: tuple[Fact, ...]
    pointers: tuple[Pointer, ...]
    page: int
    more: bool
    graphs: tuple[Link, ...]
    words: str


def portrait(thing: ox.NamedNode, page: int) -> Portrait:
    """The page about a thing with the given page of what points to it."""
    current = release()
    store, base = current.store, current.base
    described = describe(store, thing)
    way = [ox.NamedNode(found) for row in store.select(about(_WAY_UP, base, thing)) if (found := iri(row, "above"))]
    pointing = store.quads_to(thing, POINTERS + 1, (page - 1) * POINTERS)
    pointers = {(quad.subject, quad.predicate): None for quad in pointing if layer(quad.graph_name) != "evidence"}
    labels = labels_of(store, [thing, *way, *_terms(described), *(term for pair in pointers for term in pair)])
    classes = [
        node.value.removeprefix(f"{base}def/") for node in described.types if node.value.startswith(f"{base}def/")
    ]
    if any(node.value.endswith("#Class") for node in described.types):
        classes.append("class")
    if any(node.value.endswith(("#ObjectProperty", "#DatatypeProperty")) for node in described.types):
        classes.append("property")
    reading = reading_of(store, base, thing, classes)
    return Portrait(
        template="text.html" if reading and reading.kind == "text" else "thing.html",
        iri=thing.value,
        title=name_of(thing.value, labels),
        types=tuple(_link(node.value, labels) for node in _shown_types(store, thing, described, base)),
        way=tuple(_link(node.value, labels) for node in way),
        reading=reading,
        panels=panels_for(store, base, thing, classes),
        facts=tuple(
            _fact(property_, statements, labels) for property_, statements in described.facts if _shown(property_, base)
        ),
        pointers=tuple(_pointer(source, property_, labels) for source, property_ in pointers),
        page=page,
        more=len(pointing) > POINTERS,
        words=_words(described, base),
        graphs=tuple(Link(graph.removeprefix(base), address(graph)) for graph in described.graphs),
    )


def _words(described: Description, base: str) -> str:
    """The words of a paragraph or footnote, "" of anything else."""
    value = described.value(f"{base}def/text")
    return value.value if isinstance(value, ox.Literal) else ""


def _terms(described: Description) -> list[object]:
    values = [statement.value for _, statements in described.facts for statement in statements]
    return [*described.types, *(property_ for property_, _ in described.facts), *values]


def _shown(property_: ox.NamedNode, base: str) -> bool:
    """Whether a property stands among the facts: labels and words are shown above them."""
    return property_.value not in LABELS and property_.value != f"{base}def/text"


def _shown_types(store: Store, thing: ox.NamedNode, described: Description, base: str) -> list[ox.NamedNode]:
    """The types that are asserted; all where none is."""
    inferred = {
        quad.object
        for quad in store.quads_from(thing)
        if quad.predicate.value.endswith("#type") and layer(quad.graph_name) == "inferred"
    }
    own = [node for node in described.types if node.value.startswith(base)] or list(described.types)
    return [node for node in own if node not in inferred] or own


def _link(target: str, labels: dict[str, str], inferred: bool = False) -> Link:
    return Link(name_of(target, labels), address(target), inferred)


def _fact(property_: ox.NamedNode, statements: Sequence[object], labels: dict[str, str]) -> Fact:
    from server.things import Statement

    values = tuple((cell(s.value, labels), s.inferred) for s in statements if isinstance(s, Statement))
    words = labels.get(property_.value) or in_words(name_of(property_.value, labels))
    return Fact(Link(words, address(property_.value)), values, all(inferred for _, inferred in values))


def _pointer(source: object, property_: ox.NamedNode, labels: dict[str, str]) -> Pointer:
    by = Link(labels.get(property_.value) or in_words(name_of(property_.value, labels)), address(property_.value))
    if isinstance(source, ox.NamedNode):
        return Pointer(_link(source.value, labels), by)
    return Pointer(Link(str(source), ""), by)
