"""Texts and chapters in their order of reading: the paragraphs, with what they cite and the notes at their foot."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from server.pages.panels import about
from server.requests import address
from server.store import Row, Store
from server.things import iri, natural, text

TEXTS = frozenset({"Text", "DraftResolution", "DraftDecision", "Resolution", "Decision"})
CHAPTERS = frozenset({"Chapter", "Section"})
LEFT_OUT = " …"  # where a report is held as facts only


@dataclass(frozen=True, slots=True)
class Reference:
    """A thing that a paragraph cites: its name and address, the citing phrase, the pinpoint, the citation's address."""

    words: str
    href: str
    phrase: str
    pinpoint: str
    role: str
    citation: str


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote: its mark, words, the address of its page and the anchor on this one."""

    mark: str
    words: str
    href: str
    anchor: str
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is laid out: `level` 0 for a paragraph, 1 and more for sub-paragraphs; `label` as printed."""

    anchor: str
    href: str
    part: str
    level: int
    label: str
    phrase: str
    words: str
    lines: tuple[str, ...]
    addressee: str
    conditional: bool
    references: tuple[Reference, ...]
    notes: tuple[Note, ...]
    heading: str = ""

    @property
    def letter(self) -> str:
        """The letter of a sub-paragraph: "a" of "7(a)"."""
        return self.label.rpartition("(")[2].rstrip(")")


@dataclass(frozen=True, slots=True)
class Reading:
    """What is read on a page: the facts that stand at its head, its paragraphs, its notes."""

    kind: str
    head: Row
    paragraphs: tuple[Paragraph, ...]
    notes: tuple[Note, ...]


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
    references = _references(rows(f"{kind}-citations"))
    noted = [(iri(row, "place"), _note(row, references)) for row in rows(f"{kind}-notes")]
    by_place: dict[str, list[Note]] = {}
    for place, note in noted:
        by_place.setdefault(place, []).append(note)
    if not found:
        return None
    paragraphs = tuple(_paragraphs(found, references, by_place))
    notes = tuple(sorted({note.href: note for _, note in noted}.values(), key=lambda note: natural(note.mark)))
    head = rows("text-head") if kind == "text" else []
    return Reading(kind, head[0] if head else {}, paragraphs, notes)


def _once(rows: list[Row], name: str) -> list[Row]:
    return list({iri(row, name): row for row in rows}.values())


def _references(rows: list[Row]) -> dict[str, tuple[Reference, ...]]:
    found: dict[str, dict[str, Reference]] = {}
    for row in rows:
        target = iri(row, "cited")
        reference = Reference(
            words=text(row, "citedLabel") or target.rpartition("/")[2],
            href=address(target),
            phrase=text(row, "phrase"),
            pinpoint=text(row, "pinpoint"),
            role=text(row, "role"),
            citation=address(iri(row, "citation")),
        )
        found.setdefault(iri(row, "place"), {}).setdefault(iri(row, "citation"), reference)
    return {place: tuple(references.values()) for place, references in found.items()}


def _note(row: Row, references: dict[str, tuple[Reference, ...]]) -> Note:
    note = iri(row, "note")
    href = address(note)
    words = text(row, "words") or LEFT_OUT
    return Note(text(row, "mark"), words, href, "note-" + _anchor(href, 2), references.get(note, ()))


def _paragraphs(
    rows: list[Row], references: dict[str, tuple[Reference, ...]], notes: dict[str, list[Note]]
) -> Iterator[Paragraph]:
    parents = {iri(row, "paragraph"): iri(row, "parent") for row in rows}
    heading = ""
    for row in rows:
        place = iri(row, "paragraph")
        href = address(place)
        level, above = 0, parents[place]
        while above in parents and level < 4:
            level, above = level + 1, parents[above]
        phrase, words = text(row, "phrase"), text(row, "words")
        begins = words.casefold().startswith(phrase.casefold())
        opening = words[: len(phrase)] if begins else "" if words else phrase
        section = text(row, "heading")
        yield Paragraph(
            anchor=_anchor(href, 4),
            href=href,
            part=text(row, "part"),
            level=level,
            label=text(row, "number"),
            phrase=opening,
            words=words.removeprefix(opening) if words else LEFT_OUT,
            lines=tuple((words or LEFT_OUT).split("\n")),
            addressee=text(row, "addressee"),
            conditional=text(row, "conditional") == "true",
            references=references.get(place, ()),
            notes=tuple(notes.get(place, ())),
            heading=section if section != heading else "",
        )
        heading = section


def _anchor(href: str, segments: int) -> str:
    """The last segments of an address from the first word among them: "operative-7-a"."""
    parts = href.strip("/").split("/")
    for word in ("preambular", "operative", "agenda", "paragraph", "footnote"):
        if word in parts:
            return "-".join(parts[parts.index(word) :])
    return "-".join(parts[-segments:])


@cache
def _query(name: str) -> str:
    return (files("server.pages") / "reading_queries" / f"{name}.rq").read_text(encoding="utf-8")
