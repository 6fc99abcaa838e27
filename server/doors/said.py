"""/said: is this quoted right, and was it said before? A page for people, JSON for programs.

Words are judged sentence by sentence: found, near (with what differs) or not found. Below them stand the paragraphs of
all texts that say nearly the same, with their verbs in the order of strength, whom they address and what became of
them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from sqlite3 import Connection
from urllib.parse import quote

import pyoxigraph as ox
from flask import Blueprint, Response, render_template, request

from server.documents import JSON
from server.doors.alike_order import in_order
from server.doors.quoting import (
    LONGEST,
    Difference,
    Place,
    exact_places,
    likeness,
    near_places,
    rejoined,
    sentences_of,
    words_in,
)
from server.errors import bad_request
from server.negotiation import HTML, NotAcceptableError, asked_form
from server.pages.panels import about
from server.requests import release
from server.search.finding import in_time
from server.search.served import served_index
from server.things import iri, text

blueprint = Blueprint("said", __name__)

SAME = 0.6  # likeness of paragraphs that are listed: half of their words and more in one order
_FACTS = """PREFIX rec: <http://localhost:8000/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?clause ?text ?title ?session ?verb ?addressee ?became ?fulfilled WHERE {
  VALUES ?clause { %s }
  ?clause rec:clauseOf ?text . ?text rdfs:label ?title .
  OPTIONAL { ?text rec:ofSession/rdfs:label ?session }
  OPTIONAL { ?clause rec:verb/rdfs:label ?verb }
  OPTIONAL { ?clause rec:addressee/rdfs:label ?addressee }
  OPTIONAL { ?text rec:adoptedAs ?became }
  OPTIONAL {
    ?mandate rec:mandatingClause ?clause . ?fulfilment rec:fulfilledMandate ?mandate ; rec:fulfillingDocument ?fulfilled
  }
}"""
_WORDS = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?words WHERE { $this rec:clauseOf ?text ; rec:text ?words }"""
_TEXT = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?text WHERE { $this rec:clauseOf ?text }"""
_STRONGER = """PREFIX rec: <http://localhost:8000/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?stronger ?weaker WHERE {
  ?one rec:strongerThan ?other ; rdfs:label ?stronger . ?other rdfs:label ?weaker
}"""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where words stand: the paragraph's IRI and title, the words there, their first and last character in it."""

    iri: str
    title: str
    quote: str
    start: int
    end: int
    likeness: float
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """A sentence, and whether it is "found", "near" or "not found" in what is held; where, best first."""

    sentence: str
    outcome: str
    places: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A paragraph that says nearly the same: how alike, of which text, with which verb, to whom, what became of it."""

    iri: str
    title: str
    words: str
    likeness: float
    text: str
    session: str
    verb: str
    addressee: str
    became: str
    answered: str


def verdicts(quoted: str, within: Sequence[str] = ()) -> tuple[Verdict, ...]:
    """The verdict on each sentence; `within` are the paths of what is alone looked at, if any."""
    with served_index() as index, in_time(index):
        found = []
        for sentence in sentences_of(rejoined(index, quoted)):
            places = exact_places(index, sentence, within)
            outcome = "found" if places else "near"
            places = places or near_places(index, sentence, within, 3)
            found.append(Verdict(sentence, outcome if places else "not found", tuple(map(_standing, places))))
        return tuple(found)


def said_before(words: str, limit: int = 20, path: str = "") -> tuple[Said, ...]:
    """The paragraphs of texts that say nearly the same, the likest first.

    `path` is that of the paragraph whose words they are, if it is one: those of its own text are left out.
    """
    base, store = release().base, release().store
    besides = _text_of(path) if path else ""
    with served_index() as index, in_time(index):
        found = in_order(nearest(index, rejoined(index, words), besides), store, base, besides, path)
    facts = _facts([place for place, _ in found])
    return tuple(
        Said(base + one.path, one.title, one.words, alike, *facts[base + one.path])
        for one, alike in found
        if base + one.path in facts
    )[:limit]


def nearest(index: Connection, words: str, besides: str = "") -> list[tuple[Place, float]]:
    """The paragraphs in an index that say nearly the same, with their likeness, the likest first."""
    own = words_in(words[:LONGEST])
    places = [place for place in near_places(index, words, limit=60) if not _inside(place.path, besides)]
    alike = [(place, round(likeness(own, words_in(place.words)), 3)) for place in places]
    return sorted((one for one in alike if one[1] >= SAME), key=lambda one: (-one[1], one[0].path))


def named(asked: str) -> tuple[str, str]:
    """The words and the path of the paragraph whose address is asked for; other words as they are, without a path."""
    held = release()
    path = asked.strip().removeprefix(held.base).removeprefix("/")
    if not path or re.search(r"\s", path):
        return asked, ""
    path = quote(path, safe="/%()'*,;:@!$&+=~.-_")
    rows = held.store.select(about(_WORDS, held.base, ox.NamedNode(held.base + path)))
    return (text(rows[0], "words"), path) if rows else (asked, "")


def _text_of(path: str) -> str:
    """The path of the text of a paragraph."""
    held = release()
    rows = held.store.select(about(_TEXT, held.base, ox.NamedNode(held.base + path)))
    return iri(rows[0], "text").removeprefix(held.base) if rows else ""


def strongest_first(verbs: Collection[str]) -> list[str]:
    """Verbs in the order of their strength, as far as the vocabulary knows which is stronger."""
    rows = release().store.select(about(_STRONGER, release().base, None))
    weaker: dict[str, set[str]] = {}
    for row in rows:
        weaker.setdefault(text(row, "stronger"), set()).add(text(row, "weaker"))
    return sorted(set(verbs), key=lambda verb: (-_reach(verb, weaker), verb))


def _reach(verb: str, weaker: Mapping[str, set[str]]) -> int:
    """How many verbs are weaker than one, by one step or several."""
    seen: set[str] = set()
    waiting = [verb]
    while waiting:
        for other in weaker.get(waiting.pop(), ()):
            if other not in seen:
                seen.add(other)
                waiting.append(other)
    return len(seen)


def _inside(path: str, above: str) -> bool:
    return bool(above) and (path == above or path.startswith(f"{above}/"))


def _standing(place: Place) -> Standing:
    return Standing(
        release().base + place.path, place.title, place.quote, place.start, place.end, place.likeness, place.differences
    )


def _facts(places: Sequence[Place]) -> dict[str, tuple[str, str, str, str, str, str]]:
    if not places:
        return {}
    base = release().base
    named = " ".join(str(ox.NamedNode(base + place.path)) for place in places)
    rows = release().store.select(about(_FACTS % named, base, None))
    names = ("session", "verb", "addressee", "became", "fulfilled")
    found: dict[str, tuple[str, str, str, str, str, str]] = {}
    for row in rows:
        session, verb, addressee, became, answered = (text(row, name) for name in names)
        found.setdefault(iri(row, "clause"), (text(row, "title"), session, verb, addressee, became, answered))
    return found


@blueprint.route("/said", methods=["GET", "POST"])
def said() -> Response:
    """Whether words are quoted right, sentence by sentence, and which paragraphs say nearly the same."""
    form = asked_form(request, (HTML, JSON))
    if form is None:
        raise NotAcceptableError((HTML, JSON))
    words = request.values.get("q", "").strip()
    if not words and form is JSON:
        raise bad_request("No words: send them as the parameter `q`, by GET or as a form.")
    if len(words) > LONGEST:
        raise bad_request(f"At most {LONGEST} characters are read; send a paragraph at a time.", limit=LONGEST)
    words, path = named(words) if words else ("", "")
    judged, before = (verdicts(words), said_before(words, path=path)) if words else ((), ())
    verbs = strongest_first([one.verb for one in before if one.verb]) if before else []
    response = (
        Response(render_template("said.html", words=words, verdicts=judged, before=before, verbs=verbs, limit=LONGEST))
        if form is HTML
        else Response(_json(judged, before, verbs), content_type=JSON.content_type)
    )
    response.vary.add("Accept")
    return response


def _json(judged: Iterable[Verdict], before: Iterable[Said], verbs: Sequence[str]) -> str:
    document = {
        "release": release().id,
        "sentences": [asdict(verdict) for verdict in judged],
        "saidBefore": [asdict(one) for one in before],
        "verbs": list(verbs),
    }
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
