"""`recalling rollback`: the previous release is served again, in one step, and the history says so."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.cli import main
from server.publish import build
from server.publishing.history import History
from server.publishing.release import current


@pytest.fixture
def data(published_data: Path, tmp_path: Path) -> Path:
    return shutil.copytree(published_data, tmp_path / "data", symlinks=True)


def _reports(data: Path) -> list[int]:
    release = current(data)
    assert release is not None
    return [name.session for name in release.reports]


def test_the_previous_release_is_served_again(data: Path) -> None:
    assert _reports(data) == [12, 13]
    outcome = CliRunner().invoke(main, ["rollback", "--data", str(data)])
    assert (outcome.exit_code, _reports(data)) == (0, [12])
    assert "clcm 12" in outcome.output


def test_rolling_back_twice_changes_nothing_but_the_history(data: Path) -> None:
    before = len(History(data))
    for _ in range(2):
        CliRunner().invoke(main, ["rollback", "--data", str(data)])
    assert (_reports(data), len(History(data))) == ([12, 13], before + 2)


def test_without_a_previous_release_there_is_an_error_and_nothing_changes(samples: list[Path], tmp_path: Path) -> None:
    assert build(samples[:1], tmp_path).release
    outcome = CliRunner().invoke(main, ["rollback", "--data", str(tmp_path)])
    assert (outcome.exit_code, _reports(tmp_path)) == (1, [12])
    assert "no release before" in outcome.output


def test_a_publication_that_was_interrupted_after_the_exchange_can_be_rolled_back(data: Path) -> None:
    (data / "previous").unlink()
    (data / "previous").symlink_to((data / "current").readlink())
    assert CliRunner().invoke(main, ["rollback", "--data", str(data)]).exit_code == 0
    assert _reports(data) == [12]
