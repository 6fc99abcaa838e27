"""What a release says of a thing for its page, before it is put in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.citing.work import Work, kind_of, work_of
from server.pages.evidence import Spot, spots
from server.pages.panels import Filled, about, panels_for
from server.pages.pictures import Drawn, drawn_of
from server.pages.readings import TEXTS, Reading, reading_of
from server.store import Row, Store
from server.things import Description, describe, iri, labels_of, text

POINTERS = 50  # on a page of what points here

_WAY_UP = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?above (COUNT(DISTINCT ?higher) AS ?depth) WHERE {
  $this rec:partOf+ ?above . ?above rec:partOf* ?higher
} GROUP BY ?above ORDER BY ?depth"""

# A session is held by a body, a meeting, an item of an agenda, a statement and a report are of a session: none is part
# of the other.
_HELD = frozenset({"Session", "Meeting", "AgendaItem", "Report", "Statement"})
_HELD_BY = """PREFIX rec: <http://localhost:8000/def/>
SELECT DISTINCT ?above WHERE {
  { $this rec:ofSession/rec:ofBody ?above . BIND (1 AS ?place) }
  UNION { $this a rec:Session ; rec:ofBody ?above . BIND (1 AS ?place) }
  UNION { $this rec:reportsOn/rec:ofBody ?above . BIND (1 AS ?place) }
  UNION { $this rec:ofSession|rec:reportsOn ?above . BIND (2 AS ?place) }
} ORDER BY ?place"""
_DAYS = """PREFIX rec: <http://localhost:8000/def/>
SELECT (MIN(?start) AS ?first) (MAX(?end) AS ?last) WHERE {
  $this rec:hasSessionPart ?part . ?part rec:startDate ?start ; rec:endDate ?end
}"""

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
class Gathered:
    """What is known of a thing; `pointing` has one row more than a page shows where there is a next page.

    `classes` are the names that panels know classes by; `days` are the first and the last of a session.
    """

    store: Store
    base: str
    thing: ox.NamedNode
    described: Description
    classes: Sequence[str]
    way: Sequence[ox.NamedNode]
    pointing: Sequence[Row]
    panels: Sequence[Filled]
    drawn: Sequence[Drawn]
    reading: Reading | None
    spots: Sequence[Spot]
    work: Work | None
    days: tuple[str, str]
    labels: dict[str, str]


def gather(store: Store, base: str, thing: ox.NamedNode, page: int) -> Gathered:
    """What is known of a thing, with the given page of what points to it, 0 for none. One query fetches all labels."""
    described = describe(store, thing)
    classes = _classes(described, base)
    way = _way_up(store, base, thing, classes)
    pointing = _pointing(store, base, thing, page) if page else []
    panels, drawn = panels_for(store, base, thing, classes), drawn_of(store, base, thing, classes)
    read_at = spots(store, base, thing, inside=not TEXTS & set(classes))
    named = [ox.NamedNode(name) for spot in read_at for name in (spot.fact, spot.report, spot.place) if name]
    tables = (pointing, *(panel.rows for panel in panels), *(one.rows for one in drawn))
    shown = (term for rows in tables for row in rows for term in row.values())
    return Gathered(
        store=store,
        base=base,
        thing=thing,
        described=described,
        classes=classes,
        way=way,
        pointing=pointing,
        panels=panels,
        drawn=drawn,
        reading=reading_of(store, base, thing, classes),
        spots=read_at,
        work=work_of(store, base, thing, kind) if (kind := kind_of(classes)) else None,
        days=_days(store, base, thing, classes),
        labels=labels_of(store, [thing, *way, *named, *_terms(described), *shown]),
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


def _terms(described: Description) -> list[object]:
    values = [statement.value for _, statements in described.facts for statement in statements]
    return [*described.types, *(property_ for property_, _ in described.facts), *values]
