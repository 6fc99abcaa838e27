"""Who chaired and moderated a workshop or panel, and who sat on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from mappings.dates import days
from mappings.facts import Evidence, OfficerFact, StatementFact, Thing
from mappings.formulas.formula import first, matches
from mappings.proceedings.parties import Parties
from mappings.tree import Node

SEATS = {"panellist": "panellist", "expert": "panellist"}


def panels(node: Node, parties: Parties, known: Sequence[OfficerFact]) -> Iterator[OfficerFact]:
    """Those who chaired and moderated what a numbered paragraph reports; an officer is named from the
    `known` ones of the Bureau.

    The day is the first that the paragraph prints.
    """
    text = node.passage.text
    on = next((found.first for found in days(text)), None)
    for found in matches("panel officer", text):
        person, state = _holder(found.words("holder"), parties, known)
        if person or state:
            status = found.words("status")
            evidence = Evidence(node.passage.span(found.start, found.end), f"officers: {found.formula.label}")
            yield OfficerFact(node.key, found.words("what"), status, None, person, state, status, on, evidence)


def _holder(words: str, parties: Parties, known: Sequence[OfficerFact]) -> tuple[str, Thing | None]:
    if officer := first("officer holding", words):
        if person := officer.words("person"):
            return person, parties.named(officer.words("state"))
        holders = {(one.person, one.state) for one in known if one.office == officer.words("office")}
        # which of several Vice-Chairs is meant is not said
        return next(iter(holders)) if len(holders) == 1 else ("", None)
    if named := first("person", words):
        return named.words("person"), parties.named(named.words("state"))
    if delegate := first("delegate", words):
        return "", parties.named(delegate.words("party"))
    return "", None


def panellists(statements: Sequence[StatementFact]) -> dict[str, list[OfficerFact]]:
    """Of each paragraph the panellists, persons by name and organizations, with the posts that they hold at home.

    A person who speaks on the same item beside them, for an organization or network, is a "speaker".
    """
    items = {one.item for one in statements if one.capacity in SEATS and one.person}
    found: dict[str, list[OfficerFact]] = {}
    for one in statements:
        if not (one.capacity in SEATS or (one.person and one.item in items and one.item)):
            continue
        on: date | None = one.on[0] if one.on else None
        office = _post(one) or "panellist"
        evidence = Evidence(one.evidence.span, "officers: panellist")
        status = SEATS.get(one.capacity, "speaker")
        fact = OfficerFact(one.paragraph, "panel", office, None, one.person, one.party, status, on, evidence)
        found.setdefault(one.paragraph, []).append(fact)
    return found


def _post(one: StatementFact) -> str:
    """The speaker's post without the party that ends it: "Keeper of Light, Harbour Board of Malta"."""
    if not one.person or one.speaker == one.person:
        return ""
    words = re.sub(r"^(?:the|The) ", "", one.speaker)
    if one.party:
        words = re.sub(rf"(?:,| of| for| from)\s+(?:the )?{re.escape(one.party.label)}$", "", words)
    return words
