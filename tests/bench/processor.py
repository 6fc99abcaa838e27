"""What a server has taken of the processors: all of its processes, those that have ended among them."""

from __future__ import annotations

import os
from pathlib import Path

_TICK = os.sysconf("SC_CLK_TCK")


def seconds_of(root: int) -> float:
    """CPU seconds of a process and of all that it started and that they started, so far."""
    times, children = dict[int, float](), dict[int, list[int]]()
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = place.read_text().rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):  # it ended meanwhile
            continue
        process, parent = int(place.parent.name), int(after_name[1])
        times[process] = sum(map(int, after_name[11:15])) / _TICK  # its own, and of children that were waited for
        children.setdefault(parent, []).append(process)
    found, waiting = 0.0, [root]
    while waiting:
        process = waiting.pop()
        found += times.get(process, 0.0)
        waiting += children.get(process, ())
    return found
