"""A table of the gold beside the same table of the facts, and how far they agree."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mappings.facts import ClauseKey, Facts, FootnoteKey, ParagraphKey, Place, TextKey

Row = tuple[str, ...]
Gold = tuple[Path, ...]  # the folders in which what was read by hand of a session lies

_KINDS = {"draft resolution": "DR", "draft decision": "DD", "resolution": "R", "decision": "D"}


@dataclass(frozen=True)
class Table:
    """What is compared: `gold` reads the rows that were read by hand, `found` those of the facts."""

    name: str
    gold: Callable[[Gold], Iterable[Row]]
    found: Callable[[Facts], Iterable[Row]]


@dataclass(frozen=True)
class Score:
    """The rows in both, those missed and those too many."""

    name: str
    right: int
    missed: tuple[Row, ...]
    extra: tuple[Row, ...]

    @property
    def precision(self) -> float:
        return self.right / (self.right + len(self.extra)) if self.right or self.extra else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + len(self.missed)) if self.right or self.missed else 1.0

    @property
    def f1(self) -> float:
        wrong = len(self.missed) + len(self.extra)
        return 2 * self.right / (2 * self.right + wrong) if self.right or wrong else 1.0


def compare(table: Table, read: Gold, facts: Facts) -> Score:
    """The score of a table; rows that are there twice count twice."""
    gold, found = Counter(table.gold(read)), Counter(table.found(facts))
    return Score(
        table.name,
        sum((gold & found).values()),
        tuple(sorted((gold - found).elements())),
        tuple(sorted((found - gold).elements())),
    )


def content(gold: Gold, name: str) -> Any:
    """What a file of gold holds, from the first folder that has it; FileNotFoundError where none does."""
    path = next((folder / name for folder in gold if (folder / name).is_file()), gold[-1] / name)
    return json.loads(path.read_text(encoding="utf-8"))


def rows(gold: Gold, name: str) -> list[dict[str, Any]]:
    """The rows of a file of gold."""
    found = content(gold, name)
    listed: list[dict[str, Any]] = found["rows"] if isinstance(found, dict) else found
    return listed


def text_id(key: TextKey | None) -> str:
    """A text as the gold names it, less the session: "DR-II", "R-31/1"."""
    return f"{_KINDS[key.kind]}-{key.number}" if key else ""


def text_named(row: dict[str, Any]) -> str:
    """The text that a row of gold names, less its session: "DR-II" of "s31-DR-II"; empty where it names none."""
    return (row["text"] or "").partition("-")[2]


def place_id(place: Place) -> str:
    """A place as the gold names it: "P 4", "O 7(a)", "agenda item 6 (a)", "fn 12", "119"."""
    match place:
        case ClauseKey(part="agenda"):
            return f"agenda item {place.number}" + (f" ({place.letter})" if place.letter else "")
        case ClauseKey():
            return f"{place.part[0].upper()} {place.number}" + (f"({place.letter})" if place.letter else "")
        case FootnoteKey():
            return f"fn {place.mark}"
        case ParagraphKey():
            return place.path


def plain(value: object) -> str:
    """A value of a cell: nothing for None."""
    return "" if value is None else str(value)
