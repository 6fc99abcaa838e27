"""Turtle as a person would write it: the thing first, `a` and its label before all else, only the prefixes used.

What points to the thing stands apart below it. The syntax is that of the W3C's Turtle 1.1; terms are written by the
engine, and shortened where the grammar has a short form for them (2.4 IRIs, 2.5 literals).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

import pyoxigraph as ox

from server.things import RDF_TYPE, RDFS_LABEL, natural

POINTING_HERE = "# What points here"  # a line above the blocks of what does
WIDTH = 100  # columns in which the values of a property stand in one line
_LOCAL = re.compile(r"[A-Za-z0-9_][\w-]*(?:\.[\w-]+)*", re.ASCII)  # a part of PN_LOCAL that needs no escapes
_XSD = "http://www.w3.org/2001/XMLSchema#"
_BARE = {  # lexical forms that the grammar reads as literals of the type
    f"{_XSD}integer": re.compile(r"[+-]?[0-9]+"),
    f"{_XSD}boolean": re.compile(r"true|false"),
}


# Subject, property and value as N-Triples have them.
Fact = tuple[str, str, str]
_TYPE, _LABEL = f"<{RDF_TYPE}>", f"<{RDFS_LABEL}>"


class Writer:
    """Terms in Turtle; `used` are the prefixes that it has needed since they were last cleared."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        # the longest namespace first: one may begin another
        self._known = sorted(((space, prefix) for prefix, space in prefixes.items()), key=lambda one: -len(one[0]))
        self.used: set[str] = set()
        self._written: dict[str, tuple[str, str]] = {}
        self._places: dict[str, tuple[int | str, ...]] = {}

    def term(self, term: str) -> str:
        """A term in its shortest form."""
        written = self._written.get(term)
        if written is None:
            written = self._written[term] = self._new(term)
        text, prefix = written
        if prefix:
            self.used.add(prefix)
        return text

    def place(self, text: str) -> tuple[int | str, ...]:
        """The place of a text in the order of things."""
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = natural(text)
        return place

    def _new(self, term: str) -> tuple[str, str]:
        """A term in its shortest form, and the prefix that it needs, "" for none."""
        if term.startswith("<") and not term.startswith("<<"):
            return self._iri(term)
        if term.startswith('"') and term.endswith(">"):
            value, _, kind = term.rpartition("^^")
            if (bare := _BARE.get(kind[1:-1])) and bare.fullmatch(value[1:-1]):
                return value[1:-1], ""
            name, prefix = self._iri(kind)
            return f"{value}^^{name}", prefix
        return term, ""

    def _iri(self, node: str) -> tuple[str, str]:
        for space, prefix in self._known:
            if node.startswith(space, 1) and _LOCAL.fullmatch(node, len(space) + 1, len(node) - 1):
                return f"{prefix}:{node[len(space) + 1 : -1]}", prefix
        return node, ""


def turtle(statements: Iterable[ox.Triple], prefixes: Mapping[str, str], thing: str = "") -> str:
    """Statements in Turtle, the thing of an IRI first, then what points to it, then the rest."""
    writer = Writer(prefixes)
    body, _ = arranged(map(fact_of, statements), writer, f"<{thing}>")
    return headed(body, prefixes, writer.used)


def fact_of(statement: ox.Triple | ox.Quad) -> Fact:
    """A statement as text."""
    return str(statement.subject), str(statement.predicate), str(statement.object)


def headed(body: str, prefixes: Mapping[str, str], used: Collection[str]) -> str:
    """Statements in Turtle under the prefixes that they use."""
    head = "".join(f"@prefix {name}: <{space}> .\n" for name, space in sorted(prefixes.items()) if name in used)
    return f"{head}\n{body}" if head else body


def arranged(facts: Iterable[Fact], writer: Writer, thing: str) -> tuple[str, list[Fact]]:
    """Facts in Turtle without the prefixes, the thing first, then what points to it, then the rest; and their order."""
    said: dict[str, dict[str, list[str]]] = {}
    pointing: set[str] = set()
    for subject, name, value in facts:
        said.setdefault(subject, {}).setdefault(name, []).append(value)
        if value == thing:
            pointing.add(subject)
    others = sorted((one for one in said if one != thing), key=writer.place)
    parts: list[str] = []
    order: list[Fact] = []
    if thing in said:
        parts.append(_block(writer, thing, said[thing], order))
    here = [one for one in others if one in pointing]
    rest = [one for one in others if one not in pointing]
    if here:
        parts.append(f"{POINTING_HERE}\n")
        parts += [_block(writer, one, said[one], order) for one in here]
    if rest:
        parts += ["# Besides\n"] if parts else []
        parts += [_block(writer, one, said[one], order) for one in rest]
    return "\n".join(parts), order


def _block(writer: Writer, subject: str, facts: Mapping[str, list[str]], order: list[Fact]) -> str:
    """All that is said of a subject."""
    said = " ;\n    ".join(_facts(writer, subject, facts, order))
    return f"{writer.term(subject)} {said} .\n"


def _facts(writer: Writer, subject: str, facts: Mapping[str, list[str]], order: list[Fact]) -> Iterator[str]:
    for said in sorted(facts, key=place_of_property) if len(facts) > 1 else facts:
        name = "a" if said == _TYPE else writer.term(said)
        told = facts[said]
        if len(told) == 1:
            order.append((subject, said, told[0]))
            yield f"{name} {writer.term(told[0])}"
            continue
        pairs = sorted(((writer.term(value), value) for value in told), key=lambda one: writer.place(one[0]))
        order += [(subject, said, value) for _, value in pairs]
        values = [text for text, _ in pairs]
        inline = ", ".join(values)
        many = len(name) + len(inline) > WIDTH
        yield f"{name}\n        " + " ,\n        ".join(values) if many else f"{name} {inline}"


def place_of_property(said: str) -> tuple[int, str]:
    """`a` first, then the label, then the properties by their IRIs."""
    return (0 if said == _TYPE else 1 if said == _LABEL else 2), said
