"""In which order paragraphs are shown that are equally alike to one: as who drafts or reads it wants to have them.

First those of its own chain (the draft that it came from, what became of it), then the nearest in time, earlier ones
before later ones, then those at the nearest place of their texts.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox

from server.doors.quoting import Place
from server.pages.panels import about
from server.store import Row, Store
from server.things import iri, text

Alike = tuple[Place, float]

_STANDING = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?clause ?text (MAX(?day) AS ?on) WHERE {
  VALUES ?clause { %s }
  ?clause rec:clauseOf ?text .
  OPTIONAL { ?text rec:partOf? ?work . ?act rec:result ?work ; rec:date ?acted }
  OPTIONAL { ?text rec:ofSession/rec:hasSessionPart/rec:endDate ?closed }
  BIND (COALESCE(?acted, ?closed) AS ?day)
} GROUP BY ?clause ?text"""
# What a text came from and what became of it; a resolution of the Council may hold the draft that it carries on.
_CHAIN = """PREFIX rec: <http://localhost:8000/def/>
SELECT DISTINCT ?text WHERE {
  <%s> (rec:adoptedAs|^rec:adoptedAs|rec:recommendedIn|^rec:recommendedIn)* ?kin .
  { BIND (?kin AS ?text) } UNION { ?text rec:partOf ?kin . ?clause rec:clauseOf ?text } UNION { ?kin rec:partOf ?text }
}"""
_NEVER = date(1, 1, 1).toordinal()


@dataclass(frozen=True, slots=True)
class _Standing:
    """The text of a paragraph, and the day that it was adopted or that the session closed which drafted it."""

    text: str
    on: int


def in_order(found: Sequence[Alike], store: Store, base: str, besides: str = "", path: str = "") -> list[Alike]:
    """Paragraphs with their likeness, the likest first; `besides` is the path of the own text, `path` that within it.

    Where no own text is known the latest come first.
    """
    asked = [base + place.path for place, _ in found] + ([base + path] if path else [])
    standings = _standings(store, base, asked)
    kin = _chain(store, base, besides) if besides else frozenset()
    own = standings.get(base + path)
    today = own.on if own else max((one.on for one in standings.values()), default=_NEVER)

    def rank(one: Alike) -> tuple[float, bool, bool, int, int, str]:
        place, alike = one
        standing = standings.get(base + place.path, _Standing("", _NEVER))
        away = abs(_position(place.path) - _position(path)) if path else 0
        return -alike, standing.text not in kin, standing.on > today, abs(today - standing.on), away, place.path

    return sorted(found, key=rank)


def _standings(store: Store, base: str, clauses: Sequence[str]) -> dict[str, _Standing]:
    if not clauses:
        return {}
    named = " ".join(str(ox.NamedNode(clause)) for clause in clauses)
    rows = store.select(about(_STANDING % named, base, None))
    return {iri(row, "clause"): _Standing(iri(row, "text"), _day(row)) for row in rows if iri(row, "clause")}


def _day(row: Row) -> int:
    said = text(row, "on")
    return date.fromisoformat(said[:10]).toordinal() if said else _NEVER


def _chain(store: Store, base: str, own: str) -> frozenset[str]:
    """The texts of the chain of a text, by their IRIs."""
    rows = store.select(about(_CHAIN % (base + own), base, None))
    return frozenset(iri(row, "text") for row in rows)


def _position(path: str) -> int:
    """The number of a paragraph in its part of the text."""
    found = re.search(r"/(?:preambular|operative|position)/([0-9]+)", path)
    return int(found[1]) if found else 0
