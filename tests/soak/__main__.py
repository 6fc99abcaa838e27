"""`make soak`, or python -m tests.soak --seconds 600: ends with status 1 on any answer but the intended, or growth."""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from ontology.terms import BASE
from server.publishing.release import current
from tests.kills.writers import Build
from tests.serving import recalling, running
from tests.soak.kinds import EXPECTED, GOOD, MALICIOUS, Kind
from tests.soak.measures import Sampler
from tests.soak.sockets import NONE, RUDE, act

EXAMPLES = Path(__file__).parents[2] / "examples"
BETWEEN = 20  # seconds between two exchanges of the release
WEB_WORKERS, QUERY_WORKERS, WORKER_MEMORY = 2, 2, 1024  # the last in MiB
QUERIES_MEMORY = WEB_WORKERS * QUERY_WORKERS * WORKER_MEMORY
SETTINGS = {
    "RECALLING_WEB_WORKERS": str(WEB_WORKERS),
    "RECALLING_QUERY_WORKERS": str(QUERY_WORKERS),
    "RECALLING_WORKER_MEMORY": str(WORKER_MEMORY * 2**20),
    "RECALLING_TIME_LIMIT": "3",
    "RECALLING_QUEUE_TIME": "5",
    "RECALLING_RESULT_LIMIT": str(8 * 2**20),
    "RECALLING_CACHE_SIZE": str(4 * 2**20),  # full at once: what is gathered up to a bound is no leak
}
GOOD_CLIENTS, MALICIOUS_CLIENTS, RUDE_CLIENTS = 4, 3, 4


@dataclass
class Soak:
    """A soak that runs: what was answered, by kind and status, and the releases that were exchanged."""

    address: str
    data: Path
    things: list[str]
    seed: int
    ended: threading.Event = field(default_factory=threading.Event)
    answers: Counter[tuple[str, int]] = field(default_factory=Counter)
    exchanges: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def requests(self, number: int, kinds: tuple[Kind, ...]) -> None:
        """One client after the other asks for random kinds of things, each over some connections."""
        chance = random.Random(self.seed + number)
        while not self.ended.is_set():
            with httpx.Client(base_url=self.address, timeout=60) as client:
                for _ in range(50):
                    if self.ended.is_set():
                        return
                    kind = chance.choice(kinds)
                    self._count(kind.name, self._status(kind, client, chance))

    def _status(self, kind: Kind, client: httpx.Client, chance: random.Random) -> int:
        try:
            answer = kind.send(client, chance, self.things)
        except httpx.HTTPError as error:
            self.faults.append(f"{kind.name}: {error!r}")
            return NONE
        if answer.status_code not in kind.meant:
            self.faults.append(f"{kind.name}: {answer.status_code} {answer.request.url!s:.100} {answer.text:.200}")
        return answer.status_code

    def rude(self, number: int) -> None:
        """One connection after the other is misused."""
        chance = random.Random(self.seed - number)
        while not self.ended.wait(0.2):
            way = chance.choice(RUDE)
            try:
                status = act(way, httpx.URL(self.address).port or 0, chance, self.ended)
            except TimeoutError:
                self.faults.append(f"{way.name}: no answer in time")
                continue
            if status not in way.meant:
                self.faults.append(f"{way.name}: {status}")
            self._count(way.name, status)

    def exchange(self, folder: Path) -> None:
        """A build and a rollback in turn, until the end."""
        writer = Build(self.data, folder)
        for number in range(1, 10**6):
            if self.ended.wait(BETWEEN):
                return
            writer.work(number)  # writes the reports anew
            verb = ["build", *map(str, sorted(folder.iterdir()))] if number % 2 else ["rollback"]
            done = subprocess.run([*recalling(*verb), "--data", self.data], capture_output=True, text=True, check=False)
            self.exchanges[verb[0]] += 1
            if done.returncode:
                self.faults.append(f"{verb[0]}: {done.stderr}")

    def _count(self, name: str, status: int) -> None:
        with self._lock:
            self.answers[name, status] += 1

    def work(self, folder: Path) -> list[Callable[[], None]]:
        """What runs at once, each in a thread."""
        good = [lambda n=n: self.requests(n, GOOD) for n in range(GOOD_CLIENTS)]
        malicious = [lambda n=n: self.requests(100 + n, MALICIOUS) for n in range(MALICIOUS_CLIENTS)]
        rude = [lambda n=n: self.rude(n) for n in range(1, RUDE_CLIENTS + 1)]
        return [*good, *malicious, *rude, lambda: self.exchange(folder)]


