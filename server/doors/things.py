"""All doors of a thing, in one table, and their answers."""

from __future__ import annotations

import hashlib

import pyoxigraph as ox
from flask import Flask, Response

from server.doors import akn, framed, library, plain, registry, watching
from server.doors.forms import Door, forms_of
from server.errors import not_found
from server.negotiation import Form
from server.requests import release
from server.things import iri

DOORS: tuple[Door, ...] = (*plain.DOORS, *framed.DOORS, *watching.DOORS, *library.DOORS, *akn.DOORS, *registry.DOORS)
FORMS: tuple[Form, ...] = tuple(door.form for door in DOORS)


def doors_of(thing: ox.NamedNode) -> tuple[Form, ...]:
    """The forms that a thing has beside its descriptions."""
    return forms_of(DOORS, classes_of(thing))


def classes_of(thing: ox.NamedNode) -> tuple[str, ...]:
    """The names of the classes of ours that a thing is of, those that follow among them, in order."""
    own = f"{release().base}def/"
    rows = release().store.select(f"SELECT DISTINCT ?class {{ {thing} a ?class }} ORDER BY ?class")
    return tuple(iri(row, "class").removeprefix(own) for row in rows if iri(row, "class").startswith(own))


def door_answer(thing: ox.NamedNode, path: str, form: Form) -> Response:
    """A thing in the form of a door. Raises a Problem where things of its classes have none such."""
    classes = classes_of(thing)
    door = next(door for door in DOORS if door.form is form)
    if not door.opens_to(classes):
        has = ", ".join(f".{one.name}" for one in forms_of(DOORS, classes))
        raise not_found(f"{thing.value} has no form .{form.name}; beside its descriptions it has {has}.")
    response = Response(door.write(thing, classes), content_type=form.content_type)
    if door.by_content:
        response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32], weak=True)
    if door.saved:
        response.headers.set("Content-Disposition", "attachment", filename=f"{path.replace('/', '-')}.{form.name}")
    return response


def init_app(app: Flask) -> None:
    """Lets the page of a thing lead to its other forms."""
    app.jinja_env.globals["doors_at"] = _doors_at


def _doors_at(iri: str) -> tuple[Form, ...]:
    """The other forms that the page of a thing leads to; terms of the vocabulary have those of definitions alone."""
    return () if iri.startswith(f"{release().base}def/") else doors_of(ox.NamedNode(iri))
