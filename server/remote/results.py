"""Rows as other engines send them, with what they write in another way put into the canonical one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_ASKED = "__ASK_RETVAL"
_TRUTH = {"0": "false", "1": "true"}
_NODE = "nodeID://"


def canonical(results: bytes) -> bytes:
    """SPARQL results in JSON as the standards have them, where Virtuoso has its own way.

    A truth value is "true" or "false" (XML Schema 1.1, 3.3.2.3), not 0 or 1, the answer to an ASK a boolean
    (SPARQL 1.1 Query Results JSON Format, 3.3), not a table of one cell, and a blank node has a label, not an address.
    """
    if not any(sign.encode() in results for sign in (_BOOLEAN, _ASKED, _NODE)):
        return results
    document = json.loads(results)
    if document["head"].get("vars") == [_ASKED]:
        truth = any(term["value"] not in ("0", "false") for term in _terms(document))
        return json.dumps({"head": {}, "boolean": truth}).encode()
    for term in _terms(document):
        if term.get("datatype") == _BOOLEAN:
            term["value"] = _TRUTH.get(term["value"], term["value"])
        if term["type"] == "bnode":
            term["value"] = term["value"].removeprefix(_NODE)
    return json.dumps(document, ensure_ascii=False).encode()


def _terms(document: dict[str, Any]) -> Iterator[dict[str, str]]:
    for row in document.get("results", {}).get("bindings", ()):
        yield from row.values()
