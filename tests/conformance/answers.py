"""What a query gave, in a form that can be compared: two answers are equal where only names of blank nodes differ."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pyoxigraph as ox
from rdflib import RDF, Graph, Namespace
from rdflib.term import BNode, Literal, Node, URIRef

RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
RESULT_FORMATS = {
    ".srx": ox.QueryResultsFormat.XML,
    ".srj": ox.QueryResultsFormat.JSON,
    ".tsv": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
NUMBERS = frozenset(("integer", "decimal", "double", "float"))


@dataclass(frozen=True, slots=True)
class Rows:
    """Solutions: the variables and the rows, in order where the query orders them."""

    variables: frozenset[str]
    rows: tuple[dict[str, Term], ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Triples:
    """A graph."""

    triples: tuple[ox.Triple, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Rows of CSV, which tells no types: each a set of columns with their words, blank nodes without a name."""

    rows: tuple[tuple[tuple[str, str], ...], ...]


Answer = Rows | Triples | Words | bool


def equal(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same, numbers compared by value."""
    match one, other:
        case (bool(), bool()) | (Words(), Words()):
            return one == other
        case Triples(), Triples():
            return _canonical(one.triples) == _canonical(other.triples)
        case Rows(), Rows():
            ordered = one.ordered or other.ordered
            same = one.variables == other.variables and len(one.rows) == len(other.rows)
            return same and _canonical(_of_rows(one, ordered)) == _canonical(_of_rows(other, ordered))
    return False


def _canonical(triples: Iterable[ox.Triple]) -> frozenset[ox.Quad]:
    dataset = ox.Dataset(ox.Quad(t.subject, t.predicate, _by_value(t.object)) for t in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.UNSTABLE)
    return frozenset(dataset)


def _of_rows(answer: Rows, ordered: bool) -> Iterator[ox.Triple]:
    """Rows as triples: a node each, told apart by their place where the order matters."""
    for place, row in enumerate(answer.rows):
        node = ox.BlankNode()
        yield ox.Triple(node, ox.NamedNode("urn:is"), ox.NamedNode(f"urn:row:{place if ordered else ''}"))
        for name, term in row.items():
            yield ox.Triple(node, ox.NamedNode(f"urn:variable:{name}"), term)


def _by_value(term: Term) -> Term:
    """A number in one lexical form; other terms as they are."""
    if isinstance(term, ox.Literal) and term.datatype.value.rpartition("#")[2] in NUMBERS:
        try:
            return ox.Literal(repr(float(term.value)), datatype=term.datatype)
        except ValueError:
            return term
    return term


def parsed(body: bytes, media_type: str) -> Answer:
    """An answer as a server sent it."""
    if media_type == "text/csv":
        return _words(body.decode())
    form = ox.QueryResultsFormat.from_media_type(media_type)
    if form is None:
        graph = ox.RdfFormat.from_media_type(media_type)
        return Triples(tuple(quad.triple for quad in ox.parse(body, graph)))
    return _results(ox.parse_query_results(body, form))


def _words(text: str) -> Words:
    rows = csv.DictReader(StringIO(text))
    return Words(tuple(sorted(tuple(sorted((name, _unnamed(word)) for name, word in row.items())) for row in rows)))


def _unnamed(word: str) -> str:
    return "_:" if word.startswith("_:") else word


def _results(found: ox.QuerySolutions | ox.QueryBoolean) -> Answer:
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    names = [variable.value for variable in found.variables]
    rows = tuple({name: term for name in names if (term := row[name]) is not None} for row in found)
    return Rows(frozenset(names), rows)


def of_engine(found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, media_type: str) -> Answer:
    """An answer as the engine gave it, for rows as it writes them in a results format."""
    if isinstance(found, ox.QueryTriples):
        return Triples(tuple(found))
    body = found.serialize(format=ox.QueryResultsFormat.from_media_type(media_type))
    return parsed(body or b"", media_type)


def expected(file: Path) -> Answer:
    """The answer that a file of a suite holds, in a results format, as a graph, or as a result set in RDF."""
    if file.suffix == ".csv":
        return _words(file.read_text(encoding="utf-8"))
    if form := RESULT_FORMATS.get(file.suffix):
        return _results(ox.parse_query_results(path=str(file), format=form))
    form = GRAPH_FORMATS[file.suffix]
    triples = tuple(quad.triple for quad in ox.parse(path=str(file), format=form, base_iri=file.as_uri()))
    if ox.NamedNode(RS.ResultSet) not in {triple.object for triple in triples}:
        return Triples(triples)
    graph = Graph().parse(file, publicID=file.as_uri())
    result = graph.value(None, RDF.type, RS.ResultSet)
    boolean = graph.value(result, RS.boolean)
    return bool(boolean.toPython()) if isinstance(boolean, Literal) else _result_set(graph, result)


def _result_set(graph: Graph, result: Node | None) -> Rows:
    solutions: Sequence[Node] = list(graph.objects(result, RS.solution))
    places = {solution: graph.value(solution, RS["index"]) for solution in solutions}
    ordered = bool(solutions) and all(isinstance(place, Literal) for place in places.values())
    if ordered:
        solutions = sorted(solutions, key=lambda solution: int(str(places[solution])))
    rows = tuple(
        {
            str(graph.value(binding, RS.variable)): _term(graph.value(binding, RS.value))
            for binding in graph.objects(solution, RS.binding)
        }
        for solution in solutions
    )
    return Rows(frozenset(map(str, graph.objects(result, RS.resultVariable))), rows, ordered)


def _term(node: Node | None) -> Term:
    match node:
        case URIRef():
            return ox.NamedNode(str(node))
        case BNode():
            return ox.BlankNode(str(node))
        case Literal(language=str(language)):
            return ox.Literal(str(node), language=language)
        case Literal(datatype=URIRef() as datatype):
            return ox.Literal(str(node), datatype=ox.NamedNode(str(datatype)))
    return ox.Literal(str(node))
