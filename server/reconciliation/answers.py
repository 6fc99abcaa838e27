"""Answers as the specification writes them: candidates, suggestions, property proposals and values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from server.reconciliation.cards import lines
from server.reconciliation.matching import EXACT, Match, Source, Thing
from server.reconciliation.properties import PROPERTIES, Property, properties_of
from server.reconciliation.queries import Extension
from server.reconciliation.suggesting import suggested
from server.reconciliation.types import TYPES, EntityType, types_of_kind
from server.reconciliation.values import values

Document = dict[str, object]


def result_batch(source: Source, found: Mapping[str, Sequence[Match]]) -> Document:
    """The candidates for the queries of a batch."""
    paths = {one.thing.path for several in found.values() for one in several}
    described = lines(source.index, sorted(paths))
    return {
        name: {"result": [_candidate(one, described[one.thing.path]) for one in several]}
        for name, several in found.items()
    }


def _candidate(match: Match, line: str) -> Document:
    return {
        "id": match.thing.path,
        "name": match.thing.title,
        "description": line,
        "type": _types(match.thing),
        "score": match.score,
        "features": [
            {"id": "name", "value": match.likeness},
            {"id": "exact", "value": match.likeness == EXACT},
            {"id": "properties", "value": round(match.fitting, 3)},
        ],
        "match": match.match,
    }


def _types(thing: Thing) -> list[Document]:
    return [{"id": one.id, "name": one.name} for one in types_of_kind(thing.kind)]


def suggested_entities(source: Source, prefix: str, kinds: Sequence[str], cursor: int, limit: int) -> Document:
    """Things whose names have what has been typed, or whose symbol or identifier it is."""
    found = suggested(source, prefix, kinds, cursor, limit)
    described = lines(source.index, [one.path for one in found])
    return {
        "result": [
            {"id": one.path, "name": one.title, "description": described[one.path], "notable": _types(one)}
            for one in found
        ]
    }


def suggested_types(prefix: str, cursor: int, limit: int) -> Document:
    """Types whose name or identifier begins with what has been typed, in one of its words."""
    found = [one for one in TYPES if _begins(prefix, one)]
    return {"result": [one.document() for one in found[cursor : cursor + limit]]}


def suggested_properties(prefix: str, cursor: int, limit: int) -> Document:
    """Properties whose name or identifier begins with what has been typed, in one of its words."""
    found = [{**one.document(), "description": one.description} for one in PROPERTIES if _begins(prefix, one)]
    return {"result": found[cursor : cursor + limit]}


def _begins(prefix: str, one: EntityType | Property) -> bool:
    start = prefix.strip().lower()
    return one.id.lower().startswith(start) or any(
        " ".join(words).startswith(start) for words in _endings(one.name.lower().split())
    )


def _endings(words: Sequence[str]) -> list[Sequence[str]]:
    return [words[place:] for place in range(len(words))]


def proposals(kind: EntityType, limit: int) -> Document:
    """The properties that may be added to a column of things of a type."""
    found = properties_of(kind.id)[:limit]
    return {"type": kind.id, "limit": limit, "properties": [one.document() for one in found]}


def extended(source: Source, asked: Extension) -> Document:
    """The values of the properties of things; a thing that there is none of has empty cells."""
    found = values(source.index, source.store, source.base, list(asked.paths.values()), asked.properties)
    return {
        "meta": [one.document() for one in asked.properties],
        "rows": {
            name: {one.id: [value.document() for value in found.get((path, one.id), [])] for one in asked.properties}
            for name, path in asked.paths.items()
        },
    }
