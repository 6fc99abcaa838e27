"""Reading a report file: what comes in as it came, and what is refused with a reason."""

from __future__ import annotations

import tracemalloc
from pathlib import Path

import pytest

from mappings.source import SourceError, Span, from_text, read


def written(folder: Path, data: bytes) -> Path:
    path = folder / "report.txt"
    path.write_bytes(data)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(SourceError) as caught:
        read(path)
    return str(caught.value)


def test_a_report_is_named_by_its_file(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"Chapter I\n")).name == "report.txt"


def test_a_byte_order_mark_and_carriage_returns_stay_in_the_text(tmp_path: Path) -> None:
    data = "\ufeffChapter I\r\nLamps\r\n".encode()
    assert read(written(tmp_path, data)).text == "\ufeffChapter I\r\nLamps\r\n"


def test_a_line_is_shown_without_its_carriage_return(tmp_path: Path) -> None:
    assert read(written(tmp_path, b"Chapter I\r\nLamps\r\n")).line(2) == "Lamps"


def test_a_missing_file_is_named_with_the_reason(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.txt") == f"{tmp_path / 'none.txt'}: no such file"


def test_a_folder_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == f"{tmp_path}: a directory, not a report file"


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, b"")).endswith(": the file is empty")


def test_a_blank_file_is_refused(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, b"\xef\xbb\xbf \r\n\t\n")).endswith(": the file holds nothing but white space")


def test_a_file_with_a_nul_byte_is_refused_with_its_place(tmp_path: Path) -> None:
    assert refusal(written(tmp_path, b"%PDF\x00\x01")).endswith(": not a text file: a NUL byte stands at byte 4")


def test_bytes_that_are_not_utf_8_are_refused_with_their_place(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, "Lamps\nCôte".encode("latin-1")))
    assert "byte 7 (0xF4, line 2) is not UTF-8" in message


def test_32_megabytes_in_one_line_are_refused_in_little_memory(tmp_path: Path) -> None:
    path = written(tmp_path, b"lamp " * (32 * 1024 * 1024 // 5))
    tracemalloc.start()
    reason = refusal(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (
        reason == f"{path}: the text has more than 8388608 bytes, which no session report has: give one report a file"
    )
    assert peak < 2 * path.stat().st_size


def test_a_file_too_large_for_any_report_is_refused_unread(tmp_path: Path) -> None:
    path = written(tmp_path, b"")
    with path.open("r+b") as file:
        file.truncate(65 * 1024 * 1024)
    assert "more than 67108864 bytes: give the report without images" in refusal(path)


def test_an_offset_has_a_line_and_a_column_from_1() -> None:
    assert from_text("Lamp\nBell").position(6) == (2, 2)


def test_a_quote_is_the_text_as_it_stands() -> None:
    assert from_text("a *lamp* lit").quote(Span(2, 8)) == "*lamp*"
