"""/compare: two texts side by side, word by word, with the verbs that became stronger or weaker."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from server.documents import JSON
from server.errors import bad_request, not_found
from server.negotiation import CSV, HTML, NotAcceptableError, asked_form
from server.pages.difference import Pair, pairs, said, wordless
from server.pages.panels import about
from server.pages.readings import TEXTS, Reading, reading_of
from server.requests import address, iri_at, release
from server.spreadsheets import neutral
from server.store import Store
from server.things import iri, labels_of, text

blueprint = Blueprint("comparison", __name__)

FORMS = (HTML, JSON, CSV)
KINDS = ("same", "changed", "added", "removed")
COLUMNS: Sequence[str] = (
    "kind",
    "part",
    "earlier",
    "later",
    "moved",
    "earlierVerb",
    "laterVerb",
    "change",
    "earlierText",
    "laterText",
)
_VERBS = """PREFIX rec: <http://localhost:8000/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?paragraph ?verb ?label WHERE {
  $this rec:hasClause ?paragraph .
  ?paragraph rec:verb ?verb .
  ?verb rdfs:label ?label
}"""
_TEXTS = """PREFIX rec: <http://localhost:8000/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?text ?name ?session WHERE {
  ?text a rec:Text ; rdfs:label ?name ; rec:ofSession ?of . ?of rdfs:label ?session
  OPTIONAL { ?of rec:ordinal ?number } OPTIONAL { ?of rec:ofBody ?body }
} ORDER BY ?body DESC(?number) ?text"""
_STRONGER = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?stronger ?weaker WHERE { ?stronger rec:strongerThan ?weaker }"""


@dataclass(frozen=True, slots=True)
class Verb:
    """The act of a paragraph: its IRI and its name."""

    iri: str
    name: str


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair of paragraphs with the verbs that open them; `change` tells what became of the verb, "" for nothing."""

    pair: Pair
    earlier: Verb | None
    later: Verb | None
    change: str


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts: where it is, its name, its session and what is read in it."""

    iri: str
    name: str
    reading: Reading


@blueprint.get("/compare")
def compare() -> Response:
    """The difference between the texts that `earlier` and `later` name by their paths, as a page, JSON or CSV."""
    form = asked_form(request, FORMS)
    if form is None:
        raise NotAcceptableError(FORMS)
    store = release().store
    named = request.args.get("earlier") and request.args.get("later")
    if not named and "text/html" in request.accept_mimetypes.values():  # a person's browser, which names it
        page = render_template("compare_form.html", sessions=_texts(store), given=request.args)
        response = Response(page, content_type=HTML.content_type)
        response.vary.add("Accept")
        return response
    one, other = _side(store, "earlier"), _side(store, "later")
    found = compared(store, one, other)
    response = Response(_WRITTEN[form](one, other, found), content_type=form.content_type)
    response.vary.add("Accept")
    return response


def _texts(store: Store) -> dict[str, list[tuple[str, str]]]:
    """The texts that can be compared under their sessions: the path and the name of each."""
    rows = store.select(about(_TEXTS, release().base, None))
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        path = iri(row, "text").removeprefix(release().base)
        found.setdefault(text(row, "session"), []).append((path, text(row, "name")))
    return found


def compared(store: Store, one: Side, other: Side) -> tuple[Compared, ...]:
    """The paragraphs of two texts side by side."""
    verbs = {**_verbs(store, one.iri), **_verbs(store, other.iri)}
    stronger = {
        (iri(row, "stronger"), iri(row, "weaker")) for row in store.select(about(_STRONGER, release().base, None))
    }

    def with_verbs(pair: Pair) -> Compared:
        before = verbs.get(pair.earlier.href) if pair.earlier else None
        after = verbs.get(pair.later.href) if pair.later else None
        return Compared(pair, before, after, _change(before, after, stronger) if before and after else "")

    return tuple(with_verbs(pair) for pair in pairs(one.reading.paragraphs, other.reading.paragraphs))


def _change(before: Verb, after: Verb, stronger: set[tuple[str, str]]) -> str:
    if before == after:
        return ""
    if (after.iri, before.iri) in stronger:
        return "stronger"
    return "weaker" if (before.iri, after.iri) in stronger else "another"


def _verbs(store: Store, thing: str) -> dict[str, Verb]:
    """The verb of each paragraph of a text by the paragraph's address."""
    rows = store.select(about(_VERBS, release().base, ox.NamedNode(thing)))
    return {address(iri(row, "paragraph")): Verb(iri(row, "verb"), text(row, "label")) for row in rows}


def _side(store: Store, name: str) -> Side:
    """The text that a parameter names, by its path or its IRI. Raises a Problem where it names none."""
    path = request.args.get(name, "").strip().removeprefix(release().base).lstrip("/")
    if not path or len(path) > 300:
        raise bad_request(f"Name two texts: {request.script_root}/compare?earlier=text/…&later=text/…")
    thing = ox.NamedNode(iri_at(path))
    reading = reading_of(store, release().base, thing, TEXTS) if store.knows(thing) else None
    if reading is None:
        raise not_found(f"There is no text {path} in this release.")
    return Side(thing.value, labels_of(store, [thing]).get(thing.value, path), reading)


def _page(one: Side, other: Side, found: Sequence[Compared]) -> str:
    return render_template(
        "compare.html",
        one=one,
        other=other,
        compared=[entry for entry in found if request.args.get("only") != "changes" or entry.pair.kind != "same"],
        only=request.args.get("only", ""),
        verbs=[entry for entry in found if entry.change],
        left_out=any(wordless(side.reading.paragraphs) for side in (one, other)),
        counts={kind: sum(entry.pair.kind == kind for entry in found) for kind in KINDS},
        query={"earlier": _path(one), "later": _path(other)},
    )


def _path(side: Side) -> str:
    return side.iri.removeprefix(release().base)


def _rows(found: Sequence[Compared]) -> list[dict[str, str | bool]]:
    """The pairs as rows of the columns."""
    rows: list[dict[str, str | bool]] = []
    for entry in found:
        earlier, later = entry.pair.earlier, entry.pair.later
        here = later or earlier
        values = (
            entry.pair.kind,
            here.part if here else "",
            earlier.label if earlier else "",
            later.label if later else "",
            entry.pair.moved,
            entry.earlier.name if entry.earlier else "",
            entry.later.name if entry.later else "",
            entry.change,
            said(earlier) if earlier else "",
            said(later) if later else "",
        )
        rows.append(dict(zip(COLUMNS, values, strict=True)))
    return rows


def _json(one: Side, other: Side, found: Sequence[Compared]) -> str:
    value = {"earlier": one.iri, "later": other.iri, "paragraphs": _rows(found)}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"


def _csv(_one: Side, _other: Side, found: Sequence[Compared]) -> str:
    output = io.StringIO()
    writer = csv.DictWriter(output, COLUMNS)
    writer.writeheader()
    for row in _rows(found):
        cells = {**row, "moved": str(row["moved"]).lower()}
        writer.writerow({column: neutral(c) if isinstance(c, str) else c for column, c in cells.items()})
    return output.getvalue()


_WRITTEN = {HTML: _page, JSON: _json, CSV: _csv}
