"""Where a report contradicts itself: what it prints twice is compared, and a gap tells each difference."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mappings.facts import ActionFact, DocumentFact, Facts, Gap, StatementFact, TextFact
from mappings.formulas.formula import matches
from mappings.tree import Kind, Node

STAGE = "disagreement"


def disagreements(tree: Node, facts: Facts) -> tuple[Gap, ...]:
    """Titles that differ between an action and chapter I, counts of meetings that the report does not bear out, items
    that its agenda does not have.
    """
    return (*_titles(facts), *_meetings(tree, facts), *_agenda(facts))


def _agenda(facts: Facts) -> Iterator[Gap]:
    """Each item under which a document stands or a statement was made, and which the adopted agenda does not have.

    An item is told once. Where no agenda was read there is nothing to compare.
    """
    adopted = {item.item for item in facts.agenda if item.status == "adopted" and item.session == facts.report.session}
    told: set[str] = set()
    told_of: tuple[DocumentFact | StatementFact, ...] = (*facts.documents, *facts.statements)
    for fact in told_of:
        found = re.match(r"\d+", fact.item)
        if adopted and found and found[0] not in adopted and found[0] not in told:
            told.add(found[0])
            reason = f"paragraph {fact.paragraph} stands under item {found[0]}, which the adopted agenda does not have"
            yield Gap(STAGE, reason, f"item {fact.item}", fact.evidence.span)


def _titles(facts: Facts) -> Iterator[Gap]:
    """Each act whose title for a text is not the title that the text has."""
    texts = {text.key: text for text in facts.texts}
    for act in facts.actions:
        results = [texts[key] for key in act.results if key in texts]
        if act.title and len(results) == 1 and not _same(act.title, results[0].title):
            yield _gap_of(act, results[0])


def _gap_of(act: ActionFact, text: TextFact) -> Gap:
    reason = f"paragraph {act.paragraph} has another title for a text than chapter I, which has: {text.title}"
    return Gap(STAGE, reason, act.title, act.evidence.span)


def _same(one: str, other: str) -> bool:
    """Whether two titles have the same letters and figures; marks of footnotes and quotation marks do not count."""
    return _letters(one) == _letters(other)


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())


def _meetings(tree: Node, facts: Facts) -> Iterator[Gap]:
    """Each count of meetings that is smaller than the highest number of a meeting that the report speaks of."""
    highest = max((one.key.number or 0 for one in facts.meetings if not one.organ), default=0)
    for paragraph in tree.of(Kind.PARAGRAPH):
        text = paragraph.passage.text
        for found in matches("meetings counted", text):
            held = found.number("count")
            if held and held < highest:
                reason = f"{held} meetings are counted, and meeting {highest} is spoken of"
                span = paragraph.passage.span(found.start, found.end)
                yield Gap(STAGE, reason, text[found.start : found.end], span)
