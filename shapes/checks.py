"""Checks over the whole of a report that need joins: one query a file, and an empty answer passes.

A file of shapes/checks says in its head, after "# severity:" and "# message:", what a row of its answer means; the rows
bind ?focus, and ?path and ?value where there are such. Queries are much faster here than as SPARQL constraints.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology.triples import node_of

_SEVERITY = re.compile(r"^# severity: (violation|warning)$", re.MULTILINE)
_MESSAGE = re.compile(r"^# message: (.+)$", re.MULTILINE)


class CheckError(Exception):
    """A check that cannot be used: names its file and the reason."""


@dataclass(frozen=True, slots=True)
class Check:
    """A named query; each row of its answer is a node that fails."""

    name: str
    severity: str  # "violation" or "warning"
    message: str
    query: str


@dataclass(frozen=True, slots=True)
class Failure:
    """A node that fails a check, with the property ("" for none) and the value that show it."""

    check: Check
    focus: Node
    path: str
    value: Node | None


@cache
def checks() -> tuple[Check, ...]:
    """The checks of shapes/checks in the order of their names.

    Raises CheckError for a file without severity or message.
    """
    folder = files("shapes") / "checks"
    entries = sorted((entry for entry in folder.iterdir() if entry.name.endswith(".rq")), key=lambda entry: entry.name)
    return tuple(parsed(entry.name.removesuffix(".rq"), entry.read_text(encoding="utf8")) for entry in entries)


def parsed(name: str, text: str) -> Check:
    """The check that a file holds.

    Raises CheckError for a text without severity or message.
    """
    severity, message = _SEVERITY.search(text), _MESSAGE.search(text)
    if not severity or not message:
        raise CheckError(f"{name}.rq: its head must hold “# severity: violation” (or warning) and “# message: …”")
    return Check(name, severity[1], message[1].strip(), text)


def failures(graphs: Iterable[Graph], run: Iterable[Check]) -> Iterator[Failure]:
    """What fails in the union of some graphs, check by check.

    Raises CheckError for a query that is not SPARQL.
    """
    store = ox.Store()
    for graph in graphs:
        store.extend(_quads(graph))
    for check in run:
        try:
            rows = store.query(check.query)
        except SyntaxError as error:
            raise CheckError(f"{check.name}.rq: {error}") from error
        assert isinstance(rows, ox.QuerySolutions)
        names = {variable.value for variable in rows.variables}
        for row in rows:
            found = {name: node_of(term) for name in names if (term := row[name]) is not None}
            yield Failure(check, found["focus"], str(found.get("path", "")), found.get("value"))


def _quads(graph: Graph) -> Iterator[ox.Quad]:
    known: dict[Node, ox.NamedNode | ox.BlankNode | ox.Literal] = {}

    def term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
        if node not in known:
            known[node] = _term(node)
        return known[node]

    for subject, predicate, value in graph:
        yield ox.Quad(term(subject), term(predicate), term(value))  # type: ignore[arg-type]


def _term(node: Node) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    match node:
        case URIRef():
            return ox.NamedNode(str(node))
        case Literal() if node.language:
            return ox.Literal(str(node), language=node.language)
        case Literal() if node.datatype:
            return ox.Literal(str(node), datatype=ox.NamedNode(str(node.datatype)))
        case BNode():
            return ox.BlankNode(str(node))
        case _:
            return ox.Literal(str(node))
