"""The divisions of a report: chapters, sections, topics and annexes with their headings."""

from __future__ import annotations

import re

from mappings.outlining.agenda import title_of_annex
from mappings.outlining.front import is_chapter_head
from mappings.outlining.growth import Growth
from mappings.outlining.headings import (
    ANNEX,
    CHAPTER,
    HANGING,
    KNOWN,
    ROMAN,
    RUNNING_START,
    begins_inside,
    ended,
    heading_like,
    norm,
    part_head,
    roman_value,
    runs,
)
from mappings.outlining.lines import Form
from mappings.outlining.reading import Reading, roman_heading
from mappings.outlining.text_heads import begin_declaration
from mappings.tree import Kind


def chapter(reading: Reading) -> bool:
    """The heading of a chapter, its title on the same line or the next ones."""
    block = reading.block
    label = reading.chapters.get(reading.at)
    if label is None:
        return False
    named = CHAPTER.match(block.whole.text) if is_chapter_head(block) else part_head(block)
    title = block.whole.part(named.start(2), len(block.whole.text)) if named else block.words
    _open(reading)
    reading.chapter = Growth(Kind.CHAPTER, label, spans=[block.span])
    reading.root.children.append(reading.chapter)
    reading.section = reading.topic = None
    if title.text:
        reading.chapter.title.append(title)
    elif (after := reading.after()) is not None and after.form is Form.PLAIN and not is_chapter_head(after):
        reading.at += 1
        reading.chapter.entitle(after)
    _finish_title(reading, reading.chapter)
    return True


def section(reading: Reading) -> bool:
    """ "A. Deliberations": the letter is the next one of the chapter, or the contents announce it."""
    block = reading.block
    if _roman_section(reading):
        return True
    if block.form is not Form.CAPITAL or len(block.label) > 1 or not heading_like(block):
        return False
    before = reading.section.label if reading.section is not None else ""
    expected = chr(ord(before) + 1) if len(before) == 1 else "A"  # below "II." letters begin anew
    announced = reading.announced(block)
    if block.label != expected and not announced and not _leads_to_paragraph(reading, expected):
        return False
    if reading.annex and reading.titles and not announced and not _left_annex(reading):
        return False
    if (
        reading.leaf is not None
        and not announced
        and not block.heading
        and not ended(reading.leaf.text)
        and HANGING.search(reading.leaf.text)
    ):
        return False
    _open(reading)
    reading.section = reading.unit.headed(Kind.SECTION, block, block.words, block.label)
    reading.topic = None
    _finish_title(reading, reading.section)
    return True


def _roman_section(reading: Reading) -> bool:
    """ "II. Policy issues": a section of an annex whose sections are numbered I, II, III."""
    block, annex = reading.block, reading.own_annex
    numeral = roman_heading(block) if block.form is Form.CAPITAL else ""
    if not numeral or annex is None or reading.annex is not annex:
        return False
    labels = [child.label for child in annex.children if child.kind is Kind.SECTION]
    expected = 1
    for label in labels:  # lettered sections may stand below one: "II.", "A.", "B.", "III."
        expected += label != "" and ROMAN.match(label) is not None and roman_value(label) == expected
    if roman_value(numeral) != expected or (expected == 1 and labels):
        return False
    if reading.leaf is not None and not ended(reading.leaf.text):
        return False
    _open(reading)
    reading.section = annex.headed(Kind.SECTION, block, block.words, block.label)
    reading.topic = None
    _finish_title(reading, reading.section)
    return True


def _left_annex(reading: Reading) -> bool:
    """Whether a letter goes on with the report's sections behind an annex of a resolution, which has no "A." itself."""
    if reading.annex is reading.own_annex or reading.section is None or not reading.section.label:
        return False
    for index in range(reading.at - 1, -1, -1):
        block = reading.blocks[index]
        if ANNEX.match(block.whole.text) and heading_like(block):
            return True
        if block.form is Form.CAPITAL:
            return False
    return False


def _leads_to_paragraph(reading: Reading, expected: str) -> bool:
    """Whether a letter further on than expected still heads a section: the report's next paragraph follows it."""
    after = reading.after()
    return (
        after is not None
        and reading.numbers_own(1)
        and reading.block.label > expected
        and (reading.leaf is None or ended(reading.leaf.text))
    )


def topic(reading: Reading) -> bool:
    """ "1. Ratification …": a numbered sub-heading, which has no full stop and its own count in the section."""
    block = reading.block
    if block.form is not Form.NUMBER or not heading_like(block) or reading.annex is not None:
        return False
    announced = reading.announced(block)
    if int(block.label) != next_topic(reading) and not announced:
        return False
    if (
        reading.leaf is not None
        and not announced
        and not ended(reading.leaf.text)
        and reading.leaf.kind is not Kind.LINE
    ):
        return False
    _open(reading)
    parent = reading.section or reading.chapter or reading.root
    reading.topic = parent.headed(Kind.TOPIC, block, block.words, block.label)
    _finish_title(reading, reading.topic)
    return True


def next_topic(reading: Reading) -> int:
    return int(reading.topic.label) + 1 if reading.topic and reading.topic.label.isdigit() else 1


ITEM_ALONE = re.compile(r"(?:Agenda\s)?[Ii]tem\s\d{1,2}(?:\s\([a-z]\))?$")


