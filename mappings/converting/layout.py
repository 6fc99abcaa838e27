"""From the letters of printed pages to text: lines, then what stands outside the text, then paragraphs, notes and rows.

Letters come in the order in which the producer wrote them, which is that of reading in all born-digital files looked at
(columns included); places and sizes decide the rest. Lines that repeat at the head or foot of pages are left out; small
lines at the foot of a page or column that begin with a raised mark are footnotes; a paragraph goes over to the next
column or page when its last line is full and no sentence ends there.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from mappings.converting.converted import BACK, Draft
from mappings.converting.runs import Run, written

CELL = 1.8  # sizes of the type: a wider gap is that between two cells; justified words stand at most 1.2 apart
LEADING = 1.2  # sizes of the type from line to line, where a file has too few lines to tell: the usual setting
SMALL = 0.94  # of the body's size: footnotes are set at 0.7 to 0.9
LARGE = 1.1  # of the body's size: headings of Word and of web pages begin at 1.15
RAISED = 0.18  # sizes of the type above the line: marks stand 0.25 to 0.5 above, old-style figures at most 0.05
REPEATED = 3  # pages: fewer may be chance
EDGE_LINES = 3  # at the head and at the foot of a page: furniture has at most so many
_LABEL = re.compile(r"\(?(?:[0-9]{1,4}|[A-Za-z]|[ivxlIVXL]{1,6})(?:\.[0-9]{1,3})*[.)](?=\s|$)")
_LABEL_ALONE = re.compile(r"\(?[0-9A-Za-z]{1,6}(?:\.[0-9]{1,3})*[.)]?|[•–—‒·▪-]")
_ENDED = re.compile(r"[.:;!?…][”’\"')\]]*$")
_PAGE_NUMBER = re.compile(r"[-–]?\s*(?:page\s*)?(?:\d{1,4}|[ivxl]{1,6})(?:\s*/\s*\d{1,4})?\s*[-–]?", re.IGNORECASE)
Hyphens = Callable[[str, str], bool]
_TURN = "\ue000"  # stands in the words where a page begins, until the text is written


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter, or the letters of a ligature: its place in points from the lower left corner, and its look."""

    page: int
    word: str
    x: float
    right: float
    y: float
    bottom: float
    top: float
    size: float
    italic: bool
    bold: bool


@dataclass(slots=True)
class Line:
    """Letters on one base line without a gap as wide as between cells."""

    page: int
    letters: list[Letter]
    y: float = 0.0
    size: float = 0.0
    column: int = 0
    text: str = ""
    runs: list[Run] = field(default_factory=list)

    @property
    def x(self) -> float:
        return self.letters[0].x

    @property
    def right(self) -> float:
        return max(letter.right for letter in self.letters[-3:])

    @property
    def bold(self) -> bool:
        shown = [run for run in self.runs if run.words.strip()]
        return bool(shown) and all(run.bold for run in shown)

    @property
    def mark(self) -> str:
        """The raised mark that the line begins with."""
        first = self.runs[0] if self.runs else None
        found = re.fullmatch(r"\s*([0-9]{1,3}|[a-z]|\*{1,3})\s*", first.words) if first is not None else None
        if first is None or found is None:
            return ""
        return found[1] if first.raised or (found[1].startswith("*") and len(self.runs) > 1) else ""


@dataclass(slots=True)
class Block:
    """The lines of a paragraph, a heading, a note or a cell; `beside` is true of a cell right of the block before."""

    lines: list[Line]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class _Measures:
    """What is usual in a file: the size of its body, the distance of lines by size, the right edge of each column."""

    body: float
    pitch: dict[int, float]
    right: dict[tuple[int, int], float]
    left: dict[tuple[int, int], float]


