"""Works as records of RIS, a line for each tag."""

from __future__ import annotations

from server.citing.words import place
from server.citing.work import PUBLISHER, Work

_TYPES = {
    "resolution": "STAT",
    "decision": "STAT",
    "draft resolution": "BILL",
    "draft decision": "BILL",
    "report": "RPRT",
    "document": "RPRT",
}


def ris(work: Work) -> str:
    """A record. Lines end as the format wants, with CR and LF."""
    tags = (
        ("TY", _TYPES[work.kind]),
        ("AU", work.organ.name),
        ("TI", work.name),
        ("PY", (work.date or work.year)[:4]),
        ("DA", work.date.replace("-", "/")),
        ("M1", work.number),
        ("SN" if work.kind in ("report", "document") else "AN", work.symbol),
        ("T2", work.report.name),
        ("PB", PUBLISHER),
        ("N1", place(work)),
        ("UR", work.iri),
        ("LA", "en"),
    )
    lines = [f"{tag}  - {' '.join(value.split())}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", ""])
