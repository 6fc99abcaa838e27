"""The lists at /sessions, /states and /bodies: what there is, with true counts, each a way in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import groupby

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from server.pages.answers import Cell, cell
from server.pages.dates import parts_in_days
from server.pages.front import session_name
from server.pages.panels import about
from server.requests import address, iri_at, release
from server.search.keys import folded
from server.store import Row, Store
from server.things import iri, labels_of, text

blueprint = Blueprint("directory", __name__)


@dataclass(frozen=True, slots=True)
class Held:
    """A session of which a report is held: its name, place and days, counts, the report by its symbol."""

    session: Cell
    place: str
    days: str
    texts: int
    statements: int
    report: Cell


@dataclass(frozen=True, slots=True)
class Counted:
    """A State or a body with what is counted of it, by the words for it."""

    named: Cell
    acronym: str
    counts: Mapping[str, int]

    @property
    def spoken_of(self) -> bool:
        """Whether anything is counted of it."""
        return any(self.counts.values())


@blueprint.get("/sessions")
def sessions() -> str:
    """All sessions of which a report is held, under their bodies, the newest first."""
    return render_template("sessions.html", bodies=held_sessions(release().store, release().base))


@blueprint.get("/states")
def states() -> AnyResponse | str:
    """All States by their first letter; `?state=FRA` leads to the page of one."""
    code = request.args.get("state", "").strip()
    if code.isalpha() and code.isascii() and len(code) == 3:
        return redirect(address(iri_at(f"state/{code.upper()}")) + ".html", 303)
    found = counted("states", ("drafts", "statements"))
    return render_template("states.html", letters=by_letter(found), number=sum(one.spoken_of for one in found))


@blueprint.get("/bodies")
def bodies() -> str:
    """The bodies whose sessions are held, those that speak or are asked, and the others that the vocabulary names."""
    return render_template("bodies.html", bodies=counted("bodies", ("sessions", "texts", "requests")))


def held_sessions(store: Store, base: str) -> tuple[tuple[Cell, tuple[Held, ...]], ...]:
    """The sessions under their bodies: the body that met last comes first."""
    rows = store.select(_query("sessions", base))
    labels = labels_of(store, (term for row in rows for term in row.values()))
    met = list(dict.fromkeys(row["body"] for row in rows))
    ordered = sorted(rows, key=lambda row: met.index(row["body"]))
    groups = groupby(ordered, key=lambda row: row["body"])
    return tuple((cell(body, labels), tuple(_held(row, labels) for row in group)) for body, group in groups)


def counted(name: str, counts: Sequence[str]) -> tuple[Counted, ...]:
    """The things of a list, each once, in its order."""
    store, base = release().store, release().base
    thing = {"states": "state", "bodies": "body"}[name]
    rows: dict[str, Row] = {}
    for row in store.select(_query(name, base)):
        rows.setdefault(iri(row, thing), row)
    return tuple(
        Counted(
            Cell(text(row, "name"), address(where)),
            text(row, "acronym"),
            {count: int(text(row, count)) for count in counts},
        )
        for where, row in rows.items()
    )


def by_letter(found: Sequence[Counted]) -> tuple[tuple[str, tuple[Counted, ...]], ...]:
    """States under the first letters of their names, without accents."""
    ordered = sorted(found, key=lambda one: folded(one.named.words))
    groups = groupby(ordered, key=lambda one: folded(one.named.words)[:1].upper())
    return tuple((letter, tuple(group)) for letter, group in groups)


def _held(row: Row, labels: Mapping[str, str]) -> Held:
    report = cell(row["report"], labels)
    return Held(
        session=Cell(session_name(text(row, "ordinal")), cell(row["session"], labels).href),
        place=text(row, "place"),
        days=parts_in_days(text(row, "days")),
        texts=int(text(row, "texts")),
        statements=int(text(row, "statements")),
        report=Cell(text(row, "symbol") or report.words, report.href),
    )


def _query(name: str, base: str) -> str:
    file = files("server.pages") / "directory_queries" / f"{name}.rq"
    return about(file.read_text(encoding="utf-8"), base, None)
