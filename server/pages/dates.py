"""Days as a person says them: "16 May 2024", "13–17 May 2024", "8 December 2023 and 13–17 May 2024"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
PARTS = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d(?: \d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d)*")


def in_day(day: date) -> str:
    """A day: "16 May 2024"."""
    return f"{day.day} {day:%B %Y}"


def day_in_words(value: str) -> str:
    """A day that is written as ISO 8601 has it in words, anything else as it stands: a year, a month."""
    return in_day(date.fromisoformat(value)) if _DAY.fullmatch(value) else value


def in_days(first: date, last: date) -> str:
    """The days from one to another: "13–17 May 2024", "29 April–3 May 2024"."""
    if first == last:
        return in_day(last)
    if first.year != last.year:
        return f"{in_day(first)} – {in_day(last)}"
    if first.month != last.month:
        return f"{first.day} {first:%B} – {in_day(last)}"
    return f"{first.day}–{in_day(last)}"


def parts_in_days(parts: str) -> str:
    """The parts of a session, ISO 8601 intervals with spaces between them, as its cover says them, the earliest first.

    "2024-05-13/2024-05-17 2023-12-08/2023-12-08" is "8 December 2023 and 13–17 May 2024".
    """
    spans = sorted(tuple(map(date.fromisoformat, part.split("/"))) for part in parts.split())
    return in_list([in_days(first, last) for first, last in spans])


def in_list(words: Sequence[str]) -> str:
    """Words as a list in a sentence: "a, b and c"."""
    *before, last = words or ("",)
    return f"{', '.join(before)} and {last}" if before else last
