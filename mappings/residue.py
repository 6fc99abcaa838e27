"""Of the sentences that a rule claims, the words on which nothing stands that was read: the residue.

A word is understood where the evidence of a fact lies over it, or where it belongs to the wording of the formulas that
read such facts: what a formula writes itself ("At the same meeting", "took note of"), and what it takes into a field of
the fact (a date, a method, a title, who acted). Symbols of documents are understood where an act or a list of documents
takes them, titles in quotation marks where the report has an item, a section or a text of that title. Words that say
nothing alone are understood, but for those that stand between words which are not. Every other word is counted and
listed: what is understood and what is listed add up to all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from mappings import symbols
from mappings.facts import Count, Facts, Gap
from mappings.formulae import formula
from mappings.formulas.formula import wording
from mappings.source import Span
from mappings.stretches import Stretches
from mappings.tree import Passage

STAGE, REASON = "residue", "no fact stands on these words"
_TOKEN = re.compile(r"\w+(?:[-’'./]\w+)*")
# In quotation marks or parentheses stand titles and asides, in which acts are not read.
_QUOTED = re.compile(r"“([^”]*)”|\"([^\"]*)\"")
_ASIDE = re.compile(r"“[^”]*”|\"[^\"]*\"|\([^()]*(?:\([^()]*\)[^()]*)*\)")
_ANY = ("meetings", "sitting", "same meeting", "own session", "agenda item", "proceedings")
# The wording that belongs to the facts of each table, where one of them stands in the sentence or in the list below it.
_OF_TABLE: Mapping[str, tuple[str, ...]] = {
    "actions": (
        "method", "vote", "side of a vote", "revision", "quoted title", "recommended to", "for adoption by", "chapeau",
        "pointer", "list of acts", "list of objects", "draft named", "about a draft", "subject", "organ that met",
    ),
    "sponsorships": ("sponsors", "sponsors unnamed", "behalf behind a sponsor", "members of a group", "about a draft"),
    "statements": (
        "head of speakers", "purpose of a sentence", "purpose of words", "around an action",
        "around a draft", "mode of a statement", "in the name of others", "speakers announced", "speakers in lines",
        "half of the day", "day of an event", "general debate", "kind of those listed",
    ),
    "documents": ("documents", "documents announced", "documentation", "way to a symbol", "name of a document"),
    "agenda": ("agenda", "consideration", "conduct", "coming session"),
    "officers": (
        "officers announced", "election", "naming", "nomination", "vacancy", "members proposed", "group assisting",
        "regional seats", "seat", "panel officer", "officer holding", "line of officers", "heading of a post",
    ),
    "attendance": ("attendance", "attendance told"),
    "meetings": (),
}  # fmt: skip
# The wording of sentences that need leave no fact.
_OF_PRACTICE = ("conduct", "attendance told", "attendance listed", "meetings counted", "pointer")


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence, or a line, item or row of a list, of the body of the report outside its texts, by its place.

    `known` tells that a rule read it without leaving a fact with its span, `repeats` that it is read elsewhere, as a
    title or as the heads of a table; `heads` are the stretches of the list that it announces.
    """

    passage: Passage
    start: int
    end: int
    known: bool = False
    repeats: bool = False
    heads: tuple[Span, ...] = ()

    @property
    def text(self) -> str:
        """Its words."""
        return self.passage.text[self.start : self.end]

    @property
    def span(self) -> Span:
        """Where it stands in the source."""
        return self.passage.span(self.start, self.end)


