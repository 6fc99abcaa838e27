"""Rows of a question as a person reads them: short names, each row linked to what it is about, its words beside it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pyoxigraph as ox

from server.pages.answers import EMPTY, Cell, Grid, cell, in_words
from server.pages.dates import day_in_words
from server.pages.naming import context_of
from server.pages.panels import about
from server.pages.short_names import abridged
from server.requests import address, release
from server.store import Row
from server.things import iri, labels_of, text

PAGE = 50  # rows
LETTERS, SENTENCE = 90, 280  # of a long name of a thing, of the words of a paragraph

# Columns that name by words what the subject of the row is joined with: by which properties, the first that is there.
_JOINED: Mapping[str, tuple[str, ...]] = {
    "party": ("party",),
    "speaker": ("party",),
    "onBehalfOf": ("onBehalfOf",),
    "sponsor": ("sponsor",),
    "draft": ("sponsoredDraft", "actsOnDraft"),
    "symbol": ("presentedDocument",),
    "document": ("fulfillingDocument",),
    "cited": ("citedWork",),
    "addressee": ("addressee",),
    "meeting": ("atMeeting",),
    "item": ("forItem",),
    "result": ("result",),
    "person": ("designee", "holder"),
    "state": ("designeeState",),
    "chapter": ("reportedInChapter",),
}
# What a row is about stands in the first of these columns that it has, and is a link.
_PLACES = ("paragraph", "operative", "order", "mark", "number", "title", "name", "category")
_KINDS = {"draft resolution": "DR", "draft decision": "DD", "resolution": "Res.", "decision": "Dec."}
_NAMED = {"operative": "paragraph", "words": "in the words of the text"}
_LEFT_OUT = frozenset({"iri", "voice", "kind", "number", "letter", "place"})  # said by what stands in their place
_ORDERED_BY = frozenset({"iri", "order", "place"})  # and what only orders the paragraphs of a report
# Whether a session is over, as the question `mandates` has it, and its report held.
_DUE = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?session ?state {{ VALUES ?session {{ {rows} }} ?session rec:ordinal ?number ; rec:ofBody ?body .
  OPTIONAL {{ ?body rec:lastSessionOver ?last }}
  OPTIONAL {{ ?dataset rec:asOf ?asOf }}
  BIND (COALESCE(?number <= ?last, ?number > 1900 && ?number < YEAR(?asOf), false) AS ?over)
  OPTIONAL {{ ?whole rec:reportsOn ?session FILTER NOT EXISTS {{ ?whole rec:partial true }} }}
  BIND (IF(!?over, "still to come",
    IF(BOUND(?whole), "no answer in its report", "cannot be known: its report is not held")) AS ?state)
}}"""
_JOINS = """SELECT ?row ?property ?thing {{ VALUES ?row {{ {rows} }} ?row ?property ?thing FILTER(ISIRI(?thing)) }}"""
_WORDS = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?row ?place ?words ?text {{ VALUES ?row {{ {rows} }}
  ?row rec:mandatingClause|rec:citingPlace ?place . OPTIONAL {{ ?place rec:text ?words }}
  OPTIONAL {{ ?place rec:clauseOf ?text }}
}}"""


def table(names: Sequence[str], rows: Sequence[Row], more: bool) -> Grid:
    """Some rows of an answer as a table for people."""
    store, base = release().store, release().base
    subjects = list(dict.fromkeys(f"<{found}>" for row in rows if (found := iri(row, "iri"))))
    joined = _joined(subjects) if subjects else {}
    placed = _placed(subjects) if subjects else {}
    shown = [term for row in rows for term in row.values()]
    labels = labels_of(store, shown)
    labels = context_of(store, base, ox.NamedNode(base), "").names(labels)
    texts = {"kind", "number"} <= set(names) and bool(subjects)
    place = next((name for name in _PLACES if name in names and not (texts and name == "number")), "")
    left_out = _LEFT_OUT if texts else _ORDERED_BY if "paragraph" in names else frozenset({"iri"})
    kept = [name for name in names if name not in left_out]
    due = _due([f"<{session}>" for session in dict.fromkeys(iri(row, "due") for row in rows) if session])
    if due and "answeredBy" not in names and "state" not in names:
        kept.insert(kept.index("due") + 1, "whether it came")
    worded = any(words for _, words, _ in placed.values())
    columns = [*(["text"] if texts else []), *kept, *(["words"] if worded else [])]
    body = [
        tuple(
            Cell(due.get(iri(row, "due"), ""))
            if name == "whether it came"
            else _cell(name, place, row, labels, joined.get(iri(row, "iri"), {}), placed.get(iri(row, "iri")))
            for name in columns
        )
        for row in rows
    ]
    filled = [at for at in range(len(columns)) if any(row[at].words for row in body)] or list(range(len(columns)))
    named = tuple(_NAMED.get(columns[at]) or in_words(columns[at]) for at in filled)
    return Grid(named, tuple(tuple(row[at] for at in filled) for row in body), more)


def _cell(
    name: str,
    place: str,
    row: Row,
    labels: Mapping[str, str],
    joined: Mapping[str, str],
    placed: tuple[str, str, str] | None,
) -> Cell:
    """A cell of a column: with the link that its words lack, its name in short, its day in words."""
    if name == "text" and "text" not in row:
        return _text(row, placed)
    if name == "words":
        return Cell(textwrap.shorten(placed[1], SENTENCE, placeholder=" …") if placed else "", kind="words")
    shown = cell(row.get(name), labels)
    if isinstance(term := row.get(name), ox.Literal) and term.value == "false":  # what is not so goes without saying
        return EMPTY
    if shown.kind == "date" or name == "date":
        return replace(shown, words=", ".join(map(day_in_words, shown.words.split(" | "))), kind="date")
    if shown.href:
        return replace(shown, words=textwrap.shorten(abridged(shown.words), LETTERS, placeholder="…"))
    if name == place and (found := iri(row, "iri")):
        letter = text(row, "letter")
        words = f"para. {shown.words}" if name in ("paragraph", "operative") else shown.words
        where = placed[0] if placed else found
        return Cell(f"{words} ({letter})" if letter else words, address(where))
    href = next((joined[one] for one in _JOINED.get(name, ()) if one in joined), "")
    if href and shown.words and " | " not in shown.words:
        return replace(shown, href=address(href))
    return replace(shown, words=shown.words.replace(" | ", ", "))


def _text(row: Row, placed: tuple[str, str, str] | None) -> Cell:
    """The text that a row is of, by kind and number: "DR I", "Res. 33/1"."""
    kind = text(row, "kind")
    words = f"{_KINDS.get(kind, kind)} {text(row, 'number')}".strip()
    href = (placed[2] if placed else "") or (iri(row, "iri") if "/text/" in iri(row, "iri") else "")
    return Cell(words, address(href) if href else "")


def _due(sessions: Sequence[str]) -> dict[str, str]:
    """For each session at which something is due whether it came can be known, in words."""
    if not sessions:
        return {}
    query = about(_DUE.format(rows=" ".join(sessions)), release().base, None)
    return {iri(row, "session"): text(row, "state") for row in release().store.select(query)}


def _joined(subjects: Sequence[str]) -> dict[str, dict[str, str]]:
    """For each subject, by the local name of a property of ours, the one thing that it leads to."""
    own = f"{release().base}def/"
    found: dict[str, dict[str, list[str]]] = {}
    for row in release().store.select(_JOINS.format(rows=" ".join(subjects))):
        property_ = iri(row, "property")
        if property_.startswith(own):
            things = found.setdefault(iri(row, "row"), {}).setdefault(property_.removeprefix(own), [])
            things.append(iri(row, "thing"))
    return {
        subject: {name: things[0] for name, things in names.items() if len(set(things)) == 1}
        for subject, names in found.items()
    }


def _placed(subjects: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """For each subject that stands in a paragraph of a text: the paragraph, its words, the text."""
    query = about(_WORDS.format(rows=" ".join(subjects)), release().base, None)
    rows = release().store.select(query)
    return {iri(row, "row"): (iri(row, "place"), text(row, "words"), iri(row, "text")) for row in rows}
