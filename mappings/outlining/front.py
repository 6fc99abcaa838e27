"""The parts of a report before its first chapter: cover, note, contents, executive summary."""

from __future__ import annotations

import re

from mappings.outlining.growth import Growth
from mappings.outlining.headings import (
    CHAPTER,
    FRONT,
    TEXT,
    begins_inside,
    declaration_head,
    ended,
    heading_like,
    in_first_person,
    is_voice,
    norm,
    part_head,
    runs,
    text_head,
)
from mappings.outlining.lines import Block, Form
from mappings.outlining.reading import Reading, cut
from mappings.tree import Kind, Passage

PAGE = re.compile(r"(?:[\s.…_]*[\t\s.…]|(?<=[a-z)])(?=\d))(\d{1,3}|[ivxlc]{1,6})$")  # "Attendance  3", "Attendance3"
CONTENTS_HEADS = frozenset(
    {"chapter page", "page", "chapter", "paragraphs page", "chapter paragraphs page", "section page"}
)
LONGEST_ENTRY = 60  # characters of a numbered entry of the contents that ends like a sentence
SHORTEST_TITLE = 4
DEEPEST_RANK = 6
ENTRY_LABEL = re.compile(
    r"((?:chapter\s+)?[IVXLC]+\.?|[A-Z]\.|\d{1,2}\.|\([a-z]\)|(?:draft\s+)?(?:resolution|decision)(?:\s+(?:[IVXLC]+|\d+/\d+))?\.?|annex(?:es)?(?:\s+[IVXLC]+)?\.?)[\s:.]+(?=\S)",
    re.IGNORECASE,
)


def read_front(reading: Reading) -> None:
    """Read all blocks before the body and leave the reading at the body's first block.

    Where a report has neither a front heading nor a chapter nor a numbered paragraph, there is no front to tell.
    """
    body = _body_start(reading)
    part: Growth | None = None
    has_front = body < len(reading.blocks) or any(_front_kind(block) for block in reading.blocks)
    if not has_front:
        return
    while reading.at < body:
        block = reading.block
        kind = _front_kind(block)
        if kind is not None:
            part = Growth(kind, title=[block.whole], spans=[block.span])
            reading.root.children.append(part)
        elif part is None:
            part = Growth(Kind.COVER)
            reading.root.children.append(part)
            _paragraph(part, block)
        elif part.kind is Kind.CONTENTS:
            _entry(reading, part, block)
        else:
            _paragraph(part, block)
        reading.at += 1


def _front_kind(block: Block) -> Kind | None:
    return FRONT.get(norm(block.whole.text)) if block.form is Form.PLAIN and len(block.whole.text) < 40 else None


def _body_start(reading: Reading) -> int:
    """The index of the first block of the body.

    That is the heading of a chapter, the first paragraph with the headings before it, or where the first title of the
    contents stands again without a page number. Headings inside the contents end with a page number.
    """
    blocks = reading.blocks
    part, again = None, _title_again(blocks)
    for index, block in enumerate(blocks):
        words = block.whole.text
        in_contents = part is Kind.CONTENTS
        kind = _front_kind(block)
        if kind is not None:
            part = kind
        elif index == again or (is_chapter_head(block) and not (in_contents and PAGE.search(words))):
            return index
        elif _is_first_paragraph(blocks, index) and (not in_contents or len(words) > LONGEST_ENTRY):
            return _heading_before(blocks, index)
        elif part is None or in_contents:
            if runs(block) and not PAGE.search(words):
                return _heading_before(blocks, index, unmarked=in_contents)
            following = blocks[index + 1] if index + 1 < len(blocks) else None
            if not in_contents and following and declaration_head(block) and in_first_person(following):
                return index
            if not in_contents and text_head(block) and any(map(is_voice, blocks[index + 1 : index + 5])):
                return index
        elif block.form is Form.CAPITAL and block.label in ("I", "A") and heading_like(block):
            return index
    return len(blocks)


def _title_again(blocks: list[Block]) -> int | None:
    """Where the first title of the contents stands again, without its page."""
    found = (index for index, block in enumerate(blocks) if _front_kind(block) is Kind.CONTENTS)
    contents = next(found, None)
    if contents is None:
        return None
    behind = range(contents + 1, len(blocks))
    first = next((index for index in behind if norm(blocks[index].whole.text) not in CONTENTS_HEADS), None)
    if first is None:
        return None
    entry = norm(blocks[first].words.text)
    for index in range(first + 1, len(blocks)):
        title = norm(blocks[index].words.text)
        following = blocks[index + 1].whole.text if index + 1 < len(blocks) else ""
        if part_head(blocks[index]) and norm(f"{blocks[index].whole.text} {following}") == entry:
            return index  # "Part One" above the title that the contents print behind it
        if len(title) >= SHORTEST_TITLE and re.fullmatch(rf"{re.escape(title)}[\d\s]*", entry):
            return index
    return None


