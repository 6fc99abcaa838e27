"""Runs of words with their emphasis, written as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

_EDGES = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_ORDINAL = re.compile(r"st|nd|rd|th|er|e|o|TM|SM", re.IGNORECASE)
_MARK = re.compile(r"\s*([0-9]{1,3}|[a-z]|\*{1,3})\s*")
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style. `note` is the mark of a footnote; such a run has no words."""

    words: str
    italic: bool = False
    bold: bool = False
    raised: bool = False
    note: str = ""


def written(runs: Iterable[Run], *, plain: bool = False) -> str:
    """The runs as Markdown; `plain` leaves emphasis out, as headings have it."""
    joined = list(_joined(runs))
    shown = [run for run in joined if run.words.strip() and not run.raised]
    # A paragraph that is italic as a whole stresses nothing; one that is bold as a whole is a heading.
    italic_throughout = all(run.italic for run in shown)
    bold_throughout = bool(shown) and all(run.bold for run in shown)
    text = "".join(_run(run, italic=not plain and run.italic and not italic_throughout) for run in joined)
    return f"**{text.strip()}**" if bold_throughout and not plain and text.strip(" *") else text


def _joined(runs: Iterable[Run]) -> Iterator[Run]:
    """The runs, neighbours in one style as one: Word cuts a word wherever someone has edited it."""
    last: Run | None = None
    for run in runs:
        if last is not None and not run.note and replace(run, words="") == replace(last, words=""):
            last = replace(last, words=last.words + run.words)
            continue
        if last is not None and not last.note and not run.note and not run.words.strip():
            last = replace(last, words=last.words + run.words)  # the style of a space is not seen
            continue
        if last is not None:
            yield last
        last = run
    if last is not None:
        yield last


def _run(run: Run, *, italic: bool) -> str:
    if run.note:
        return f"[^{run.note}]"
    if run.raised:
        return _raised(run.words)
    found = _EDGES.fullmatch(run.words)
    if not italic or found is None or not found[2]:
        return run.words
    return f"{found[1]}*{found[2]}*{found[3]}"


def _raised(words: str) -> str:
    """A raised mark as one of a footnote; a raised ordinal ending, trade mark or power as words."""
    bare = words.strip()
    if _ORDINAL.fullmatch(bare) and bare != "e":
        return words
    found = _MARK.fullmatch(words)
    if found is None:
        return words.translate(_RAISED) if bare.isdigit() else words
    return f"<sup>{found[1]}</sup>"
