"""Paragraphs of texts that say nearly the same: which are, and which are to be looked for anew when a document changes.

Two paragraphs of different texts are alike where at least `ALIKE` of their words stand in both in one order. They are
compared where they share a key that at most `MOST` paragraphs have: what more have in common is a formula of drafting
("Requests the Secretary-General to report to it at its next session"), and to link each with each would make the
thousandth document cost a thousand links. A pair depends on its two paragraphs and on who shares their keys, so that it
does not matter in which order documents come.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

from rdflib import XSD, Graph, Literal, URIRef

from mappings import iris
from mappings.assertion.triples import Triple, described
from mappings.links.rows import Row
from mappings.links.sameness import FEWEST, keys, likeness, words_of
from ontology.terms import REC

TABLE = "alike"
ALIKE = 0.8  # four words in five: all 225 paragraphs of eight official texts beside their drafts have 0.9 and more
MOST = 30  # paragraphs: a text that is renewed each year has ten years in three works
Find = Callable[[str], Iterable[Row]]


@dataclass(frozen=True, slots=True, order=True)
class Pair:
    """Two paragraphs by their IRIs, in the order of these, and how alike they are, from 0 to 1."""

    one: str
    other: str
    likeness: float


@dataclass(frozen=True, slots=True)
class FoundPairs:
    """The paragraphs whose pairs were looked for anew, and the pairs found."""

    paragraphs: frozenset[str]
    pairs: tuple[Pair, ...]


def rows_of_paragraphs(said: Graph) -> Iterator[Row]:
    """A row for each paragraph of a text whose words a graph has."""
    for paragraph, text in sorted(said.subject_objects(REC.clauseOf)):
        words = words_of(str(said.value(paragraph, REC.text) or ""))
        if len(words) >= FEWEST:
            values = {"text": str(text), "words": " ".join(words)}
            yield Row(TABLE, str(paragraph), tuple(keys(words)), values)


def pairs_anew(changed: Iterable[Row], find: Find) -> FoundPairs:
    """All pairs of the paragraphs that rows of changed documents concern, those that they had and those they have.

    `find` gives the rows of the documents in force that have a key, and need not be read to its end.
    """
    rows = [row for row in changed if row.table == TABLE]
    known = _Known(find)
    came: dict[str, int] = {}
    for row in rows:
        for key in row.keys:
            came[key] = came.get(key, 0) + 1
    anew = {row.iri for row in rows}
    held: dict[str, Row] = {}
    for key, number in came.items():
        sharing = known.sharing(key, MOST + number)
        held.update((row.iri, row) for row in sharing if row.iri in anew)
        if MOST - number < len(sharing) <= MOST + number:  # too many had the key before, or have it now
            held.update((row.iri, row) for row in sharing)
    pairs = {pair for row in held.values() for pair in known.pairs(row)}
    return FoundPairs(frozenset(anew | held.keys()), tuple(sorted(pairs)))


@dataclass(slots=True)
class _Known:
    """The rows of the documents in force, each key looked up once."""

    find: Find
    _asked: dict[str, tuple[Row, ...]] = field(default_factory=dict)

    def sharing(self, key: str, most: int = MOST) -> tuple[Row, ...]:
        """The paragraphs that have a key; one more than `most` where there are more."""
        if key not in self._asked or most > MOST:
            self._asked[key] = tuple(islice(self.find(key), most + 1))
        return self._asked[key]

    def pairs(self, row: Row) -> Iterator[Pair]:
        """The pairs of a paragraph."""
        words = row.values["words"].split(" ")
        near: dict[str, Row] = {}
        for key in row.keys:
            if len(sharing := self.sharing(key)) <= MOST:
                near.update((other.iri, other) for other in sharing)
        for other in near.values():
            if other.values["text"] != row.values["text"]:
                alike = likeness(words, other.values["words"].split(" "))
                if alike >= ALIKE:
                    one, second = sorted((row.iri, other.iri))
                    yield Pair(one, second, round(alike, 3))


def said_of(pair: Pair) -> Iterator[Triple]:
    """What a pair says: its two paragraphs and their likeness."""
    subject = iris.paragraph_likeness(pair.one, pair.other)
    yield from described(
        subject,
        REC.ParagraphLikeness,
        f"{iris.path_of(pair.one)} beside {iris.path_of(pair.other)}",
        (REC.alikeParagraph, URIRef(pair.one)),
        (REC.alikeParagraph, URIRef(pair.other)),
    )
    yield subject, REC.likeness, Literal(f"{pair.likeness:.3f}", datatype=XSD.decimal)
