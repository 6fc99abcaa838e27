"""What every formula may name and no formula file lists: `{organ}`, `{title}`, `{cardinal}` and so on.

Each slot is a pattern made of the words that ontology/schemes/ holds, so that a noun of an organ, a rank or a number
word is added there once and is read by every formula.
"""

from __future__ import annotations

from functools import cache

from mappings.lexicon.numbers import TEXT_NUMBER, cardinal, nothing, ordinal
from mappings.lexicon.words import words


@cache
def slots() -> dict[str, str]:
    """The patterns by name, each one alternative; valid in verbose patterns."""
    return {
        "organ": words("organ-noun/organ"),
        "subsidiary_organ": words("organ-noun/subsidiary-organ"),
        "reporting_organ": words("organ-noun/reporting-organ"),
        "title": words("rank/title"),
        "office_noun": words("rank/office"),
        "form_of_address": words("rank/form-of-address"),
        "cardinal": cardinal(),
        "nothing": nothing(),
        "ordinal_word": ordinal(),
        "text_number": TEXT_NUMBER,
    }
