"""The meetings of a session: which ones are named, on which day each was held, and which one a sentence reports on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mappings import dates
from mappings.context import Context, Numbered
from mappings.facts import Evidence, Gap, MeetingFact, MeetingKey
from mappings.formulae import formula
from mappings.iris import slug
from mappings.lexicon.numbers import ordinal_number
from mappings.proceedings.meeting_days import Mention, Pairing, paired
from mappings.proceedings.organs import is_own, organ_of_session, printed_organ
from mappings.sentences import Sentence, sentences

STATED = "stated in paragraph"


@dataclass(frozen=True, slots=True)
class Sitting:
    """The meetings that a sentence of a numbered paragraph reports on; `start` and `end` are its place in the passage.

    `basis`: "stated in paragraph", "same meeting" (the sentence points back), "same paragraph" (an earlier sentence of
    the paragraph states it), "chapter" (an earlier paragraph does), "other session", "not stated".
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
    pairing = paired([mention for found in mentions.values() for mention in found])
    facts = tuple(_facts(context, mentions, pairing))
    sittings = _sittings(context, mentions)
    return Calendar(facts, tuple(_gaps(context, pairing)), sittings, pairing.days)


def _mentions(context: Context, one: Numbered) -> Iterator[Mention]:
    """The meetings named in a paragraph, in order."""
    text = one.node.passage.text
    for sentence in sentences(text):
        read: list[re.Match[str]] = []
        for rule in (
            "numbered meetings",
            "meetings after the verb",
            "dated meetings in a sentence",
            "days of an organ",
            "informal consultations",
            "opening of the session",
        ):
            for match in formula("meetings", rule).finditer(sentence.text):
                if any(other.start() < match.end() and match.start() < other.end() for other in read):
                    continue
                read.append(match)
                whose = _whose(context, one, sentence, match)
                if whose is None or (rule == "opening of the session" and not _this_session(context, match["ordinal"])):
                    continue
                groups = match.groupdict()
                yield Mention(
                    paragraph=one.key,
                    body=slug(whose) if whose else context.body.key,
                    organ=whose,
                    numbers=_numbers(groups.get("numbers") or ""),
                    days=_days(context, groups.get("when") or ""),
                    start=sentence.start + match.start(),
                    end=sentence.start + match.end(),
                    span=one.node.passage.span(sentence.start + match.start(), sentence.start + match.end()),
                    rule=rule,
                )


def _whose(context: Context, one: Numbered, sentence: Sentence, match: re.Match[str]) -> str | None:
    """The organ that met, as printed, empty for the commission itself; None for meetings that are not the session's."""
    of = match.groupdict().get("of")
    if not of:
        return _whose_by_subject(context, one, sentence.text, match)
    if organ := formula("meetings", "organ of the commission").search(of):
        return printed_organ(organ["organ"])
    if own := formula("meetings", "own session").search(of):
        ordinal = own["ordinal"]
        return "" if ordinal is None or _this_session(context, ordinal) else None
    named = context.vocabulary.body(re.sub(r"^of (?:the|its) ", "", of))
    return "" if named and named.key == context.body.key else None


def _whose_by_subject(context: Context, one: Numbered, text: str, match: re.Match[str]) -> str | None:
    """The organ that met where the words do not say whose meeting it was.

    A plenary meeting is the body's. Else "its" is said of the organ that did something there: behind "At its 3rd
    meeting, on 8 May, the Committee …", before "… was adopted by the Committee at its 3rd meeting". Else it is one of
    the organ whose work is reported.
    """
    if text[match.end() :].startswith(" of "):
        return None
    if "numbers" not in match.re.groupindex or formula("meetings", "plenary").search(match.group()):
        return ""
    met = formula("meetings", "organ that met").search(text)
    if met and not is_own(context, met["organ"]):
        return met["organ"]
    leads = "lead" in match.re.groupindex
    behind = formula("meetings", "who met").match(text[match.end() :]) if leads else None
    before = () if leads else tuple(formula("meetings", "an organ").finditer(text[: match.start("numbers")]))
    named = behind or (before[-1] if before else None)
    return organ_of_session(context, named["organ"], one.stand.organ) if named else one.stand.organ


def _this_session(context: Context, words: str) -> bool:
    return ordinal_number(words) == context.report.session


def _numbers(words: str) -> tuple[int, ...]:
    """The numbers of "1st, 2nd and 4th" or "2nd to 5th"."""
    found: list[int] = []
    last = 0
    for match in formula("meetings", "one number").finditer(words):
        number = ordinal_number(match["number"])
        if number is None:
            continue
        if found and re.fullmatch(r"\s?(?:to|–)\s?", words[last : match.start()]):
            found.extend(range(found[-1] + 1, number))
        found.append(number)
        last = match.end()
    return tuple(found)


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


def _facts(context: Context, mentions: dict[int, tuple[Mention, ...]], pairing: Pairing) -> Iterator[MeetingFact]:
    """Each meeting once: the commission's by number first, then those of its organs."""
    found: dict[MeetingKey, list[Mention]] = {}
    for mention in (mention for named in mentions.values() for mention in named):
        for key in _keys(mention):
            found.setdefault(key, []).append(mention)
    own = context.body.key
    order = sorted(found, key=lambda k: (k.body != own, k.body, k.number is None, k.number or 0, k.on or date.min))
    for key in order:
        named = found[key]
        stated = next((mention for mention in named if mention.days), named[0])
        on = key.on or pairing.days.get(key)
        basis = "not stated" if on is None else STATED if key.on else pairing.basis[key]
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
            last = meetings if meetings and basis != "chapter" else last
        found[_place(one)] = tuple(sittings)
    return found


def _sitting(
    sentence: Sentence, mentions: tuple[Mention, ...], before: Sitting | None, last: tuple[MeetingKey, ...]
) -> tuple[tuple[MeetingKey, ...], str]:
    own = [mention for mention in mentions if sentence.start <= mention.start < sentence.end]
    if formula("meetings", "other session").search(sentence.text):
        return (), "other session"
    if own:
        return tuple(dict.fromkeys(key for mention in own for key in _keys(mention))), STATED
    if formula("meetings", "same meeting").search(sentence.text):
        # one of several meetings is meant, and it is not said which
        return (last, "same meeting") if len(last) == 1 else ((), "not stated")
    if before and before.basis not in ("chapter", "not stated"):
        return before.meetings, before.basis if before.basis == "other session" else "same paragraph"
    return (last, "chapter") if last else ((), "not stated")
