"""Feeds of what a search finds and of what a question answers: /search.atom?q=, /questions/NAME.atom, .feed.json."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pyoxigraph as ox
from flask import Blueprint, Response, request

from server.cache import by_host
from server.dataset.atom import Entry, Feed
from server.doors.watching import ENTRIES, JSON_FEED, gathered, moments, written
from server.errors import bad_request, not_found
from server.negotiation import ATOM, N_TRIPLES, RESULTS_JSON
from server.pages.narrowing import narrowed
from server.questions import question
from server.requests import query_string, release
from server.search.asking import asked
from server.search.finding import find
from server.search.served import served_index
from server.search.straight import meant
from server.sparql.querying import Asked, run
from server.store import Row
from server.things import iri, text

blueprint = Blueprint("watching", __name__)


@blueprint.get("/search.<any(atom, 'feed.json'):suffix>")
def watched_search(suffix: str) -> Response:
    """What a search finds as a feed; its first page, each thing with the moment at which it came."""
    typed = request.args.get("q", "").strip()
    if not typed:
        raise bad_request("No words: send them as the parameter `q`.")
    base = release().base
    with served_index() as index:
        query = asked(typed)
        found = find(index, query, {}, 1, meant(index, release().store, base, by_host(), query))
    rows = [row for one in found.results for row in _stated(base + one.path)]
    titles = {base + one.path: (str(one.title), one.kind, str(one.snippet)) for one in found.results}
    entries = [
        Entry(thing, titles[thing][0], f"{thing}.html", titles[thing][2] or titles[thing][1], moment, titles[thing][1])
        for row, moment in zip(rows, moments(rows), strict=True)
        for thing in [iri(row, "event")]
    ]
    address = f"{base}search.{suffix}{query_string()}"
    return _answer(replace(gathered(address, typed, entries), page=f"{base}search{query_string()}"), suffix)


@blueprint.get("/questions/<name>.<any(atom, 'feed.json'):suffix>")
def watched_question(name: str, suffix: str) -> Response:
    """The rows of a question as a feed, each with the moment at which what it is about came."""
    chosen = question(name)
    if chosen is None:
        raise not_found(f"There is no question called {name}.")
    base = release().base
    body = b"".join(run(Asked(narrowed(chosen, request.args), (), ()), RESULTS_JSON, N_TRIPLES).chunks)
    solutions = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(solutions, ox.QuerySolutions), "questions are SELECT queries"
    names = [variable.value for variable in solutions.variables]
    told: dict[str, str] = {}
    for solution in solutions:
        row = {one: term for one in names if (term := solution[one]) is not None}
        words = "; ".join(f"{one}: {text(row, one)}" for one in names if one in row and one != "iri")
        if thing := iri(row, "iri"):
            told.setdefault(thing, words)
        if len(told) >= ENTRIES:
            break
    rows = [row for thing in told for row in _stated(thing)]
    entries = [
        Entry(iri(row, "event"), told[iri(row, "event")], f"{iri(row, 'event')}.html", chosen.title, moment)
        for row, moment in zip(rows, moments(rows), strict=True)
    ]
    address = f"{base}questions/{name}.{suffix}{query_string()}"
    return _answer(replace(gathered(address, chosen.title, entries), page=f"{base}questions/{name}"), suffix)


def _stated(thing: str) -> list[Row]:
    """A thing with the graph that states what it is."""
    node = ox.NamedNode(thing)
    query = f"""SELECT ?graph {{ GRAPH ?graph {{ {node} ?p ?o }} FILTER(!STRENDS(STR(?graph), "/inferred")) }}
ORDER BY ?graph LIMIT 1"""
    return [{"event": node, **row} for row in release().store.select(query)]


def _answer(feed: Feed, suffix: str) -> Response:
    form = ATOM if suffix == ATOM.name else JSON_FEED
    return _with_etag(Response(written(feed, form), content_type=form.content_type))


def _with_etag(response: Response) -> Response:
    response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32], weak=True)
    return response
