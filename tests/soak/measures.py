"""What a server and all its processes take of the machine, each second, and whether that grows."""

from __future__ import annotations

import statistics
import threading
from dataclasses import dataclass, field
from pathlib import Path

ROOM = 0.15  # how much more the end may take than the time after the warm-up
SLACK = {"memory": 0, "files": 8, "processes": 2}  # what is always allowed: MiB, descriptors, processes


@dataclass(frozen=True, slots=True)
class Sample:
    """A moment: MiB of memory (proportional set size), open file descriptors, processes."""

    memory: float
    files: int
    processes: int


@dataclass
class Sampler:
    """Samples of a process and all its descendants, taken by a thread until `end`."""

    pid: int
    samples: list[Sample] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.ended.wait(1):
            self.samples.append(sample(self.pid))

    def growth(self) -> dict[str, tuple[float, float, bool]]:
        """For each measure the medians of the second and the last fifth of the time, and whether it is flat."""
        fifth = len(self.samples) // 5
        early, late = self.samples[fifth : 2 * fifth], self.samples[-fifth:]
        found = {}
        for name, slack in SLACK.items():
            before, after = (statistics.median(getattr(one, name) for one in part) for part in (early, late))
            found[name] = (before, after, after <= before * (1 + ROOM) + slack)
        return found


def sample(pid: int) -> Sample:
    """What the process and its descendants take now; what ends meanwhile is left out."""
    memory, files, processes = 0, 0, 0
    for one in family(pid):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text()
            files += len(list(Path(f"/proc/{one}/fd").iterdir()))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        memory += next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
        processes += 1
    return Sample(memory / 1024, files, processes)


def family(pid: int) -> list[int]:
    """A process and its descendants."""
    found = [pid]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*"):
            try:
                found += [int(child) for child in (task / "children").read_text().split()]
            except (FileNotFoundError, ProcessLookupError):
                continue
    return found
