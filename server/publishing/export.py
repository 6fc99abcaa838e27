"""A release in other forms: its quads in one file, the answers to the questions as tables."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, Store, serialize

from server.publishing.release import Release
from server.questions import questions
from server.table import as_csv, ask

_PREFIXES = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "oa": "http://www.w3.org/ns/oa#",
}


def export_graphs(release: Release, form: str, output: Path | None) -> None:
    """Write the quads of a release to a file or, without one, to the standard output.

    N-Quads keep the graphs; Turtle and JSON-LD hold the triples of all graphs together.
    """
    with nullcontext(sys.stdout.buffer) if output is None else output.open("wb") as stream:
        if form == "nq":
            for dump in release.dumps().values():
                stream.write(dump.read_bytes())
            return
        quads = Store.read_only(str(release.store)).quads_for_pattern(None, None, None, DefaultGraph())
        rdf_format = RdfFormat.TURTLE if form == "ttl" else RdfFormat.JSON_LD
        serialize(
            (quad.triple for quad in quads),
            stream,
            format=rdf_format,
            prefixes={**_PREFIXES, "rec": f"{release.base}def/"},
        )


def export_answers(release: Release, folder: Path) -> None:
    """Write the answer to each question as a CSV file into a folder, which is made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    for question in questions():
        table = ask(release.store, question.at(release.base))
        (folder / f"{question.name}.csv").write_text(as_csv(table), encoding="utf-8")
