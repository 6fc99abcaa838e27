"""A report as PDF, by Typst and by Chromium: two producers that place, hyphenate and number in their own ways."""

from __future__ import annotations

from collections.abc import Iterator

import typst
from playwright.sync_api import sync_playwright

from tests.rendering.html import html
from tests.rendering.manuscript import Block, Manuscript, Role, Run, manuscript

_MARGIN = "22mm"


def chromium_pdf(text: str) -> bytes:
    """The report of a text as Chromium prints its web page, with a running header and page numbers."""
    small = '<div style="font-size: 8px; width: 100%; text-align: center">'
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.set_content(html(text).decode())
        printed = page.pdf(
            format="A4",
            margin={"top": _MARGIN, "bottom": _MARGIN, "left": _MARGIN, "right": _MARGIN},
            display_header_footer=True,
            header_template=f"{small}E/2099/99</div>",
            footer_template=f'{small}<span class="pageNumber"></span>/<span class="totalPages"></span> V.99-01234</div>',
        )
        browser.close()
    return printed


def typst_pdf(text: str, columns: int = 1) -> bytes:
    """The report of a text as Typst sets it: footnotes on their pages, words cut at line ends, running headers."""
    report = manuscript(text)
    lines = [
        "#set page(paper: "
        + '"a4", margin: 24mm, columns: '
        + f"{columns}, header: text(8pt)[E/2099/99 #h(1fr) Report of the Commission], "
        + "footer: context text(8pt)[V.99-01234 #h(1fr) #counter(page).display()/#counter(page).final().first()])",
        '#set text(size: 10pt, lang: "en", hyphenate: true)',
        "#set par(justify: true)",
        "#show heading: set block(above: 1.4em, below: 1em)",
        *_lines(report),
    ]
    return bytes(typst.compile("\n\n".join(lines).encode()))


def _lines(report: Manuscript) -> Iterator[str]:
    rows: list[Block] = []
    for block in report.blocks:
        if rows and (block.role is not Role.ROW or len(block.cells) != len(rows[0].cells)):
            yield _table(report, rows)
            rows = []
        if block.role is Role.ROW:
            rows.append(block)
            continue
        inner = _inline(report, block.runs)
        label = _quoted(_label(block))
        if block.role is Role.HEADING:
            yield f"#heading(level: {block.level})[{label}{inner}]"
        elif block.role is Role.ITEM and block.level:
            yield f"#pad(left: {block.level * 6}mm)[{label}{inner}]"
        else:
            yield f"#par[{label}{inner}]"
    if rows:
        yield _table(report, rows)


def _label(block: Block) -> str:
    if not block.label:
        return ""
    return f"({block.label}) " if block.role is Role.ITEM and block.level else f"{block.label}. "


def _table(report: Manuscript, rows: list[Block]) -> str:
    width = len(rows[0].cells)
    columns = "(1fr, auto)" if width == 2 else f"{width}"
    cells = ", ".join(f"[{_inline(report, cell)}]" for row in rows for cell in row.cells)
    return f"#table(columns: {columns}, stroke: none, column-gutter: 6mm, {cells})"


def _inline(report: Manuscript, runs: tuple[Run, ...]) -> str:
    return "".join(_run(report, run) for run in runs)


def _run(report: Manuscript, run: Run) -> str:
    if run.note is None:
        return f"#emph[{_quoted(run.words)}]" if run.italic else _quoted(run.words)
    note = report.notes[run.note]
    return f'#footnote(numbering: _ => "{note.mark}")[{_inline(report, note.runs)}]'


def _quoted(words: str) -> str:
    """Words that Typst takes as they are."""
    if not words:
        return ""
    quoted = words.replace("\\", "\\\\").replace('"', '\\"')
    return f'#text("{quoted}")'
