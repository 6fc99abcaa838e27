"""Files as people have them: what their converters put back, and what they refuse with a reason."""

from __future__ import annotations

import io
import os
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from rdflib import PROV, URIRef

from mappings.converting import pdf, web, word
from mappings.converting.converted import ConversionError
from mappings.converting.kinds import HTML, PDF, WORD
from mappings.evidence import evidence_graph
from mappings.extract import extract
from mappings.facts import Facts
from mappings.outline import outline
from mappings.source import Original, Source, SourceError, from_text, read
from ontology.terms import BASE, OA, REC
from server.publishing.sources import keep_source
from tests.rendering import chromium_pdf, docx, html, typst_pdf

ROOT = Path(__file__).parents[1]
SAMPLE = (ROOT / "examples/reports/clcm-12.txt").read_text(encoding="utf-8")
DOCUMENTS = Path(os.environ.get("RECALLING_SHARED", ROOT / "../shared")) / "documents"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(body: str, **parts: str) -> bytes:
    """A Word file with this body and these parts."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {W}>{inner}</w:{name}>")
    return made.getvalue()


def numbered(words: str, level: int, number: int = 1) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"


def level(at: int, form: str, shown: str) -> str:
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{shown}"/></w:lvl>'


LISTS = (
    f'<w:abstractNum w:abstractNumId="7">{level(0, "decimal", "%1.")}{level(1, "lowerLetter", "(%2)")}'
    f'{level(2, "lowerRoman", "(%3)")}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
    "</w:lvlOverride></w:num>"
)


def blocks(text: str) -> list[str]:
    return [block for block in text.split("\n") if block]


def test_numbers_and_letters_that_word_counts_are_put_back() -> None:
    body = "".join(
        (
            numbered("Lamps:", 0),
            numbered("Oil;", 1),
            numbered("Gas:", 1),
            numbered("Old;", 2),
            numbered("New.", 2),
            numbered("Bells:", 0),
            numbered("Loud.", 1),
        )
    )
    found = blocks(word.convert(packed(body, numbering=LISTS)).text)
    assert found == ["1. Lamps:", "(a) Oil;", "(b) Gas:", "(i) Old;", "(ii) New.", "2. Bells:", "(a) Loud."]


def test_a_list_that_says_where_it_begins_begins_anew_and_the_kind_goes_on_from_there() -> None:
    body = numbered("One.", 0) + numbered("Two.", 0) + numbered("Anew.", 0, 2) + numbered("On.", 0, 2)
    assert blocks(word.convert(packed(body, numbering=LISTS)).text) == ["1. One.", "2. Two.", "1. Anew.", "2. On."]


def test_a_number_that_is_typed_with_tabs_is_no_row_of_a_table() -> None:
    body = "<w:p><w:r><w:tab/><w:t>16.1</w:t><w:tab/><w:t>The lamps burn.</w:t></w:r></w:p>"
    assert blocks(word.convert(packed(body)).text) == ["16.1 The lamps burn."]


def test_italics_of_a_verb_stay_though_word_cut_it_into_runs() -> None:
    run = '<w:r><w:rPr><w:i/></w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    body = f"<w:p>{run.format('Takes no')}{run.format('te ')}<w:r><w:t>of the lamps;</w:t></w:r></w:p>"
    assert blocks(word.convert(packed(body)).text) == ["*Takes note* of the lamps;"]


def test_what_was_deleted_or_hidden_is_not_read_and_what_was_inserted_is() -> None:
    body = (
        "<w:p><w:r><w:t>Lamps </w:t></w:r><w:del><w:r><w:delText>burn</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>glow</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t> secretly</w:t></w:r></w:p>"
    )
    assert blocks(word.convert(packed(body)).text) == ["Lamps glow"]


def test_a_footnote_stands_behind_its_paragraph_with_the_number_that_word_counts() -> None:
    body = '<w:p><w:r><w:t>Lamps.</w:t></w:r><w:r><w:footnoteReference w:id="5"/></w:r></w:p>'
    note = '<w:footnote w:id="5"><w:p><w:r><w:footnoteRef/></w:r><w:r><w:t> A/77/1.</w:t></w:r></w:p></w:footnote>'
    assert blocks(word.convert(packed(body, footnotes=note)).text) == ["Lamps.[^1]", "[^1]: A/77/1."]


def test_ordered_lists_of_a_page_have_the_numbers_that_a_browser_counts() -> None:
    page = b"""<!DOCTYPE html><ol start="7"><li>Lamps:<ol type="a"><li>Oil;<ol type="i"><li>Old.</li></ol></li>
    <li value="4">Gas.</li></ol></li><li><p>Bells.</p></li></ol><ul><li>A rope</li></ul>"""
    assert blocks(web.convert(page).text) == ["7. Lamps:", "(a) Oil;", "(i) Old.", "(d) Gas.", "8. Bells.", "A rope"]


def test_a_raised_mark_of_a_page_has_its_note_behind_its_paragraph() -> None:
    page = (
        '<html><p>Lamps<sup><a href="#n1">1</a></sup> &amp; the 2<sup>nd</sup> bell.</p><p>Tides.</p>'
        '<div><p id="n1"><sup>1</sup> A/77/1. <a href="#m1">↩</a></p></div></html>'
    ).encode()
    assert blocks(web.convert(page).text) == ["Lamps[^1] & the 2nd bell.", "[^1]: A/77/1.", "Tides."]


def test_a_table_of_a_page_is_rows_and_what_is_not_shown_is_not_read() -> None:
    page = b"<html><script>x</script><h2>B. Posts</h2><table><tr><th>Chair</th><td>Malta</td></tr></table></html>"
    assert blocks(web.convert(page).text) == ["## B. Posts", "Chair\tMalta"]


RENDERINGS: dict[str, tuple[Callable[[str], bytes], str]] = {
    "docx": (docx, WORD),
    "html": (html, HTML),
    "typst": (typst_pdf, PDF),
    "columns": (lambda text: typst_pdf(text, columns=2), PDF),
    "chromium": (chromium_pdf, PDF),
}


@pytest.fixture(scope="module")
def undamaged() -> Facts:
    source = from_text(SAMPLE)
    return extract(source, outline(source))


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_report_set_anew_tells_the_same_facts(rendering: str, undamaged: Facts, tmp_path: Path) -> None:
    make, media_type = RENDERINGS[rendering]
    path = tmp_path / "report.txt"  # the wrong suffix: what the file holds decides
    path.write_bytes(make(SAMPLE))
    source = read(path)
    facts = extract(source, outline(source))
    assert source.original is not None
    assert source.original.media_type == media_type
    for table in ("statements", "actions", "sponsorships", "documents", "meetings", "views", "clauses"):
        assert len(getattr(facts, table)) == len(getattr(undamaged, table)), table
    assert [clause.verb for clause in facts.clauses] == [clause.verb for clause in undamaged.clauses]
    assert bool(source.original.pages) == (media_type == PDF)


def test_the_pages_of_a_pdf_rise_and_hold_the_words_printed_on_them(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(typst_pdf(SAMPLE))
    source = read(path)
    assert source.original is not None
    offsets = [offset for offset, _ in source.original.pages]
    assert offsets == sorted(offsets)
    assert source.original.page(source.text.index("Many speakers reported")) == printed_on(
        path, "Many speakers reported"
    )


def printed_on(path: Path, words: str) -> int:
    """The page of a PDF that these words stand on, as PDFium finds them."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return next(number for number, text in enumerate(texts, 1) if words in text)