def residue(claimed: Iterable[Words], facts: Facts, reporting: str) -> tuple[Count, tuple[Gap, ...]]:
    """The words of claimed sentences and those that are understood, and each stretch of words that is not.

    `reporting` is the name of the body that reports.
    """
    tables = {name: Stretches(one.evidence.span for one in getattr(facts, name)) for name in _OF_TABLE}
    besides = Stretches(one.evidence.span for table in (facts.views, facts.citations, facts.mandates) for one in table)
    stretches = (*tables.values(), besides, Stretches(part.evidence.span for part in facts.report.parts))
    titled = frozenset(
        letters(one.title) for table in (facts.agenda, facts.sections, facts.chapters, facts.texts) for one in table
    )
    total, gaps = 0, []
    for one in claimed:
        words = list(_TOKEN.finditer(one.text))
        total += len(words)
        if one.repeats or not words:
            continue
        held = _mask(one.text, (*_evidence(one, stretches), *_wording(one, tables), *_named(one, reporting, titled)))
        joints, nouns = (_mask(one.text, wording(emits, one.text)) for emits in ("function word", "common noun"))
        for start, end in _left(words, held, joints, nouns):
            span = one.passage.span(one.start + start, one.start + end)
            gaps.append(Gap(STAGE, REASON, one.text[start:end], span))
    left = sum(len(_TOKEN.findall(gap.text)) for gap in gaps)
    return Count(STAGE, total, total - left), tuple(gaps)


def _evidence(one: Words, stretches: Iterable[Stretches]) -> Iterator[tuple[int, int]]:
    """The places in the sentence of the facts that stand in it."""
    offsets = one.passage.offsets
    for stretch in stretches:
        for span in stretch.over(one.span):
            start = bisect_left(offsets, span.start, one.start, one.end) - one.start
            yield start, bisect_left(offsets, span.end, one.start, one.end) - one.start


def _wording(one: Words, tables: Mapping[str, Stretches]) -> Iterator[tuple[int, int]]:
    """The places of the wording in which the facts of the sentence were read."""
    text = one.text
    here = (one.span, *one.heads)
    standing = [name for name, stretches in tables.items() if any(stretches.over(span) for span in here)]
    types = dict.fromkeys(emits for name in standing for emits in _OF_TABLE[name])
    for emits in (*_ANY, *types, *(_OF_PRACTICE if one.known or not standing else ())):
        yield from wording(emits, text)
    if "statements" in standing:
        yield from wording("statement", text, of_first=True)
    if "actions" in standing:
        yield from wording("act", _ASIDE.sub(lambda aside: "·" * len(aside[0]), text))
    if {"actions", "sponsorships", "documents"} & set(standing):
        yield from ((symbol.start, max(symbol.end, symbol.close)) for symbol in symbols.find(text))
    if one.known:
        for how in ("held", "was held"):
            yield from (found.span() for found in formula("report", f"session {how}").finditer(text))


def _named(one: Words, reporting: str, titled: frozenset[str]) -> Iterator[tuple[int, int]]:
    """The places of the name of the body that reports, and of the titles of what the report holds."""
    text = one.text
    yield from (found.span() for found in _QUOTED.finditer(text) if letters(found[1] or found[2]) in titled)
    at = text.find(reporting)
    while reporting and at >= 0:
        yield at, at + len(reporting)
        at = text.find(reporting, at + 1)


def letters(words: str) -> str:
    """The letters of a title, which quotation marks and punctuation do not tell apart."""
    return re.sub(r"[^a-z]", "", words.lower())


def _mask(text: str, places: Iterable[tuple[int, int]]) -> bytearray:
    """A 1 for each character of a text that lies in one of the places."""
    mask = bytearray(len(text))
    for start, end in places:
        mask[start:end] = b"\1" * (end - start)
    return mask


def _left(
    words: Sequence[re.Match[str]], held: bytearray, joints: bytearray, nouns: bytearray
) -> Iterator[tuple[int, int]]:
    """The stretches of words that are left over, in which one at least says something alone; no joint is at an end."""
    for understood, run in groupby(words, lambda word: all(held[slice(*word.span())])):
        if understood:
            continue
        ones = [(word, all(joints[slice(*word.span())])) for word in run]
        if all(joint or all(nouns[slice(*word.span())]) for word, joint in ones):
            continue
        telling = [word for word, joint in ones if not joint]
        yield telling[0].start(), telling[-1].end()
