"""Where to read the words that are not held: of a report held as facts only, of a document only spoken of here."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import pyoxigraph as ox

from mappings.assertion.things import undocs
from server.pages.panels import about
from server.store import Store
from server.things import Description, text

WORDED = frozenset({"Report", "Chapter", "Section", "Passage", "Text", "ReportedView"})
_REPORT = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?symbol WHERE {
  $this (rec:reportedIn|rec:clauseOf|rec:partOf)* ?report .
  ?report rec:factsOnly true .
  OPTIONAL { ?report rec:symbol ?symbol }
} LIMIT 1"""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What has the words: its symbol and where it is published, both empty where no symbol is known."""

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


def published(described: Description, base: str) -> LeftOut | None:
    """Where the United Nations publishes a report or document; None for other things and where no symbol is known."""
    classes = {node.value for node in described.types}
    symbol = described.value(f"{base}def/symbol")
    if not isinstance(symbol, ox.Literal) or not classes & {f"{base}def/Report", f"{base}def/Document"}:
        return None
    return LeftOut(symbol.value, str(undocs(symbol.value)))
