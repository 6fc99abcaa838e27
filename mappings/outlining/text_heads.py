"""The heads of resolutions and decisions: "Draft resolution II", "53/101. Statistics", a title before a voice."""

from __future__ import annotations

from mappings.outlining.growth import Growth
from mappings.outlining.headings import (
    BARE_NUMBER,
    begins_inside,
    ended,
    heading_like,
    is_voice,
    roman_value,
    speaks,
    text_head,
)
from mappings.outlining.lines import Form
from mappings.outlining.reading import Reading, bare_number, roman_heading, text_kind_here
from mappings.tree import Kind, Passage


def begin_text(reading: Reading) -> bool:
    """Open a resolution or decision if the block is its heading."""
    head = _head(reading)
    if head is None:
        return False
    kind, label, title = head
    parent = reading.topic or reading.section or reading.chapter or reading.own_annex or reading.root
    block = reading.block
    reading.close_paragraph()
    text = Growth(kind, label, spans=[block.span])
    if title.text:
        text.title.append(title)
    parent.children.append(text)
    reading.text = text
    reading.at += 1
    return True


def _head(reading: Reading) -> tuple[Kind, str, Passage] | None:
    block = reading.block
    voiced = reading.voice_ahead(4)
    here = text_kind_here(reading, voiced)
    head = text_head(block)
    if head and (here or voiced) and (voiced or reading.leaf is None or ended(reading.leaf.text) or block.heading):
        return head
    if not here or begins_inside(block.whole.text):
        return None
    number = bare_number(block)
    if number and BARE_NUMBER.match(block.whole.text) and (voiced or _sentence_ahead(reading)):
        kind = Kind.DECISION if here in (Kind.DECISION, Kind.DRAFT_DECISION) else Kind.RESOLUTION
        return kind, number[0], block.whole.part(number[1], len(block.whole.text))
    numeral = roman_heading(block)
    parent = reading.topic or reading.section or reading.chapter or reading.root
    before = [child for child in parent.children if child.kind is here]
    next_one = bool(numeral) and roman_value(numeral) == len(before) + 1 and all(child.label for child in before)
    if next_one and (voiced or _sentence_ahead(reading)):
        inline = block.form is Form.CAPITAL
        return here, numeral, block.words if inline else block.whole.part(len(block.whole.text), len(block.whole.text))
    body = voiced or (not is_voice(block) and _speaks_next(reading))
    if body and block.form is Form.PLAIN and heading_like(block) and not _expects_title(reading):
        return here, "", block.whole
    return None


def _expects_title(reading: Reading) -> bool:
    """Whether the open text still waits for its title, so that a heading line is that and no new text."""
    return reading.text is not None and not reading.voice and reading.clause is None


def _speaks_next(reading: Reading) -> bool:
    """Whether the sentence of an organ's decision follows the one to three lines that may be its title."""
    if reading.leaf is None or not reading.leaf.text.endswith(":"):
        return False
    for step in (1, 2, 3):
        block = reading.after(step)
        if block is None or block.form is not Form.PLAIN or is_voice(block) or text_head(block):
            return False
        if speaks(block):
            return True
        if not heading_like(block):
            return False
    return False


def _sentence_ahead(reading: Reading) -> bool:
    """Whether a whole sentence of an organ stands within the next blocks: the body of a decision without voice line."""
    for step in (1, 2, 3):
        block = reading.after(step)
        if block is None:
            return False
        if speaks(block):
            return True
        if not heading_like(block):
            return reading.numbers_own(step)
    return False
