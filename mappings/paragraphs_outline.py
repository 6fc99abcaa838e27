"""The body of a report outside its resolutions: chapters, sections, topics, numbered paragraphs and their lists."""

from __future__ import annotations

import re
from collections.abc import Callable

from mappings.clauses_outline import agenda_entry, begin_text, go_on_text
from mappings.front_outline import is_chapter_head
from mappings.growth import Growth
from mappings.headings import ANNEX, CHAPTER, HANGING, KNOWN, begins_inside, ended, heading_like, norm, roman_value
from mappings.lines import Form
from mappings.reading import Reading, attach, cut
from mappings.tree import Kind


def read_body(reading: Reading) -> None:
    """Read the blocks from the reading's place to the end; each rule of RULES takes blocks or leaves them to the next."""
    while reading.at < len(reading.blocks):
        for rule in RULES:
            if rule(reading):
                break


def chapter(reading: Reading) -> bool:
    """ "Chapter II", its title on the same line or the next ones; "II. General debate" where no line says "Chapter"."""
    block = reading.block
    words = block.whole.text
    if is_chapter_head(block) and (found := CHAPTER.match(words)):
        label, title = found[1].upper(), block.whole.part(found.start(2), len(words))
    elif _is_roman_chapter(reading):
        label, title = block.label, block.words
    else:
        return False
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


def _is_roman_chapter(reading: Reading) -> bool:
    block = reading.block
    if (
        reading.has_chapters
        or block.form is not Form.CAPITAL
        or not re.match(r"[IVXL]+$", block.label)
        or not heading_like(block)
    ):
        return False
    before = roman_value(reading.chapter.label) if reading.chapter else 0
    return roman_value(block.label) == before + 1 and (
        reading.announced(block) or reading.text is None or block.heading
    )


def section(reading: Reading) -> bool:
    """ "A. Deliberations": the letter is the next one of the chapter, or the contents announce it."""
    block = reading.block
    if block.form is not Form.CAPITAL or len(block.label) > 1 or not heading_like(block):
        return False
    expected = chr(ord(reading.section.label) + 1) if reading.section and reading.section.label else "A"
    announced = reading.announced(block)
    if block.label != expected and not announced:
        return False
    if reading.annex and reading.titles and not announced:
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
    parent = reading.chapter or reading.root
    reading.section = parent.headed(Kind.SECTION, block, block.words, block.label)
    reading.topic = None
    _finish_title(reading, reading.section)
    return True


def text(reading: Reading) -> bool:
    """A resolution or decision begins, or goes on."""
    if begin_text(reading):
        reading.annex = None
        return True
    return go_on_text(reading)


def annex(reading: Reading) -> bool:
    """ "Annex", "Annex II" of the report itself."""
    block = reading.block
    found = ANNEX.match(block.whole.text) if block.form is Form.PLAIN and heading_like(block) else None
    if not found or (found[2] and not found[2][:1].isupper()):
        return False
    _open(reading)
    reading.chapter = reading.section = reading.topic = None
    reading.annex = reading.root.headed(
        Kind.ANNEX, block, block.whole.part(found.start(2), len(block.whole.text)), found[1] or ""
    )
    _finish_title(reading, reading.annex)
    return True


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
    """The numbered agenda that a paragraph introduces with a colon, and its sub-items."""
    owner = reading.paragraph or reading.annex
    if owner is None:
        return False
    block, after = reading.block, reading.after()
    last = owner.children[-1] if owner.children else None
    if last is not None and last.kind is Kind.AGENDA and agenda_entry(reading, last):
        reading.at += 1
        return True
    if (
        heading_like(block)
        and "agenda" in block.whole.text.lower()
        and after
        and after.form is Form.NUMBER
        and after.label == "1"
    ):
        if reading.number == 1 or (reading.paragraph and not ended(reading.paragraph.text)):
            return False
        reading.leaf = owner.headed(Kind.AGENDA, block, block.whole)
        reading.at += 1
        return True
    if block.form is not Form.NUMBER or block.label != "1" or reading.number == 1:
        return False
    if not owner.text.endswith(":") or last is not None or "agenda" not in (owner.text + owner.heading).lower():
        return False
    opened = Growth(Kind.AGENDA)
    if not agenda_entry(reading, opened):
        return False
    owner.children.append(opened)
    reading.at += 1
    return True


def paragraph(reading: Reading) -> bool:
    """The report's next numbered paragraph."""
    block = reading.block
    if block.form is not Form.NUMBER or reading.annex is not None:
        return False
    value = int(block.label)
    if value != reading.number and not _resumes(reading, value):
        return False
    if value > 1 and reading.list_leads_back_to(value):
        return False
    if value == _next_topic(reading) and heading_like(block) and (block.heading or _number_again(reading, value)):
        return False
    reading.close_paragraph()
    reading.paragraph = reading.leaf = reading.place.child(Kind.PARAGRAPH, block, label=block.label)
    reading.number = value + 1
    reading.at += 1
    return True


