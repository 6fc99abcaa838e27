"""RDF in the forms that a client may ask for."""

from __future__ import annotations

import io
from collections.abc import Iterable

import pyoxigraph as ox

from server.negotiation import N_QUADS, TRIG, Form
from server.requests import prefixes, release


def serialize(quads: Iterable[ox.Quad], form: Form) -> bytes:
    """Quads in a form: each triple once, and where the form has graphs, once more in each graph that states it.

    The default graph is then the union of the named ones, as it is at the endpoint: a client that reads what it
    dereferences as a graph finds the same statements in every form.
    """
    output = io.BytesIO()
    engine_form = ox.RdfFormat.from_media_type(form.media_type)
    if engine_form is None:
        raise ValueError(form.media_type)
    given = tuple(quads)
    statements: Iterable[ox.Quad] | Iterable[ox.Triple] = dict.fromkeys(quad.triple for quad in given)
    if form in (N_QUADS, TRIG):
        statements = dict.fromkeys([*(ox.Quad(*triple) for triple in statements), *given])
    ox.serialize(statements, output, engine_form, prefixes=dict(prefixes(release().base)))
    return output.getvalue()
