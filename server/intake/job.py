"""The process that works on one report that was sent: reads it, and publishes it if it conforms.

It is started with the lock of the job's folder open, so that the lock tells whether it lives. It has no network.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from ontology.terms import BASE
from server.intake.jobs import Job, Jobs, State
from server.publish import Published, publish, read
from server.publishing.reading import Reading, Refusal
from server.publishing.release import AnotherBuildError, ReleaseError, rebase
from server.sparql.confinement import close_network, limit_memory

LOOK_AGAIN = 1.0  # seconds, while another build is writing
TOLD = 20  # violations that a job names; the validation report has all


class _TimeLimitError(Exception):
    """The job took longer than it may."""


class _Work:
    """The work on one job, each step kept as it comes."""

    def __init__(self, jobs: Jobs, job: Job, data: Path, base: str, keep: int) -> None:
        self._jobs, self._job, self._data, self._base, self._keep = jobs, job, data, base, keep

    def run(self) -> None:
        """Reads and publishes the report. What is wrong with it, or with the folder, is kept as the end of the job."""
        try:
            self._end(self._build())
        except _TimeLimitError:
            self._step(State.FAILED, "The work was ended at the time limit.")
        except MemoryError:
            self._step(State.FAILED, "The work needed more memory than the work on one report may use.")
        except (ReleaseError, OSError) as error:
            self._step(State.FAILED, str(error))
        except Exception as error:  # a fault of ours: the sender is told that it was one, and the log has the rest
            self._step(State.FAILED, f"The program failed ({type(error).__name__}); its log says where.")
            raise

    def _build(self) -> Published:
        """Reads without the folder's lock, so that a report that is slow to read holds up no other."""
        self._step(State.READING)
        outcomes = read([Path(self._job.file)], watch=self._watch)
        while True:
            try:
                return publish(outcomes, self._data, self._base, self._keep, partial=self._job.partial)
            except AnotherBuildError:
                self._step(State.WAITING)
                time.sleep(LOOK_AGAIN)

    def _watch(self, outcome: Reading | Refusal) -> None:
        if isinstance(outcome, Refusal):
            return
        turtle = rebase(outcome.conformance.turtle(), BASE, self._base)
        self._jobs.validation(self._job).write_text(turtle, encoding="utf-8")
        if outcome.conforms:
            self._step(State.PUBLISHING)

    def _end(self, published: Published) -> None:
        outcome = published.outcomes[0]
        if isinstance(outcome, Refusal):
            self._step(State.REFUSED, outcome.reason)
        elif published.release is None:
            lines = (line.replace(BASE, self._base) for line in outcome.conformance.lines())
            violations = [line for line in lines if line.startswith("violation")]
            self._step(State.REFUSED, "\n".join(["The report does not conform.", *violations[:TOLD]]))
        else:
            reports = tuple(name.path for name in published.release.reports)
            self._job = replace(self._job, release=published.release.id, reports=reports)
            self._step(State.PUBLISHED)

    def _step(self, state: State, message: str = "") -> None:
        self._job = self._jobs.step(self._job, state, message)


def _out_of_time(*_: object) -> NoReturn:
    raise _TimeLimitError


def main() -> None:
    """Works on one job.

    Arguments: the data folder, the job's id, the base of IRIs, releases to keep, seconds, bytes of memory.
    """
    data, identity, base, keep, seconds = Path(sys.argv[1]), sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5]
    close_network()
    limit_memory(int(sys.argv[6]))
    jobs = Jobs(data)
    job = jobs.read(identity)
    if job is None:
        raise SystemExit(f"there is no job {identity} in {data}")
    signal.signal(signal.SIGALRM, _out_of_time)
    signal.setitimer(signal.ITIMER_REAL, float(seconds))
    os.chdir(jobs.file(job).parent)  # so that messages name the file as its sender does
    _Work(jobs, job, data, base, keep).run()


if __name__ == "__main__":
    main()
