"""What the operative paragraphs ask for: of whom, what, for which session and on which condition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mappings.drafting import addressees
from mappings.drafting.dues import Asking, dues
from mappings.drafting.terms import continuing, expiry, periodicity, resource_condition, review, with_terms
from mappings.facts import ClauseFact, MandateFact, Thing, ThingKind
from mappings.formulae import formula
from mappings.formulas.formula import Yield, first, in_order, leftmost, matches, says
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

ACTION = "action"  # what is asked for where no formula says more
_THEM = re.compile(r"\s+them(?=,? (?:to|also|in|within)\b)")
OTHER_WORK = (
    "authorize",
    "mandate",
    "instruct",
    "request",
    "direct",
    "insist",
)  # verbs beside directives that give work


@dataclass(frozen=True, slots=True)
class Request:
    """One request of a paragraph: those addressed, as things and as printed, and the words that follow."""

    addressees: tuple[Thing, ...]
    phrase: str
    words: str
    names: tuple[str, ...] = ()
    qualifier: str = ""
    parties_to: tuple[Thing, ...] = ()


def mandates(
    clauses: tuple[ClauseFact, ...], vocabulary: Vocabulary, commission: Thing, session: int = 0
) -> tuple[MandateFact, ...]:
    """A mandate for each operative paragraph or sub-paragraph that asks somebody for something, in reading order.

    A chapeau that ends with a colon gives its addressee to its sub-paragraphs and is no mandate itself. A paragraph
    that goes on with "and requests …" holds a further one. `session` is that of the commission, whose next one may be
    named so.
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
            whom = _of_chapeau(chapeau, vocabulary)
            requests = [replace(whom, words=_own_words(clause.text))]
            requests += _further(clause.text, 0, vocabulary)
        elif chapeau is clause:
            continue
        else:
            first, end = _first(clause, vocabulary)
            requests = [*first, *_further(clause.text, end, vocabulary)]
        asking = Asking(commission, session, _speaker(clause, vocabulary, commission))
        for order, request in enumerate(_named(requests), 1):
            facts.append(_mandate(clause, order, request, vocabulary, asking))
    return with_terms(tuple(facts), clauses)


def _speaker(clause: ClauseFact, vocabulary: Vocabulary, commission: Thing) -> Thing:
    """The organ that speaks in a text: the session that it calls its own is this one's."""
    voice = clause.key.text.voice
    entry = vocabulary.entry(NameKind.BODY, voice) if voice != commission.key else None
    return Thing(ThingKind.BODY, entry.key, entry.label) if entry else commission


def asks(clause: ClauseFact, vocabulary: Vocabulary) -> bool:
    """Whether the clause's verb gives somebody work: requests, invites, encourages, calls upon, urges, authorizes."""
    verb = vocabulary.verbs.get(clause.verb)
    return clause.verb in OTHER_WORK or (verb is not None and verb.broader == "directive")


def _of_chapeau(chapeau: ClauseFact, vocabulary: Vocabulary) -> Request:
    """Those whom a chapeau addresses, with nothing asked yet."""
    opening = vocabulary.opening_phrase(chapeau.text, "operative")
    found = addressees.addressed(chapeau.text, opening, vocabulary) if opening else None
    return _request(chapeau.text, found, vocabulary) if found else Request((), chapeau.addressee_phrase, "")


def _named(requests: list[Request]) -> Iterator[Request]:
    """The requests, where "them" is those whom the request before it named."""
    before: Request | None = None
    for request in requests:
        them = before is not None and request.phrase == "them"
        before = replace(before, phrase=request.phrase, words=request.words) if before and them else request
        yield before


