"""The report checked against its own table of contents and executive summary."""

from __future__ import annotations

from pathlib import Path

import pytest

from mappings.announcements import announcements
from mappings.outline import outline
from mappings.source import from_text, read
from mappings.tree import Kind

SAMPLES = sorted((Path(__file__).parents[1] / "examples" / "reports").glob("*.txt"))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_all_that_a_sample_announces_is_there(sample: Path) -> None:
    count, gaps = announcements(outline(read(sample)))
    assert count.total > 30
    assert gaps == ()


def test_a_chapter_that_is_cut_off_is_listed_as_missing() -> None:
    whole = read(SAMPLES[0]).text
    cut = whole[: whole.index("\nChapter V\n")]
    _, gaps = announcements(outline(from_text(cut)))
    assert any(gap.text == "Other business" for gap in gaps)
    assert all(gap.stage == "contents" for gap in gaps)


@pytest.mark.parametrize("session", [31, 33])
def test_all_that_a_real_report_announces_is_there(shared: Path, session: int) -> None:
    _, gaps = announcements(outline(read(shared / "reports" / f"ccpcj-{session}.txt")))
    assert gaps == ()


def test_a_page_number_that_is_glued_to_a_title_of_the_contents_is_none_of_its_words() -> None:
    glued = "Contents\n\nI. Proceedings1\nII. Lamps of 20312\nIII. Attendance13\n\nChapter I\n\nProceedings\n\n"
    tree = outline(from_text(f"{glued}1. The meeting was opened.\n\nChapter II\n\nAttendance\n\n2. All were there.\n"))
    titles = [entry.title.text for entry in tree.of(Kind.CONTENTS_ENTRY)]
    assert titles == ["Proceedings", "Lamps of 20312", "Attendance"]
