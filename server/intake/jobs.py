"""What became of the reports that were sent: a folder each in DATA/intake, so that every web process sees the same.

A folder holds the file as it came, `job.json`, and in the end the validation report. Who works on a job holds the lock
of its folder; where nobody does and the job has no end, its process was ended from outside.
"""

from __future__ import annotations

import fcntl
import json
import os
import re
import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO

INTAKE = "intake"
KEPT = 100  # jobs that have ended
LONG = 3600  # seconds
_ABANDONED = "The process was ended from outside, or needed more memory than it may use. Nothing was published."
_ID = re.compile(r"[0-9]{14}-[0-9a-f]{16}")
_RECORD, _LOCK, VALIDATION = "job.json", "lock", "validation.ttl"


class State(StrEnum):
    """How far a job is."""

    RECEIVED = "received"
    WAITING = "waiting"  # for another build to end
    READING = "reading"
    PUBLISHING = "publishing"
    PUBLISHED = "published"
    REFUSED = "refused"  # the report cannot be understood or does not conform
    FAILED = "failed"  # for a reason that is not the report's
    INTERRUPTED = "interrupted"  # the process was ended from outside; nothing was published halfway

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen."""
        return self in (State.PUBLISHED, State.REFUSED, State.FAILED, State.INTERRUPTED)


@dataclass(frozen=True, slots=True)
class Job:
    """A report that was sent: the name of its file, how far it is, since when, and what there is to say in the end.

    `client` is who sent it, as `server.clients` knows them. `reports` are the reports of the release that was
    published, by their paths. `partial` is the operator's word that a poorer version of the report may replace a fuller
    one. Times are in UTC, to the second.
    """

    id: str
    file: str
    received: str
    state: State = State.RECEIVED
    changed: str = ""
    message: str = ""
    release: str = ""
    reports: tuple[str, ...] = ()
    client: str = ""
    partial: bool = False


class TooManyJobs(Exception):
    """As many reports are worked on as may be, or as many of one client."""


class Jobs:
    """The jobs of a data folder."""

    def __init__(self, data: Path) -> None:
        self.folder = data / INTAKE

    def place(self, job: Job) -> Path:
        """The folder of a job."""
        return self.folder / job.id

    def file(self, job: Job) -> Path:
        """The report as it came."""
        return self.place(job) / "report" / job.file

    def validation(self, job: Job) -> Path:
        """Where the validation report of a job is, once it was checked."""
        return self.place(job) / VALIDATION

    @contextmanager
    def receiving(self, name: str, client: str = "") -> Iterator[tuple[Job, IO[str]]]:
        """A new job, whose report is to be written to its file, and its lock, for the process that shall work on it.

        The job is there when the block ends well; else nothing of it is.
        """
        now = datetime.now(UTC)
        job = Job(f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(8)}", name, _now(), changed=_now(), client=client)
        self.file(job).parent.mkdir(parents=True)
        with (self.place(job) / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            try:
                yield job, lock
            except BaseException:
                shutil.rmtree(self.place(job), ignore_errors=True)
                raise
        self._forget_old()

    def begin(self, job: Job, most: int) -> None:
        """Keep a new job, which is worked on from now on. Raises TooManyJobs; of requests at once one is told so."""
        folder = os.open(self.folder, os.O_RDONLY)
        try:
            fcntl.flock(folder, fcntl.LOCK_EX)
            self.check_room(job.client, most)
            self.write(job)
        finally:
            os.close(folder)

    def check_room(self, client: str, most: int) -> None:
        """Raises TooManyJobs where `most` jobs are unfinished, or all but one of them of one client."""
        unfinished = [job.client for job in self.all() if not job.state.ended]
        if len(unfinished) >= most or unfinished.count(client) >= max(1, most - 1):
            raise TooManyJobs

    def write(self, job: Job) -> None:
        """Keep what is known of a job; who reads sees the old record or the new one."""
        fresh = self.place(job) / f".{_RECORD}"
        fresh.write_text(json.dumps(asdict(job), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        fresh.replace(self.place(job) / _RECORD)

    def step(self, job: Job, state: State, message: str = "") -> Job:
        """The job in another state, kept."""
        moved = replace(job, state=state, message=message, changed=_now())
        self.write(moved)
        return moved

    def read(self, identity: str) -> Job | None:
        """A job by its id, None where there is none."""
        if not _ID.fullmatch(identity):
            return None
        try:
            record = json.loads((self.folder / identity / _RECORD).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None
        job = Job(**{**record, "state": State(record["state"]), "reports": tuple(record["reports"])})
        abandoned = not job.state.ended and not self._worked_on(job)
        return replace(job, state=State.INTERRUPTED, message=_ABANDONED) if abandoned else job

    def all(self) -> list[Job]:
        """All jobs, the newest first."""
        names = sorted((path.name for path in self.folder.glob("*")), reverse=True) if self.folder.is_dir() else []
        return [job for name in names if (job := self.read(name)) is not None]

    def _worked_on(self, job: Job) -> bool:
        return _locked(self.place(job))

    def _forget_old(self) -> None:
        """Remove the jobs that ended long ago, and what is left of reports that never came to their end."""
        ended = [self.place(job) for job in self.all() if job.state.ended]
        cut_off = [path for path in self.folder.iterdir() if not (path / _RECORD).exists() and _abandoned(path)]
        for path in (*ended[KEPT:], *cut_off):
            shutil.rmtree(path, ignore_errors=True)


def _locked(folder: Path) -> bool:
    """Whether a process works on the job of a folder."""
    try:
        handle = os.open(folder / _LOCK, os.O_RDONLY)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(handle)
    return False


def _abandoned(folder: Path) -> bool:
    """Whether nobody has done anything in a folder for long; one that is just being made has no lock yet."""
    return not _locked(folder) and time.time() - folder.stat().st_mtime > LONG


def _now() -> str:
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
