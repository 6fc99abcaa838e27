"""Text without the characters that XML 1.0 cannot hold, not even escaped: with one of them no parser reads the whole.

In every other form of RDF and of results a literal keeps them. In XML they are left out (XML 1.0, 2.2:
controls but for tab, line feed and carriage return, and U+FFFE and U+FFFF).
"""

from __future__ import annotations

import re

_UNFIT = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_CONTROLS = bytes(code for code in range(0x20) if chr(code) not in "\t\n\r")
_NO_CHARACTERS = (b"\xef\xbf\xbe", b"\xef\xbf\xbf")  # U+FFFE and U+FFFF in UTF-8


def fit(words: str) -> str:
    """Words as XML can hold them."""
    return _UNFIT.sub("", words)


def fit_bytes(document: bytes) -> bytes:
    """Text in UTF-8 as XML can hold it; of pieces each must begin with a whole character."""
    document = document.translate(None, _CONTROLS)
    for unfit in _NO_CHARACTERS:
        document = document.replace(unfit, b"")
    return document


def cut(document: bytes) -> int:
    """Where the last character that may not be whole begins, or the end of the text."""
    for back in range(1, min(4, len(document)) + 1):
        byte = document[-back]
        if byte & 0xC0 != 0x80:  # the first of a character
            return len(document) - back if byte >= 0xC0 else len(document)
    return len(document)
