"""The whole road: report files in, a release out.

A report that cannot be understood or does not conform is a value of the outcome, not an exception, and nothing is
published then. Reports that the folder of releases already holds stay in the new release without being read again.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
from rdflib import Graph

from mappings.graph import sorted_quads
from ontology.terms import BASE
from server.descriptions.index import write_things
from server.doors.description import self_description
from server.doors.schema import Schema
from server.linked_data.ontologies import keep as keep_ontology
from server.publishing.as_of import as_of as newest_held
from server.publishing.correcting import UNMET, corrections_of, newly_corrected
from server.publishing.corrections import Correction, corrections_in, keep_corrections
from server.publishing.crossing import crossing_parts
from server.publishing.description import release_quads
from server.publishing.disk import remove as remove_folder
from server.publishing.disk import told_as_files
from server.publishing.dumps import joined, lines
from server.publishing.growing import STORE, apply, can_grow, changes, clone
from server.publishing.link_index import LinkIndex
from server.publishing.manifest import PARTS, Manifest, StoredPart, manifest_of
from server.publishing.parts import keep_files, keep_part
from server.publishing.readers import Watch, each
from server.publishing.reading import Reading, Refusal
from server.publishing.release import (
    Part,
    PartFiles,
    Release,
    ReleaseError,
    ReportName,
    current,
    digest,
    moved,
    name_of,
    orphans,
    part_named,
    prune,
    write,
    writing,
)
from server.publishing.room import check_room
from server.publishing.sources import keep_source
from server.publishing.statistics import Tally, read_statistics, write_statistics
from server.publishing.versions import poorer
from server.publishing.vocabulary import vocabulary_kept
from server.publishing.works import SUFFIX as OFFICIAL
from server.publishing.works import read_works
from server.questions import questions
from server.search.index import GrowingIndex, indexed, write_index

DESCRIPTION = "release"  # the part that describes the release itself, and counts none of its own statements
KEEP = 2  # releases, the served one among them


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a build: the release, or None with the reasons among the outcomes, one for each report."""

    release: Release | None
    outcomes: tuple[Reading | Refusal, ...]
    warnings: tuple[str, ...] = ()  # corrections that are not in force, and why


def build(
    reports: Sequence[Path],
    data: Path,
    base: str = BASE,
    jobs: int = 1,
    watch: Watch = lambda _: None,
    keep: int = KEEP,
    body: str = "",
    *,
    partial: bool = False,
    as_of: str = "",
    corrections: Path | None = None,
) -> Published:
    """Read, infer, check and publish reports together with those that the folder `data` already holds.

    `watch` is told of each report when it is done; `keep` is how many releases stay on the disk;
    `body` is the operator's word on whose reports they are, `partial` that a poorer version of a report may replace a
    fuller one, `as_of` the day (ISO 8601) as of which the release tells what became of requests. `corrections` is a
    folder of files that are kept with those of the data; what was read is corrected by them, in reports that are held
    as well, so that there may be no report to read. Raises ReleaseError where the folder cannot be written, and
    CorrectionError, which is one, where a correction cannot be made.
    """
    # Closed whatever happens: readers in processes of their own would be waited for, and would wait for work.
    with writing(data), closing(_readings(reports, jobs, watch, body)) as outcomes:
        published = _publish(outcomes, data, base, keep, partial, as_of, corrections)
        if published.release:
            keep_corrections(data, corrections)
        return published


def read(
    reports: Sequence[Path], jobs: int = 1, watch: Watch = lambda _: None, body: str = ""
) -> tuple[Reading | Refusal, ...]:
    """What became of each report, read, inferred and checked; no folder of releases is needed for it."""
    return tuple(_readings(reports, jobs, watch, body))


def _readings(reports: Sequence[Path], jobs: int, watch: Watch, body: str) -> Generator[Reading | Refusal]:
    official = [path for path in reports if path.suffix.lower() == OFFICIAL]
    others = [path for path in reports if path.suffix.lower() != OFFICIAL]
    yield from _distinct(each(others, jobs, watch, body))
    yield from read_works(official, watch)


def publish(
    outcomes: tuple[Reading | Refusal, ...], data: Path, base: str = BASE, keep: int = KEEP, *, partial: bool = False
) -> Published:
    """Publish reports that were read. Raises AnotherBuildError while another build writes to the folder."""
    with writing(data):
        return _publish(outcomes, data, base, keep, partial)


