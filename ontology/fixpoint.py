"""The rules of the ontology run over facts until nothing new follows.

Terms are whole numbers here: hashing rdflib's terms again and again is what would cost the time. Each triple that is
new is joined with what is known already, once (semi-naive evaluation), so that the work grows with the result.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import RDF, Literal
from rdflib.term import Node

from ontology.axioms import Rules

Coded = tuple[int, int, int]
TYPE = 0  # the code of rdf:type in every Codes


class TooManyInferences(Exception):
    """More follows than may: a chain of two properties over one node gives the product of their numbers there."""


class Codes:
    """A number for each term, and the way back."""

    def __init__(self) -> None:
        self._codes: dict[Node, int] = {RDF.type: TYPE}
        self.terms: list[Node] = [RDF.type]
        self.literals: set[int] = set()

    def of(self, term: Node) -> int:
        """The number of a term, a new one for a new term."""
        code = self._codes.get(term)
        if code is None:
            code = self._codes[term] = len(self.terms)
            self.terms.append(term)
            if isinstance(term, Literal):
                self.literals.add(code)
        return code

    def triple(self, triple: tuple[Node, Node, Node]) -> Coded:
        """A triple of terms as numbers."""
        subject, predicate, value = triple
        return self.of(subject), self.of(predicate), self.of(value)


def _by_first(rows: Iterable[tuple[int, ...]]) -> dict[int, list[tuple[int, ...]]]:
    """The rows by their first member, which is taken off."""
    table: dict[int, list[tuple[int, ...]]] = defaultdict(list)
    for first, *rest in rows:
        table[first].append(tuple(rest))
    return dict(table)


class Fixpoint:
    """One run: `add` what is known, then `run`; `known` holds the triples with all that follows from them."""

    def __init__(self, rules: Rules[int], literals: set[int]) -> None:
        self.known: set[Coded] = set()
        self._literals = literals
        self._links: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._back_links: dict[tuple[int, int], list[int]] = defaultdict(list)
        self._supers, self._wider = _by_first(rules.supers), _by_first(rules.wider)
        self._inverses = _by_first(rules.inverses)
        self._domains, self._ranges = _by_first(rules.domains), _by_first(rules.ranges)
        self._chains_from = _by_first(rules.chains)
        self._chains_to = _by_first((second, first, whole) for first, second, whole in rules.chains)
        self._some = _by_first(rules.some)
        self._some_of = _by_first((filler, property_, restriction) for property_, filler, restriction in rules.some)
        self._values = _by_first(rules.values)
        self._values_of = _by_first((restriction, property_, value) for property_, value, restriction in rules.values)
        self._wholes: dict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
        for whole, parts in rules.intersections:
            for part in parts:
                self._wholes[part].append((whole, parts))

    def run(self, triples: Iterable[Coded], most: int | None = None) -> None:
        """Adds the triples and all that follows from them and from what is known.

        Raises TooManyInferences where more than `most` triples would be known.
        """
        pending = list(triples)
        while pending:
            triple = pending.pop()
            if triple in self.known:
                continue
            self.known.add(triple)
            if most is not None and len(self.known) > most:
                raise TooManyInferences
            subject, predicate, value = triple
            if predicate == TYPE:
                pending.extend(self._of_type(subject, value))
                continue
            self._links[predicate, subject].append(value)
            self._back_links[predicate, value].append(subject)
            pending.extend(self._of_link(subject, predicate, value))
            if value not in self._literals:
                pending.extend(self._of_linked(subject, predicate, value))

    def _of_type(self, member: int, kind: int) -> Iterator[Coded]:
        """What follows from membership: classes above, restrictions on those that link here, values, intersections."""
        for (above,) in self._supers.get(kind, ()):
            yield member, TYPE, above
        for property_, restriction in self._some_of.get(kind, ()):
            for subject in self._back_links.get((property_, member), ()):
                yield subject, TYPE, restriction
        for property_, value in self._values_of.get(kind, ()):
            yield member, property_, value
        for whole, parts in self._wholes.get(kind, ()):
            if all((member, TYPE, part) in self.known for part in parts):
                yield member, TYPE, whole

    def _of_link(self, subject: int, property_: int, value: int) -> Iterator[Coded]:
        """What follows from a link whatever its value is: wider properties, domains, values, chains."""
        for (wider,) in self._wider.get(property_, ()):
            yield subject, wider, value
        for (domain,) in self._domains.get(property_, ()):
            yield subject, TYPE, domain
        for wanted, restriction in self._values.get(property_, ()):
            if value == wanted:
                yield subject, TYPE, restriction
        for second, whole in self._chains_from.get(property_, ()):
            for end in self._links.get((second, value), ()):
                yield subject, whole, end
        for first, whole in self._chains_to.get(property_, ()):
            for start in self._back_links.get((first, subject), ()):
                yield start, whole, value

    def _of_linked(self, subject: int, property_: int, value: int) -> Iterator[Coded]:
        """What follows for a value that is no literal: ranges, inverses, restrictions on its class."""
        for (range_,) in self._ranges.get(property_, ()):
            yield value, TYPE, range_
        for (inverse,) in self._inverses.get(property_, ()):
            yield value, inverse, subject
        for filler, restriction in self._some.get(property_, ()):
            if (value, TYPE, filler) in self.known:
                yield subject, TYPE, restriction
