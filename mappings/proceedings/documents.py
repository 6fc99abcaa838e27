"""The documents before the Commission, those it adopted and those that its own paragraphs name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from mappings.facts import DocumentFact, Evidence
from mappings.formulae import find as find_formulae
from mappings.formulae import formula
from mappings.symbols import find
from mappings.tree import Kind, Node, Passage

LISTED = (Kind.LIST_ITEM, Kind.LINE)  # entries of a list, with letters or without
ROLES = {
    "had before it one document": "had before it",
    "adopted the provisional agenda": "adopted",
}


def documents(tree: Node) -> tuple[DocumentFact, ...]:
    """A fact for each document that a numbered paragraph has before the Commission, adopts or names, in reading order.

    Drafts ("L." documents) are acted on, not listed here.
    """
    return tuple(chain.from_iterable(_of_chapter(chapter) for chapter in tree.of(Kind.CHAPTER)))


def _of_chapter(chapter: Node) -> Iterator[DocumentFact]:
    item = ""
    for node in chapter.of(Kind.PARAGRAPH):
        if match := formula("documents", "agenda item considered").search(node.passage.text):
            item = item or match["item"]
        yield from _of_paragraph(node, item)


def _of_paragraph(node: Node, item: str) -> Iterator[DocumentFact]:
    passage = node.passage
    if formula("documents", "had before it the following").search(passage.text):
        for child in node.children:
            if child.kind in LISTED:
                yield from _of_item(node, child, item)
    taken: set[tuple[str, ...]] = set()
    for rule, match in find_formulae("documents", passage.text):
        if "symbols" not in match.groupdict():
            continue
        fact = _fact(node, passage, match, item, rule.name)
        if fact and fact.symbols not in taken:
            taken.add(fact.symbols)
            yield fact


def _fact(node: Node, passage: Passage, match: re.Match[str], item: str, rule: str) -> DocumentFact | None:
    symbols = _symbols(match["symbols"])
    if not symbols or any("/L." in symbol for symbol in symbols):
        return None
    adopted = ROLES.get(rule, "mentioned")
    organizational = rule in ("is contained in document", "documents are listed in")
    return DocumentFact(
        node.key,
        "2" if adopted == "adopted" else "" if organizational else item,
        "",
        match["title"],
        symbols,
        adopted,
        Evidence(passage.span(*match.span()), f"documents: {rule}"),
    )


def _of_item(node: Node, child: Node, item: str) -> Iterator[DocumentFact]:
    match = formula("documents", "document in a list").match(child.passage.text)
    if match and (symbols := _symbols(match["symbol_list"])):
        evidence = Evidence(child.passage.span(), "documents: had before it the following")
        yield DocumentFact(node.key, item, child.label, match["entry"], symbols, "had before it", evidence)


def _symbols(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(symbol) for found in find(text) for symbol in found.symbols))
