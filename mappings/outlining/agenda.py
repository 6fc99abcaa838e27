"""Agendas inside resolutions and paragraphs, and the titles of annexes."""

from __future__ import annotations

from mappings.outlining.growth import Growth
from mappings.outlining.headings import heading_like, is_voice
from mappings.outlining.lines import Form
from mappings.outlining.reading import Reading, attach, cut
from mappings.tree import Kind


def heads_agenda(reading: Reading) -> bool:
    """Whether the block is the title of a list of agenda items that begins right behind it."""
    block, after = reading.block, reading.after()
    if after is None or not heading_like(block) or "agenda" not in block.whole.text.lower():
        return False
    return after.form is Form.NUMBER and after.label == "1"


def agenda_entry(reading: Reading, agenda: Growth) -> bool:
    """Take the block as an item or sub-item of the agenda, or as the rest of one; False when it is neither."""
    block = reading.block
    last = agenda.children[-1] if agenda.children and agenda.children[-1].kind is Kind.AGENDA_ITEM else None
    if block.form is Form.NUMBER:
        return _item(reading, agenda, last)
    if last is None or reading.leaf is None:
        return False
    if block.form is Form.LETTER:
        sub_item = attach(last, block, Kind.AGENDA_ITEM)
        reading.leaf = sub_item or last.child(Kind.AGENDA_ITEM, block, label=block.label)
    elif block.form is Form.PLAIN and cut(reading.leaf, block, listed=True):
        reading.leaf.go_on(block)
    elif block.form is Form.PLAIN and not block.heading and next_number(reading) == int(last.label) + 1:
        last.child(Kind.LINE, block, block.whole)
    else:
        return False
    return True


def _item(reading: Reading, agenda: Growth, last: Growth | None) -> bool:
    block = reading.block
    expected = int(last.label) + 1 if last else 1
    if int(block.label) != expected or (expected == reading.number and not reading.list_leads_back_to(expected)):
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
