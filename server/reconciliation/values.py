"""The values that things have of properties, read out of the graph and the search index."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from sqlite3 import Connection

import pyoxigraph as ox
from rdflib import RDFS, XSD

from ontology.terms import BASE
from server.reconciliation.properties import Property
from server.store import Store

PER_CELL = 200  # values of one property of one thing
_WHOLE = frozenset(map(str, (XSD.integer, XSD.int, XSD.nonNegativeInteger, XSD.positiveInteger)))
_FRACTIONS = frozenset(map(str, (XSD.decimal, XSD.double, XSD.float)))


@dataclass(frozen=True, slots=True)
class Value:
    """A value: what it is called or says, its path where it is one of our things, its datatype where it is literal."""

    name: str
    path: str = ""
    datatype: str = ""

    def document(self) -> dict[str, object]:
        """The value as the specification writes it; an IRI that is not ours is a string."""
        if self.path:
            return {"id": self.path, "name": self.name}
        if self.datatype in _WHOLE:
            return {"int": int(self.name)}
        if self.datatype in _FRACTIONS:
            return {"float": float(self.name)}
        if self.datatype == str(XSD.date):
            return {"date": f"{self.name[:10]}T00:00:00Z"}
        return {"str": self.name}


Values = dict[tuple[str, str], list[Value]]  # by the path of a thing and the id of a property


def values(index: Connection, store: Store, base: str, paths: Sequence[str], properties: Sequence[Property]) -> Values:
    """The values of each property of each thing, each value once, by name; at most PER_CELL in a cell."""
    found: dict[tuple[str, str], set[Value]] = {}
    for one in (one for one in properties if not one.path):
        for path, value in _in_facet(index, one.id, paths):
            found.setdefault((path, one.id), set()).add(value)
    if (by_path := [one for one in properties if one.path]) and paths:
        for row in store.select(_query(base, paths, by_path)):
            cell = str(row["entity"].value)[len(base) :], str(row["property"].value)  # type: ignore[union-attr]
            found.setdefault(cell, set()).add(_value(row["value"], row.get("label"), base))
    return {
        cell: sorted(several, key=lambda value: (value.name, value.path))[:PER_CELL] for cell, several in found.items()
    }


def _in_facet(index: Connection, facet: str, paths: Sequence[str]) -> list[tuple[str, Value]]:
    rows = index.execute(
        "SELECT thing.path, facet.value, coalesce(other.title, facet.value) FROM facet"
        " JOIN thing ON thing.id = facet.thing LEFT JOIN thing AS other ON other.path = facet.value"
        " WHERE name = ? AND thing.path IN (SELECT value FROM json_each(?))",
        (facet, json.dumps(paths)),
    )
    return [(path, Value(title, value)) for path, value, title in rows]


def _query(base: str, paths: Sequence[str], properties: Sequence[Property]) -> str:
    """The query for all cells at once. Paths are those of IRIs, so that none breaks out of its brackets."""
    entities = " ".join(str(ox.NamedNode(base + path)) for path in paths)
    parts = (
        f'{{ VALUES ?entity {{ {entities} }} BIND("{one.id}" AS ?property) ?entity {one.path} ?value'
        + (f" FILTER({one.only})" if one.only else "")
        + " }"
        for one in properties
    )
    label = f"OPTIONAL {{ ?value <{RDFS.label}> ?label }}"
    rows = " UNION ".join(parts).replace(BASE, base)
    return f"SELECT ?entity ?property ?value ?label {{ {rows} {label} }}"


def _value(term: object, label: object, base: str) -> Value:
    if isinstance(term, ox.Literal):
        return Value(term.value, datatype=term.datatype.value)
    iri = term.value if isinstance(term, ox.NamedNode) else str(term)
    if not iri.startswith(base):
        return Value(iri)
    path = iri[len(base) :]
    return Value(label.value if isinstance(label, ox.Literal) else path, path)
