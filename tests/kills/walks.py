"""Killing a writer before each of its steps, one after the other: every state that it leaves between two changes of the
folder, once, the same each time. The engine's own files count as one step, the making of the store's folder."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from functools import partial
from itertools import count
from pathlib import Path

from server.operations.backup import back_up
from server.operations.restoring import restore
from server.publishing.gone import look_up
from server.publishing.release import roll_back
from tests.kills.victim import Victim, interrupted
from tests.kills.wholeness import served, tidy, whole
from tests.kills.writers import ONE, Work, publish

OLD, NEW, NEWEST = "release-0", "release-1", "release-2"


def walk_publication(folder: Path) -> int:
    """Kill the writing, serving and clearing away of a release before each step; how many steps there are."""
    return _walk_publication(folder, _two_releases(folder / "template"))


def walk_exchange(folder: Path) -> int:
    """The same where the release is written already, and only to be served."""
    template = _two_releases(folder / "template")
    written = folder / "written"
    publish(written, 2)
    shutil.copytree(written / "releases" / NEWEST, template / "releases" / NEWEST)
    return _walk_publication(folder, template)


def _walk_publication(folder: Path, template: Path) -> int:
    data, found = folder / "data", set[str]()
    for number in _steps(partial(publish, data, 2), template, data, folder / "log"):
        found.add(whole(data).id)
        assert look_up(data, f"{ONE}/paragraph/2") is not None, f"step {number}: what is gone was forgotten"
        publish(data, 2)
        assert whole(data).id == NEWEST
        tidy(data)
    assert found == {NEW, NEWEST}
    return number


def walk_rollback(folder: Path) -> int:
    """Kill the going back to the release before, before each step; how many steps there are."""
    data, found = folder / "data", set[str]()
    for number in _steps(partial(roll_back, data), _two_releases(folder / "template"), data, folder / "log"):  # noqa: B007
        left = whole(data).id
        found.add(left)
        assert {left, roll_back(data).id} == {OLD, NEW}, "going back led to what was served"
        tidy(data)
    assert found == {OLD, NEW}
    return number


def walk_backup(folder: Path) -> int:
    """Kill the writing of a backup, where there is an older one, before each step; how many steps there are."""
    template, here = folder / "template", folder / "here"
    data, backup = here / "data", here / "backup.tar.gz"
    publish(template / "data", 0)
    back_up(template / "data", template / backup.name)
    publish(template / "data", 1)
    held = set[str]()
    for number in _steps(partial(back_up, data, backup), template, here, folder / "log"):  # noqa: B007
        assert whole(data).id == NEW
        held.add(_restored(backup, folder / "elsewhere"))
        back_up(data, backup)
        assert _restored(backup, folder / "elsewhere") == NEW
        assert sorted(path.name for path in here.iterdir()) == [backup.name, data.name]
    assert held == {OLD, NEW}
    return number


def _restored(backup: Path, data: Path) -> str:
    shutil.rmtree(data, ignore_errors=True)
    restore(backup, data)
    return whole(data).id


def walk_restoring(folder: Path) -> int:
    """Kill the putting back of a backup over other releases before each step; how many steps there are."""
    data, elsewhere, backup = folder / "data", folder / "elsewhere", folder / "backup.tar.gz"
    publish(elsewhere, 2)
    back_up(elsewhere, backup)
    found = set[str]()
    work = partial(restore, backup, data, replace=True)
    for number in _steps(work, _two_releases(folder / "template"), data, folder / "log"):  # noqa: B007
        found.add(served(data).id)
        work()
        assert whole(data).id == NEWEST
        tidy(data, keep=3)  # those that were there stay until the next build
    assert found == {NEW, NEWEST}
    return number


def _two_releases(data: Path) -> Path:
    """A folder in which two small releases were published; paragraph 2 of the first is gone with the second."""
    for number in (0, 1):
        publish(data, number)
    return data


def _steps(work: Work, template: Path, data: Path, log: Path) -> Iterator[int]:
    """The number of each step, when the work was killed before it, in a folder that is each time as the template."""
    for number in count(1):
        shutil.rmtree(data, ignore_errors=True)
        shutil.copytree(template, data, symlinks=True)
        if Victim(partial(interrupted, work, data, number), log).wait() == 0:
            return
        yield number
