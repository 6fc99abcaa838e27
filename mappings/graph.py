"""Facts as a graph: what the report says and nothing that follows from it.

Super-classes, inverses, direct properties and defined classes are left to the closure.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from rdflib import BNode, Graph, Literal
from rdflib.compare import to_canonical_graph
from rdflib.term import Node

from mappings.assertion.acts import act_triples, sponsorship_triples
from mappings.assertion.citations import citation_triples
from mappings.assertion.mandates import coverage_triples, mandate_triples, other_session_triples
from mappings.assertion.offices import (
    attendance_triples,
    delegation_triples,
    designation_triples,
    person_triples,
    post_triples,
)
from mappings.assertion.proceedings import agenda_triples, presentation_triples, statement_triples, view_triples
from mappings.assertion.report import (
    chapter_triples,
    footnote_triples,
    meeting_triples,
    paragraph_triples,
    report_triples,
    session_triples,
)
from mappings.assertion.texts import clause_triples, text_triples
from mappings.assertion.things import document_triples, thing_triples
from mappings.assertion.triples import Triple
from mappings.facts import Facts

PARTS: tuple[tuple[str, Callable[[Facts], Iterator[Triple]]], ...] = (
    ("report", report_triples),
    ("session", session_triples),
    ("other sessions", other_session_triples),
    ("meetings", meeting_triples),
    ("chapters", chapter_triples),
    ("paragraphs", paragraph_triples),
    ("footnotes", footnote_triples),
    ("texts", text_triples),
    ("clauses", clause_triples),
    ("citations", citation_triples),
    ("acts", act_triples),
    ("sponsorships", sponsorship_triples),
    ("statements", statement_triples),
    ("views", view_triples),
    ("presentations", presentation_triples),
    ("agenda", agenda_triples),
    ("posts", post_triples),
    ("designations", designation_triples),
    ("persons", person_triples),
    ("delegations", delegation_triples),
    ("attendance", attendance_triples),
    ("mandates", mandate_triples),
    ("things", thing_triples),
    ("documents", document_triples),
    ("coverage", coverage_triples),
)


def assert_graph(facts: Facts) -> Graph:
    """The asserted graph of a report."""
    graph = Graph()
    for _, triples in PARTS:
        for triple in triples(facts):
            graph.add(triple)
    return graph


def sorted_quads(graph: Graph, name: str) -> str:
    """The graph as N-Quads in the graph `name`, one quad a line, the lines sorted."""
    return _sorted(graph, f" <{name}> .\n")


def sorted_triples(graph: Graph) -> str:
    """The graph as N-Triples, the lines sorted."""
    return _sorted(graph, " .\n")


def _sorted(graph: Graph, end: str) -> str:
    """The lines, sorted; blank nodes, which only the ontology's lists have, are named by what is said of them."""
    blank = [triple for triple in graph if isinstance(triple[0], BNode) or isinstance(triple[2], BNode)]
    if blank:
        graph = _without(graph, blank) + to_canonical_graph(_of(blank))
    return "".join(sorted(f"{_term(s)} {_term(p)} {_term(o)}{end}" for s, p, o in graph))


def _of(triples: Iterable[tuple[Node, Node, Node]]) -> Graph:
    graph = Graph()
    for triple in triples:
        graph.add(triple)
    return graph


def _without(graph: Graph, triples: list[tuple[Node, Node, Node]]) -> Graph:
    left_out = set(triples)
    return _of(triple for triple in graph if triple not in left_out)


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})


def _term(term: Node) -> str:
    """A term in the canonical form of N-Triples: only the four characters that must be escaped are."""
    if isinstance(term, Literal):
        text = f'"{str(term).translate(_ESCAPES)}"'
        if term.language:
            return f"{text}@{term.language}"
        return f"{text}^^<{term.datatype}>" if term.datatype else text
    return f"_:{term}" if isinstance(term, BNode) else f"<{term}>"
