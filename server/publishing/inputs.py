"""What a build takes: reports as files of any kind that is read, and facts that were read from reports before."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from mappings.converting.kinds import MEDIA_TYPES
from server.publishing.facts_only import FACTS
from server.publishing.facts_reading import read_facts
from server.publishing.reading import Reading, Refusal, read_report

SUFFIXES = (*MEDIA_TYPES.values(), ".htm", FACTS, ".xml")


def read_input(path: Path, body: str = "") -> Reading | Refusal:
    """The reading of a report, or of the facts of one where the file's name ends in .nq."""
    return read_facts(path) if path.suffix == FACTS else read_report(path, body)


def inputs_in(folder: Path) -> Iterator[Path]:
    """The reports and facts in a folder, in the order of their names; a README is not a report."""
    for path in sorted(folder.iterdir()):
        if path.suffix.lower() in SUFFIXES and not path.stem.upper().startswith("README"):
            yield path
