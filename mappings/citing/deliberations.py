"""Resolutions and decisions cited by number: found with their owner's words, date and title, enumerations taken apart.

Finding only: whose resolution "its resolution 28/3" is, is said by `mappings.citing.owners`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mappings.formulae import formulae

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Deliberation:
    """A resolution or decision by its number as printed.

    `start` and `end` hold the noun and the number, of a further one of an enumeration the number alone; `stop` is
    behind date and title. `head` is the place of the noun that governs the number, `group` all numbers that it
    governs, with their dates, and `close` the end of the last of them.
    """

    start: int
    end: int
    stop: int
    head: int
    nature: str  # "resolution" or "decision"
    number: str  # "57/270 B"
    on: date | None = None
    title: str = ""
    group: tuple[tuple[str, date | None], ...] = ()
    close: int = 0


def rule(name: str) -> re.Pattern[str]:
    """The pattern of a rule of citations.toml."""
    return next(formula.pattern for formula in formulae("citations") if formula.name == name)


def find(text: str) -> tuple[Deliberation, ...]:
    """The numbered resolutions and decisions of a text, in order, each of an enumeration for itself.

    One that stands in a quoted title is found too; the enumeration in which the title stands goes on behind it.
    """
    heads = list(rule("deliberation").finditer(text))
    quotes = [match.span() for match in re.finditer(r"[“\"][^”\"]*[”\"]", text)]
    found: list[Deliberation] = []
    for match in heads:
        quote = next((end for start, end in quotes if start < match.start() < end), 0)
        outer = [head.start() for head in heads if not any(a < head.start() < b for a, b in quotes)]
        limit = quote or min((start for start in outer if start > match.start()), default=len(text))
        nature = match["nature"].lower().removesuffix("s")
        first = Deliberation(match.start(), match.end(), match.end(), match.start(), nature, match["number"])
        plural = match["nature"].endswith("s")
        group = _shared_title(list(_enumerated(text, _dated(text, first), limit, plural)))
        numbers = tuple((one.number, one.on) for one in group)
        found.extend(replace(one, group=numbers, close=group[-1].stop) for one in group)
    return tuple(sorted(found, key=lambda one: one.start))


def _enumerated(text: str, first: Deliberation, limit: int, plural: bool) -> Iterator[Deliberation]:
    """The first of an enumeration and those that follow it before `limit`.

    A noun in the singular governs one number, and letters after it ("resolution 75/290 A and B", "S-20/4 A–E").
    """
    current = first
    while True:
        lettered = list(_lettered(text, current, limit))
        yield from lettered or [current]
        current = lettered[-1] if lettered else current
        if (letter := rule("further letter").match(text[current.end : limit])) and re.search(
            r" [A-Z]$", current.number
        ):
            number = current.number[:-1] + letter["letter"]
            at = current.end + letter.start("letter")
            end = current.end + letter.end("letter")
        elif plural and (further := rule("further number").match(text[current.end : limit])):
            if ". " in further["gap"]:
                return
            number, at = further["number"], current.end + further.start("number")
            end = at + len(number)
        else:
            return
        current = _dated(text, replace(first, start=at, end=end, stop=end, number=number, on=None, title=""))


def _lettered(text: str, one: Deliberation, limit: int) -> Iterator[Deliberation]:
    """The parts of a resolution printed as a range: "S-20/4 A–E" are five."""
    if not (match := rule("letters").match(text[one.end : limit])):
        return
    stem = re.sub(r" [A-Z]$", "", one.number)
    first = (match["first"] or one.number[-1]).strip()
    if not first.isalpha() or first >= match["last"]:
        return
    end = one.end + match.end()
    for letter in range(ord(first), ord(match["last"]) + 1):
        yield _dated(text, replace(one, end=end, stop=end, number=f"{stem} {chr(letter)}"))


def _dated(text: str, found: Deliberation) -> Deliberation:
    """The same with the date and title that stand behind its number."""
    rest = text[found.end :]
    on, at = None, 0
    if match := rule("date").match(rest):
        on, at = day(match["date"]), match.end()
    title = ""
    if match := rule("quoted title").match(rest[at:]):
        title, at = match["quoted"].strip('“”"'), at + match.end()
    elif match := rule("plain title").match(rest[at:]):
        title, at = match["title"].rstrip(" ,"), at + match.start() + len(" " + match["title"].rstrip(" ,"))
    return replace(found, stop=found.end + at, on=on, title=title)


def _shared_title(found: list[Deliberation]) -> list[Deliberation]:
    """The list with the title of its last given to all where no other has one: "69/1 of …, 70/2 of … on X"."""
    if len(found) > 1 and found[-1].title.startswith("on ") and not any(one.title for one in found[:-1]):
        return [replace(one, title=found[-1].title) for one in found]
    return found


def day(words: str) -> date | None:
    """The day that "18 December 1991" is; None for no day of the calendar."""
    number, month, year = words.split()
    try:
        return date(int(year), _MONTHS.index(month) + 1, int(number))
    except ValueError:
        return None
