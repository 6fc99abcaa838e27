"""Turtle as a person would write it: the thing first, `a` and its label before all else, only the prefixes used.

What points to the thing stands apart below it. The syntax is that of the W3C's Turtle 1.1; terms are written by the
engine, and shortened where the grammar has a short form for them (2.4 IRIs, 2.5 literals).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

import pyoxigraph as ox

from server.things import RDF_TYPE, RDFS_LABEL, natural

WIDTH = 100  # columns in which the values of a property stand in one line
_LOCAL = re.compile(r"[A-Za-z0-9_][\w-]*(?:\.[\w-]+)*", re.ASCII)  # a part of PN_LOCAL that needs no escapes
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {  # lexical forms that the grammar reads as literals of the type
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}


class Writer:
    """Terms in Turtle; `used` are the prefixes that it has needed so far."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # the longest namespace first: one may begin another
        self._known = sorted(((space, prefix) for prefix, space in prefixes.items()), key=lambda one: -len(one[0]))
        self.used: set[str] = set()
        self._written: dict[object, str] = {}

    def term(self, term: object) -> str:
        """A term in its shortest form."""
        if term not in self._written:
            self._written[term] = self._new(term)
        return self._written[term]

    def _new(self, term: object) -> str:
        if isinstance(term, ox.NamedNode):
            return self._iri(term)
        if isinstance(term, ox.Literal) and not term.language:
            kind = term.datatype.value
            if (bare := _BARE.get(kind)) and bare.fullmatch(term.value):
                return term.value
            if kind != f"{_XSD}string":
                return f"{ox.Literal(term.value)}^^{self._iri(term.datatype)}"
        return str(term)

    def _iri(self, node: ox.NamedNode) -> str:
        for space, prefix in self._known:
            if node.value.startswith(space) and _LOCAL.fullmatch(node.value, len(space)):
                self.used.add(prefix)
                return f"{prefix}:{node.value[len(space) :]}"
        return str(node)


def turtle(statements: Iterable[ox.Triple], prefixes: Mapping[str, str], thing: str = "") -> str:
    """Statements in Turtle, the thing of an IRI first, then what points to it, then the rest."""
    said: dict[object, dict[ox.NamedNode, list[object]]] = {}
    pointing: set[object] = set()
    for one in statements:
        said.setdefault(one.subject, {}).setdefault(one.predicate, []).append(one.object)
        if thing and isinstance(one.object, ox.NamedNode) and one.object.value == thing:
            pointing.add(one.subject)
    first = ox.NamedNode(thing) if thing else None
    others = sorted((one for one in said if one != first), key=lambda one: natural(str(one)))
    writer = Writer(prefixes)
    parts: list[str] = []
    if first in said:
        parts.append(_block(writer, first, said[first]))
    here = [one for one in others if one in pointing]
    rest = [one for one in others if one not in pointing]
    if here:
        parts.append("# What points here\n")
        parts += [_block(writer, one, said[one]) for one in here]
    if rest:
        parts += ["# Besides\n"] if parts else []
        parts += [_block(writer, one, said[one]) for one in rest]
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in sorted(prefixes.items()) if name in writer.used)
    return "\n".join([head, *parts] if head else parts)


def _block(writer: Writer, subject: object, facts: Mapping[ox.NamedNode, list[object]]) -> str:
    """All that is said of a subject."""
    said = " ;\n    ".join(_facts(writer, facts))
    return f"{writer.term(subject)} {said} .\n"


def _facts(writer: Writer, facts: Mapping[ox.NamedNode, list[object]]) -> Iterator[str]:
    for said in sorted(facts, key=_place):
        name = "a" if said.value == RDF_TYPE else writer.term(said)
        values = sorted((writer.term(value) for value in facts[said]), key=natural)
        inline = ", ".join(values)
        many = len(values) > 1 and len(name) + len(inline) > WIDTH
        yield f"{name}\n        " + " ,\n        ".join(values) if many else f"{name} {inline}"


def _place(said: ox.NamedNode) -> tuple[int, str]:
    """`a` first, then the label, then the properties by their IRIs."""
    return (0 if said.value == RDF_TYPE else 1 if said.value == RDFS_LABEL else 2), said.value
