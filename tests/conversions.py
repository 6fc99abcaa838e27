"""What other converters make of the same report: changes to a text that leave its outline as it is."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable

MARK = re.compile(r"[⁰¹²³⁴-⁹]+")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
CHAPTER = re.compile(r"^(Chapter [IVXL]+)$", re.MULTILINE)
SECTION = re.compile(r"^([A-H]\. [^\n]{5,300}[^\n.;:,\d])$", re.MULTILINE)
TEXT = re.compile(r"^((?:Draft r|R|Draft d|D)(?:esolution|ecision)(?: [IVX]+| \d+/\d+)?)$", re.MULTILINE)


def _lines(change: Callable[[str], str]) -> Callable[[str], str]:
    return lambda text: "\n".join(change(line) for line in text.split("\n"))


def _body(change: Callable[[str], str]) -> Callable[[str], str]:
    """A change to everything behind the contents, where lines are paragraphs."""

    def changed(text: str) -> str:
        at = text.index("\nExecutive summary\n")
        return text[:at] + change(text[at:])

    return changed


def _wrap(line: str) -> str:
    return line if "\t" in line or len(line) < 90 else "\n".join(textwrap.wrap(line, 88, break_on_hyphens=False))


def _wrap_hyphenated(line: str) -> str:
    if "\t" in line or len(line) < 90:
        return line
    wrapped = textwrap.wrap(line, 88, break_on_hyphens=False)
    for index in range(len(wrapped) - 1):
        found = re.match(r"([a-z]{4,})([a-z]{4,} )", wrapped[index + 1])
        if found:
            wrapped[index] += " " + found[1] + "-"
            wrapped[index + 1] = wrapped[index + 1][len(found[1]) :]
    return "\n".join(wrapped)


def _paged(text: str) -> str:
    """A page number and the report's symbol between every thirtieth pair of paragraphs."""
    parts = text.split("\n\n")
    return "".join(
        part + (f"\n\n{index // 30 + 1}/50\n\nE/2022/30\n\n" if index % 30 == 29 else "\n\n")
        for index, part in enumerate(parts)
    )


CONVERSIONS: dict[str, Callable[[str], str]] = {
    "byte order mark and carriage returns": lambda text: "\ufeff" + text.replace("\n", "\r\n"),
    "Markdown headings": lambda text: TEXT.sub(r"### \1", SECTION.sub(r"## \1", CHAPTER.sub(r"# \1", text))),
    "bold headings": lambda text: TEXT.sub(r"**\1**", SECTION.sub(r"**\1**", CHAPTER.sub(r"**\1**", text))),
    "chapters in capitals": lambda text: CHAPTER.sub(lambda found: found[1].upper(), text),
    "tabs behind numbers": _body(_lines(lambda line: re.sub(r"^((?:- | - )?(?:\d+\.|\([a-z]\))) ", "\\1\t", line))),
    "two spaces behind numbers": _body(_lines(lambda line: re.sub(r"^(\d+\.|\([a-z]\)) ", r"\1   ", line))),
    "escaped full stops": _body(_lines(lambda line: re.sub(r"^(\d+)\. ", r"\1\\. ", line))),
    "blank lines lost": _body(lambda text: re.sub(r"\n{2,}", "\n", text)),
    "paragraphs wrapped": _body(_lines(_wrap)),
    "words cut at line ends": _body(_lines(_wrap_hyphenated)),
    "marks in brackets": lambda text: MARK.sub(lambda found: f"[^{found[0].translate(DIGITS)}]", text),
    "marks in brackets, notes with colons": lambda text: re.sub(
        r"^(\[\^\d+\]) ", r"\1: ", CONVERSIONS["marks in brackets"](text), flags=re.M
    ),
    "marks in tags": lambda text: MARK.sub(lambda found: f"<sup>{found[0].translate(DIGITS)}</sup>", text),
    "marks between carets": lambda text: MARK.sub(lambda found: f"^{found[0].translate(DIGITS)}^", text),
    "dashes before letters": _body(_lines(lambda line: re.sub(r"^(?: ?- )?(\([a-z]\) )", r"- \1", line))),
    "indented dashes before letters": _body(_lines(lambda line: re.sub(r"^(?: ?- )?(\([a-z]\) )", r" - \1", line))),
    "bare letters": _body(_lines(lambda line: re.sub(r"^ ?- (\([a-z]\) )", r"\1", line))),
    "links lost": lambda text: re.sub(r"\[([^\[\]]*)\]\(#\)", r"\1", text),
    "hard spaces": _body(lambda text: re.sub(r"(?<=\w) (?=\d)", "\u00a0", text)),
    "pages numbered": _body(_paged),
}


def straight_quotes(text: str) -> str:
    return text.translate(str.maketrans("“”‘’", "\"\"''"))


def without_italics(text: str) -> str:
    return re.sub(r"(?<![\w*])\*([^*\n]+)\*(?!\*)", r"\1", text)