def _publish(
    outcomes: Iterable[Reading | Refusal],
    data: Path,
    base: str,
    keep: int,
    partial: bool,
    as_of: str = "",
    more: Path | None = None,
) -> Published:
    served, corrections = current(data), corrections_in(data, base, more)
    force = served.manifest.parts if served else {}
    outcomes = tuple(
        _kept(_mended(_in_force(one, None if partial else served), corrections, force), data, base) for one in outcomes
    )
    new = {part.path: part for outcome in outcomes if isinstance(outcome, Reading) and (part := outcome.stored)}
    if any(_stops(outcome) for outcome in outcomes):
        return Published(None, outcomes)
    held = _documents(data, served, base)
    mended = dict(_held_mended(data, {path: held[path] for path in held.keys() - new.keys()}, corrections, base))
    if not new and not mended:
        return Published(None, outcomes)
    documents = {**held, **mended, **new}
    warnings = (*_taken_back(held, corrections), *_not_in_force(documents, corrections))
    return Published(publish_documents(data, documents, served, base, keep, as_of), outcomes, warnings)


def _mended(
    outcome: Reading | Refusal, corrections: Sequence[Correction], force: Mapping[str, StoredPart]
) -> Reading | Refusal:
    """The outcome with the corrections of what was read in it."""
    if isinstance(outcome, Refusal) or not outcome.conforms:
        return outcome
    path = outcome.part.name.path
    own = [one for one in corrections if one.concerns(path)]
    before = force[path].record if path in force else {}
    part = newly_corrected(outcome.part, own, before)
    return replace(outcome, part=part) if part else outcome


def _held_mended(
    data: Path, held: Mapping[str, StoredPart], corrections: Sequence[Correction], base: str
) -> Iterator[tuple[str, StoredPart]]:
    """The documents that are held with other corrections than are to be made now, made anew."""
    for path, stored in sorted(held.items()):
        own = [one for one in corrections if one.concerns(path)]
        if [one["id"] for one in corrections_of(stored.record)] != [one.identity for one in own]:
            name = name_of(stored)
            part = newly_corrected(Part(name, PartFiles(stored, base)), own, stored.record)
            if part:
                yield path, keep_part(data, part, base)


def _taken_back(held: Mapping[str, StoredPart], corrections: Sequence[Correction]) -> Iterator[str]:
    """The corrections of what is held that no file has any more."""
    wanted = {one.identity for one in corrections}
    for part in held.values():
        for one in corrections_of(part.record):
            if one["id"] not in wanted:
                yield f"the correction of {one['fact']} of {one['date']} is taken back: no file has it any more"


def _not_in_force(documents: Mapping[str, StoredPart], corrections: Sequence[Correction]) -> Iterator[str]:
    """The corrections that change nothing: of facts that are read no more, and of what is not held."""
    unmet = {one["id"] for part in documents.values() for one in corrections_of(part.record) if one["state"] == UNMET}
    for one in corrections:
        if one.identity in unmet:
            yield f"{one.place}: {one.fact} is not read any more as it was: nothing is left to correct"
        elif not any(one.concerns(path) for path in documents):
            yield f"{one.place}: no report or official text that is held has {one.fact}"


def _in_force(outcome: Reading | Refusal, served: Release | None) -> Reading | Refusal:
    """The outcome, refused where it is a version of a report that is poorer than the one that is served."""
    if not isinstance(outcome, Reading) or not outcome.conforms or not isinstance(outcome.part.name, ReportName):
        return outcome
    name = outcome.part.name
    if served is None or name not in served.reports:
        return outcome
    if not (lacks := poorer(outcome.part, part_named(served.manifest, name))):
        return outcome
    kept = f"{outcome.path}: the version of {name.path} that is held is fuller and was kept"
    return Refusal(outcome.path, f"{kept}; this one lacks {lacks}. Replace it with --partial")


def _kept(outcome: Reading | Refusal, data: Path, base: str) -> Reading | Refusal:
    """The outcome when what was read is on the disk: the words of one document are held at a time."""
    if isinstance(outcome, Refusal) or not outcome.conforms:
        return outcome
    if outcome.source is not None:
        keep_source(data, outcome.source)
    stored = keep_part(data, outcome.part, base)
    return replace(outcome, part=Part(outcome.part.name, PartFiles(stored, base)), source=None, stored=stored)


def remove(paths: Sequence[str], data: Path, keep: int = KEEP) -> Release:
    """Publish what is served without some of its documents, by their paths: "report/ccpcj/31", "document/A/RES/77/231".

    Raises ReleaseError where one is not held, or no other would be left.
    """
    with writing(data):
        served = current(data)
        if served is None:
            raise ReleaseError(f"there is no release in {data}")
        documents = _documents(data, served, served.base)
        if absent := [path for path in paths if path not in documents]:
            raise ReleaseError(f"release {served.id} does not hold {', '.join(absent)}")
        left = {path: part for path, part in documents.items() if path not in paths}
        if not left:
            raise ReleaseError("a release holds one document at least: nothing was removed")
        return publish_documents(data, left, served, served.base, keep)


