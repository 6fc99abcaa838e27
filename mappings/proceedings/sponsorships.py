"""Who sponsored which draft, in the order of the list, and in whose name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mappings import symbols
from mappings.context import Context, Numbered, Stand
from mappings.facts import ActionFact, Evidence, Gap, SponsorshipFact, TextKey, Thing, ThingKind
from mappings.formulas.formula import Yield, first, matches, says
from mappings.iris import slug
from mappings.proceedings.actions import is_draft
from mappings.sentences import Sentence, sentences
from mappings.tree import Passage
from ontology.naming import NameKind

_KINDS = (NameKind.STATE, NameKind.GROUP, NameKind.ORGANIZATION)
_ASIDE = re.compile(r"\s*\((?P<words>[^()]*(?:\([^()]*\)[^()]*)*)\)")


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
    introductions: set[SponsorshipFact] = set()
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
            if not draft or not says("about a draft", sentence.text):
                continue
            for listed in _lists(sentence):
                start, end = listed.spans["sponsors"]
                at = sentence.start + start
                found, left = parties(context, sentence.text[start:end])
                if listed.fields.get("if_known") and (left or not found):
                    continue  # somebody else than sponsors submitted it
                introduces = bool(listed.fields.get("introduces"))
                if introduces:
                    found, left = _introducers(context, listed, found), ()
                # a delegation that introduced the draft is the first of its sponsors, and not counted twice
                before = {
                    fact.sponsor for fact in facts if fact.draft == draft and (introduces or fact in introductions)
                }
                found = tuple(party for party in found if party.thing not in before)
                later = bool(listed.fields.get("later"))
                order = 1 + sum(
                    fact.draft == draft and (fact.paragraph == one.key or later or fact.sponsor in before)
                    for fact in facts
                )
                named = _Named(listed.formula.label, draft, results.get(draft), order)
                sponsors = tuple(_facts(one, found, at, named))
                introductions.update(sponsors if introduces else ())
                facts.extend(sponsors)
                gaps.extend(_gaps(one.node.passage, left, at))
    return Sponsorships(tuple(facts), tuple(gaps))


def _introducers(context: Context, listed: Yield, found: tuple[Party, ...]) -> tuple[Party, ...]:
    """The delegation that introduced a draft, in the name of its group, or with the States for which it did so."""
    if len(found) != 1:
        return ()  # who introduced it is not known
    (delegation,) = found
    words = listed.words("behalf")
    if not words or says("sponsors unnamed", words):
        return found
    start = listed.spans["behalf"][0] - listed.spans["sponsors"][0]
    others, left = parties(context, words)
    if left or any(other.thing.kind is not ThingKind.STATE for other in others):
        return (replace(delegation, on_behalf_of=_whom(context, words)),)
    return (delegation, *(replace(other, start=start + other.start, end=start + other.end) for other in others))


def _results(acts: tuple[ActionFact, ...]) -> dict[str, TextKey]:
    """The text that came out of each draft, one and no more."""
    return {draft: act.results[0] for act in acts for draft in act.drafts if len(act.results) == 1}


def _draft(sentence: Sentence) -> str:
    for found in symbols.find(sentence.text):
        for symbol in found.symbols:
            if is_draft(str(symbol)):
                return str(symbol)
    return ""


def _lists(sentence: Sentence) -> Iterator[Yield]:
    """The lists of sponsors in a sentence, all by one formula: who submitted counts if nobody sponsored."""
    read = list(matches("sponsors", sentence.text))
    yield from (listed for listed in read if listed.formula is read[0].formula)


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
    if before := first("between parties", text[start:end]):
        start += before.end
    if after := first("before a party", text[start:end]):
        end = start + after.start
    if text[start:end].strip(" ."):
        yield start, end


def _behalf(context: Context, text: str, at: int) -> tuple[Thing | None, int]:
    """In whose name the party that ends at a place acts, and where the words for that end."""
    if aside := _ASIDE.match(text, at):
        capacity = first("behalf of a sponsor", aside["words"])
        return (_whom(context, capacity.words("behalf")) if capacity else None), aside.end()
    if after := first("behalf behind a sponsor", text[at:]):
        return _whom(context, after.words("behalf")), at + after.end
    return None, at


def _whom(context: Context, words: str) -> Thing:
    """The group, State or organization in whose name somebody acts; a group by its own words where it is not known."""
    group = first("members of a group", words)
    members = group.words("group") if group else words
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
