"""Finding known names in a text: word by word, the longest first.

Apostrophes, quotation marks, hyphens and spaces of every typographic kind count as the plain ones. A name that begins
with a small letter is also found with a capital ("relevant United Nations entities" at the start of a sentence); case
counts everywhere else but in long names of instruments, so that the State "Chad" is not found in another word. Leading
articles belong to no name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class NameKind(StrEnum):
    """What a name may be the name of; the value is the segment in the IRI of such a thing.

    A place is a name that holds the name of a State and is not the State: "Gulf of Guinea", "New Mexico".
    """

    STATE = "state"
    BODY = "body"
    GROUP = "group"
    ORGANIZATION = "organization"
    INSTRUMENT = "instrument"
    GOAL = "goal"
    TARGET = "target"
    ADDRESSEE = "addressee"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class Entry:
    """A named thing of the vocabularies: `key` is the end of its IRI, `label` its full name in use.

    `acronym` is the short name where the United Nations uses one ("UNODC", "CCPCJ"), otherwise empty.
    """

    kind: NameKind
    key: str
    label: str
    acronym: str = ""

    @property
    def party(self) -> str:
        """The name by which lists of speakers are answered: an organization's acronym, otherwise the label."""
        return self.acronym if self.acronym and self.kind is NameKind.ORGANIZATION else self.label


@dataclass(frozen=True, slots=True)
class Name:
    """A name found in a text, `start` included and `end` excluded, without a leading article."""

    start: int
    end: int
    entry: Entry

    @property
    def kind(self) -> NameKind:
        return self.entry.kind

    @property
    def key(self) -> str:
        return self.entry.key

    @property
    def label(self) -> str:
        return self.entry.label


@dataclass(frozen=True, slots=True)
class Word:
    """A word, number or other sign of a text in plain typography, and where it stands."""

    text: str
    start: int
    end: int


_LONG_NAME = 4  # words of an instrument's name that nobody writes by chance, whatever its capitals
_RAISED = "\u00b2\u00b3\u00b9\u2070-\u2079"  # footnote marks, which Python counts as letters
_WORD = re.compile(rf"\d+(?:\.[0-9a-z]+)+\b|[^\W{_RAISED}]+|[^\w\s]|[{_RAISED}]")
_PLAIN = str.maketrans("’‘ʼ`“”«»‑‐\u00a0\u2009\u202f", "''''\"\"\"\"--   ")
_WORD_ONLY = re.compile(r"\w+")
_ARTICLE = re.compile(r"[Tt]he\s+")


def plain(text: str) -> str:
    """The text with plain apostrophes, quotation marks, hyphens and spaces, every character in its place."""
    return text.translate(_PLAIN)


def folded(text: str) -> str:
    """The text's words in small letters without accents, as they compare where a list prints capitals."""
    letters = (one for one in unicodedata.normalize("NFKD", plain(text)) if not unicodedata.combining(one))
    return " ".join(_WORD_ONLY.findall("".join(letters).casefold()))


_TURNED = re.compile(r"(?P<head>[^,()]+?)(?:, (?P<rest>[^,()]+)| \((?P<inside>[^()]+)\))")


def uninverted(name: str) -> str:
    """The name as it is spoken where a list turns it round; empty for any other name.

    "South Sudan, Republic of" is "Republic of South Sudan"; ISO 3166 writes "Congo (the Democratic Republic of the)"
    and "Sudan (the)".
    """
    match = _TURNED.fullmatch(" ".join(plain(name).split()))
    rest = (match["rest"] or match["inside"]) if match else ""
    return f"{rest} {match['head']}" if match and re.search(r"(?i)(?:\bof(?: the)?|^the)$", rest) else ""


def words(text: str) -> tuple[Word, ...]:
    """The words and signs of a text, in order."""
    return tuple(Word(match.group(), match.start(), match.end()) for match in _WORD.finditer(plain(text)))


def _spellings(label: str) -> Iterator[tuple[str, ...]]:
    tokens = tuple(word.text for word in words(_ARTICLE.sub("", label, count=1) if _ARTICLE.match(label) else label))
    if not tokens:
        return
    yield tokens
    if tokens[0][0].islower():
        yield (tokens[0][0].upper() + tokens[0][1:], *tokens[1:])


class Names:
    """An index of names; of two things of one kind with the same name the first is found."""

    __slots__ = ("_entries", "_folded", "_folded_lengths", "_lengths")

    def __init__(self, labels: Iterable[tuple[str, Entry]]) -> None:
        self._entries: dict[tuple[str, ...], tuple[Entry, ...]] = {}
        lengths: dict[str, set[int]] = {}
        self._folded: dict[tuple[str, ...], Entry] = {}
        folded_lengths: dict[str, set[int]] = {}
        for label, entry in labels:
            for tokens in _spellings(label):
                known = self._entries.get(tokens, ())
                if all(other.kind != entry.kind for other in known):
                    self._entries[tokens] = (*known, entry)
                lengths.setdefault(tokens[0], set()).add(len(tokens))
                if entry.kind is NameKind.INSTRUMENT and len(tokens) >= _LONG_NAME:
                    lower = tuple(token.lower() for token in tokens)
                    self._folded.setdefault(lower, entry)
                    folded_lengths.setdefault(lower[0], set()).add(len(tokens))
        self._lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in lengths.items()}
        self._folded_lengths = {first: tuple(sorted(sizes, reverse=True)) for first, sizes in folded_lengths.items()}

    def find(self, text: str, kinds: Collection[NameKind]) -> tuple[Name, ...]:
        """The names of the given kinds, in order, none inside a longer one of those kinds or inside a place's name."""
        found: list[Name] = []
        tokens = words(text)
        at = 0
        while at < len(tokens):
            size, entry = self._longest(tokens, at, kinds)
            if entry and entry.kind in kinds:
                found.append(Name(tokens[at].start, tokens[at + size - 1].end, entry))
            at += size
        return tuple(found)

    def exact(self, text: str, kinds: Collection[NameKind]) -> Entry | None:
        """What the whole text is the name of, a leading article left out, turned round where a list turns it."""
        for spelling in filter(None, (" ".join(text.split()), uninverted(text))):
            for tokens in _spellings(spelling):
                for entry in self._entries.get(tokens, ()):
                    if entry.kind in kinds:
                        return entry
        return None

    def spellings(self, kinds: Collection[NameKind]) -> tuple[tuple[str, ...], ...]:
        """The spellings of the names of the given kinds, word by word."""
        return tuple(
            tokens for tokens, entries in self._entries.items() if any(entry.kind in kinds for entry in entries)
        )

    def _longest(self, tokens: tuple[Word, ...], at: int, kinds: Collection[NameKind]) -> tuple[int, Entry | None]:
        for size in self._lengths.get(tokens[at].text, ()):
            if at + size > len(tokens):
                continue
            key = tuple(word.text for word in tokens[at : at + size])
            for entry in self._entries.get(key, ()):
                if entry.kind in kinds or entry.kind is NameKind.PLACE:
                    return size, entry
        return self._in_any_case(tokens, at, kinds)

    def _in_any_case(self, tokens: tuple[Word, ...], at: int, kinds: Collection[NameKind]) -> tuple[int, Entry | None]:
        """The long name of an instrument that begins here with a capital, whatever capitals its other words have."""
        if NameKind.INSTRUMENT not in kinds or not tokens[at].text[0].isupper():
            return 1, None
        for size in self._folded_lengths.get(tokens[at].text.lower(), ()):
            key = tuple(word.text.lower() for word in tokens[at : at + size])
            if len(key) == size and (entry := self._folded.get(key)):
                return size, entry
        return 1, None