def _resumes(reading: Reading, value: int) -> bool:
    """Whether a number that is not the next one still begins a paragraph: some before it are lost or cut away."""
    block = reading.block
    if (
        value < reading.number
        or not ended(block.whole.text)
        or (reading.leaf is not None and not ended(reading.leaf.text))
    ):
        return False
    begun = reading.number > 1
    if begun and value > reading.number + 5:
        return False
    if not begun and value > 1000:
        return False
    for step in range(1, 40):
        after = reading.after(step)
        if after is not None and after.form is Form.NUMBER:
            return int(after.label) == value + 1
    return False


def _number_again(reading: Reading, value: int) -> bool:
    """Whether the next numbered block has the same number: then this one heads a topic and that one is the paragraph."""
    for step in range(1, 4):
        after = reading.after(step)
        if after is not None and after.form is Form.NUMBER:
            return int(after.label) == value
    return False


def _next_topic(reading: Reading) -> int:
    return int(reading.topic.label) + 1 if reading.topic and reading.topic.label.isdigit() else 1


def topic(reading: Reading) -> bool:
    """ "1. Ratification …": a numbered sub-heading, which has no full stop and its own count in the section."""
    block = reading.block
    if block.form is not Form.NUMBER or not heading_like(block) or reading.annex is not None:
        return False
    announced = reading.announced(block)
    if int(block.label) != _next_topic(reading) and not announced:
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


def heading(reading: Reading) -> bool:
    """A heading without number: a section ("Deliberations"), or a topic inside a lettered section."""
    block = reading.block
    if block.form is not Form.PLAIN or not heading_like(block):
        return False
    known = KNOWN.match(block.whole.text) is not None or reading.announced(block)
    if not known and not block.heading and not _looks_like_heading(reading):
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
        parent = reading.chapter or reading.root
        reading.section = parent.headed(Kind.SECTION, block, block.whole)
        reading.topic = None
        _finish_title(reading, reading.section)
        return True
    reading.topic = reading.section.headed(Kind.TOPIC, block, block.whole)
    _finish_title(reading, reading.topic)
    return True


def _looks_like_heading(reading: Reading) -> bool:
    """Whether an unmarked line between a finished paragraph and the next numbered one is a heading."""
    after, owner = reading.after(), reading.paragraph
    if after is None or after.form is not Form.NUMBER or int(after.label) != reading.number:
        return False
    if reading.leaf is not None and not ended(reading.leaf.text):
        return False
    return (
        owner is None or not owner.text.endswith(":") or any(child.kind is Kind.LIST_ITEM for child in owner.children)
    )


def list_item(reading: Reading) -> bool:
    """A lettered item of a paragraph's list, or a numbered one that is neither paragraph nor agenda."""
    block, owner, leaf = reading.block, reading.paragraph, reading.leaf
    if block.form not in (Form.LETTER, Form.NUMBER):
        return False
    if owner is None:
        if reading.annex is not None and block.form is Form.NUMBER:
            reading.leaf = reading.place.child(Kind.UNNUMBERED_PARAGRAPH, block, label=block.label)
            reading.at += 1
            return True
        return False
    if leaf is not None and leaf.kind is not Kind.LIST_ITEM and leaf.kind is not Kind.LINE and not ended(leaf.text):
        return False
    if block.form is Form.NUMBER and not (block.label == "1" or _follows_number(owner, block.label)):
        return False
    grown = attach(owner, block, Kind.LIST_ITEM)
    if grown is None:
        return False
    reading.leaf = grown
    reading.at += 1
    return True


def _follows_number(owner: Growth, label: str) -> bool:
    last = owner.children[-1] if owner.children else None
    return (
        last is not None and last.kind is Kind.LIST_ITEM and last.label.isdigit() and int(last.label) + 1 == int(label)
    )


def rest(reading: Reading) -> bool:
    """Everything else: the rest of what a page break cut, a line of a list, or a paragraph without number."""
    block, owner, leaf = reading.block, reading.paragraph, reading.leaf
    reading.at += 1
    if leaf is None:
        reading.leaf = reading.place.child(Kind.UNNUMBERED_PARAGRAPH, block, block.whole)
        return True
    lines = leaf.kind in (Kind.LINE, Kind.ROW) or (owner is not None and leaf is owner and owner.text.endswith(":"))
    if cut(leaf, block, listed=lines):
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


def _open(reading: Reading) -> None:
    """End what is open below a heading, and pass the heading."""
    reading.close_paragraph()
    reading.annex = None


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
        if not promised and not ((low or both_bold) and heading_like_title(block.whole.text)):
            return
        growth.entitle(block)
        reading.at += 1


def heading_like_title(text: str) -> bool:
    """Whether words may be a line of a heading."""
    return len(text) < 300 and not ended(text)


RULES: tuple[Callable[[Reading], bool], ...] = (
    chapter,
    section,
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
