"""`make soak`, or python -m tests.soak --seconds 600: ends with status 1 on any answer but the intended, or growth."""

from __future__ import annotations

import argparse
import multiprocessing
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
from fnmatch import fnmatch
from pathlib import Path

import httpx

from ontology.terms import BASE
from server.publishing.release import current
from server.sparql.confinement import giving_way
from tests.kills.writers import Build
from tests.serving import free_port, recalling, running
from tests.soak.kinds import EXPECTED, GOOD, GREEDY, MALICIOUS, Kind
from tests.soak.measures import Sampler, Watcher
from tests.soak.sockets import NONE, RUDE, act, idle

EXAMPLES = Path(__file__).parents[2] / "examples"
BETWEEN = 20  # seconds between two exchanges of the release
WEB_WORKERS, QUERY_WORKERS, WORKER_MEMORY = 2, 3, 1024  # the last in MiB
# As docs/operating.md has it; no report is sent here.
QUERIES_MEMORY = WEB_WORKERS * (QUERY_WORKERS + 1) * WORKER_MEMORY + WEB_WORKERS * WORKER_MEMORY  # with checks
SETTINGS = {
    "RECALLING_WEB_WORKERS": str(WEB_WORKERS),
    "RECALLING_QUERY_WORKERS": str(QUERY_WORKERS),
    "RECALLING_WORKER_MEMORY": str(WORKER_MEMORY * 2**20),
    "RECALLING_TIME_LIMIT": "3",
    "RECALLING_QUEUE_TIME": "5",
    "RECALLING_RESULT_LIMIT": str(8 * 2**20),
    "RECALLING_PROXIES": "1",  # so that each attacker has addresses of its own
    "RECALLING_CACHE_SIZE": str(4 * 2**20),  # full at once: what is gathered up to a bound is no leak
}
GOOD_CLIENTS, MALICIOUS_CLIENTS, RUDE_CLIENTS = 4, 3, 6
GREEDY_REQUESTS = 6  # at a time, of one client, for each kind of place
WATCHED = {"page": 0.5, "SELECT": 1.0, "live": 0.5, "ready": 1.0, "live, main port": 0.5}  # seconds between two
MOST = {"page": 0.5, "SELECT": 3.0}  # seconds, of 95 in 100
LONGEST = {"live": 1.0}  # seconds, of all


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

    def requests(self, number: int, kinds: tuple[Kind, ...], client_of: Callable[[random.Random], str]) -> None:
        """One client after the other asks for random kinds of things, each over some connections."""
        chance = random.Random(self.seed + number)
        while not self.ended.is_set():
            headers = {"X-Forwarded-For": client_of(chance)}
            with httpx.Client(base_url=self.address, timeout=60, headers=headers) as client:
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
            command = giving_way([*recalling(*verb), "--data", str(self.data)])  # as docs/operating.md advises
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            self.exchanges[verb[0]] += 1
            if done.returncode:
                self.faults.append(f"{verb[0]}: {done.stderr}")

    def _count(self, name: str, status: int) -> None:
        with self._lock:
            self.answers[name, status] += 1

    def work(self, folder: Path) -> list[Callable[[], None]]:
        """What runs at once, each in a thread."""
        good = [lambda n=n: self.requests(n, GOOD, lambda _: f"192.0.2.{n}") for n in range(GOOD_CLIENTS)]
        malicious = [lambda n=n: self.requests(100 + n, MALICIOUS, _of_one_network) for n in range(MALICIOUS_CLIENTS)]
        greedy = [
            lambda n=n, kind=kind: self.requests(200 + n, (kind,), lambda _: f"203.0.113.{GREEDY.index(kind)}")
            for kind in GREEDY
            for n in range(GREEDY_REQUESTS)
        ]
        port = httpx.URL(self.address).port or 0
        rude = [lambda n=n: self.rude(n) for n in range(1, RUDE_CLIENTS + 1)]
        return [*good, *malicious, *greedy, *rude, lambda: idle(port, self.ended), lambda: self.exchange(folder)]


def _of_one_network(chance: random.Random) -> str:
    """One of the 2^64 addresses that one attacker has."""
    return f"2001:db8:0:7:{chance.getrandbits(16):x}:{chance.getrandbits(16):x}:{chance.getrandbits(16):x}:1"


def things(data: Path) -> list[str]:
    """The paths of things that every release of the soak holds, some of each report."""
    release = current(data)
    assert release is not None
    found: set[str] = set()
    for dump in (place for path, place in release.dumps().items() if fnmatch(path, "dumps/report/ccpcj/*/asserted.nq")):
        subjects = {line.split(" ", 1)[0][1:-1] for line in dump.read_text(encoding="utf-8").split("\n")}
        found |= {iri.removeprefix(BASE) for iri in subjects if iri.startswith(f"{BASE}text/")}
    return sorted(found)


def soak(seconds: float, seed: int, folder: Path) -> tuple[Soak, Sampler, Watcher]:
    """Run it; what came of it."""
    data, reports, log = folder / "data", folder / "reports", folder / "log"
    reports.mkdir()
    subprocess.run(recalling("build", EXAMPLES / "facts", EXAMPLES / "reports", "--data", data), check=True)
    with ExitStack() as stack:
        health = free_port()
        server = stack.enter_context(running(data, {**SETTINGS, "RECALLING_HEALTH_PORT": str(health)}, log=log))
        run = Soak(server.address, data, things(data), seed)
        sampler = Sampler(server.process.pid)
        query = f"SELECT * {{ <{BASE}{run.things[0]}> ?p ?o }} LIMIT 20"
        watcher = Watcher(server.address, f"http://127.0.0.1:{health}/", f"{run.things[0]}.html", query)
        own = multiprocessing.get_context("spawn")
        ended, told = own.Event(), own.SimpleQueue()
        own.Process(target=watcher.all, args=(WATCHED, ended, told)).start()
        threads = [threading.Thread(target=work) for work in (*run.work(reports), sampler.run)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        ended.set()
        watcher = told.get()
        run.ended.set()
        sampler.ended.set()
        for thread in threads:
            thread.join()
        _check_alive(run)
    unforeseen = [
        line for line in log.read_text(errors="replace").splitlines() if "Traceback" in line or "unforeseen" in line
    ]
    run.faults += [f"in the log: {line:.300}" for line in unforeseen[:20]]
    run.faults += watcher.faults
    return run, sampler, watcher


def _check_alive(run: Soak) -> None:
    """The server answers at once when all have gone."""
    for path in ("health/live", "health/ready", run.things[0]):
        status = httpx.get(f"{run.address}{path}", timeout=30, follow_redirects=True).status_code
        if status != 200:
            run.faults.append(f"after the soak, /{path}: {status}")


def report(run: Soak, sampler: Sampler, watcher: Watcher) -> bool:
    """Print the tables; whether nothing failed, nothing grew and nobody waited for long."""
    soon = True
    for name in WATCHED:
        number, median, most, longest = watcher.told(name)
        well = most <= MOST.get(name, most) and longest <= LONGEST.get(name, longest)
        soon = soon and well
        print(
            f"polite client, {name:<16} {number:>6}  median {median:6.3f} s  p95 {most:6.3f} s  longest {longest:6.3f} s"
            f"  {'' if well else 'TOO LONG'}"
        )
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
    for number, (before, after) in enumerate(sampler.of_each()):
        print(f"{'web process' if number else 'main process'} {number or ''}  {before:8.0f} -> {after:8.0f} MiB")
    for fault in run.faults[:50]:
        print(f"fault: {fault}")
    return soon and not run.faults and bounded and all(flat for _, _, flat in growth.values())


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
