"""What every rule needs of a report: its tree with the numbered paragraphs and texts in their places, names, notes.

`read_context` is the first step of the extraction; it raises SourceError where a text is no session report.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mappings import symbols
from mappings.citing.places import Note, answering, notes, settings, speaking
from mappings.facts import FootnoteKey, Gap, ReportFact, TextKey, Thing, ThingKind
from mappings.formulae import formula
from mappings.formulas.formula import first, matches
from mappings.iris import section_key
from mappings.report_facts import read_report
from mappings.source import Source
from mappings.tree import TEXTS, Kind, Node, Passage
from ontology.naming import Entry, NameKind
from ontology.vocabulary import Vocabulary, load


@dataclass(frozen=True, slots=True)
class Stand:
    """Where something stands: its chapter's number, its section's key and title, its topic's title.

    `organ` is the organ of the session whose work the chapter, section or annex reports, by its title; empty for the
    body's own.
    """

    chapter: str = ""
    section: str = ""
    section_title: str = ""
    topic: str = ""
    organ: str = ""

    @property
    def views(self) -> bool:
        """Whether speakers' views are summarized here, and nothing that the Commission did is reported."""
        return bool(formula("report", "views heading").search(self.section_title))


@dataclass(frozen=True, slots=True)
class Numbered:
    """A running paragraph of the report; `text` is the decision whose words it is, if it is one's."""

    node: Node
    stand: Stand
    text: TextKey | None
    introduced: str = ""  # for a paragraph of a decision that tells its own adoption: the paragraph before it

    @property
    def number(self) -> str:
        """The number as printed, empty where none is."""
        return self.node.label

    @property
    def key(self) -> str:
        """The address inside the report: a decision's own paragraphs have that of the paragraph that introduces it."""
        return self.introduced or self.node.key

    @property
    def position(self) -> int:
        """The paragraph's place in its section, else in its chapter, counted from 1."""
        return self.node.position


@dataclass(frozen=True, slots=True)
class TextNode:
    """A resolution or decision with the key of the paragraph that introduces it."""

    node: Node
    key: TextKey
    stand: Stand
    paragraph: str


@dataclass(frozen=True)
class Context:
    """A report as the rules see it."""

    source: Source
    tree: Node
    vocabulary: Vocabulary
    report: ReportFact
    gaps: tuple[Gap, ...]
    paragraphs: tuple[Numbered, ...]
    told: tuple[Numbered, ...]  # the same with the paragraphs of decisions that tell their own adoption, in order
    texts: tuple[TextNode, ...]
    notes: tuple[Note, ...]

    @property
    def body(self) -> Thing:
        """The body that reports."""
        return self.report.body

    @property
    def day(self) -> date | None:
        """The last day of the session, else of the report's year: names of States are those in force then.

        None where the report prints no year: States then bear their present names.
        """
        if self.report.parts:
            return self.report.parts[-1].end
        return date(self.report.year, 12, 31) if self.report.year else None

    @property
    def symbol_prefix(self) -> str:
        """The beginning of the symbols of the commission's documents ("E/CN.15"), empty where none is printed."""
        for found in symbols.find(self.source.text):
            symbol = str(found.symbols[0])
            named = self.vocabulary.body_of_symbol(symbol)
            if named and named.key == self.body.key and len(symbol.split("/")) > 2:
                return "/".join(symbol.split("/")[:2])
        return ""

    def footnotes(self, passage: Passage) -> tuple[FootnoteKey, ...]:
        """The footnotes whose marks stand in a passage, each once."""
        keys = (note.key for mark in passage.marks if (note := answering(mark, self.notes)))
        return tuple(dict.fromkeys(keys))

    def thing(self, entry: Entry) -> Thing:
        """An entry of the vocabulary as facts name it; a State by its name in force at the session."""
        named = self.vocabulary.as_of(entry, self.day)
        return Thing(ThingKind(named.kind.value), named.key, named.label)

    def body_named(self, key: str) -> Thing:
        """The body with a key."""
        entry = self.vocabulary.entry(NameKind.BODY, key)
        return self.thing(entry) if entry else self.body


_ADOPTED = (Kind.DECISION, Kind.RESOLUTION)


def read_context(source: Source, tree: Node, body: str = "") -> Context:
    """The context of a report, of the body that the operator names if one is named.

    Raises SourceError where no title says which session of which body it is about.
    """
    vocabulary = load()
    report, gaps = read_report(source, tree, vocabulary, body)
    told, texts = _indexed(tree, vocabulary, report.body.key)
    paragraphs = tuple(one for one in told if not one.introduced)
    found = notes(tree, settings(tree, vocabulary, report.body.key))
    return Context(source, tree, vocabulary, report, gaps, paragraphs, told, texts, found)


def _indexed(tree: Node, vocabulary: Vocabulary, body: str) -> tuple[tuple[Numbered, ...], tuple[TextNode, ...]]:
    paragraphs: list[Numbered] = []
    texts: list[TextNode] = []
    for node, stand, text in _stands(tree, Stand(), vocabulary, body):
        if node.kind is Kind.PARAGRAPH:
            paragraphs.append(Numbered(node, stand, text))
        elif node.kind in TEXTS and text:
            own = next((child.key for child in node.children if child.kind is Kind.PARAGRAPH), "")
            before = paragraphs[-1].key if paragraphs else ""
            texts.append(TextNode(node, text, stand, own or before))
            if node.kind in _ADOPTED and before:
                paragraphs.extend(Numbered(told, stand, text, before) for told in node.children if _tells_act(told))
    return tuple(paragraphs), tuple(texts)


def _tells_act(node: Node) -> bool:
    """Whether a paragraph of a decision tells at which meeting it was taken, as those of the report do."""
    return node.kind is Kind.OPERATIVE_PARAGRAPH and any(
        found.fields.get("leads") for found in matches("meetings", node.passage.text)
    )


def reported_organ(title: str) -> str:
    """The organ of the session whose work a chapter, section or annex of a title reports; empty for the body's own."""
    found = first("work reported", title)
    return found.words("organ") if found else ""


def _stands(
    node: Node, stand: Stand, vocabulary: Vocabulary, body: str, text: TextKey | None = None
) -> Iterator[tuple[Node, Stand, TextKey | None]]:
    for child in node.children:
        here, of = stand, text
        match child.kind:
            case Kind.CHAPTER:
                here = Stand(chapter=child.label, organ=reported_organ(child.title.text))
            case Kind.ANNEX:
                here = replace(stand, organ=reported_organ(child.title.text))
            case Kind.SECTION:
                title = child.title.text
                organ = reported_organ(title) or stand.organ
                here = Stand(stand.chapter, child.label or section_key(title), title, organ=organ)
            case Kind.TOPIC:
                here = replace(stand, topic=child.title.text)
            case kind if kind in TEXTS:
                of = TextKey(kind.value, child.label, speaking(child, vocabulary, body), child.position)
                yield child, here, of
            case Kind.PARAGRAPH:
                yield child, here, of
            case _:
                pass
        yield from _stands(child, here, vocabulary, body, of)
