"""What the release says of itself, in the service description and where published clients look for it.

/void                          VoID: classes, their properties, what their values are (/dataset points to it)
/.well-known/sparql-examples   the questions as examples of queries, one of them at /questions/NAME.ttl
"""

from __future__ import annotations

import pyoxigraph as ox
from flask import Blueprint, Response, redirect, request
from rdflib import DCTERMS, SH, Graph
from werkzeug.wrappers import Response as AnyResponse

from ontology.terms import BASE
from server.documents import SD
from server.doors.description import SCHEMA, VOID_EXT, example
from server.errors import not_found
from server.negotiation import GRAPHS, HTML, Form, NotAcceptableError, asked_form
from server.publishing.release import rebase
from server.questions import question, questions
from server.requests import address, query_string, release
from server.serialization import write

blueprint = Blueprint("described", __name__)

_PREFIXES = {"sh": str(SH), "sd": str(SD), "schema": str(SCHEMA), "void-ext": str(VOID_EXT), "dcterms": str(DCTERMS)}


def with_self_description(graph: Graph, form: Form) -> bytes:
    """A graph together with what the release says of itself, in a form of RDF."""
    return _written([*_triples(graph), *self_described()], form)


def self_described() -> list[ox.Triple]:
    """The release's description of itself; empty where it was built without."""
    return [quad.triple for quad in release().store.graph(ox.NamedNode(f"{release().base}graph/release"))]


@blueprint.get("/void")
def void() -> AnyResponse:
    """The classes with their properties and what the values are, in VoID; for people, the page about the data."""
    form = _form()
    return _see("dataset") if form is HTML else _answer(_written(self_described(), form), form)


@blueprint.get("/.well-known/sparql-examples")
def examples() -> AnyResponse:
    """All questions as examples of queries."""
    form = _form()
    if form is HTML:
        return _see("questions")
    kept = {f"{release().base}questions/{one.name}" for one in questions()}
    triples = [triple for triple in self_described() if _about(triple, kept)]
    return _answer(_written(triples, form), form)


@blueprint.get("/questions/<name>.<any(ttl, jsonld, nt, rdf, nq, trig):suffix>")
def one_example(name: str, suffix: str) -> AnyResponse:
    """One question as an example of a query."""
    asked, form = question(name), next(form for form in GRAPHS if form.name == suffix)
    if asked is None:
        raise not_found(f"There is no question called {name}.")
    graph = Graph()
    for triple in example(asked, release().base):
        graph.add(triple)
    lines = rebase(graph.serialize(format="nt"), BASE, release().base)
    return _answer(_written([quad.triple for quad in ox.parse(lines.encode(), ox.RdfFormat.N_TRIPLES)], form), form)


def _about(triple: ox.Triple, things: set[str]) -> bool:
    """Whether a triple is about one of the things, or about a prefix of their queries."""
    subject, prefixes = triple.subject, f"{release().base}sparql"
    if not isinstance(subject, ox.NamedNode):
        return False
    return subject.value in things or subject.value == prefixes or subject.value.startswith(f"{prefixes}#prefix-")


def _triples(graph: Graph) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(graph.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES)]


def _written(triples: list[ox.Triple], form: Form) -> bytes:
    return write(sorted(dict.fromkeys(triples), key=str), form, _PREFIXES)


def _form() -> Form:
    form = asked_form(request, (*GRAPHS, HTML))
    if form is None:
        raise NotAcceptableError((*GRAPHS, HTML))
    return form


def _see(path: str) -> AnyResponse:
    response = redirect(address(release().base + path) + query_string(), 303)
    response.vary.add("Accept")
    return response


def _answer(body: bytes, form: Form) -> Response:
    response = Response(body, content_type=form.content_type)
    response.vary.add("Accept")
    return response
