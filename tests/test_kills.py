"""Writers that are killed: what is served is one whole release, and the next writer needs no help."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from server.publishing.release import ReleaseError, writing
from tests.kills.__main__ import rounds
from tests.kills.victim import Victim
from tests.kills.walks import walk_backup, walk_exchange, walk_restoring, walk_rollback
from tests.kills.writers import Build

pytestmark = pytest.mark.slow  # starts and kills builds

TIMES = 5


def test_a_release_that_is_killed_before_any_step_of_being_served_is_served_or_is_not(tmp_path: Path) -> None:
    assert walk_exchange(tmp_path) > 10


def test_going_back_that_is_killed_before_any_step_is_done_or_is_not(tmp_path: Path) -> None:
    assert walk_rollback(tmp_path) > 10


def test_a_backup_that_is_killed_before_any_step_is_the_old_one_or_the_new(tmp_path: Path) -> None:
    assert walk_backup(tmp_path) > 2


def test_a_backup_that_is_killed_before_any_step_of_being_put_back_is_served_or_is_not(tmp_path: Path) -> None:
    assert walk_restoring(tmp_path) > 10


@pytest.mark.slow
@pytest.mark.timeout(600)  # seconds: it builds some ten releases of two reports, which is near the limit of the others
def test_writers_killed_at_random_moments_leave_a_whole_release_and_the_server_answers(tmp_path: Path) -> None:
    assert len(list(rounds(TIMES, seed=5, folder=tmp_path))) == TIMES


@pytest.fixture
def reading(tmp_path: Path) -> Iterator[Victim]:
    """A build of two reports that has started the processes which read them; what it says is in `log`."""
    (tmp_path / "reports").mkdir()
    victim = Victim(Build(tmp_path / "data", tmp_path / "reports").work(0), tmp_path / "log")
    while not victim.children():
        assert victim.wait(0.05) is None
    yield victim
    victim.kill()


def test_a_build_killed_without_those_it_started_does_not_keep_the_folder_locked(
    reading: Victim, tmp_path: Path
) -> None:
    reading.kill(whole_group=False)
    for _ in range(600):
        try:
            with writing(tmp_path / "data"):
                return
        except ReleaseError:
            time.sleep(0.1)
    pytest.fail("the folder stays locked")


def test_a_build_whose_reader_is_killed_ends_with_a_word(reading: Victim, tmp_path: Path) -> None:
    os.kill(reading.children()[0], signal.SIGKILL)
    assert reading.wait() == 1
    assert (tmp_path / "log").read_text().startswith("error: nothing was published: a process that read reports was")
