"""An instance that can write, for the tests that update: the public application with an update operation before it."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
from flask import Flask, Response, request

from server.app import create_app
from server.current import Current
from server.errors import bad_request
from server.settings import Settings

_BODY, _FORM = "application/sparql-update", "application/x-www-form-urlencoded"
_WHERE = re.compile(r"\}\s*(WHERE\s*\{)")


def writable_application(data: Path) -> Flask:
    """The application over a data folder, with the update operation of the SPARQL 1.1 Protocol (2.2) at /sparql."""
    settings = Settings(data=data, query_workers=1)
    app = create_app(settings)

    def update() -> Response | None:
        if request.path != "/sparql" or not (text := _update_of_request()):
            return None
        app.extensions["current"].close()
        store = ox.Store(str(data / "current" / "store"))
        try:
            store.update(_with_dataset(text), base_iri=request.base_url)
        except SyntaxError as error:
            raise bad_request(str(error)) from error
        finally:
            store.flush()
            del store
            app.extensions["current"] = Current(settings)
        return Response(status=204)

    app.before_request(update)
    return app


def _update_of_request() -> str:
    """The update that a request brings, "" where it brings none. Raises a Problem where it breaks the protocol."""
    if request.method == "POST" and request.mimetype == _BODY:
        try:
            return request.get_data().decode("utf-8")
        except UnicodeDecodeError as error:
            raise bad_request("The update is not UTF-8.") from error
    updates = request.form.getlist("update") if request.mimetype == _FORM else []
    if len(updates) > 1:
        raise bad_request("More than one update in a request.")
    if not updates and "update" in request.args:
        raise bad_request("An update is sent by POST.")
    return "".join(updates)


def _with_dataset(text: str) -> str:
    """The update with the dataset that the request names for it, as USING clauses of each of its patterns."""
    clauses = [f"USING <{graph}>" for graph in request.args.getlist("using-graph-uri")]
    clauses += [f"USING NAMED <{graph}>" for graph in request.args.getlist("using-named-graph-uri")]
    if not clauses:
        return text
    if re.search(r"\b(?:USING|WITH)\b", text):
        raise bad_request("Both the request and the update name the dataset.")
    return _WHERE.sub(lambda found: f"}} {' '.join(clauses)} {found.group(1)}", text)
