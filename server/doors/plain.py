"""Things in plain words, as text and as Markdown: what a person quotes, and what a language model reads.

Texts keep the layout of drafting: paragraphs with their numbers and letters, the marks of footnotes where they stand,
the footnotes at the end; before it the title, how it is cited and its address. A report has all its chapters, a
paragraph its sub-paragraphs. Any other thing has the tables of its page.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

import pyoxigraph as ox

from server.citing.words import in_words as cited_in_words
from server.citing.work import kind_of, work_of
from server.doors.forms import Door
from server.negotiation import Form
from server.pages.answers import Cell
from server.pages.gathered import gather
from server.pages.panels import Panel, about
from server.pages.paragraphs import Paragraph
from server.pages.pieces import Note
from server.pages.readings import CHAPTERS, TEXTS, Reading, reading_of
from server.requests import release
from server.store import Store
from server.things import describe, iri, labels_of, name_of, natural, text

PLAIN = Form("txt", "text/plain", "Plain text")
MARKDOWN = Form("md", "text/markdown", "Markdown")
ROWS = 400  # of a table, as on pages

_MARKS = re.compile(r"([\\`*_\[\]<>#|])")
_INDENT = "    "
_CHAPTERS = """PREFIX rec: <http://localhost:8000/def/>
SELECT DISTINCT ?chapter { ?chapter rec:partOf $this ; a rec:Chapter ; rec:order ?order } ORDER BY ?order ?chapter"""
_TEXTS_OF = """PREFIX rec: <http://localhost:8000/def/>
SELECT DISTINCT ?text { $this rec:hasText ?text } ORDER BY ?text"""
_AROUND = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?around { $this rec:clauseOf|rec:partOf ?around } ORDER BY ?around"""


@dataclass(frozen=True, slots=True)
class Style:
    """How words are written in one of the two forms."""

    markdown: bool

    @property
    def margin(self) -> str:
        """What stands before a line of the text."""
        return "" if self.markdown else _INDENT

    @property
    def line_end(self) -> str:
        """What keeps a line apart from the next in a paragraph."""
        return "  " if self.markdown else ""

    def title(self, words: str, level: int = 1) -> str:
        """A heading."""
        if self.markdown:
            return f"{'#' * min(level, 6)} {self.plain(words)}\n"
        return f"{words}\n{('=' if level == 1 else '-') * min(len(words), 78)}\n" if level < 3 else f"{words}\n"

    def plain(self, words: str) -> str:
        """Words in which nothing is a mark of the form."""
        return _MARKS.sub(r"\\\1", words) if self.markdown else words

    def opening(self, words: str) -> str:
        """The opening phrase of a paragraph, which the United Nations print in italics."""
        return f"*{self.plain(words)}*" if self.markdown and words.strip() else words

    def mark(self, note: Note) -> str:
        """The mark of a footnote in the words."""
        return f"[^{note.mark}]" if self.markdown else f"[{note.mark}]"

    def note(self, note: Note) -> str:
        """A footnote at the end."""
        words = " ".join(self.plain(note.words).split())
        return f"[^{note.mark}]: {words}" if self.markdown else f"[{note.mark}] {words}"

    def link(self, words: str, address: str) -> str:
        """Words with the address behind them."""
        return f"[{self.plain(words)}]({address})" if self.markdown else f"{words} <{address}>"


def words_of(thing: ox.NamedNode, classes: Collection[str], style: Style) -> str:
    """A thing in plain words."""
    store, base = release().store, release().base
    if TEXTS & set(classes):
        parts = _text(store, base, thing, classes, style)
    elif "Report" in classes:
        parts = _report(store, base, thing, classes, style)
    elif CHAPTERS & set(classes):
        parts = _chapter(store, base, thing, style, 1)
    elif "Passage" in classes:
        parts = _passage(store, base, thing, style)
    else:
        parts = _any(store, base, thing, style)
    return "\n".join(parts).rstrip("\n") + "\n"


def _head(store: Store, base: str, thing: ox.NamedNode, classes: Collection[str], style: Style) -> Iterator[str]:
    """The title, how it is cited, its address and that of the document at the United Nations."""
    kind = kind_of(classes)
    work = work_of(store, base, thing, kind) if kind else None
    yield style.title((work.name if work else "") or name_of(thing.value, labels_of(store, [thing])))
    if work:
        yield f"{style.plain(cited_in_words(work))}{style.line_end}"
        yield from (f"{line}{style.line_end}" for line in (work.iri, work.elsewhere) if line)
    else:
        yield thing.value
    yield ""


def _text(
    store: Store, base: str, thing: ox.NamedNode, classes: Collection[str], style: Style, level: int = 1
) -> Iterator[str]:
    reading = reading_of(store, base, thing, classes)
    yield from _head(store, base, thing, classes, style)
    if reading is None:
        yield "Its words are not held here."
        return
    if voice := text(reading.head, "voiceLabel"):
        organ = voice if voice.startswith("The ") else f"The {voice}"
        yield f"{style.margin}{style.opening(organ)},\n"
    part = ""
    for paragraph in reading.paragraphs:
        if paragraph.part != part and paragraph.part not in ("preambular", "operative"):
            yield style.title(paragraph.part.capitalize(), level + 1)
        part = paragraph.part
        yield _paragraph(paragraph, style)
    yield from _notes(reading.notes, style)


def _report(store: Store, base: str, thing: ox.NamedNode, classes: Collection[str], style: Style) -> Iterator[str]:
    yield from _head(store, base, thing, classes, style)
    texts = [ox.NamedNode(iri(row, "text")) for row in store.select(about(_TEXTS_OF, base, thing))]
    if texts:
        yield style.title("Resolutions and decisions", 2)
        labels = labels_of(store, texts)
        yield from (f"- {style.link(name_of(one.value, labels), one.value)}" for one in sorted(texts, key=_place))
        yield ""
    for chapter in _inner(store, base, thing):
        yield from _chapter(store, base, chapter, style, 2)


