"""The typed slots of formulas: for each its pattern, made of the lexicon, and the value that its words mean.

Every slot of `mappings.lexicon.slots` is one, whose value is its words. A formula file may add its own in `[slots]`,
each a piece of template; those of `common.toml` are known in every file. What no template says, a pattern of
characters, is written between slashes: `mark = "/[0-9]+[a-z]?/"`; it may name slots above it and run over lines.

number         "37", "twelve", "a" (1)                        a whole number
count          "37", "twelve", "none" (0)                     a whole number
ordinal        "31st", "thirty-first"                         a whole number
ordinal_figures  "31st"                                       a whole number
ordinals       "1st, 2nd and 4th", "2nd to 5th"               whole numbers, a range taken apart
year           "2031"                                         a whole number
full_date      "10 July 2031"                                 a day
end_of         "the end of September 2031", "… of 2031"       the last day of the month or year
month_of_year  "September 2031"                               the last day of the month
days           "13, 14 and 15 May", "16–20 May 2031"          words, whose year the report tells
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from mappings.formulas.template import Piece, TemplateError, compile_piece
from mappings.lexicon import calendar
from mappings.lexicon.numbers import number, ordinal_number
from mappings.lexicon.slots import slots as lexicon

Value = int | str | bool | date | tuple[int, ...] | None
_TO = re.compile(r"\s?(?:to|–)\s?")
_NAMED = re.compile(r"\{:(\w+)\}")
_LINE = re.compile(r"\s*\n\s*")
_ANY_WORDS = re.compile(r"\[\^|(?<!\\)\.[*+{]")  # a pattern of characters that takes whatever words stand there


@dataclass(frozen=True, slots=True)
class Slot:
    """A pattern, and what the words that it takes mean."""

    pattern: str
    value: Callable[[str], Value]


def words(found: str) -> str:
    """The words as they stand, with single blanks."""
    return " ".join(found.split())


@cache
def slots() -> Mapping[str, Slot]:
    """All slots by name: those of the lexicon, whose value is their words, and those that mean something else."""
    known = lexicon()
    ordinal = rf"(?:{calendar.ORDINAL}|{known['ordinal_word']})"
    session = rf"{ordinal}(?!\s+session)(?:\s+\([a-z]+\))?"
    meant = {
        "number": Slot(f"(?:[0-9]+|an?|{known['cardinal']})", lambda found: number(found) or 1),
        "count": Slot(f"(?:[0-9]+|{known['nothing']}|{known['cardinal']})", number),
        "ordinal": Slot(ordinal, ordinal_number),
        "ordinal_figures": Slot(calendar.ORDINAL, ordinal_number),
        "ordinals": Slot(rf"{session}(?:(?:,\s+|,?\s+and\s+|\s+to\s+|\s?–\s?){session})*", ordinal_numbers),
        "year": Slot(calendar.YEAR, int),
        "full_date": Slot(calendar.FULL_DATE, calendar.day),
        "end_of": Slot(rf"the\s+end\s+of\s+(?:{calendar.MONTH}\s+)?{calendar.YEAR}", calendar.last_day),
        "month_of_year": Slot(rf"{calendar.MONTH}\s+{calendar.YEAR}", calendar.last_day),
        "days": Slot(calendar.DAYS, words),
    }
    return {name: Slot(pattern, words) for name, pattern in known.items()} | meant


def pieces() -> dict[str, Piece]:
    """The pieces of pattern that every formula may name."""
    return {name: Piece(slot.pattern) for name, slot in slots().items()}


def with_own(known: Mapping[str, Piece], own: Mapping[str, object]) -> dict[str, Piece]:
    """The slots with those of a file, each of which may name the ones above it. Raises TemplateError."""
    found = dict(known)
    for name, written in own.items():
        if name in found:
            raise TemplateError(f"there is a slot {name!r} already")
        text = str(written).strip()
        if len(text) > 1 and text[0] == text[-1] == "/":
            pattern = _NAMED.sub(lambda match: _pattern(match[1], found), _LINE.sub("", text[1:-1]))
            found[name] = Piece(f"({pattern})" if _ANY_WORDS.search(pattern) else f"(?:{pattern})")
        else:
            piece = compile_piece(text, found)
            found[name] = Piece(f"(?:{piece.pattern})", piece.fields)
    return found


def _pattern(name: str, known: Mapping[str, Piece]) -> str:
    if name not in known:
        raise TemplateError(f"there is no slot {name!r}")
    return f"(?:{known[name].pattern})"


def ordinal_numbers(found: str) -> tuple[int, ...]:
    """The numbers of "1st, 2nd and 4th" or "2nd to 5th"."""
    numbers: list[int] = []
    last = 0
    for match in re.finditer(slots()["ordinal"].pattern, found):
        one = ordinal_number(match.group())
        if one is None:
            continue
        if numbers and _TO.fullmatch(found[last : match.start()]):
            numbers.extend(range(numbers[-1] + 1, one))
        numbers.append(one)
        last = match.end()
    return tuple(numbers)
