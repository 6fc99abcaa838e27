"""Which releases were published from a data folder, when, and what changed with each. It outlives the releases.

    DATA/history/000001.json    the first publication, and so on; never rewritten once the release is served
    DATA/history/gone.txt       the IRIs that an earlier release had and the next had not (see server.gone)

The entry of a release is written just before the link `current` is replaced and counts from that moment: an entry at
the end that names another release than the served one is of a publication that was interrupted.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from server.publishing.disk import write_whole
from server.publishing.manifest import StoredPart, quads_of, read_manifest

FOLDER = "history"
READ_AGAIN = 3  # times
Parameters = ParamSpec("Parameters")
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a unit: "added", "removed" or "changed", and how many statements came and went."""

    unit: str
    kind: str
    added: int
    removed: int
    corrections: tuple[str, ...] = ()  # made of it since, in words


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication. `published` is in seconds since 1970; `before` is how many changes all earlier ones brought."""

    number: int
    release: str
    published: int
    version: str
    base: str
    reports: tuple[str, ...]
    quads: int
    before: int
    changes: tuple[Change, ...]

    @property
    def moment(self) -> datetime:
        """When it was published."""
        return datetime.fromtimestamp(self.published, UTC)


def _steadily(read: Callable[Parameters, Value]) -> Callable[Parameters, Value]:
    """The reading, done again where the folder was exchanged in the middle of it, as a restored backup is."""

    @wraps(read)
    def steady(*args: Parameters.args, **kwargs: Parameters.kwargs) -> Value:
        for _ in range(READ_AGAIN):
            with suppress(FileNotFoundError):
                return read(*args, **kwargs)
        return read(*args, **kwargs)

    return steady


class History:
    """The publications of a data folder; a folder without any has none."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / FOLDER

    @_steadily
    def __len__(self) -> int:
        """How many releases were published, which is the number of the last."""
        last = max((int(path.stem) for path in self._folder.glob("[0-9]*.json")), default=0)
        served = (self._data / "current").resolve().name
        return last - 1 if last and self._read(last).release != served else last

    @_steadily
    def entry(self, number: int) -> Entry | None:
        """The publication with a number, counted from 1; None where there is none."""
        return self._read(number) if 0 < number <= len(self) else None

    @_steadily
    def newest(self, limit: int, offset: int = 0) -> list[Entry]:
        """The last publications, the newest first."""
        last = len(self) - offset
        return [self._read(number) for number in range(last, max(last - limit, 0), -1)]

    @_steadily
    def of_release(self, identity: str) -> Entry | None:
        """The last publication of a release, None where it was never published here."""
        found = (self._read(number) for number in range(len(self), 0, -1))
        return next((entry for entry in found if entry.release == identity), None)

    def append(self, entry: Entry) -> None:
        """Write the entry of the release that is about to be served, in place of one that was interrupted."""
        self._folder.mkdir(exist_ok=True)
        path = self._path(entry.number)
        write_whole(path, json.dumps(asdict(entry), ensure_ascii=False, indent=1) + "\n")

    def _path(self, number: int) -> Path:
        return self._folder / f"{number:06}.json"

    def _read(self, number: int) -> Entry:
        record = json.loads(self._path(number).read_text(encoding="utf-8"))
        changes = tuple(_change(change) for change in record.pop("changes"))
        return Entry(**{**record, "reports": tuple(record["reports"])}, changes=changes)


def _change(record: dict[str, Any]) -> Change:
    return Change(**{**record, "corrections": tuple(record.get("corrections", ()))})


def following(data: Path, served: Path | None, final: Path, now: int) -> Entry:
    """The entry of a release that is to be served next. It is later than the last one, whatever the clock says."""
    history = History(data)
    last = history.entry(len(history))
    manifest = read_manifest(final)
    return Entry(
        number=len(history) + 1,
        release=final.name,
        published=max(now, last.published + 1) if last else now,
        version=manifest.version,
        base=manifest.base,
        reports=tuple(part.path for part in manifest.reports),
        quads=manifest.quads,
        before=last.before + len(last.changes) if last else 0,
        changes=tuple(changes(served, final)),
    )


def changes(before: Path | None, after: Path) -> Iterator[Change]:
    """What changed from one release to another, by their folders, unit by unit in order: only what differs is read."""
    old, new = (read_manifest(before) if before else None), read_manifest(after)
    for unit in sorted({*(old.parts if old else ()), *new.parts}):
        was, now = (manifest.parts.get(unit) if manifest else None for manifest in (old, new))
        if was and now and was.id and was.id == now.id:
            continue
        lost, gained = quads_of(was), quads_of(now)
        if lost == gained:
            continue
        kind = "changed" if was and now else "added" if now else "removed"
        yield Change(unit, kind, len(gained - lost), len(lost - gained), tuple(_corrections(was, now)))


def _corrections(was: StoredPart | None, now: StoredPart | None) -> Iterator[str]:
    """The corrections that a unit has and had not, or has in another state; those that were taken back."""
    had, has = ({one["id"]: one for one in part.record.get("corrections", ())} if part else {} for part in (was, now))
    for identity, one in has.items():
        if identity not in had or had[identity]["state"] != one["state"]:
            yield f"{one['fact']} {one['state']} on {one['date']} by {one['office']}: {one['reason']}"
    for one in (one for identity, one in had.items() if now and identity not in has):
        yield f"{one['fact']}: the correction of {one['date']} was taken back"
