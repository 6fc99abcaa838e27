"""A thing as the JSON that a developer expects, `ADDRESS.json`: short keys, the thing first, the same keys each time.

    {"@context": "…/context.jsonld", "id": "…", "type": "Resolution", "label": "…", "title": "…", "hasClause": [{…}, …]}

Keys are the names of our properties; those that `SINGLE` names have one value, all others a list. What a value leads to
is a card: its address, kind, label and what it says in single words (number, order, text …). A value stands under the
most exact of its properties alone, but for those of `WHOLE`, which readers want to have together. By its context it is
JSON-LD 1.1 (W3C, framed by hand: the frame is this module), and says a part of what the description does. `schema()` is
the JSON Schema (2020-12) of all of it.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pyoxigraph as ox
from flask import Blueprint, Response
from rdflib import OWL, RDF, RDFS, XSD, URIRef

from server.documents import JSON
from server.doors.forms import Door
from server.requests import prefixes, release
from server.store import Store, Term
from server.things import RDF_TYPE, RDFS_LABEL, Description, describe, labels_of, natural
from server.vocabulary.ontology import Ontology
from server.vocabulary.term_page import current_ontology

blueprint = Blueprint("framed", __name__)

MOST = 500  # values of a property; `truncated` has the number of those that are longer
CARDS = 2000  # values that are told of; further ones are their addresses
# Properties of which a thing has one value at most, by the shapes; in a card stand those that have words or numbers.
_SINGLE = """title number symbol order part text openingPhrase letter locator conditional ordinal year meetingNumber
    mark pinpoint role citedDate relationPhrase capacity mode purpose speaker rightOfReply category count acronym extent
    addresseePhrase dueDate periodicity reviewClause expiry votesInFavour votesAgainst abstentions preambularCount
    operativeCount subParagraphCount voice ofSession ofBody citedWork sponsor party reportsOn mandatingText
    mandatingClause citingText citingPlace verb clauseOf deliverable dueSession designation"""
SINGLE = frozenset(_SINGLE.split())
WHOLE = frozenset({"cites"})  # has all values, those that stand under the property of a verb as well
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_SKOS_NAMES = """prefLabel altLabel hiddenLabel notation definition example broader narrower related exactMatch
closeMatch relatedMatch inScheme topConceptOf hasTopConcept editorialNote"""
_FOREIGN: Mapping[str, str] = {  # short keys for what is said in the words of others; all else stands with its prefix
    "label": RDFS_LABEL,
    "seeAlso": str(RDFS.seeAlso),
    **{name: f"{_SKOS}{name}" for name in _SKOS_NAMES.split()},
}
_NAMES = {iri: name for name, iri in _FOREIGN.items()}
_DATE = str(XSD.date)
_DAYS: dict[Ontology, frozenset[str]] = {}
_INTEGER = re.compile(r"-?(0|[1-9][0-9]{0,14})")  # that every reader of JSON keeps as it is (RFC 8259, 6)


@blueprint.get("/context.jsonld")
def context() -> Response:
    """The JSON-LD context of the JSON of things."""
    return _document({"@context": _context(current_ontology(), release().base)}, "application/ld+json")


@blueprint.get("/schemas/thing.json")
def thing_schema() -> Response:
    """The JSON Schema of the JSON of things."""
    return _document(schema(current_ontology(), release().base), "application/schema+json")


def _document(content: Mapping[str, Any], media_type: str) -> Response:
    return Response(f"{json.dumps(content, ensure_ascii=False, indent=1)}\n", content_type=media_type)


def framed(thing: ox.NamedNode, _classes: Collection[str] = ()) -> str:
    """A thing as JSON."""
    store, base, ontology = release().store, release().base, current_ontology()
    said = _most_exact(describe(store, thing), ontology)
    cards = _cards(store, base, [value for values in said.values() for value in values])
    truncated = {key: len(values) for key, values in said.items() if len(values) > _bound(key)}
    label = labels_of(store, [thing]).get(thing.value)
    told: dict[str, Any] = {"@context": f"{base}context.jsonld", "id": thing.value}
    told["type"] = _kind(store, base, [thing]).get(thing.value, "")
    told["label"] = label or ""
    for key in sorted(said, key=_rank):
        values = sorted(said[key], key=lambda value: _order(value, cards))[: _bound(key)]
        written = [_value(key, value, base, cards) for value in values]
        if key != "label":
            told[key] = written[0] if key in SINGLE else written
    if truncated:
        told["truncated"] = truncated
    return f"{json.dumps({k: v for k, v in told.items() if v != ''}, ensure_ascii=False, indent=1)}\n"


DOORS = (Door(JSON, frozenset(), framed, by_content=True),)


def _bound(key: str) -> int:
    return 1 if key in SINGLE else MOST


def _rank(key: str) -> tuple[bool, str]:
    """Single values before lists, both by name."""
    return key not in SINGLE, key


def _most_exact(described: Description, ontology: Ontology) -> dict[str, list[Term]]:
    """The values by key, without those that a narrower property of the thing has as well, and without blank nodes."""
    found = {node.value: [one.value for one in statements] for node, statements in described.facts}
    wider: dict[str, set[Term]] = defaultdict(set)
    for said, values in found.items():
        for above in ontology.graph.transitive_objects(URIRef(said), RDFS.subPropertyOf):
            if str(above) != said:
                wider[str(above)] |= set(values)
    kept: dict[str, list[Term]] = {
        (key := _key(said)): [
            value
            for value in values
            if (key in WHOLE or value not in wider[said]) and not isinstance(value, ox.BlankNode)
        ]
        for said, values in found.items()
    }
    return {key: values for key, values in kept.items() if values}


def _key(said: str) -> str:
    base = release().base
    if said in _NAMES:
        return _NAMES[said]
    return _short(said, base, dict(prefixes(base))) if not said.startswith(f"{base}def/") else said[len(base) + 4 :]


def _short(iri: str, base: str, known: Mapping[str, str]) -> str:
    """An IRI as the context reads it: a name of ours, one with a prefix, or the whole."""
    if iri.startswith(f"{base}def/"):
        return iri.removeprefix(f"{base}def/")
    found = next(((name, space) for name, space in known.items() if iri.startswith(space)), None)
    return f"{found[0]}:{iri.removeprefix(found[1])}" if found else iri


def _kind(store: Store, base: str, things: Sequence[ox.NamedNode]) -> dict[str, str]:
    """The most exact class of each thing: of those that are asserted, one that no other of them is narrower than."""
    rows = store.select(f"""SELECT ?thing ?class {{ VALUES ?thing {{ {" ".join(map(str, things))} }}
  GRAPH ?graph {{ ?thing <{RDF_TYPE}> ?class }} FILTER(!STRENDS(STR(?graph), "/inferred") && ISIRI(?class)) }}""")
    classes: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        thing, found = row["thing"], row["class"]
        if isinstance(thing, ox.NamedNode) and isinstance(found, ox.NamedNode):
            classes[thing.value].add(found.value)
    ontology, known = current_ontology(), dict(prefixes(base))
    return {thing: _short(_narrowest(found, base, ontology), base, known) for thing, found in classes.items()}


def _narrowest(classes: Iterable[str], base: str, ontology: Ontology) -> str:
    """Ours before others', the narrowest of them, the first by name."""
    among = sorted(classes, key=lambda one: (not one.startswith(f"{base}def/"), one))
    above = {
        str(wider)
        for one in among
        for wider in ontology.graph.transitive_objects(URIRef(one), RDFS.subClassOf)
        if str(wider) != one
    }
    return next((one for one in among if one not in above), among[0])


