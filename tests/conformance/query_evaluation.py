"""SPARQL query evaluation, syntax and results formats, over HTTP, beside the engine itself without our server.

All data of a suite stand in one store, each file in a graph of its name, the named graphs of TriG under their own; a
request names the graphs of its test as its dataset, as the protocol has it (SPARQL 1.1 Protocol, 2.1.4). Tests whose
query names its own dataset send none.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from urllib.parse import urlencode

import pyoxigraph as ox
from rdflib.term import Node

from server.sparql.screening import screen
from tests.conformance.answers import Answer, equal, expected, of_engine, parsed
from tests.conformance.instance import application, publish, served
from tests.conformance.manifests import MF, QT, Case, cases, file_of
from tests.conformance.outcome import Outcome

MANIFESTS = {
    "SPARQL 1.0 evaluation": "sparql10/manifest-evaluation.ttl",
    "SPARQL 1.0 syntax": "sparql10/manifest-syntax.ttl",
    "SPARQL 1.1 query": "sparql11/manifest-sparql11-query.ttl",
    "SPARQL 1.1 results": "sparql11/manifest-sparql11-results.ttl",
    "SPARQL 1.2 query": "sparql12/manifest.ttl",
}
EVALUATION = {"QueryEvaluationTest", "CSVResultFormatTest"}
POSITIVE = {"PositiveSyntaxTest", "PositiveSyntaxTest11"}
NEGATIVE = {"NegativeSyntaxTest", "NegativeSyntaxTest11"}
RESULTS_JSON = "application/sparql-results+json"
MEDIA_TYPES = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}


@dataclass(frozen=True, slots=True)
class Test:
    """A query and what it is to give: the dataset's files, the file of the answer; None where only syntax counts."""

    case: Case
    query: Path
    default: tuple[Path, ...]
    named: tuple[Path, ...]
    result: Path | None
    valid: bool

    @property
    def named_graphs(self) -> tuple[str, ...]:
        """The names of the named graphs of the dataset."""
        return (
            *(file.as_uri() for file in self.named),
            *sorted(name for file in self.default for name in _names(file)),
        )

    @property
    def text(self) -> str:
        """The query with the address of its file as its base, and without a byte order mark."""
        return f"BASE <{self.query.as_uri()}>\n{self.query.read_text(encoding='utf-8-sig')}"


def run(suites: Path, data: Path) -> Iterator[Outcome]:
    """The outcomes of all SPARQL query suites over HTTP, and beside each the engine's own."""
    for suite, manifest in MANIFESTS.items():
        tests = [test for case in cases(suites / "sparql" / manifest) if (test := _test(case))]
        yield from _suite(suite, tests, data / suite.replace(" ", "-"))


def _test(case: Case) -> Test | None:
    action, result = case.value(MF.action), case.value(MF.result)
    if case.kinds & EVALUATION and action is not None and result is not None:
        query = case.graph.value(action, QT.query)
        default, named = case.graph.objects(action, QT.data), case.graph.objects(action, QT.graphData)
        return Test(case, file_of(query), _files(default), _files(named), file_of(result), True)
    if case.kinds & (POSITIVE | NEGATIVE) and action is not None:
        return Test(case, file_of(action), (), (), None, bool(case.kinds & POSITIVE))
    return None


def _files(nodes: Iterator[Node]) -> tuple[Path, ...]:
    return tuple(sorted(map(file_of, nodes)))


def _suite(suite: str, tests: Sequence[Test], data: Path) -> Iterator[Outcome]:
    graphs = sorted({file for test in tests for file in _dataset(test)})
    names = {name for file in graphs for name in (file.as_uri(), *_names(file))}
    folder = publish(data, (quad for file in graphs for quad in _quads(file)), names)
    engine = ox.Store.read_only(str(folder / "store"))
    with served(application(data)) as address:
        for test in tests:
            yield Outcome(suite, test.case.id, *_judged(test, partial(_over_http, address, test)))
            yield Outcome(f"{suite}, engine alone", test.case.id, *_judged(test, partial(_by_engine, engine, test)))


def _dataset(test: Test) -> Iterator[Path]:
    yield from (*test.default, *test.named)
    for graph in screen(test.text).graphs if test.result else ():
        yield file_of(graph)


def _quads(file: Path) -> Iterator[ox.Quad]:
    form = ox.RdfFormat.from_extension(file.suffix[1:])
    for quad in ox.parse(path=str(file), format=form, base_iri=file.as_uri(), rename_blank_nodes=True):
        graph = quad.graph_name if isinstance(quad.graph_name, ox.NamedNode) else ox.NamedNode(file.as_uri())
        yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _names(file: Path) -> set[str]:
    """The names of the graphs that a file of TriG names."""
    return {quad.graph_name.value for quad in _quads(file)} - {file.as_uri()} if file.suffix == ".trig" else set()


def _judged(test: Test, ask: Callable[[], Answer]) -> tuple[bool, str]:
    try:
        answer = ask()
    except SyntaxError as error:
        return not test.valid, f"syntax error: {error}"
    except (OSError, ValueError, RuntimeError) as error:
        return test.result is None and test.valid and _was_parsed(str(error)), f"{type(error).__name__}: {error}"
    if not test.valid:
        return False, "accepted though its syntax is wrong"
    if test.result is None:
        return True, ""
    return equal(expected(test.result), answer), "another answer"


def _was_parsed(message: str) -> bool:
    """Whether a query that is right was refused only for what it asks for: a function or a graph that is not there."""
    return "custom function" in message or "Unknown graph" in message


def _over_http(address: str, test: Test) -> Answer:
    form: dict[str, object] = {"query": test.text}
    if _names_dataset(test):
        form["default-graph-uri"] = [file.as_uri() for file in test.default]
        form["named-graph-uri"] = list(test.named_graphs)
    accept = f"{_media_type(test)}, application/n-triples;q=0.9"
    request = urllib.request.Request(f"{address}sparql", urlencode(form, doseq=True).encode(), {"Accept": accept})
    try:
        with urllib.request.urlopen(request, timeout=60) as response:
            return parsed(response.read(), response.headers["Content-Type"].partition(";")[0])
    except urllib.error.HTTPError as error:
        detail = error.read().decode()
        if error.code == 400 and '"Syntax error"' in detail:
            raise SyntaxError(detail) from error
        raise ValueError(detail) from error


def _by_engine(store: ox.Store, test: Test) -> Answer:
    if not _names_dataset(test):
        return of_engine(store.query(test.text), _media_type(test))
    default = [ox.NamedNode(file.as_uri()) for file in test.default]
    named = [ox.NamedNode(name) for name in test.named_graphs]
    return of_engine(store.query(test.text, default_graph=default, named_graphs=named), _media_type(test))


def _names_dataset(test: Test) -> bool:
    """Whether the request names the dataset: where the test has data, and the query does not name them itself."""
    return bool(test.default or test.named) and not screen(test.text).graphs


def _media_type(test: Test) -> str:
    return MEDIA_TYPES.get(test.result.suffix, RESULTS_JSON) if test.result else RESULTS_JSON
