"""Where to read the words of a report that is held as facts only."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from mappings.assertion.things import undocs
from server.pages.panels import about
from server.store import Store
from server.things import text

WORDED = frozenset({"Report", "Chapter", "Section", "Passage", "Text", "ReportedView"})
_REPORT = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?symbol WHERE {
  $this (rec:reportedIn|rec:clauseOf|rec:partOf)* ?report .
  ?report rec:factsOnly true .
  OPTIONAL { ?report rec:symbol ?symbol }
} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The report that has the words: its symbol and where it is published, both empty where no symbol is known."""

    symbol: str
    href: str


def left_out(store: Store, base: str, thing: ox.NamedNode, classes: Collection[str]) -> LeftOut | None:
    """What to say in the place of the words of a thing of the given classes (local names); None where they are held."""
    if not WORDED & set(classes):
        return None
    rows = store.select(about(_REPORT, base, thing))
    if not rows:
        return None
    symbol = text(rows[0], "symbol")
    return LeftOut(symbol, str(undocs(symbol)) if symbol else "")
