"""Parts on the disk: one version of one report or official text, written once, named by what it holds.

    DATA/parts/<id>/asserted.nq  inferred.nq  evidence.nq   its graphs, sorted; of an official text one a language too
                    validation.ttl  coverage.json  report.json
                    all.nq.gz  all.trig.gz                  its quads in one file, to be sent as they are
                    descriptions-1.pack                     what it says of each thing (server.descriptions)
                    part.json                               its line in every manifest that names it, written last

The vocabulary, the links between reports and the description of a release are parts as well. No file of a part depends
on the clock or on what else is held, and none is ever changed: releases share parts, and what no manifest names is
taken away by `recalling prune`.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pyoxigraph as ox

from ontology.terms import BASE
from server.descriptions.writing import write_pack
from server.publishing.as_of import newest_day
from server.publishing.disk import force, unfinished_folder
from server.publishing.manifest import LINE, PARTS, GraphRecord, Packed, StoredPart, graph_iri
from server.publishing.release import Part, digest, moved, sha256
from server.requests import prefixes

EDITION = "part 1"  # of the files that are made of others: another edition of the same quads is another part
FORMS = ("nq", "trig")


def keep_part(data: Path, part: Part, base: str) -> StoredPart:
    """Write a part with the given base, unless it is there already."""
    return keep_files(data, part.name.path, moved(part.files, BASE, base), base)


def keep_files(data: Path, path: str, files: Mapping[str, str], base: str) -> StoredPart:
    """Write a part whose files have the given base already, unless it is there."""
    identity = digest(files, EDITION, path, base)
    final = data / PARTS / identity
    if not (final / LINE).exists():
        (data / PARTS).mkdir(exist_ok=True)
        unfinished = unfinished_folder(data / PARTS)
        try:
            stored = _described(path, identity, files, base, unfinished)
            write_pack(unfinished, {graph.graph: files[_name(graph, path)] for graph in stored.graphs}, base)
            _fill(unfinished, stored, files)
            unfinished.rename(final)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        force(final.parent)
    return StoredPart.of(json.loads((final / LINE).read_text(encoding="utf-8")), data / PARTS)


def _described(path: str, identity: str, files: Mapping[str, str], base: str, folder: Path) -> StoredPart:
    """The part as a manifest tells of it, its quads packed into the folder on the way."""
    dumps = {name: text for name, text in sorted(files.items()) if name.endswith(".nq")}
    graphs = tuple(
        GraphRecord(graph_iri(f"dumps/{path}/{name}", base), f"dumps/{path}/{name}", text.count("\n"), sha256(text))
        for name, text in dumps.items()
    )
    plain = "".join(dumps.values()).encode()
    downloads = {
        "nq": _packed(plain, folder / "all.nq.gz"),
        "trig": _packed(_trig(plain, base), folder / "all.trig.gz"),
    }
    record = json.loads(files.get("report.json", "{}"))
    return StoredPart(path, identity, graphs, downloads, record, folder, newest_day(files.get("asserted.nq", "")))


def _name(graph: GraphRecord, path: str) -> str:
    return graph.file.removeprefix(f"dumps/{path}/")


def _packed(plain: bytes, place: Path) -> Packed:
    """What is known of a file and of the same compressed, which is written: a member of gzip without a time."""
    packed = gzip.compress(plain, 6, mtime=0)
    place.write_bytes(packed)
    return Packed(len(plain), hashlib.sha256(plain).hexdigest(), len(packed), hashlib.sha256(packed).hexdigest())


def _trig(quads: bytes, base: str) -> bytes:
    """The quads as TriG, with the prefixes at its head in order: the engine writes them in another one each time."""
    written = io.BytesIO()
    parsed = ox.parse(quads, format=ox.RdfFormat.N_QUADS)
    ox.serialize(parsed, written, ox.RdfFormat.TRIG, prefixes=dict(prefixes(base)))
    lines = written.getvalue().splitlines(keepends=True)
    head = next((number for number, line in enumerate(lines) if not line.startswith(b"@prefix ")), len(lines))
    return b"".join([*sorted(lines[:head]), *lines[head:]])


def _fill(folder: Path, part: StoredPart, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    for path in folder.iterdir():
        force(path)
    (folder / LINE).write_text(part.line + "\n", encoding="utf-8")
    force(folder / LINE)
    force(folder)