def prune_parts(data: Path, keep: int = KEEP) -> list[str]:
    """Remove releases beyond the last `keep`, and what no release names any more: the ids of the parts that went."""
    with writing(data):
        prune(data, keep)
        found = orphans(data)
        with LinkIndex(data) as index:
            index.forget({path.name for path in (data / PARTS).glob("*")} - {path.name for path in found})
        for place in found:
            remove_folder(place)
        return [place.name for place in found]


def _documents(data: Path, served: Release | None, base: str) -> dict[str, StoredPart]:
    """The reports and official texts of the served release, as parts with a base: those it has, or made of them."""
    if served is None:
        return {}
    manifest, found = served.manifest, dict[str, StoredPart]()
    for name in served.names:
        part = manifest.parts[name.path]
        same = part.id and manifest.base == base
        found[name.path] = part if same else keep_part(data, part_named(manifest, name), base)
    return found


def publish_documents(
    data: Path, documents: Mapping[str, StoredPart], served: Release | None, base: str, keep: int, as_of: str = ""
) -> Release:
    """Write and serve the release of some reports and official texts, by their paths, and remove the oldest releases.

    `served` is the release that is served now, `as_of` the day as of which it tells what became of requests, the newest
    day of what it holds where none is given. Call it under `writing`.
    """
    before = served.manifest if served else None
    parts = {**documents, "ontology": vocabulary_kept(data, before, base)}
    with told_as_files():
        for part in crossing_parts(data, before, documents.values(), base):
            parts[part.name.path] = keep_part(data, part, base)
    identity = digest({path: part.id for path, part in parts.items()}, base, *([as_of] if as_of else []))
    day = as_of or newest_held(documents.values())
    manifest = manifest_of(identity, version("recalling"), base, parts.values(), day)
    keep_ontology(data)
    check_room(data, served, manifest)
    release = write(
        data, identity, lambda folder: fill(folder, manifest, served, lambda one: _described(data, manifest, one))
    )
    if not indexed(release.folder):  # it stood on the disk already, written by a version that made no index
        write_index(release.folder, base)
    prune(data, keep)
    return release


def _described(data: Path, manifest: Manifest, schema: Schema) -> StoredPart:
    """What the release tells of itself, and of its classes, properties and questions for those who query."""
    base, graph = manifest.base, Graph()
    for triple in self_description(schema.counted(), questions(), base):
        graph.add(triple)
    told = moved({"told.nq": sorted_quads(graph, f"{BASE}graph/{DESCRIPTION}")}, BASE, base)["told.nq"]
    described = release_quads(manifest.id, manifest.parts.values(), base, manifest.as_of) + told
    return keep_files(data, DESCRIPTION, {"asserted.nq": joined(lines(described))}, base)


def fill(
    folder: Path, manifest: Manifest, served: Release | None, describe: Callable[[Schema], StoredPart] | None = None
) -> Manifest:
    """Make all of a release but its manifest in a folder, of what the served one has where it can be.

    The manifest is returned with the part that describes the release, which `describe` makes of what was counted.
    """
    grows = served is not None and can_grow(served.folder, served.manifest, manifest) and indexed(served.folder)
    before = served if grows else None
    old = before.manifest if before else None
    if before:
        clone(before.store, folder / STORE)
    store = ox.Store(str(folder / STORE))
    tally = Tally(store, manifest.base, read_statistics(before.folder) if before else None)
    schema = Schema(store, f"{manifest.base}graph/{DESCRIPTION}", before.folder if before else None)
    with closing(GrowingIndex(folder, manifest.base, before.folder if before else None)) as index:
        for change in changes(old, manifest):
            if change.path != DESCRIPTION:
                index.tell(store, apply(store, tally, schema, change))
        if describe:
            manifest = manifest.having(describe(schema))
        for change in changes(old, manifest):
            if change.path == DESCRIPTION:
                index.tell(store, apply(store, tally, schema, change))
        if not before:
            index.merge()
    write_things(folder, manifest, (served.folder, served.manifest) if served else None)
    schema.write(folder)
    write_statistics(folder, tally.counted())
    store.flush()
    if not before:
        store.optimize()
    return manifest


def _stops(outcome: Reading | Refusal) -> bool:
    """Whether nothing is published because of an outcome: a report that fails; an official file is left out alone."""
    fails = isinstance(outcome, Refusal) or not outcome.conforms
    return fails and outcome.path.suffix.lower() != OFFICIAL


def _distinct(outcomes: Iterable[Reading | Refusal]) -> Iterator[Reading | Refusal]:
    """The outcomes, a second file about the same session refused."""
    seen: dict[str, Path] = {}
    for outcome in outcomes:
        if isinstance(outcome, Reading):
            first = seen.setdefault(outcome.part.name.path, outcome.path)
            if first is not outcome.path:
                reason = f"{outcome.path}: reports on the same session as {first}; give one of them"
                yield Refusal(outcome.path, reason)
                continue
        yield outcome
