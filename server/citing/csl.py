"""Works as items of CSL-JSON, which reference managers and citeproc read."""

from __future__ import annotations

import json

from server.citing.bibtex import key
from server.citing.words import place
from server.citing.work import PUBLISHER, Work

_TYPES = {
    "resolution": "legislation",
    "decision": "legislation",
    "draft resolution": "bill",
    "draft decision": "bill",
    "report": "report",
    "document": "report",
}


def csl(work: Work) -> str:
    """A list of one item."""
    day = [int(part) for part in (work.date or work.year).split("-") if part]
    numbers = ("report", "document")
    item = {
        "id": key(work),
        "type": _TYPES[work.kind],
        "title": work.name,
        "author": [{"literal": work.organ.name}] if work.organ.name else None,
        "authority": work.organ.name if work.adopted else None,
        "issued": {"date-parts": [day]} if day else None,
        "number": work.symbol if work.kind in numbers else work.number or work.symbol,
        "call-number": work.symbol,
        "container-title": work.report.name,
        "publisher": PUBLISHER,
        "section": place(work),
        "URL": work.iri,
        "language": "en",
    }
    return json.dumps([{name: value for name, value in item.items() if value}], ensure_ascii=False, indent=1) + "\n"