def _cards(store: Store, base: str, values: Iterable[Term]) -> dict[str, dict[str, Any]]:
    """What is said in single words of each thing among some values, by its IRI."""
    nodes = list(dict.fromkeys(value for value in values if isinstance(value, ox.NamedNode)))[:CARDS]
    if not nodes:
        return {}
    labels, kinds = labels_of(store, nodes), _kind(store, base, nodes)
    cards: dict[str, dict[str, Any]] = {}
    for node in nodes:
        head = {"id": node.value, "type": kinds.get(node.value, ""), "label": labels.get(node.value, "")}
        cards[node.value] = {key: value for key, value in head.items() if value}
    wanted = " ".join(f"<{base}def/{name}>" for name in sorted(SINGLE))
    rows = store.select(f"""SELECT DISTINCT ?thing ?said ?value {{ VALUES ?thing {{ {" ".join(map(str, nodes))} }}
  VALUES ?said {{ {wanted} }} ?thing ?said ?value FILTER(ISLITERAL(?value)) }} ORDER BY ?thing ?said ?value""")
    for row in rows:
        thing, said = row["thing"], row["said"]
        if isinstance(thing, ox.NamedNode) and isinstance(said, ox.NamedNode):
            cards[thing.value].setdefault(
                said.value[len(base) + 4 :], _value(said.value[len(base) + 4 :], row["value"], base, {})
            )
    return cards


