"""The report set anew as the files that people have, to be converted and read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.rendering import chromium_pdf, docx, html, typst_pdf


@dataclass(frozen=True, slots=True)
class Rendering:
    """A format and its producer: `render` gives the bytes of the file, `suffix` the end of its name."""

    name: str
    suffix: str
    render: Callable[[str], bytes]


RENDERINGS = (
    Rendering("Word with automatic numbers", ".docx", docx),
    Rendering("web page", ".html", html),
    Rendering("PDF by Typst", ".pdf", typst_pdf),
    Rendering("PDF by Chromium", ".pdf", chromium_pdf),
)
