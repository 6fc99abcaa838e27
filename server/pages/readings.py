"""Texts and chapters in their order of reading: the paragraphs, with what they cite and the notes at their foot."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from server.pages.panels import about
from server.pages.paragraphs import Paragraph, note_of, paragraphs_of
from server.pages.pieces import Note
from server.pages.references import Kind, kinds, references_of
from server.store import Row, Store
from server.things import iri, natural, text

TEXTS = frozenset({"Text", "DraftResolution", "DraftDecision", "Resolution", "Decision", "Declaration"})
CHAPTERS = frozenset({"Chapter", "Section"})


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a text: "preambular", "operative" or "agenda", the anchor of its first paragraph, how many it has."""

    name: str
    anchor: str
    count: int


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read on a page: the facts that stand at its head, its paragraphs, its notes."""

    kind: str
    head: Row
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]

    @property
    def parts(self) -> tuple[Part, ...]:
        """The parts in their order of reading, each where it begins first."""
        counts = Counter(paragraph.part for paragraph in self.paragraphs if not paragraph.level)
        first = {paragraph.part: paragraph.anchor for paragraph in reversed(self.paragraphs)}
        return tuple(Part(part, first[part], count) for part, count in counts.items())

    @property
    def cited(self) -> tuple[Kind, ...]:
        """All that the paragraphs and notes cite, by kind, each work once."""
        said = [reference for paragraph in self.paragraphs for reference in paragraph.references]
        noted = [reference for note in self.notes for reference in note.references]
        return kinds(replace(reference, pinpoint="") for reference in (*said, *noted))


def reading_of(store: Store, base: str, thing: ox.NamedNode, classes: Collection[str]) -> Reading | None:
    """The reading of a text, a chapter or a section; None for other things and where there is nothing to read."""
    if TEXTS & set(classes):
        return _reading("text", store, base, thing)
    if CHAPTERS & set(classes):
        return _reading("chapter", store, base, thing)
    return None


def _reading(kind: str, store: Store, base: str, thing: ox.NamedNode) -> Reading | None:
    def rows(name: str) -> list[Row]:
        return store.select(about(_query(name), base, thing))

    found = _once(rows(f"{kind}-paragraphs"), "paragraph")
    quotes = {iri(row, "citation"): text(row, "quote") for row in (rows("text-quotes") if kind == "text" else ())}
    references = references_of(rows(f"{kind}-citations"), quotes)
    noted = [(iri(row, "place"), note_of(row, references)) for row in rows(f"{kind}-notes")]
    by_place: dict[str, list[Note]] = {}
    for place, note in noted:
        by_place.setdefault(place, []).append(note)
    if not found:
        return None
    marked = rows("text-marked") if kind == "text" and by_place else []
    printed = {iri(row, "place"): text(row, "printed") for row in marked}
    paragraphs = tuple(paragraphs_of(found, references, by_place, printed))
    notes = tuple(sorted({note.href: note for _, note in noted}.values(), key=lambda note: natural(note.mark)))
    head = rows("text-head") if kind == "text" else []
    return Reading(kind, head[0] if head else {}, paragraphs, notes)


def _once(rows: list[Row], name: str) -> list[Row]:
    return list({iri(row, name): row for row in rows}.values())


@cache
def _query(name: str) -> str:
    return (files("server.pages") / "reading_queries" / f"{name}.rq").read_text(encoding="utf-8")
