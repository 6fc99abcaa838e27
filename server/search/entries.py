"""What is found: every thing of a release with its titles, names and words, where it stands and whom it is about."""

from __future__ import annotations

from dataclasses import dataclass

from rdflib import RDFS, SKOS

from ontology.terms import REC
from server.search.kinds import Kind, kind_of
from server.search.names import Names
from server.search.places import Places
from server.search.quads import Quads

LENDING = (  # properties of things from which what they point to has words, titles or facets
    REC.clauseOf,
    REC.designee,
    REC.reportedIn,
    REC.adoptedAs,
    REC.fromDraft,
    REC.publishedAs,
    REC.presentedDocument,
    REC.citedWork,
)
_WORDY = (REC.text, SKOS.definition, RDFS.comment, REC.speaker, REC.purpose, REC.topic)


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


def entry_of(quads: Quads, path: str) -> Entry | None:
    """The entry of a thing, None for what is not looked for."""
    kind = kind_of(quads.classes(path))
    names, places = Names(quads), Places(quads)
    if not kind or not names.titles(path):
        return None
    title, others = names.of(path)
    facets = (("kind", kind.name), *places.facets(path, kind))
    text = "\n".join(_texts(quads, path))
    return Entry(path, kind, title, others, text, places.place(path, kind), names.straight(path), facets)


def without_words(quads: Quads) -> list[str]:
    """The paths of the sessions of whose reports the release holds facts only."""
    return sorted(session for report in quads.having(REC.factsOnly) for session in quads.links(report, REC.reportsOn))


def _texts(quads: Quads, path: str) -> list[str]:
    """The words of a thing: its own, those of a text's paragraphs in their order, a person's offices."""
    if clauses := quads.back(path, REC.clauseOf):
        ordered = sorted(clauses, key=lambda clause: int(next(iter(quads.words(clause, REC.order)), "0")))
        return [words for clause in ordered for words in quads.words(clause, *_WORDY)]
    if designations := quads.back(path, REC.designee):
        return list(dict.fromkeys(words for one in designations for words in quads.words(one, RDFS.label)))
    return quads.words(path, *_WORDY)
