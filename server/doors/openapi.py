"""The HTTP interface in OpenAPI 3.1, made from the addresses that the application answers at.

Paths, methods and parameters are those of its rules, what they do is the first line of each view; the forms of an
answer and what a request holds are in tables here, by the name of the view. What is for browsers and operators is left
out.
"""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any

from flask import current_app
from werkzeug.routing import Rule

from server.current import Release
from server.documents import JSON
from server.doors import graphs
from server.doors.lists import LISTS
from server.doors.things import FORMS
from server.negotiation import ATOM, CITATIONS, CSV, DESCRIPTIONS, GRAPHS, HTML, RESULTS, TABLES, Form
from server.questions import question, questions

# What answers in which forms; all other views answer with a document in the forms of RDF, or as they say.
_FORMS: Mapping[str, tuple[Form, ...]] = {
    "protocol.sparql": (*RESULTS, *GRAPHS, HTML),
    "graph_store.read": (*GRAPHS, HTML),
    "resources.resource": (*DESCRIPTIONS, *CITATIONS, *FORMS),
    "pages.answered": (*RESULTS, *TABLES, HTML),
    "lists.listed": (JSON,),
    "said.said": (HTML, JSON),
    "graphs.network": graphs.FORMS,
    "validation.validate": (*GRAPHS[:4], HTML),
    "feeds.texts": (ATOM,),
    "comparison.compare": (HTML, CSV),
}
_LEFT_OUT = ("static", "health.", "metrics", "packages.", "intake.", "terms.")
_QUERIES: Mapping[str, Mapping[str, str]] = {  # parameters in the query of an address, by view
    "protocol.sparql": {"query": "A SPARQL 1.1 query.", "default-graph-uri": "A graph of the dataset."},
    "graph_store.read": {"graph": "The IRI of a graph.", "default": "The union of all graphs."},
    "search.search": {"q": "Words, names, symbols.", "kind": "A kind of thing.", "page": "A page, from 1."},
    "search.suggest": {"q": "What has been typed so far."},
    "said.said": {"q": "Words that are quoted or drafted, or the address of a paragraph."},
    "lists.listed": {"page": "A page, from 1.", "size": "Items of a page, up to 500."},
    "resources.resource": {"_profile": "How much is told, or in which model.", "page": "A page of what points here."},
    "comparison.compare": {"left": "A text.", "right": "Another text."},
}
# Whose columns may be fixed by the request.
_NARROWED = {"pages.answered", "tables.parquet", "workbooks.workbook", "watching_lists.watched_question"}
_BODIES: Mapping[str, tuple[str, ...]] = {
    "protocol.sparql": ("application/sparql-query", "application/x-www-form-urlencoded"),
    "validation.validate": tuple(form.media_type for form in GRAPHS),
}
_PROBLEM = {
    "type": "object",
    "description": "What is wrong (RFC 9457).",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "hints": {"type": "array", "items": {"type": "object"}},
    },
    "required": ["type", "title", "status", "detail"],
}


def openapi(current: Release) -> dict[str, Any]:
    """The document, for the release that answers."""
    paths: dict[str, dict[str, Any]] = {}
    rules = [rule for rule in current_app.url_map.iter_rules() if not rule.endpoint.startswith(_LEFT_OUT)]
    for rule in sorted(rules, key=lambda rule: (rule.rule, rule.endpoint)):
        path = re.sub(r"<(?:[^:<>]+:)?(\w+)>", r"{\1}", rule.rule)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for name in LISTS if rule.endpoint == "lists.listed" else ("",):
                one = path.replace("{name}", name) if name else path
                paths.setdefault(one, {})[method.lower()] = _operation(rule, method, name)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Recalling",
            "version": version("recalling"),
            "summary": "Session reports of United Nations commissions as linked data",
            "description": f"Release {current.id}. Read only; every address is an IRI of the data or a service.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": current.base.rstrip("/")}],
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _operation(rule: Rule, method: str, listed: str = "") -> dict[str, Any]:
    """What an address does; that of a list, whose filters are its own, is told by the name of the list."""
    view = current_app.view_functions[rule.endpoint]
    words = (inspect.getdoc(view) or "").split("\n\n")[0].replace("\n", " ")
    name = re.sub(r"\W+", "_", f"{method.lower()}_{rule.endpoint}_{rule.rule}_{listed}").strip("_")
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": words,
        "parameters": [*(() if listed else _in_path(rule)), *_in_query(rule, listed)],
        "responses": {
            "200": {"description": words, "content": _content(_FORMS.get(rule.endpoint, ()))},
            "default": {
                "description": "What is wrong.",
                "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        },
    }
    if method == "POST" and rule.endpoint in _BODIES:
        operation["requestBody"] = {"required": True, "content": {kind: {} for kind in _BODIES[rule.endpoint]}}
    return operation


def _in_path(rule: Rule) -> Iterable[dict[str, Any]]:
    for name in sorted(rule.arguments):
        schema: dict[str, Any] = {"type": "integer" if f"int:{name}>" in rule.rule else "string"}
        if rule.rule.startswith("/questions/<name>"):
            schema["enum"] = [question.name for question in questions()]
        yield {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(rule: Rule, listed: str) -> Iterable[dict[str, Any]]:
    for name, words in {**_QUERIES.get(rule.endpoint, {}), **_columns(rule, listed)}.items():
        yield {"name": name, "in": "query", "description": words, "schema": {"type": "string"}}
    if forms := _FORMS.get(rule.endpoint, ()):
        names = list(dict.fromkeys(form.name for form in forms))
        yield {"name": "format", "in": "query", "description": "A form.", "schema": {"type": "string", "enum": names}}


def _columns(rule: Rule, listed: str) -> dict[str, str]:
    """The columns that may be fixed in the answer of a list, or of each question that has such a column."""
    made_of = question(LISTS[listed]) if listed else None
    if made_of:
        return {one.column: f"{one.words}: the rows with this value alone." for one in made_of.parameters}
    having: dict[str, list[str]] = {}
    for each in questions() if rule.endpoint in _NARROWED else ():
        for one in each.parameters:
            having.setdefault(one.column, []).append(each.name)
    return {column: f"The rows with this value alone, of {', '.join(names)}." for column, names in having.items()}


def _content(forms: Iterable[Form]) -> dict[str, Any]:
    return {form.media_type: {} for form in forms} or {"*/*": {}}
