"""The losses: what a converter or a printer takes from a report, or adds to it, as edits that know their places.

A loss reads the undamaged text beside its facts, so that it strips exactly what its name says (the numbers of the
report's own paragraphs, not those of operative ones), and is the same for the same seed. Because each edit names a place
of the undamaged text, several losses are applied at once and every place is followed there and back.
"""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from mappings.facts import Facts
from mappings.source import Span
from tests.conversions import MARK

Edits = Iterable["Edit"]

_NUMBER = re.compile(r"(?:- | - )?(\d+\.)[ \t]+")
_LETTER = re.compile(r"^(?: ?- )?(\([a-z]\)[ \t]+)", re.MULTILINE)
_STARS = re.compile(r"(?<=[^\s*])\*{1,3}(?=[\s,.;:]|$)|^\*{1,3} (?=[A-Z])", re.MULTILINE)
_EMPHASIS = re.compile(r"(?<![\w*,.;:)])(\*{1,2})(?=[^\s*])[^*]{2,300}(?<=[^\s*])\1(?!\*)")
_CARET = re.compile(r"\^[a-z]\b ?")
_INSIDE_WORDS = re.compile(r"(?<=\w)[/-](?=\w)")
_PAGE = 3000  # characters: a printed page of the two reports holds about as many
_SHORT = 40  # characters: a title that fits one line is not broken
_SEED = 12


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """The words that stand in place of `start` to `end` of the undamaged text; `what` says what is taken or added."""

    start: int
    end: int
    words: str
    what: str


@dataclass(frozen=True, slots=True)
class Original:
    """A report's text before the loss, and the facts read from it."""

    name: str
    text: str
    facts: Facts


@dataclass(frozen=True, slots=True)
class Damaged:
    """A text after a loss, with the edits that made it, in order and none inside another."""

    text: str
    edits: tuple[Edit, ...]

    @property
    def removed(self) -> Counter[str]:
        """How many places of each kind the loss changed."""
        return Counter(edit.what for edit in self.edits)

    def before(self, span: Span) -> Span:
        """Where in the undamaged text a stretch of this text stood; words that were added count for nothing."""
        return Span(self._moved(span.start, back=True), self._moved(span.end, back=True, last=True))

    def after(self, span: Span) -> Span:
        """Where in this text a stretch of the undamaged text stands."""
        return Span(self._moved(span.start, back=False), self._moved(span.end, back=False, last=True))

    def _moved(self, place: int, *, back: bool, last: bool = False) -> int:
        """A place in the other text; the `last` of a stretch stays before what is added or taken there."""
        shift = 0
        for edit in self.edits:
            here, there = (edit.start + shift, edit.start) if back else (edit.start, edit.start + shift)
            length, grown = len(edit.words), len(edit.words) - (edit.end - edit.start)
            if not back:
                length -= grown
            if place < here or (last and place == here):
                break
            if place < here + length:
                # Inside the edit: its beginning is the nearest place that both texts have.
                return there
            shift += grown
        return place + (-shift if back else shift)


def damaged(original: Original, losses: Iterable[Callable[[Original], Edits]]) -> Damaged:
    """The text with these losses together; where two want the same place, the one named first has it."""
    taken: list[Edit] = []
    for loss in losses:
        for edit in sorted(loss(original)):
            at = bisect_right(taken, edit)
            before, after = taken[at - 1 : at], taken[at : at + 1]
            if any(one.end > edit.start for one in before) or any(edit.end > one.start for one in after):
                continue
            taken.insert(at, edit)
    parts, place = [], 0
    for edit in taken:
        parts += [original.text[place : edit.start], edit.words]
        place = edit.end
    return Damaged("".join(parts) + original.text[place:], tuple(taken))


def numbers_gone(original: Original) -> Edits:
    """The printed number of each of the report's own paragraphs taken away."""
    for _, found in _numbered(original):
        yield Edit(found.start(), found.end(), "", "paragraph numbers")


def numbers_anew(original: Original) -> Edits:
    """The report's own paragraphs numbered from 1 in each chapter."""
    counted: Counter[str] = Counter()
    for chapter, found in _numbered(original):
        counted[chapter] += 1
        yield Edit(found.start(1), found.end(1), f"{counted[chapter]}.", "paragraph numbers")


def operative_numbers_gone(original: Original) -> Edits:
    """The numbers of operative paragraphs taken away."""
    for fact in original.facts.clauses:
        line = original.text.rfind("\n", 0, fact.evidence.span.start) + 1
        found = _NUMBER.match(original.text, line)
        if fact.numbered and fact.key.part == "operative" and not fact.key.letter and found:
            yield Edit(found.start(), found.end(), "", "operative numbers")


def letters_gone(original: Original) -> Edits:
    """The letter of each list entry and sub-paragraph taken away, with the dash before it."""
    for found in _LETTER.finditer(original.text, body(original)):
        yield Edit(found.start(), found.end(), "", "list letters")


