"""Resolutions and decisions cited by number: found with their owner's words, date and title, enumerations taken apart.

Finding only: whose resolution "its resolution 28/3" is, is said by `mappings.citing.owners`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mappings.formulae import formulae
from mappings.lexicon.calendar import day

_PLAIN = str.maketrans("\u2010\u2011\u00a0\u2007\u2009\u202f", "--    ")


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


def plain(text: str) -> str:
    """The text with plain hyphens and spaces, every character in its place: a no-break hyphen is one ("S‑32/9")."""
    return text.translate(_PLAIN)


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
        number = printed(match["number"])
        first = Deliberation(match.start(), match.end(), match.end(), match.start(), nature, number)
        plural = match["nature"].endswith("s")
        group = _shared_title(list(_enumerated(text, _dated(text, first), limit, plural)))
        numbers = tuple((one.number, one.on) for one in group)
        found.extend(replace(one, group=numbers, close=group[-1].stop) for one in group)
    return tuple(sorted(found, key=lambda one: one.start))


def printed(number: str) -> str:
    """A number as the United Nations prints it: "1540(2004)" is "1540 (2004)", "76/ 181" over a line's end "76/181"."""
    return re.sub(r"(?<=\w)\(", " (", re.sub(r"/ ", "/", number))


def _enumerated(text: str, first: Deliberation, limit: int, plural: bool) -> Iterator[Deliberation]:
    """The first of an enumeration and those that follow it before `limit`.

    A noun in the singular governs one number, letters after it ("resolution 75/290 A and B", "S-20/4 A–E"), and what
    follows it at once in the same form ("resolution 2301 (2016), 2302 (2016) and 2303 (2016)"). In the plural, dates,
    titles and sections may stand between the numbers.
    """
    current = first
    while True:
        lettered = list(_lettered(text, current, limit))
        yield from lettered or [current]
        current = lettered[-1] if lettered else current
        rest = text[current.end : limit]
        if re.search(r" [A-Z]{1,2}$", current.number) and (letter := rule("further letter").match(rest)):
            number = re.sub(r"[A-Z]{1,2}$", letter["letter"], current.number)
            at, end = current.end + letter.start("letter"), current.end + letter.end("letter")
        else:
            further = rule("further number" if plural else "next number").match(rest)
            if further is None or (not plural and _form(further["number"]) != _form(first.number)):
                return
            if "gap" in further.groupdict() and rule("sentence end").search(further["gap"]):
                return
            number, at = printed(further["number"]), current.end + further.start("number")
            end = current.end + further.end("number")
        current = _dated(text, replace(first, start=at, end=end, stop=end, number=number, on=None, title=""))


def _form(number: str) -> str:
    """How a number is written, letters left out: figures with a slash, with a year or with a session behind."""
    return "/" if "/" in number else "year" if re.search(r"\([0-9]{4}\)", number) else "session"


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
