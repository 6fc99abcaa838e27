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
from server.doors.things import FORMS
from server.negotiation import ATOM, CITATIONS, CSV, DESCRIPTIONS, GRAPHS, HTML, RESULTS, TABLES, Form

# What answers in which forms; all other views answer with a document in the forms of RDF, or as they say.
_FORMS: Mapping[str, tuple[Form, ...]] = {
    "protocol.sparql": (*RESULTS, *GRAPHS, HTML),
    "graph_store.read": (*GRAPHS, HTML),
    "resources.resource": (*DESCRIPTIONS, *CITATIONS, *FORMS),
    "pages.answered": (*RESULTS, *TABLES, HTML),
    "lists.listed": (JSON,),
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
    "pages.answered": {"session": "A column of the answer, fixed.", "commission": "A column of the answer, fixed."},
    "lists.listed": {
        "page": "A page, from 1.",
        "size": "Items of a page, up to 500.",
        "session": "A column of the list, fixed.",
        "commission": "A column of the list, fixed.",
    },
    "resources.resource": {"_profile": "How much is told, or in which model.", "page": "A page of what points here."},
    "comparison.compare": {"left": "A text.", "right": "Another text."},
}
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
            paths.setdefault(path, {})[method.lower()] = _operation(rule, method)
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


def _operation(rule: Rule, method: str) -> dict[str, Any]:
    view = current_app.view_functions[rule.endpoint]
    words = (inspect.getdoc(view) or "").split("\n\n")[0].replace("\n", " ")
    name = re.sub(r"\W+", "_", f"{method.lower()}_{rule.endpoint}_{rule.rule}").strip("_")
    operation: dict[str, Any] = {
        "operationId": name,
        "summary": words,
        "parameters": [*_in_path(rule), *_in_query(rule)],
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
        kind = "integer" if f"int:{name}>" in rule.rule else "string"
        yield {"name": name, "in": "path", "required": True, "schema": {"type": kind}}


def _in_query(rule: Rule) -> Iterable[dict[str, Any]]:
    for name, words in _QUERIES.get(rule.endpoint, {}).items():
        yield {"name": name, "in": "query", "description": words, "schema": {"type": "string"}}
    if forms := _FORMS.get(rule.endpoint, ()):
        names = list(dict.fromkeys(form.name for form in forms))
        yield {"name": "format", "in": "query", "description": "A form.", "schema": {"type": "string", "enum": names}}


def _content(forms: Iterable[Form]) -> dict[str, Any]:
    return {form.media_type: {} for form in forms} or {"*/*": {}}
