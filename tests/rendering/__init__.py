"""A report's text set anew as the files that people have: Word with automatic numbering, HTML, PDF by two producers.

Each function takes the undamaged text of a report (as in examples/reports) and returns the bytes of a file. The words,
italics, footnotes, tables and numbers are the report's; the layout is that of someone who typed it into that program:

- `docx(text)`: paragraph numbers, list letters and section letters are automatic (numbering.xml, some by the style),
  footnotes are real ones, headings have styles, tables are tables.
- `html(text)`: `<h1>` to `<h4>`, `<ol>` with `start` and nested `<ol type="a">`, `<sup>` marks with links to notes,
  `<table>`.
- `typst_pdf(text, columns=1)`: set by Typst, with running headers and page numbers, footnotes at the foot of the
  page, hyphenated and justified.
- `chromium_pdf(text)`: the HTML printed by Chromium, with its header and footer, notes at the end.

`manuscript(text)` is what they are made of: the blocks of the report in their order, without the page breaks of the text.
"""

from tests.rendering.html import html
from tests.rendering.manuscript import manuscript
from tests.rendering.pdf import chromium_pdf, typst_pdf
from tests.rendering.word import docx

__all__ = ["chromium_pdf", "docx", "html", "manuscript", "typst_pdf"]