def _is_first_paragraph(blocks: list[Block], index: int) -> bool:
    """Whether a block is paragraph 1, or where the beginning is cut away a paragraph that the next number follows."""
    block = blocks[index]
    if block.form is not Form.NUMBER or not ended(block.whole.text):
        return False
    if block.label == "1":
        return True
    following = (after for after in blocks[index + 1 : index + 20] if after.form is Form.NUMBER)
    after = next(following, None)
    return len(block.whole.text) > 30 and after is not None and int(after.label) == int(block.label) + 1


def _heading_before(blocks: list[Block], index: int, *, unmarked: bool = False) -> int:
    """The first of the heading lines right before the first paragraph of a report without chapters."""
    start, rank = index, DEEPEST_RANK
    while start > 0 and index - start < 3:
        block = blocks[start - 1]
        heading = block.heading or (unmarked and heading_like(block))
        marked = block.form is Form.CAPITAL or (heading and block.form is Form.PLAIN and not _front_kind(block))
        if not marked or PAGE.search(block.whole.text) or block.rank > rank:
            break
        rank = block.rank or rank
        start -= 1
    return start


def is_chapter_head(block: Block) -> bool:
    """Whether a block is a line such as "Chapter I", with or without the chapter's title."""
    words = block.whole.text
    found = CHAPTER.match(words) if block.form is Form.PLAIN and len(words) < 400 else None
    if not found or not words[0].isupper():
        return False
    title = found[2]
    return not title or (title[0].isupper() and not ended(title) and not title.endswith((",", ";")))


def _paragraph(part: Growth, block: Block) -> None:
    """A block of the cover, the note or the summary: a paragraph, or the rest of the one before."""
    last = part.children[-1] if part.children else None
    kind = Kind.LINE if part.kind is Kind.COVER else Kind.UNNUMBERED_PARAGRAPH
    words = block.words if block.form is Form.ROW else block.whole
    if last is not None and (cut(last, block, listed=True) if kind is Kind.LINE else _goes_on(last, block)):
        last.go_on(block, words)
    else:
        part.child(kind, block, words)


def _goes_on(last: Growth, block: Block) -> bool:
    if block.form is Form.PLAIN and re.match(r"[\[(].*[\])]$", block.whole.text):
        return False
    return cut(last, block)


def _entry(reading: Reading, part: Growth, block: Block) -> None:
    """An entry of the contents, with its label, its title and its page as the words."""
    row = block.words if block.form is Form.ROW else block.whole
    start = len(row.text) - len(row.text.lstrip())
    row = row.part(start, len(row.text))
    if norm(row.text) in CONTENTS_HEADS:
        reading.root.child(Kind.FURNITURE, block, row)
        return
    page = PAGE.search(row.text)
    last = part.children[-1] if part.children else None
    if last is not None and last.kind is Kind.CONTENTS_ENTRY and not last.words and _wraps(row):
        _retitle(reading, last, block, row, page)
        return
    label = ENTRY_LABEL.match(row.text)
    end = page.start() if page else len(row.text)
    begin = label.end() if label and label.end() < end else 0
    printed = label[1].rstrip(". ") if label and begin else ""
    entry = part.headed(Kind.CONTENTS_ENTRY, block, _spaced(row.part(begin, end)), printed)
    _announce(reading, entry, row, page)


def _wraps(row: Passage) -> bool:
    """Whether a line of the contents goes on with an entry that has no page number yet."""
    return begins_inside(row.text) or not ENTRY_LABEL.match(row.text)


def _retitle(reading: Reading, last: Growth, block: Block, row: Passage, page: re.Match[str] | None) -> None:
    reading.titles.pop(norm(last.heading), None)  # it was a part of the title
    last.entitle(block, _spaced(row.part(0, page.start() if page else len(row.text))))
    _announce(reading, last, row, page)


def _announce(reading: Reading, entry: Growth, row: Passage, page: re.Match[str] | None) -> None:
    if page:
        entry.words.append(row.part(page.start(1), page.end(1)))
    if page or len(entry.heading) > 12:
        label = re.sub(r"^chapter\s+", "", entry.label, flags=re.IGNORECASE)
        reading.titles.setdefault(norm(entry.heading), set()).add("" if TEXT.match(label) else label)


def _spaced(passage: Passage) -> Passage:
    """The cells of a contents line as running words."""
    return Passage(passage.text.replace("\t", " "), passage.offsets, passage.marks, passage.italics)
