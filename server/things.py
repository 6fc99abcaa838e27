"""What the graph says of one thing: its quads for programs, its facts with labels for the pages.

A description is bounded: everything that starts at the thing, and what points to it up to a number. Evidence stays out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from server.store import Row, Store, Term

POINTING = 500  # quads that point to a thing on a page of its description for programs
RDFS_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
PREF_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABELS = frozenset({RDFS_LABEL, PREF_LABEL})

_NUMBER = re.compile(r"([0-9]{1,18})")
_AFTER_LETTERS = "\U0010ffff"

_LABEL_QUERY = "SELECT ?thing ?label {{ VALUES ?thing {{ {things} }} ?thing <{property}> ?label }}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One fact: property and value, and whether it is inferred and stands in no other graph."""

    property: ox.NamedNode
    value: Term
    inferred: bool


@dataclass(frozen=True, slots=True)
class Description:
    """A thing with its types (where none is asserted, all count as such), its facts by property, its graphs."""

    thing: ox.NamedNode
    types: tuple[ox.NamedNode, ...]
    asserted_types: tuple[ox.NamedNode, ...]
    facts: tuple[tuple[ox.NamedNode, tuple[Statement, ...]], ...]
    graphs: tuple[str, ...]

    def value(self, property_iri: str) -> Term | None:
        """The first value of a property, None where the thing has none."""
        return next((facts[0].value for node, facts in self.facts if node.value == property_iri), None)


def layer(graph: object) -> str:
    """The kind of a graph by its IRI: "inferred", "evidence", or "" for one of asserted facts or vocabulary."""
    last = graph.value.rpartition("/")[2] if isinstance(graph, ox.NamedNode) else ""
    return last if last in ("inferred", "evidence") else ""


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a description, and whether another follows."""

    quads: list[ox.Quad]
    more: bool


def description_page(store: Store, thing: ox.NamedNode, number: int = 1) -> Page | None:
    """A page of the quads that describe a thing: on the first what starts at it, on each a part of what points to it.

    Of a named graph it is the content, on one page. None where the description has no page of that number.
    """
    if content := list(store.graph(thing)):
        return Page(content, more=False) if number == 1 else None
    pointing = store.quads_to(thing, POINTING + 1, (number - 1) * POINTING)
    if number > 1 and not pointing:
        return None
    said = store.quads_from(thing)
    evidence = any(layer(quad.graph_name) == "evidence" for quad in said)  # nothing is said of a fact there
    told = [quad for quad in pointing[:POINTING] if evidence or layer(quad.graph_name) != "evidence"]
    return Page([*said, *told] if number == 1 else told, len(pointing) > POINTING)


def types_of(store: Store, thing: ox.NamedNode) -> list[str]:
    """The IRIs of the classes that a thing is asserted to be of, in order."""
    rows = store.select(f"""SELECT DISTINCT ?class {{ GRAPH ?graph {{ {thing} <{RDF_TYPE}> ?class }}
  FILTER(!STRENDS(STR(?graph), "/inferred")) }} ORDER BY ?class""")
    return [iri(row, "class") for row in rows]


def describe(store: Store, thing: ox.NamedNode) -> Description:
    """What is said of a thing, each fact once; a fact that is asserted somewhere is not called inferred."""
    quads = sorted(store.quads_from(thing), key=_place_of_graph)
    seen: dict[tuple[ox.NamedNode, Term], Statement] = {}
    for quad in quads:
        statement = Statement(quad.predicate, quad.object, layer(quad.graph_name) == "inferred")
        seen.setdefault((quad.predicate, quad.object), statement)
    grouped: dict[ox.NamedNode, list[Statement]] = {}
    for statement in seen.values():
        grouped.setdefault(statement.property, []).append(statement)
    typed = grouped.pop(ox.NamedNode(RDF_TYPE), [])
    types = {s.value: s.inferred for s in typed if isinstance(s.value, ox.NamedNode)}
    asserted = [node for node, inferred in types.items() if not inferred] or list(types)
    facts = [(node, tuple(sorted(group, key=_place))) for node, group in grouped.items()]
    graphs = sorted({quad.graph_name.value for quad in quads if isinstance(quad.graph_name, ox.NamedNode)})
    ordered = sorted(facts, key=lambda fact: fact[0].value)
    return Description(thing, tuple(types), tuple(asserted), tuple(ordered), tuple(graphs))


def _place_of_graph(quad: ox.Quad) -> tuple[str, str]:
    return layer(quad.graph_name), quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


def _place(statement: Statement) -> tuple[bool, tuple[int | str, ...]]:
    return statement.inferred, natural(str(statement.value))


def natural(text: str) -> tuple[int | str, ...]:
    """A sort key in which numbers inside a text count as numbers, and come after letters."""
    *before, last = _NUMBER.split(text)
    return (*(int(part) if place % 2 else part + _AFTER_LETTERS for place, part in enumerate(before)), last)


def labels_of(store: Store, terms: Iterable[object]) -> dict[str, str]:
    """The labels of all IRIs among the terms, English ones before others: one query, and one more for those without."""
    found: dict[str, tuple[int, str]] = {}
    missing = {term.value for term in terms if isinstance(term, ox.NamedNode)}
    for label_property in (RDFS_LABEL, PREF_LABEL):
        missing -= found.keys()
        things = " ".join(f"<{thing}>" for thing in sorted(missing))
        for row in store.select(_LABEL_QUERY.format(things=things, property=label_property)) if missing else ():
            thing, rank = iri(row, "thing"), _label_rank(row["label"])
            found[thing] = min(found.get(thing, rank), rank)
    return {thing: label for thing, (_, label) in found.items()}


def _label_rank(label: Term) -> tuple[int, str]:
    if not isinstance(label, ox.Literal):
        return 3, str(label)
    language = label.language or ""
    return (0 if language.startswith("en") else 1 if not language else 2), label.value


def name_of(thing: str, labels: Mapping[str, str]) -> str:
    """The label of an IRI, or the end of the IRI where it has none."""
    return labels.get(thing) or thing.rstrip("/").rpartition("/")[2].rpartition("#")[2] or thing


def iri(row: Row, name: str) -> str:
    """The IRI of a variable in a row, "" where it has none."""
    term = row.get(name)
    return term.value if isinstance(term, ox.NamedNode) else ""


def text(row: Row, name: str) -> str:
    """The words of a variable in a row, "" where it has no value."""
    term = row.get(name)
    return term.value if isinstance(term, ox.Literal | ox.NamedNode | ox.BlankNode) else ""