def things(data: Path) -> list[str]:
    """The paths of things that every release of the soak holds, some of each report."""
    release = current(data)
    assert release is not None
    found: set[str] = set()
    for dump in release.dumps.rglob("ccpcj/*/asserted.nq"):
        subjects = {line.split(" ", 1)[0][1:-1] for line in dump.read_text(encoding="utf-8").split("\n")}
        found |= {iri.removeprefix(BASE) for iri in subjects if iri.startswith(f"{BASE}text/")}
    return sorted(found)


def soak(seconds: float, seed: int, folder: Path) -> tuple[Soak, Sampler]:
    """Run it; what came of it."""
    data, reports, log = folder / "data", folder / "reports", folder / "log"
    reports.mkdir()
    subprocess.run(recalling("build", EXAMPLES / "facts", EXAMPLES / "reports", "--data", data), check=True)
    with ExitStack() as stack:
        server = stack.enter_context(running(data, SETTINGS, log=log))
        run = Soak(server.address, data, things(data), seed)
        sampler = Sampler(server.process.pid)
        threads = [threading.Thread(target=work) for work in (*run.work(reports), sampler.run)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        run.ended.set()
        sampler.ended.set()
        for thread in threads:
            thread.join()
        _check_alive(run)
    unforeseen = [
        line for line in log.read_text(errors="replace").splitlines() if "Traceback" in line or "unforeseen" in line
    ]
    run.faults += [f"in the log: {line:.300}" for line in unforeseen[:20]]
    return run, sampler


def _check_alive(run: Soak) -> None:
    """The server answers at once when all have gone."""
    for path in ("health/live", "health/ready", run.things[0]):
        status = httpx.get(f"{run.address}{path}", timeout=30, follow_redirects=True).status_code
        if status != 200:
            run.faults.append(f"after the soak, /{path}: {status}")


def report(run: Soak, sampler: Sampler) -> bool:
    """Print the tables; whether nothing failed and nothing grew."""
    for (kind, status), count in sorted(run.answers.items()):
        meant = EXPECTED.get(kind) or next(rude.meant for rude in RUDE if rude.name == kind)
        print(f"{kind:<18} {status or 'ended':>6} {count:>8}  {'' if status in meant else 'NOT INTENDED'}")
    print(f"{run.answers.total()} requests; exchanges: {dict(run.exchanges)}")
    growth = sampler.growth()
    for name, (before, after, flat) in growth.items():
        print(
            f"{name:<10} second fifth {before:8.0f}  last fifth {after:8.0f}  peak {sampler.peak(name):8.0f}"
            f"  {'flat' if flat else 'GROWS'}"
        )
    bounded = sampler.peak("queries") <= QUERIES_MEMORY
    print(
        f"queries    peak {sampler.peak('queries'):8.0f}  of {QUERIES_MEMORY} MiB  {'' if bounded else 'OVER THE BOUND'}"
    )
    for fault in run.faults[:50]:
        print(f"fault: {fault}")
    return not run.faults and bounded and all(flat for _, _, flat in growth.values())


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.soak")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        fine = report(*soak(arguments.seconds, arguments.seed, Path(folder)))
    sys.exit(0 if fine else 1)


if __name__ == "__main__":
    main()