def text_of(letters: Iterable[Letter], sizes: list[PageSize]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The text of the pages, and where in it each page begins."""
    from mappings.outlining.inline import hyphens_of  # the outline knows what a source is, which this text becomes

    lines = _without_furniture(list(_lines(letters)), sizes)
    for _, group in groupby(lines, key=lambda line: line.page):
        _set_columns(list(group), sizes)
    lines = _in_columns(lines)
    measures = _measures(lines)
    notes, running = _apart(lines, measures)
    hyphens = hyphens_of("\n".join(line.text for line in lines))
    blocks = list(_blocks(running, measures))
    footnotes = list(_note_blocks(notes))
    draft = Draft()
    _write(draft, blocks, footnotes, measures, hyphens)
    return draft.text, tuple(draft.pages)


def _lines(letters: Iterable[Letter]) -> Iterator[Line]:
    current: list[Letter] = []
    for letter in letters:
        if letter.word == " " and not current:
            continue
        if current and not _same_line(current, letter):
            yield from _finished(current)
            current = []
        if letter.word != " " or current:
            current.append(letter)
    if current:
        yield from _finished(current)


def _same_line(current: list[Letter], letter: Letter) -> bool:
    last = current[-1]
    if last.page != letter.page:
        return False
    size = max(last.size, letter.size, 1.0)
    if abs(letter.y - last.y) > 0.55 * size:
        return False
    gap = letter.x - last.right
    if letter.word == " ":
        return gap < CELL * size
    back = letter.x < last.x - 0.3 * size  # the letters of a ligature have one place
    return (gap < CELL * size and not back) or (gap > 0 and _is_label(current))


def _is_label(current: list[Letter]) -> bool:
    """Whether the letters so far are but a number or letter, behind which a tab may be wide."""
    words = "".join(letter.word for letter in current).strip()
    return len(words) < 9 and (words in "•–·" or _LABEL.fullmatch(words) is not None)


def _finished(letters: list[Letter]) -> Iterator[Line]:
    """A line with its words in runs: spaces where there is a gap, raised marks apart."""
    while letters and letters[-1].word == " ":
        letters.pop()
    if not letters:
        return
    sizes = Counter[float]()
    for letter in letters:
        sizes[round(letter.size, 1)] += len(letter.word)
    size = sizes.most_common(1)[0][0]
    whole = [letter.y for letter in letters if abs(letter.size - size) < 0.1] or [letters[0].y]
    base = Counter(round(y, 1) for y in whole).most_common(1)[0][0]
    line = Line(letters[0].page, letters, base, size)
    last: Letter | None = None
    for letter in letters:
        if last is not None and last.word != " " and letter.word != " " and letter.x - last.right > 0.18 * size:
            line.runs.append(Run(" ", last.italic, last.bold))
        line.runs.append(Run(letter.word, letter.italic, letter.bold, _raised(letter, base, size)))
        last = letter
    line.runs = _together(line.runs)
    line.text = "".join(run.words for run in line.runs)
    yield line


def _raised(letter: Letter, base: float, size: float) -> bool:
    """Whether a letter stands above the line: set higher, or drawn as a small raised figure at the line's own place."""
    if not (letter.word.isalnum() or letter.word in "*,"):
        return False
    if letter.y - base > RAISED * size:
        return True
    return letter.word.isdigit() and letter.bottom - base > 0.25 * size and letter.top - letter.bottom < 0.5 * size


def _together(runs: list[Run]) -> list[Run]:
    joined: list[Run] = []
    for run in runs:
        last = joined[-1] if joined else None
        same = last is not None and (last.italic, last.bold, last.raised) == (run.italic, run.bold, run.raised)
        if last is not None and same:
            joined[-1] = Run(last.words + run.words, last.italic, last.bold, last.raised)
        else:
            joined.append(run)
    return joined


def _without_furniture(lines: list[Line], sizes: list[PageSize]) -> list[Line]:
    """The lines without those at the head or foot of pages that are the same on several, their numbers aside."""
    edge: dict[int, list[Line]] = {}
    for page, group in groupby(lines, key=lambda line: line.page):
        ordered = sorted(group, key=lambda line: -line.y)
        heights = sorted({round(line.y) for line in ordered}, reverse=True)
        outer = {*heights[:EDGE_LINES], *heights[-EDGE_LINES:]}
        edge[page] = [line for line in ordered if round(line.y) in outer]
    seen = Counter(
        (key, _height(line)) for group in edge.values() for key, line in {_shape(line): line for line in group}.items()
    )
    least = min(REPEATED, max(2, len(sizes) // 2))
    dropped = {
        id(line)
        for page, group in edge.items()
        for line in group
        if seen[_shape(line), _height(line)] >= least
        or (_PAGE_NUMBER.fullmatch(line.text.strip()) and _in_margin(line, sizes[page]))
    }
    return [line for line in lines if id(line) not in dropped]


def _shape(line: Line) -> str:
    return re.sub(r"\d+|\b[ivxl]+\b", "0", line.text.strip())


def _height(line: Line) -> int:
    """Where on the page a line stands, in steps of four points."""
    return round(line.y / 4)


def _in_margin(line: Line, size: PageSize) -> bool:
    return line.y > 0.92 * size.height or line.y < 0.08 * size.height


def _set_columns(lines: list[Line], sizes: list[PageSize]) -> None:
    """Say of each line of a page whether it stands in the second of two columns."""
    middle = sizes[lines[0].page].width / 2
    left = [line for line in lines if line.right < middle + 2]
    right = [line for line in lines if line.x > middle - 2]
    if len(right) >= 4 and len(left) + len(right) > 0.7 * len(lines) and _wide(right, middle) and _wide(left, middle):
        for line in right:
            line.column = 1


def _wide(lines: list[Line], middle: float) -> bool:
    """Whether lines fill a column: the cells of a table seldom do."""
    return sum(line.right - line.x > 0.55 * middle for line in lines) > 0.4 * len(lines)


def _in_columns(lines: list[Line]) -> list[Line]:
    """The lines, those of pages whose producer went from column to column line by line in the order of reading."""
    ordered: list[Line] = []
    for _, group in groupby(lines, key=lambda line: line.page):
        page = list(group)
        turns = sum(one.column != other.column for one, other in pairwise(page))
        ordered.extend(sorted(page, key=lambda line: (line.column, -line.y)) if turns > 8 else page)
    return ordered


def _measures(lines: list[Line]) -> _Measures:
    sizes, pitches = Counter[float](), Counter[tuple[int, float]]()
    edges: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
        edges.setdefault((line.page, line.column), []).append(line)
    for before, after in pairwise(lines):
        pitch = before.y - after.y
        if before.page == after.page and 0 < pitch < 3 * before.size and abs(before.size - after.size) < 0.3:
            pitches[round(before.size), round(pitch * 2) / 2] += 1
    usual: dict[int, float] = {}
    most = {size: max(n for (of, _), n in pitches.items() if of == size) for size, _ in pitches}
    for (size, pitch), count in sorted(pitches.items()):
        # The least of the frequent distances: where paragraphs are short, the distance of paragraphs is as frequent.
        if count >= 0.2 * most[size] and pitch >= 0.9 * size:
            usual.setdefault(size, pitch)
    right = {place: _edge([line.right for line in group]) for place, group in edges.items()}
    left = {place: min(line.x for line in group) for place, group in edges.items()}
    return _Measures(sizes.most_common(1)[0][0] if sizes else 10.0, usual, right, left)


def _edge(places: list[float]) -> float:
    """The right edge of a column: nearly all lines end before it."""
    return sorted(places)[int(0.97 * (len(places) - 1))]


def _apart(lines: list[Line], measures: _Measures) -> tuple[list[Line], list[Line]]:
    """The lines of footnotes, and the others: small lines at the foot of a page or column, from a mark on."""
    feet: set[int] = set()
    columns: dict[tuple[int, int], list[Line]] = {}
    for line in lines:
        columns.setdefault((line.page, line.column), []).append(line)
    for group in columns.values():
        ordered = sorted(group, key=lambda line: (-line.y, line.x))
        small: list[Line] = []
        for line in reversed(ordered):
            if line.size > SMALL * measures.body:
                break
            small.append(line)
        foot = list(reversed(small))
        first = next((at for at, line in enumerate(foot) if line.mark), None)
        if first is not None or (foot and len(foot) < len(group)):
            feet.update(id(line) for line in foot)
    return [line for line in lines if id(line) in feet], [line for line in lines if id(line) not in feet]


def _note_blocks(lines: list[Line]) -> Iterator[Block]:
    """The notes: each begins with a mark; lines without one go on with the note before, over the page as well."""
    block: Block | None = None
    for line in lines:
        if block is not None and not line.mark:
            block.lines.append(line)
            continue
        if block is not None:
            yield block
        block = Block([line])
    if block is not None:
        yield block


def _blocks(lines: list[Line], measures: _Measures) -> Iterator[Block]:
    block: Block | None = None
    for line in lines:
        if block is not None and _is_beside(block, line):
            yield block
            block = Block([line], beside=True)
        elif block is not None and _goes_on(block, line, measures):
            block.lines.append(line)
        else:
            if block is not None:
                yield block
            block = Block([line])
    if block is not None:
        yield block


def _is_beside(block: Block, line: Line) -> bool:
    """Whether a line begins a cell right of the block: on the base line of one of its lines."""
    last = block.lines[-1]
    if last.page != line.page or last.column != line.column:
        return False
    on_page = [one for one in block.lines if one.page == line.page]
    level = any(abs(one.y - line.y) < 0.4 * line.size for one in on_page)
    between = on_page[-1].y - 0.4 * line.size <= line.y <= on_page[0].y + 0.4 * line.size
    return (level or between) and line.x > max(one.right for one in on_page)


def _goes_on(block: Block, line: Line, measures: _Measures) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    last = block.lines[-1]
    if line.mark or abs(last.size - line.size) > 0.08 * line.size or (last.bold != line.bold and len(line.text) > 3):
        return False
    label = _LABEL.match(line.text) is not None
    ended = _ENDED.search(last.text.rstrip()) is not None
    place = (last.page, last.column)
    room = measures.right.get(place, last.right) - last.right
    first_word = _width_of_first_word(line)
    full = room < first_word + 0.1 * line.size
    if place != (line.page, line.column):
        # What else goes over a page the outline joins: it knows lists, lines of speakers, preambles.
        cut = last.text.rstrip().endswith(("-", "\u00ad", "/")) or line.text[:1].islower()
        return not block.beside and not label and not ended and cut
    pitch = last.y - line.y
    usual = measures.pitch.get(round(line.size), LEADING * line.size)
    if pitch <= 0.2 * line.size or pitch > 1.2 * usual:
        return False
    if block.beside:
        return abs(line.x - block.lines[0].x) < 3 * line.size
    if label and (ended or not full or last.text.rstrip().endswith((",", "and", "or"))):
        return False
    column = measures.right.get(place, 0) - measures.left.get(place, 0)
    if room > first_word + 0.25 * column and ended:
        return False
    indented = line.x - min(one.x for one in block.lines if one.page == line.page) > 0.8 * line.size
    return not (indented and ended and not full)


def _width_of_first_word(line: Line) -> float:
    width = 0.0
    for letter in line.letters:
        if letter.word == " " or letter.x - line.x > width + 0.25 * line.size:
            break
        width = letter.right - line.x
    return width


def _write(draft: Draft, blocks: list[Block], notes: list[Block], measures: _Measures, hyphens: Hyphens) -> None:
    """Write paragraphs and rows, the notes of a page behind the last paragraph that begins on it."""
    larger = sorted({round(b.lines[0].size) for b in blocks if b.lines[0].size > LARGE * measures.body}, reverse=True)
    levels = {size: min(at, 6) for at, size in enumerate(larger, 1)}
    waiting = list(notes)
    at = 0
    while at < len(blocks):
        end = at + 1
        while end < len(blocks) and blocks[end].beside:
            end += 1
        row = blocks[at:end]
        while waiting and waiting[0].lines[0].page < row[0].lines[0].page:
            _write_block(draft, waiting.pop(0), 0, hyphens)
        if len(row) > 1:
            offset = draft.length
            cells = [_words(block, hyphens, plain=True).replace(_TURN, "").replace("\t", " ") for block in row]
            draft.row(cells)
            draft.turn(offset, row[0].lines[0].page + 1)
        else:
            size = row[0].lines[0].size
            level = levels[round(size)] if size > LARGE * measures.body else 0
            _write_block(draft, row[0], level, hyphens)
        at = end
    for note in waiting:
        _write_block(draft, note, 0, hyphens)


def _write_block(draft: Draft, block: Block, level: int, hyphens: Hyphens) -> None:
    text = _words(block, hyphens, plain=level > 0).strip()
    mark = block.lines[0].mark
    if mark:
        text = re.sub(rf"^{_TURN}?(?:<sup>{re.escape(mark)}</sup>|{re.escape(mark)})\s*", "", text)
        text = f"[^{mark}]: {BACK.sub('', text)}"
    elif level:
        text = f"{'#' * level} {text}"
    offset = draft.length + (1 if draft.parts else 0)
    pages = [line.page for line in block.lines]
    draft.turn(offset, pages[0] + 1)
    later = [page for before, page in pairwise(pages) if page != before]
    parts = text.split(_TURN)
    length = len(parts[0])
    for part, page in zip(parts[1:], later, strict=False):
        draft.turn(offset + length, page + 1)
        length += len(part)
    draft.block("".join(parts))


def _words(block: Block, hyphens: Hyphens, *, plain: bool) -> str:
    """The words of a block, its lines joined: a word cut at a line's end is whole, a symbol cut at "/" or "-" too."""
    runs: list[Run] = []
    last: Line | None = None
    for line in block.lines:
        if last is not None:
            glue = _glue(last.text.rstrip(), line.text, hyphens)
            tail = runs[-1]
            if glue is None:
                runs[-1] = Run(tail.words.rstrip()[:-1], tail.italic, tail.bold, tail.raised)
            elif glue:
                runs.append(Run(glue, tail.italic and line.runs[0].italic, tail.bold and line.runs[0].bold))
            if last.page != line.page:
                runs.append(Run(_TURN, line.runs[0].italic, line.runs[0].bold))
        runs.extend(line.runs)
        last = line
    return re.sub(r" {2,}", " ", written(runs, plain=plain)).replace("\u00ad", "")


def _glue(before: str, after: str, hyphens: Hyphens) -> str | None:
    """What stands between two lines in one: a space or nothing; None where the hyphen before goes away."""
    if before.endswith("\u00ad"):
        return None
    if before.endswith("-"):
        head = re.search(r"([^\W\d_]+)-$", before)
        tail = re.match(r"[^\W\d_]+", after)
        if head and tail and tail.group().islower():
            return None if hyphens(head[1], tail.group()) else ""
        return "" if re.search(r"\w-$", before) and after[:1].isalnum() else " "
    if re.search(r"\w/$", before) and after[:1].isalnum():
        return ""
    return "" if re.search(r"\w[–—]$", before) and after[:1].isalnum() else " "
