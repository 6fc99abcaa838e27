"""Agendas inside resolutions and paragraphs, and the titles of annexes."""

from __future__ import annotations

import re

from mappings.outlining.growth import Growth
from mappings.outlining.headings import FINITE, SYMBOL, clause_ended, ended, heading_like, is_voice, runs, text_head
from mappings.outlining.lines import Block, Form
from mappings.outlining.reading import Reading, attach, cut
from mappings.tree import Kind

FEWEST_UNMARKED = 3  # lines that make an agenda whose numbers are lost: the shortest one of a session has so many
LONGEST_ITEM = 300  # characters: the longest items of the real reports have 250
UNMARKED_ITEM = re.compile(r"[^.;]*(?:\([^()]*\)[^.;]*)?[.;:]")  # a title and its stop
LINES_OF_TITLE = 4  # of an agenda at most: two as printed, and as many again where a page ends


ITEM_WITH_TITLE = re.compile(r"(?:Agenda\s)?Item\s(\d{1,2})(?:[.:]\s*|\s+[-–—]?\s*)(?=[A-Z“])")


def heads_agenda(reading: Reading) -> bool:
    """Whether the block is the title of a list of agenda items that begins right behind it.

    The title is "Provisional agenda …", or where the paragraph announces the agenda the name of its first segment.
    """
    block, owner = reading.block, reading.paragraph
    lines = _lines_of_title(reading)
    named = any("agenda" in line.whole.text.lower() for line in lines)
    announced = owner is not None and owner.text.endswith(":") and "agenda" in owner.text.lower()
    if block.form is not Form.PLAIN or not lines or not (named or (announced and not (owner and owner.children))):
        return False
    after = reading.after(len(lines))
    numbered = after is not None and after.form is Form.NUMBER and after.label == "1"
    return numbered or lists_unmarked_items(reading, len(lines))


def lists_unmarked_items(reading: Reading, ahead: int = 0) -> bool:
    """Whether items without numbers begin so many blocks ahead, one a line, each with a stop."""
    following = [reading.after(step) if step else reading.block for step in range(ahead, ahead + FEWEST_UNMARKED)]
    return all(block is not None and _is_unmarked_item(block) for block in following)


def _is_unmarked_item(block: Block) -> bool:
    """Whether a line may be an agenda item without its number: a title with a stop at its end, and no sentence."""
    words = block.whole.text
    if block.form is not Form.PLAIN or block.heading or len(words) > LONGEST_ITEM or not words[:1].isupper():
        return False
    if SYMBOL.search(words):  # a document
        return False
    return UNMARKED_ITEM.fullmatch(words) is not None and not runs(block) and not FINITE.search(words)


def begin_agenda(reading: Reading, owner: Growth) -> Growth:
    """The new agenda below the owner, with all lines of its title; the reading stands behind them."""
    lines = _lines_of_title(reading)
    agenda = owner.headed(Kind.AGENDA, lines[0], lines[0].whole)
    for line in lines[1:]:
        agenda.entitle(line)
    reading.at += len(lines)
    return agenda


def _lines_of_title(reading: Reading) -> list[Block]:
    """The block and the next ones as far as they may be lines of one title, which a page break may have cut."""
    lines: list[Block] = []
    for block in reading.blocks[reading.at : reading.at + LINES_OF_TITLE]:
        first = not lines
        if block.form is not Form.PLAIN or is_voice(block) or text_head(block) or ended(block.whole.text):
            break
        if first and not heading_like(block):
            break
        lines.append(block)
    return lines


