"""The whole road: report files in, a release out.

A report that cannot be understood or does not conform is a value of the outcome, not an exception, and nothing is
published then. Reports that the folder of releases already holds stay in the new release without being read again.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mappings.graph import sorted_quads
from ontology.terms import BASE
from server.dataset.downloads import write_downloads
from server.dataset.sitemap import write_sitemaps
from server.doors.description import self_description
from server.doors.schema import schema_of
from server.linked_data.ontologies import keep as keep_ontology
from server.publishing.crossing import link_files
from server.publishing.description import graph_records, record_of, release_graph
from server.publishing.readers import Watch, each
from server.publishing.reading import Reading, Refusal
from server.publishing.release import (
    Part,
    PartName,
    Release,
    ReportName,
    WorkName,
    current,
    digest,
    moved,
    parts_of,
    prune,
    write,
    writing,
)
from server.publishing.sources import keep_source
from server.publishing.statistics import write_statistics
from server.publishing.versions import poorer
from server.publishing.vocabulary import vocabulary_files
from server.publishing.works import SUFFIX as OFFICIAL
from server.publishing.works import read_works
from server.questions import questions
from server.search.index import indexed, write_index

KEEP = 2  # releases, the served one among them


@dataclass(frozen=True, slots=True)
class Published:
    """What became of a build: the release, or None with the reasons among the outcomes, one for each report."""

    release: Release | None
    outcomes: tuple[Reading | Refusal, ...]


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
) -> Published:
    """Read, infer, check and publish reports together with those that the folder `data` already holds.

    `watch` is told of each report when it is done; `keep` is how many releases stay on the disk;
    `body` is the operator's word on whose reports they are, `partial` that a poorer version of a report may replace a
    fuller one. Raises ReleaseError where the folder cannot be written.
    """
    with writing(data):
        return _publish(read(reports, jobs, watch, body), data, base, keep, partial)


def read(
    reports: Sequence[Path], jobs: int = 1, watch: Watch = lambda _: None, body: str = ""
) -> tuple[Reading | Refusal, ...]:
    """What became of each report, read, inferred and checked; no folder of releases is needed for it."""
    official = [path for path in reports if path.suffix.lower() == OFFICIAL]
    others = [path for path in reports if path.suffix.lower() != OFFICIAL]
    return (*_distinct(each(others, jobs, watch, body)), *read_works(official, watch))


def publish(
    outcomes: tuple[Reading | Refusal, ...], data: Path, base: str = BASE, keep: int = KEEP, *, partial: bool = False
) -> Published:
    """Publish reports that were read. Raises AnotherBuildError while another build writes to the folder."""
    with writing(data):
        return _publish(outcomes, data, base, keep, partial)


def _publish(outcomes: tuple[Reading | Refusal, ...], data: Path, base: str, keep: int, partial: bool) -> Published:
    if not partial:
        outcomes = _in_force(outcomes, current(data))
    new = [outcome.part for outcome in outcomes if isinstance(outcome, Reading) and outcome.conforms]
    if not new or any(_stops(outcome) for outcome in outcomes):
        return Published(None, outcomes)
    for outcome in outcomes:
        if isinstance(outcome, Reading) and outcome.source is not None:
            keep_source(data, outcome.source)
    files, identity = assemble(_with_kept(new, current(data)), base)
    keep_ontology(data)
    release = write(data, files, identity, lambda folder: complete(folder, base))
    if not indexed(release.folder):  # it stood on the disk already, written by a version that made no index
        write_index(release.folder, base)
    prune(data, keep)
    return Published(release, outcomes)


def _in_force(outcomes: tuple[Reading | Refusal, ...], served: Release | None) -> tuple[Reading | Refusal, ...]:
    """The outcomes, each refused that is poorer than the version of the same report that is served."""
    held = {part.name: part for part in parts_of(served)} if served else {}
    return tuple(_refused_if_poorer(outcome, held) for outcome in outcomes)


def _refused_if_poorer(outcome: Reading | Refusal, held: Mapping[PartName, Part]) -> Reading | Refusal:
    if not isinstance(outcome, Reading) or not outcome.conforms or not isinstance(outcome.part.name, ReportName):
        return outcome
    before = held.get(outcome.part.name)
    if before is None or not (lacks := poorer(outcome.part, before)):
        return outcome
    kept = f"{outcome.path}: the version of {outcome.part.name.path} that is held is fuller and was kept"
    return Refusal(outcome.path, f"{kept}; this one lacks {lacks}. Replace it with --partial")


def _stops(outcome: Reading | Refusal) -> bool:
    """Whether nothing is published because of an outcome: a report that fails; an official file is left out alone."""
    fails = isinstance(outcome, Refusal) or not outcome.conforms
    return fails and outcome.path.suffix.lower() != OFFICIAL


def complete(folder: Path, base: str) -> None:
    """Add to the folder of a release what is made of its dumps and its store."""
    write_downloads(folder, base)
    write_statistics(folder, base)
    write_sitemaps(folder, base)
    write_index(folder, base)


def _distinct(outcomes: Iterable[Reading | Refusal]) -> tuple[Reading | Refusal, ...]:
    """The outcomes, a second file about the same session refused."""
    seen: dict[str, Path] = {}
    distinct: list[Reading | Refusal] = []
    for outcome in outcomes:
        if isinstance(outcome, Reading):
            first = seen.setdefault(outcome.part.name.path, outcome.path)
            if first is not outcome.path:
                reason = f"{outcome.path}: reports on the same session as {first}; give one of them"
                distinct.append(Refusal(outcome.path, reason))
                continue
        distinct.append(outcome)
    return tuple(distinct)


def _with_kept(new: Iterable[Part], served: Release | None) -> tuple[Part, ...]:
    """The new parts and those of the served release that they do not replace, in the order of body and session."""
    kept = parts_of(served) if served else ()
    parts = {part.name: part for part in (*kept, *new)}
    return tuple(parts[name] for name in sorted(parts, key=_place))


def _place(name: PartName) -> tuple[bool, str, int]:
    """Reports in the order of body and session, then official texts in that of their symbols."""
    match name:
        case WorkName():
            return True, name.symbol, 0
        case ReportName():
            return False, name.body, name.session


def assemble(parts: Sequence[Part], base: str) -> tuple[dict[str, str], str]:
    """The files of a release by their paths, with the given base, and the release's id."""
    files = dict(vocabulary_files())
    for part in parts:
        files.update({f"dumps/{part.name.path}/{name}": text for name, text in part.files.items()})
    files.update(link_files(parts))
    identity = digest(files, base)
    description = release_graph(identity, graph_records(files), parts)
    schema = schema_of(text for name, text in files.items() if name.endswith(".nq"))
    for triple in self_description(schema, questions(), base):
        description.add(triple)
    files["dumps/release.nq"] = sorted_quads(description, f"{BASE}graph/release")
    files["validation.ttl"] = "".join(part.files["validation.ttl"] for part in parts)
    files["coverage.json"] = _coverage(parts)
    files = moved(files, BASE, base)
    files["release.json"] = record_of(identity, base, graph_records(files, base), parts)
    return files, identity


def _coverage(parts: Iterable[Part]) -> str:
    """The coverage of each report by its path."""
    value: Mapping[str, object] = {part.name.path: json.loads(part.files["coverage.json"]) for part in parts}
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
