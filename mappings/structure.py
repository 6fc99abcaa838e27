"""Chapters, sections, numbered paragraphs, footnotes and texts, as they stand in the tree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from mappings.citing.places import answering, settings
from mappings.context import Context, Numbered, TextNode
from mappings.facts import (
    ChapterFact,
    Evidence,
    FootnoteFact,
    FootnoteKey,
    ParagraphFact,
    ParagraphKey,
    Place,
    SectionFact,
    TextFact,
    Thing,
)
from mappings.formulas.formula import first
from mappings.iris import section_key
from mappings.source import Span
from mappings.tree import TEXTS, Kind, Node
from ontology.naming import NameKind

_OUTSIDE = {Kind.CONTENTS: "contents", Kind.COVER: "cover", Kind.NOTE: "note", Kind.SUMMARY: "summary"}


def chapters(context: Context) -> tuple[ChapterFact, ...]:
    """The chapters in order."""
    return tuple(
        ChapterFact(node.label, order, node.title.text, Evidence(_head(node), "chapter"))
        for order, node in enumerate(context.tree.of(Kind.CHAPTER), 1)
    )


def sections(context: Context) -> tuple[SectionFact, ...]:
    """The sections of each chapter, counted in it."""
    return tuple(
        SectionFact(
            chapter.label,
            node.label,
            node.label or section_key(node.title.text),
            node.title.text,
            order,
            Evidence(_head(node), "section"),
        )
        for chapter in context.tree.of(Kind.CHAPTER)
        for order, node in enumerate((child for child in chapter.walk() if child.kind is Kind.SECTION), 1)
    )


def _head(node: Node) -> Span:
    """The span of a node's heading, else of its first words."""
    if node.title.text:
        return node.title.span()
    return node.spans[0] if node.spans else node.passage.span()


def paragraphs(context: Context) -> tuple[ParagraphFact, ...]:
    """The report's own numbered paragraphs."""
    return tuple(_paragraph(one) for one in context.paragraphs)


def _paragraph(one: Numbered) -> ParagraphFact:
    node = one.node
    start = min((span.start for part in node.walk() for span in part.spans), default=0)
    end = max((span.end for part in node.walk() for span in part.spans), default=0)
    return ParagraphFact(
        key=one.key,
        number=one.number,
        position=one.position,
        chapter=one.stand.chapter,
        section=one.stand.section,
        section_title=one.stand.section_title,
        topic=one.stand.topic,
        text="\n".join(_lines(node)),
        evidence=Evidence(Span(start, end), "paragraph"),
    )


def _lines(node: Node) -> Iterator[str]:
    """A paragraph's words, its items with their letters or numbers, its lines and rows, each on a line."""
    if node.passage.text:
        yield _labelled(node)
    for child in node.children:
        if child.kind not in TEXTS and child.kind is not Kind.PARAGRAPH:
            if child.title.text:
                yield child.title.text
            yield from _lines(child)


def _labelled(node: Node) -> str:
    match node.kind:
        case Kind.LIST_ITEM | Kind.SUB_PARAGRAPH if node.label:
            return f"({node.label}) {node.passage.text}"
        case Kind.AGENDA_ITEM if node.label.isdigit():
            return f"{node.label}. {node.passage.text}"
        case Kind.AGENDA_ITEM if node.label:
            return f"({node.label}) {node.passage.text}"
        case _:
            return node.passage.text


def footnotes(context: Context) -> tuple[FootnoteFact, ...]:
    """The footnotes with every place that their marks stand at."""
    anchors: dict[FootnoteKey, list[Place]] = {}
    for key, place in _marks(context):
        anchors.setdefault(key, [])
        if place not in anchors[key]:
            anchors[key].append(place)
    counted: Counter[str] = Counter()
    facts = []
    for node in context.tree.of(Kind.FOOTNOTE):
        counted[node.label] += 1
        key = FootnoteKey(node.label, counted[node.label])
        evidence = Evidence(node.passage.span(), "footnote")
        facts.append(FootnoteFact(key, node.passage.text, tuple(anchors.get(key, ())), evidence))
    return tuple(facts)


def _marks(context: Context) -> Iterator[tuple[FootnoteKey, Place]]:
    """Every mark's footnote and place; a mark in a text's title stands at the paragraph that introduces the text."""
    for setting in settings(context.tree, context.vocabulary, context.body.key):
        if setting.place != ParagraphKey(""):
            yield from ((key, setting.place) for key in context.footnotes(setting.passage))
    for text in context.texts:
        yield from ((key, ParagraphKey(text.paragraph)) for key in context.footnotes(text.node.title))
    for part in context.tree.children:
        if part.kind in _OUTSIDE:
            for node in part.walk():
                for mark in (*node.title.marks, *node.passage.marks):
                    if note := answering(mark, context.notes):
                        yield note.key, ParagraphKey(_OUTSIDE[part.kind])


def texts(context: Context) -> tuple[TextFact, ...]:
    """The resolutions and decisions with their counts."""
    return tuple(_text(context, text) for text in context.texts)


def _text(context: Context, text: TextNode) -> TextFact:
    node = text.node
    operative = [child for child in node.children if child.kind is Kind.OPERATIVE_PARAGRAPH]
    resolves = node.kind not in (Kind.DECISION, Kind.DRAFT_DECISION)  # a decision may be a sentence without number
    counted = resolves or any(child.label.isdigit() for child in operative)
    start, end = node.spans[0].start if node.spans else 0, node.spans[-1].end if node.spans else 0
    return TextFact(
        key=text.key,
        title=node.title.text,
        voice=context.body_named(text.key.voice),
        recommended_to=_recommended_to(context, text),
        paragraph=text.paragraph,
        section=text.stand.section,
        preambular=sum(child.kind is Kind.PREAMBULAR_PARAGRAPH for child in node.children),
        operative=len(operative) if counted else 0,
        subparagraphs=sum(1 for _ in node.of(Kind.SUB_PARAGRAPH)),
        evidence=Evidence(node.title.span() if node.title.text else Span(start, end), "text"),
    )


def _recommended_to(context: Context, text: TextNode) -> Thing | None:
    """The organ to which the paragraph before a draft recommends it, else the first in its section's heading."""
    if not text.key.kind.startswith("draft"):
        return None
    chapeau = next((one for one in context.paragraphs if one.key == text.paragraph), None)
    words = chapeau.node.passage.text if chapeau else ""
    if found := first("recommended to", words):
        names = context.vocabulary.names(found.words("organ"), (NameKind.BODY,))
        if names:
            return context.thing(names[0].entry)
    names = context.vocabulary.names(text.stand.section_title, (NameKind.BODY,))
    return context.thing(names[0].entry) if names else None
