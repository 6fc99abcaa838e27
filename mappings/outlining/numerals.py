"""Text taken from a PDF, read as if its footnote marks were raised and its labels stood before their words.

Footnotes have plain numerals there: "lamps;1" in the text, "1" above or before the note.
Marks and notes are told by their count, which runs from 1 through the report, and by each other: a note is one where
its mark stands before it in the text, behind a word, or where a ruler or the note before it stands right above.
"""

from __future__ import annotations

import re

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
MARKED = re.compile(r"[⁰¹²³⁴-⁹]|\[\^[^\[\]\s]{1,8}\]|<sup>|\w\^\d")  # marks that need no guess
LABEL_LINE = re.compile(
    r"(?:^|(?<=[.;:,⁰¹²³⁴-⁹]\n)|(?<=\n\n))[ \t]*(?:\d{1,3}\.|\([a-z]{1,4}\)|[A-H]\.)[ \t]*"
    r"(?P<break>\n(?:[ \t]*\n)?)(?=[ \t]*[A-Z“\"])"
)
NOTE_LINE = re.compile(
    r"^[ \t]*(?P<mark>\d{1,3})(?:[ \t]*(?P<break>\r?\n(?:[ \t]*\r?\n)?)[ \t]*|[ \t]+)(?=[A-Z“\"(*_\[‘][^\n]{2})", re.M
)
SLASHED_NOTE = re.compile(
    r"^[ \t]*(?P<mark>\d{1,3})(?P<stroke>/)[ \t]+(?=[A-Z“\"(*_‘][^\n]{2})", re.M
)  # of a typewriter
FEWEST_SLASHED = 2  # notes: one may be an item of a list
NUMBERED = re.compile(  # words behind which a numeral is a part of the text
    r"/[^\s()]*[^\s(),;]$|\b(?:[Nn]os?|[Pp]aras?|[Aa]rts?|[Vv]ols?|[Cc]haps?|[Ff]igs?)\.$"
)
AGAIN = re.compile(r"(?<=[a-zé])[,;:)”]?(?P<mark>[1-9]\d{0,2})(?=[\s,;.:)]|$)")
NEXT_PAGE = 4000  # characters in which a mark is looked for behind its note
RULER = re.compile(r"(?:_\s?){4,}|[-–—]{4,}")


def with_raised_marks(text: str) -> str:
    """The text, as long as it was, with the numerals that mark footnotes raised; unchanged where any mark is raised."""
    if MARKED.search(text):
        return text
    letters = list(text)
    expected, marked_to, note_end = 1, 0, -1
    for line in NOTE_LINE.finditer(text):
        if int(line["mark"]) != expected:
            continue
        mark = _mark(text, expected, marked_to, line.start())
        if not mark:
            if not _below_ruler(text, line.start()) and not _below_note(text, note_end, line.start()):
                continue
            mark = _mark(text, expected, line.end(), line.end() + NEXT_PAGE)
        for found in (mark, line):
            if found:
                _put(letters, found.start("mark"), found["mark"].translate(RAISED))
        if line["break"]:
            _put(letters, line.start("break"), " " * len(line["break"]))
        marked_to = mark.end() if mark else marked_to
        expected, note_end = expected + 1, line.end()
    _raise_again(text, letters, expected)
    return "".join(letters)


def with_strokes_raised(text: str) -> str:
    """The text, as long as it was, with the marks of typewritten reports raised: "Palestine 1/", below it "1/ See …".

    Such a note is one where its mark stands before it, behind a word and a space.
    """
    notes = list(SLASHED_NOTE.finditer(text))
    if len(notes) < FEWEST_SLASHED or MARKED.search(text):
        return text
    letters = list(text)
    since = 0
    for note in notes:
        mark = re.compile(rf"(?<=[\w.,;:)”\"])(?P<blank>\s?)(?P<mark>{note['mark']})/(?=[\s,;.:)”\"])")
        behind = [one for one in mark.finditer(text, since, note.start()) if not _is_in_symbol(text, one)]
        if not behind:
            continue
        since = behind[-1].end()
        raised = note["mark"].translate(RAISED)
        width = behind[-1].end() - behind[-1].start()
        _put(letters, behind[-1].start(), raised.ljust(width))
        _put(letters, note.start("mark"), raised.ljust(len(raised) + 1))
    return "".join(letters)


def _is_in_symbol(text: str, found: re.Match[str]) -> bool:
    """Whether the numeral is a part of a symbol or a number with a stroke ("resolution 32/118", "E/CN.4/")."""
    return not found["blank"] and bool(re.search(r"[/.\d]\S*$", text[max(found.start() - 30, 0) : found.start()]))


def _raise_again(text: str, letters: list[str], end: int) -> None:
    """Raise the numerals below `end` that mark a note for a second time."""
    for found in AGAIN.finditer(text) if end > 1 else ():
        if int(found["mark"]) < end and not NUMBERED.search(text[max(found.start() - 40, 0) : found.start()]):
            _put(letters, found.start("mark"), found["mark"].translate(RAISED))


def with_joined_labels(text: str) -> str:
    """The text, as long as it was, with a number or letter that has a line for itself on the line of its words."""
    letters = list(text)
    for line in LABEL_LINE.finditer(text):
        _put(letters, line.start("break"), " " * len(line["break"]))
    return "".join(letters)


def _mark(text: str, number: int, start: int, end: int) -> re.Match[str] | None:
    """The first numeral that stands right behind a word or its punctuation, not inside a symbol."""
    behind = r"(?:(?<=[a-zé][,;.:)”’\"])|(?<=[a-zé)\]”\"])|(?<=[)”\"][,;.:])|(?<=\d[,;])|(?<=[A-Z][A-Z]))"
    candidates = re.compile(rf"{behind}(?P<mark>{number})(?=[\s,;.:)”\"]|$)").finditer(text, start, end)
    return next((one for one in candidates if not NUMBERED.search(text[max(one.start() - 40, 0) : one.start()])), None)


def _below_ruler(text: str, at: int) -> bool:
    above = text[:at].rstrip().rpartition("\n")[2]
    return RULER.fullmatch(above.strip()) is not None


def _below_note(text: str, note: int, at: int) -> bool:
    """Whether nothing but the note's own one or two lines stand between the note before and here."""
    between = text[note:at].rstrip() if note >= 0 else ""
    return bool(between) and between.count("\n") < 2 and between.endswith((".", ")"))


def _put(letters: list[str], at: int, words: str) -> None:
    letters[at : at + len(words)] = words
