"""What the operative paragraphs ask for: of whom, what, for which session and on which condition."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from mappings.facts import ClauseFact, MandateFact, Thing, ThingKind
from mappings.formulae import formula
from mappings.iris import slug
from mappings.lexicon import words as lexicon
from mappings.lexicon.numbers import ordinal_number
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

DELIVERABLES = ("resources", "meeting", "technical assistance", "information")
ORGANS = {"Assembly": "General Assembly", "Council": "Economic and Social Council"}
ACTORS = (NameKind.ADDRESSEE, NameKind.ORGANIZATION, NameKind.BODY, NameKind.STATE, NameKind.GROUP)
OTHER_WORK = ("authorize", "mandate", "instruct", "request")  # verbs beside directives that give somebody work


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a paragraph: the addressee, as a thing and as printed, and the words that follow."""

    addressee: Thing | None
    phrase: str
    words: str


def mandates(clauses: tuple[ClauseFact, ...], vocabulary: Vocabulary, commission: Thing) -> tuple[MandateFact, ...]:
    """A mandate for each operative paragraph or sub-paragraph that asks somebody for something, in reading order.

    A chapeau that ends with a colon gives its addressee to its sub-paragraphs and is no mandate itself. A paragraph
    that goes on with "and requests …" holds a further one.
    """
    facts: list[MandateFact] = []
    chapeau: ClauseFact | None = None
    for clause in clauses:
        if clause.key.part != "operative":
            continue
        if not clause.key.letter:
            chapeau = clause if clause.text.rstrip().endswith(":") else None
        shared = bool(clause.key.letter and chapeau and chapeau.key.number == clause.key.number)
        if chapeau is not None and shared and asks(chapeau, vocabulary):
            requests = [Request(chapeau.addressee, chapeau.addressee_phrase, clause.text)]
            requests += _further(clause.text, vocabulary)
        elif chapeau is clause:
            continue
        else:
            requests = [*_first(clause, vocabulary), *_further(clause.text, vocabulary)]
        for order, request in enumerate(_named(requests), 1):
            facts.append(_mandate(clause, order, request, vocabulary, commission))
    return tuple(facts)


def asks(clause: ClauseFact, vocabulary: Vocabulary) -> bool:
    """Whether the clause's verb gives somebody work: requests, invites, encourages, calls upon, urges, authorizes."""
    verb = vocabulary.verbs.get(clause.verb)
    return clause.verb in OTHER_WORK or (verb is not None and verb.broader == "directive")


def _named(requests: list[Request]) -> Iterator[Request]:
    """The requests, where "them" is those whom the request before it named."""
    before: Thing | None = None
    for request in requests:
        before = before if request.phrase == "them" else request.addressee
        yield replace(request, addressee=before)


def _first(clause: ClauseFact, vocabulary: Vocabulary) -> Iterator[Request]:
    """The request that the paragraph opens with; "reiterates its invitation to …" is one of whom it names."""
    end = _end_of_first(clause.text)
    if clause.addressee_phrase:
        start = clause.text.find(clause.addressee_phrase) + len(clause.addressee_phrase)
        yield Request(clause.addressee, clause.addressee_phrase, clause.text[start:end])
    elif clause.phrase and asks(clause, vocabulary):
        after = clause.text[len(clause.phrase) : end]
        match = formula("mandates", "somebody to do something").match(after)
        if match and not formula("mandates", "the holding of something").match(after):
            phrase = _addressed(match["addressee"])
            yield Request(_actor(phrase, vocabulary), phrase, after[match.end() :])


def _end_of_first(text: str) -> int | None:
    further = formula("mandates", "further request").search(text)
    return further.start() if further else None


def _further(text: str, vocabulary: Vocabulary) -> Iterator[Request]:
    """The requests that a paragraph goes on with: ", and requests the Secretary-General to …"."""
    found = list(formula("mandates", "further request").finditer(text))
    for match, following in zip(found, (*found[1:], None), strict=False):
        phrase = _addressed(match["addressee"])
        rest = text[match.end() : following.start() if following else None]
        if not formula("mandates", "the holding of something").match(f" {phrase}"):
            yield Request(_actor(phrase, vocabulary), phrase, rest)


def _addressed(words: str) -> str:
    """The words for the addressee without what commas set off behind them."""
    return formula("mandates", "set off by commas").sub("", words).strip(" ,")


def _actor(phrase: str, vocabulary: Vocabulary) -> Thing | None:
    """What the phrase names, else a class of actors by its own words; None for an organ that is not said in full."""
    label = re.sub(r"^(?:the|all|all the)\s+", "", phrase)
    entry = vocabulary.named(phrase, ACTORS) or vocabulary.named(label, ACTORS)
    if entry:
        return Thing(ThingKind(entry.kind.value), entry.key, entry.label)
    if re.fullmatch(rf"(?:its\s+)?{lexicon.words('organ-noun/organ')}", label):
        return None
    if not formula("clauses", "named actor").search(phrase):
        return None
    return Thing(ThingKind.ADDRESSEE, slug(label), label)


def _mandate(
    clause: ClauseFact, order: int, request: Request, vocabulary: Vocabulary, commission: Thing
) -> MandateFact:
    body, session = due(request.words, vocabulary, commission, request.addressee)
    condition = formula("clauses", "extrabudgetary condition")
    whole = order == 1 and not _end_of_first(clause.text)
    return MandateFact(
        clause.key,
        order,
        request.addressee,
        request.phrase,
        deliverable(request.words),
        body,
        session,
        bool(condition.search(request.words)) or (whole and clause.conditional),
        clause.evidence,
    )


def deliverable(words: str) -> str:
    """The kind of thing that is asked for, told by the first infinitive, or a report by any; "action" where none is."""
    heads = _heads(words)
    if any(formula("mandates", "report").search(head) for head in heads):
        return "report"
    first = heads[0] if heads else ""
    return next((kind for kind in DELIVERABLES if formula("mandates", kind).search(first)), "action")


def _heads(words: str) -> list[str]:
    """Each infinitive with its object: "to convene a meeting", "to report thereon"."""
    bare = formula("clauses", "extrabudgetary condition").sub("", words)
    if (start := formula("mandates", "infinitive").search(bare)) is None:
        return []
    asked = bare[start.start() :].lstrip(" ,")
    asked = formula("mandates", "insertion").sub("", asked[:1].lower() + asked[1:])
    return [re.sub(r"^[a-z]+ly (?=to )", "", head) for head in formula("mandates", "next infinitive").split(asked)]


def due(
    words: str, vocabulary: Vocabulary, commission: Thing, addressee: Thing | None
) -> tuple[Thing | None, int | None]:
    """The body and session by which it is due; "its" is the body named last before it, else the addressee."""
    match = formula("mandates", "due session").search(words)
    session = ordinal_number(match["session"]) if match else None
    if match is None or session is None:
        return None, None
    named = match["of"] or ""
    before = vocabulary.names(words[: match.start()], (NameKind.BODY,))
    entry = vocabulary.body(ORGANS.get(named, named))
    if entry is None and before and not named:
        entry = before[-1].entry
    if entry:
        return Thing(ThingKind.BODY, entry.key, entry.label), session
    if re.search(r"\bthe Commission\b", words[: match.start()]) or named == "Commission":
        return commission, session
    return (addressee if addressee and addressee.kind is ThingKind.BODY else None), session
