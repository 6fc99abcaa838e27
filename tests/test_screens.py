"""The first screen of `recalling check` for a good report and for a bad one, as a librarian sees it."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from server.cli import main
from tests.extraction import COVER

SCREENS = Path(__file__).parent / "screens"
BAD = (
    COVER
    + """Contents

I. Matters brought to attention1
II. Action taken2
III. Attendance3

Chapter I

Matters brought to attention

1. The lamps were blue.

2. The lamps were red.

Chapter II

Action taken

4. At its 2nd meeting, on 8 March 2022, the Commission adopted draft resolution E/CN.99/2022/L.3, by a recorded vote of 1 to 1, with 1 abstention. The voting was as follows: In favour: Chad. Against: Chad. Abstaining: Malta.

5. At the same meeting, the representative of Peru made a statement.
"""
)


@pytest.mark.parametrize(("name", "status"), [("good", 0), ("bad", 1)])
def test_check_shows_one_screen(name: str, status: int, samples: list[Path], tmp_path: Path, rewrite: bool) -> None:
    report = samples[0]
    if name == "bad":
        report = tmp_path / "bad.txt"
        report.write_text(BAD, encoding="utf-8")
    shown = CliRunner().invoke(main, ["check", str(report)])
    screen = shown.output.replace(str(report.parent), "REPORTS")
    path = SCREENS / f"{name}.txt"
    if rewrite:
        path.write_text(screen, encoding="utf-8")
    assert shown.exit_code == status
    assert screen == path.read_text(encoding="utf-8")
    assert len(screen.splitlines()) <= 45  # one screen


def test_every_fault_is_printed_when_asked(tmp_path: Path) -> None:
    report = tmp_path / "bad.txt"
    report.write_text(BAD, encoding="utf-8")
    first, everything = (CliRunner().invoke(main, ["check", *more, str(report)]).output for more in ((), ("--all",)))
    assert "more of this kind (--all prints them)" in first
    assert "more of this kind" not in everything
    assert len(everything.splitlines()) > len(first.splitlines())
