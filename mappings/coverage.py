"""How much of a report was understood, and the sentences that were not.

All prose of the body is counted, whatever it became in the tree: running paragraphs, lines and items of lists,
paragraphs of annexes, headings that are sentences. The clauses of texts have a stage of their own; the front of a
report, its footnotes and its furniture are no prose of the body.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mappings.context import Context, Numbered, Stand
from mappings.drafting.clauses import needs_verb
from mappings.facts import Basis, Count, Evidence, Facts, Gap
from mappings.formulae import formula
from mappings.formulas.formula import says
from mappings.outlining.headings import ended
from mappings.proceedings.actions import unresolved
from mappings.proceedings.meetings import Calendar
from mappings.residue import Words, letters, residue
from mappings.sentences import sentences
from mappings.source import Span
from mappings.stretches import Stretches
from mappings.tree import TEXTS, Kind, Node

_FRONT = frozenset({Kind.COVER, Kind.NOTE, Kind.CONTENTS, Kind.SUMMARY, Kind.FOOTNOTE, Kind.FURNITURE})
_HEADINGS = frozenset({Kind.SECTION, Kind.TOPIC, Kind.ANNEX})
_SHORTEST = 2  # characters: what is shorter is a stray sign
# What sentences say that need leave no fact with their span.
_TOLD = ("conduct", "attendance told", "attendance listed", "meetings counted")
_ANNOUNCES = re.compile(r":$|\b(?:listed|set out|reproduced) below\.$|\bas follows\b")


def coverage(
    context: Context, calendar: Calendar, facts: Facts, citations: Count
) -> tuple[tuple[Count, ...], tuple[Gap, ...], tuple[Gap, ...]]:
    """The counts per stage, a gap for each sentence outside reported views that no fact was read from, the residue."""
    titles = frozenset(letters(item.title) for item in facts.agenda)
    words = (*_words(context, calendar, titles), *_unnumbered(context, titles))
    words = tuple(sorted(words, key=lambda one: one.span))
    claims = Stretches(_claiming(facts))
    left = tuple(one for one in words if not _claimed(one, claims))
    understood, over = residue((one for one in words if _claimed(one, claims)), facts, context.body.label)
    clauses = [fact for fact in facts.clauses if needs_verb(fact)]
    open_actions = sum(unresolved(fact) for fact in facts.actions)
    counts = (
        _characters(context),
        Count("sentences", len(words), len(words) - len(left)),
        Count("clauses", len(clauses), sum(bool(fact.verb) for fact in clauses)),
        citations,
        Count("actions", len(facts.actions), len(facts.actions) - open_actions),
        understood,
    )
    unread = tuple(Gap("sentences", "no rule reads this sentence", one.text, one.span) for one in left)
    without = _without_facts(context, words, claims)
    return (*counts, *_chapters(context, words, left)), (*unread, *without, *_numbering(context)), over


def _claimed(one: Words, claims: Stretches) -> bool:
    """Whether a rule read a sentence, or the list that it announces."""
    return one.known or one.repeats or any(claims.over(at) for at in (one.span, *one.heads))


def _without_facts(context: Context, words: tuple[Words, ...], claims: Stretches) -> Iterator[Gap]:
    """Each chapter without a text of whose prose no fact was read; "no issue was raised" is known to leave none."""
    for chapter in context.tree.of(Kind.CHAPTER):
        spans = [span for node in chapter.walk() for span in node.spans]
        if not spans or next(chapter.of(*TEXTS), None):
            continue
        here = Span(min(span.start for span in spans), max(span.end for span in spans))
        inside = [one for one in words if here.start <= one.span.start < here.end]
        if any(not (one.known or one.repeats) for one in inside) and not claims.over(here):
            name = f"{chapter.label} {chapter.title.text}".strip()
            yield Gap("chapter", "no fact was read from the prose of this chapter", name, inside[0].span)


def _chapters(context: Context, words: tuple[Words, ...], left: tuple[Words, ...]) -> Iterator[Count]:
    """For each chapter its characters, its sentences, lines and items, and those that are prose: reported views.

    Of the characters those count that lie in a node, of the sentences outside views those that a rule read.
    """
    everywhere = [span for node in context.tree.walk() for span in node.spans]
    for chapter in context.tree.of(Kind.CHAPTER):
        spans = [span for node in chapter.walk() for span in node.spans]
        if not spans:
            continue
        start, end = min(span.start for span in spans), max(span.end for span in spans)
        held = sum(span.end - span.start for span in everywhere if start <= span.start < end)
        inside = sum(start <= one.span.start < end for one in words)
        prose = sum(
            len(sentences(one.node.passage.text))
            for one in context.paragraphs
            if one.stand.views and start <= one.node.passage.span().start < end
        )
        name = f"chapter {chapter.label}"
        yield Count(f"{name} characters", end - start, held)
        if inside:
            yield Count(name, inside, inside - sum(start <= one.span.start < end for one in left))
        if prose:
            yield Count(f"{name} prose", prose, prose)


def _numbering(context: Context) -> Iterator[Gap]:
    """Where the numbers of the paragraphs do not follow one another: the report or its conversion is at fault.

    A series may begin anew at 1 in a chapter. Paragraphs without numbers have no place in it; each may stand where a
    number was lost.
    """
    last = lost = 0
    unit: str | None = None
    for one in context.paragraphs:
        if not one.number.isdigit():
            lost += 1
            continue
        number = int(one.number)
        anew = number == 1 and one.stand.chapter != unit
        if not anew and not last < number <= last + 1 + lost:
            fault = f"paragraph {number} follows paragraph {last}"
            if one.stand.chapter and one.stand.chapter != unit:
                fault = f"{fault}, in chapter {one.stand.chapter}"
            span = one.node.passage.span(0, min(len(one.node.passage.text), 60))
            yield Gap("disagreement", fault, one.node.passage.text[:60], span)
        last, lost, unit = number, 0, one.stand.chapter


def _characters(context: Context) -> Count:
    """The characters of the source that lie in a node of the tree, blank lines and page furniture included."""
    spans = sorted(span for node in context.tree.walk() for span in node.spans)
    claimed = at = 0
    for span in spans:
        claimed += max(0, span.end - max(at, span.start))
        at = max(at, span.end)
    return Count("characters", len(context.source.text), claimed)


def _words(context: Context, calendar: Calendar, titles: frozenset[str]) -> Iterator[Words]:
    """What is to be read; an item that repeats one of the agenda is known from there."""
    for one in context.paragraphs:
        if one.stand.views:
            continue
        below = [node for child in one.node.children for node in child.walk() if len(node.passage.text) > _SHORTEST]
        yield from _sentences(one, calendar, titles, tuple(node.passage.span() for node in below))
        for node in below:
            repeats = _names_columns(node) or letters(node.passage.text) in titles
            yield Words(node.passage, 0, len(node.passage.text), repeats=repeats)


def _unnumbered(context: Context, titles: frozenset[str]) -> Iterator[Words]:
    """The prose of the body that is in no running paragraph: what a converter or the outline made something else."""
    for node, stand in _loose(context.tree, Stand()):
        if stand.views:
            continue
        passage = node.title if node.kind in _HEADINGS else node.passage
        for sentence in sentences(passage.text):
            if len(sentence.text) > _SHORTEST:
                repeats = _names_columns(node) or letters(sentence.text) in titles
                yield Words(passage, sentence.start, sentence.end, repeats=repeats)


def _loose(node: Node, stand: Stand) -> Iterator[tuple[Node, Stand]]:
    """The nodes outside texts and running paragraphs that hold prose; a heading does if it is a whole sentence."""
    for child in node.children:
        if child.kind in _FRONT or child.kind in TEXTS or child.kind is Kind.PARAGRAPH:
            continue
        here = Stand(section_title=child.title.text) if child.kind is Kind.SECTION else stand
        if child.kind in _HEADINGS:
            if ended(child.title.text) and not child.title.text.endswith(":"):
                yield child, here
        elif child.passage.text:
            yield child, here
        yield from _loose(child, here)


def _sentences(one: Numbered, calendar: Calendar, titles: frozenset[str], below: tuple[Span, ...]) -> Iterator[Words]:
    passage = one.node.passage
    found = sentences(passage.text)
    for sentence in found:
        sitting = calendar.sitting(one, sentence.start)
        stated = bool(sitting and sitting.basis == Basis.STATED)
        known = (
            (stated and says("proceedings", sentence.text))
            or (sentence.text.startswith("(") and says("pointer", sentence.text))
            or any(formula("report", f"session {how}").search(sentence.text) for how in ("held", "was held"))
            or any(says(emits, sentence.text) for emits in _TOLD)
        )
        heads = below if sentence is found[-1] and _ANNOUNCES.search(sentence.text) else ()
        repeats = letters(sentence.text) in titles
        yield Words(passage, sentence.start, sentence.end, known, repeats, heads)


def _names_columns(node: Node) -> bool:
    """Whether a row only names the columns of its table."""
    cells = [cell.strip() for cell in node.passage.text.split("\t")]
    return node.kind is Kind.ROW and all(formula("report", "column").fullmatch(cell) for cell in cells)


def _claiming(facts: Facts) -> list[Span]:
    """Where the facts were read that say what a sentence says; a citation in a sentence is not what it says."""
    evidence: list[Evidence] = []
    tables = (
        facts.actions,
        facts.sponsorships,
        facts.meetings,
        facts.statements,
        facts.views,
        facts.documents,
        facts.agenda,
        facts.officers,
        facts.attendance,
    )
    for table in tables:
        evidence.extend(fact.evidence for fact in table)
    evidence.extend(part.evidence for part in facts.report.parts)
    return [one.span for one in evidence]
