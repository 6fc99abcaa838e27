"""The page of a thing, as data for its template: title, way up, readings, panels, facts, and what points here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from markupsafe import Markup

from server.citing.words import in_words as cited_in_words
from server.citing.work import Named, kind_of, work_of
from server.pages.answers import Cell, cell, in_words
from server.pages.beside import Beside, beside
from server.pages.evidence import Spot, spots
from server.pages.heads import SITE, page_description, page_title
from server.pages.left_out import LeftOut, left_out, published
from server.pages.naming import context_of
from server.pages.panels import Panel, about, panels_for
from server.pages.pictures import Picture, pictures_of, seen_of
from server.pages.readings import TEXTS, Reading, reading_of
from server.pages.structured import Seen, breadcrumbs, embedded, thing_node
from server.pages.summary import summary_of
from server.requests import address, release
from server.store import Row, Store
from server.things import LABELS, Description, Statement, describe, iri, labels_of, name_of, text

POINTERS = 50  # on a page of what points here

_WAY_UP = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?above (COUNT(DISTINCT ?higher) AS ?depth) WHERE {
  $this rec:partOf+ ?above . ?above rec:partOf* ?higher
} GROUP BY ?above ORDER BY ?depth"""

_DEFINITION = "http://www.w3.org/2004/02/skos/core#definition"

# A session is held by a body, a meeting and an item of an agenda are of a session: neither is part of the other.
_HELD = frozenset({"Session", "Meeting", "AgendaItem"})
_HELD_BY = """PREFIX rec: <http://localhost:8000/def/>
SELECT DISTINCT ?above WHERE {
  { $this rec:ofSession/rec:ofBody ?above . BIND (1 AS ?place) }
  UNION { $this a rec:Session ; rec:ofBody ?above . BIND (1 AS ?place) }
  UNION { $this rec:ofSession ?above . BIND (2 AS ?place) }
} ORDER BY ?place"""
_DAYS = """PREFIX rec: <http://localhost:8000/def/>
SELECT (MIN(?start) AS ?first) (MAX(?end) AS ?last) WHERE {
  $this rec:hasSessionPart ?part . ?part rec:startDate ?start ; rec:endDate ?end
}"""

# Named by the vocabulary, and by reports if they speak of it.
_NAMED = frozenset({"State", "Group", "Organization", "Body", "Instrument", "Goal", "Target"})
_IN_REPORTS = """SELECT ?source WHERE {
  GRAPH ?graph { ?source ?property $this }
  FILTER(STRSTARTS(STR(?graph), "%sgraph/report/"))
} LIMIT 1"""

_VOCABULARY = {
    "Class": "class",
    "ObjectProperty": "property",
    "DatatypeProperty": "property",
    "Ontology": "ontology",
    "ConceptScheme": "scheme",
    "Concept": "concept",
}

