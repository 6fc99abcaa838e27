"""Pages about the site itself: what it is, how far to trust it, how to use it with assistive technology, whom to ask,
how to cite."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flask import Blueprint, current_app, render_template

from server.pages.answers import Cell, cell
from server.pages.corrected import error_address
from server.pages.dates import in_day
from server.pages.front import counts
from server.pages.panels import about
from server.requests import release
from server.settings import Settings
from server.things import labels_of, text

blueprint = Blueprint("institution", __name__)

_READ = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?report (SUM(?all) AS ?total) (SUM(?known) AS ?claimed) (SUM(?said) AS ?words) (SUM(?clear) AS ?understood)
WHERE {
  ?coverage a rec:Coverage ; rec:coverageOf ?report ; rec:stage ?stage ; rec:total ?these ; rec:claimed ?those .
  VALUES (?stage ?sentences) { ("sentences" 1) ("clauses" 1) ("residue" 0) }
  BIND (?these * ?sentences AS ?all) BIND (?those * ?sentences AS ?known)
  BIND (?these * (1 - ?sentences) AS ?said) BIND (?those * (1 - ?sentences) AS ?clear)
} GROUP BY ?report ORDER BY ?report"""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was measured by hand: of what, on which sample, precision and recall between 0 and 1, and when."""

    what: str
    sample: str
    precision: float
    recall: float
    when: str


@dataclass(frozen=True, slots=True)
class Read:
    """How many sentences and paragraphs of texts of a report a rule reads, and how many words of these sentences."""

    report: Cell
    total: int
    claimed: int
    words: int
    understood: int

    @property
    def share(self) -> str:
        """The share that is read."""
        return _share(self.claimed, self.total)

    @property
    def share_understood(self) -> str:
        """The share of the words of what is read that is understood."""
        return _share(self.understood, self.words)


def _share(part: int, whole: int) -> str:
    """A share in per cent, rounded down so that 100 % means all of it."""
    return f"{int(1000 * part / whole) / 10:g} %" if whole else "nothing found"


@blueprint.app_template_global()
def site_settings() -> Settings:
    """The settings that pages show: who answers for the site and how to reach them."""
    settings: Settings = current_app.extensions["settings"]
    return settings


@blueprint.app_template_global()
def report_at(fact: str) -> str:
    """Where an error in a fact (an IRI) is reported; empty where the site names no contact."""
    return error_address(site_settings().contact, fact)


@blueprint.get("/about")
def about_the_site() -> str:
    """What this is, whose it is, what it is made from and how."""
    return render_template("about_the_site.html", counts=counts(release().store, release().base))


@blueprint.get("/accuracy")
def accuracy() -> str:
    """How far the data are to be trusted: what was measured, how much of each report is read, what is not."""
    return render_template("accuracy.html", measured=measured(), read=read())


@blueprint.get("/accessibility")
def accessibility() -> str:
    """What is done for readers with assistive technology, what is known not to work, whom to tell."""
    return render_template("accessibility.html")


@blueprint.get("/contact")
def contact() -> str:
    """Who answers for the site and how they are reached."""
    return render_template("contact.html")


@blueprint.get("/how-to-cite")
def how_to_cite() -> str:
    """How a text, a paragraph, a fact and the data are cited."""
    return render_template("how_to_cite.html")


@cache
def measured() -> tuple[Measured, ...]:
    """What server/pages/accuracy.toml holds."""
    content = (files("server.pages") / "accuracy.toml").read_text(encoding="utf-8")
    found = tomllib.loads(content)["measured"]
    return tuple(Measured(**{**entry, "when": in_day(entry["when"])}) for entry in found)


def read() -> tuple[Read, ...]:
    """How much of each report held is read."""
    store, base = release().store, release().base
    rows = store.select(about(_READ, base, None))
    labels = labels_of(store, (row["report"] for row in rows if "report" in row))
    names = ("total", "claimed", "words", "understood")
    return tuple(
        Read(cell(row["report"], labels), *(int(text(row, name)) for name in names)) for row in rows if "report" in row
    )