def refusal(data: bytes, folder: Path, name: str = "report.pdf") -> str:
    path = folder / name
    path.write_bytes(data)
    with pytest.raises(SourceError) as caught:
        read(path)
    return str(caught.value).removeprefix(f"{path}: ")


def zipped(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(name, "x")
    return made.getvalue()


def scanned() -> bytes:
    """A PDF file of one page without text."""
    import pypdfium2

    document = pypdfium2.PdfDocument.new()
    document.new_page(595, 842)
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (scanned(), "a scanned PDF file: its pages are images without text; read it with an OCR program"),
        (b"%PDF-1.7\nnothing", "a damaged PDF file"),
        (zipped("xl/workbook.xml"), "a spreadsheet: send the report itself, not its tables"),
        (zipped("report.txt"), "a zip archive: unpack it and give the report that is in it"),
        (b"PK\x03\x04 broken", "a damaged Word or zip file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1W\0o\0r\0d\0", "a Word file of before 2007 (.doc): open it and save it as"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "a file with a password"),
        (b"\x89PNG\r\n\x1a\n", "an image: a report must hold text"),
        (b"{\\rtf1 Lamps}", "a file in Rich Text Format: open it and save it as .docx"),
        (packed("<w:p/>"), "a Word file without text"),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_a_file_of_another_kind_is_refused_with_what_to_do(data: bytes, says: str, tmp_path: Path) -> None:
    assert refusal(data, tmp_path).startswith(says)


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package, package.open("word/document.xml", "w") as part:
        for _ in range(70):
            part.write(b" " * 1024 * 1024)
    with pytest.raises(ConversionError, match="unpacks to more than"):
        word.convert(made.getvalue())


def test_entities_of_a_package_are_not_expanded() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(
            "word/document.xml",
            f'<!DOCTYPE d [<!ENTITY a SYSTEM "file:///etc/passwd">]><w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t>'
            "</w:r></w:p></w:body></w:document>",
        )
    with pytest.raises(ConversionError, match="has a document type"):
        word.convert(made.getvalue())


@pytest.mark.parametrize("name", ["A_80_6_plan-outline.docx", "A_80_6_section-16.docx"])
def test_official_word_files_are_read_with_their_headings_notes_and_tables(name: str) -> None:
    path = DOCUMENTS / name
    if not path.exists():
        if os.environ.get("RECALLING_REQUIRE_SHARED"):
            pytest.fail(f"{path} is missing")
        pytest.skip("the official documents are not at hand")
    source: Source = read(path)
    lines = source.text.splitlines()
    assert sum(line.startswith("#") for line in lines) > 5
    assert any("\t" in line for line in lines)


def test_pdf_converter_refuses_what_is_no_pdf() -> None:
    with pytest.raises(ConversionError, match="damaged PDF"):
        pdf.convert(b"lamps")


def test_evidence_points_into_the_converted_text_with_the_page_of_the_pdf(undamaged: Facts) -> None:
    data = typst_pdf(SAMPLE)
    made = pdf.convert(data)
    original = Original(data, "0" * 64, PDF, made.converter, made.version, made.pages)
    source = from_text(made.text, "clcm-12.pdf", original)
    facts = extract(source, outline(source))
    graph = evidence_graph(facts, source)
    (text,) = graph.subjects(PROV.wasDerivedFrom, None)
    assert str(text).startswith(f"{BASE}report/clcm/12/original/{'0' * 16}/text/recalling-pdf/")
    assert graph.value(text, PROV.specializationOf) == URIRef(f"{BASE}report/clcm/12")
    targets = set(graph.subjects(OA.hasSource, text))
    assert len(targets) > 100
    assert set(graph.subjects(REC.page, None)) == targets
    assert {int(str(page)) for page in graph.objects(None, REC.page)} <= set(range(1, 20))


def test_evidence_of_a_text_file_points_into_the_report(undamaged: Facts) -> None:
    graph = evidence_graph(undamaged, from_text(SAMPLE))
    assert set(graph.objects(None, OA.hasSource)) == {URIRef(f"{BASE}report/clcm/12")}
    assert not set(graph.subjects(REC.page, None))


def test_a_source_is_kept_by_its_digest_with_its_text_and_pages(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_bytes(html(SAMPLE))
    source = read(path)
    assert source.original is not None
    keep_source(tmp_path, source)
    keep_source(tmp_path, source)
    (kept,) = (tmp_path / "sources").iterdir()
    assert kept.name == source.original.sha256
    assert (kept / "original.html").read_bytes() == path.read_bytes()
    assert (kept / "text.txt").read_text(encoding="utf-8") == source.text
