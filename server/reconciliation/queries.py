"""What a client asks, read from its JSON: every departure from the specification is a 400 that says where it is."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import unquote

from mappings.iris import encode
from server.errors import Problem, bad_request
from server.reconciliation.bounds import (
    ALTERNATIVES,
    BATCH,
    CANDIDATES,
    COLUMNS,
    CONSTRAINTS,
    IDENTIFIERS,
    MOST_CANDIDATES,
    NAME,
    WORDS,
)
from server.reconciliation.properties import PROPERTIES, Property, property_of
from server.reconciliation.types import TYPES, EntityType, kinds_of, type_of

_FIELDS = frozenset({"query", "type", "type_strict", "limit", "properties"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A value that a client gives for a property: words, or the path of one of our things."""

    words: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Constraint:
    """A property, and values of which a candidate should have one."""

    property: Property
    values: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A name to be matched, "" for none; the kinds it may be of; what else should be true; how many candidates."""

    words: str
    kinds: tuple[str, ...]
    limit: int
    constraints: tuple[Constraint, ...]


@dataclass(frozen=True, slots=True)
class Extension:
    """The things, by the identifiers that a client gives them, and the properties whose values it wants."""

    paths: Mapping[str, str]
    properties: tuple[Property, ...]


def batch(text: str, base: str) -> dict[str, Query]:
    """The queries of a batch by their keys."""
    document = _object(_parsed(text, "queries"), "queries")
    if len(document) > BATCH:
        detail = f"queries holds {len(document)} queries; a batch may hold {BATCH}, as the manifest says."
        raise Problem(413, "Batch too large", detail, {"batchSize": BATCH})
    return {key: _query(value, f"queries[{key[:80]!r}]", base) for key, value in document.items()}


def single(text: str, base: str) -> Query:
    """The query of the parameter `query` of earlier clients: a name, or an object as in a batch."""
    plain = text.strip()
    return _query(_parsed(plain, "query") if plain.startswith("{") else {"query": plain}, "query", base)


def extension(text: str, base: str) -> Extension:
    """The data extension query of the parameter `extend`."""
    document = _object(_parsed(text, "extend"), "extend")
    ids = _list(document.get("ids"), "extend.ids", IDENTIFIERS)
    columns = _list(document.get("properties"), "extend.properties", COLUMNS)
    properties = []
    for number, column in enumerate(columns):
        where = f"extend.properties[{number}]"
        properties.append(_property(_object(column, where).get("id"), f"{where}.id", base))
    names = [_words(one, f"extend.ids[{number}]", NAME) for number, one in enumerate(ids)]
    return Extension({name: path_of(name, base) for name in names}, tuple(dict.fromkeys(properties)))


def path_of(identity: str, base: str) -> str:
    """The path of a thing by its identifier, which may also be its whole IRI, encoded as our IRIs are."""
    return encode(unquote(identity.strip().removeprefix(base)))


def _query(value: object, where: str, base: str) -> Query:
    document = _object(value, where)
    if strange := sorted(document.keys() - _FIELDS):
        _wrong(where, f"has {strange[0][:80]!r}, which is no field of a query: these are {_listed(sorted(_FIELDS))}")
    words = _words(document["query"], f"{where}.query", WORDS) if "query" in document else ""
    given = _list(document.get("properties", []), f"{where}.properties", CONSTRAINTS)
    constraints = [_constraint(one, f"{where}.properties[{number}]", base) for number, one in enumerate(given)]
    if not words.strip() and not constraints:
        _wrong(where, "has neither a query with words in it nor properties")
    strict = document.get("type_strict", "any")
    if strict not in ("any", "should", "all"):
        _wrong(f"{where}.type_strict", "is not any, should or all")
    types = _types(document.get("type", []), f"{where}.type", base)
    limit = _limit(document.get("limit", CANDIDATES), f"{where}.limit")
    return Query(words.strip(), kinds_of(types, all_of_them=strict == "all"), limit, tuple(constraints))


def _types(value: object, where: str, base: str) -> list[EntityType]:
    given = _list(value if isinstance(value, list) else [value], where, ALTERNATIVES)
    found = []
    for one in given:
        word = one.get("id") if isinstance(one, dict) else one  # some clients send the whole type
        known = type_of(_words(word, where, NAME), base)
        if known is None:
            _wrong(where, f"names {str(word)[:80]!r}, which is no type: these are {_listed([a.id for a in TYPES])}")
        found.append(known)
    return found


def _constraint(value: object, where: str, base: str) -> Constraint:
    document = _object(value, where)
    if "v" not in document:
        _wrong(where, "has no v, the value that a candidate should have")
    given = document["v"] if isinstance(document["v"], list) else [document["v"]]
    several = _list(given, f"{where}.v", ALTERNATIVES)
    wanted = tuple(_wanted(one, f"{where}.v", base) for one in several)
    return Constraint(_property(document.get("pid"), f"{where}.pid", base), wanted)


def _wanted(value: object, where: str, base: str) -> Wanted:
    match value:
        case bool():
            return Wanted(str(value).lower())
        case int() | float():
            return Wanted(f"{value:g}" if isinstance(value, float) else str(value))
        case {"id": identity, **rest}:
            path = path_of(_words(identity, f"{where}.id", NAME), base)
            return Wanted(str(rest.get("name", "")), path)
        case str():
            return Wanted(_words(value, where, WORDS).strip())
    return _wrong(where, "is no string, number, boolean or object with an id")


def _property(value: object, where: str, base: str) -> Property:
    word = _words(value, where, NAME)
    known = property_of(word, base)
    if known is None:
        names = _listed([one.id for one in PROPERTIES])
        _wrong(where, f"names {word[:80]!r}, which is no property: these are {names}")
    return known


def _limit(value: object, where: str) -> int:
    whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
    if not whole or not isinstance(value, int | float) or value < 1:
        _wrong(where, "is no whole number from 1 upwards")
    return int(min(value, MOST_CANDIDATES))


def _parsed(text: str, where: str) -> object:
    try:
        document: object = json.loads(text)
        json.dumps(document, ensure_ascii=False).encode()  # half of a surrogate pair is no character (RFC 8259, 8.2)
        return document
    except UnicodeEncodeError as error:
        raise bad_request(f"{where} holds half of a surrogate pair, which is no character.") from error
    except (ValueError, RecursionError) as error:
        place = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise bad_request(f"{where} is not JSON{place}.") from error


def _object(value: object, where: str) -> dict[str, object]:
    return value if isinstance(value, dict) else _wrong(where, "is not a JSON object")


def _list(value: object, where: str, most: int) -> list[object]:
    if not isinstance(value, list):
        _wrong(where, "is not an array")
    if len(value) > most:
        _wrong(where, f"holds {len(value)}; it may hold {most}")
    return value


def _words(value: object, where: str, most: int) -> str:
    if not isinstance(value, str):
        _wrong(where, "is not a string")
    if len(value) > most:
        _wrong(where, f"is {len(value)} characters long; it may be {most}")
    return value


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words)


def _wrong(where: str, what: str) -> NoReturn:
    raise bad_request(f"{where} {what}.", where=where)