def heading(reading: Reading) -> bool:
    """A heading without number: a section ("Deliberations"), or a topic inside a lettered section."""
    block = reading.block
    after = reading.after()
    titled = after is not None and heading_like(after) and after.form is Form.PLAIN
    if titled and ITEM_ALONE.match(block.whole.text):
        return _item(reading)
    if block.form is not Form.PLAIN or not heading_like(block):
        return False
    known = KNOWN.match(block.whole.text) is not None or reading.announced(block)
    marked = block.heading and not _marked_entry(reading)
    if not known and not marked and not _looks_like_heading(reading):
        return False
    if not known and begins_inside(block.whole.text):
        return False
    annexed = reading.annex
    _open(reading)
    if annexed is not None and not known:
        reading.annex = annexed
        reading.topic = annexed.headed(Kind.TOPIC, block, block.whole)
        reading.at += 1
        return True
    if known or reading.section is None or not reading.section.label:
        reading.section = reading.unit.headed(Kind.SECTION, block, block.whole)
        reading.topic = None
        _finish_title(reading, reading.section)
        return True
    reading.topic = reading.section.headed(Kind.TOPIC, block, block.whole)
    _finish_title(reading, reading.topic)
    return True


def _item(reading: Reading) -> bool:
    """ "Agenda item 5" above the title of the item: a section of the chapter."""
    _open(reading)
    reading.section = reading.unit.headed(Kind.SECTION, reading.block, reading.block.whole)
    reading.topic = None
    reading.at += 1
    reading.section.entitle(reading.block)
    _finish_title(reading, reading.section)
    return True


def _marked_entry(reading: Reading) -> bool:
    """Whether a converter marked an entry of a list as a heading.

    In an open list a mark is believed only if the file's marks of this rank are headings elsewhere and a paragraph,
    not a further entry, stands behind it.
    """
    block, after = reading.block, reading.after()
    if not reading.in_list():
        return False
    before = reading.leaf.text if reading.leaf else ""
    if reading.leaf is not reading.paragraph and before.endswith((";", ",", "; and")):
        return True
    leads = after is not None and (reading.numbers_own(1) or after.heading or runs(after))
    return not leads or block.rank not in reading.profile.trusted_ranks


def _looks_like_heading(reading: Reading) -> bool:
    """Whether an unmarked line between a finished paragraph and the next numbered one is a heading."""
    after, owner = reading.after(), reading.paragraph
    if after is None or not (reading.numbers_own(1) or (not reading.prints_numbers and runs(after))):
        return False
    if RUNNING_START.match(reading.block.words.text):  # a sentence that a page cuts
        return False
    if reading.leaf is not None and not ended(reading.leaf.text):
        return False
    return (
        owner is None or not owner.text.endswith(":") or any(child.kind is Kind.LIST_ITEM for child in owner.children)
    )


def annex(reading: Reading) -> bool:
    """ "Annex", "Annex II" of the report itself."""
    block = reading.block
    found = ANNEX.match(block.whole.text) if block.form is Form.PLAIN and heading_like(block) else None
    if not found or (found[2] and not found[2][:1].isupper()):
        return False
    _open(reading)
    reading.chapter = reading.section = reading.topic = None
    reading.annex = reading.own_annex = reading.root.headed(
        Kind.ANNEX, block, block.whole.part(found.start(2), len(block.whole.text)), found[1] or ""
    )
    reading.at += 1
    if not begin_declaration(reading):
        title_of_annex(reading, reading.annex)
    return True


def _open(reading: Reading) -> None:
    """End what is open below a heading, and pass the heading."""
    reading.close_paragraph()
    reading.annex = reading.own_annex


def _finish_title(reading: Reading, growth: Growth) -> None:
    """Take the further lines of a heading: in lower case, or where the contents or the bold type tell."""
    reading.at += 1
    bold = reading.blocks[reading.at - 1].heading
    while reading.at < len(reading.blocks) and len(growth.title) < 6:
        block = reading.block
        so_far = norm(growth.heading)
        if block.form is not Form.PLAIN or not block.whole.text or so_far in reading.titles:
            return
        whole = norm(f"{growth.heading} {block.whole.text}")
        promised = any(title.startswith(whole) for title in reading.titles)
        low = begins_inside(block.whole.text) or HANGING.search(growth.heading) is not None
        both_bold = (
            bold
            and block.heading
            and block.adjacent
            and not reading.announced(block)
            and not KNOWN.match(block.whole.text)
        )
        rest = growth.kind is Kind.TOPIC and growth.label != "" and _before_paragraph(reading)
        if not promised and not ((low or both_bold or rest) and _line_of_heading(block.whole.text)):
            return
        growth.entitle(block)
        reading.at += 1


def _before_paragraph(reading: Reading) -> bool:
    """Whether the block is an unmarked heading line right before the report's next paragraph."""
    block, after = reading.block, reading.after()
    if not heading_like(block) or block.heading or KNOWN.match(block.whole.text) or reading.announced(block):
        return False
    return after is not None and reading.numbers_own(1)


def _line_of_heading(text: str) -> bool:
    """Whether words may be a line of a heading."""
    return len(text) < 300 and not ended(text)
