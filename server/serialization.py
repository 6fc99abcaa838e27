"""RDF in the forms that a client may ask for."""

from __future__ import annotations

import io
import json
from collections.abc import Collection, Iterable, Mapping

import pyoxigraph as ox
from rdflib import Graph

from server.negotiation import JSON_LD, N_QUADS, RDF_XML, TRIG, TURTLE, Form
from server.requests import prefixes, release
from server.turtle import turtle
from server.xml_characters import fit_bytes

COMPACTED = 3000  # statements; rdflib takes a tenth of a second for these, and the engine writes no context
ARRANGED = 20_000  # statements; they take a fifth of a second in our own order, and nobody reads more


def serialize(quads: Iterable[ox.Quad], form: Form, thing: str = "", more: Mapping[str, str] | None = None) -> bytes:
    """Quads in a form: each triple once, and where the form has graphs, once more in each graph that states it.

    The thing that they describe, by its IRI, comes first where the form has an order that a person reads.

    The default graph is then the union of the named ones, as it is at the endpoint: a client that reads what it
    dereferences as a graph finds the same statements in every form.
    """
    return serialized(quads, form, release().base, thing, more)


def serialized(
    quads: Iterable[ox.Quad], form: Form, base: str, thing: str = "", more: Mapping[str, str] | None = None
) -> bytes:
    """The same with the prefixes of a base."""
    given = tuple(quads)
    triples = dict.fromkeys(quad.triple for quad in given)
    if form in (N_QUADS, TRIG):
        return _written(dict.fromkeys([*(ox.Quad(*triple) for triple in triples), *given]), form, base, more, "")
    return _written(triples, form, base, more, thing)


def write(
    statements: Collection[ox.Quad] | Collection[ox.Triple],
    form: Form,
    more: Mapping[str, str] | None = None,
    thing: str = "",
) -> bytes:
    """Statements in a form with our prefixes and `more`: JSON-LD compacted and Turtle arranged unless they are many."""
    return _written(statements, form, release().base, more, thing)


def _written(
    statements: Collection[ox.Quad] | Collection[ox.Triple],
    form: Form,
    base: str,
    more: Mapping[str, str] | None,
    thing: str,
) -> bytes:
    chosen = {**dict(prefixes(base)), **(more or {})}
    if form is JSON_LD and len(statements) <= COMPACTED:
        return _compacted(statements, chosen, thing)
    if form is TURTLE and len(statements) <= ARRANGED:
        return turtle((one.triple if isinstance(one, ox.Quad) else one for one in statements), chosen, thing).encode()
    output = io.BytesIO()
    engine_form = ox.RdfFormat.from_media_type(form.media_type)
    if engine_form is None:
        raise ValueError(form.media_type)
    ox.serialize(statements, output, engine_form, prefixes=chosen)
    return fit_bytes(output.getvalue()) if form is RDF_XML else output.getvalue()


def _compacted(statements: Iterable[ox.Quad] | Iterable[ox.Triple], context: Mapping[str, str], thing: str) -> bytes:
    """Statements as JSON-LD with short names, the thing first, the others in order."""
    lines = ox.serialize(statements, None, ox.RdfFormat.N_TRIPLES) or b""
    graph = Graph().parse(data=lines, format="nt")
    document = json.loads(graph.serialize(format="json-ld", context=dict(context), sort_keys=True))
    if nodes := document.get("@graph"):
        document["@graph"] = sorted(nodes, key=lambda node: (node["@id"] != thing, str(node["@id"])))
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n".encode()
