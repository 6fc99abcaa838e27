"""What a server over a data folder says of its release all the time, from a thread of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from tests.serving import serving

PAUSE = 0.05  # seconds between questions
COUNT = "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"

SETTINGS = {"RECALLING_WEB_WORKERS": "1", "RECALLING_QUERY_WORKERS": "1", "RECALLING_LOG": "off"}


@dataclass(frozen=True, slots=True)
class Said:
    """An answer: its status, the release that it is of, and the number of quads where that was asked."""

    status: int
    release: str
    quads: int | None = None


@dataclass
class Watch:
    """Everything that a server said since `heard` was read last."""

    address: str
    _said: set[Said] = field(default_factory=set)
    _last: list[Said] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _ended: threading.Event = field(default_factory=threading.Event)

    def run(self) -> None:
        """Asks until `end`. An answer that does not come is one of status 0."""
        with httpx.Client(base_url=self.address, timeout=30) as client:
            while not self._ended.wait(PAUSE):
                try:
                    said = [_ready(client), _count(client)]
                except httpx.HTTPError as error:
                    said = [Said(0, repr(error))]
                with self._lock:
                    self._last = said
                    self._said.update(said)

    def heard(self) -> set[Said]:
        """What was said since the last time, in any order."""
        with self._lock:
            said, self._said = self._said, set()
        return said

    def wait_for(self, release: str) -> None:
        """Wait until the server answers from a release, and only from that."""
        for _ in range(300):
            with self._lock:
                if self._last and {said.release for said in self._last} == {release}:
                    return
            time.sleep(0.1)
        raise TimeoutError(f"the server does not come to serve {release}, but says {self._last}")

    def end(self) -> None:
        """Stop asking."""
        self._ended.set()


def _ready(client: httpx.Client) -> Said:
    answer = client.get("/health/ready")
    return Said(answer.status_code, answer.text.strip().rpartition(" ")[2])


def _count(client: httpx.Client) -> Said:
    answer = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
    if answer.status_code != 200:
        return Said(answer.status_code, answer.text)
    release = answer.headers["ETag"].removeprefix('W/"').rpartition("-")[0]
    return Said(200, release, int(answer.text.split()[1]))


@contextmanager
def watching(data: Path) -> Iterator[Watch]:
    """A server of one web process over a data folder that holds a release, and what it says, until the block ends."""
    with serving(data, SETTINGS) as address:
        watch = Watch(address.rstrip("/"))
        thread = threading.Thread(target=watch.run)
        thread.start()
        try:
            yield watch
        finally:
            watch.end()
            thread.join()
