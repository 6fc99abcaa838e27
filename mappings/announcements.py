"""The report checked against itself: what the contents and the executive summary announce, and what is there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mappings.facts import Count, Gap
from mappings.formulae import formula
from mappings.tree import TEXTS, Kind, Node, Passage

HEADED = frozenset({Kind.CHAPTER, Kind.SECTION, Kind.TOPIC, Kind.SUMMARY, Kind.ANNEX, *TEXTS})


def announcements(tree: Node) -> tuple[Count, tuple[Gap, ...]]:
    """How many announced titles head a part of the report, and a gap for each that does not.

    A title may be announced in a shorter form: the words of one may begin with those of the other.
    """
    present = [_letters(node.title.text) for node in tree.of(*HEADED) if node.title.text]
    announced = [*_contents(tree), *_summary(tree)]
    gaps = tuple(
        Gap("contents", f"announced in {where}, and not in the report", passage.text, passage.span())
        for where, passage in announced
        if not _stands(_letters(passage.text), present)
    )
    return Count("contents", len(announced), len(announced) - len(gaps)), gaps


def _contents(tree: Node) -> Iterator[tuple[str, Passage]]:
    for entry in tree.of(Kind.CONTENTS_ENTRY):
        if entry.title.text and _letters(entry.title.text) != "executivesummary":
            yield "the contents", entry.title


def _summary(tree: Node) -> Iterator[tuple[str, Passage]]:
    for summary in tree.of(Kind.SUMMARY):
        for paragraph in summary.of(Kind.UNNUMBERED_PARAGRAPH):
            for match in formula("announcements", "text in the summary").finditer(paragraph.passage.text):
                yield "the executive summary", paragraph.passage.part(*match.span("title"))


def _stands(title: str, present: list[str]) -> bool:
    return any(title == other or (other and (title.startswith(other) or other.startswith(title))) for other in present)


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())
