"""The blocks of a report: stretches of lines that look like one paragraph, heading, note or row.

Blocks are cut generously: what a page break or a lost blank line cut in two is joined again by the stages that know the
grammar of the place (`mappings.outlining.paragraphs`, `mappings.outlining.clauses`). Blank lines belong to no block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from mappings.lexicon.openings import opens_preambular
from mappings.lexicon.ranks import begins_entry
from mappings.outlining.inline import Hyphens, clean
from mappings.outlining.passages import tabbed
from mappings.source import Source, Span
from mappings.tree import EMPTY, Mark, Passage


class Form(Enum):
    """How a block begins."""

    PLAIN = "plain"
    NUMBER = "12."
    LETTER = "(a)"
    CAPITAL = "A."
    NOTE = "footnote"
    ROW = "row"
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of whole lines.

    `words` is the clean text without the label; for a row its cells, a tab between them. `heading` is set where the
    source marks a heading (Markdown, or bold throughout), `rank` is the count of its number signs. `adjacent` says that
    no blank line stands before the block.
    """

    span: Span
    form: Form
    label: str
    words: Passage
    whole: Passage
    heading: bool
    adjacent: bool
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank, `end` behind its line break; `text` without white space around it.

    `furniture` tells that it is a running header or footer, learned from the file.
    """

    start: int
    end: int
    text: str
    furniture: bool = False


@dataclass(frozen=True, slots=True)
class Wrap:
    """How a converter wrapped lines: how long a line is, the next word included, when it is full, and at most."""

    least: int
    most: int

    def full(self, line: str, after: str) -> bool:
        """Whether the first word of the line after would not have found room on the line."""
        return 0 < self.least <= len(line) + 1 + len(after.split(maxsplit=1)[0]) and len(line) <= self.most


UNWRAPPED = Wrap(0, 0)
NUMBER = re.compile(r"(\d{1,4})(?:[.)](?:\s+|$)(?=\D|\d|$)|\t(?=[A-Z“]))")
TABBED_NUMBER = re.compile(r"(\d{1,4})\t+(?=[A-Z“])")  # a number whose full stop is lost
LETTER = re.compile(r"\(([a-z]{1,5}|\d{1,2})\)\s*(?=\S)")
CAPITAL = re.compile(r"([A-Z]|[IVXL]{1,6})\.\s+(?=\S)")
GLUED_CAPITAL = re.compile(r"([A-Z]|[IVXL]{1,6})\.(?=[A-Z“][a-z’'])")  # "## A.Attendance", in a marked heading
BULLET = re.compile(r"(?:[-•–—*+‒·▪]\s+)(?=\(?[\w*]{1,5}[.)]|\*?\(|\[)")
WORD_BULLET = re.compile(
    r"^[\ue000-\uf8ff]+\s*(?=\S)"
)  # a bullet of Word's symbol fonts, which has no letter elsewhere
HASHES = re.compile(r"#{1,6}\s+")
RULE = re.compile(r"(?:[-*_=~‗—–]\s*){3,}$|-{2,}$|\|?(?:\s*:?-{2,}:?\s*\|)+\s*(?::?-{2,}:?)?\s*$")
PAGE = re.compile(
    r"(?:page\s+)?\d{1,3}(?:\s*[/|]\s*\d{1,3})?$|[-–—]\s*\d{1,3}\s*[-–—]$|(?-i:[ivxl]{1,6})$|(?:V\.)?\d{2}-\d{5}(?:\s*\(E\))?(?:\s+\d{1,3}/\d{1,3})?$"
    r"|\d{1,3}/\d{1,3}\s+(?:V\.)?\d{2}-\d{5}(?:\s*\(E\))?$|[A-Z]{1,5}(?:/[A-Z0-9.]+)*/\d{4}/[A-Z0-9./]*[A-Z0-9]$|<!--[^<>]{0,300}-->$",
    re.IGNORECASE,
)
NOTE = re.compile(
    r"(?:[⁰¹²³⁴-⁹]+|\[\^[^\[\]\s]{1,8}\]:?|<sup>\s*[0-9a-z*]{1,4}\s*</sup>|\$?\^(?:\{[0-9a-z*]{1,3}\}|\d{1,3}|[a-z](?![a-z]))\^?\$?|ᵃ|ᵇ|ᶜ)\s*(?=\S)"
    r"|(?:\\?\*){1,3}\s+(?=\S)"
)
HEAD_LINE = re.compile(
    r"[#*_<bi/>\s]*(?:chapter\s+[IVXLC]+\b|annex(?:\s+[IVXLC]+)?[*_\s]*$"
    r"|(?:draft\s+)?(?:resolution|decision)(?:\s+(?:[IVXLC]+|\d+/\d+))?[*_\s]*$"
    r"|(?-i:Deliberations|Action taken by the [A-Z][a-z]+|Summary by the Chair|Executive summary|Contents)$"
    r"|(?-i:The)\s[^.;,:]{3,140}[,:][*_\s]*$)",
    re.IGNORECASE,
)
TEXT_LABEL = re.compile(r"(?:(?:Draft\s)?(?:[Rr]esolution|[Dd]ecision)\s)?\d{1,4}/\d{1,3}[.:]?\t+")
ENTRY_END = re.compile(r"(?:\.{3,}|…|\t|\s{2,})\s*(?:\d{1,3}|[ivxl]+)$")
CUT_SYMBOL = re.compile(r"[A-Z0-9]/$|\d[-–]$")  # a line that ends in a symbol, a series of numbers or a range of them
MODE_END = re.compile(r"[)\]]$")
NOTE_END = re.compile(r"[.!?][\"”’')\]*_]*$")
BOLD_START = re.compile(r"#*\s*\*\*(?=[^\s*])")
LINES_OF_FOOTER = 3  # "25/", "60 V.31-", "01234": one line of a page that a converter broke
REPEATED = 3  # times a line stands at least that is learned as a header or footer: two may be chance
PRINTED_ON_PAGES = re.compile(
    r"\b[A-Z]{1,5}/\S*0|\b(?:[A-Z]+\.)?0-0\b|\bpage 0\b|\b0 of 0\b", re.IGNORECASE
)  # figures as 0
BESIDE = 0.8  # of the places of a line are beside a line that is learned already: the other line of the header
NO_FURNITURE = re.compile(
    r"^\||[-/,;:.]$|^\W*$"
)  # a row of a table, a line with the end of a sentence or of a part of it
CUTS, CUT_SHARE = (
    2,
    0.15,
)  # of its places in the middle of a sentence; one page in three ends in one in the real reports
WIDEST = 130  # converters wrap at 60 to 110 characters; a paragraph on one line is longer


def blocks(source: Source, hyphens: Hyphens) -> Iterator[Block]:
    """The blocks of the text in their order, furniture that shows ink (rules, page numbers) among them."""
    runs = _with_furniture(tuple(_runs(source)))
    wrap = _wrap([run for run in runs if len(run) > 1])
    for run in runs:
        adjacent = False
        for group in _groups(run, wrap):
            yield _block(source.text, group, adjacent, hyphens)
            adjacent = True


def _runs(source: Source) -> Iterator[tuple[Line, ...]]:
    """Lines that follow each other without a blank line."""
    run: list[Line] = []
    starts = (*source.line_starts, len(source.text))
    for start, end in pairwise(starts):
        text = WORD_BULLET.sub("", source.text[start:end].strip().strip("\ufeff\u200b").strip())
        if text:
            run.append(Line(start, end, text))
        elif run:
            yield tuple(run)
            run = []
    if run:
        yield tuple(run)


def _with_furniture(runs: tuple[tuple[Line, ...], ...]) -> tuple[tuple[Line, ...], ...]:
    """The runs, with those lines marked that the file shows to be running headers and footers.

    Such a line stands several times, alike but for figures, and cuts sentences in two: what stands before it in the
    file has no end, and what stands behind it goes on. A heading that each chapter repeats ("Deliberations") cuts none.
    """
    lines = [line for run in runs for line in run]
    places: dict[str, list[int]] = {}
    for at, line in enumerate(lines):
        if len(line.text) <= WIDEST and not NO_FURNITURE.search(line.text) and not _is_note(line.text):
            places.setdefault(re.sub(r"\d+", "0", line.text), []).append(at)
    learned: set[int] = set()
    for alike, found in places.items():
        if len(found) >= REPEATED and PRINTED_ON_PAGES.search(alike) and _pages(lines, found):
            learned.update(found)
        if len(found) >= REPEATED and not HEAD_LINE.match(lines[found[0]].text):
            cuts = sum(_cuts_a_sentence(lines, at, alike) for at in found)
            numbered = len({lines[at].text for at in found}) > 1  # by page numbers
            if cuts >= max(CUTS, CUT_SHARE * len(found)) or (cuts and numbered):
                learned.update(found)
    for found in places.values():
        beside = sum(bool(learned.intersection((at - 1, at + 1))) for at in found)
        if len(found) >= REPEATED and beside >= BESIDE * len(found) and not learned.issuperset(found):
            learned.update(found)
    if not learned:
        return runs
    ends = {id(line): at in learned for at, line in enumerate(lines)}
    return tuple(tuple(replace(line, furniture=ends[id(line)]) for line in run) for run in runs)


def _pages(lines: list[Line], found: list[int]) -> bool:
    """Whether one figure of a line that is alike otherwise grows from place to place, as the number of a page does."""
    rows = [[int(figure) for figure in re.findall(r"\d+", lines[at].text)] for at in found]
    columns = list(zip(*rows, strict=True))
    growing = [all(one < other for one, other in pairwise(column)) for column in columns]
    constant = [len(set(column)) == 1 for column in columns]
    return sum(growing) == 1 and sum(constant) == len(columns) - 1


def _cuts_a_sentence(lines: list[Line], at: int, alike: str) -> bool:
    """Whether the line stands in the middle of a sentence."""
    before = next((line.text for line in reversed(lines[max(0, at - 3) : at]) if not PAGE.match(line.text)), "")
    after = next((line.text for line in lines[at + 1 : at + 4] if not PAGE.match(line.text)), "")
    if not before or not after or re.sub(r"\d+", "0", before) == alike:
        return False
    if before.endswith(","):
        return not opens_preambular(after)
    return NOTE_END.search(before) is None and not before.endswith((";", ":")) and after[0].islower()


def _wrap(runs: list[tuple[Line, ...]]) -> Wrap:
    """How the converter wrapped the lines of the runs."""
    lengths = sorted(len(line.text) for run in runs for line in run if "\t" not in line.text)
    if not lengths or lengths[int(len(lengths) * 0.98)] > WIDEST:
        return UNWRAPPED
    pairs = [(line.text, after.text) for run in runs for line, after in pairwise(run)]
    low = sum(1 for _, after in pairs if after[0].islower())
    if low < 3 or low < 0.25 * len(pairs):
        return UNWRAPPED
    separate = len(runs) > 0.08 * len(lengths)  # with blank lines between paragraphs nothing else needs to tell them
    width = max(lengths[int(len(lengths) * 0.9)], 40)
    return Wrap(int(width * (0.8 if separate else 0.98)), int(width * 1.25))


def _groups(run: tuple[Line, ...], wrap: Wrap) -> Iterator[tuple[Line, ...]]:
    """The lines of a run, those of one block together."""
    if wrap is UNWRAPPED and len(run) > 3:
        wrap = _wrap([run])
    group: list[Line] = []
    bold_open = False
    for line in run:
        if group and (
            line.furniture or group[-1].furniture or (not bold_open and not _continues(group, line.text, wrap))
        ):
            yield tuple(group)
            group = []
        group.append(line)
        if line.text.count("**") % 2 and (bold_open or BOLD_START.match(line.text)):
            bold_open = not bold_open
        if len(group) > 6:
            bold_open = False
    if group:
        yield tuple(group)


def _continues(group: list[Line], line: str, wrap: Wrap) -> bool:
    """Whether a line goes on with the paragraph of the lines before it.

    A line with a number or letter begins a block: where it stands in the middle of a sentence, the next stage joins it.
    """
    before = group[-1].text
    if CUT_SYMBOL.search(before) and line[0].isalnum():
        return True  # "(E/CN.15/2022/", "A/77/-": a symbol, a date or a pair of words goes on
    if _begins_block(line) or _stands_alone(before) or ENTRY_END.search(before):
        return False
    if begins_entry(line, before):
        return False
    full = wrap.full(before, line)
    if _is_note(group[0].text) and NOTE_END.search(before) is None and not MODE_END.search(before):
        return True  # a footnote ends with a full stop
    if _is_note(group[0].text) and NOTE_END.search(before) and (line[0].islower() or not full):
        return False  # a footnote ends with a full stop; what follows goes on with the page's text
    if before.endswith(",") and opens_preambular(line):
        return False
    return full or line[0].islower() or line[0] in ",;.)”’" or before.endswith("-")


def _begins_block(line: str) -> bool:
    bare = HASHES.sub("", BULLET.sub("", line)).lstrip("*_")
    if NUMBER.match(bare) or LETTER.match(bare) or CAPITAL.match(bare) or BULLET.match(line):
        return True
    return _is_note(line) or line.startswith("Provisional agenda for the ") or _stands_alone(line)


def _stands_alone(line: str) -> bool:
    """Whether a line is a block of its own, whatever stands around it."""
    return bool(RULE.match(line) or PAGE.match(line) or HASHES.match(line) or HEAD_LINE.match(line)) or _is_row(line)


def _is_note(line: str) -> bool:
    return NOTE.match(line) is not None and not BULLET.match(line)


def _is_row(line: str) -> bool:
    if line.startswith("|") and line.endswith("|") and len(line) > 2:
        return True
    bare = HASHES.sub("", BULLET.sub("", line))
    label = TEXT_LABEL.match(bare) or NUMBER.match(bare) or LETTER.match(bare) or CAPITAL.match(bare)
    return "\t" in bare[label.end() if label else 0 :]


def _block(text: str, lines: tuple[Line, ...], adjacent: bool, hyphens: Hyphens) -> Block:
    span = Span(lines[0].start, lines[-1].end)
    first = lines[0].text
    start = text.index(first, lines[0].start)
    stop = text.index(lines[-1].text, lines[-1].start) + len(lines[-1].text)
    whole_line = "".join(line.text for line in lines)  # of two where a line end cuts "12/" from "40 V.31-01234"
    furniture = lines[0].furniture
    if len(lines) <= LINES_OF_FOOTER and (
        furniture or RULE.match(whole_line) or PAGE.match(HASHES.sub("", whole_line))
    ):
        words = clean(text, start, stop).passage
        return Block(span, Form.FURNITURE, "", EMPTY, words, False, adjacent)
    hashes = HASHES.match(text, start)
    start = hashes.end() if hashes else start
    bullet = BULLET.match(text, start)
    start = bullet.end() if bullet else start
    if NOTE.match(text, start) and not bullet and not hashes:
        cleaned = clean(text, start, stop, hyphens)
        if cleaned.passage.marks and cleaned.passage.marks[0].offset == 0:
            return _note(span, cleaned.passage, adjacent)
    if _is_row(first) and not hashes:
        return Block(span, Form.ROW, "", _cells(text, start, stop, hyphens), EMPTY, False, adjacent)
    cleaned = clean(text, start, stop, hyphens)
    whole = cleaned.passage
    heading = bool(hashes) or (bool(whole.text) and cleaned.bold >= 0.85 * len(whole.text))
    rank = hashes[0].count("#") if hashes else 0
    tabbed_number = TABBED_NUMBER.match(text, start)  # clean words have no tab
    if tabbed_number and whole.text.startswith(f"{tabbed_number[1]} "):
        words = whole.part(len(tabbed_number[1]) + 1, len(whole.text))
        return Block(span, Form.NUMBER, tabbed_number[1], words, whole, heading, adjacent, rank)
    capital = GLUED_CAPITAL if hashes and GLUED_CAPITAL.match(whole.text) else CAPITAL
    for form, pattern in ((Form.NUMBER, NUMBER), (Form.LETTER, LETTER), (Form.CAPITAL, capital)):
        if found := pattern.match(whole.text):
            words = whole.part(found.end(), len(whole.text))
            return Block(span, form, found[1], words, whole, heading, adjacent, rank)
    return Block(span, Form.PLAIN, "", whole, whole, heading, adjacent, rank)


def _note(span: Span, passage: Passage, adjacent: bool) -> Block:
    first, *others = passage.marks
    text = passage.text
    skip = len(text) - len(text.lstrip(": ")) if text.startswith(":") else 0
    marks = tuple(Mark(m.label, m.offset - skip, m.span) for m in others)
    italics = tuple((a - skip, b - skip) for a, b in passage.italics)
    words = Passage(text[skip:], passage.offsets[skip:], marks, italics)
    return Block(span, Form.NOTE, first.label, words, words, False, adjacent)


def _cells(text: str, start: int, stop: int, hyphens: Hyphens) -> Passage:
    """The cells of a row of a tab-separated or Markdown table."""
    sign = "\t"
    if text[start] == "|":
        sign, start, stop = "|", start + 1, stop - 1
    cells: list[Passage] = []
    while True:
        end = text.find(sign, start, stop)
        cells.append(clean(text, start, stop if end < 0 else end, hyphens).passage)
        if end < 0:
            return tabbed(cells)
        start = end + 1
