"""The outline of a report: from the text as it came to the tree of `mappings.tree`.

Every character of the source lies in the spans of exactly one node; no text makes the outline fail. Footnotes are
direct children of the root, after the parts of the report, and furniture stands last.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mappings.formulae import formula
from mappings.outlining.addresses import with_addresses
from mappings.outlining.front import read_front
from mappings.outlining.growth import Growth, merged
from mappings.outlining.headings import (
    BARE_NUMBER,
    HANGING,
    declaration_head,
    heading_like,
    in_first_person,
    is_voice,
    speaks,
)
from mappings.outlining.inline import Hyphens, hyphens_of
from mappings.outlining.lines import Block, Form, blocks
from mappings.outlining.numerals import with_joined_labels, with_raised_marks, with_strokes_raised
from mappings.outlining.paragraphs import read_body
from mappings.outlining.profile import EMPTY_PROFILE, Profile, profile_of
from mappings.outlining.reading import Reading
from mappings.outlining.units import annex_heads, chapter_heads
from mappings.source import Source, Span, from_text
from mappings.tree import Kind, Node

# Footnotes with numbers: where a converter keeps some of them it keeps all. Stars and letters, which are no raised
# figures, may be left where all the numbers are lost.
MARKED_NOTES = 3


@dataclass(frozen=True, slots=True)
class Layout:
    """A report before any block is placed: its blocks, and what the whole file tells of them.

    `blocks` are all of them; `reading` has those of the body and the front without furniture and marked footnotes.
    """

    blocks: tuple[Block, ...]
    reading: Reading
    notes: Growth
    hyphens: Hyphens
    length: int

    @property
    def profile(self) -> Profile:
        """What the file shows of its layout, in indices of the reading's blocks."""
        return self.reading.profile


def outline(source: Source) -> Node:
    """The tree of the report; a text that is no report becomes a root with unnumbered paragraphs."""
    return placed(laid_out(source))


def laid_out(source: Source) -> Layout:
    """The layout of a report: its blocks, its front as it was read, its profile."""
    hyphens = hyphens_of(source.text)
    root, notes, content = Growth(Kind.REPORT), Growth(Kind.REPORT), []
    read_as = from_text(with_joined_labels(with_raised_marks(with_strokes_raised(source.text))), source.name)
    found = tuple(with_text_numbers(list(blocks(read_as, hyphens))))
    before: list[Block] = []  # the blocks of furniture behind the last other block
    for block in found:
        if block.form is Form.FURNITURE:
            before.append(block)
            continue
        if block.form is Form.NOTE:
            notes.child(Kind.FOOTNOTE, block, label=block.label)
        elif before and block.form is Form.PLAIN and _cuts_note(notes, before[0]):
            notes.children[-1].go_on(block)
        else:
            content.append(block)
        before = []
    reading = Reading(_with_words(content), root)
    numbered = [note for note in notes.children if any(sign.isdigit() for sign in note.label)]
    reading.marked_notes = len(numbered) >= MARKED_NOTES
    read_front(reading)
    reading.chapters = chapter_heads(reading.blocks, reading.at, reading.titles)
    units = (*reading.chapters, *annex_heads(reading.blocks, reading.chapters, reading.at))
    reading.profile = profile_of(reading.blocks, reading.at, units, reading.titles)
    if title := _declared_alone(reading):
        reading.alone, reading.chapters = True, {}
        reading.profile = replace(EMPTY_PROFILE, body=reading.at)
        reading.text = Growth(declaration_head(title) or Kind.DECLARATION, title=[title.whole])
        root.children.append(reading.text)
    return Layout(found, reading, notes, hyphens, len(source.text))


def _cuts_note(notes: Growth, page: Block) -> bool:
    """Whether a page break stands right behind a footnote that hangs in the air: what follows is the rest of it."""
    note = notes.children[-1] if notes.children else None
    if note is None or note.spans[-1].end > page.span.start or page.span.start - note.spans[-1].end > 4:
        return False
    return HANGING.search(note.text) is not None or note.text.endswith(",")


def _declared_alone(reading: Reading) -> Block | None:
    """The title of a declaration that stands alone, where the file is one and no report; its body is in its words."""
    front, body = reading.blocks[: reading.at], reading.blocks[reading.at :]
    title = next((one for one in front if formula("report", "declaration").match(one.whole.text)), None)
    first = next((one for one in body if not heading_like(one)), None)
    return title if title and first and in_first_person(first) else None


def placed(layout: Layout) -> Node:
    """The tree in which every block of a layout has its place. A layout is placed once: what is read is used up."""
    reading, hyphens = layout.reading, layout.hyphens
    read_body(reading)
    tree = reading.root.frozen(hyphens)
    parts = [child for child in tree.children if child.kind is not Kind.FURNITURE]
    heads = [child for child in tree.children if child.kind is Kind.FURNITURE]
    loose = reading.notes.frozen(hyphens).children
    footnotes = tuple(sorted((*layout.notes.frozen(hyphens).children, *loose), key=lambda note: note.spans))
    owned = merged([span for part in (*parts, *heads, *footnotes) for node in part.walk() for span in node.spans])
    gaps = [Node(Kind.FURNITURE, spans=(span,)) for span in _gaps(owned, layout.length)]
    furniture = sorted((*heads, *gaps), key=lambda node: node.spans)
    return with_addresses(Node(Kind.REPORT, children=(*parts, *footnotes, *furniture)), anew=reading.profile.anew)


def with_text_numbers(found: list[Block]) -> Iterator[Block]:
    """The blocks, with those page numbers that are the number of a resolution ("53/101") made headings.

    Pages of one report have the number behind the stroke in common; a resolution's title and voice follow its number.
    """
    pages = Counter(block.whole.text.rpartition("/")[2] for block in found if block.form is Form.FURNITURE)
    for index, block in enumerate(found):
        number = block.form is Form.FURNITURE and BARE_NUMBER.match(block.whole.text)
        alone = number and pages[block.whole.text.rpartition("/")[2]] == 1
        if alone and any(is_voice(after) or speaks(after) for after in found[index + 1 : index + 5]):
            yield replace(block, form=Form.PLAIN, words=block.whole)
        else:
            yield block


def _with_words(content: list[Block]) -> list[Block]:
    """The blocks in which words are left after the markup is gone."""
    return [block for block in content if block.words.text or block.label]


def _gaps(owned: tuple[Span, ...], length: int) -> Iterator[Span]:
    """The regions of the text that no node has: blank lines, rules, page numbers."""
    at = 0
    for span in owned:
        if span.start > at:
            yield Span(at, span.start)
        at = max(at, span.end)
    if at < length:
        yield Span(at, length)
