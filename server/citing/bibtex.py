"""Works as entries of BibTeX: UTF-8, with what TeX reads as a command escaped."""

from __future__ import annotations

import re

from server.citing.words import place
from server.citing.work import PUBLISHER, Work

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "#": r"\#",
        "$": r"\$",
        "%": r"\%",
        "&": r"\&",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)


def bibtex(work: Work) -> str:
    """An entry: `techreport` for reports, `misc` for texts and documents, which BibTeX has no kind of its own for."""
    report = work.kind == "report"
    number = f"{work.kind.capitalize()} {work.number}".strip() if work.kind not in ("report", "document") else ""
    fields = {
        "author": _grouped(work.organ.name),
        "title": _grouped(work.name),
        "institution" if report else "howpublished": _escaped(
            PUBLISHER if report else ", ".join(part for part in (number, work.symbol) if part)
        ),
        "number": _escaped(work.symbol) if report else "",
        "publisher": "" if report else PUBLISHER,
        "year": (work.date or work.year)[:4],
        "month": work.date[5:7].lstrip("0"),
        "day": work.date[8:10].lstrip("0"),
        "note": _escaped(place(work)),
        "url": work.iri.replace("{", "%7B").replace("}", "%7D"),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{'techreport' if report else 'misc'}{{{key(work)},\n{''.join(lines)}}}\n"


def key(work: Work) -> str:
    """The key of a work in a bibliography: the path of its IRI, with what BibTeX allows in a key."""
    path = work.iri.split("/", 3)[-1]
    return re.sub(r"[^A-Za-z0-9.-]+", "-", path).strip("-")


def _escaped(words: str) -> str:
    return words.translate(_TEX)


def _grouped(words: str) -> str:
    """Words that keep their capitals, and are one name where they stand for an author."""
    return f"{{{_escaped(words)}}}" if words else ""
