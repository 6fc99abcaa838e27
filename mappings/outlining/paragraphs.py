"""The body of a report: its rules in order, the numbered paragraphs and what hangs on them."""

from __future__ import annotations

import re
from collections.abc import Callable

from mappings.formulas.formula import says
from mappings.outlining.agenda import ITEM_WITH_TITLE, agenda_entry, begin_agenda, heads_agenda, lists_unmarked_items
from mappings.outlining.clauses import begin_untitled, go_on_text, record
from mappings.outlining.divisions import annex, chapter, heading, section, topic
from mappings.outlining.entries import goes_on
from mappings.outlining.growth import Growth
from mappings.outlining.headings import (
    RUNNING_START,
    SYMBOL,
    begins_inside,
    begins_list,
    ended,
    norm,
    reports_on,
    runs,
    words_run,
)
from mappings.outlining.lines import Block, Form
from mappings.outlining.loose_notes import loose_note
from mappings.outlining.reading import Reading, attach, cut
from mappings.outlining.text_heads import begin_text, untitled_decision
from mappings.tree import Kind

SHORT_LINE = 120
OPEN_ENTRY = re.compile(r"(?:[;,:]|[;,]\s+(?:and|or))$")  # an entry with another one behind it


def read_body(reading: Reading) -> None:
    """Read the blocks from the reading's place to the end; a rule of RULES takes blocks or leaves them to the next."""
    while reading.at < len(reading.blocks):
        for rule in RULES:
            if rule(reading):
                break


def text(reading: Reading) -> bool:
    """A resolution or decision begins, goes on, or is followed by the record of its adoption."""
    if record(reading):
        return True
    if begin_text(reading):
        reading.annex = reading.own_annex
        return True
    if (kind := untitled_decision(reading)) is not None:
        begin_untitled(reading, kind)
        return True
    return go_on_text(reading)


def documentation(reading: Reading) -> bool:
    """A line that begins "Documentation:", whatever a converter made of it, with the titles and symbols behind it.

    It is a running paragraph without number, and what it lists are its lines.
    """
    block = reading.block
    words = block.words if block.form is Form.ROW else block.whole
    if block.form not in (Form.PLAIN, Form.ROW) or not says("documentation", words.text):
        return False
    if reading.text is not None or not SYMBOL.search(words.text):
        return False
    reading.close_paragraph()
    owner = reading.place.child(Kind.PARAGRAPH, block, words)
    reading.at += 1
    while (after := reading.after(0)) is not None and _lists_document(reading, after):
        owner.child(Kind.LINE, after, after.words)
        reading.at += 1
    return True


def _lists_document(reading: Reading, block: Block) -> bool:
    """Whether a block is a title with its symbol, or a symbol alone, and neither a heading nor a sentence."""
    if block.form not in (Form.PLAIN, Form.ROW) or block.heading or reading.numbers_own() or runs(block):
        return False
    words = block.words.text
    return SYMBOL.search(words) is not None and not says("documentation", words)


def row(reading: Reading) -> bool:
    """A row of a table; a head that a page break repeats is furniture."""
    block = reading.block
    if block.form is not Form.ROW:
        return False
    owner = reading.paragraph or reading.place
    table = owner.children[-1] if owner.children and owner.children[-1].kind is Kind.TABLE else None
    if table is None:
        table = Growth(Kind.TABLE)
        owner.children.append(table)
    if table.children and norm(table.children[0].text) == norm(block.words.text):
        reading.root.child(Kind.FURNITURE, block)
    else:
        reading.leaf = table.child(Kind.ROW, block)
    reading.at += 1
    return True


def agenda(reading: Reading) -> bool:
    """The numbered agenda that a paragraph introduces with a colon, with or without a title, and its sub-items."""
    owner = reading.paragraph or reading.annex
    if owner is None:
        return False
    last = owner.children[-1] if owner.children else None
    if last is not None and last.kind is Kind.AGENDA:
        taken = agenda_entry(reading, last)
    elif heads_agenda(reading):
        taken = reading.begun and (reading.paragraph is None or ended(reading.paragraph.text))
        if taken:
            reading.leaf = begin_agenda(reading, owner)
            return True
    else:
        taken = last is None and _begins_agenda(reading, owner)
    reading.at += 1 if taken else 0
    return taken


def _begins_agenda(reading: Reading, owner: Growth) -> bool:
    block = reading.block
    annexed = owner is reading.own_annex and not owner.children and "agenda" in owner.heading.lower()
    announced = annexed or (owner.text.endswith(":") and "agenda" in (owner.text + owner.heading).lower())
    listed = block.form is Form.NUMBER or (annexed and ITEM_WITH_TITLE.match(block.whole.text))
    if block.form is Form.PLAIN and "agenda" in (owner.text.rpartition(". ")[2] or owner.heading).lower():
        listed = listed or lists_unmarked_items(reading)
    if not announced or not listed or not reading.begun:
        return False
    opened = Growth(Kind.AGENDA)
    taken = agenda_entry(reading, opened)
    if taken:
        owner.children.append(opened)
    return taken