def _place(thing: ox.NamedNode) -> tuple[int | str, ...]:
    return natural(thing.value)


def _inner(store: Store, base: str, thing: ox.NamedNode) -> list[ox.NamedNode]:
    """The chapters of a report or the sections of a chapter, in order."""
    return list(dict.fromkeys(ox.NamedNode(iri(row, "chapter")) for row in store.select(about(_CHAPTERS, base, thing))))


def _chapter(store: Store, base: str, thing: ox.NamedNode, style: Style, level: int) -> Iterator[str]:
    """A chapter with its paragraphs; those of its sections stand under their headings."""
    yield style.title(name_of(thing.value, labels_of(store, [thing])), level)
    if level == 1:
        yield f"{thing.value}\n"
    reading = reading_of(store, base, thing, ("Chapter",))
    if reading is None:
        return
    for paragraph in reading.paragraphs:
        if paragraph.heading:
            yield style.title(paragraph.heading, level + 1)
        yield _paragraph(paragraph, style)
    yield from _notes(reading.notes, style)


def _passage(store: Store, base: str, thing: ox.NamedNode, style: Style) -> Iterator[str]:
    """A paragraph with those inside it and their footnotes, as it stands in the text or chapter around it."""
    labels = labels_of(store, [thing])
    yield style.title(name_of(thing.value, labels))
    yield f"{thing.value}\n"
    for row in store.select(about(_AROUND, base, thing)):
        around = ox.NamedNode(iri(row, "around"))
        kinds = [node.value.removeprefix(f"{base}def/") for node in describe(store, around).types]
        reading = reading_of(store, base, around, kinds)
        if reading and (inside := tuple(_inside(reading, thing.value))):
            yield from (_paragraph(paragraph, style) for paragraph in inside)
            yield from _notes(dict.fromkeys(note for paragraph in inside for note in paragraph.notes), style)
            yield f"{style.link(name_of(around.value, labels_of(store, [around])), around.value)}"
            return
    said = describe(store, thing)
    words = said.value(f"{base}def/text")
    yield style.plain(words.value) if isinstance(words, ox.Literal) else "Its words are not held here."


def _inside(reading: Reading, thing: str) -> Iterator[Paragraph]:
    """A paragraph of a reading and the deeper ones that follow it."""
    level = -1
    for paragraph in reading.paragraphs:
        if paragraph.iri == thing:
            level = paragraph.level
        elif level >= 0 and paragraph.level <= level:
            return
        if level >= 0:
            yield paragraph


def _paragraph(paragraph: Paragraph, style: Style) -> str:
    """A paragraph with its number or letter, indented by its depth."""
    words = "".join(style.plain(piece.words) + "".join(map(style.mark, piece.notes)) for piece in paragraph.pieces)
    lines = f"{_label(paragraph)}{style.opening(paragraph.phrase)}{words}".split("\n")
    # In Markdown four spaces would make it code, so that depth is told as that of a quotation.
    margin = "> " * paragraph.level if style.markdown else _INDENT * (paragraph.level + 1)
    return "".join(
        f"{margin}{line}{style.line_end if number else ''}\n" for number, line in enumerate(lines, 1 - len(lines))
    )


def _label(paragraph: Paragraph) -> str:
    """What stands before the words: "7. ", "(a) ", nothing before a paragraph of the preamble."""
    if paragraph.level and paragraph.letter:
        return f"({paragraph.letter}) "
    numbered = paragraph.label and (paragraph.part != "preambular" or paragraph.level)
    return f"{paragraph.label}. " if numbered else ""


def _notes(notes: Iterable[Note], style: Style) -> Iterator[str]:
    lines = [style.note(note) for note in notes]
    if lines:
        yield from ([] if style.markdown else ["-" * 12])
        yield from (f"{line}\n" for line in lines)


def _any(store: Store, base: str, thing: ox.NamedNode, style: Style) -> Iterator[str]:
    """What the page of a thing says, its tables as lists."""
    found = gather(store, base, thing, 0)
    yield style.title(name_of(thing.value, found.labels))
    yield f"{thing.value}\n"
    if any(found.days):
        yield f"{' to '.join(dict.fromkeys(day for day in found.days if day))}\n"
    for filled in found.panels:
        yield from _table(filled.panel(found.labels), style)


def _table(panel: Panel, style: Style) -> Iterator[str]:
    yield style.title(panel.title, 2)
    yield from (f"- {_row(panel.grid.columns, row, style)}" for row in panel.grid.rows[:ROWS])
    if panel.grid.more:
        yield "- …"
    yield ""


def _row(columns: Sequence[str], row: Sequence[Cell], style: Style) -> str:
    """The cells of a row with the words of their columns, the first without; links lead where they do on the page."""
    told = [(name, [cell, *cell.others]) for name, cell in zip(columns, row, strict=True) if cell.words]
    said = (", ".join(_cell(cell, style) for cell in cells) for _, cells in told)
    return "; ".join(words if not place else f"{told[place][0]}: {words}" for place, words in enumerate(said))


def _cell(cell: Cell, style: Style) -> str:
    return style.plain(" ".join(cell.words.split()))


def _door(form: Form, style: Style) -> Door:
    return Door(form, frozenset(), lambda thing, classes: words_of(thing, classes, style))


DOORS = (_door(PLAIN, Style(markdown=False)), _door(MARKDOWN, Style(markdown=True)))
