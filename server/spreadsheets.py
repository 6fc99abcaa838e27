"""Cells that a spreadsheet does not take for formulae (OWASP, "CSV Injection").

A title that begins with "=" is a formula to Excel and LibreOffice, and one may send what is beside it to a stranger.
Such words get an apostrophe before them, which both programs hide. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from server.sparql.reader import Reader

_LONGEST = 2**31 - 1  # characters of a cell; Python's csv would stop at 131,072
_PIECE = 64 * 1024  # characters that are handed on together

_FORMULA = re.compile(r"[\s\x00-\x1f]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")  # full-width signs count as well
_NUMBER = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")


def neutral(words: str) -> str:
    """A cell's words, with an apostrophe before them where a spreadsheet would reckon.

    Line breaks become line feeds: Python's csv leaves a carriage return outside quotes, where it begins another row.
    """
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    return f"'{words}" if _FORMULA.match(words) and not _NUMBER.fullmatch(words) else words


def neutral_rows(csv_chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A table in CSV, in UTF-8, with neutral cells; in pieces, as it comes."""
    csv.field_size_limit(_LONGEST)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    for row in csv.reader(io.TextIOWrapper(io.BufferedReader(Reader(csv_chunks)), "utf-8", newline="")):
        writer.writerow([neutral(cell) for cell in row])
        if written.tell() > _PIECE:
            yield written.getvalue().encode()
            written.seek(0)
            written.truncate()
    yield written.getvalue().encode()