# What the facts do not show already from this side; evidence is left out, and the store's own order is stable.
_POINTERS = """SELECT DISTINCT ?source ?property WHERE {
  GRAPH ?graph { ?source ?property $this }
  FILTER(!STRENDS(STR(?graph), "/evidence"))
  FILTER NOT EXISTS { $this ?back ?source }
} ORDER BY ?source ?property"""


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
    """Something that points here, and by which properties."""

    source: Link
    properties: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a report where the thing was read, what was read there, and the unit of text around it if known."""

    spot: Spot
    fact: Link
    report: Link
    place: Link | None


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
    beside: Beside
    pictures: tuple[Picture, ...]
    facts: tuple[Fact, ...]
    pointers: tuple[Pointer, ...]
    page: int
    more: bool
    graphs: tuple[Link, ...]
    words: str
    left_out: LeftOut | None
    published: LeftOut | None
    definition: str
    sources: tuple[Source, ...]
    page_title: str
    description: str
    citation: str
    structured: Markup
    summary: str
    unnamed: bool


def portrait(thing: ox.NamedNode, page: int) -> Portrait:
    """The page about a thing with the given page of what points to it, 0 for none. Labels are fetched in one query."""
    store, base = release().store, release().base
    described = describe(store, thing)
    classes = _classes(described, base)
    way = _way_up(store, base, thing, classes)
    pointing = _pointing(store, base, thing, page) if page else []
    panels = panels_for(store, base, thing, classes)
    drawn = seen_of(store, base, thing, classes)
    reading = reading_of(store, base, thing, classes)
    read_at = spots(store, base, thing, inside=not TEXTS & set(classes))
    work = work_of(store, base, thing, kind) if (kind := kind_of(classes)) else None
    tables = (pointing, *(panel.rows for panel in panels), *(found.rows for found in drawn))
    shown = (term for rows in tables for row in rows for term in row.values())
    said = [ox.NamedNode(name) for spot in read_at for name in (spot.fact, spot.report, spot.place) if name]
    labels = labels_of(store, [thing, *way, *said, *_terms(described), *shown])
    types = [node for node in described.asserted_types if node.value.startswith(base)] or described.asserted_types
    facts = [fact for fact in described.facts if _shown(fact[0], base)]
    words, summary = _words(described, f"{base}def/text"), summary_of(store, base, thing, classes)
    name, days = _name(thing.value, base, labels, read_at), _days(store, base, thing, classes)
    short = context_of(store, base, thing, name).names(labels)
    seen = Seen(described, classes, name, base, labels, work, days)
    kinds = [name_of(node.value, labels) for node in types[:1]]
    title = page_title(store, base, described, name)
    path = [thing.value.removeprefix(base)] if title != name else []
    steps = [Named(base, SITE), *(Named(node.value, name_of(node.value, labels)) for node in (*way, thing))]
    return Portrait(
        template="text.html" if reading and reading.kind == "text" else "thing.html",
        iri=thing.value,
        title=name,
        types=tuple(_term(node.value, labels) for node in types),
        way=tuple(_link(node.value, labels) for node in way),
        reading=reading,
        panels=tuple(panel.panel(short) for panel in panels if not panel.beside),
        beside=beside(panels, short),
        pictures=pictures_of(drawn, short),
        facts=tuple(_fact(property_, statements, labels) for property_, statements in facts),
        pointers=_pointers(pointing[:POINTERS], labels),
        page=page,
        more=len(pointing) > POINTERS,
        words=words,
        left_out=left_out(store, base, thing, classes),
        published=published(described, base),
        definition=_words(described, _DEFINITION),
        sources=tuple(_source(spot, thing.value, labels) for spot in read_at),
        graphs=tuple(Link(graph.removeprefix(base), address(graph)) for graph in described.graphs),
        page_title=title,
        description=page_description(name, [*kinds, *path], words or summary),
        citation=cited_in_words(work) if work else "",
        structured=embedded([thing_node(seen), breadcrumbs(thing.value, steps)], base),
        summary=summary,
        unnamed=bool(_NAMED & set(classes)) and not panels and not store.select(about(_IN_REPORTS % base, base, thing)),
    )


def _way_up(store: Store, base: str, thing: ox.NamedNode, classes: Sequence[str]) -> list[ox.NamedNode]:
    """What a thing is held by and part of, the whole first."""
    above = [query for query in (_HELD_BY if _HELD & set(classes) else "", _WAY_UP) if query]
    rows = (row for query in above for row in store.select(about(query, base, thing)))
    return [ox.NamedNode(found) for row in rows if (found := iri(row, "above"))]


def _pointing(store: Store, base: str, thing: ox.NamedNode, page: int) -> list[Row]:
    """What points to a thing on a page of it, and one more where there is a next page."""
    bounds = f"LIMIT {POINTERS + 1} OFFSET {(page - 1) * POINTERS}"
    return store.select(f"{about(_POINTERS, base, thing)} {bounds}")


def _days(store: Store, base: str, thing: ox.NamedNode, classes: Sequence[str]) -> tuple[str, str]:
    """The first and the last day of a session, empty of other things."""
    if "Session" not in classes:
        return "", ""
    rows = store.select(about(_DAYS, base, thing))
    return (text(rows[0], "first"), text(rows[0], "last")) if rows else ("", "")


def _classes(described: Description, base: str) -> list[str]:
    """The names that panels know classes by: the local names of our own, and words for what makes a vocabulary."""
    own = f"{base}def/"
    ours = [node.value.removeprefix(own) for node in described.types if node.value.startswith(own)]
    others = (_VOCABULARY.get(node.value.rpartition("#")[2]) for node in described.types if "#" in node.value)
    return [*ours, *dict.fromkeys(word for word in others if word)]


def _words(described: Description, property_: str) -> str:
    """The words that a property gives a thing, "" where it gives none."""
    value = described.value(property_)
    return value.value if isinstance(value, ox.Literal) else ""


def _terms(described: Description) -> list[object]:
    values = [statement.value for _, statements in described.facts for statement in statements]
    return [*described.types, *(property_ for property_, _ in described.facts), *values]


def _shown(property_: ox.NamedNode, base: str) -> bool:
    """Whether a property stands among the facts: labels and words are shown above them."""
    return property_.value not in LABELS and property_.value != f"{base}def/text"


def _source(spot: Spot, thing: str, labels: dict[str, str]) -> Source:
    place = _link(spot.place, labels) if spot.place and spot.place != thing else None
    return Source(spot, _link(spot.fact, labels), _link(spot.report, labels), place)


def _link(target: str, labels: dict[str, str], inferred: bool = False) -> Link:
    return Link(name_of(target, labels), address(target), inferred)


def _name(thing: str, base: str, labels: dict[str, str], read_at: Sequence[Spot]) -> str:
    """The label of a thing, of evidence without one what it is for, else its path: "1" alone would tell nothing."""
    facts = [labels[spot.fact] for spot in read_at if spot.evidence == thing and spot.fact in labels]
    return labels.get(thing) or (f"Evidence for {facts[0]}" if facts else thing.removeprefix(base))


def _term(target: str, labels: dict[str, str]) -> Link:
    """A link to a term of a vocabulary, whose name is in words where it has no label: "concept scheme"."""
    return Link(labels.get(target) or in_words(name_of(target, labels)), address(target))


def _fact(property_: ox.NamedNode, statements: Sequence[Statement], labels: dict[str, str]) -> Fact:
    values = tuple((cell(statement.value, labels), statement.inferred) for statement in statements)
    return Fact(_term(property_.value, labels), values, all(inferred for _, inferred in values))


def _pointers(rows: Sequence[Row], labels: dict[str, str]) -> tuple[Pointer, ...]:
    """What points here, each source once with all its properties, in the order of the rows."""
    found: dict[str, list[Link]] = {}
    for row in rows:
        by = iri(row, "property")
        found.setdefault(text(row, "source"), []).append(_term(by, labels))
    return tuple(Pointer(_link(source, labels), tuple(by)) for source, by in found.items())
