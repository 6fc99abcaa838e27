"""Small releases for tests of what is kept of releases: their files, written and served in a data folder."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from ontology.terms import BASE
from server.publish import fill
from server.publishing.manifest import manifest_of
from server.publishing.parts import keep_files
from server.publishing.release import Release, current, write, writing

LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


def named(path: str, label: str, unit: str = "report/clcm/12", kind: str = "Paragraph") -> str:
    """The asserted quads of a thing with a label."""
    graph = f"<{BASE}graph/{unit}>"
    return f'<{BASE}{path}> <{TYPE}> <{BASE}def/{kind}> {graph} .\n<{BASE}{path}> <{LABEL}> "{label}" {graph} .\n'


def serve_release(data: Path, identity: str, dumps: Mapping[str, str], base: str = BASE) -> Release:
    """Write and serve a release of that id with the given asserted quads of its reports, by their paths."""
    with writing(data):
        parts = [keep_files(data, unit, _files(unit, quads), base) for unit, quads in dumps.items()]
        manifest, served = manifest_of(identity, "1", base, parts), current(data)
        return write(data, identity, lambda folder: fill(folder, manifest, served))


def _files(unit: str, quads: str) -> dict[str, str]:
    _, body, session = unit.split("/")
    return {"asserted.nq": quads, "report.json": json.dumps({"body": body, "session": int(session), "title": unit})}
