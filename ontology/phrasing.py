"""The opening phrase of a paragraph of a resolution: which words they are and which act they perform.

The words of the verbs stand in schemes/verbs.ttl. Adverbs that only count or stress ("also", "in this regard",
"strongly") may stand before, inside and after a phrase; words that only give weight ("its", "deep", "grave") inside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from ontology.naming import Word, words


@dataclass(frozen=True, slots=True)
class OpeningPhrase:
    """The words that open a paragraph, as printed, and the key of their verb.

    `phrase` holds the preposition in a preambular paragraph ("Taking note of") and not in an operative one ("Takes
    note"); `bare` never holds it. `start` and `end` are the place of `phrase`. `verb` is empty where the words have the
    form of an opening phrase and the vocabulary does not know them. `finite` tells "Recalls" and "Recognize", which
    open operative paragraphs, from "Recalling", "Aware" and "Guided".
    """

    phrase: str
    bare: str
    verb: str
    start: int
    end: int
    finite: bool


@dataclass(frozen=True, slots=True)
class VerbForms:
    """A verb's key and infinitive with the phrases it is printed in and the prepositions that lead to its object."""

    key: str
    infinitive: str
    phrases: tuple[str, ...]
    prepositions: tuple[str, ...]


_PARTICIPLE = re.compile(r"[a-z]+(?:ing|ed)")
_THIRD_PERSON = re.compile(r"[a-z]+[^\Wsu]s|[a-z]+ss?es")  # "Affirms", "Stresses"; not "Conscious", "Progress"
_SUBJECT = re.compile(
    r"(?:At\s[^,]+,\s(?:on|held)\s[^,]+,\s)?[Tt]he\s[A-Z][\w']*(?:\s(?:and|on|of|for|in|the|to|[A-Z][\w']*))*,?\s"
    r"|(?:[A-Z][^,.;:]{0,80},\s)?[Ww]e,?\s"  # "We reaffirm", "In that regard, we also recall"
)
_TRAILING_PREPOSITIONS = frozenset({"for", "upon", "on", "to", "of", "with"})
_AFTER_ADVERB = frozenset(
    {
        "a",
        "all",
        "an",
        "any",
        "at",
        "by",
        "how",
        "in",
        "its",
        "of",
        "on",
        "that",
        "the",
        "their",
        "this",
        "to",
        "upon",
        "with",
    }
)
_LONGEST = 16  # words: no opening phrase of the vocabulary is near it


class Phrases:
    """The opening phrases of the vocabulary, ready for look-up."""

    __slots__ = ("_adverbs", "_finite", "_not_opening", "_phrases", "_prepositions", "_sizes", "_weights")

    def __init__(
        self, verbs: Iterable[VerbForms], adverbs: Iterable[str], weights: Iterable[str], not_opening: Iterable[str]
    ) -> None:
        self._adverbs: dict[str, list[tuple[str, ...]]] = {}  # by their first word, the longest first
        for adverb in sorted((tuple(text.split()) for text in adverbs), key=len, reverse=True):
            self._adverbs.setdefault(adverb[0], []).append(adverb)
        self._weights = frozenset(weights)
        self._not_opening = frozenset(not_opening)
        self._finite: set[tuple[str, ...]] = set()
        self._phrases: dict[tuple[str, ...], str] = {}
        self._prepositions: dict[str, frozenset[str]] = {}
        for verb in verbs:
            self._prepositions[verb.key] = frozenset(verb.prepositions)
            for phrase in verb.phrases:
                kept = tuple(word.text.lower() for word, _ in self._kept(words(phrase)))
                self._phrases.setdefault(kept, verb.key)
                if _THIRD_PERSON.fullmatch(kept[0]) or kept[0] == verb.infinitive.split()[0]:
                    self._finite.add(kept)
        self._sizes = tuple(sorted({len(phrase) for phrase in self._phrases}, reverse=True))

    def read(self, text: str, part: str) -> OpeningPhrase | None:
        """The phrase that opens a text of the part "preambular" or "operative".

        The organ that speaks may stand before the verb, as in a decision: "The Commission decides".
        """
        found = self._known(text, 0, part)
        if found:
            return found
        subject = _SUBJECT.match(text)
        if subject and (found := self._known(text, subject.end(), part)):
            return found
        return self._unknown(text, part)

    def first_words(self, text: str, part: str) -> OpeningPhrase | None:
        """The phrase that the very first words of a text are; no organ that speaks stands before it."""
        return self._known(text, 0, part) or self._unknown(text, part)

    def _known(self, text: str, offset: int, part: str) -> OpeningPhrase | None:
        tokens = words(" " * offset + text[offset : offset + 240])[:_LONGEST]
        kept = self._kept(tokens)
        for size in self._sizes:
            verb = self._phrases.get(tuple(word.text.lower() for word, _ in kept[:size]))
            if verb is not None and len(kept) >= size:
                finite = tuple(word.text.lower() for word, _ in kept[:size]) in self._finite
                return self._phrase(text, tokens, kept[size - 1][1] + 1, verb, part, finite)
        return None

    def _phrase(
        self, text: str, tokens: tuple[Word, ...], after: int, verb: str, part: str, finite: bool
    ) -> OpeningPhrase:
        """The phrase whose last word that carries meaning stands before the place `after`."""
        while self._trails(tokens, after):
            after += self._adverb(tokens, after)
        bare = end = tokens[after - 1].end
        if part == "preambular" and after < len(tokens) and tokens[after].text in self._prepositions[verb]:
            end = tokens[after].end
        start = tokens[0].start
        return OpeningPhrase(text[start:end], text[start:bare], verb, start, end, finite)

    def _trails(self, tokens: tuple[Word, ...], at: int) -> bool:
        """Whether an adverb of the phrase stands here.

        After a third person, "further" may belong to the object instead ("Encourages further work", "Calls for further
        efforts"): there it is the phrase's only before a word that opens an object.
        """
        size = self._adverb(tokens, at)
        if not size or tokens[at - 1].text in _TRAILING_PREPOSITIONS:
            return False
        if tokens[at].text != "further" or tokens[at - 1].text.endswith(("ing", "ed")):
            return True
        return at + 1 < len(tokens) and tokens[at + 1].text in _AFTER_ADVERB

    def _unknown(self, text: str, part: str) -> OpeningPhrase | None:
        """The first words where they have the form of an opening phrase: by the part a participle or third person."""
        tokens = words(text[:240])[:_LONGEST]
        kept = self._kept(tokens)
        if not kept or not tokens[0].text[0].isupper():
            return None
        verb, at = kept[0]
        form = _PARTICIPLE if part == "preambular" else _THIRD_PERSON
        if not form.fullmatch(verb.text.lower()) or verb.text.lower() in self._not_opening:
            return None
        if at and verb.text[0].isupper():
            return None  # "Further Training", a name
        phrase = text[tokens[0].start : verb.end]
        return OpeningPhrase(phrase, phrase, "", tokens[0].start, verb.end, part != "preambular")

    def _kept(self, tokens: tuple[Word, ...]) -> list[tuple[Word, int]]:
        """The words that carry the meaning, each with its place among all, without commas around an adverb."""
        kept: list[tuple[Word, int]] = []
        at = 0
        while at < len(tokens):
            comma = tokens[at].text == ","
            if skipped := self._adverb(tokens, at + comma):
                at += comma + skipped
                at += at < len(tokens) and tokens[at].text == ","
                continue
            if not kept or tokens[at].text.lower() not in self._weights:
                kept.append((tokens[at], at))
            at += 1
        return kept

    def _adverb(self, tokens: tuple[Word, ...], at: int) -> int:
        first = tokens[at].text.lower() if at < len(tokens) else ""
        for adverb in self._adverbs.get(first, ()):
            if tuple(word.text.lower() for word in tokens[at : at + len(adverb)]) == adverb:
                return len(adverb)
        return 0
