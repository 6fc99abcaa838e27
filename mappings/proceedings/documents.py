"""The documents before the Commission, those it adopted and those that its own paragraphs name.

A list of documents is what "had before it the following documents:" or "Documentation:" announces. In running text a
document is told by its symbol; its title are the words that lead to the symbol, back to the noun that says what the
document is ("the report of the Secretary-General on lamps (E/CN.99/2031/5)"), and empty where no such noun stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain

from mappings import symbols
from mappings.facts import ActionFact, DocumentFact, Evidence
from mappings.formulae import formula
from mappings.formulas.formula import Yield, first, in_order, matches, says
from mappings.iris import UNNUMBERED
from mappings.tree import Kind, Node, Passage
from ontology.vocabulary import load

LISTED = (Kind.LIST_ITEM, Kind.LINE)  # entries of a list, with letters or without
_LONGEST_NAME = 400  # characters before a symbol in which the name of its document is looked for
SEVERAL_ITEMS = 4  # items that a chapter names: one on an item names others in passing, one on the session's course all
LEADS_ROW = 12  # characters before the symbol of a row that are its number or agenda item
_HAD_BEFORE, _MENTIONED = "document-role/had-before-it", "document-role/mentioned"


@dataclass(slots=True)
class _Reading:
    """What is known while the documents of a report are read: acts by paragraph, documents that lay before the body."""

    acted_on: Mapping[str, frozenset[str]]
    before: set[str] = field(default_factory=set)
    item: str = ""


def documents(tree: Node, acts: tuple[ActionFact, ...] = ()) -> tuple[DocumentFact, ...]:
    """A fact for each document that a running paragraph has before the Commission, adopts or names, in reading order.

    Drafts ("L." documents) are acted on, not listed here, nor is a document again that lay before the Commission where
    an act of `acts` disposes of it.
    """
    acted: dict[str, set[str]] = {}
    for act in acts:
        acted.setdefault(act.paragraph, set()).update(act.documents)
    reading = _Reading({paragraph: frozenset(found) for paragraph, found in acted.items()})
    units = tree.of(Kind.CHAPTER, Kind.ANNEX)
    return tuple(chain.from_iterable(_of_unit(unit, reading) for unit in units))


def _of_unit(unit: Node, reading: _Reading) -> Iterator[DocumentFact]:
    """The documents of a chapter or annex; a decision's own paragraphs are a text's, whose citations are read."""
    if formula("outline", "list of documents").match(unit.title.text):
        yield from _of_list(unit)
        return
    paragraphs = tuple(_paragraphs(unit))
    named = [item for node in paragraphs for item in _items(node.passage.text)]
    title = _items(unit.title.text)
    main = (*title, *named, "")[0]
    several = len(set(named)) >= SEVERAL_ITEMS or unit.kind is Kind.ANNEX or "agenda items" in unit.title.text
    begun = bool(title)
    had_before = load().concept(_HAD_BEFORE)
    for node in paragraphs:
        own = _items(node.passage.text)
        begun = begun or bool(own)
        reading.item = (own[0] if own else "") if several else main if begun else ""
        for fact in _of_paragraph(node, reading):
            if fact.role == had_before:
                reading.before.update(fact.symbols)
            yield fact


def _items(text: str) -> tuple[str, ...]:
    """The agenda items that a text names, in order."""
    return tuple(named.words("item") for named in in_order("agenda item", text))


def _of_list(unit: Node) -> Iterator[DocumentFact]:
    """The documents of an annex that lists them, in a table or a line each: symbol, agenda item and title.

    Drafts are listed there like any other document. Of an entry without an address of its own the annex is the place.
    """
    place, had_before = UNNUMBERED, load().concept(_HAD_BEFORE)
    for node in unit.walk():
        if node.kind is Kind.PARAGRAPH:
            place = node.key
        for start, end in _entries(node):
            text = node.passage.text[start:end]
            item, title = "", ""
            for cell in _cells(text):
                if found := formula("outline", "item of a list").fullmatch(cell):
                    item = item or found["item"]
                elif not title:
                    leading = formula("outline", "item before a title").match(cell)
                    item = item or (leading["item"] if leading else "")
                    title = cell[leading.end() :] if leading else cell
            evidence = Evidence(node.passage.span(start, end), "documents: list of documents")
            for one in _documents(text):
                yield DocumentFact(place, item, "", title.strip(" .;"), one.symbols, had_before, evidence)


def _entries(node: Node) -> Iterator[tuple[int, int]]:
    """The places of the entries of a list in a node: a row is one; in a line each symbol begins another."""
    text = node.passage.text
    found = list(_documents(text))
    if node.kind is Kind.ROW:
        if found and text[: found[0].start].count("\t") <= 2 and len(text[: found[0].start].strip()) < LEADS_ROW:
            yield 0, len(text)
        elif found and text[found[-1].end :].strip(" .;)") == "":
            yield 0, len(text)  # the symbol stands in the last cell
        return
    if node.kind not in (Kind.PARAGRAPH, Kind.UNNUMBERED_PARAGRAPH, *LISTED) or not found or found[0].start > 0:
        return
    begins = [one.start for one in found if one.kind != "further"]
    yield from zip(begins, [*begins[1:], len(text)], strict=True)


def _cells(text: str) -> Iterator[str]:
    """The cells of an entry without its symbols and what joins them."""
    rest, last = "", 0
    for found in symbols.find(text):
        rest += text[last : found.start] + "\t"
        last = found.end
    rest += text[last:]
    for cell in rest.split("\t"):
        words = re.sub(r"^[\s.,:;()–-]*(?:and\b[\s.,]*)?", "", cell).strip()
        if words and words not in (")", "("):
            yield words


def _paragraphs(unit: Node) -> Iterator[Node]:
    for child in unit.children:
        if child.kind is Kind.PARAGRAPH:
            yield child
        elif child.kind in (Kind.SECTION, Kind.TOPIC):
            yield from _paragraphs(child)


def _of_paragraph(node: Node, reading: _Reading) -> Iterator[DocumentFact]:
    text = node.passage.text
    if says("documentation", text):
        for part in (node, *node.children):
            yield from _listed(node, part.passage, part.label, reading.item)
        return
    announced = first("documents announced", text)
    read: set[tuple[str, ...]] = set()
    for found in matches("documents", text):
        for fact in _named(node, found, reading.item):
            if fact.symbols not in read:
                read.add(fact.symbols)
                yield fact
    for part in (node, *(child for child in node.children if child.kind in LISTED)):
        if announced and part is not node and (entry := tuple(_of_item(node, part, reading.item, announced))):
            yield from entry
        else:
            yield from _mentioned(node, part.passage, reading, read)


def _named(node: Node, found: Yield, item: str) -> Iterator[DocumentFact]:
    """The documents that a formula finds with their title; it may know the agenda item better than the paragraph."""
    own = found.words("item") if "item" in found.fields else item
    evidence = Evidence(node.passage.span(found.start, found.end), f"documents: {found.formula.label}")
    for named in _groups(found.words("symbols")):
        yield DocumentFact(node.key, own, "", found.words("title"), named, found.words("role"), evidence)


def _of_item(node: Node, child: Node, item: str, announced: Yield) -> Iterator[DocumentFact]:
    if entry := first("entry of documents", child.passage.text):
        evidence = Evidence(child.passage.span(), f"documents: {announced.formula.label}")
        role = load().concept(_HAD_BEFORE)
        for named in _groups(entry.words("symbols")):
            yield DocumentFact(node.key, item, child.label, entry.words("title"), named, role, evidence)


def _listed(node: Node, passage: Passage, letter: str, item: str) -> Iterator[DocumentFact]:
    """The documents of a line of documentation: titles with their symbols in parentheses, or symbols alone."""
    text = passage.text
    head = first("documentation", text)
    at = head.end if head else 0
    role = load().concept(_HAD_BEFORE)
    for found in _documents(text):
        words = text[at : found.start]
        title = words[:-1] if words.endswith("(") else ""
        title = re.sub(r"^[\s),;]*(?:and\s)?\s*", "", title).strip()
        span = passage.span(at + len(words) - len(words.lstrip(" ),;\t")), found.end)
        at = found.end
        if _is_listed(found.symbols):
            evidence = Evidence(span, "documents: documentation")
            yield DocumentFact(node.key, item, letter, title, found.symbols, role, evidence)


def _mentioned(node: Node, passage: Passage, reading: _Reading, read: set[tuple[str, ...]]) -> Iterator[DocumentFact]:
    """The documents that running text names by their symbols and no other formula has read."""
    role = load().concept(_MENTIONED)
    acted_on = reading.acted_on.get(node.key, frozenset())
    for found in _documents(passage.text):
        named = found.symbols
        if not _is_listed(named) or named in read or any(set(named) & set(other) for other in read):
            continue
        if any(symbol in acted_on and symbol in reading.before for symbol in named):
            continue
        read.add(named)
        start, title = _title_before(passage.text, found.start)
        evidence = Evidence(passage.span(start, found.end), "documents: named by its symbol")
        yield DocumentFact(node.key, reading.item, "", title, named, role, evidence)


def _title_before(text: str, place: int) -> tuple[int, str]:
    """Where the name of a document that leads to its symbol begins, and that name; the place itself where none does."""
    leading = first("way to a symbol", text[:place])
    end = leading.start if leading else place
    begin = max(0, end - _LONGEST_NAME)
    for noun in matches("name of a document", text[begin:end]):
        words = text[begin + noun.start : end]
        if not says("end of a name", words):
            return begin + noun.start, words.strip(" ,")
    return place, ""


def _groups(text: str) -> Iterator[tuple[str, ...]]:
    """The symbols of some words, those of one document together; none of drafts."""
    return (found.symbols for found in _documents(text) if _is_listed(found.symbols))


@dataclass(frozen=True, slots=True)
class _Found:
    """A document's symbols, joint ones together, and their place in the text."""

    start: int
    end: int
    symbols: tuple[str, ...]
    kind: str = ""


def _documents(text: str) -> Iterator[_Found]:
    """The documents of a text by their symbols; an addendum named behind one ("and Add.1") is a document of its own."""
    for found in symbols.find(text):
        names = tuple(dict.fromkeys(str(symbol) for symbol in found.symbols))
        for named in [(name,) for name in names] if found.kind == "further" else [names]:
            yield _Found(found.start, found.end, named, found.kind)


def _is_listed(named: tuple[str, ...]) -> bool:
    """Whether symbols are those of a document, and of no draft, resolution or decision."""
    return not any(re.search(r"/(?:L\.|RES/|DEC/)", symbol) for symbol in named)
