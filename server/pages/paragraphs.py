"""Paragraphs and footnotes as they are laid out: what they say and cite, and where the marks of footnotes stand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from server.pages.pieces import Note, Piece, pieces
from server.pages.references import Kind, Reference, kinds
from server.requests import address
from server.store import Row
from server.things import iri, text

LEFT_OUT = " …"  # where a report is held as facts only


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as it is laid out: `level` 0 for a paragraph, 1 and more for sub-paragraphs; `label` as printed.

    `pieces` are the words after the opening phrase, cut where the marks of notes stand and cited works are named.
    """

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
    iri: str = ""
    evidenced: bool = False
    pieces: tuple[Piece, ...] = ()

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """What it cites, by kind."""
        return kinds(self.references)

    @property
    def letter(self) -> str:
        """The letter of a sub-paragraph: "a" of "7(a)"."""
        return self.label.rpartition("(")[2].rstrip(")")


def note_of(row: Row, references: Mapping[str, tuple[Reference, ...]]) -> Note:
    """The footnote of a row, with what it cites by the footnote's IRI."""
    note = iri(row, "note")
    href = address(note)
    words = text(row, "words") or LEFT_OUT
    anchor = "note-" + _anchor(href, 2)
    return Note(text(row, "mark"), words, href, anchor, references.get(note, ()))


def paragraphs_of(
    rows: list[Row],
    references: Mapping[str, tuple[Reference, ...]],
    notes: Mapping[str, list[Note]],
    printed: Mapping[str, str],
) -> Iterator[Paragraph]:
    """The paragraphs of rows in order; what they cite, their notes and what the report prints are by their IRIs."""
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
        noted = tuple(notes.get(place, ()))
        section = text(row, "heading")
        yield Paragraph(
            anchor=_anchor(href, 4),
            href=href,
            iri=place,
            part=text(row, "part"),
            level=level,
            label=text(row, "number"),
            phrase=opening,
            words=words.removeprefix(opening) if words else LEFT_OUT,
            lines=tuple((words or LEFT_OUT).split("\n")),
            addressee=text(row, "addressee"),
            conditional=text(row, "conditional") == "true",
            references=references.get(place, ()),
            notes=noted,
            heading=section if section != heading else "",
            evidenced="evidence" in row,
            pieces=pieces(words, len(opening), noted, printed.get(place, ""), references.get(place, ()))
            if words
            else (Piece(LEFT_OUT, None, noted),),
        )
        heading = section


def _anchor(href: str, segments: int) -> str:
    """The last segments of an address from the first word among them: "operative-7-a"."""
    parts = href.strip("/").split("/")
    for word in ("preambular", "operative", "agenda", "paragraph", "footnote"):
        if word in parts:
            return "-".join(parts[parts.index(word) :])
    return "-".join(parts[-segments:])
