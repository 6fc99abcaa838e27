"""Agendas: the one that the session adopted and the provisional one of the next session."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mappings.facts import AgendaItemFact, Evidence, TextKey
from mappings.formulae import formula
from mappings.formulas.formula import first, says
from mappings.symbols import find
from mappings.tree import Kind, Node
from ontology.vocabulary import load


def agendas(tree: Node, session: int, decision: dict[int, TextKey]) -> tuple[AgendaItemFact, ...]:
    """Every item and lettered sub-item of both agendas, in the order of reading.

    `decision` gives, by the identity of its node, the key of a decision that holds a provisional agenda.
    """
    chapters = _chapters_by_item(tree)
    facts: list[AgendaItemFact] = []
    planned = load().concept("agenda-status/provisional")
    for text in tree.of(Kind.DRAFT_DECISION, Kind.DECISION):
        for agenda in text.of(Kind.AGENDA):
            coming = first("coming session", agenda.title.text) or first("coming session", text.title.text)
            due = coming.number("session") if coming else None
            facts += _items(agenda, due or session + 1, planned, "", decision.get(id(text)), "", {})
    for paragraph in tree.of(Kind.PARAGRAPH):
        adopted = first("agenda", paragraph.passage.text)
        if not adopted:
            continue
        status = adopted.words("status")
        symbol = next((str(s) for found in find(adopted.words("document")) for s in found.symbols), "")
        for agenda in paragraph.of(Kind.AGENDA):
            facts += _items(agenda, session, status, paragraph.key, None, symbol, chapters)
    adopted_status = load().concept("agenda-status/adopted")
    for annex in (child for child in tree.children if child.kind is Kind.ANNEX):
        titled = formula("outline", "annexed agenda").match(annex.title.text)
        if titled is None:
            continue
        coming = first("coming session", annex.title.text)
        due = (coming.number("session") if coming else None) or session + 1
        for agenda in (child for child in annex.children if child.kind is Kind.AGENDA):
            if titled["provisional"]:
                facts += _items(agenda, due, planned, "", None, "", {})
            elif not any(fact.status == adopted_status for fact in facts):
                facts += _items(agenda, session, adopted_status, "", None, "", chapters)
    return tuple(facts)


def _chapters_by_item(tree: Node) -> dict[str, str]:
    """The chapter that reports on each agenda item: the first paragraph that names an item tells which."""
    found: dict[str, str] = {}
    for chapter in tree.of(Kind.CHAPTER):
        for paragraph in chapter.of(Kind.PARAGRAPH):
            named = first("agenda item", paragraph.passage.text)
            if named and says("consideration", paragraph.passage.text):
                found.setdefault(named.words("item"), chapter.label)
                break
    return found


def _items(
    agenda: Node,
    session: int,
    status: str,
    paragraph: str,
    text: TextKey | None,
    document: str,
    chapters: dict[str, str],
) -> Iterator[AgendaItemFact]:
    items = [child for child in agenda.children if child.kind is Kind.AGENDA_ITEM]
    for position, item in enumerate(items, 1):
        # where a converter dropped the numbers and letters of a list, they were its positions
        number = item.label or str(position)
        below = [sub for sub in item.children if sub.kind is Kind.AGENDA_ITEM]
        lettered = [(sub, sub.label or chr(ord("a") + at)) for at, sub in enumerate(below)]
        for node, letter in [(item, ""), *lettered]:
            yield AgendaItemFact(
                session,
                status,
                number,
                letter,
                re.sub(r"[.:;]\s*$", "", node.passage.text),
                paragraph,
                text,
                document,
                chapters.get(number, ""),
                Evidence(node.passage.span(), f"agenda: {status}"),
            )
