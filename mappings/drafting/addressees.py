"""Whom an operative paragraph speaks to: the words taken apart into single actors, their qualifier kept apart."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mappings.facts import Thing, ThingKind
from mappings.formulae import formula
from mappings.iris import slug
from mappings.lexicon.words import words
from ontology.naming import NameKind
from ontology.phrasing import OpeningPhrase
from ontology.vocabulary import Vocabulary

ACTORS = (NameKind.BODY, NameKind.ORGANIZATION, NameKind.STATE, NameKind.GROUP, NameKind.ADDRESSEE)
GIVING_WORK = ("authorize", "mandate", "instruct", "direct")  # verbs beside directives whose object is told to work
_ARTICLE = re.compile(r"^(?:all the|the|all|its)\s+")
_LONGEST = 900  # characters: no list of addressees in practice is longer
_ALL = r"(?:all|other|those) [a-z-]+s"
_SMALL_WORDS = re.compile(r"[a-z-]+(?: [a-z-]+)* ?")
_PRONOUNS = frozenset({"it", "him", "her", "them", "us", "others"})


@dataclass(frozen=True, slots=True)
class Addressed:
    """Those addressed: the words for them, which stand at `start` to `end` of the paragraph, and the names in them.

    `qualifier` is what a relative clause says of them ("that have not yet done so"). `goes_on` is where the paragraph
    goes on behind them, with what is asked.
    """

    phrase: str
    names: tuple[str, ...]
    qualifier: str
    start: int
    end: int
    goes_on: int


def addressed(text: str, opening: OpeningPhrase, vocabulary: Vocabulary) -> Addressed | None:
    """Those whom a paragraph's main verb addresses; None where it has no addressee or the words name no actor."""
    start = opening.end
    verb = vocabulary.verbs.get(opening.verb)
    if through := formula("clauses", "addressed through").search(text[start:]):
        start += through.end()
    elif (
        verb is None
        or (verb.broader != "directive" and opening.verb not in GIVING_WORK)
        or opening.verb in ("call-for", "suggest", "propose")
    ):
        return None
    else:
        before = formula("clauses", "before addressee").match(text[start:])
        start += before.end() if before else 0
    return read(text, start, vocabulary)


def read(text: str, start: int, vocabulary: Vocabulary) -> Addressed | None:
    """Those addressed by the words from a place on: "the Office to …", "that the Office report …"."""
    if that := formula("clauses", "that clause").match(text, start):
        return _subject(text, that.end(), vocabulary)
    bare = formula("clauses", "insertion in addressees").sub(lambda match: _blank(match.group()), text)
    stop = formula("clauses", "end of addressee").search(bare, start, start + _LONGEST)
    if not stop:
        return None
    goes_on = stop.start()
    qualifier = formula("clauses", "qualifier of addressee").search(bare, start, goes_on + 1)
    end = qualifier.start() if qualifier else goes_on
    return _made(text, start, end, goes_on, vocabulary)


def _blank(insertion: str) -> str:
    """Spaces in the place of an insertion; the comma behind it stays where another insertion follows."""
    return " " * (len(insertion) - 2) + (", " if insertion.rstrip().endswith(",") else "  ")


def _made(text: str, start: int, end: int, goes_on: int, vocabulary: Vocabulary) -> Addressed | None:
    start += len(text[start:end]) - len(text[start:end].lstrip())
    printed = text[start:end].rstrip(" ,")
    last = list(formula("clauses", "insertion in addressees").finditer(f"{printed}, "))
    if last and last[-1].end() == len(printed) + 2:
        printed = printed[: last[-1].start()].rstrip(" ,")
    bare, qualifier = _without_qualifier(printed)
    if not printed or formula("clauses", "no actor").search(printed) or formula("clauses", "object").search(bare):
        return None
    names = tuple(name for name in split(bare, vocabulary) if named(name, vocabulary))
    return Addressed(printed, names, qualifier, start, start + len(printed), goes_on) if names else None


def _subject(text: str, start: int, vocabulary: Vocabulary) -> Addressed | None:
    """The subject of a that-clause whose verb is a bare one: "that the Panel report", "that all parties cease"."""
    limit = min(len(text), start + _LONGEST)
    names = [name.end for name in vocabulary.names(text[start:limit], ACTORS)]
    nouns = [match.end() for match in formula("clauses", "actor noun").finditer(text[start:limit])]
    whose = [
        match.end() for noun in nouns if (match := formula("clauses", "whose it is").match(text[start:limit], noun))
    ]
    for end in sorted({*names, *nouns, *whose}):
        rest = formula("clauses", "bare verb").match(text, start + end)
        if rest and not re.search(r"[;:]|, [a-z]+(?:ing|ed)\b", text[start : start + end]):
            stop = rest.start("verb")
            return _made(text, start, stop, stop, vocabulary)
    return None


def _without_qualifier(phrase: str) -> tuple[str, str]:
    """The words without insertions and without the relative clause at their end, and that clause."""
    bare = formula("clauses", "insertion in addressees").sub(" ", phrase)
    bare = formula("clauses", "examples of addressees").sub(lambda match: match["next"] or "", bare)
    relative = formula("clauses", "relative clause").search(bare)
    if relative is None:
        return bare, ""
    return bare[: relative.start()].rstrip(" ,"), bare[relative.start() :].strip(" ,")


