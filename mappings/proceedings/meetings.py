"""The meetings of a session: which ones are named, on which day each was held, and which one a sentence reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mappings import dates
from mappings.context import Context, Numbered
from mappings.facts import Basis, Evidence, Gap, MeetingFact, MeetingKey
from mappings.formulas.formula import Yield, first, in_order, matches
from mappings.iris import slug
from mappings.proceedings.meeting_days import Mention, Pairing, paired
from mappings.proceedings.organs import is_own, organ_of_session, printed_organ
from mappings.proceedings.records import records
from mappings.sentences import Sentence, sentences


@dataclass(frozen=True, slots=True)
class Sitting:
    """The meetings that a sentence of a numbered paragraph reports on; `start` and `end` are its place in the passage.

    `basis` says how they are known (`mappings.facts.Basis`).
    """

    paragraph: str
    start: int
    end: int
    meetings: tuple[MeetingKey, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """The meetings of a session with their days, and the sitting of every sentence of the numbered paragraphs."""

    facts: tuple[MeetingFact, ...]
    gaps: tuple[Gap, ...]
    sittings: dict[int, tuple[Sitting, ...]]  # by the place of the paragraph in the source
    days: dict[MeetingKey, date]

    def sitting(self, paragraph: Numbered, offset: int) -> Sitting | None:
        """The sitting of the sentence that holds a place of a paragraph."""
        return next((one for one in self.sittings.get(_place(paragraph), ()) if one.start <= offset < one.end), None)


def _place(paragraph: Numbered) -> int:
    return paragraph.node.passage.span().start


def read_calendar(context: Context) -> Calendar:
    """All meetings that the numbered paragraphs name."""
    mentions = {_place(one): tuple(_mentions(context, one)) for one in context.told}
    named = (*(mention for found in mentions.values() for mention in found), *_recorded(context))
    pairing = paired(named)
    facts = tuple(_facts(context, named, pairing))
    sittings = _sittings(context, mentions)
    return Calendar(facts, tuple(_gaps(context, pairing)), sittings, pairing.days)


def _recorded(context: Context) -> Iterator[Mention]:
    """The meetings that the records below the texts name."""
    for record in records(context):
        if record.number is not None:
            when, numbers = _days(context, record.when), (record.number,)
            yield Mention(record.paragraph, context.body.key, numbers, when, 0, 0, record.span, "meeting of a record")


def _mentions(context: Context, one: Numbered) -> Iterator[Mention]:
    """The meetings named in a paragraph, in order."""
    text = one.node.passage.text
    for sentence in sentences(text):
        read: list[Yield] = []
        for found in matches("meetings", sentence.text):
            if any(other.start < found.end and found.start < other.end for other in read):
                continue
            read.append(found)
            whose = _whose(context, one, sentence, found)
            session = found.number("session")
            if whose is None or session not in (None, context.report.session):
                continue
            yield Mention(
                paragraph=one.key,
                body=slug(whose) if whose else context.body.key,
                organ=whose,
                numbers=_numbers(found),
                days=_days(context, found.words("when")),
                start=sentence.start + found.start,
                end=sentence.start + found.end,
                span=one.node.passage.span(sentence.start + found.start, sentence.start + found.end),
                rule=found.formula.label,
            )


def _numbers(found: Yield) -> tuple[int, ...]:
    numbers = found.fields.get("numbers")
    return numbers if isinstance(numbers, tuple) else ()


def _whose(context: Context, one: Numbered, sentence: Sentence, found: Yield) -> str | None:
    """The organ that met, as printed, empty for the commission itself; None for meetings that are not the session's."""
    of = found.words("of")
    if not of:
        return _whose_by_subject(context, one, sentence.text, found)
    if organ := first("organ of the session", of):
        return printed_organ(organ.words("organ"))
    if own := first("own session", of):
        noun = re.sub(r"^of (?:its|the) ", "", of)
        if one.stand.organ and (met := organ_of_session(context, noun, one.stand.organ)):
            return met  # "the 1st meeting of the Committee", in the report of the Committee of the Whole
        return "" if own.number("session") in (None, context.report.session) else None
    named = context.vocabulary.body(re.sub(r"^of (?:the|its) ", "", of))
    return "" if named and named.key == context.body.key else None


