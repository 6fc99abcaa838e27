"""What writes to a data folder, as work for a process that may be killed: a build, a publication, going back."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from ontology.terms import BASE
from server.intake.job import main as job_main
from server.intake.jobs import Jobs, State
from server.publishing.release import prune, writing
from tests.kills.victim import command
from tests.releases import named, serve_release

SAMPLES = Path(__file__).parents[2] / "examples" / "reports"
# A sentence of each sample, and how it is written anew so that every round has another release to publish.
SENTENCES = {
    "clcm-12.txt": ("praised its binding.", "praised its binding, leaf {}."),
    "clcm-13.txt": ("described the fogs of their coasts.", "described the fogs of coast {}."),
}
ONE, TWO = "report/clcm/12", "report/clcm/13"
KEEP = 2
SECONDS, BYTES = 600, 2 * 1024**3  # what the job may take: more than the samples need
Work = Callable[[], object]


class Writer(Protocol):
    """A way to write to a data folder. Its work may be done again after it was interrupted."""

    data: Path

    @property
    def name(self) -> str:
        """What is done, in a word."""
        ...

    def work(self, number: int) -> Work:
        """What is done in a round; each round publishes another release than the one before."""
        ...


@dataclass(frozen=True)
class Build:
    """`recalling build`: of one report, now and then of two that are read at once."""

    data: Path
    reports: Path
    name = "build"

    def work(self, number: int) -> Work:
        files = []
        for sample, (old, new) in list(SENTENCES.items())[: 2 if number % 4 == 0 else 1]:
            text = (SAMPLES / sample).read_text(encoding="utf-8")
            assert old in text
            path = self.reports / sample
            path.write_text(text.replace(old, new.format(number)), encoding="utf-8")
            files.append(str(path))
        return partial(command, ["build", *files, "--data", str(self.data), "--jobs", "2", "--keep", str(KEEP)])


@dataclass(frozen=True)
class Rollback:
    """`recalling rollback`."""

    data: Path
    name = "rollback"

    def work(self, number: int) -> Work:
        return partial(command, ["rollback", "--data", str(self.data)])


@dataclass(frozen=True)
class Intake:
    """The process that works on a report which an operator has sent."""

    data: Path
    name = "intake"

    def work(self, number: int) -> Work:
        sample, (old, new) = next(iter(SENTENCES.items()))
        return partial(
            take_in, self.data, (SAMPLES / sample).read_text(encoding="utf-8").replace(old, new.format(number))
        )


def take_in(data: Path, text: str) -> None:
    """Receive a report and do what the job does that the server starts."""
    jobs = Jobs(data)
    with jobs.receiving("report.txt") as (job, _lock):
        jobs.file(job).write_text(text, encoding="utf-8")
        jobs.write(job)
        sys.argv[1:] = [str(data), job.id, BASE, str(KEEP), str(SECONDS), str(BYTES)]
        job_main()
        done = jobs.read(job.id)
        assert done is not None and done.state is State.PUBLISHED, done


@dataclass(frozen=True)
class Publication:
    """Writing and serving a release of a few quads, and removing the oldest: all that a build does on the disk."""

    data: Path
    name = "publish"

    def work(self, number: int) -> Work:
        return partial(publish, self.data, number)


def publish(data: Path, number: int) -> None:
    """Publish the small release of that number. A paragraph stays in all, one comes and one goes with each."""
    stays, own = named(f"{ONE}/paragraph/1", "Paragraph 1"), named(f"{ONE}/paragraph/{number + 2}", f"Text {number}")
    serve_release(data, f"release-{number}", {ONE: stays + own, TWO: named(f"{TWO}/paragraph/1", "Paragraph 1", TWO)})
    with writing(data):
        prune(data, KEEP)
