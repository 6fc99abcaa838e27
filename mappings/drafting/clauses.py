"""The paragraphs of resolutions and decisions: opening phrase, verb, addressee, condition."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from mappings.context import Context, TextNode
from mappings.drafting.addressees import addressed, addressee
from mappings.facts import ClauseFact, ClauseKey, Evidence, Gap, TextKey
from mappings.formulae import formula
from mappings.source import Source
from mappings.tree import DECLARATIONS, OPERATIVE, Kind, Node, Passage, entry_letter, operative_numbers
from ontology.phrasing import OpeningPhrase
from ontology.vocabulary import Vocabulary

_BREAK = re.compile(r",[*_]*[ \t]*\n\s*[*_]*(?=[A-Z])")
_LONGEST_ITALICS = 80  # characters of an opening phrase set in italics; a longer run is emphasis or a title


def clauses(context: Context) -> tuple[ClauseFact, ...]:
    """Every paragraph, sub-paragraph and agenda item of every text, in the order of reading."""
    return tuple(fact for text in context.texts for fact in _of_text(context, text))


def clause_gaps(facts: tuple[ClauseFact, ...]) -> tuple[Gap, ...]:
    """The paragraphs whose opening phrase is none of the vocabulary's; sub-paragraphs may continue their chapeau."""
    return tuple(
        Gap("clauses", "the opening phrase is not in the vocabulary", fact.text[:160], fact.evidence.span)
        for fact in facts
        if needs_verb(fact) and not fact.verb
    )


def swallowed_gaps(facts: tuple[ClauseFact, ...], source: Source, vocabulary: Vocabulary) -> tuple[Gap, ...]:
    """The paragraphs in which another opening phrase stands behind a comma and a line break: two that were read as one.

    A preambular paragraph ends with a comma, so that a conversion that loses the blank line behind it can join two.
    """
    return tuple(
        Gap("clauses", "a second opening phrase stands in the paragraph", fact.text[:160], fact.evidence.span)
        for fact in facts
        if fact.key.part in ("preambular", "operative") and _holds_another(fact, source, vocabulary)
    )


def _holds_another(fact: ClauseFact, source: Source, vocabulary: Vocabulary) -> bool:
    span = fact.evidence.span
    for found in _BREAK.finditer(source.text, span.start, span.end):
        opening = vocabulary.first_words(source.text[found.end() : span.end], fact.key.part)
        if opening and opening.verb and opening.finite is (fact.key.part == "operative"):
            return True
    return False


def needs_verb(fact: ClauseFact) -> bool:
    """Whether a paragraph must open with a verb: not a chapeau that only names the organ, nor what continues one.

    Of a declaration only what those who declare say of themselves: "We reaffirm …", not "Lamps are a human right."
    """
    if fact.key.text.kind in DECLARATIONS and (fact.key.part == "preambular" or not fact.text.startswith("We ")):
        return False
    return fact.key.part != "agenda" and not fact.key.letter and fact.evidence.rule != "chapeau"


def _of_text(context: Context, text: TextNode) -> Iterator[ClauseFact]:
    numbers: Counter[str] = Counter()
    chapeau: ClauseFact | None = None
    voice = next((child for child in text.node.children if child.kind is Kind.VOICE), None)
    operative = operative_numbers(text.node)
    for index, child in enumerate(text.node.children):
        match child.kind:
            case Kind.PREAMBULAR_PARAGRAPH:
                numbers["preambular"] += 1
                yield from clause_facts(context, child, ClauseKey(text.key, "preambular", numbers["preambular"]))
            case kind if kind in OPERATIVE:
                numbers["operative"] += 1
                yield from clause_facts(context, child, ClauseKey(text.key, "operative", operative[index]))
            case Kind.SUB_PARAGRAPH:
                if chapeau is None and not numbers["operative"]:
                    chapeau = _chapeau(ClauseKey(text.key, "operative", 1), voice)
                    yield chapeau
                yield from clause_facts(
                    context, child, ClauseKey(text.key, "operative", 1, entry_letter("", text.node, child)), chapeau
                )
            case Kind.AGENDA:
                yield from _agenda(child, text.key)
            case _:
                pass


def _chapeau(key: ClauseKey, voice: Node | None) -> ClauseFact:
    """The line that names the organ over the lettered parts of a decision: "The Economic and Social Council:"."""
    passage = voice.passage if voice else Passage()
    return ClauseFact(key, False, "", "", None, "", False, passage.text, (), Evidence(passage.span(), "chapeau"))


def clause_facts(context: Context, node: Node, key: ClauseKey, above: ClauseFact | None = None) -> Iterator[ClauseFact]:
    """A paragraph of a text and its sub-paragraphs."""
    passage = node.passage
    opening = _opening(context, passage, key)
    whom = addressed(passage.text, opening, context.vocabulary) if opening and key.part == "operative" else None
    condition = bool(formula("clauses", "extrabudgetary condition").search(passage.text))
    fact = ClauseFact(
        key=key,
        numbered=node.kind is Kind.OPERATIVE_PARAGRAPH and node.label.isdigit(),
        phrase=opening.phrase if opening else "",
        verb=opening.verb if opening else "",
        addressee=addressee(whom, context.vocabulary) if whom else None,
        addressee_phrase=whom.phrase if whom else "",
        conditional=key.part == "operative" and (condition or bool(above and above.conditional)),
        text=passage.text,
        footnotes=context.footnotes(passage),
        evidence=Evidence(passage.span(), "opening phrase" if opening and opening.verb else "paragraph"),
    )
    yield fact
    for child in node.children:
        if child.kind is Kind.SUB_PARAGRAPH:
            letter = entry_letter(key.letter, node, child)
            yield from clause_facts(context, child, replace(key, letter=letter), fact)
        elif child.kind is Kind.AGENDA:
            yield from _agenda(child, key.text)


def _opening(context: Context, passage: Passage, key: ClauseKey) -> OpeningPhrase | None:
    """The opening phrase: as the italics print it in an operative paragraph, otherwise as the vocabulary finds it."""
    found = context.vocabulary.opening_phrase(passage.text, key.part)
    if key.letter:
        return found if found and found.verb else None
    if key.part == "preambular":
        return found
    if not passage.italics:
        return _without_infinitive(found)
    start, end = passage.italics[0]
    if start > 0 or end > _LONGEST_ITALICS:
        return found
    printed = passage.text[start:end].rstrip(" ,:")
    end = start + len(printed)
    if not found:
        return OpeningPhrase(printed, printed, "", start, end, finite=True)
    return replace(found, phrase=printed, bare=printed, start=start, end=max(end, found.end))


def _without_infinitive(found: OpeningPhrase | None) -> OpeningPhrase | None:
    """The phrase as italics would print it, had they not been lost: "Decides" for "Decides to remain seized"."""
    printed, to, _ = found.phrase.partition(" to ") if found else ("", "", "")
    return replace(found, phrase=printed, bare=printed) if found and to else found


def _agenda(node: Node, text: TextKey) -> Iterator[ClauseFact]:
    """The items of an agenda that a decision holds."""
    for item in node.of(Kind.AGENDA_ITEM):
        if not item.label.isdigit():
            continue
        key = ClauseKey(text, "agenda", int(item.label))
        yield _agenda_item(item, key)
        for child in item.children:
            if child.kind is Kind.AGENDA_ITEM:
                yield _agenda_item(child, replace(key, letter=child.label))


def _agenda_item(node: Node, key: ClauseKey) -> ClauseFact:
    evidence = Evidence(node.passage.span(), "agenda item")
    return ClauseFact(key, True, "", "", None, "", False, node.passage.text, (), evidence)