def _order(value: Term, cards: Mapping[str, Mapping[str, Any]]) -> tuple[int, tuple[int | str, ...]]:
    """Paragraphs by their order, all else by what it is called."""
    order = cards.get(value.value, {}).get("order", 0) if isinstance(value, ox.NamedNode) else 0
    return (order if isinstance(order, int) else 0), natural(str(value))


def _value(key: str, value: Term, base: str, cards: Mapping[str, dict[str, Any]]) -> Any:
    """A value: a card, a number, a truth, a day, words; words in a language and other types as an object."""
    if isinstance(value, ox.NamedNode):
        return cards.get(value.value, {"id": value.value})
    if not isinstance(value, ox.Literal):
        return str(value)
    if value.language:
        return {"value": value.value, "language": value.language}
    kind = value.datatype.value
    if kind == str(XSD.integer) and _INTEGER.fullmatch(value.value):
        return int(value.value)
    if kind == str(XSD.boolean) and value.value in ("true", "false"):
        return value.value == "true"
    plain = _DATE if key in _days(base) else str(XSD.string)
    return value.value if kind == plain else {"value": value.value, "type": _short(kind, base, dict(prefixes(base)))}


def _context(ontology: Ontology, base: str) -> dict[str, Any]:
    """The context: names of ours by the vocabulary, ends of object properties as addresses."""
    links = sorted(_name(node, base) for node in ontology.properties if _links(ontology, node))
    days = {name: {"@id": f"rec:{name}", "@type": _DATE} for name in sorted(_days(base))}
    return {
        "@version": 1.1,
        "@vocab": f"{base}def/",
        **dict(prefixes(base)),
        "id": "@id",
        "type": "@type",
        "value": "@value",
        "language": "@language",
        "truncated": None,
        **_FOREIGN,
        "label": {"@id": RDFS_LABEL, "@language": "en"},
        **{name: {"@id": f"rec:{name}", "@type": "@id"} for name in links},
        **days,
    }


def _days(base: str) -> frozenset[str]:
    """The names of our properties whose values are days, which stand as words; the context says what they are."""
    ontology = current_ontology()
    if ontology not in _DAYS:
        _DAYS.clear()  # of another release
        _DAYS[ontology] = frozenset(
            _name(node, base) for node in ontology.properties if str(ontology.ends(node)[1]) == _DATE
        )
    return _DAYS[ontology]


def _name(node: URIRef, base: str) -> str:
    return str(node).removeprefix(f"{base}def/")


def _links(ontology: Ontology, node: URIRef) -> bool:
    return (node, RDF.type, OWL.ObjectProperty) in ontology.graph


def schema(ontology: Ontology, base: str) -> dict[str, Any]:
    """The JSON Schema of the JSON of a thing, by the vocabulary: every key there can be, with its kind of value."""
    own: dict[str, Any] = {}
    card, literal = {"$ref": "#/$defs/card"}, {"$ref": "#/$defs/literal"}
    anything = {"anyOf": [card, literal]}
    for node in sorted(ontology.properties):
        name = _name(node, base)
        value: dict[str, Any] = anything if (node, RDF.type, OWL.AnnotationProperty) in ontology.graph else literal
        value = card if _links(ontology, node) else value
        described = {"description": ontology.definition(node)} if ontology.definition(node) else {}
        own[name] = {**described, **(value if name in SINGLE else {"type": "array", "minItems": 1, "items": value})}
    others = {"type": "array", "minItems": 1, "items": anything}
    head = {"id": {"type": "string", "format": "iri"}, "type": {"type": "string"}, "label": {"type": "string"}}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{base}schemas/thing.json",
        "title": "A thing of Recalling as JSON",
        "type": "object",
        "properties": {
            "@context": {"const": f"{base}context.jsonld"},
            **dict.fromkeys(_FOREIGN, others),
            **own,
            **head,
            "truncated": {
                "description": "How many values there are of keys that have more than are given.",
                "type": "object",
                "additionalProperties": {"type": "integer"},
            },
        },
        "patternProperties": {"^[a-z-]+:": others},
        "additionalProperties": False,
        "required": ["@context", "id"],
        "$defs": {
            "literal": {
                "anyOf": [
                    {"type": ["string", "integer", "boolean"]},
                    {
                        "type": "object",
                        "properties": {"value": {"type": "string"}, "language": {"type": "string"}, "type": {}},
                        "required": ["value"],
                        "additionalProperties": False,
                    },
                ]
            },
            "card": {
                "type": "object",
                "properties": {
                    **head,
                    **{name: {"$ref": "#/$defs/literal"} for name in own if name in SINGLE},
                },
                "required": ["id"],
                "additionalProperties": False,
            },
        },
    }
