"""PDF files to text: PDFium gives the characters with their places and fonts, `mappings.converting.layout` the rest."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from importlib.metadata import version

import pypdfium2 as pdfium
from pypdfium2 import raw

from mappings.converting.converted import ConversionError, Converted
from mappings.converting.layout import Letter, PageSize, text_of

MOST_PAGES = 3000  # of a report; the longest UN report seen has some 500
MOST_LETTERS = 8_000_000  # of a file
_LEAST = 20  # letters a page: a scanned report has none, or the few of a stamp
_ITALIC_NAME = re.compile(r"ital|obli|slanted", re.IGNORECASE)
_BOLD_NAME = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_ITALIC_FLAG = 1 << 6  # PDF 32000-1, table 123
_CLEAN = {
    **{0x00AD: "\u00ad", 0xFFFE: "-", 0x0002: "-", 0x00A0: " "},  # hyphens at line ends, and the space that is not cut
    **{0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl"},
}


def convert(data: bytes) -> Converted:
    """The text of a PDF file, with its pages.

    Raises ConversionError for one that is encrypted, damaged, too long, or has images in place of text.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        reason = str(error)
        if "assword" in reason:
            raise ConversionError("a PDF file with a password: remove the password and save it again") from error
        raise ConversionError(f"a damaged PDF file ({reason}): fetch it again") from error
    with document:
        if len(document) > MOST_PAGES:
            raise ConversionError(f"a PDF file of {len(document)} pages: give the report alone, at most {MOST_PAGES}")
        letters: list[Letter] = []
        sizes: list[PageSize] = []
        for number in range(len(document)):
            size, found = _page(document, number)
            sizes.append(size)
            letters.extend(found)
            if len(letters) > MOST_LETTERS:
                raise ConversionError(f"a PDF file of more than {MOST_LETTERS} letters: give the report alone")
        if len(letters) < _LEAST * len(sizes):
            raise ConversionError(
                "a scanned PDF file: its pages are images without text; "
                "read it with an OCR program that writes a text layer (such as OCRmyPDF) and give what it makes"
            )
    text, pages = text_of(letters, sizes)
    return Converted(text, "recalling-pdf", f"{version('recalling')} (pypdfium2 {version('pypdfium2')})", pages)


def _page(document: pdfium.PdfDocument, number: int) -> tuple[PageSize, list[Letter]]:
    """The size of a page and its letters in the order of the file. A page that is damaged has none."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pdfium.PdfiumError:
        return PageSize(595.0, 842.0), []
    try:
        width, height = page.get_size()
        return PageSize(width, height), list(_letters(text_page, number))
    finally:
        text_page.close()
        page.close()


def _letters(text_page: pdfium.PdfTextPage, number: int) -> Iterator[Letter]:
    count = text_page.count_chars()
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix, flags, name = raw.FS_MATRIX(), ctypes.c_int(), ctypes.create_string_buffer(128)
    handle = text_page.raw
    styles: dict[int, tuple[float, bool, bool, bool]] = {}
    for index in range(count):
        if raw.FPDFText_IsGenerated(handle, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(handle, index)
        word = _CLEAN.get(code) or (chr(code) if 32 <= code < 0xD800 or 0xE000 < code < 0x110000 else "")
        if not word:
            continue
        of = raw.FPDFText_GetTextObject(handle, index)
        key = ctypes.cast(of, ctypes.c_void_p).value or -index - 1
        if key not in styles:
            raw.FPDFText_GetMatrix(handle, index, matrix)
            size = raw.FPDFText_GetFontSize(handle, index) * (matrix.c**2 + matrix.d**2) ** 0.5
            raw.FPDFText_GetFontInfo(handle, index, name, 128, flags)
            font = name.value.decode("utf-8", errors="replace")
            italic = _ITALIC_NAME.search(font) is not None or bool(flags.value & _ITALIC_FLAG)
            bold = _BOLD_NAME.search(font) is not None or raw.FPDFText_GetFontWeight(handle, index) >= 600
            upright = abs(matrix.b) < 0.2 * max(abs(matrix.a), 1e-6)
            styles[key] = (size, italic, bold, upright)
        size, italic, bold, upright = styles[key]
        if not upright or size < 1:  # a watermark across the page, a number up its edge
            continue
        raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top)
        raw.FPDFText_GetCharOrigin(handle, index, x, y)
        yield Letter(
            number, word, x.value, max(right.value, x.value), y.value, bottom.value, top.value, size, italic, bold
        )
