"""What is said of a speaker after its name: how and in whose name it spoke."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mappings.formulae import formula

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
    for clause in ("relative clause", "in a capacity", "what kind of organization"):
        words = formula("speakers", clause).sub("", words)
    words = words.rstrip(" ,")
    while aside := formula("speakers", "aside").search(words):
        read = _parenthesis(aside["words"])
        if read is None:
            break
        mode, behalf = read[0] or mode, read[1] or behalf
        words = words[: aside.start()].rstrip(" ,")
    others = formula("speakers", "in the name of others").search(words)
    if others and words.count("(", 0, others.start()) == words.count(")", 0, others.start()):
        words, behalf = words[: others.start()], behalf or others["whom"]
    return Aside(words.strip(" ,"), mode, behalf)


def _parenthesis(words: str) -> tuple[str, str] | None:
    """The mode and those represented that a parenthesis names; None where it names neither."""
    mode, whom = formula("speakers", "mode"), formula("speakers", "in the name of others")
    if mode.match(words):
        return words, ""
    found = ["", ""]
    for part in _PARTS.split(words):
        if mode.match(part):
            found[0] = part
        elif (others := whom.match(part)) and others.start() == 0:
            found[1] = others["whom"]
        else:
            return ("", others["whom"]) if (others := whom.match(words)) else None
    return found[0], found[1]
