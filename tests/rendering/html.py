"""A report as a web page: ordered lists, raised marks with links to the notes, tables."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from itertools import groupby

from tests.rendering.manuscript import Block, Manuscript, Note, Role, Run, manuscript

_STYLE = """
@counter-style bracketed { system: extends lower-alpha; prefix: "("; suffix: ") "; }
@counter-style bracketed-roman { system: extends lower-roman; prefix: "("; suffix: ") "; }
body { font: 11pt serif; } ol ol { list-style: bracketed; } ol ol ol { list-style: bracketed-roman; }
sup { font-size: 70%; } td { padding-right: 2em; vertical-align: top; }
"""
_TYPES = ("1", "a", "i")
_ROMAN = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def html(text: str) -> bytes:
    """The report of a text as HTML."""
    report = manuscript(text)
    body = "\n".join((*_body(report), *_notes(report)))
    page = f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Report</title>\n<style>{_STYLE}</style></head>\n'
    return f"{page}<body>\n<nav><a href='#top'>Home</a></nav>\n<main>\n{body}\n</main>\n</body></html>\n".encode()


def _body(report: Manuscript) -> Iterator[str]:
    """The blocks; numbered ones that follow each other make a list, lettered ones a list inside its last entry."""
    lists: list[tuple[int, int]] = []  # the level of each list that is open, and its last number
    for role, group in groupby(report.blocks, key=lambda block: block.role):
        if role is Role.ROW:
            yield from _closed(lists, 0)
            yield from _rows(report, list(group))
            continue
        for block in group:
            inner = _inline(report, block.runs)
            if block.label and role is not Role.HEADING:
                yield from _entry(lists, block, inner)
                continue
            yield from _closed(lists, 0)
            label = f"{block.label}. " if block.label else ""
            tag = f"h{block.level}" if role is Role.HEADING else "p"
            yield f"<{tag}>{label}{inner}</{tag}>"
    yield from _closed(lists, 0)


def _entry(lists: list[tuple[int, int]], block: Block, inner: str) -> Iterator[str]:
    """An entry in the list that is open, or in a list that begins with it."""
    value = _value(block)
    depth = sum(level < block.level for level, _ in lists)
    yield from _closed(lists, depth + 1)
    if len(lists) > depth and lists[-1] == (block.level, value - 1):
        lists[-1] = (block.level, value)
        yield f"</li>\n<li>{inner}"
        return
    yield from _closed(lists, depth)
    start = f' start="{value}"' if value != 1 else ""
    style = ' style="list-style: bracketed"' if block.level == 1 and not lists else ""
    lists.append((block.level, value))
    yield f'<ol type="{_TYPES[block.level]}"{start}{style}>\n<li>{inner}'


def _closed(lists: list[tuple[int, int]], depth: int) -> Iterator[str]:
    while len(lists) > depth:
        lists.pop()
        yield "</li></ol>"


def _value(block: Block) -> int:
    """The place of a label in its kind of numbers."""
    if block.label.isdigit():
        return int(block.label)
    if block.level == 2:
        return _ROMAN.index(block.label)
    return ord(block.label[0]) - ord("a") + 1


def _rows(report: Manuscript, rows: list[Block]) -> Iterator[str]:
    cells = ("".join(f"<td>{_inline(report, cell)}</td>" for cell in row.cells) for row in rows)
    yield "<table>" + "".join(f"<tr>{row}</tr>\n" for row in cells) + "</table>"


def _inline(report: Manuscript, runs: tuple[Run, ...]) -> str:
    return "".join(_run(report.notes, run) for run in runs)


def _run(notes: tuple[Note, ...], run: Run) -> str:
    if run.note is not None:
        return f'<sup><a href="#note-{run.note}" id="mark-{run.note}">{notes[run.note].mark}</a></sup>'
    words = escape(run.words, quote=False).replace("\u00a0", "&nbsp;").replace("–", "&ndash;")
    return f"<em>{words}</em>" if run.italic else words


def _notes(report: Manuscript) -> Iterator[str]:
    yield '<section class="footnotes"><hr>'
    for index, note in enumerate(report.notes):
        back = f'<a href="#mark-{index}">↩</a>'
        yield f'<p id="note-{index}"><sup>{note.mark}</sup> {_inline(report, note.runs)} {back}</p>'
    yield "</section>"