def agenda_entry(reading: Reading, agenda: Growth) -> bool:
    """Take the block as an item or sub-item of the agenda, or as the rest of one; False when it is neither."""
    block = reading.block
    items = [child for child in agenda.children if child.kind is Kind.AGENDA_ITEM]
    last = items[-1] if items else None
    printed = ITEM_WITH_TITLE.match(block.whole.text) if block.form is Form.PLAIN else None
    if printed:  # "Item 3. Lamps": items may be left out
        reading.leaf = agenda.child(
            Kind.AGENDA_ITEM, block, block.whole.part(printed.end(), len(block.whole.text)), printed[1]
        )
        return True
    if block.form is Form.NUMBER:
        return _item(reading, agenda, last)
    if block.form is Form.PLAIN and (last is None or not last.label):
        return _unmarked_item(reading, agenda, last)
    if last is None or reading.leaf is None:
        return False
    if block.form is Form.LETTER:
        sub_item = attach(last, block, Kind.AGENDA_ITEM)
        reading.leaf = sub_item or last.child(Kind.AGENDA_ITEM, block, label=block.label)
    elif block.form is Form.PLAIN and (_is_documentation(block) or reading.leaf.kind is Kind.LINE):
        reading.leaf = last.child(Kind.LINE, block, block.whole)
    elif block.form is Form.PLAIN and (cut(reading.leaf, block, listed=True) or _unended(agenda, reading.leaf)):
        reading.leaf.go_on(block)
    elif block.form is Form.PLAIN and _is_sub_item(last, reading.leaf):
        reading.leaf = last.child(Kind.AGENDA_ITEM, block, block.whole)
    elif block.form is Form.PLAIN and _parts(reading, int(last.label) + 1):
        last.child(Kind.LINE, block, block.whole)
    else:
        return False
    return True


def _unmarked_item(reading: Reading, agenda: Growth, last: Growth | None) -> bool:
    """Take a line of an agenda without numbers as its next item, or behind the colon of one as a sub-item."""
    block = reading.block
    if last is None and not lists_unmarked_items(reading):
        return False
    if not _is_unmarked_item(block):
        return False
    below = last is not None and reading.leaf is not None and _is_sub_item(last, reading.leaf)
    owner = last if below and last is not None else agenda
    reading.leaf = owner.child(Kind.AGENDA_ITEM, block, block.whole)
    return True


def _is_documentation(block: Block) -> bool:
    """Whether a line says that the documents of an item are listed behind it."""
    return block.whole.text.rstrip(":") in ("Documentation", "Documents")


def _is_sub_item(last: Growth, leaf: Growth) -> bool:
    """Whether an entry without a letter is a sub-item: behind the colon of its item, or the semicolon of another
    one.
    """
    return last.text.endswith(":") and (leaf is last or leaf.text.endswith((";", "; and")))


def _parts(reading: Reading, following: int) -> bool:
    """Whether a line stands between two items: documentation under one, or the name of a segment above the next."""
    block, after = reading.block, reading.after(1)
    if not block.heading:
        return next_number(reading) == following
    is_next = after is not None and after.form is Form.NUMBER and int(after.label) == following
    return is_next and reading.text is not None and not text_head(block) and not is_voice(block)


def _unended(agenda: Growth, leaf: Growth) -> bool:
    """Whether an item has no stop at its end, as all before it have: a full stop, or in a list of sub-items another."""
    before = [child.text for child in agenda.children if child.kind is Kind.AGENDA_ITEM and child is not leaf]
    return len(before) > 1 and all(map(clause_ended, before)) and not clause_ended(leaf.text)


def _item(reading: Reading, agenda: Growth, last: Growth | None) -> bool:
    block = reading.block
    if last is not None and not last.label:
        return False
    expected = int(last.label) + 1 if last else 1
    if int(block.label) != expected:
        return False
    if reading.numbers_own():
        return False
    reading.leaf = agenda.child(Kind.AGENDA_ITEM, block, label=block.label)
    return True


def next_number(reading: Reading) -> int:
    """The number of the nearest numbered block ahead, 0 if none is near."""
    for step in range(1, 4):
        block = reading.after(step)
        if block is not None and block.form is Form.NUMBER:
            return int(block.label)
    return 0


def title_of_annex(reading: Reading, annex: Growth) -> None:
    """Take the line behind "Annex" as its title."""
    if annex.heading or reading.at >= len(reading.blocks):
        return
    block = reading.block
    if block.form is Form.PLAIN and heading_like(block) and not is_voice(block):
        annex.entitle(block)
        reading.at += 1
