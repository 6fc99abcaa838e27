"""A sentence at the head of a page that says in words and true counts what is known of a thing.

A query file each in server/pages/summary_queries: `# for:` names the classes, `# says:` the parts of the sentence, with
a semicolon between them. `{drafts draft}` is a count with its noun ("7 drafts", "1 draft"), `{speakers party|parties}`
one whose plural is irregular, `{date}` a value. What is 0 or unknown is not said: neither its part, if it comes first
there, nor the words that lead to it.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cache

import pyoxigraph as ox

from server.pages.dates import PARTS, in_day, parts_in_days
from server.pages.panels import about, query_files, written
from server.store import Row, Store
from server.things import text

_SLOT = re.compile(r"(?P<lead>[^{}]*)\{(?P<name>\w+)(?: (?P<one>[^{}|]+)(?:\|(?P<many>[^{}]+))?)?\}(?P<tail>[^{}]*$)?")


@dataclass(frozen=True, slots=True)
class _File:
    classes: frozenset[str]
    parts: tuple[str, ...]
    query: str


def summary_of(store: Store, base: str, thing: ox.NamedNode, classes: Collection[str]) -> str:
    """The sentence about a thing of the given classes (local names); "" where nothing is known that it could say."""
    file = next((file for file in _files() if file.classes & set(classes)), None)
    rows = store.select(about(file.query, base, thing)) if file else ()
    return sentence(file.parts, rows[0]) if file and rows else ""


def sentence(parts: Collection[str], row: Row) -> str:
    """The parts of a sentence with the values of a row, without those that have none."""
    said = ", ".join(filter(None, (_part(part, row) for part in parts)))
    return f"{said[0].upper()}{said[1:]}." if said else ""


def _part(part: str, row: Row) -> str:
    """A part up to its last known value: "spoke 3 times at 2 sessions"; "" where the first is not known."""
    said = ""
    for place, slot in enumerate(_SLOT.finditer(part)):
        value = _said(row, slot["name"])
        if value in ("", "0"):
            return said if place else ""
        said += f"{slot['lead']}{_counted(value, slot['one'], slot['many'])}{slot['tail'] or ''}"
    return said


def _said(row: Row, name: str) -> str:
    """The value of a slot; a date as "20 May 2022", the parts of a session as its cover says them."""
    value, term = text(row, name), row.get(name)
    if isinstance(term, ox.Literal) and term.datatype.value.endswith("#date"):
        return in_day(date.fromisoformat(value))
    return parts_in_days(value) if PARTS.fullmatch(value) else value


def _counted(value: str, one: str | None, many: str | None) -> str:
    if one is None:
        return value
    if one == "time" and value in ("1", "2"):
        return "once" if value == "1" else "twice"
    return f"{int(value):,} {one if value == '1' else many or f'{one}s'}"


@cache
def _files() -> tuple[_File, ...]:
    return tuple(_parse(content) for _, content in query_files("summary_queries"))


def _parse(content: str) -> _File:
    comments, _, query = written(content)
    classes = frozenset(word.strip() for word in comments["for"].split(","))
    return _File(classes, tuple(part.strip() for part in comments["says"].split(";")), query)
