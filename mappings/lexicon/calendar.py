"""How days are written: the patterns of a day, a month, a run of days, and the days that they mean.

The names of months are those of the Gregorian calendar in English, which no scheme needs to hold.
"""

from __future__ import annotations

import calendar
from datetime import date

MONTHS = tuple(calendar.month_name)[1:]
MONTH = rf"(?:{'|'.join(MONTHS)})"
DAY = "[0-9]{1,2}"
YEAR = "(?:19|20)[0-9]{2}"
FULL_DATE = rf"{DAY}\ {MONTH}\ [0-9]{{4}}"
ORDINAL = "[0-9]+(?:st|nd|rd|th)"

# "16–20", "13, 14 and 15"; a number before "meetings" is no day
RUN_OF_DAYS = rf"{DAY}(?:(?:\ ?[–-]\ ?|\ to\ |,\ |,?\ and\ ){DAY}(?![0-9]|\ meetings))*"
_DAYS_OF_MONTH = rf"{RUN_OF_DAYS}\ {MONTH}(?:,?\ [0-9]{{4}})?"
# "10 December 2030 and 16–20 May 2031", "from 30 April to 4 May 2031"
DAYS = rf"(?:{_DAYS_OF_MONTH}(?:(?:\ ?[–-]\ ?|\ to\ |,\ (?:and\ )?|\ and\ ){_DAYS_OF_MONTH})*)"


def month(name: str) -> int:
    """The number of a month, 1 for January."""
    return MONTHS.index(name) + 1


def day(words: str) -> date | None:
    """The day of "10 July 2031"; None for one that no calendar has."""
    number, name, year = words.split()
    try:
        return date(int(year), month(name), int(number))
    except ValueError:
        return None


def last_day(words: str) -> date:
    """The last day of what "the end of September 2031" and "the end of 2031" name."""
    *_, before, year = words.split()
    at = month(before) if before in MONTHS else 12
    return date(int(year), at, calendar.monthrange(int(year), at)[1])
