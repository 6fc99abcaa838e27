"""Which kind of file the bytes are, by what they hold and not by what the file is called."""

from __future__ import annotations

import io
import re
import zipfile
from enum import Enum

from mappings.converting.converted import ConversionError

PDF = "application/pdf"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
HTML = "text/html"
TEXT = "text/plain"
MARKDOWN = "text/markdown"

MEDIA_TYPES = {
    TEXT: ".txt",
    MARKDOWN: ".md",
    HTML: ".html",
    WORD: ".docx",
    PDF: ".pdf",
}  # of the reports that are read, with the suffix that their files have


class Kind(Enum):
    """A kind of file that is read."""

    TEXT = TEXT
    HTML = HTML
    WORD = WORD
    PDF = PDF


_SAVE_AS = "open it and save it as .docx, .pdf or .html"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF")
_PACKAGES = {
    "word/": "",
    "xl/": "a spreadsheet: send the report itself, not its tables",
    "ppt/": "a presentation: send the report itself",
    "Contents/": f"a Hangul document: {_SAVE_AS}",
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
# A page without its head: at least three of the elements that make a document, closed, and no line of plain text first.
_ELEMENT = re.compile(r"</(?:p|h[1-6]|li|ol|ul|table|div|section)\s*>", re.IGNORECASE)


def kind_of(data: bytes) -> Kind:
    """The kind of the file with these bytes. Raises ConversionError for a kind that is not read: it says what to do."""
    if data[:1024].lstrip().startswith(b"%PDF-"):
        return Kind.PDF
    if data.startswith(b"PK\x03\x04"):
        return _package(data)
    if data.startswith(_OLE):
        return _old(data)
    if data.startswith(b"{\\rtf"):
        raise ConversionError(f"a file in Rich Text Format: {_SAVE_AS}")
    if data.startswith(_IMAGES):
        raise ConversionError("an image: a report must hold text; read the pages with an OCR program first")
    if data.startswith((b"\x1f\x8b", b"7z\xbc\xaf", b"Rar!", b"BZh")):
        raise ConversionError("a packed archive: unpack it and give the report that is in it")
    start = _beginning(data)
    if _HTML.match(start) or (start.lstrip().startswith("<") and len(_ELEMENT.findall(start)) >= 3):
        return Kind.HTML
    return Kind.TEXT


def _package(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise ConversionError("a damaged Word or zip file: its directory cannot be read; fetch it again") from error
    if "mimetype" in names:
        raise ConversionError(f"an OpenDocument or EPUB file: {_SAVE_AS}")
    for folder, what in _PACKAGES.items():
        if any(name.startswith(folder) for name in names):
            if what:
                raise ConversionError(what)
            return Kind.WORD
    raise ConversionError("a zip archive: unpack it and give the report that is in it")


def _old(data: bytes) -> Kind:
    """Never a kind: the container of Office before 2007, and of encrypted files after it."""
    streams = data.replace(b"\0", b"")
    if b"EncryptedPackage" in streams:
        raise ConversionError("a file with a password: remove the password and save it again")
    if b"Workbook" in streams:
        raise ConversionError("a spreadsheet: send the report itself, not its tables")
    raise ConversionError("a Word file of before 2007 (.doc): open it and save it as .docx")


def _beginning(data: bytes) -> str:
    return data[:20000].decode("utf-8", errors="replace").lstrip("\ufeff")
