"""What can be taken from a release piece by piece: each report, the links, the vocabulary, the release's description.

A unit has a path, "report/ccpcj/31", "links", "ontology" or "release", and one to three named graphs. Together the
units hold every quad of a release once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby


def unit_of(dump: str) -> str:
    """The unit that a dump belongs to, by its path in the release: "links" of dumps/links/inferred.nq."""
    path = dump.removeprefix("dumps/").removesuffix(".nq")
    if path.startswith("report/"):
        return path.rpartition("/")[0]
    return path.partition("/")[0]


def by_unit(dumps: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The paths of the dumps of each unit, both in order."""
    ordered = sorted((unit_of(dump), dump) for dump in dumps if dump.startswith("dumps/") and dump.endswith(".nq"))
    return {unit: tuple(dump for _, dump in group) for unit, group in groupby(ordered, key=lambda pair: pair[0])}


def is_report(unit: str) -> bool:
    """Whether a unit is a report."""
    return unit.startswith("report/")
