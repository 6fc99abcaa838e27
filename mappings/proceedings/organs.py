"""Who met or acted: the body that reports, or an organ that it set up for its session.

"The Commission", "it" or a part of the body's own name mean the body. "The Committee" in the proceedings of a council
means its Committee of the Whole, if the text names that one; in the report of a committee it means that committee.
"""

from __future__ import annotations

import re
from functools import lru_cache

from mappings.context import Context
from mappings.formulas.formula import first, matches, says
from mappings.tree import Node


def is_own(context: Context, words: str) -> bool:
    """Whether words name the body that reports, by its whole name or by the part of it that says what it is."""
    named = context.vocabulary.body(words)
    if named:
        return named.key == context.body.key
    name = re.sub(r"^(?:[Tt]he|[Ii]ts) |·+ ", "", words)
    name = name.capitalize() if name[:1].islower() else name
    label = context.body.label
    part, _, whole = label.partition(" of the ")
    if name in (label, f"{whole} {part}"):  # "the Lamp Programme Governing Council"
        return True
    # a part of the name that ends with what the body is: "the Executive Body", "the Governing Council"
    named_in_part = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", label)
    return bool(named_in_part and says("kind of body", name))


def organ_of_session(context: Context, words: str, here: str = "") -> str | None:
    """The organ of the session that words name, as printed in full; empty for the body itself, None for any other body.

    `here` is the organ whose work the place reports, which its noun alone means there.
    """
    if is_own(context, words):
        return ""
    name = re.sub(r"^(?:[Tt]he|[Ii]ts) ", "", words)
    if organ := first("organ of the session", name):
        return printed_organ(organ.words("organ"))
    known = (here, *_organs(context.tree))
    return next((organ for organ in known if organ and re.search(rf"\b{re.escape(name)}\b", organ)), None)


def printed_organ(name: str) -> str:
    """The name of an organ as it is printed in the middle of a sentence."""
    return name if " " in name and name[0].isupper() and "ommittee" in name else name[0].lower() + name[1:]


@lru_cache(maxsize=2)
def _organs(tree: Node) -> tuple[str, ...]:
    """The committees that the session set up, as its report names them in full."""
    named: dict[str, None] = {}
    for node in tree.walk():
        for found in matches("committee of the session", node.passage.text):
            named.setdefault(found.words("organ"))
    return tuple(named)
