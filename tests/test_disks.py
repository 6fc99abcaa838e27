"""Disks that are full or can only be read: what is said, and that what is served stays whole."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from pathlib import Path

import httpx
import pytest

from server.publishing.release import ReleaseError
from server.sparql.failures import BusyError
from server.sparql.messages import Query
from server.sparql.workers import Limits, WorkerPool
from tests.kills.victim import Victim
from tests.kills.wholeness import tidy, whole
from tests.kills.writers import ONE, Build, Rollback, publish
from tests.serving import serving

MOUNT = shutil.which("mount")
LONG = "SELECT * {{ {} }}".format(" ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(100)))} }}" for name in "abc"))
CSV = {"Accept": "text/csv"}
MEBIBYTE = 2**20
Disk = Callable[[int], Path]


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    """Makes a disk of so many bytes, as a folder; it is taken away in the end."""
    made: list[Path] = []

    def make(size: int) -> Path:
        folder = tmp_path / f"disk{len(made)}"
        folder.mkdir()
        command = [str(MOUNT), "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)]
        if MOUNT is None or subprocess.run(command, capture_output=True, check=False).returncode:
            pytest.skip("no file system can be mounted here")
        made.append(folder)
        return folder

    yield make
    for folder in made:
        subprocess.run(["umount", "--lazy", folder], check=True)


def read_only(disk: Path) -> None:
    """Let a disk be read only from now on."""
    subprocess.run([str(MOUNT), "-o", "remount,ro", str(disk)], check=True)


def fill(disk: Path, free: int) -> Path:
    """Fill a disk but for so many bytes; the file that fills it."""
    ballast = disk / "ballast"
    left = shutil.disk_usage(disk).free - free
    with ballast.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, max(left, 1))
    return ballast


def test_wherever_in_a_publication_the_disk_is_full_what_is_served_stays(disk: Disk) -> None:
    folder = disk(64 * MEBIBYTE)
    data = folder / "data"
    publish(data, 0)
    publish(data, 1)
    before, failed = whole(data), 0
    for step in count():
        ballast = fill(folder, step * 16 * 1024)
        try:
            publish(data, 2)
        except ReleaseError as error:
            failed += 1
            assert str(error).startswith(f"cannot write to {data}: ")
            assert "No space left on device" in str(error)
            assert not list((data / "releases").glob(".*")), "the unfinished release stays on the full disk"
        else:
            break
        finally:
            ballast.unlink()
        assert whole(data) == before
    tidy(data)
    assert whole(data) != before
    assert failed > 3


def test_where_files_may_not_grow_a_publication_says_so(tmp_path: Path) -> None:
    data = tmp_path / "data"
    publish(data, 0)
    before = whole(data)
    assert Victim(partial(bounded, data), tmp_path / "log").wait() == 1
    assert f"cannot write to {data}: " in (tmp_path / "log").read_text()
    assert "File too large" in (tmp_path / "log").read_text()
    assert whole(data) == before
    publish(data, 1)
    tidy(data)


def bounded(data: Path) -> None:
    """Publish where no file may be longer than a kilobyte."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024))
    try:
        publish(data, 1)
    except ReleaseError as error:
        raise SystemExit(str(error)) from error


@pytest.mark.parametrize("size", [MEBIBYTE // 2, 8 * MEBIBYTE])
def test_a_build_on_a_full_disk_ends_with_one_line_that_names_the_folder(disk: Disk, tmp_path: Path, size: int) -> None:
    folder = disk(64 * MEBIBYTE)
    data, reports, log = folder / "data", tmp_path / "reports", tmp_path / "log"
    publish(data, 0)
    before = whole(data)
    reports.mkdir()
    fill(folder, size)
    assert Victim(Build(data, reports).work(0), log).wait() == 1
    *readings, line = log.read_text().splitlines()
    assert readings and all(reading.endswith("quads") for reading in readings)  # each is kept when it was read
    assert line.startswith(f"error: cannot write to {data}: ")
    assert "No space left on device" in line
    assert whole(data) == before
    assert not list((data / "releases").glob(".*"))


def test_a_build_and_going_back_on_a_disk_that_can_only_be_read_end_with_one_line(disk: Disk, tmp_path: Path) -> None:
    folder = disk(64 * MEBIBYTE)
    data, reports, log = folder / "data", tmp_path / "reports", tmp_path / "log"
    publish(data, 0)
    publish(data, 1)
    before = whole(data)
    read_only(folder)
    reports.mkdir()
    for writer in (Build(data, reports), Rollback(data)):
        assert Victim(writer.work(1), log).wait() == 1
        assert log.read_text() == f"error: cannot write to {data}: Read-only file system\n"
    assert whole(data) == before


def test_a_disk_that_can_only_be_read_is_served(disk: Disk) -> None:
    folder = disk(64 * MEBIBYTE)
    publish(folder / "data", 0)
    read_only(folder)
    with serving(folder / "data") as address, httpx.Client(base_url=address, timeout=60) as client:
        paths = (
            "health/ready",
            "",
            f"{ONE}/paragraph/1.ttl",
            "dataset",
            "dumps/all.nq",
            "releases",
            "sparql?query=ASK{}",
        )
        answers = {path: client.get(path, follow_redirects=True).status_code for path in paths}
        answers["long"] = client.get("sparql", params={"query": LONG}, headers=CSV).status_code
    assert set(answers.values()) == {200}, answers


def test_a_long_answer_that_finds_no_room_is_refused_and_others_are_answered(disk: Disk, tmp_path: Path) -> None:
    folder, data = disk(2 * MEBIBYTE), tmp_path / "data"
    publish(data, 0)
    with serving(data, {"TMPDIR": str(folder)}) as address, httpx.Client(base_url=address, timeout=60) as client:
        refused = [client.get("sparql", params={"query": LONG}, headers=CSV) for _ in range(5)]
        answered = client.get("sparql", params={"query": "ASK {}"})
    assert {(answer.status_code, answer.json()["title"]) for answer in refused} == {(503, "No room")}
    assert answered.status_code == 200
    assert shutil.disk_usage(folder).used < MEBIBYTE


def test_where_no_worker_can_be_started_a_query_is_told_and_the_next_is_answered(tmp_path: Path) -> None:
    publish(tmp_path, 0)
    pool = WorkerPool(tmp_path / "current" / "store", Limits(workers=1))
    query = Query("ASK {}", (), (), (), "text/csv", None)
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, hard))
    try:
        for _ in range(3):
            with pytest.raises(BusyError):
                pool.answer(query)
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert b"".join(pool.answer(query).chunks).strip() == b"true"
    pool.retire()
