"""The store of a release, made of its predecessor's: only what the changed parts hold comes and goes.

The engine's files with sorted tables are never written again once they are closed, so that a new store begins with
links to those of the old one, which stays as it is and is read meanwhile. The default graph holds each statement of the
named graphs once: a statement goes from it when the last graph that holds it has gone.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from server.doors.schema import Schema, has_schema
from server.publishing.manifest import Manifest, StoredPart, quads_of
from server.publishing.statistics import Tally, read_statistics

STORE = "store"
_LEFT = ("LOCK", "LOG")  # the engine's own, made anew by whoever opens a store to write
_DEFAULT = ox.DefaultGraph()


@dataclass(frozen=True, slots=True)
class Change:
    """A part that comes, goes or is another version, by its path: what it was, and what it is."""

    path: str
    before: StoredPart | None
    after: StoredPart | None


def changes(before: Manifest | None, after: Manifest) -> list[Change]:
    """The parts that differ, in the order of their paths: every part where there is nothing before."""
    old = before.parts if before else {}
    found = (Change(path, old.get(path), after.parts.get(path)) for path in sorted({*old, *after.parts}))
    return [one for one in found if not (one.before and one.after and one.before.id == one.after.id)]


def can_grow(folder: Path, before: Manifest, after: Manifest) -> bool:
    """Whether a release can be made of the one in a folder: of the same base, with the same vocabulary.

    The lists of the vocabulary are nodes without a name, which cannot be told from others when they are to go.
    """
    vocabularies = {manifest.parts["ontology"].id for manifest in (before, after) if "ontology" in manifest.parts}
    whole = (
        all(part.id for part in before.parts.values()) and read_statistics(folder) is not None and has_schema(folder)
    )
    return whole and before.base == after.base and len(vocabularies) <= 1 and (folder / STORE).is_dir()


def clone(old: Path, new: Path) -> None:
    """A store beside another that is closed: tables are the same files, where the file system can link them."""
    new.mkdir()
    for path in old.iterdir():
        if path.suffix == ".sst":
            link_or_copy(path, new / path.name)
        elif not path.name.startswith(_LEFT):
            shutil.copyfile(path, new / path.name)


def link_or_copy(old: Path, new: Path) -> None:
    """The same file under another name, or a copy of it where there are no links."""
    try:
        os.link(old, new)
    except OSError:
        shutil.copyfile(old, new)


def apply(store: ox.Store, tally: Tally, schema: Schema, change: Change) -> list[ox.Quad]:
    """Take out of the store what a part held before and put in what it holds after, and count it.

    What the part said and says, evidence aside; of the parts that belong to no document only what differs.
    """
    old, new = quads_of(change.before), quads_of(change.after)
    gone, come = _quads(old - new), _quads(new - old)
    with schema.changing(gone, come):
        _remove(store, tally, gone)
        _add(store, tally, come)
    if change.path.startswith(("report/", "document/")):
        come += _quads(old & new)
    return [quad for quads in (gone, come) for quad in quads if not str(quad.graph_name).endswith("/evidence>")]


def _quads(lines: Iterable[str]) -> list[ox.Quad]:
    """The quads in lines, as the engine holds them: it takes 1.0 and 1 for the same, and each is counted once."""
    held = ox.Store()
    held.extend(ox.parse("\n".join(sorted(lines)).encode(), format=ox.RdfFormat.N_QUADS))
    return list(held)


def _remove(store: ox.Store, tally: Tally, quads: list[ox.Quad]) -> None:
    for quad in quads:
        store.remove(quad)
    gone = [one for one in dict.fromkeys(quad.triple for quad in quads) if not _is_named(store, one)]
    for one in gone:
        store.remove(ox.Quad(one.subject, one.predicate, one.object))
    tally.went(gone)


def _is_named(store: ox.Store, one: ox.Triple) -> bool:
    """Whether a named graph holds a statement. The engine may give others with it, whose value is a greater number."""
    found = store.quads_for_pattern(one.subject, one.predicate, one.object, None)
    return any(quad.graph_name != _DEFAULT and quad.object == one.object for quad in found)


def _add(store: ox.Store, tally: Tally, quads: list[ox.Quad]) -> None:
    statements = dict.fromkeys(quad.triple for quad in quads)
    new = [one for one in statements if ox.Quad(one.subject, one.predicate, one.object) not in store]
    tally.coming(new)
    store.bulk_extend(quads)
    store.bulk_extend(ox.Quad(one.subject, one.predicate, one.object) for one in new)
