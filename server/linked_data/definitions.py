"""The ontology at its own IRIs: `def/` and its versions give all terms, `def/module/work` and its versions a module.

An IRI redirects to its document (303) as everything does; terms are described like other things.
"""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from pyoxigraph import NamedNode
from rdflib import Graph, URIRef
from werkzeug.wrappers import Response as AnyResponse

from server.dataset.kept import data
from server.documents import Document, answer
from server.linked_data.ontologies import (
    ALIGNMENTS,
    MAIN,
    Named,
    canonical,
    modules_of,
    named,
    terms_of,
    title_of,
    turtle_of,
)
from server.linked_data.resources import resource, see_other
from server.negotiation import HTML, TURTLE, by_suffix
from server.requests import address, query_string, release
from server.vocabulary.ontology import Alignment
from server.vocabulary.overview import part_at
from server.vocabulary.term_page import Named as TermName
from server.vocabulary.term_page import current_ontology
from server.vocabulary.term_page import named as named_term

blueprint = Blueprint("definitions", __name__)


@blueprint.get("/def")
def without_slash() -> AnyResponse:
    """The redirection to the ontology's own IRI."""
    return redirect(address(f"{release().base}def/") + query_string(), 301)


@blueprint.get("/def.<suffix>")
def whole(suffix: str) -> AnyResponse:
    """All terms of the ontology; its page is that of a thing."""
    if suffix == HTML.name or (found := _document("def/")) is None:
        return resource(f"def.{suffix}")
    return answer(found, suffix)


@blueprint.get("/def/<path:name>")
def definition(name: str) -> AnyResponse:
    """A module, a version of the ontology or of a module; a term otherwise.

    A term of which the graph says nothing leads to the module that declares it.
    """
    path = f"def/{name}"
    if _document(path) is not None:
        return see_other(path)
    found = by_suffix(path)
    if found and (document := _document(found[0])) is not None:
        return answer(document, found[1].name)
    term = f"{release().base}{path}"
    module = current_ontology().module_of(URIRef(term))
    if module and not release().store.knows(NamedNode(term)):
        return redirect(address(str(module.iri)), 303)
    return resource(path)


def _document(path: str) -> Document | None:
    """The document of the ontology that a path names, None where it names none or a version that never was."""
    wanted = named(path)
    turtle = turtle_of(data(), wanted, _version(), release().base) if wanted else None
    if wanted is None or turtle is None:
        return None

    def graph() -> Graph:
        return _graph(wanted, turtle)

    def page() -> str:
        title, description = title_of(graph(), _iri(wanted))
        terms = terms_of(graph())
        part = None if wanted.version else part_at(_iri(wanted))
        return render_template(
            "ontology.html",
            path=path,
            title=title,
            description=description,
            terms=terms,
            part=part,
            aligned=_aligned(wanted),
        )

    # A module is written by hand, with its comments and in its own order: that is its Turtle.
    own = ((TURTLE, lambda: turtle),) if wanted.name != MAIN else ()
    return Document(path.rstrip("/"), graph, page, own)


def _aligned(wanted: Named) -> tuple[tuple[TermName, Alignment], ...]:
    """The alignments where the document is the current one of these, none otherwise."""
    if wanted != Named(ALIGNMENTS, ""):
        return ()
    ontology = current_ontology()
    return tuple((named_term(ontology, alignment.term), alignment) for alignment in ontology.alignments)


def _graph(wanted: Named, turtle: str) -> Graph:
    if wanted.name != MAIN:
        return canonical((turtle,))
    return canonical(tuple(modules_of(data(), wanted, _version(), release().base)))


def _iri(wanted: Named) -> str:
    """The IRI of a document without its version."""
    base = release().base
    if wanted.name == MAIN:
        return f"{base}def/"
    return f"{base}def/{wanted.name}" if wanted.name == "alignments" else f"{base}def/module/{wanted.name}"


def _version() -> str:
    return str(release().description.get("version", ""))
