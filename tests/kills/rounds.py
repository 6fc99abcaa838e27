"""A round: a writer is killed, what it left is looked at, and the next one has to come to its end without a hand."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass
from pathlib import Path

from tests.kills.victim import Victim
from tests.kills.watch import Said, Watch
from tests.kills.wholeness import Whole, tidy, whole
from tests.kills.writers import Work, Writer

WAITING = 300  # seconds for a writer that is not interrupted


@dataclass(frozen=True, slots=True)
class Round:
    """What came of a kill: what, when in seconds after the beginning, and whether the old or the new was served then.

    `killed` is False where the writer had ended before its moment came.
    """

    writer: str
    moment: float
    killed: bool
    served: str


class Rounds:
    """Rounds over one data folder, which a server serves meanwhile."""

    def __init__(self, watch: Watch, data: Path, chance: random.Random, log: Path) -> None:
        self._watch = watch
        self._data = data
        self._chance = chance
        self._log = log
        self._number = 0
        self._seconds: dict[str, float] = {}

    def round(self, writer: Writer) -> Round:
        """Kill a writer at a moment drawn from the time that it took when it was not killed. Raises AssertionError."""
        if writer.name not in self._seconds:
            self._finish(writer.name, writer.work(self._next()))
        before = self._settled()
        self._watch.heard()
        work = writer.work(self._next())
        moment = self._chance.uniform(0, self._seconds[writer.name])
        victim = Victim(work, self._log)
        killed = victim.wait(moment) is None
        victim.kill()
        found = whole(self._data)
        moved = found != before
        if not (writer.name == "rollback" and moved):  # going back twice would lead to where it began
            self._finish(writer.name, work)
        after = self._settled()
        tidy(self._data)
        assert after != before, f"{writer.name} published nothing after it was interrupted"
        assert found in (before, after), f"{found} is neither {before} nor {after}"
        self._check(self._watch.heard(), before, after)
        return Round(writer.name, moment, killed, "new" if moved else "old")

    def _next(self) -> int:
        self._number += 1
        return self._number

    def _finish(self, name: str, work: Work) -> None:
        """Let a writer come to its end, and remember how long it took."""
        begin = time.monotonic()
        status = Victim(work, self._log).wait(WAITING)
        assert status == 0, f"{name} ended with status {status}: {self._log.read_text()}"
        self._seconds[name] = time.monotonic() - begin

    def _settled(self) -> Whole:
        """The release on the disk, when the server has come to it."""
        release = whole(self._data)
        self._watch.wait_for(release.id)
        return release

    @staticmethod
    def _check(heard: set[Said], *releases: Whole) -> None:
        """Every answer was one of two whole releases."""
        meant = {Said(200, one.id, quads) for one in releases for quads in (None, one.quads)}
        assert heard <= meant, f"the server said {heard - meant}"
