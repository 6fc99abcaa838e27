"""The day as of which a release tells what became of requests, and which sessions were over then.

A release has no clock: its day is the newest one on which something happened that it holds, unless its operator names
another. A session without a report has no days of its own. It was over when a later session of its body has been held;
after the newest that is held, by the pace of those that are; the General Assembly's by the year of their number.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

from ontology.terms import BASE, REC
from server.publishing.manifest import StoredPart, is_report

_ASSEMBLY = "ga"
# The n-th regular session of the General Assembly opens in September of the year n + 1945 and closes when the next one
# opens, in the week that has the first Tuesday behind the second of September (rule 1 of its rules of procedure).
_FIRST_YEAR, _OPENS = 1945, (9, 15)
# What happened: meetings, acts and the parts of sessions. Terms of members and days that something is due lie ahead.
_DAYS = "|".join(one.removeprefix(BASE) for one in (REC.date, REC.endDate))
_HAPPENED = re.compile(
    rf"^<[^>]*?/(?:meeting|act|session)/[^>]*> <[^>]*?(?:{_DAYS})>"
    r' "(\d{4}-\d\d-\d\d)"',
    re.MULTILINE,
)


def newest_day(quads: str) -> str:
    """The newest day on which something happened by the N-Quads of a document, as ISO 8601; empty where none does."""
    return max(_HAPPENED.findall(quads), default="")


def as_of(parts: Iterable[StoredPart]) -> str:
    """The newest day on which something happened that is held; empty where no day is known."""
    return max((_newest(part) for part in parts if part.record), default="")


def _newest(part: StoredPart) -> str:
    """A part's newest day, read from its graph where it was written before parts knew theirs."""
    if part.newest is not None:
        return part.newest
    asserted = (graph.file for graph in part.graphs if graph.file.endswith("/asserted.nq"))
    return max((newest_day(part.file(file).read_text(encoding="utf-8")) for file in asserted), default="")


def sessions_over(parts: Iterable[StoredPart], day: str) -> Mapping[str, int]:
    """For the key of each body the number of its last session that was over on a day."""
    if not day:
        return {}
    on = date.fromisoformat(day)
    held: dict[str, dict[int, str]] = defaultdict(dict)
    for part in parts:
        if is_report(part.path) and (newest := _newest(part)):
            held[part.record["body"]][int(part.record["session"])] = newest
    over = {body: last for body, sessions in held.items() if (last := _last(sessions, on)) is not None}
    years = on.year if (on.month, on.day) >= _OPENS else on.year - 1
    return {**over, _ASSEMBLY: max(years - _FIRST_YEAR - 1, over.get(_ASSEMBLY, 0))}


def _last(sessions: Mapping[int, str], on: date) -> int | None:
    """The last session that was over on a day, of a body by the newest days of those that are held."""
    last = max((number for number, newest in sessions.items() if newest <= on.isoformat()), default=None)
    if last is None or last != max(sessions):
        return last
    first, year = min(sessions), int(sessions[last][:4])
    pace = (year - int(sessions[first][:4])) / (last - first) if last > first else 0
    # a session may come late in its year: it is over for certain in the next one
    return last + int((on.year - 1 - year) / pace) if pace > 0 and on.year > year else last
