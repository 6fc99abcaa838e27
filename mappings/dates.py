"""Days as reports print them: "10 December 2021 and 16–20 May 2022"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from mappings.lexicon import calendar

# A run of days, as no number, symbol or fraction goes on with.
RUN = re.compile(rf"(?<![0-9/.]){calendar.DAYS}")
_OF_MONTH = re.compile(rf"(?P<days>{calendar.RUN_OF_DAYS})\ (?P<month>{calendar.MONTH})(?:,?\ (?P<year>[0-9]{{4}}))?")
_RANGE = re.compile(r"\s?[–-]\s?|\s+to\s+")
_LONGEST = 366  # days: no part of a session is longer


@dataclass(frozen=True, slots=True)
class Days:
    """A day, or a range of days that one dash or "to" spans (both ends included); its place in the text read."""

    first: date
    last: date
    start: int
    end: int

    def each(self) -> tuple[date, ...]:
        """Every day of the range."""
        count = (self.last - self.first).days
        return tuple(self.first + timedelta(days=n) for n in range(count + 1)) if 0 <= count < _LONGEST else ()


@dataclass(frozen=True, slots=True)
class _Day:
    day: int
    month: int
    year: int | None
    start: int
    end: int
    ranged: bool  # a range leads from the day before to this one


def days(text: str, year: int | None = None) -> tuple[Days, ...]:
    """The days and ranges of days in a text, in order.

    A day without year takes the year of the day that follows it in the same enumeration, else `year`; without one it is
    left out, as is a day that no calendar has.
    """
    found: list[Days] = []
    for run in RUN.finditer(text):
        found.extend(_spans(_run(run.group(), run.start(), year)))
    return tuple(found)


def _run(text: str, offset: int, year: int | None) -> list[_Day]:
    """The days of one enumeration, months and years carried back from the day that prints them."""
    read: list[_Day] = []
    waiting: list[tuple[int, int, int, bool]] = []
    last = 0
    for group in _OF_MONTH.finditer(text):
        for number in re.finditer(r"\d+", group["days"]):
            start, end = group.start("days") + number.start(), group.start("days") + number.end()
            ranged = bool(_RANGE.fullmatch(text[last:start])) and last > 0
            waiting.append((int(number.group()), start, end, ranged))
            last = end
        last = group.end()
        printed = int(group["year"]) if group["year"] else None
        for index, (day, start, end, ranged) in enumerate(waiting):
            stop = group.end() if index == len(waiting) - 1 else end
            read.append(_Day(day, calendar.month(group["month"]), printed, offset + start, offset + stop, ranged))
        waiting = []
    return _with_years(read, year)


def _with_years(read: list[_Day], year: int | None) -> list[_Day]:
    known = year
    complete: list[_Day] = []
    for one in reversed(read):
        known = one.year or known
        after = complete[-1] if complete else None
        if after and one.year is None and known and (one.month, one.day) > (after.month, after.day) and one.month > 10:
            known -= 1  # "30 December to 3 January 2032"
        complete.append(replace(one, year=known))
    return complete[::-1]


def _spans(read: list[_Day]) -> Iterator[Days]:
    index = 0
    while index < len(read):
        first = last = read[index]
        if index + 1 < len(read) and read[index + 1].ranged:
            index += 1
            last = read[index]
        index += 1
        begin, end = _date(first), _date(last)
        if begin and end and begin <= end:
            yield Days(begin, end, first.start, last.end)


def _date(one: _Day) -> date | None:
    if one.year is None:
        return None
    try:
        return date(one.year, one.month, one.day)
    except ValueError:
        return None
