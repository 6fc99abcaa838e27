"""What is found: every thing of a release with its titles, names and words, where it stands and whom it is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import RDFS, SKOS

from ontology.terms import REC
from server.search.kinds import Kind, kind_of
from server.search.names import Names
from server.search.places import Places
from server.search.quads import Quads, reversed_links


@dataclass(frozen=True, slots=True)
class Entry:
    """A thing that is found, by its path. `place` is the path of what it stands in, "" for what stands by itself.

    `names` are its other names; `straight` those that mean it, however they are spelt; `facets` are pairs of a facet's
    name and what the thing has there: the name of its kind, the paths of sessions, bodies and States.
    """

    path: str
    kind: Kind
    title: str
    names: tuple[str, ...]
    text: str
    place: str
    straight: tuple[str, ...]
    facets: tuple[tuple[str, str], ...]


def entries(store: ox.Store, base: str) -> Iterator[Entry]:
    """All entries of a release in the order of their paths."""
    quads = Quads(store, base)
    names, places, texts = Names(quads), Places(quads), _texts(quads)
    for path, classes in sorted(quads.classes().items()):
        kind = kind_of(classes)
        if kind and path in names.titles:
            title, others = names.of(path)
            facets = (("kind", kind.name), *places.facets(path, kind))
            text = "\n".join(texts.get(path, ()))
            yield Entry(path, kind, title, others, text, places.place(path, kind), names.straight(path), facets)


def without_words(store: ox.Store, base: str) -> list[str]:
    """The paths of the sessions of whose reports the release holds facts only."""
    quads = Quads(store, base)
    sessions = quads.links(REC.reportsOn)
    return sorted(session for report in quads.words(REC.factsOnly) for session in sessions.get(report, ()))


def _texts(quads: Quads) -> dict[str, list[str]]:
    """The words of each thing: its own, those of a text's paragraphs in their order, a person's offices."""
    properties = (REC.text, SKOS.definition, RDFS.comment, REC.speaker, REC.purpose, REC.topic)
    found = dict(quads.words(*properties))
    orders = {path: int(values[0]) for path, values in quads.words(REC.order).items()}
    for text, clauses in reversed_links(quads.links(REC.clauseOf)).items():
        ordered = sorted(clauses, key=lambda clause: orders.get(clause, 0))
        found[text] = [words for clause in ordered for words in found.get(clause, ())]
    labels = quads.words(RDFS.label)
    for person, designations in reversed_links(quads.links(REC.designee)).items():
        found[person] = list(dict.fromkeys(words for one in designations for words in labels.get(one, ())))
    return found
