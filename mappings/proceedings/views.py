"""What was said without saying by whom: deliberations and summaries by the Chair."""

from __future__ import annotations

from collections.abc import Iterator

from mappings.facts import Evidence, ParagraphFact, ViewFact
from mappings.formulas.formula import first, leftmost, says
from mappings.sentences import Sentence, sentences
from mappings.tree import Kind, Node


def views(tree: Node, paragraphs: tuple[ParagraphFact, ...]) -> tuple[ViewFact, ...]:
    """A fact for each numbered paragraph of deliberations, with the quantifier that comes first in it as printed.

    A paragraph that only announces the summary reports no view.
    """
    texts = {paragraph.key: paragraph for paragraph in paragraphs}
    return tuple(_view(node, texts[node.key]) for node in _nodes(tree) if node.key in texts and not _is_framing(node))


def _nodes(tree: Node) -> Iterator[Node]:
    for section in tree.of(Kind.SECTION):
        if says("views heading", section.title.text):
            yield from section.of(Kind.PARAGRAPH)


def _view(node: Node, paragraph: ParagraphFact) -> ViewFact:
    evidence = Evidence(node.passage.span(), "views: paragraph of deliberations")
    return ViewFact(
        node.key,
        paragraph.chapter,
        paragraph.section_title,
        paragraph.topic,
        quantifier(node.passage.text),
        paragraph.text,
        evidence,
    )


def _is_framing(node: Node) -> bool:
    """Whether every sentence of a paragraph speaks of the summary and none of what was said."""
    return all(says("framing of views", sentence.text.strip()) for sentence in _said(node.passage.text))


def _said(text: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, its number taken off."""
    return (sentence for sentence in sentences(text) if not sentence.text.strip().rstrip(".").isdecimal())


def quantifier(text: str) -> str:
    """Whose view a paragraph reports, as printed: "Many speakers", "It was noted"; empty where it does not say.

    Of "Reference was made by some speakers" it is the agent.
    """
    for sentence in sentences(text):
        if found := first("impersonal view", sentence.text):
            agent = first("agent of a view", sentence.text[found.spans["quantifier"][1] :])
            return (agent or found).words("quantifier")
        if found := leftmost("quantifier", sentence.text):
            return found.words("quantifier")
    return ""
