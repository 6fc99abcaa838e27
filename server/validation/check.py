"""The process that checks a stranger's RDF: started by `checking` for one document, killed at the time limit.

It reads the document from its standard input and answers on its standard output: the outcome as a line of JSON, and
where it is a report, the report in N-Triples. It has no network.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pyoxigraph as ox
from rdflib import OWL, RDF, SH, Graph, URIRef

from ontology.axioms import UncoveredAxiom
from ontology.closure import Inconsistent, close
from ontology.terms import BASE
from server.publishing.release import rebase
from server.sparql.confinement import close_network, limit_memory
from server.validation.closed import beyond_shapes
from server.validation.outcome import NOTHING_CHECKED, Outcome
from shapes.conformance import must_and_should, validate
from shapes.report import SHAPE, Conformance, Result

_INLINE = (
    "A JSON-LD context at an address is not fetched. Inline it: write the object that the address gives in the place of"
    ' the address, "@context": {"title": "http://purl.org/dc/terms/title"}, or expand the document before.'
)
NAME = URIRef(f"{BASE}validate#report")


_NOTHING_CHECKED = Result(
    severity="warning",
    focus=NAME,
    path="",
    message="0 nodes checked: no shape targets anything in this document. Does it use the vocabulary's classes?",
    value=None,
    shape=f"{SHAPE}{NOTHING_CHECKED}",
    component=SH.ClassConstraintComponent,
)


class DocumentError(Exception):
    """A document that cannot be checked; the message says why, line and column are 0 where they are not known."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(reason)
        self.line, self.column = line, column


def conformance(document: bytes, media_type: str, base: str) -> Conformance:
    """The conformance of a document with the IRIs of a base. Raises DocumentError."""
    facts = _read(document, media_type, base)
    try:
        inferred = close(facts)
        if not _is_targeted(facts + inferred):
            return Conformance(False, (_NOTHING_CHECKED, *beyond_shapes(facts)), NAME)
        outcome = validate(facts, inferred)
    except UncoveredAxiom as error:
        raise DocumentError(f"Facts are checked here, not vocabularies: {error}.") from error
    except Inconsistent as error:
        return Conformance(False, (*_contradictions(error), *beyond_shapes(facts)), NAME)
    results = (*(result for result in outcome.results if not _is_of_their_iris(result)), *beyond_shapes(facts))
    return Conformance(all(result.severity != "violation" for result in results), results, NAME)


def _is_of_their_iris(result: Result) -> bool:
    """Whether a result holds an IRI of another base against a pattern of ours."""
    own = isinstance(result.focus, URIRef) and result.focus.startswith(BASE)
    return result.component == SH.PatternConstraintComponent and not result.path and not own


def _is_targeted(facts: Graph) -> bool:
    """Whether any shape has something in the facts to check."""
    shapes = must_and_should()
    classes = set(shapes.objects(None, SH.targetClass))
    pointed = set(shapes.objects(None, SH.targetObjectsOf))
    return any((predicate == RDF.type and value in classes) or predicate in pointed for _, predicate, value in facts)


def _contradictions(error: Inconsistent) -> list[Result]:
    """What the ontology forbids, as results."""
    return [
        Result(
            severity="violation",
            focus=found.node,
            path="",
            message=f"It is a {found.one} and a {found.other}, and nothing can be both.",
            value=None,
            shape=f"{SHAPE}ontology",
            component=OWL.disjointWith,
        )
        for found in error.found
    ]


def _read(document: bytes, media_type: str, base: str) -> Graph:
    """The statements of a document in one graph, those of named graphs among them, with the default base."""
    form = ox.RdfFormat.from_media_type(media_type)
    if form is None:
        raise ValueError(media_type)
    if form == ox.RdfFormat.RDF_XML and b"<!DOCTYPE" in document:
        raise DocumentError("XML with a document type, which may define entities, is not read.")
    try:
        triples = {quad.triple for quad in ox.parse(document, form, base_iri=f"{base}validate")}
    except SyntaxError as error:
        if form == ox.RdfFormat.JSON_LD and "remote context" in error.msg.lower():
            raise DocumentError(_INLINE, error.lineno or 0, error.offset or 0) from error
        raise DocumentError(error.msg, error.lineno or 0, error.offset or 0) from error
    except ValueError as error:
        raise DocumentError(str(error)) from error
    lines = (ox.serialize(triples, None, ox.RdfFormat.N_TRIPLES) or b"").decode()
    return Graph().parse(data=rebase(lines, base, BASE), format="nt")


def _told_of(found: Conformance, base: str) -> Conformance:
    """The same with messages that name the base of this deployment."""
    results = tuple(replace(result, message=result.message.replace(BASE, base)) for result in found.results)
    return replace(found, results=results)


def main() -> None:
    """Checks one document. Arguments: its media type, the base of our IRIs in it, bytes of memory."""
    media_type, base, memory = sys.argv[1], sys.argv[2], int(sys.argv[3])
    close_network()
    limit_memory(memory)
    try:
        found = conformance(sys.stdin.buffer.read(), media_type, base)
        report = rebase(_told_of(found, base).graph.serialize(format="nt"), BASE, base)
        print(json.dumps([Outcome.REPORT]), report, sep="\n", flush=True)
    except DocumentError as error:
        print(json.dumps([Outcome.UNREADABLE, str(error).replace(BASE, base), error.line, error.column]), flush=True)
    except MemoryError:
        print(json.dumps([Outcome.EXHAUSTED]), flush=True)


if __name__ == "__main__":
    main()