def _whose_by_subject(context: Context, one: Numbered, text: str, found: Yield) -> str | None:
    """The organ that met where the words do not say whose meeting it was.

    A plenary meeting is the body's. Else "its" is said of the organ that did something there: behind "At its 3rd
    meeting, on 8 May, the Committee …", before "… was adopted by the Committee at its 3rd meeting". Else it is one of
    the organ whose work is reported.
    """
    if text[found.end :].startswith(" of "):
        return None
    if not _numbers(found) or found.words("plenary"):
        return ""
    met = first("organ that met", text)
    if met and not is_own(context, met.words("organ")):
        return met.words("organ")
    if found.fields.get("leads"):
        named = first("organ behind the meetings", text[found.end :])
    else:
        before = in_order("organ", text[: found.spans["numbers"][0]])
        named = before[-1] if before else None
    return organ_of_session(context, named.words("organ"), one.stand.organ) if named else one.stand.organ


def _days(context: Context, words: str) -> tuple[dates.Days, ...]:
    """The days in some words; a year that is not printed is the one in which they fall into the session."""
    parts = context.report.parts
    for year in sorted({part.start.year for part in parts} | {part.end.year for part in parts}):
        found = dates.days(words, year)
        if found and all(any(part.start <= one.first <= part.end for part in parts) for one in found):
            return found
    return dates.days(words, context.report.year or None)


def _keys(mention: Mention) -> tuple[MeetingKey, ...]:
    if mention.numbers:
        return tuple(MeetingKey(mention.body, number) for number in mention.numbers)
    return tuple(
        MeetingKey(mention.body, None, day)
        for one in mention.days
        for day in (one.first, one.last)[: 1 + (one.first != one.last)]
    )


def _facts(context: Context, mentions: tuple[Mention, ...], pairing: Pairing) -> Iterator[MeetingFact]:
    """Each meeting once: the commission's by number first, then those of its organs."""
    found: dict[MeetingKey, list[Mention]] = {}
    for mention in mentions:
        for key in _keys(mention):
            found.setdefault(key, []).append(mention)
    own = context.body.key
    order = sorted(found, key=lambda k: (k.body != own, k.body, k.number is None, k.number or 0, k.on or date.min))
    for key in order:
        named = found[key]
        stated = next((mention for mention in named if mention.days), named[0])
        on = key.on or pairing.days.get(key)
        basis = Basis.NOT_STATED if on is None else Basis.STATED if key.on else pairing.basis[key]
        paragraphs = tuple(dict.fromkeys(mention.paragraph for mention in named))
        yield MeetingFact(key, on, basis, paragraphs, Evidence(stated.span, stated.rule), stated.organ)


def _gaps(context: Context, pairing: Pairing) -> Iterator[Gap]:
    for mention, reason in pairing.unresolved:
        yield Gap("meetings", reason, context.source.quote(mention.span), mention.span)


def _sittings(context: Context, mentions: dict[int, tuple[Mention, ...]]) -> dict[int, tuple[Sitting, ...]]:
    """The sitting of every sentence, paragraph after paragraph; what one chapter says holds for no other."""
    found: dict[int, tuple[Sitting, ...]] = {}
    last: tuple[MeetingKey, ...] = ()
    chapter = ""
    for one in context.told:
        if one.stand.chapter != chapter:
            chapter, last = one.stand.chapter, ()
        sittings: list[Sitting] = []
        for sentence in sentences(one.node.passage.text):
            before = sittings[-1] if sittings else None
            meetings, basis = _sitting(sentence, mentions[_place(one)], before, last)
            sittings.append(Sitting(one.key, sentence.start, sentence.end, meetings, basis))
            last = meetings if meetings and basis != Basis.CHAPTER else last
        found[_place(one)] = tuple(sittings)
    return found


def _sitting(
    sentence: Sentence, mentions: tuple[Mention, ...], before: Sitting | None, last: tuple[MeetingKey, ...]
) -> tuple[tuple[MeetingKey, ...], str]:
    own = [mention for mention in mentions if sentence.start <= mention.start < sentence.end]
    pointing = tuple(matches("sitting", sentence.text))
    if elsewhere := next((found for found in pointing if found.fields.get("elsewhere")), None):
        return (), elsewhere.words("basis")
    if own:
        return tuple(dict.fromkeys(key for mention in own for key in _keys(mention))), Basis.STATED
    if pointing:
        # one of several meetings is meant, and it is not said which
        return (last, pointing[0].words("basis")) if len(last) == 1 else ((), Basis.NOT_STATED)
    if before and before.basis not in (Basis.CHAPTER, Basis.NOT_STATED):
        return before.meetings, before.basis if before.basis == Basis.OTHER_SESSION else Basis.SAME_PARAGRAPH
    return (last, Basis.CHAPTER) if last else ((), Basis.NOT_STATED)
