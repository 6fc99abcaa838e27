"""What is said of a speaker after its name: how and in whose name it spoke."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mappings.formulas.formula import first, leftmost, says

_PARTS = re.compile(r";\s+|,\s+(?=on behalf|also|speaking|via|by|online|in person|through|pre-recorded)")


@dataclass(frozen=True, slots=True)
class Aside:
    """A speaker's words without what was said beside them; `mode` and `on_behalf_of` as printed, empty where none."""

    words: str
    mode: str
    on_behalf_of: str


def asides(words: str) -> Aside:
    """The words of one speaker, parted from the parentheses and clauses that tell how and in whose name it spoke."""
    mode = behalf = ""
    if clause := leftmost("clause behind a speaker", words):
        words = words[: clause.start]
    words = words.rstrip(" ,")
    while aside := first("aside", words):
        read = _parenthesis(aside.words("words"))
        if read is None:
            break
        mode, behalf = read[0] or mode, read[1] or behalf
        words = words[: aside.start].rstrip(" ,")
    others = first("in the name of others", words)
    if others and words.count("(", 0, others.start) == words.count(")", 0, others.start):
        words, behalf = words[: others.start], behalf or others.words("whom")
    return Aside(words.strip(" ,"), mode, behalf)


def _parenthesis(words: str) -> tuple[str, str] | None:
    """The mode and those represented that a parenthesis names; None where it names neither."""
    if says("mode", words):
        return words, ""
    mode = behalf = ""
    for part in _PARTS.split(words):
        if says("mode", part):
            mode = part
        elif whom := _whom(part):
            behalf = whom
        else:
            return ("", whom) if (whom := _whom(words)) else None
    return mode, behalf


def _whom(words: str) -> str:
    """Those in whose name words that begin so say that somebody spoke; empty where they do not."""
    others = first("in the name of others", words)
    return others.words("whom") if others and others.start == 0 else ""
