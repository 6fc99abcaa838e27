"""The files that reports are set into hold the reports' words, and the numbers as their programs count them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import etree

from tests.rendering import docx, html, manuscript, typst_pdf

pytestmark = pytest.mark.slow  # renders and reads whole documents

SAMPLE = (Path(__file__).parents[1] / "examples/reports/clcm-12.txt").read_text(encoding="utf-8")
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@pytest.fixture(scope="module")
def words() -> list[str]:
    """The runs of the sample report, in their order."""
    report = manuscript(SAMPLE)
    return [run.words for block in report.blocks for cell in block.cells for run in cell if run.words]


def test_a_word_file_holds_the_words_in_their_order_and_no_typed_paragraph_number(words: list[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(docx(SAMPLE))) as package:
        document = etree.fromstring(package.read("word/document.xml"))
    texts = [node.text or "" for node in document.iter(f"{WORD}t")]
    typed = "".join(text for text in texts if text)
    place = 0
    for run in words:
        place = typed.index(run, place)
    assert "1. The Commission on Lighthouses" not in typed


def test_a_web_page_holds_the_words_in_their_order(words: list[str]) -> None:
    shown = "".join(etree.HTML(html(SAMPLE).decode()).itertext())
    place = 0
    for run in words:
        place = shown.index(run, place)


def test_a_printed_report_is_a_pdf() -> None:
    assert typst_pdf(SAMPLE).startswith(b"%PDF-")
