"""A text in the paragraph format of the United Nations' mandate registry, `ADDRESS.mandates.json`.

A list of paragraphs in order, each with the fields of the registry's public files, null where nothing is known; the
verbs, assignees and deliverables are those that the graph has. What we add stands in `recalling`, which the registry
does not have: addresses, the session and day that something is due at, its state. docs/registry.md has every field.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import pyoxigraph as ox
from flask import request

from server.doors.forms import Door
from server.negotiation import Form
from server.pages.panels import about
from server.pages.paragraphs import LEFT_OUT, Paragraph
from server.pages.readings import TEXTS, reading_of
from server.requests import release
from server.store import Row
from server.things import describe, iri, labels_of, name_of, text

REGISTRY = Form("mandates.json", "application/vnd.recalling.mandates+json", "Mandate registry JSON", ("mandates",))
# The registry's types of assignees by our classes. Whether an organization is of the United Nations' system, and who
# "stakeholders" are, the graph does not say: null.
_TYPES: Mapping[str, str] = {
    "State": "Member States",
    "Group": "Member States",
    "Body": "UN Organs",
    "Post": "UN Secretariat",
}
_STATES = frozenset({"member-states", "states", "states-parties"})  # classes of addressees that are States alone


def registry(thing: ox.NamedNode, classes: Collection[str]) -> str:
    """A text as the registry has documents: its paragraphs in order."""
    store, base = release().store, release().base
    reading = reading_of(store, base, thing, classes)
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in store.select(about(_query("registry_clauses"), base, thing)):
        rows[iri(row, "clause")].append(row)
    states = {iri(row, "iri"): row for row in store.select(about(_query("tool_queries/mandates"), base, thing))}
    title = describe(store, thing).value(f"{base}def/title")
    name = title.value if isinstance(title, ox.Literal) else name_of(thing.value, labels_of(store, [thing]))
    own = [_told(one, rows.get(one.iri, []), states) for one in (reading.paragraphs if reading else ())]
    document = [_heading(name, thing.value), *own]
    return f"{json.dumps(document, ensure_ascii=False, indent=1)}\n"


DOORS = (Door(REGISTRY, TEXTS, registry, by_content=True),)


def _absolute(href: str) -> str:
    """The IRI of an address on this server, others as they are."""
    return release().base + href.removeprefix(f"{request.script_root}/") if href.startswith("/") else href


def _heading(words: str, address: str) -> dict[str, Any]:
    return {
        "text": words,
        "type": "heading",
        "heading_level": 1,
        "paragraph_type": None,
        "paragraph_level": None,
        "prefix": None,
        "links": [],
        "mandates": [],
        "textWithHighlights": None,
        "uncertainties": None,
        "recalling": {"iri": address},
    }


def _told(paragraph: Paragraph, rows: Sequence[Row], states: Mapping[str, Row]) -> dict[str, Any]:
    held = paragraph.words != LEFT_OUT
    words = f"{paragraph.phrase}{paragraph.words}" if held else None
    label = f"({paragraph.letter})" if paragraph.level and paragraph.letter else f"{paragraph.label}."
    numbered = paragraph.label and (paragraph.part != "preambular" or paragraph.level)
    return {
        "text": words,
        "type": "paragraph",
        "heading_level": None,
        "paragraph_type": paragraph.part if paragraph.part in ("preambular", "operative") else None,
        "paragraph_level": paragraph.level + 1,
        "prefix": label if numbered else None,
        "links": [[piece.words, _absolute(piece.cited.href)] for piece in paragraph.pieces if piece.cited],
        "mandates": _mandates(paragraph, rows, states),
        "textWithHighlights": f"*{paragraph.phrase}*{paragraph.words}" if held and paragraph.phrase else words,
        "uncertainties": None if held else "The words are not held here; the facts were read from them.",
        "recalling": {"iri": paragraph.iri},
    }


def _mandates(paragraph: Paragraph, rows: Sequence[Row], states: Mapping[str, Row]) -> list[dict[str, Any]]:
    """The mandates of a paragraph: one with its verb alone where nothing is asked of anybody."""
    by_mandate: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_mandate[iri(row, "mandate")].append(row)
    return [
        {
            "action_verb": paragraph.phrase or None,
            "action_verb_normalized": text(own[0], "verb") or None,
            "action_verb_type": text(own[0], "kind").casefold() or None,
            "assignees": _assignees(own),
            "deliverables": [
                {"deliverable": one, "deliverable_normalized": one, "deliverable_type": one}
                for one in dict.fromkeys(text(row, "deliverable") for row in own)
                if one
            ],
            "mentioned_entities": [],
            "recalling": _added(mandate, own[0], states.get(mandate, {})),
        }
        for mandate, own in by_mandate.items()
        if mandate or text(own[0], "verb")
    ]


def _assignees(rows: Sequence[Row]) -> list[dict[str, str | None]]:
    found: dict[str, dict[str, str | None]] = {}
    for row in rows:
        name, phrase = text(row, "name"), text(row, "phrase")
        if not (name or phrase):
            continue
        kind = iri(row, "class").rpartition("/")[2]
        states = iri(row, "actor").rpartition("/")[2] in _STATES
        found.setdefault(
            iri(row, "actor") or phrase,
            {
                "assignee": phrase or name,
                "assignee_normalized": name or None,
                "assignee_type": _TYPES.get(kind) or ("Member States" if states else None),
                "recalling_iri": iri(row, "actor") or None,
            },
        )
    return list(found.values())


def _added(mandate: str, row: Row, state: Row) -> dict[str, Any]:
    """What the registry has no field for."""
    return {
        "iri": mandate or None,
        "due_session": text(row, "dueName") or None,
        "due_session_iri": iri(row, "due") or None,
        "due_date": text(row, "dueDate") or None,
        "conditional": text(row, "conditional") == "true",
        "state": text(state, "state") or None,
        "answered_by": iri(state, "answer") or None,
    }


@cache
def _query(name: str) -> str:
    return files("server.doors").joinpath(f"{name}.rq").read_text(encoding="utf-8")
