"""The heads of resolutions and decisions: "Draft resolution II", "53/101. Statistics", a title before a voice."""

from __future__ import annotations

import re

from mappings.outlining.growth import Growth
from mappings.outlining.headings import (
    begins_inside,
    declaration_head,
    ended,
    heading_like,
    in_first_person,
    is_voice,
    roman_value,
    speaks,
    text_head,
)
from mappings.outlining.lines import Form
from mappings.outlining.reading import Reading, bare_number, roman_heading, text_kind_here
from mappings.tree import DECLARATIONS, Kind, Passage


def begin_text(reading: Reading) -> bool:
    """Open a resolution or decision if the block is its heading."""
    return _begin(reading, _head(reading) or _head_of_declaration(reading))


def begin_declaration(reading: Reading) -> bool:
    """Open a declaration if the block is its heading, which is also the title of the annex that holds it."""
    return reading.at < len(reading.blocks) and _begin(reading, _head_of_declaration(reading))


def _begin(reading: Reading, head: tuple[Kind, str, Passage] | None) -> bool:
    if head is None:
        return False
    kind, label, title = head
    of_text = reading.annex if reading.annex is not reading.own_annex else None
    declared = of_text if kind in DECLARATIONS else None  # "Annex: Declaration on Lamps", below a resolution
    parent = declared or reading.topic or reading.section or reading.chapter or reading.own_annex or reading.root
    block = reading.block
    reading.close_paragraph()
    text = Growth(kind, label, spans=[block.span])
    if title.text:
        text.title.append(title)
    parent.children.append(text)
    reading.text = text
    reading.at += 1
    return True


def untitled_decision(reading: Reading) -> Kind | None:
    """The kind of a decision without title whose sentence stands right behind the paragraph that introduces it."""
    leaf = reading.leaf
    if reading.text is not None or leaf is None or not leaf.text.endswith(":") or not speaks(reading.block):
        return None
    announced = re.search(r"\bfollowing (?P<draft>draft )?(?:proposal|text|decision)\b.{0,40}:$", leaf.text)
    if announced is None or reading.voice_ahead(1):
        return None
    return Kind.DRAFT_DECISION if announced["draft"] else Kind.DECISION


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
    if number and not _is_listed(reading) and (voiced or _sentence_ahead(reading)):
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


def _is_listed(reading: Reading) -> bool:
    """Whether a number with a title stands in a list of such: "adopted the following decisions: 27/1 …, 27/2 …"."""
    beside = (reading.after(-1), reading.after(1))
    return any(block is not None and bare_number(block) for block in beside)


HEAD_LINES = 3  # of a declaration, between the line that names it and its first paragraph


def _head_of_declaration(reading: Reading) -> tuple[Kind, str, Passage] | None:
    """The head of a declaration: a heading that names one, behind which those who declare speak.

    Agreed conclusions are also told in the third person; a paragraph that ends with a colon introduces them then.
    """
    kind = declaration_head(reading.block)
    if kind is None:
        return None
    introduced = reading.leaf is None or reading.leaf.text.endswith(":") or reading.text is not None
    for step in range(1, HEAD_LINES + 1):
        block = reading.after(step)
        if block is None or reading.numbers_own(step):
            return None
        told = introduced and kind is Kind.AGREED_CONCLUSIONS and block.form is Form.NUMBER and block.label == "1"
        if in_first_person(block) or told:
            return kind, "", reading.block.whole
        if not heading_like(block):
            return None
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
