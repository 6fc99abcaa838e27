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

_KINDS = {"draft resolution": "DR", "draft decision": "DD", "resolution": "R", "decision": "D"}


@dataclass(frozen=True)
class Table:
    """What is compared: `gold` reads the rows of a folder of gold, `found` those of the facts."""

    name: str
    gold: Callable[[Path], Iterable[Row]]
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
        return 2 * self.right / (2 * self.right + len(self.missed) + len(self.extra) or 1)


def compare(table: Table, folder: Path, facts: Facts) -> Score:
    """The score of a table; rows that are there twice count twice."""
    gold, found = Counter(table.gold(folder)), Counter(table.found(facts))
    return Score(
        table.name,
        sum((gold & found).values()),
        tuple(sorted((gold - found).elements())),
        tuple(sorted((found - gold).elements())),
    )


def rows(folder: Path, name: str) -> list[dict[str, Any]]:
    """The rows of a file of gold."""
    content: list[dict[str, Any]] = json.loads((folder / name).read_text(encoding="utf8"))
    return content


def text_id(key: TextKey | None, session: int = 31) -> str:
    """A text as the gold names it: "s31-DR-II", "s31-R-31/1"."""
    return f"s{session}-{_KINDS[key.kind]}-{key.number}" if key else ""


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
            return place.number


def plain(value: object) -> str:
    """A value of a cell: nothing for None."""
    return "" if value is None else str(value)
