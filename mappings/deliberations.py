"""Resolutions and decisions cited by number: found with their owner's words, date and title, enumerations taken apart.

Finding only: whose resolution "its resolution 28/3" is, is said by `mappings.owners`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import zip_longest

from mappings.formulae import formulae

_BODY_WORDS = re.compile(r"(?:[A-Z][\w'’-]*|on|of|and|the|for|against|to|in|with|States|thereto)")


@dataclass(frozen=True, slots=True)
class Deliberation:
    """A resolution or decision by its number as printed.

    `start` and `end` hold the owner's words (if any), the noun and the number, of a further one of an enumeration the
    number alone; `stop` is behind date and title. `head` is the place of the noun that governs the number.
    """

    start: int
    end: int
    stop: int
    head: int
    nature: str  # "resolution" or "decision"
    number: str  # "57/270 B"
    on: date | None = None
    title: str = ""


def rule(name: str) -> re.Pattern[str]:
    """The pattern of a rule of citations.toml."""
    return next(formula.pattern for formula in formulae("citations") if formula.name == name)


def find(text: str) -> tuple[Deliberation, ...]:
    """The numbered resolutions and decisions of a text, in order, each of an enumeration for itself."""
    heads = list(rule("deliberation").finditer(text))
    found: list[Deliberation] = []
    for match, following in zip_longest(heads, heads[1:]):
        limit = following.start() if following else len(text)
        nature = match["nature"].lower().removesuffix("s")
        first = _dated(
            text, Deliberation(match.start(), match.end(), match.end(), match.start(), nature, match["number"])
        )
        plural = match["nature"].endswith("s")
        found.extend(_shared_title(list(_enumerated(text, first, limit, plural))))
    return tuple(found)


def _enumerated(text: str, first: Deliberation, limit: int, plural: bool) -> Iterator[Deliberation]:
    """The first of an enumeration and those that follow it before `limit`.

    A noun in the singular governs one number, and letters after it ("resolution 75/290 A and B").
    """
    current = first
    yield current
    while True:
        if letter := rule("further letter").match(text[current.end : limit]):
            number = re.sub(r" [A-Z]$", "", current.number) + " " + letter["letter"]
            at = current.end + letter.start("letter")
            if number == current.number or not re.search(r" [A-Z]$", current.number):
                return
        elif plural and (further := rule("further number").match(text[current.end : limit])):
            if ". " in further["gap"]:
                return
            number, at = further["number"], current.end + further.start("number")
        else:
            return
        end = current.end + letter.end("letter") if letter else at + len(number)
        current = _dated(text, replace(first, start=at, end=end, stop=end, number=number, on=None, title=""))
        yield current


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
    """The list with the title of its last given to all, where no other has one: "69/1 of …, 70/2 of … and 71/3 of … on X"."""
    if len(found) > 1 and found[-1].title.startswith("on ") and not any(one.title for one in found[:-1]):
        return [replace(one, title=found[-1].title) for one in found]
    return found


def day(words: str) -> date | None:
    """The day that "18 December 1991" is; None for no day of the calendar."""
    try:
        return datetime.strptime(words, "%d %B %Y").date()  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return None
