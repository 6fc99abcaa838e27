"""Whom an operative paragraph speaks to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mappings.context import Context
from mappings.facts import Thing, ThingKind
from mappings.formulae import formula
from mappings.iris import slug
from mappings.lexicon.words import words
from ontology.naming import NameKind
from ontology.phrasing import OpeningPhrase

_KINDS = (NameKind.BODY, NameKind.ORGANIZATION, NameKind.STATE, NameKind.GROUP, NameKind.ADDRESSEE)
_ARTICLE = re.compile(r"^(?:the|all|all the|its)\s+")
_LONGEST = 320  # characters: no list of addressees in practice is longer


@dataclass(frozen=True, slots=True)
class Addressee:
    """The one addressed and the words for it, which stand at `start` to `end` of the paragraph."""

    thing: Thing
    phrase: str
    start: int
    end: int


def addressee(context: Context, text: str, opening: OpeningPhrase) -> Addressee | None:
    """The addressee of a paragraph's main verb; None where it has none or where the words name no actor."""
    start = opening.end
    if through := formula("clauses", "addressed through").search(text[start:]):
        start += through.end()
    elif _broader(context, opening.verb) != "directive" or opening.verb in ("call-for", "suggest", "propose"):
        return None
    else:
        start += len(formula("clauses", "before addressee").match(text[start:])[0])  # type: ignore[index]  # may be empty
    if formula("clauses", "no actor").search(text[start:]):
        return None
    for end in _ends(text, start):
        phrase = text[start:end].rstrip(" ,")
        if thing := _actor(context, phrase):
            return Addressee(thing, phrase, start, start + len(phrase))
    return None


def _broader(context: Context, verb: str) -> str:
    known = context.vocabulary.verbs.get(verb)
    return known.broader if known else ""


def _ends(text: str, start: int) -> Iterator[int]:
    """Where the words for the addressee end: before a qualifier that commas set off, the infinitive or the colon."""
    stop = formula("clauses", "end of addressee").search(text, start, start + _LONGEST)
    if not stop:
        return
    qualifier = formula("clauses", "qualifier of addressee").search(text, start, stop.start() + 1)
    if qualifier:
        yield qualifier.start()
    else:
        yield stop.start()


def _actor(context: Context, phrase: str) -> Thing | None:
    """What a phrase names: a thing of the vocabulary, or a class of actors by the phrase's own words."""
    if not phrase:
        return None
    if entry := context.vocabulary.named(phrase, _KINDS) or context.vocabulary.named(_bare(phrase), _KINDS):
        return context.thing(entry)
    if re.match(rf"(?:the\s+)?{words('organ-noun/organ')}$", phrase):
        return None  # which one is meant is not said
    if not formula("clauses", "named actor").search(phrase):
        return None
    label = re.sub(r"^the\s+", "", phrase)
    return Thing(ThingKind.ADDRESSEE, slug(label), label)


def _bare(phrase: str) -> str:
    return _ARTICLE.sub("", phrase)
