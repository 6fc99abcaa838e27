"""Names in the short form that tables have, where the full one stands nearby."""

from __future__ import annotations

import re

# As UN staff abridge them: "CCPCJ 33", "DR I", "para. 4".
_ABRIDGED = (
    (re.compile(r"^(?:(\d+)(?:st|nd|rd|th)) session of the ([A-Z][A-Za-z/-]{1,9})$"), r"\2 \1"),
    (re.compile(r"^Draft resolution ([IVXLC]+)\b"), r"DR \1"),
    (re.compile(r"^Draft decision ([IVXLC]+)\b"), r"DD \1"),
    (re.compile(r"\b(?:operative )?paragraph (\d)"), r"para. \1"),
    (re.compile(r"^Paragraph (\d)"), r"Para. \1"),
    (re.compile(r"^Agenda item (\d)"), r"Item \1"),
    (re.compile(r"^States Members of the United Nations that are members of the "), "members of the "),
)


def abridged(name: str) -> str:
    """A name in the short form that tables have: "CCPCJ 33" for "33rd session of the CCPCJ"."""
    for long, short in _ABRIDGED:
        name = long.sub(short, name)
    return name