def entries_headed(original: Original) -> Edits:
    """One list entry in ten of the report's own paragraphs marked as a heading."""
    entries = list(_entries(original))
    chance = random.Random(_SEED)
    for place in sorted(chance.sample(entries, -(-len(entries) // 10))):
        yield Edit(place, place, "#### ", "entries made headings")


def marks_gone(original: Original) -> Edits:
    """The footnote marks taken away, those in the text and those before the notes, whose words stay."""
    start = body(original)
    emphasis = [found.span() for found in _EMPHASIS.finditer(original.text, start)]
    for pattern in (MARK, _STARS, _CARET):
        for found in pattern.finditer(original.text, start):
            if any(begin <= found.start() < stop for begin, stop in emphasis) and pattern is _STARS:
                continue
            end = found.end()
            if original.text[found.start() - 1] == "\n" and original.text[end : end + 1] == " ":
                end += 1
            yield Edit(found.start(), end, "", "footnote marks")


def lines_broken(original: Original) -> Edits:
    """A line end after every second "/" or "-" that stands inside a word, a number or a symbol."""
    chance = random.Random(_SEED)
    for found in _INSIDE_WORDS.finditer(original.text, body(original)):
        if chance.random() < 0.5:
            yield Edit(found.end(), found.end(), "\n", "lines broken")


def pages_between(original: Original) -> Edits:
    """A running footer and header between two paragraphs of each page."""
    return _pages(original, inside=False)


def pages_inside(original: Original) -> Edits:
    """A running footer and header in the middle of a paragraph of each page."""
    return _pages(original, inside=True)


def titles_broken(original: Original) -> Edits:
    """The titles of chapters, sections and texts broken at a space near their middle."""
    facts = original.facts
    for fact in (*facts.chapters, *facts.sections, *facts.texts):
        span = fact.evidence.span
        words = original.text[span.start : span.end]
        spaces = [found.start() for found in re.finditer(r" ", words)]
        if len(words) >= _SHORT and "\n" not in words and spaces:
            at = span.start + min(spaces, key=lambda space: abs(space - len(words) // 2))
            yield Edit(at, at + 1, "\n", "titles broken")


def body(original: Original) -> int:
    """Where chapter I begins: the cover and the contents are left as they are."""
    chapters = original.facts.chapters
    heading = original.text.rfind("\n\n", 0, chapters[0].evidence.span.start - 2) if chapters else 0
    return max(heading, 0)


def _numbered(original: Original) -> Iterator[tuple[str, re.Match[str]]]:
    """The number at the head of each of the report's own paragraphs, with its chapter."""
    for fact in original.facts.paragraphs:
        line = original.text.rfind("\n", 0, fact.evidence.span.start) + 1
        found = _NUMBER.match(original.text, line)
        if found:
            yield fact.chapter, found


def _entries(original: Original) -> Iterator[int]:
    """Where the entries of lists under the report's own paragraphs begin: an entry is a line of the paragraph's words."""
    for fact in original.facts.paragraphs:
        heads = {_letters(line)[:15] for line in fact.text.split("\n")[1:]} - {""}
        span = fact.evidence.span
        for found in re.finditer(r"^.+$", original.text[span.start : span.end], re.MULTILINE):
            if found.start() and _letters(found[0])[:15] in heads:
                yield span.start + found.start()


def _letters(words: str) -> str:
    return re.sub(r"[^a-z]", "", words.lower())


def _pages(original: Original, *, inside: bool) -> Edits:
    """A page's end on each stretch of some three thousand characters, as United Nations reports print it.

    The header of each page is the report's symbol and its title; the footer has the page and the number of the job, on
    left pages the other way round.
    """
    text, report = original.text, original.facts.report
    chance = random.Random(_SEED)
    symbol = report.symbol or f"E/{report.year}/{report.supplement}"
    page = 1
    for start in range(body(original) + _PAGE, len(text) - _PAGE, _PAGE):
        page += 1
        footer = f"{page}/60 V.31-01234" if page % 2 else f"V.31-01234 {page}/60"
        furniture = f"{footer}\n\n{symbol}\n\n{report.title}\n\n"
        if not inside:
            at = text.index("\n\n", start) + 2
            yield Edit(at, at, furniture, "headers and footers")
            continue
        blocks = list(re.finditer(r"(?<=\n\n).{120,}(?=\n\n)", text[start : start + _PAGE]))
        if blocks:
            block = chance.choice(blocks)
            spaces = [found.start() for found in re.finditer(r"(?<=[^.:;]) ", block[0])][3:-3]
            at = start + block.start() + chance.choice(spaces)
            yield Edit(at, at + 1, f"\n\n{furniture}", "headers and footers")


@dataclass(frozen=True, slots=True)
class Loss:
    """What is lost, by name: the ways together. `notes` tells that the places of footnotes are lost with it."""

    name: str
    ways: tuple[Callable[[Original], Edits], ...]
    notes: bool = False


ALL = (
    numbers_gone, letters_gone, entries_headed, marks_gone, pages_inside, pages_between, titles_broken, lines_broken,
)  # fmt: skip
LOSSES = (
    Loss("numbers", (numbers_gone,)),
    Loss("numbers anew", (numbers_anew,)),
    Loss("operative numbers", (operative_numbers_gone,)),
    Loss("letters", (letters_gone,)),
    Loss("headings", (entries_headed,)),
    Loss("marks", (marks_gone,), notes=True),
    Loss("lines", (lines_broken,)),
    Loss("pages between", (pages_between,)),
    Loss("pages inside", (pages_inside,)),
    Loss("titles", (titles_broken,)),
    Loss("all", ALL, notes=True),
    Loss("all and operative numbers", (operative_numbers_gone, *ALL), notes=True),
)
