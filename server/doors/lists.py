"""Lists for programs, page by page as JSON: `/api/texts?session=31&page=2&size=100`.

    sessions, texts, mandates, sponsors, statements, documents

An item is a row of the question that the list is made of, under the names of its columns; every key is there each time,
null where there is no value, `id` the address of what the row is about. The filters are the columns that a reader may
fix in that question. A page has the addresses of the one before and after (also as `Link`, RFC 8288). By its context
it is JSON-LD: a page of a collection in the words of Hydra Core, and the columns as CSVW names them (Metadata
Vocabulary for Tabular Data, 5.6: `TABLE#COLUMN`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox
from flask import Blueprint, Response, request

from server.columns import Kind, columns, kind_of
from server.documents import JSON
from server.errors import bad_request, not_found
from server.negotiation import known_format
from server.pages.parameters import fields, fixed
from server.pages.whole_answers import asked, whole_answers
from server.questions import Question, question
from server.requests import release
from server.store import Row, Term

blueprint = Blueprint("lists", __name__)

LISTS: Mapping[str, str] = {  # a list and the question that it is made of
    "sessions": "sessions",
    "texts": "texts",
    "mandates": "mandates",
    "sponsors": "sponsors",
    "statements": "statements",
    "documents": "documents",
}
SIZE, LARGEST = 50, 500  # items of a page
_HYDRA = "http://www.w3.org/ns/hydra/core#"


@blueprint.get("/api/<name>")
def listed(name: str) -> Response:
    """A page of a list: sessions, texts, mandates, sponsors, statements or documents, as JSON."""
    made_of = _question(name)
    known_format(request, (JSON,))
    own = {"page", "size", "format"}
    names = [parameter.column for parameter in made_of.parameters]
    if unknown := sorted(set(request.args) - {*names, *own}):
        raise bad_request(
            f"{name} has no filter {', '.join(unknown)}; there are {', '.join((*names, 'page', 'size'))}.",
            offered=[*names, "page", "size"],
        )
    page, size = _number("page", 1, 10**6), _number("size", SIZE, LARGEST)
    given = {key: value for key, value in request.args.items() if key not in own and value}
    rows, total, more = _rows(made_of, given, page, size)
    here = f"{release().base}api/{name}"
    ways = {"next": page + 1 if more else 0, "previous": page - 1}
    turned = {way: _address(here, given, number, size) for way, number in ways.items() if number > 0}
    body = {
        "@context": _context(made_of.name, release().base),
        "id": _address(here, given, page, size),
        "type": "hydra:PartialCollectionView",
        "collection": here,
        "total": total,
        **turned,
        "items": [_item(row, made_of) for row in rows],
    }
    response = Response(f"{json.dumps(body, ensure_ascii=False, indent=1)}\n", content_type=JSON.content_type)
    schema = f'<{release().base}schemas/{name}.json>; rel="describedby"; type="application/schema+json"'
    relations = {"next": "next", "previous": "prev"}
    response.headers["Link"] = ", ".join([schema, *(f'<{to}>; rel="{relations[way]}"' for way, to in turned.items())])
    return response


@blueprint.get("/schemas/<any(sessions, texts, mandates, sponsors, statements, documents):name>.json")
def list_schema(name: str) -> Response:
    """The JSON Schema of a page of a list."""
    made_of, base = _question(name), release().base
    types = {Kind.INTEGER: ["integer"], Kind.BOOLEAN: ["boolean"], Kind.SESSION: ["integer", "string"]}
    item = {
        one: {"type": [*types.get(kind_of(made_of, one), ["string"]), "null"]}
        for one in columns(made_of)
        if one != "iri"
    }
    address = {"type": "string", "format": "iri"}
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{base}schemas/{name}.json",
        "title": f"A page of the list of {name}",
        "description": made_of.description,
        "type": "object",
        "properties": {
            "@context": {"type": "object"},
            "id": address,
            "type": {"const": "hydra:PartialCollectionView"},
            "collection": address,
            "total": {
                "description": "Items of all pages; null where they are too many to count.",
                "type": ["integer", "null"],
            },
            "next": address,
            "previous": address,
            "items": {
                "type": "array",
                "maxItems": LARGEST,
                "items": {
                    "type": "object",
                    "properties": {"id": address, **item},
                    "required": ["id", *item],
                    "additionalProperties": False,
                },
            },
        },
        "required": ["@context", "id", "type", "collection", "total", "items"],
        "additionalProperties": False,
    }
    return Response(f"{json.dumps(schema, indent=1)}\n", content_type="application/schema+json")


def _question(name: str) -> Question:
    if name not in LISTS or (found := question(LISTS[name])) is None:
        raise not_found(f"There is no list {name}; there are {', '.join(LISTS)}.")
    return found


def _number(name: str, default: int, most: int) -> int:
    """A number of the address. Raises a Problem for what is none from 1 to the most."""
    given = request.args.get(name, "") or str(default)
    if not (given.isascii() and given.isdigit() and len(given) < 9 and 1 <= int(given) <= most):
        raise bad_request(f"{name} is a number from 1 to {most}.")
    return int(given)


def _rows(made_of: Question, given: Mapping[str, str], page: int, size: int) -> tuple[Sequence[Row], int | None, bool]:
    """The rows of a page, how many there are in all, and whether more follow. Raises a Problem."""
    whole = whole_answers().of(made_of)
    form = fields(made_of.parameters, given, whole[1] if whole else None)
    start = (page - 1) * size
    if whole is None:  # too many to be kept: the engine counts them out
        query = f"{made_of.at(release().base).rstrip()}\nLIMIT {size + 1} OFFSET {start}\n"
        _, rows = asked(fixed(query, form))
        return rows[:size], None, len(rows) > size
    wanted = [(field.parameter.column, field.chosen.term) for field in form if field.chosen]
    kept = [row for row in whole[1] if all(row.get(column) == term for column, term in wanted)]
    return kept[start : start + size], len(kept), len(kept) > start + size


def _item(row: Row, made_of: Question) -> dict[str, Any]:
    about = row.get("iri")
    said = {one: _value(row.get(one)) for one in columns(made_of) if one != "iri"}
    return {"id": about.value if isinstance(about, ox.NamedNode) else None, **said}


def _value(term: Term | None) -> str | int | bool | None:
    match term:
        case ox.Literal() if term.datatype.value.endswith("#integer") and len(term.value) < 16:
            return int(term.value)
        case ox.Literal() if term.datatype.value.endswith("#boolean"):
            return term.value in ("true", "1")
        case ox.Literal() | ox.NamedNode() | ox.BlankNode():
            return term.value
        case _:
            return None


def _address(here: str, given: Mapping[str, str], page: int, size: int) -> str:
    return f"{here}?{urlencode({**given, 'page': page, 'size': size})}"


def _context(name: str, base: str) -> dict[str, Any]:
    items = {"@version": 1.1, "@vocab": f"{base}questions/{name}#"}
    return {
        "@version": 1.1,
        "hydra": _HYDRA,
        "id": "@id",
        "type": "@type",
        "collection": {"@reverse": "hydra:view", "@type": "@id"},
        "total": "hydra:totalItems",
        "next": {"@id": "hydra:next", "@type": "@id"},
        "previous": {"@id": "hydra:previous", "@type": "@id"},
        "items": {"@id": "hydra:member", "@container": "@set", "@context": items},
    }
