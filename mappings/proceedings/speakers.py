"""Lists of speakers inside a sentence, parted into the single speakers.

The UN's drafting practice: a head governs the names after it until the next head ("the representatives of A, B and C
and by the observers for D and E"); a title without head names one person; where semicolons part, commas do not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mappings.formulas.formula import Yield, first, matches, says
from mappings.proceedings.asides import Aside, asides

Place = tuple[int, int]
PERSON = "person"  # the head of names behind "the following members of the Forum": persons, where they are no States
_WORD = re.compile(r"[\w’'-]+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """One speaker of a list: `start` and `end` are places in the text that was read.

    `head` is "representative", "observer", "delegation", "panellist", "expert", PERSON or empty for a title or a name;
    `words` are the name or title as printed, without head and parentheses; `on_behalf_of` the words after "on behalf
    of", `mode` as printed.
    """

    start: int
    end: int
    head: str
    words: str
    mode: str
    on_behalf_of: str
    meetings: tuple[int, ...] = ()  # the numbers that old reports print behind a name: "Chad (1350th, 1354th)"


@dataclass(frozen=True, slots=True)
class Group:
    """What one head governs: `start` and `end` are those of the names; `single` tells that the head is singular."""

    start: int
    end: int
    head: str
    single: bool


def speakers(text: str, start: int, end: int, names: Iterable[Place], head: str = "") -> Iterator[Speaker]:
    """The speakers that `text` lists between `start` and `end`; `names` are the places of known names in it.

    `head` governs the names before the first head that is printed in the list itself.
    """
    known = tuple(names)
    for group in _groups(text, start, end, head, known):
        yield from _members(text, group, known)


def head_announced(words: str) -> str:
    """The head that governs a list that was announced as "the following …": empty where it lists persons."""
    announced = first("head of a list", words)
    if announced:
        return announced.words("head")
    return "delegation" if words.strip() else ""


def depth_at(text: str, start: int, place: int) -> int:
    """How many parentheses are open at a place."""
    return text.count("(", start, place) - text.count(")", start, place)


def _groups(text: str, start: int, end: int, head: str, known: tuple[Place, ...]) -> Iterator[Group]:
    """The parts of a list that one head governs each; what follows "as well as" without head keeps the last one."""
    marks: list[tuple[int, int, str | None, bool]] = [(start, start, head, False)]
    for found in _outside("head of speakers", text, start, end, known):
        kind, plural = found.words("kind").lower(), bool(found.words("many"))
        if plural or found.words("definite") or kind in ("panellist", "expert"):
            marks.append((found.start, found.end, kind, not plural))
    for found in _outside("speakers announced", text, start, end, known):
        if not any(left <= found.start < right for left, right, _, _ in marks):
            marks.append((found.start, found.end, head_announced(found.words("what")), False))
    for found in _outside("as well as", text, start, end, known):
        marks.append((found.start, found.end, None, False))
    marks.sort()
    current = head
    for at, (_, right, kind_here, single) in enumerate(marks):
        current = current if kind_here is None else kind_here
        stop = marks[at + 1][0] if at + 1 < len(marks) else end
        yield Group(right, stop, current, single)


def _outside(emits: str, text: str, start: int, end: int, known: tuple[Place, ...]) -> Iterator[Yield]:
    """What formulas find that stands neither in parentheses nor inside a known name."""
    for found in matches(emits, text, start, end):
        inside = any(a < found.start and found.end < b for a, b in known)
        if not inside and depth_at(text, start, found.start) == 0:
            yield found


def _members(text: str, group: Group, known: tuple[Place, ...]) -> Iterator[Speaker]:
    start, end = _trimmed(text, group.start, group.end)
    if start >= end:
        return
    separators = [(found.start, found.end) for found in _outside("separator", text, start, end, known)]
    if group.single:
        borders = _borders_of_one(text, start, end, separators, known)
    else:
        borders = _borders(text, start, end, group.head, separators, known)
    at = start
    for left, right in [*borders, (end, end)]:
        if left > at:
            office = at > start and _fits("office of a speaker", text, at)
            yield speaker(text, at, left, "" if office else group.head)
        at = right


def _trimmed(text: str, start: int, end: int) -> Place:
    """The list without the connectors that stand before its first and after its last member."""
    if leading := first("connectors at the beginning", text[start:end]):
        start += leading.end
    if trailing := first("connectors at the end", text[start:end]):
        end = start + trailing.start
    return start, end


def _borders_of_one(text: str, start: int, end: int, separators: list[Place], known: tuple[Place, ...]) -> list[Place]:
    """The separators after the one speaker of a singular head: before an office, or between two known names."""
    offices = [(found.start, found.end) for found in _outside("office follows", text, start, end, known)]
    whole = [
        span for span in separators if _name_ends(text, start, span[0], known) and _names_begin(text, span[1], known)
    ]
    return sorted({*offices, *whole[:1]})


def _borders(text: str, start: int, end: int, head: str, found: list[Place], known: tuple[Place, ...]) -> list[Place]:
    """The separators that part two speakers, in order: the sure ones, and the one "and" before the last speaker."""
    semicolons = [span for span in found if text[span[0]] == ";"]
    if semicolons:
        return [*semicolons, *_last_and(text, semicolons[-1][1], found, known)] if head else semicolons
    if not head and _fits("honorific", text, start):  # "Ms. A, President of B, Mr. C, Minister of D, and Ms. E"
        people = [span for span in found if _fits("honorific", text, span[1])]
        # without a further form of address an "and" alone may stand in the name of a department
        others = [
            span
            for span in found
            if _is_and(text, span) and (people or "," in text[slice(*span)]) and _fits("person follows", text, span[1])
        ]
        return sorted({*people, *others})
    if not head and (_fits("person follows", text, start) or _fits("person and State follows", text, start)):
        return [span for span in found if _person_begins(text, span)]
    titles = not head and _fits("office of a speaker", text, start)
    sure = [span for span in found if _is_sure(text, span, known, titles=titles)]
    if text[end - 1] == ")" and any(text[left - 1] == ")" for left, _ in sure):
        # each has its parentheses: most of what looks like a separator stands inside a name
        return sorted({*sure, *(span for span in found if text[span[0]] == "," and _article_follows(text, span[1]))})
    borders = sorted({*sure, *(span for span in found if text[span[0]] == "," and _may_part(text, span[1], head))})
    if borders and _is_and(text, borders[-1]):
        return borders
    after = borders[-1][1] if borders else start
    ends = [span for span in found if span[0] >= after and _may_part(text, span[1], head)]
    # "the European Union and Women and Youth International": the "and" behind a known name is the one between speakers
    whole = [span for span in ends if _name_ends(text, after, span[0], known)]
    preferred = [span for span in ends if _article_follows(text, span[1])] or ends
    return [*borders, *(whole[:1] or preferred[-1:])]


def spelled_out(text: str) -> Iterator[Place]:
    """The names that an acronym in parentheses spells out by their initials: "Light, Education, Support (LES)".

    Commas and "and" inside such a name part no speakers.
    """
    for found in matches("acronym in a list", text):
        letters = [letter for letter in found.words("acronym") if letter.isupper()]
        start = found.start
        for word in reversed(list(_WORD.finditer(text, 0, found.start))):
            if not letters or not re.fullmatch(r"[\s,&]*(?:and\s+|of\s+|for\s+|the\s+)*", text[word.end() : start]):
                break
            if word.group()[0].isupper():
                if word.group()[0] != letters[-1]:
                    break
                letters.pop()
                start = word.start()
        if not letters:
            yield start, found.start


def _last_and(text: str, after: int, found: list[Place], known: tuple[Place, ...]) -> list[Place]:
    """The "and" after the last semicolon, where a known name ends and another begins."""
    return [
        span
        for span in found
        if span[0] >= after and _name_ends(text, after, span[0], known) and _names_begin(text, span[1], known)
    ]


def _is_and(text: str, span: Place) -> bool:
    return "and" in text[slice(*span)].split() or "&" in text[slice(*span)]


def _is_sure(text: str, span: Place, known: tuple[Place, ...], *, titles: bool) -> bool:
    left, right = span
    if text[left - 1] == ")":
        return True
    return _names_begin(text, right, known) and not (titles and not _article_follows(text, right))


def _names_begin(text: str, place: int, known: tuple[Place, ...]) -> bool:
    article = first("article of a speaker", text[place:])
    place += article.end if article else 0
    return any(a == place for a, _ in known)


def _name_ends(text: str, start: int, end: int, known: tuple[Place, ...]) -> bool:
    """Whether the words between are nothing but a known name, with what stands in parentheses after it."""
    article = first("article of a speaker", text[start:end])
    begin = start + (article.end if article else 0)
    words = text[begin:end]
    while aside := first("aside", words):
        if any((begin, begin + len(words)) == place for place in known):
            break
        words = words[: aside.start]
    return any((begin, begin + len(words)) == place for place in known)


def _person_begins(text: str, span: Place) -> bool:
    """Whether another person is parted here: "A, Director, B, and C, Head, D", or "A (State), B (State) and C"."""
    after_state = text[span[0] - 1] == ")" and _fits("person and State follows", text, span[1])
    return after_state or (_is_and(text, span) and _fits("person follows", text, span[1]))


def _fits(emits: str, text: str, place: int) -> bool:
    return says(emits, text[place:])


def _article_follows(text: str, place: int) -> bool:
    return _fits("article and capital", text, place)


def _may_part(text: str, right: int, head: str) -> bool:
    """Whether a name may begin here: any capital after a head, an article and a capital where titles are listed."""
    return _article_follows(text, right) or (bool(head) and _fits("capital", text, right))


def speaker(text: str, start: int, end: int, head: str = "") -> Speaker:
    """The one speaker that the words between `start` and `end` name, parentheses taken off."""
    printed = text[start:end]
    met = first("meetings of a speaker", printed)
    found: Aside = asides(printed[: met.start] if met else printed)
    return Speaker(start, end, head, found.words, found.mode, found.on_behalf_of, numbers_of(met))


def numbers_of(met: Yield | None) -> tuple[int, ...]:
    """The numbers of the meetings at which somebody spoke."""
    numbers = met.fields.get("numbers") if met else ()
    return numbers if isinstance(numbers, tuple) else ()
