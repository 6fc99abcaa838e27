"""What a citation of a work is made of, as far as the graph says it: one query for a text, a report or a document."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import pyoxigraph as ox

from mappings.symbols import SymbolError, parse
from server.pages.panels import about
from server.search.keys import spoken
from server.store import Store
from server.things import iri, text

PUBLISHER = "United Nations"  # of all reports and texts, whichever organ they are of

# The most special class first: a draft resolution is a document of its own kind.
KINDS = {
    "DraftResolution": "draft resolution",
    "DraftDecision": "draft decision",
    "Declaration": "declaration",
    "MinisterialStatement": "ministerial statement",
    "AgreedConclusions": "agreed conclusions",
    "Resolution": "resolution",
    "Decision": "decision",
    "Report": "report",
    "Document": "document",
}


@dataclass(frozen=True, slots=True)
class Named:
    """A thing by its IRI and its name, both empty where it is not known."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Work:
    """A text, a report or a document; what the graph does not say is empty.

    `number` is that of a resolution or decision as printed, `date` the day of the action on it (ISO 8601), `year` that
    of the report, `records` the organ in whose official records a report is printed, as which `supplement`; `chapter`
    and `section` tell where in its report a text stands, `elsewhere` where the United Nations publishes it.
    """

    iri: str
    kind: str
    title: str
    number: str
    symbol: str
    organ: Named
    session: Named
    date: str
    year: str
    records: str
    supplement: str
    report: Named
    report_symbol: str
    chapter: str
    section: str
    elsewhere: str

    @property
    def adopted(self) -> bool:
        """Whether it is a resolution or a decision, not the draft of one."""
        return self.kind in ("resolution", "decision")

    @property
    def name(self) -> str:
        """What it is called: its title, otherwise its symbol, otherwise its kind and number."""
        return self.title or self.symbol or f"{self.kind} {self.number}".strip().capitalize()


def kind_of(classes: Collection[str]) -> str:
    """What a thing of the given classes (local names) is cited as, "" where it is not cited."""
    return next((kind for name, kind in KINDS.items() if name in classes), "")


def work_of(store: Store, base: str, thing: ox.NamedNode, kind: str) -> Work:
    """What is known of a thing that is cited as a kind of work."""
    rows = store.select(about(_query(), base, thing))
    row = rows[0] if rows else {}
    said = {name: text(row, name) for name in ("title", "number", "symbol", "date", "supplement", "chapter", "section")}
    work = Work(
        iri=thing.value,
        kind=kind,
        **said,
        organ=Named(iri(row, "organ"), text(row, "organName")),
        session=Named(iri(row, "session"), text(row, "sessionName")),
        year=text(row, "year") or text(row, "reportYear"),
        records=text(row, "toName"),
        report=Named(iri(row, "report"), text(row, "reportName")),
        report_symbol=text(row, "reportSymbol"),
        elsewhere=text(row, "elsewhere"),
    )
    return _by_symbol(work) if kind == "document" else work


def _by_symbol(work: Work) -> Work:
    """A document whose symbol is that of a resolution or decision as one: the texts of few are held."""
    symbol = parse(work.symbol)
    if isinstance(symbol, SymbolError) or not (names := tuple(spoken(symbol, ()))):
        return work
    number, called = names
    return replace(work, kind=called.removesuffix(f" {number}"), number=number)


@cache
def _query() -> str:
    return (files("server.citing") / "work.rq").read_text(encoding="utf-8")
