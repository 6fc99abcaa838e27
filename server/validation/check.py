"""The process that checks a stranger's RDF: started by `checking` for one document, killed at the time limit.

It reads the document from its standard input and answers on its standard output: the outcome as a line of JSON, and
where it is a report, the report in N-Triples. It has no network.
"""

from __future__ import annotations

import json
import sys
from dataclasses import replace

import pyoxigraph as ox
from rdflib import OWL, Graph, URIRef

from ontology.axioms import UncoveredAxiom
from ontology.closure import Inconsistent, close
from ontology.terms import BASE
from server.publishing.release import rebase
from server.sparql.confinement import close_network, limit_memory
from server.validation.outcome import Outcome
from shapes.conformance import validate
from shapes.report import SHAPE, Conformance, Result

NAME = URIRef(f"{BASE}validate#report")


class DocumentError(Exception):
    """A document that cannot be checked; the message says why, line and column are 0 where they are not known."""

    def __init__(self, reason: str, line: int = 0, column: int = 0) -> None:
        super().__init__(reason)
        self.line, self.column = line, column


def conformance(document: bytes, media_type: str, base: str) -> Conformance:
    """The conformance of a document with the IRIs of a base. Raises DocumentError."""
    facts = _read(document, media_type, base)
    try:
        outcome = validate(facts, close(facts))
    except UncoveredAxiom as error:
        raise DocumentError(f"Facts are checked here, not vocabularies: {error}.") from error
    except Inconsistent as error:
        return Conformance(False, tuple(_contradictions(error)), NAME)
    return replace(outcome, name=NAME)


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
        raise DocumentError(error.msg, error.lineno or 0, error.offset or 0) from error
    except ValueError as error:
        raise DocumentError(str(error)) from error
    lines = (ox.serialize(triples, None, ox.RdfFormat.N_TRIPLES) or b"").decode()
    return Graph().parse(data=rebase(lines, base, BASE), format="nt")


def main() -> None:
    """Checks one document. Arguments: its media type, the base of our IRIs in it, bytes of memory."""
    media_type, base, memory = sys.argv[1], sys.argv[2], int(sys.argv[3])
    close_network()
    limit_memory(memory)
    try:
        found = conformance(sys.stdin.buffer.read(), media_type, base)
        report = rebase(found.graph.serialize(format="nt"), BASE, base)
        print(json.dumps([Outcome.REPORT]), report, sep="\n", flush=True)
    except DocumentError as error:
        print(json.dumps([Outcome.UNREADABLE, str(error), error.line, error.column]), flush=True)
    except MemoryError:
        print(json.dumps([Outcome.EXHAUSTED]), flush=True)


if __name__ == "__main__":
    main()
