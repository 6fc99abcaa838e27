"""Where a program begins: /llms.txt and /llms-full.txt, /openapi.json, and /api, the page that leads to all.

Both texts are made from the release: what it holds, how it is read and asked. The full one has the texts, the questions
in words and a card of each class as well, to a bound; what does not fit is said.
"""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, current_app, jsonify, render_template

from server.current import Release
from server.doors.openapi import openapi
from server.doors.plain import MARKDOWN
from server.doors.things import FORMS
from server.negotiation import GRAPHS
from server.pages.answers import in_words
from server.pages.panels import about, written
from server.questions import by_theme, questions
from server.requests import prefixed, release
from server.store import Row
from server.things import iri, text

blueprint = Blueprint("guide", __name__)

FULL = 400_000  # characters, about 100,000 tokens: what a language model of today reads at once
_HELD = """PREFIX rec: <http://localhost:8000/def/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?thing ?label ?of {
  VALUES ?class { %s } ?thing a ?class ; rdfs:label ?label . OPTIONAL { ?thing rec:ofSession ?of }
} ORDER BY ?of ?thing"""
_CARDS = """PREFIX void: <http://rdfs.org/ns/void#>
PREFIX ext: <http://ldf.fi/void-ext#>
SELECT ?class ?entities ?property ?of ?datatype {
  ?dataset void:sparqlEndpoint ?endpoint ; void:classPartition ?part .
  ?part void:class ?class ; void:entities ?entities ; void:propertyPartition ?inner .
  ?inner void:property ?property .
  OPTIONAL { ?inner void:classPartition/void:class ?of }
  OPTIONAL { ?inner ext:datatypePartition/ext:datatype ?datatype }
} ORDER BY ?class ?property ?of ?datatype"""


@blueprint.get("/llms.txt")
def llms() -> Response:
    """What is here and how it is asked, for language models (llmstxt.org)."""
    return Response(llms_text(full=False), content_type=MARKDOWN.content_type)


@blueprint.get("/llms-full.txt")
def llms_full() -> Response:
    """The same with the texts, the questions in words and a card of each class, at most 400,000 characters."""
    return Response(llms_text(full=True), content_type=MARKDOWN.content_type)


def llms_text(full: bool) -> str:
    """The guide for language models, the full one to its bound."""
    parts: list[str] = []
    size = 0
    for part in (*_short(release()), *(_full(release()) if full else ())):
        if size + len(part) > FULL - 200:
            parts.append(f"\nMore does not fit here: {release().base}sitemap.xml lists every address.\n")
            break
        parts.append(part)
        size += len(part)
    return "".join(parts)


@blueprint.get("/openapi.json")
def description() -> Response:
    """The HTTP interface in OpenAPI 3.1, made from the addresses that this server answers at."""
    return jsonify(openapi(release()))


@blueprint.get("/api")
def page() -> str:
    """All doors for programs on one page."""
    current = release()
    document = openapi(current)
    return render_template("api.html", base=current.base, paths=document["paths"])


def _rows(classes: str, current: Release) -> list[Row]:
    """The labelled things of some classes."""
    return current.store.select(about(_HELD % " ".join(f"rec:{name}" for name in classes.split()), current.base, None))


def _short(current: Release) -> Iterator[str]:
    base = current.base
    yield "# Recalling: session reports of United Nations commissions as linked data\n\n"
    yield (
        "> Resolutions, decisions and drafts with every paragraph, what each cites and with which verb, who sponsored "
        "them and in whose name, who said what at which meeting, what was asked of whom and by when. The documents of "
        "the United Nations are the source that counts: quote the words and give the address of the paragraph.\n\n"
    )
    yield f"Release {current.id}. Three answers are different: found; not in what is held; not held.\n\n## Read\n\n"
    forms = ", ".join(f"`.{form.name}` ({form.title})" for form in (*FORMS, *GRAPHS[:2]))
    yield f"An address takes a suffix: {forms}. Not every thing has every form.\n\n"
    for row in _rows("Report", current):
        yield f"- [{text(row, 'label')}]({iri(row, 'thing')}.md)\n"
    for row in _rows("Session", current):
        yield f"- [{text(row, 'label')}]({iri(row, 'thing')}.md)\n"
    yield "\n## Ask\n\n"
    served = {rule.rule for rule in current_app.url_map.iter_rules()}
    for path, words in _WAYS:
        if f"/{path.partition('?')[0]}" not in served:
            continue
        yield f"- [{words.partition(':')[0]}]({base}{path}):{words.partition(':')[2]}\n"
    yield "\n## Questions\n\nEach as CSV: add `?format=csv`, and the columns in its form to narrow it.\n\n"
    for theme, asked in by_theme():
        yield f"### {theme}\n\n"
        yield "".join(f"- [{one.title}]({base}questions/{one.name})\n" for one in asked) + "\n"
    yield f"## Optional\n\n- [Everything above with texts, words of questions, class cards]({base}llms-full.txt)\n"
    yield f"- [All data]({base}dumps)\n- [The vocabulary]({base}def/)\n"


_WAYS = (
    ("mcp", "MCP server: tools for search, reading, citations, sponsors, mandates, quotes; POST, stateless"),
    ("search?q=", "Search: words, names and symbols; JSON"),
    ("said", "Is this quoted right, was this said before: words in, the paragraph and the differences out; JSON"),
    ("api/texts", "Lists: sessions, texts, mandates, sponsors, statements, documents at /api/NAME, page by page; JSON"),
    ("questions.zip", "Tables: the answers to all questions, CSV with a CSVW description in one zip"),
    ("sparql", "SPARQL 1.1: the endpoint describes its classes, prefixes and examples itself"),
    ("openapi.json", "OpenAPI: the HTTP interface"),
    (".well-known/sparql-examples", "Examples of queries: Turtle"),
    ("reconcile", "Names and symbols matched to addresses: the Reconciliation API of OpenRefine"),
    ("texts.atom", "Feeds: the newest texts; .atom behind an address watches that thing, .ics has what falls due"),
)


def _full(current: Release) -> Iterator[str]:
    yield "\n# Texts\n\n"
    for row in _rows("Resolution Decision DraftResolution DraftDecision", current):
        yield f"- [{text(row, 'label')}]({iri(row, 'thing')}.md)\n"
    yield "\n# Questions in words\n\n"
    for one in questions():
        columns = ", ".join(in_words(name) for name in written(one.sparql)[1])
        yield f"- `{one.name}`: {one.title} {one.description} Columns: {columns}.\n"
    yield "\n# Classes\n\nProperties of each class, with what their values are.\n"
    known = ""
    for row in current.store.select(_CARDS):
        if (kind := prefixed(iri(row, "class"))) != known:
            yield f"\n{kind} ({text(row, 'entities')}):"
            known = kind
        value = iri(row, "of") or iri(row, "datatype")
        yield f" {prefixed(iri(row, 'property'))}{f' → {prefixed(value)}' if value else ''};"
    yield "\n"