def split(phrase: str, vocabulary: Vocabulary) -> list[str]:
    """The single actors of a list: "Member States, the Office and relevant island societies" are three.

    A part is an actor of its own if it ends in the noun of an actor, is a known name, or is a name before another
    actor; "international, regional and subregional organizations" are one, as is what a known name joins by "and".
    """
    names = vocabulary.names(phrase, ACTORS)
    held = [(name.start, name.end) for name in names if not _is_list(phrase[name.start : name.end], vocabulary)]
    cuts = [
        match
        for match in formula("clauses", "joint of addressees").finditer(phrase)
        if not any(start < match.start() < end for start, end in held)
    ]
    pieces, at = [], 0
    for cut in cuts:
        pieces.append((phrase[at : cut.start()], cut.group()))
        at = cut.end()
    pieces.append((phrase[at:], ""))
    found: list[str] = []
    current = ""
    for index, (piece, joint) in enumerate(pieces):
        current += piece
        following = pieces[index + 1][0] if index + 1 < len(pieces) else ""
        if _SMALL_WORDS.fullmatch(following) and not formula("clauses", "actor noun").search(following):
            following = "".join(words_ + joint_ for words_, joint_ in pieces[index + 1 :])  # adjectives of what follows
        if following and not (_alone(current, vocabulary) and _begins(following, vocabulary)):
            current += re.sub(r",? (?:and|invites|requests|encourages|urges|calls upon) $", " and ", joint)
            continue
        found.append(current.strip(" ,"))
        current = ""
    return [re.sub(r"^(?:the|both the|both) ", "", name) for name in found if name]


def _is_list(name: str, vocabulary: Vocabulary) -> bool:
    """Whether a name of the vocabulary is one of two classes of actors: "Member States and other donors"."""
    before, joint, behind = name.partition(" and ")
    return bool(joint) and named_exactly(before.rstrip(","), vocabulary) and named_exactly(behind, vocabulary)


def _alone(words_: str, vocabulary: Vocabulary) -> bool:
    """Whether words before a joint are an actor by themselves, and no adjectives of what follows."""
    bare = words_.strip(" ,")
    if named_exactly(bare, vocabulary):
        return True
    if re.fullmatch(r"(?:[A-Z][\w’-]*(?: |$))+", bare) and not formula("clauses", "actor noun").search(bare):
        return bool(re.match(r"[A-Z]", bare))
    return formula("clauses", "ends as actor").search(bare) is not None or re.fullmatch(_ALL, bare) is not None


def _begins(words_: str, vocabulary: Vocabulary) -> bool:
    """Whether words behind a joint name an actor, and do not only go on with the one before."""
    bare = words_.strip(" ,")
    if re.match(r"(?:others|the like)\b", bare):
        return False
    known = vocabulary.names(bare, ACTORS)
    article = re.match(r"(?:the|all|other|its|relevant|interested|those) ", bare) is not None
    if known and known[0].start == 0:
        return known[0].kind is not NameKind.STATE or article or known[0].end == len(bare)
    return article or formula("clauses", "actor noun").search(bare) is not None


def named_exactly(phrase: str, vocabulary: Vocabulary) -> bool:
    """Whether a phrase is a name of the vocabulary."""
    return bool(vocabulary.named(phrase, ACTORS) or vocabulary.named(_ARTICLE.sub("", phrase), ACTORS))


def named(phrase: str, vocabulary: Vocabulary) -> bool:
    """Whether a phrase names an actor: one of the vocabulary, an organ said in short, or a class of actors."""
    if phrase.lower() in _PRONOUNS:
        return False
    return named_exactly(phrase, vocabulary) or bool(
        formula("clauses", "named actor").search(phrase)
        or re.match(r"(?:all|other|those) [a-z]", phrase)
        or re.fullmatch(r"[A-Z][\w’-]*(?: [A-Z][\w’-]*)*", phrase)
    )


def actor(phrase: str, vocabulary: Vocabulary) -> Thing | None:
    """What a phrase names: a thing of the vocabulary, or a class of actors by the phrase's own words.

    None for an organ that is not said in full ("the Committee") and for a pronoun.
    """
    label = _ARTICLE.sub("", phrase)
    if entry := vocabulary.named(phrase, ACTORS) or vocabulary.named(label, ACTORS):
        return Thing(ThingKind(entry.kind.value), entry.key, entry.label)
    if re.fullmatch(rf"(?:the\s+|its\s+)?{words('organ-noun/organ')}", phrase) or not named(phrase, vocabulary):
        return None
    label = re.sub(r"^the\s+", "", phrase)
    return Thing(ThingKind.ADDRESSEE, slug(label), label)


def actors(found: Addressed, vocabulary: Vocabulary) -> Iterator[Thing]:
    """The things that are addressed, each once, in their order."""
    yield from dict.fromkeys(thing for name in found.names if (thing := actor(name, vocabulary)))


def parties_to(text: str, found: Addressed, vocabulary: Vocabulary) -> Iterator[Thing]:
    """The instruments whose parties are addressed: named with them, or before them ("parties to those instruments")."""
    parties = formula("clauses", "parties to").search(found.phrase)
    if parties is None:
        return
    named = vocabulary.names(found.phrase[parties.end() :], (NameKind.INSTRUMENT,))
    if not named and (pointing := formula("clauses", "instruments named before").match(found.phrase, parties.end())):
        named = vocabulary.names(text[: found.start], (NameKind.INSTRUMENT,))
        named = named if pointing["several"] else named[-1:]
    yield from dict.fromkeys(Thing(ThingKind.INSTRUMENT, one.entry.key, one.entry.label) for one in named)


def addressee(found: Addressed, vocabulary: Vocabulary) -> Thing | None:
    """The addressee of a clause as one thing: a list, or actors that a clause narrows, are a class by their words."""
    if len(found.names) == 1 and not found.qualifier:
        return actor(found.names[0], vocabulary)
    label = re.sub(r"^the\s+", "", found.phrase)
    return Thing(ThingKind.ADDRESSEE, slug(label), label)
