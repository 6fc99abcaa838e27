"""The process that checks a stranger's RDF: started by `checking` for one document, killed at the time limit.

It reads the document from its standard input and answers on its standard output: the outcome as a line of JSON, and
where it is a report, the report in N-Triples. It has no network.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from itertools import islice
from xml.parsers import expat

import pyoxigraph as ox
from rdflib import OWL, RDF, SH, Graph, URIRef

from ontology.axioms import UncoveredAxiom
from ontology.closure import Inconsistent, close
from ontology.fixpoint import TooManyInferences
from ontology.terms import BASE
from server.publishing.release import rebase
from server.sparql.confinement import close_network, limit_memory
from server.validation.closed import beyond_shapes
from server.validation.outcome import BOUNDED, NOTHING_CHECKED, Outcome
from shapes.conformance import must_and_should, validate
from shapes.report import SHAPE, Conformance, Result

_INLINE = (
    "A JSON-LD context at an address is not fetched. Inline it: write the object that the address gives in the place of"
    ' the address, "@context": {"title": "http://purl.org/dc/terms/title"}, or expand the document before.'
)
NAME = URIRef(f"{BASE}validate#report")

# Below these every document is checked well within the time limit: one may be written so that each byte is a statement,
# each statement gives ten results, or a few IRIs stand in all of them.
STATEMENTS = 20_000  # the largest session that was read is 14,000
CHARACTERS = 16 * 1024**2  # of all terms written out: 800 a statement, and twice the facts of that session
IRI = 2_048  # characters of one, as in a query; every step of a check copies it
LITERAL = 65_536  # characters of one: the reader of lines takes the square of their length, here and in the web process
VALUES = 1_000  # of one property of one thing, since some shapes compare each with each; that session has 170
DEPTH = 500  # of elements in XML, where the parser's time grows with the square of it
CONTEXTS = 100  # in a document of JSON-LD, since the parser copies for each what stands in those around it
INFERRED = 100_000  # statements; of that session 7,000 follow
RESULTS = 1_000  # a page shows 500
REPORT = 2 * 1024**2  # characters of the terms in all results: the web process holds the report


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
        inferred = close(facts, INFERRED)
        if not _is_targeted(facts + inferred):
            return Conformance(False, _bounded([_NOTHING_CHECKED, *islice(beyond_shapes(facts), RESULTS)]), NAME)
        results = list(validate(facts, inferred, _concerns_them, RESULTS).results)
    except UncoveredAxiom as error:
        raise DocumentError(f"Facts are checked here, not vocabularies: {error}.") from error
    except TooManyInferences as error:
        raise DocumentError(f"More than {INFERRED} statements follow from the document; check it in parts.") from error
    except Inconsistent as error:
        results = _contradictions(error)
    results += islice(beyond_shapes(facts), RESULTS)
    return Conformance(all(result.severity != "violation" for result in results), _bounded(results), NAME)


def _concerns_them(result: Result) -> bool:
    """Whether a result is about the document: none that holds an IRI of another base against a pattern of ours."""
    own = isinstance(result.focus, URIRef) and result.focus.startswith(BASE)
    return result.component != SH.PatternConstraintComponent or bool(result.path) or own


def _bounded(results: list[Result]) -> tuple[Result, ...]:
    """The first results, as many as a report may have, and where there may be more a result that says so."""
    room, kept = REPORT, list[Result]()
    for result in results[:RESULTS]:
        room -= len(str(result.focus)) + len(str(result.value)) + len(result.message)
        if room < 0:
            break
        kept.append(result)
    if len(kept) < len(results) or len(results) >= RESULTS:
        words = f"The first {len(kept)} results are listed; there may be more. Mend these, and check again."
        kept.append(replace(_NOTHING_CHECKED, message=words, shape=f"{SHAPE}{BOUNDED}"))
    return tuple(kept)


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
    if form == ox.RdfFormat.RDF_XML:
        _bound_elements(document)
    if form == ox.RdfFormat.JSON_LD:
        _bound_contexts(document)
    try:
        triples = _bounded_triples(ox.parse(document, form, base_iri=f"{base}validate"))
    except SyntaxError as error:
        if form == ox.RdfFormat.JSON_LD and "remote context" in error.msg.lower():
            raise DocumentError(_INLINE, error.lineno or 0, error.offset or 0) from error
        raise DocumentError(error.msg, error.lineno or 0, error.offset or 0) from error
    except ValueError as error:
        raise DocumentError(str(error)) from error
    lines = (ox.serialize(triples, None, ox.RdfFormat.N_TRIPLES) or b"").decode()
    return Graph().parse(data=rebase(lines, base, BASE), format="nt")


def _bound_elements(document: bytes) -> None:
    """Raises DocumentError for XML that the parser of RDF would expand or read for long. Of broken XML it tells."""
    depth = 0

    def begin(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH:
            raise DocumentError(f"The elements of the document are nested more than {DEPTH} deep.")

    def end(_: str) -> None:
        nonlocal depth
        depth -= 1

    def refuse(*_: object) -> None:
        raise DocumentError("XML with a document type, which may define entities, is not read.")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = begin, end, refuse
    with suppress(expat.ExpatError):
        parser.Parse(document, True)


def _bound_contexts(document: bytes) -> None:
    """Raises DocumentError for JSON-LD that its parser would read for long. Of broken JSON it tells itself."""
    contexts = 0

    def count(members: list[tuple[str, object]]) -> None:
        nonlocal contexts
        contexts += sum(name == "@context" for name, _ in members)
        if contexts > CONTEXTS:
            raise DocumentError(f"The document has more than {CONTEXTS} contexts; one for all of it is enough.")

    try:
        json.loads(document, object_pairs_hook=count, strict=False)
    except RecursionError as error:
        raise DocumentError("The document is nested too deeply.") from error
    except ValueError:
        pass


def _bounded_triples(quads: Iterable[ox.Quad]) -> set[ox.Triple]:
    """The triples of quads. Raises DocumentError as soon as they are more than one check may take."""
    triples, characters = set[ox.Triple](), 0
    values = Counter[tuple[object, ox.NamedNode]]()
    for quad in quads:
        if quad.triple in triples:
            continue
        triples.add(quad.triple)
        characters += sum(len(term.value) for term in quad.triple if not isinstance(term, ox.Triple))
        if any(isinstance(term, ox.NamedNode) and len(term.value) > IRI for term in quad.triple):
            raise DocumentError(f"An IRI of the document has more than {IRI} characters.")
        if isinstance(quad.object, ox.Literal) and len(quad.object.value) > LITERAL:
            raise DocumentError(f"A literal of the document has more than {LITERAL} characters.")
        values[quad.subject, quad.predicate] += 1
        if values[quad.subject, quad.predicate] > VALUES:
            raise DocumentError(f"{quad.subject!s:.200} has more than {VALUES} values of {quad.predicate!s:.200}.")
        if len(triples) > STATEMENTS:
            raise DocumentError(f"The document has more than {STATEMENTS} statements; check it in parts.")
        if characters > CHARACTERS:
            raise DocumentError(f"The terms of the document, written out, have more than {CHARACTERS} characters.")
    return triples


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
