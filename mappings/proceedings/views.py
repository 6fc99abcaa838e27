"""What was said without saying by whom: deliberations and summaries by the Chair."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mappings.facts import Evidence, ParagraphFact, ViewFact
from mappings.sentences import sentences
from mappings.tree import Kind, Node

VIEWS = re.compile(
    r"^(?:Deliberations|(?:Chair['’]s )?[Ss]ummary(?: by the Chair| of deliberations)?|"
    r"Summary of (?:the )?(?:deliberations|discussions?))"
)
QUANTIFIER = re.compile(
    r"\b(?P<quantifier>(?:[Aa] (?:few|number of|large number of|group of|majority of)|"
    r"[Ss]everal|[Ss]ome|[Mm]any|[Mm]ost|[Aa]ll|[Oo]ther|[Vv]arious|[Oo]ne|[Aa]nother|[Aa])"
    r" (?:other )?(?:speakers?|delegations?|representatives?|participants?|panellists?|Member States)|"
    r"[Ss]peakers|[Dd]elegations|[Pp]articipants|[Pp]anellists)\b"
)
IMPERSONAL = re.compile(
    r"^(?P<quantifier>It was (?:also |further |generally )?[a-z]+(?=\s+that)|(?:Reference|Mention) was (?:also )?made|"
    r"(?:Appreciation|Concern|Support|Satisfaction|The view|The hope) was (?:also )?expressed)"
)


def views(tree: Node, paragraphs: tuple[ParagraphFact, ...]) -> tuple[ViewFact, ...]:
    """A fact for each numbered paragraph of deliberations, with the quantifier that comes first in it as printed."""
    texts = {paragraph.number: paragraph for paragraph in paragraphs}
    return tuple(_view(node, texts[node.label]) for node in _nodes(tree) if node.label in texts)


def _nodes(tree: Node) -> Iterator[Node]:
    for section in tree.of(Kind.SECTION):
        if VIEWS.match(section.title.text):
            yield from section.of(Kind.PARAGRAPH)


def _view(node: Node, paragraph: ParagraphFact) -> ViewFact:
    evidence = Evidence(node.passage.span(), "views: paragraph of deliberations")
    return ViewFact(
        node.label,
        paragraph.chapter,
        paragraph.section_title,
        paragraph.topic,
        quantifier(node.passage.text),
        paragraph.text,
        evidence,
    )


def quantifier(text: str) -> str:
    """Whose view a paragraph reports, as printed: "Many speakers", "It was noted"; empty where it does not say."""
    for sentence in sentences(text):
        if found := IMPERSONAL.match(sentence.text) or QUANTIFIER.search(sentence.text):
            return found["quantifier"]
    return ""
