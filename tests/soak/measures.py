"""What a server and all its processes take of the machine, each second, and whether that grows."""

from __future__ import annotations

import statistics
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path

import httpx

ROOM = 0.15  # how much more the end may take than the time after the warm-up
GONE = (0, 0)
SLACK = {"server": 0, "files": 8, "processes": 2}  # what is always allowed: MiB, descriptors, processes


@dataclass(frozen=True, slots=True)
class Sample:
    """A moment: MiB of memory (proportional set size), open file descriptors, processes.

    `server` is the memory of the main process and its web processes, which stay. `queries` is that of the processes
    below them, each of which lives until its release is exchanged or a query is ended: it follows what is asked at
    the moment, and is bounded by a setting.
    """

    server: float
    queries: float
    files: int
    processes: int
    lasting: tuple[float, ...]  # MiB of each process in `server`, the main one first


@dataclass
class Sampler:
    """Samples of a process and all its descendants, taken by a thread until `end`."""

    pid: int
    samples: list[Sample] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        while not self.ended.wait(1):
            self.samples.append(sample(self.pid))

    def peak(self, name: str) -> float:
        """The most of a measure."""
        return max(float(getattr(one, name)) for one in self.samples)

    def growth(self) -> dict[str, tuple[float, float, bool]]:
        """For each measure the medians of the second and the last fifth of the time, and whether it is flat."""
        fifth = len(self.samples) // 5
        early, late = self.samples[fifth : 2 * fifth], self.samples[-fifth:]
        found = {}
        for name, slack in SLACK.items():
            before, after = (statistics.median(getattr(one, name) for one in part) for part in (early, late))
            found[name] = (before, after, after <= before * (1 + ROOM) + slack)
        return found

    def of_each(self) -> list[tuple[float, float]]:
        """MiB of each process that stays, in the medians of the second and the last fifth of the time."""
        fifth = len(self.samples) // 5
        parts = self.samples[fifth : 2 * fifth], self.samples[-fifth:]
        return list(zip(*([statistics.median(one) for one in _columns(part)] for part in parts), strict=False))


def _columns(samples: list[Sample]) -> list[tuple[float, ...]]:
    return list(zip(*(one.lasting for one in samples), strict=False))


@dataclass
class Watcher:
    """Seconds that a polite client and those who watch the server wait, by what they ask for."""

    address: str
    health: str
    page: str
    query: str
    seconds: dict[str, list[float]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    def all(self, pauses: Mapping[str, float], ended: Event, told: SimpleQueue[Watcher]) -> None:
        """Asks for every thing, each with a pause between two, until the end, and tells what it has seen.

        It is run in a process of its own: in that of the attackers it would wait for its turn among their threads.
        """
        threads = [threading.Thread(target=self.follow, args=(*one, ended)) for one in pauses.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        told.put(self)

    def follow(self, name: str, pause: float, ended: Event) -> None:
        """Asks for one thing again and again, as a client of its own, until the end."""
        anew = httpx.Limits(max_keepalive_connections=0)  # every request opens a connection, as a new visitor's does
        headers = {"X-Forwarded-For": "198.51.100.1"}
        client = httpx.Client(headers=headers, timeout=60, follow_redirects=True, limits=anew)
        asked = 0
        while not ended.wait(pause):
            asked += 1
            method, address, data = {
                "page": ("GET", f"{self.address}{self.page}?n={asked}", None),
                "SELECT": ("POST", f"{self.address}sparql", {"query": f"{self.query} # {asked}"}),
                "live": ("GET", f"{self.health}health/live", None),
                "ready": ("GET", f"{self.health}health/ready", None),
                "live, main port": ("GET", f"{self.address}health/live", None),
            }[name]
            begun = time.perf_counter()
            try:
                answer = client.request(method, address, data=data)
                if answer.status_code != 200:
                    self.faults.append(f"polite client, {name}: {answer.status_code} {answer.text:.200}")
            except httpx.HTTPError as error:
                self.faults.append(f"polite client, {name}: {error!r}")
            self.seconds.setdefault(name, []).append(time.perf_counter() - begun)

    def told(self, name: str) -> tuple[int, float, float, float]:
        """How often it was asked for, and the median, the 95th percentile and the longest of the seconds."""
        found = sorted(self.seconds.get(name, [0.0]))
        return len(found), statistics.median(found), found[int(len(found) * 0.95)], found[-1]


def sample(pid: int) -> Sample:
    """What the main process of a server and its descendants take now; what ends meanwhile is left out."""
    lasting = [pid, *children(pid)]
    parts = [[_taken(one) for one in part] for part in (lasting, below(lasting[1:]))]
    server, queries = (sum(memory for memory, _ in part) / 1024 for part in parts)
    lasted = tuple(memory / 1024 for memory, _ in parts[0])
    every = [taken for part in parts for taken in part if taken != GONE]
    return Sample(server, queries, sum(files for _, files in every), len(every), lasted)


def _taken(pid: int) -> tuple[int, int]:
    """KiB of memory and the number of open files of a process."""
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except (FileNotFoundError, ProcessLookupError, PermissionError):
        return GONE
    return next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0), files


def below(processes: list[int]) -> list[int]:
    """The descendants of processes."""
    found = [child for one in processes for child in children(one)]
    for one in found:
        found += children(one)
    return found


def children(pid: int) -> list[int]:
    """The processes that a process has started."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            found += [int(child) for child in (task / "children").read_text().split()]
        except (FileNotFoundError, ProcessLookupError):
            continue
    return found
