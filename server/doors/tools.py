"""What agents may ask: functions that answer with facts, quotes and addresses of a release.

Every answer says which of three it is: "found"; "not in what is held", where the thing asked about is held and says
nothing of the kind; "not held", where nothing of the name is. Each has the release it is from; each row the IRI of what
it is about. They ask the release as pages and clients do, in the same turns and within the same limits.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Annotated, Any, Literal

import pyoxigraph as ox
from pydantic import Field

from mappings.iris import encode
from server.cache import by_host
from server.doors.hints import hints_of
from server.doors.plain import Style, words_of
from server.doors.said import named, strongest_first, verdicts
from server.doors.said import said_before as near_same
from server.doors.things import classes_of
from server.errors import Problem
from server.negotiation import N_TRIPLES, RESULTS_JSON
from server.pages.evidence import quotes, readable
from server.pages.narrowing import narrowed
from server.pages.panels import about
from server.questions import question, questions
from server.requests import release
from server.search.asking import asked
from server.search.candidates import candidates
from server.search.finding import find, in_time
from server.search.served import served_index
from server.search.straight import meant
from server.sparql.messages import Kind
from server.sparql.querying import Asked, run
from server.store import Row
from server.things import labels_of, name_of

ROWS = 100  # of an answer; more is said, and where they are
WORDS = 60_000  # characters of a reading, about 15,000 tokens

_PUBLISHED_AS = """PREFIX rec: <http://localhost:8000/def/>
SELECT ?text WHERE { ?text rec:publishedAs $this ; rec:hasClause ?clause } ORDER BY ?text LIMIT 1"""

Outcome = Literal["found", "not in what is held", "not held"]
FOUND: Outcome = "found"
NOTHING: Outcome = "not in what is held"
UNKNOWN: Outcome = "not held"

Name = Annotated[str, Field(description="A name, symbol, address or IRI: 'Fiji', 'A/RES/76/181', 'session/clcm/12'")]


@dataclass(frozen=True)
class Answer:
    """An answer: which of the three, of which release, about what (IRI and name), its rows, and a remark."""

    outcome: Outcome
    release: str
    about: str = ""
    name: str = ""
    rows: list[dict[str, str]] = field(default_factory=list)
    more: bool = False
    remark: str = ""


@dataclass(frozen=True)
class Reading:
    """The words of a thing in Markdown, with its IRI and name; `cut` where they go on at the address."""

    outcome: Outcome
    release: str
    about: str = ""
    name: str = ""
    words: str = ""
    cut: bool = False


@dataclass(frozen=True)
class Quoted:
    """The verdict on a quote, sentence by sentence; the outcome is the least of them."""

    outcome: Outcome
    release: str
    sentences: list[dict[str, Any]] = field(default_factory=list)
    remark: str = ""


def search(words: Annotated[str, Field(description="Words, a symbol or a name")], page: int = 1) -> Answer:
    """Search everything that is held by words, names and symbols, best first."""
    with served_index() as index:
        query = asked(words)
        paths = meant(index, release().store, release().base, by_host(), query)
        found = find(index, query, {}, max(1, min(page, 50)), paths)
    rows = [
        {
            "iri": release().base + one.path,
            "kind": one.kind,
            "title": str(one.title),
            "snippet": str(one.snippet),
            "in": one.place.title if one.place else "",
        }
        for one in found.results
    ]
    return Answer(FOUND if rows else NOTHING, release().id, rows=rows, more=found.pages > page)


def read(name: Name) -> Reading:
    """The words of a resolution, decision, draft, paragraph, report, session, State or body, with its footnotes."""
    thing = thing_named(name)
    if thing is None:
        return Reading(UNKNOWN, release().id)
    thing = _published_as(thing)
    classes = classes_of(thing)
    words = words_of(thing, classes, Style(markdown=True))
    outcome = FOUND if "Its words are not held here." not in words[:2000] else UNKNOWN
    return Reading(outcome, release().id, thing.value, _label(thing), words[:WORDS], len(words) > WORDS)


def cites(name: Name) -> Answer:
    """What a text or paragraph cites: the work, the verb, the paragraph and the words that name it."""
    return _rows_about(name, "cites")


def cited_by(name: Name) -> Answer:
    """Which texts and paragraphs cite a work, with which verb."""
    return _rows_about(name, "cited-by")


def sponsors(name: Name) -> Answer:
    """Who sponsored a draft, text or session; of a State or organization: what it sponsored and in whose name."""
    return _rows_about(name, "sponsors")


def partners(name: Name) -> Answer:
    """With whom a State sponsors: the others that signed the same drafts, most often first."""
    return _rows_about(name, "partners")


def statements(name: Name) -> Answer:
    """Who spoke at a session, or when, in which capacity and for whom a State, organization or group spoke."""
    return _rows_about(name, "statements")


def mandates(name: Name) -> Answer:
    """The requests to an addressee, of a text or due at a session, each with its state as far as it is known."""
    return _rows_about(name, "mandates")


def chain(name: Name) -> Answer:
    """What became of a draft, or which draft a text came from: each step to ECOSOC and the General Assembly."""
    return _rows_about(name, "chain")


def said_before(words: Annotated[str, Field(description="A draft paragraph, or the address of one")]) -> Answer:
    """The paragraphs of all texts that say nearly the same, with likeness, verb, addressee and what became of them."""
    said, path = named(words)
    if not path and "/" in said and not any(map(str.isspace, said.strip())):
        return Answer(UNKNOWN, release().id, remark=f"No paragraph of a text with the address {said} is held.")
    found = near_same(said, path=path)
    rows = [{key: str(value) for key, value in asdict(one).items()} for one in found]
    verbs = strongest_first([one.verb for one in found if one.verb])
    remark = f"Verbs, the strongest first: {', '.join(verbs)}." if verbs else ""
    return Answer(FOUND if rows else NOTHING, release().id, rows=rows, remark=remark)


def verify_quote(
    quote: Annotated[str, Field(description="The words that are quoted, without quotation marks")],
    source: Annotated[str, Field(description="Where they are said to stand; empty for anywhere")] = "",
) -> Quoted:
    """Whether words stand in what is held: "found" with the paragraph and the exact words; "not in what is held", with
    the nearest words and what differs; "not held", where the source is not held."""
    within: list[str] = []
    if source:
        thing = thing_named(source)
        within = [one.value.removeprefix(release().base) for one in _holding(thing)] if thing else []
        if not within:
            return Quoted(UNKNOWN, release().id, remark=f"The words of {source} are not held here.")
    judged = verdicts(quote, within)
    outcome = FOUND if judged and all(one.outcome == "found" for one in judged) else NOTHING
    return Quoted(outcome, release().id, [asdict(one) for one in judged])


def list_questions() -> Answer:
    """The questions that can be asked by name, with what each answers and the columns that may be fixed."""
    rows = [
        {
            "name": one.name,
            "title": one.title,
            "description": one.description,
            "parameters": ", ".join(parameter.column for parameter in one.parameters),
            "iri": f"{release().base}questions/{one.name}",
        }
        for one in questions()
    ]
    return Answer(FOUND, release().id, rows=rows)


def ask_question(
    name: Annotated[str, Field(description="The name of a question, as list_questions gives it")],
    fixed_to: Annotated[dict[str, str], Field(description="Columns and the values they are fixed to")] | None = None,
) -> Answer:
    """The rows of a question, some of its columns fixed."""
    chosen = question(name)
    if chosen is None:
        return Answer(UNKNOWN, release().id, remark=f"There is no question {name}; list_questions names them.")
    columns = [parameter.column for parameter in chosen.parameters]
    if strange := [column for column in fixed_to or {} if column not in columns]:
        remark = f"{name} has no column {', '.join(strange)} to fix; it has {', '.join(columns)}."
        return Answer(UNKNOWN, release().id, remark=remark)
    return _answer(
        _selected(narrowed(chosen, fixed_to or {})), about=f"{release().base}questions/{name}", name=chosen.title
    )


def sparql(query: Annotated[str, Field(description="A SELECT or ASK query of SPARQL 1.1")]) -> Answer:
    """The answer to a SPARQL query: rows of a SELECT, "true" or "false" of an ASK; a remark on unknown names in it."""
    told = _answer(_selected(query))
    return replace(told, remark=" ".join((told.remark, *map(str, hints_of(query, release())))).strip())


def thing_named(name: str) -> ox.NamedNode | None:
    """What a name means: an IRI or path of ours, a symbol, or the one thing that is called so."""
    base, store = release().base, release().store
    plain = name.strip()
    for iri in (plain, base + encode(plain.strip("/"))):
        if iri.startswith(base) and not any(sign in iri for sign in ' <>"{}|^`\\') and store.knows(ox.NamedNode(iri)):
            return ox.NamedNode(iri)
    with served_index() as index, in_time(index):
        if paths := meant(index, store, base, by_host(), asked(plain)):
            return ox.NamedNode(base + paths[0])
        best = candidates(index, plain, limit=1)
    return ox.NamedNode(base + best[0].path) if best and best[0].score >= 100 else None


def _holding(thing: ox.NamedNode) -> list[ox.NamedNode]:
    """The texts and reports that hold the words of a thing: of a symbol its text, of a session all of its report."""
    rows = release().store.select(about(_query("holding"), release().base, thing))
    return [held for row in rows if isinstance(held := row["held"], ox.NamedNode) and _has_words(held)]


def _published_as(thing: ox.NamedNode) -> ox.NamedNode:
    """The text that a symbol is the official one of, if it is held; else the thing."""
    rows = release().store.select(about(_PUBLISHED_AS, release().base, thing))
    return next((held for row in rows if isinstance(held := row["text"], ox.NamedNode)), thing)


def _has_words(thing: ox.NamedNode) -> bool:
    """Whether the words of a thing or of anything inside it are held."""
    text, prefix = f"<{release().base}def/text>", thing.value
    return release().store.ask(
        f'ASK {{ ?part {text} ?words FILTER(STR(?part) = "{prefix}" || STRSTARTS(STR(?part), "{prefix}/")) }}'
    )


def _label(thing: ox.NamedNode) -> str:
    return name_of(thing.value, labels_of(release().store, [thing]))


def _rows_about(name: str, tool: str) -> Answer:
    thing = thing_named(name)
    if thing is None:
        return Answer(UNKNOWN, release().id, remark=f"Nothing here is called {name}.")
    rows = _selected(about(_query(tool), release().base, thing))
    if not rows and (text := _published_as(thing)) != thing:
        thing, rows = text, _selected(about(_query(tool), release().base, text))
    return _answer(rows, about=thing.value, name=_label(thing))


def _selected(query: str) -> list[Row]:
    """The rows of a query, one more than are shown; asked in the turn of the client. Raises a Problem."""
    answer = run(Asked(query, (), ()), RESULTS_JSON, N_TRIPLES)
    body = b"".join(answer.chunks)
    if answer.kind is Kind.GRAPH:
        triples = ox.parse(body, ox.RdfFormat.N_TRIPLES)
        return [{"subject": one.subject, "property": one.predicate, "value": one.object} for one in triples][: ROWS + 1]
    found = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return [{"answer": ox.Literal("true" if found else "false")}]
    assert isinstance(found, ox.QuerySolutions)
    names = [variable.value for variable in found.variables]
    rows: list[Row] = []
    for row in found:
        rows.append({one: term for one in names if (term := row[one]) is not None})
        if len(rows) > ROWS:
            break
    return rows


def _answer(rows: Sequence[Row], about: str = "", name: str = "") -> Answer:
    """Rows in words; beside an IRI under the name of its column stands what it is called.

    A row without the words that it was read from gets them as its quote, where the release holds them.
    """
    shown = rows[:ROWS]
    labels = labels_of(release().store, (term for row in shown for term in row.values()))
    told = [_told(row, labels) for row in shown]
    unquoted = [row["iri"] for row in told if row.get("iri") and not row.get("quote")]
    read_from = quotes(release().store, release().base, unquoted)
    for row in told:
        if words := row.get("quote") or read_from.get(row.get("iri", "")):
            row["quote"] = readable(words)
    remark = f"Only the first {ROWS} rows." if len(rows) > ROWS else ""
    return Answer(FOUND if told else NOTHING, release().id, about, name, told, len(rows) > ROWS, remark)


def _told(row: Row, labels: dict[str, str]) -> dict[str, str]:
    told = {}
    for name, term in row.items():
        told[name] = term.value if isinstance(term, ox.Literal | ox.NamedNode | ox.BlankNode) else str(term)
        if isinstance(term, ox.NamedNode) and name != "iri" and (label := labels.get(term.value)):
            told[f"{name}Label"] = label
    return told


@cache
def _query(name: str) -> str:
    return (files("server.doors") / "tool_queries" / f"{name}.rq").read_text(encoding="utf-8")


TOOLS: tuple[Callable[..., object], ...] = (
    search,
    read,
    cites,
    cited_by,
    sponsors,
    partners,
    statements,
    mandates,
    chain,
    said_before,
    verify_quote,
    list_questions,
    ask_question,
    sparql,
)


def told_problem(problem: Problem) -> str:
    """A problem as an agent is told of it."""
    return json.dumps({"title": problem.title, "status": problem.status, "detail": problem.detail, **problem.more})
