"""Pages about the site itself: what it is, how far to trust it, how to use it with assistive technology, whom to ask,
how to cite."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from flask import Blueprint, current_app, render_template

from server.pages.answers import Cell, cell
from server.pages.dates import in_day
from server.pages.front import counts
from server.pages.panels import about
from server.requests import release
from server.settings import Settings
from server.things import labels_of, text

blueprint = Blueprint("institution", __name__)

_READ = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?report (SUM(?all) AS ?total) (SUM(?known) AS ?claimed) WHERE {
  ?coverage a rec:Coverage ; rec:coverageOf ?report ; rec:total ?all ; rec:claimed ?known .
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
    """How much of a report a rule reads: units of all stages, and those that a rule reads."""

    report: Cell
    total: int
    claimed: int

    @property
    def share(self) -> str:
        """The share that is read, rounded down so that 100 % means all of it."""
        return f"{int(1000 * self.claimed / self.total) / 10:g} %" if self.total else "nothing found"


@blueprint.app_template_global()
def site_settings() -> Settings:
    """The settings that pages show: who answers for the site and how to reach them."""
    settings: Settings = current_app.extensions["settings"]
    return settings


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
    return tuple(
        Read(cell(row["report"], labels), *(int(text(row, name)) for name in ("total", "claimed")))
        for row in rows
        if "report" in row
    )
