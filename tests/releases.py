"""Small releases for tests of what is kept of releases: their files, written and served in a data folder."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from ontology.terms import BASE
from server.publish import complete
from server.publishing.release import Release, write, writing

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def named(path: str, label: str, unit: str = "report/clcm/12", kind: str = "Paragraph") -> str:
    """The asserted quads of a thing with a label."""
    graph = f"<{BASE}graph/{unit}>"
    return f'<{BASE}{path}> <{TYPE}> <{BASE}def/{kind}> {graph} .\n<{BASE}{path}> <{LABEL}> "{label}" {graph} .\n'


def release_files(identity: str, dumps: Mapping[str, str]) -> dict[str, str]:
    """The files of a release with the given asserted quads of its reports, by their paths "report/clcm/12"."""
    files = {f"dumps/{unit}/asserted.nq": quads for unit, quads in dumps.items()}
    graphs = [
        {
            "graph": f"{BASE}graph/{unit}",
            "file": f"dumps/{unit}/asserted.nq",
            "quads": quads.count("\n"),
            "sha256": hashlib.sha256(quads.encode()).hexdigest(),
        }
        for unit, quads in dumps.items()
    ]
    reports = [{"body": unit.split("/")[1], "session": int(unit.split("/")[2]), "title": unit} for unit in dumps]
    record = {"id": identity, "version": "1", "base": BASE, "graphs": graphs, "reports": reports}
    return {**files, "release.json": json.dumps(record)}


def serve_release(data: Path, identity: str, dumps: Mapping[str, str]) -> Release:
    """Write and serve such a release."""
    with writing(data):
        return write(data, release_files(identity, dumps), identity, lambda folder: complete(folder, BASE))
