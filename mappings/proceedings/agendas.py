"""Agendas: the one that the session adopted and the provisional one of the next session."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.facts import AgendaItemFact, Evidence, TextKey
from mappings.formulae import formula
from mappings.lexicon.numbers import ordinal_number
from mappings.symbols import find
from mappings.tree import Kind, Node


def agendas(tree: Node, session: int, decision: dict[int, TextKey]) -> tuple[AgendaItemFact, ...]:
    """Every item and lettered sub-item of both agendas, in the order of reading.

    `decision` gives, by the identity of its node, the key of a decision that holds a provisional agenda.
    """
    chapters = _chapters_by_item(tree)
    facts: list[AgendaItemFact] = []
    for text in tree.of(Kind.DRAFT_DECISION, Kind.DECISION):
        for agenda in text.of(Kind.AGENDA):
            provisional = formula("agendas", "provisional")
            found = provisional.search(agenda.title.text) or provisional.search(text.title.text)
            due = ordinal_number(found["session"]) if found else None
            facts += _items(agenda, due or session + 1, "provisional", "", decision.get(id(text)), "", {})
    for paragraph in tree.of(Kind.PARAGRAPH):
        match = formula("agendas", "adopted").search(paragraph.passage.text)
        if not match:
            continue
        symbol = next((str(s) for found in find(match["symbol"] or "") for s in found.symbols), "")
        for agenda in paragraph.of(Kind.AGENDA):
            facts += _items(agenda, session, "adopted", paragraph.key, None, symbol, chapters)
    return tuple(facts)


def _chapters_by_item(tree: Node) -> dict[str, str]:
    """The chapter that reports on each agenda item: the first paragraph that names an item tells which."""
    found: dict[str, str] = {}
    for chapter in tree.of(Kind.CHAPTER):
        for paragraph in chapter.of(Kind.PARAGRAPH):
            match = formula("agendas", "item").search(paragraph.passage.text)
            if match and formula("agendas", "considered").search(paragraph.passage.text):
                found.setdefault(match["item"], chapter.label)
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
    for item in agenda.children:
        if item.kind is not Kind.AGENDA_ITEM:
            continue
        for node, letter in [(item, ""), *((sub, sub.label) for sub in item.children if sub.kind is Kind.AGENDA_ITEM)]:
            yield AgendaItemFact(
                session,
                status,
                item.label,
                letter,
                formula("agendas", "stop").sub("", node.passage.text),
                paragraph,
                text,
                document,
                chapters.get(item.label, ""),
                Evidence(node.passage.span(), f"agenda: {status}"),
            )