def _first(clause: ClauseFact, vocabulary: Vocabulary) -> tuple[tuple[Request, ...], int]:
    """The request that the paragraph opens with, if any, and where its addressees end.

    "Reiterates its invitation to …" is one of whom it names.
    """
    text = clause.text
    opening = vocabulary.opening_phrase(text, "operative") if clause.phrase else None
    if opening is None or not (asks(clause, vocabulary) or clause.addressee_phrase):
        return (), 0
    found = addressees.addressed(text, replace(opening, end=max(opening.end, len(clause.phrase))), vocabulary)
    if found is None and clause.verb in OTHER_WORK:
        found = addressees.read(text, opening.end, vocabulary)
    if found is None:
        return (), 0
    return (_request(text, found, vocabulary),), found.goes_on


def _request(text: str, found: addressees.Addressed, vocabulary: Vocabulary) -> Request:
    whom = tuple(addressees.actors(found, vocabulary))
    parties_to = tuple(addressees.parties_to(text, found, vocabulary))
    return Request(whom, found.phrase, _own_words(text[found.end :]), found.names, found.qualifier, parties_to)


def _own_words(rest: str) -> str:
    """What is asked, up to the next verb of the paragraph: ", and takes note of …"."""
    following = leftmost("next verb", rest)
    return rest[: following.start] if following else rest


def _further(text: str, start: int, vocabulary: Vocabulary) -> Iterator[Request]:
    """The requests that a paragraph goes on with: ", and requests the Secretary-General to …"."""
    for further in in_order("further request", text, start):
        if found := addressees.read(text, further.end + 1, vocabulary):
            yield _request(text, found, vocabulary)
        elif them := _THEM.match(text, further.end):
            yield Request((), "them", _own_words(text[them.end() :]))


def _mandate(clause: ClauseFact, order: int, request: Request, vocabulary: Vocabulary, asking: Asking) -> MandateFact:
    condition = formula("clauses", "extrabudgetary condition")
    whole = order == 1 and not says("further request", clause.text)
    conditional = bool(condition.search(request.words)) or (whole and clause.conditional)
    return MandateFact(
        clause=clause.key,
        order=order,
        addressees=request.addressees,
        addressee_phrase=request.phrase,
        deliverable=deliverable(request.words),
        dues=dues(request.words, vocabulary, asking, request.addressees),
        conditional=conditional,
        evidence=clause.evidence,
        names=request.names,
        qualifier=request.qualifier,
        periodicity=periodicity(request.words),
        review=review(request.words),
        expiry=expiry(request.words),
        continuing=continuing(_heads(request.words)),
        resource_condition=resource_condition(clause.text if whole else request.words, conditional=conditional),
        parties_to=request.parties_to,
    )


def deliverable(words: str) -> str:
    """The kind of thing that is asked for, told by the first infinitive, or by any where a formula says so."""
    heads = _heads(words)
    if len(heads) > 1 and says("as said before", heads[0]):  # "that have not lit lamps to do so, and to buy oil"
        heads = heads[1:]
    for head in heads:
        for one in matches("deliverable", head):
            if one.fields["infinitive"] == "any":
                return one.words("deliverable")
    found = first("deliverable", heads[0]) if heads else None
    return found.words("deliverable") if found else ACTION


def _heads(words: str) -> list[str]:
    """Each infinitive with its object: "to convene a meeting", "to report thereon"."""
    bare = formula("clauses", "extrabudgetary condition").sub("", words)
    begin = leftmost("infinitive", bare)
    if begin is None:
        return []
    asked = bare[begin.start :]
    asked = _without(asked[:1].lower() + asked[1:], in_order("insertion", asked))
    joints = in_order("next infinitive", asked)
    ends = [*(joint.start for joint in joints), len(asked)]
    starts = [0, *(joint.end for joint in joints)]
    return [re.sub(r"^\s*(?:[a-z]+ly (?=to ))?", "", asked[at:end]) for at, end in zip(starts, ends, strict=True)]


def _without(words: str, inserted: Sequence[Yield]) -> str:
    """The words that are left where some are taken out."""
    at, left = 0, []
    for one in inserted:
        left.append(words[at : one.start])
        at = one.end
    return "".join((*left, words[at:]))
