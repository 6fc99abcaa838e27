"""The languages of a work: a graph for each, with its title and its paragraphs tied to those of the work.

A paragraph of another language is the work's own paragraph of the same number where both languages count the same
preambular and the same numbered operative paragraphs: then the linked documents of 34,570 of 36,660 paragraphs are the
same, and none in common is seen in 255. Where the counts differ, the paragraphs stay with the expression alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from rdflib import DCTERMS, Graph, Literal

from mappings import iris
from mappings.assertion.triples import Triple, described
from mappings.facts import TextKey
from mappings.official import addresses
from mappings.official.document import Holder, OfficialText, Part
from mappings.official.places import Placed, paragraphs
from mappings.tree import Node
from ontology.terms import REC

_NAMES = {
    "en": "English", "fr": "French", "es": "Spanish", "ru": "Russian", "ar": "Arabic", "zh": "Chinese", "de": "German",
}  # fmt: skip


def expression_graph(text: OfficialText, work: OfficialText) -> Graph:
    """The graph of one language of a work; `work` is the text in the language whose words stand on the work itself."""
    graph = Graph()
    subject = addresses.expression(text.symbol, text.language)
    for triple in described(
        subject,
        REC.Expression,
        f"{text.symbol} in {_NAMES[text.language]}",
        (REC.expressionOf, iris.document(text.symbol)),
        (DCTERMS.language, text.language),
        (REC.preambularParagraphs, text.count(Part.PREAMBULAR)),
        (REC.operativeParagraphs, text.count(Part.OPERATIVE)),
    ):
        graph.add(triple)
    if text.title:
        graph.add((subject, REC.titleInLanguage, Literal(text.title, lang=text.language)))
    if text is not work:
        for triple in _paragraphs(text, aligned(text, work)):
            graph.add(triple)
    return graph


def aligned(text: OfficialText, work: OfficialText) -> bool:
    """Whether two languages of a work count the same preambular and the same numbered operative paragraphs."""
    return text.count(Part.PREAMBULAR) == work.count(Part.PREAMBULAR) and _numbers(text) == _numbers(work)


def _numbers(text: OfficialText) -> list[tuple[str, str]]:
    own = (one for one in text.provisions if one.holder is Holder.TEXT and one.part is Part.OPERATIVE)
    return [(one.section, one.number) for one in own if one.number.isdigit()]


def _paragraphs(text: OfficialText, tied: bool) -> Iterator[Triple]:
    key = TextKey(text.kind, "", text.organ)
    for one in paragraphs(text, key, Holder.TEXT):
        yield from _paragraph(text, one, one.node, tied)


def _paragraph(text: OfficialText, one: Placed, node: Node, tied: bool) -> Iterator[Triple]:
    """A paragraph with the words of its sub-paragraphs on lines of their own."""
    subject = addresses.in_language(text.symbol, text.language, one.key)
    yield from described(
        subject,
        REC.Expression,
        f"{text.symbol} in {_NAMES[text.language]}, {one.key.part} paragraph {one.key.number}",
        (REC.expressionOf, addresses.place(text.symbol, one.key) if tied else None),
        (REC.partOf, addresses.expression(text.symbol, text.language)),
    )
    lines = [
        node.passage.text,
        *(f"({below.label}) {below.passage.text}" for below in node.walk() if below is not node),
    ]
    yield subject, REC.textInLanguage, Literal("\n".join(lines), lang=text.language)
