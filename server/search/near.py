"""What an address that leads nowhere may have meant: its last words, what is called alike, what is around it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

import pyoxigraph as ox
from flask import Blueprint
from rapidfuzz import fuzz, process

from mappings.iris import encode
from server.current import NoReleaseError
from server.errors import Problem
from server.linked_data.departed import nearest
from server.negotiation import by_suffix
from server.questions import questions
from server.requests import address, release
from server.search.candidates import candidates
from server.search.finding import SlowSearchError, in_time
from server.search.served import served_index
from server.store import StoreError
from server.things import labels_of, name_of

blueprint = Blueprint("near", __name__)

LENGTH = 120  # letters of an address that are looked for
SECONDS = 0.5  # that a page about an error may take for this
LIMIT = 6
_ALIKE = 60.0  # of 100
_SIGNS = re.compile(r"[-_+\s]+")


@dataclass(frozen=True, slots=True)
class Place:
    """Words and the address behind them, and what kind of thing it is."""

    words: str
    href: str
    kind: str


@dataclass(frozen=True, slots=True)
class Near:
    """The last words of an address, the things that are called alike, and the thing around it, None if unknown."""

    words: str
    alike: tuple[Place, ...]
    around: Place | None


@blueprint.app_template_global()
def near_address(path: str) -> Near:
    """What an address may have meant; nothing but its words where nothing can be asked. Never raises."""
    words = last_words(path)
    try:
        around = nearest(encode(path.strip("/")))
        return Near(words, (*_questions(path), *alike(words)), _place(around) if around else None)
    except (NoReleaseError, StoreError):
        return Near(words, (), None)


@blueprint.app_template_global()
def alike(words: str) -> tuple[Place, ...]:
    """The things that are called nearly so; none where that cannot be asked, or not in time."""
    try:
        with served_index() as index, in_time(index, SECONDS):
            found = candidates(index, words, limit=LIMIT)
    except (NoReleaseError, StoreError, SlowSearchError, Problem):
        return ()
    return tuple(Place(one.title, address(release().base + one.path), one.kind) for one in found if one.score >= _ALIKE)


@blueprint.app_template_global()
def title_of(iri: str) -> str:
    """What one of our things is called, its IRI where it has no name."""
    return name_of(iri, labels_of(release().store, [ox.NamedNode(iri)]))


def last_words(path: str) -> str:
    """What a person may have looked for at an address: "state/viet-nam.html" is "viet nam", a symbol stays whole."""
    plain = unquote(path).strip("/")
    plain = found[0] if (found := by_suffix(plain)) else plain
    kind, _, rest = plain.partition("/")
    if kind == "document" and rest:
        return rest[:LENGTH]
    return _SIGNS.sub(" ", (rest or kind).replace("/", " ")).strip()[:LENGTH]


def _questions(path: str) -> tuple[Place, ...]:
    folder, _, name = path.strip("/").partition("/")
    if folder != "questions":
        return ()
    known = {entry.name: entry.title for entry in questions()}
    return tuple(
        Place(known[one], address(f"{release().base}questions/{one}"), "question")
        for one, *_ in process.extract(name, list(known), scorer=fuzz.ratio, limit=LIMIT, score_cutoff=50)
    )


def _place(path: str) -> Place:
    iri = release().base + path
    return Place(title_of(iri), address(iri), "")
