"""Where the sentences of a passage begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

# A full stop ends a sentence unless it stands after an initial or one of the abbreviations that UN texts use.
END = re.compile(r"(?<!\b[A-Z])(?<!\bNo)(?<!\bNos)(?<!\bvol)(?<!\bvols)(?<!\bchap)(?<!\bsect)(?<!\bpara)(?<!a\.i)[.][”\"’)]?\s+(?=[“\"(]?[A-ZÀ-Þ])")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The start and end of each sentence, its full stop included, white space between sentences left out."""
    start = 0
    for match in END.finditer(text):
        end = match.start() + len(match.group().rstrip())
        yield start, end
        start = match.end()
    if text[start:].strip():
        yield start, start + len(text[start:].rstrip())