def paragraph(reading: Reading) -> bool:
    """One of the report's own numbered paragraphs, as the profile tells."""
    block = reading.block
    if not reading.numbers_own():
        return False
    reading.close_paragraph()
    reading.paragraph = reading.leaf = reading.place.child(Kind.PARAGRAPH, block, label=block.label)
    reading.begun = True
    reading.at += 1
    return True


def list_item(reading: Reading) -> bool:
    """A lettered item of a paragraph's list, or a numbered one that is neither paragraph nor agenda."""
    block, owner = reading.block, reading.paragraph
    if block.form not in (Form.LETTER, Form.NUMBER):
        return False
    if owner is not None:
        grown = attach(owner, block, Kind.LIST_ITEM) if _can_list(reading, owner) else None
    elif reading.annex is not None and block.form is Form.NUMBER:
        grown = reading.place.child(Kind.UNNUMBERED_PARAGRAPH, block, label=block.label)
    else:
        grown = None
    if grown is None:
        return False
    reading.leaf = grown
    reading.at += 1
    return True


def _can_list(reading: Reading, owner: Growth) -> bool:
    """Whether an item can stand here: behind the end of a sentence, an item or a heading, and numbered in sequence."""
    block, leaf = reading.block, reading.leaf
    if block.form is Form.NUMBER and block.label != "1" and not _follows_number(owner, block.label):
        return False
    if leaf is None or leaf.kind in (Kind.LIST_ITEM, Kind.LINE) or ended(leaf.text):
        return True
    return leaf.kind is Kind.UNNUMBERED_PARAGRAPH and begins_list(block.label) and len(leaf.text) < 200


def _follows_number(owner: Growth, label: str) -> bool:
    last = owner.children[-1] if owner.children else None
    return (
        last is not None and last.kind is Kind.LIST_ITEM and last.label.isdigit() and int(last.label) + 1 == int(label)
    )


def rest(reading: Reading) -> bool:
    """Everything else: a running paragraph without number, an entry of a list, or the rest of what a page break cut."""
    block, owner, leaf = reading.block, reading.paragraph, reading.leaf
    if _runs_on_its_own(reading):
        place = reading.place
        reading.close_paragraph()
        reading.paragraph = reading.leaf = place.child(Kind.PARAGRAPH, block, block.whole)
        reading.begun = True
        reading.at += 1
        return True
    reading.at += 1
    if leaf is None:
        reading.leaf = reading.place.child(Kind.UNNUMBERED_PARAGRAPH, block, block.whole)
        return True
    lines = leaf.kind in (Kind.LINE, Kind.ROW) or (owner is not None and leaf is owner and owner.text.endswith(":"))
    lines = lines or (owner is None and len(leaf.text) < 120)
    entries = lines and owner is not None and leaf.kind is Kind.LINE
    if goes_on(reading, leaf, block) if entries else cut(leaf, block, listed=lines):
        leaf.go_on(block)
    elif owner is None:
        reading.leaf = reading.place.child(Kind.UNNUMBERED_PARAGRAPH, block, block.whole)
    elif lines and leaf.kind is not Kind.ROW:
        reading.leaf = owner.child(Kind.LINE, block, block.whole)
    elif not owner.children:
        owner.go_on(block)
    else:
        reading.leaf = owner.child(Kind.UNNUMBERED_PARAGRAPH, block, block.whole)
    return True


def _runs_on_its_own(reading: Reading) -> bool:
    """Whether a block without number begins a running paragraph.

    Where the unit prints numbers, only one whose number is lost does: the sequence leaves out a number here. Elsewhere
    every block does that a page break has not cut from the one before and that is no entry of an open list. A list is
    open behind a colon until a running sentence stands behind an entry that may be its last.
    """
    block, leaf = reading.block, reading.leaf
    if block.form not in (Form.PLAIN, Form.NUMBER) or (
        reading.annex is not None and reading.annex is not reading.own_annex
    ):
        return False
    if reading.prints_numbers:
        return runs(block) and reading.number_lost() and (leaf is None or ended(leaf.text))
    if leaf is None:
        return not begins_inside(block.whole.text)
    if reading.in_list():
        may_be_last = leaf is not reading.paragraph and not OPEN_ENTRY.search(leaf.text)
        begins = runs(block) or reports_on(block) or _runs_with_its_rest(reading)
        return may_be_last and begins and not cut(leaf, block, listed=True)
    short = len(leaf.text) < SHORT_LINE and not RUNNING_START.match(leaf.text)  # a line of a list has no full stop
    return not cut(leaf, block, listed=short)


def _runs_with_its_rest(reading: Reading) -> bool:
    """Whether the block and the one behind it, of which a page break has cut it, read like one running paragraph."""
    block, behind = reading.block, reading.after()
    if behind is None or behind.form is not Form.PLAIN or ended(block.words.text) or block.heading:
        return False
    words = behind.whole.text
    return (begins_inside(words) or words.startswith("(")) and words_run(f"{block.words.text} {words}")


RULES: tuple[Callable[[Reading], bool], ...] = (
    chapter,
    documentation,
    section,
    loose_note,
    text,
    annex,
    row,
    agenda,
    paragraph,
    topic,
    heading,
    list_item,
    rest,
)
