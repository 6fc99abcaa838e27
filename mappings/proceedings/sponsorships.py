"""Who sponsored which draft, in the order of the list, and in whose name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mappings import symbols
from mappings.context import Context, Numbered, Stand
from mappings.facts import ActionFact, Evidence, Gap, SponsorshipFact, TextKey, Thing, ThingKind
from mappings.formulae import formula
from mappings.iris import slug
from mappings.proceedings.actions import is_draft
from mappings.sentences import Sentence, sentences
from mappings.tree import Passage
from ontology.naming import NameKind

_KINDS = (NameKind.STATE, NameKind.GROUP, NameKind.ORGANIZATION)
_ASIDE = re.compile(r"\s*\((?P<words>[^()]*(?:\([^()]*\)[^()]*)*)\)")
_RULES = ("sponsored by", "submitted by", "joined the sponsors", "additional sponsors", "introduced")
_LATER = ("joined the sponsors", "additional sponsors")


@dataclass(frozen=True, slots=True)
class Party:
    """A sponsor of a list, with the one in whose name it acts; its place in the text read."""

    thing: Thing
    on_behalf_of: Thing | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Named:
    """What a list of sponsors is about: the draft, its resulting text, and the order of the list's first sponsor."""

    rule: str
    draft: str
    result: TextKey | None
    order: int


@dataclass(frozen=True, slots=True)
class Sponsorships:
    """The sponsorships in order, and the words of lists that name nobody who is known."""

    facts: tuple[SponsorshipFact, ...]
    gaps: tuple[Gap, ...]


def sponsorships(context: Context, acts: tuple[ActionFact, ...]) -> Sponsorships:
    """The sponsors of every draft; those who joined later follow those of the first list."""
    facts: list[SponsorshipFact] = []
    gaps: list[Gap] = []
    results = _results(acts)
    draft, stand = "", Stand()
    for one in context.paragraphs:
        if one.stand.views:
            continue
        if one.stand != stand:
            draft, stand = "", one.stand
        for sentence in sentences(one.node.passage.text):
            draft = _draft(sentence) or draft
            if not draft or not formula("sponsors", "about a draft").search(sentence.text):
                continue
            for rule, start, end in _lists(sentence):
                at = sentence.start + start
                found, left = parties(context, sentence.text[start:end])
                if rule == "submitted by" and (left or not found):
                    continue  # somebody else than sponsors submitted it
                if rule == "introduced":
                    found, left = _introducers(context, sentence, found, start), ()
                # a delegation that introduced the draft is the first of its sponsors, and not counted twice
                before = {fact.sponsor for fact in facts if fact.draft == draft and _introduction(fact, rule)}
                found = tuple(party for party in found if party.thing not in before)
                order = 1 + sum(
                    fact.draft == draft and (fact.paragraph == one.key or rule in _LATER or fact.sponsor in before)
                    for fact in facts
                )
                facts.extend(_facts(one, found, at, _Named(rule, draft, results.get(draft), order)))
                gaps.extend(_gaps(one.node.passage, left, at))
    return Sponsorships(tuple(facts), tuple(gaps))


def _introduction(fact: SponsorshipFact, rule: str) -> bool:
    return fact.evidence.rule == "introduced" or rule == "introduced"


def _introducers(context: Context, sentence: Sentence, found: tuple[Party, ...], at: int) -> tuple[Party, ...]:
    """The delegation that introduced a draft, in the name of its group, or with the States for which it did so."""
    match = formula("sponsors", "introduced").search(sentence.text)
    if match is None or len(found) != 1:
        return ()  # who introduced it is not known
    (first,) = found
    words = match["behalf"] or ""
    if not words or formula("sponsors", "nobody named").match(words):
        return found
    start = match.start("behalf") - at
    others, left = parties(context, words)
    if left or any(other.thing.kind is not ThingKind.STATE for other in others):
        return (replace(first, on_behalf_of=_whom(context, words)),)
    return (first, *(replace(other, start=start + other.start, end=start + other.end) for other in others))


def _results(acts: tuple[ActionFact, ...]) -> dict[str, TextKey]:
    """The text that came out of each draft, one and no more."""
    return {draft: act.results[0] for act in acts for draft in act.drafts if len(act.results) == 1}


def _draft(sentence: Sentence) -> str:
    for found in symbols.find(sentence.text):
        for symbol in found.symbols:
            if is_draft(str(symbol)):
                return str(symbol)
    return ""


def _lists(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    """The lists of sponsors in a sentence: the rule and place of each; who submitted counts if nobody sponsored."""
    for rule in _RULES:
        found = [
            (rule, match.start("list"), match.end("list"))
            for match in formula("sponsors", rule).finditer(sentence.text)
        ]
        if found:
            yield from found
            return


def parties(context: Context, text: str) -> tuple[tuple[Party, ...], tuple[tuple[int, int], ...]]:
    """The parties that a list names, in order, and the places of words that name nobody.

    What stands in parentheses, or after a comma, behind a name says in whose name it acts.
    """
    found: list[Party] = []
    left: list[tuple[int, int]] = []
    at = 0
    for name in context.vocabulary.names(text, _KINDS):
        if name.start < at:
            continue  # inside the words on whose behalf the one before acts
        left.extend(_left(text, at, name.start))
        behalf, at = _behalf(context, text, name.end)
        found.append(Party(context.thing(name.entry), behalf, name.start, at))
    left.extend(_left(text, at, len(text)))
    return tuple(found), tuple(left)


def _left(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The words between two names that are no connection, without the connections around them."""
    between = formula("sponsors", "between parties")
    if before := between.match(text, start, end):
        start = before.end()
    if after := formula("sponsors", "before a party").search(text[start:end]):
        end = start + after.start()
    if text[start:end].strip(" ."):
        yield start, end


def _behalf(context: Context, text: str, at: int) -> tuple[Thing | None, int]:
    """In whose name the party that ends at a place acts, and where the words for that end."""
    if aside := _ASIDE.match(text, at):
        capacity = formula("sponsors", "sponsor's capacity").search(aside["words"])
        return (_whom(context, capacity["whom"]) if capacity else None), aside.end()
    if after := formula("sponsors", "capacity without parentheses").match(text, at):
        return _whom(context, after["whom"]), after.end()
    return None, at


def _whom(context: Context, words: str) -> Thing:
    """The group, State or organization in whose name somebody acts; a group by its own words where it is not known."""
    members = formula("sponsors", "members of a group").sub("", words)
    if entry := context.vocabulary.named(words, _KINDS) or context.vocabulary.named(members, _KINDS):
        return context.thing(entry)
    label = re.sub(r"^the\s+", "", members.strip())
    return Thing(ThingKind.GROUP, slug(label), label)


def _facts(one: Numbered, found: tuple[Party, ...], at: int, named: _Named) -> Iterator[SponsorshipFact]:
    for number, party in enumerate(found, named.order):
        span = one.node.passage.span(at + party.start, at + party.end)
        yield SponsorshipFact(
            paragraph=one.key,
            draft=named.draft,
            text=named.result,
            order=number,
            sponsor=party.thing,
            on_behalf_of=party.on_behalf_of,
            evidence=Evidence(span, named.rule),
        )


def _gaps(passage: Passage, left: tuple[tuple[int, int], ...], at: int) -> Iterator[Gap]:
    for start, end in left:
        words = passage.text[at + start : at + end].strip(" ,.")
        yield Gap(
            "sponsorships", "a sponsor that the vocabulary does not know", words, passage.span(at + start, at + end)
        )
