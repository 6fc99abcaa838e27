"""Facts of a short report of the invented commission, made of the paragraphs that a test is about."""

from __future__ import annotations

from mappings.extract import extract
from mappings.facts import Facts
from mappings.outline import outline
from mappings.source import from_text

COVER = """United Nations

**Commission on Lighthouses and Coastal Memory**

**Report on the twelfth session
(9 December 2021 and 7–11 March 2022)**

Economic and Social Council
Official Records, 2022
Supplement No. 49

United Nations • New York, 2022

"""

CHAPTER_ONE = """Chapter I

Matters calling for action by the Economic and Social Council or brought to its attention

A. Draft resolutions for adoption by the Economic and Social Council

1. The Commission on Lighthouses and Coastal Memory recommends to the Economic and Social Council the adoption of the following draft resolutions:

Draft resolution I

Painting the towers

The Economic and Social Council,

Recalling its resolution 2021/90 of 22 July 2021,

1. *Requests* the Secretary-General to count the towers;

2. *Decides* to remain seized of the matter.

Draft resolution II

Counting the steps

The Economic and Social Council,

Mindful of the steps,

1. *Invites* Member States to count them.

B. Matters brought to the attention of the Economic and Social Council

2. The following resolution adopted by the Commission is brought to the attention of the Economic and Social Council:

Resolution 12/1

Ringing the bells

The Commission on Lighthouses and Coastal Memory,

Recalling its resolution 11/2 of 30 April 2021,

1. *Calls upon* Member States to ring their bells.

"""

FIRST = 3  # the number of the first paragraph that a test gives


def report(*paragraphs: str, heading: str = "Proceedings") -> str:
    """The text of a report with these paragraphs, numbered from FIRST, in chapter II; "A. " headings start sections."""
    body = f"Chapter II\n\n{heading}\n\n"
    number = FIRST
    for paragraph in paragraphs:
        if paragraph.startswith("## "):
            body += f"{paragraph.removeprefix('## ')}\n\n"
            continue
        body += f"{number}. {paragraph}\n\n"
        number += 1
    return COVER + CHAPTER_ONE + body


def facts_of(*paragraphs: str, heading: str = "Proceedings") -> Facts:
    """The facts of such a report."""
    source = from_text(report(*paragraphs, heading=heading), "test")
    return extract(source, outline(source))


def facts_of_text(text: str) -> Facts:
    """The facts of a whole report's text."""
    source = from_text(text, "test")
    return extract(source, outline(source))
