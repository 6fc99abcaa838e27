"""Several reports read at once, in processes that end with the build."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path

from server.publishing.inputs import read_input
from server.publishing.reading import Reading, Refusal
from server.publishing.release import ReleaseError

LOOK_AGAIN = 1.0  # seconds
Watch = Callable[[Reading | Refusal], None]


def each(reports: Sequence[Path], jobs: int, watch: Watch, body: str = "") -> Iterator[Reading | Refusal]:
    """The outcome of each report in the order given; several reports are read at once where `jobs` allows it.

    `body` is the operator's word on whose reports they are.

    Raises ReleaseError where one of the processes that read is ended from outside.
    """
    if jobs < 2 or len(reports) < 2:
        for report in reports:
            outcome = read_input(report, body)
            watch(outcome)
            yield outcome
        return
    try:
        with ProcessPoolExecutor(min(jobs, len(reports)), initializer=_leave_with_parent) as pool:
            for outcome in pool.map(partial(read_input, body=body), reports):
                watch(outcome)
                yield outcome
    except BrokenProcessPool as error:
        reason = "a process that read reports was ended, perhaps for want of memory"
        raise ReleaseError(f"nothing was published: {reason}; try again with --jobs 1") from error


def _leave_with_parent() -> None:
    """End this process when the build is gone: a fork of it, it would hold the lock of the data folder for ever."""
    parent = os.getppid()

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_AGAIN)
        os._exit(1)

    threading.Thread(target=look, daemon=True).start()
