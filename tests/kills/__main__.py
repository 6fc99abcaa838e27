"""`make kills`, or python -m tests.kills --times 100 --seed 7: writers killed at random moments, and what came of it."""

from __future__ import annotations

import argparse
import random
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from itertools import cycle, islice
from pathlib import Path

from tests.kills.rounds import Round, Rounds
from tests.kills.victim import Victim
from tests.kills.walks import walk_backup, walk_publication, walk_restoring, walk_rollback
from tests.kills.watch import watching
from tests.kills.writers import Build, Intake, Publication, Rollback, Writer

WALKS = (walk_publication, walk_rollback, walk_backup, walk_restoring)


def rounds(times: int, seed: int, folder: Path, names: Sequence[str] = ()) -> Iterator[Round]:
    """The rounds, one after the other, of the writers of those names in turn; of all without names."""
    real, small, log, reports = (folder / name for name in ("real", "small", "log", "reports"))
    reports.mkdir()
    writers: list[Writer] = [Build(real, reports), Publication(small), Rollback(real), Intake(real)]
    chosen = [writer for writer in writers if writer.name in names or not names]
    chance = random.Random(seed)
    with ExitStack() as stack:
        over: dict[Path, Rounds] = {}
        for data in {writer.data for writer in chosen}:
            first = next(writer for writer in writers if writer.data == data)
            for number in (-1, 0):  # two releases, so that there is one to go back to
                assert Victim(first.work(number), log).wait() == 0, log.read_text()
            over[data] = Rounds(stack.enter_context(watching(data)), data, chance, log)
        for writer in islice(cycle(chosen), times):
            yield over[writer.data].round(writer)


def main(times: int, seed: int, names: Sequence[str]) -> None:
    """Print each round and the sums. Ends with an AssertionError at the first that left anything but a whole release."""
    for walk in () if names else WALKS:
        with tempfile.TemporaryDirectory() as folder:
            print(f"{walk.__name__}: killed before each of its {walk(Path(folder))} steps", flush=True)
    print(f"{times} kills, seed {seed}", flush=True)
    sums: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        for number, done in enumerate(rounds(times, seed, Path(folder), names), 1):
            outcome = f"served: {done.served}" if done.killed else "had ended before"
            sums[done.writer, outcome] += 1
            print(f"{number:4} {done.writer:<10} {done.moment:7.3f} s  {outcome}", flush=True)
    for (writer, outcome), count in sorted(sums.items()):
        print(f"{writer:<10} {outcome:<18} {count:4}")
    print(f"{times} times one whole release was served, and the next writer came to its end")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.kills")
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--seed", type=int, default=random.SystemRandom().randrange(10**6))
    parser.add_argument("names", nargs="*", help="build, publish, rollback, intake; without any, all in turn")
    arguments = parser.parse_args()
    main(arguments.times, arguments.seed, arguments.names)
