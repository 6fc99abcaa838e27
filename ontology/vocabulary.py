"""The names and phrases that the Turtle under schemes/ declares, ready for look-up in a text.

Whatever stands in schemes/*.ttl with an IRI of one of the segments of `NameKind` (`{B}state/FRA`,
`{B}body/ccpcj`) is found by its English labels and acronym. To add a spelling is to add a label there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from ontology.naming import Entry, Name, NameKind, Names, folded
from ontology.phrasing import OpeningPhrase, Phrases, VerbForms
from ontology.scheme import Statements, first, links, statements, texts
from ontology.terms import BASE, DEF

_SKOS = "http://www.w3.org/2004/02/skos/core#"
_XL = "http://www.w3.org/2008/05/skos-xl#"
_SCHEMA = "https://schema.org/"
_LABELS = (f"{_SKOS}prefLabel", f"{_SKOS}altLabel", f"{_SKOS}hiddenLabel")
_ALL_KINDS = frozenset(NameKind) - {NameKind.PLACE}
_WORD_LISTS = frozenset({"organ-nouns", "ranks", "numbers"})
_REGISTRATION = re.compile(r"Nos?\.\s*(\d+)")


@dataclass(frozen=True, slots=True)
class FormerName:
    """A name that a State bore in the records of the United Nations from `first` to `last`, both days included."""

    key: str
    label: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Verb:
    """A verb of resolutions.

    `label` is the infinitive ("take note"), `broader` the key of the kind of act, `citation_property` the name of the
    property from citation to work ("takenNoteOfWork"), empty where a work is not what the verb acts on.
    """

    key: str
    label: str
    broader: str
    citation_property: str


@dataclass(frozen=True, slots=True)
class Treaty:
    """An instrument's key with the volumes of the United Nations Treaty Series that print it."""

    key: str
    volumes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Term:
    """A word of a word list: its spellings, the usual one first; `notation` is the number that a number word means."""

    labels: tuple[str, ...]
    notation: str


@dataclass(frozen=True)
class Vocabulary:
    """All schemes, read once. Mappings are by key."""

    entries: Mapping[tuple[NameKind, str], Entry]
    verbs: Mapping[str, Verb]
    former_names: Mapping[str, tuple[FormerName, ...]]
    parents: Mapping[str, str]
    _names: Names
    _phrases: Phrases
    _bodies_by_prefix: Mapping[str, str]
    _number_forms: Mapping[str, tuple[str, ...]]
    _resolution_symbols: Mapping[str, str]
    _treaties: Mapping[str, tuple[Treaty, ...]]
    _adopted_in: Mapping[str, tuple[str, ...]]
    _terms: Mapping[str, tuple[Term, ...]]
    _states_folded: Mapping[str, Entry]
    _concepts: Mapping[str, str]

    def concept(self, key: str) -> str:
        """The label of a concept, given the path of its IRI ("attendance-category/non-member-states").

        Raises KeyError where the schemes have no such concept.
        """
        if key not in self._concepts:
            raise KeyError(f"there is no concept {key!r}")
        return self._concepts[key]

    def names(self, text: str, kinds: Collection[NameKind] = _ALL_KINDS) -> tuple[Name, ...]:
        """The names of the given kinds in a text, in order, the longest where one holds another.

        A name of a kind that is not asked for does not hide one that is: "Convention on X" is found as an instrument
        inside "Conference of the Parties to the Convention on X". Articles stand outside the name.
        """
        return self._names.find(text, kinds)

    def named(self, text: str, kinds: Collection[NameKind] = _ALL_KINDS) -> Entry | None:
        """What the whole text is a name of, with or without "the"; None where it is none."""
        return self._names.exact(text, kinds)

    def entry(self, kind: NameKind, key: str) -> Entry | None:
        """The named thing of a kind and key."""
        return self.entries.get((kind, key))

    def state(self, name: str, on: date | None = None) -> Entry | None:
        """The State that a text names, labelled by the short name in force on a day (today's without one)."""
        found = self.named(name, (NameKind.STATE,))
        return found and self.as_of(found, on)

    def state_in_any_case(self, name: str) -> Entry | None:
        """The State that a whole text names in capitals or without accents: "TURKIYE", "CÔTE D'IVOIRE"."""
        return self._states_folded.get(folded(name))

    def as_of(self, entry: Entry, on: date | None) -> Entry:
        """The same thing labelled as on a day: "Turkey" up to May 2022 and "Türkiye" after."""
        if on is None or entry.kind is not NameKind.STATE:
            return entry
        for name in self.former_names.get(entry.key, ()):
            if name.first <= on <= name.last:
                return Entry(entry.kind, entry.key, name.label, entry.acronym)
        return entry

    def opening_phrase(self, text: str, part: str) -> OpeningPhrase | None:
        """The phrase that opens a paragraph of the part "preambular" or "operative"; None where no verb opens it."""
        found = self._phrases.read(text, part)
        if found and not found.verb and self._starts_with_name(text):
            return None
        return found

    def first_words(self, text: str, part: str) -> OpeningPhrase | None:
        """The opening phrase that the very first words of a text are, without an organ before it; None for a name."""
        found = self._phrases.first_words(text, part)
        if found and not found.verb and self._starts_with_name(text):
            return None
        return found

    def terms(self, kind: str) -> tuple[Term, ...]:
        """The words below a concept of a word list, given the path of its IRI ("organ-noun/organ"), in their order.

        Raises KeyError where the word lists have no such concept or nothing below it.
        """
        return self._terms[kind]

    def spellings(self, kinds: Collection[NameKind]) -> tuple[tuple[str, ...], ...]:
        """Every spelling of every name of the given kinds, word by word."""
        return self._names.spellings(kinds)

    def _starts_with_name(self, text: str) -> bool:
        return any(name.start == 0 for name in self.names(text[:200]))

    def citation_property(self, verb: str) -> str:
        """The local name of the property from citation to work for a verb's key, "citedWork" where it has none."""
        known = self.verbs.get(verb)
        return (known.citation_property if known else "") or "citedWork"

    def body(self, name: str) -> Entry | None:
        """The body that a whole text names."""
        return self.named(name, (NameKind.BODY,))

    def body_of_symbol(self, symbol: str) -> Entry | None:
        """The body under whose series symbol a document appears: the longest declared beginning of whole segments."""
        segments = symbol.strip().upper().split("/")
        for size in range(len(segments), 0, -1):
            if key := self._bodies_by_prefix.get("/".join(segments[:size])):
                return self.entries[NameKind.BODY, key]
        return None

    def symbol_prefix(self, body: str) -> str:
        """The series under which a body's documents appear, given its key ("E/CN.15"); empty where none is declared."""
        return next((prefix for prefix, key in self._bodies_by_prefix.items() if key == body), "")

    def number_forms(self, body: str) -> tuple[str, ...]:
        """How a body numbers its texts, given its key: "session", "year" and so on; empty where nothing is stated."""
        return self._number_forms.get(body, ())

    def symbol_of(self, body: str, nature: str, number: str) -> str:
        """The symbol of a body's resolution or decision by its number, given the body's key; empty without a series.

        "76/181" of the General Assembly is A/RES/76/181, "4/9" of the Environment Assembly UNEP/EA.4/Res.9.
        """
        session, _, second = number.partition("/")
        if (form := self._resolution_symbols.get(body)) and second and nature == "resolution":
            return form.replace("{session}", session).replace("{number}", second)
        prefix = self.symbol_prefix(body)
        if not prefix or (prefix == "S" and nature == "decision"):  # the Security Council's decisions have no series
            return ""
        return f"{prefix}/{'RES' if nature == 'resolution' else 'DEC'}/{number}"

    def treaty(self, registration: str, volumes: str = "") -> Entry | None:
        """The treaty registered with the Secretariat under a number, told from its protocols by the volumes.

        `volumes` is as printed: "vol. 2237", "vols. 2225, 2237, 2241 and 2326". Where it fits none, the first treaty of
        the number is meant; where it fits several, the one printed in the fewest volumes.
        """
        printed = frozenset(re.findall(r"\d+", volumes))
        known = self._treaties.get(registration, ())
        fitting = [treaty for treaty in known if printed and printed <= treaty.volumes]
        found = min(fitting, key=lambda treaty: len(treaty.volumes)) if fitting else next(iter(known), None)
        return self.entries[NameKind.INSTRUMENT, found.key] if found else None

    def adopted_in(self, instrument: str) -> tuple[str, ...]:
        """The normal symbols of the resolutions that adopted an instrument, given its key."""
        return self._adopted_in.get(instrument, ())


def _kind_and_key(iri: str) -> tuple[NameKind, str] | None:
    segment, _, key = iri.removeprefix(BASE).partition("/")
    if not iri.startswith(BASE) or not key or segment not in set(NameKind):
        return None
    return NameKind(segment), key


@cache
def load() -> Vocabulary:
    """The vocabulary of the installed schemes; the same object at every call."""
    facts = statements()
    named = {identity: said for iri, said in facts.items() if (identity := _kind_and_key(iri))}
    entries = {
        (kind, key): Entry(kind, key, label, first(texts(said, f"{DEF}acronym")))
        for (kind, key), said in named.items()
        if (label := first(texts(said, _LABELS[0])))
    }
    former = {
        entry.key: _former_names(entry.key, named[identity], facts)
        for identity, entry in entries.items()
        if entry.kind is NameKind.STATE
    }
    bodies = {key: said for (kind, key), said in named.items() if kind is NameKind.BODY}
    instruments = {key: said for (kind, key), said in named.items() if kind is NameKind.INSTRUMENT}
    spellings = tuple(_spellings(entries, named, former))
    return Vocabulary(
        entries=entries,
        verbs=_verbs(facts),
        former_names={key: names for key, names in former.items() if names},
        parents={
            key: parent.removeprefix(f"{BASE}body/")
            for key, said in bodies.items()
            for parent in links(said, f"{DEF}parentBody")
        },
        _names=Names(spellings),
        _phrases=_phrases(facts),
        _bodies_by_prefix={
            prefix.upper(): key for key, said in bodies.items() for prefix in texts(said, f"{DEF}symbolPrefix")
        },
        _number_forms={key: forms for key, said in bodies.items() if (forms := texts(said, f"{DEF}numberForm"))},
        _resolution_symbols={
            key: form for key, said in bodies.items() if (form := first(texts(said, f"{DEF}resolutionSymbol")))
        },
        _treaties=_treaties(instruments),
        _adopted_in=_resolutions(instruments),
        _terms=_terms(facts),
        _states_folded={folded(label): entry for label, entry in reversed(spellings) if entry.kind is NameKind.STATE},
        _concepts={
            iri.removeprefix(BASE): label
            for iri, said in facts.items()
            if links(said, f"{_SKOS}inScheme") and (label := first(texts(said, _LABELS[0])))
        },
    )


def _spellings(
    entries: Mapping[tuple[NameKind, str], Entry],
    named: Mapping[tuple[NameKind, str], Statements],
    former: Mapping[str, tuple[FormerName, ...]],
) -> Iterable[tuple[str, Entry]]:
    """Every spelling with what it names: names in use before acronyms, variants and former names of others."""
    for predicate in (_LABELS[0], f"{DEF}acronym", _LABELS[1], _LABELS[2]):
        for identity, entry in entries.items():
            for text in texts(named[identity], predicate):
                yield text, entry
    for identity, entry in entries.items():
        if identity[0] is NameKind.STATE:
            for name in former[entry.key]:
                yield name.label, entry


def _former_names(key: str, said: Statements, facts: Mapping[str, Statements]) -> tuple[FormerName, ...]:
    names = []
    for iri in links(said, f"{_XL}altLabel"):
        name = facts[iri]
        begin = first(texts(name, f"{_SCHEMA}validFrom")) or "0001-01-01"
        end = first(texts(name, f"{_SCHEMA}validThrough")) or "9999-12-31"
        label = first(texts(name, f"{_XL}literalForm"))
        names.append(FormerName(key, label, date.fromisoformat(begin), date.fromisoformat(end)))
    return tuple(sorted(names, key=lambda name: name.last, reverse=True))


def _verbs(facts: Mapping[str, Statements]) -> dict[str, Verb]:
    verbs = {}
    for iri, said in facts.items():
        if iri.startswith(f"{BASE}verb/"):
            key = iri.removeprefix(f"{BASE}verb/")
            broader = first(links(said, f"{_SKOS}broader")).removeprefix(f"{BASE}verb/")
            cited = first(links(said, f"{DEF}citationProperty")).removeprefix(DEF)
            verbs[key] = Verb(key, first(texts(said, _LABELS[0])), broader, cited)
    return verbs


def _terms(facts: Mapping[str, Statements]) -> dict[str, tuple[Term, ...]]:
    """The words below each concept of the word lists, those below its narrower concepts among them."""
    below: dict[str, list[Term]] = {}
    for said in facts.values():
        schemes = {scheme.removeprefix(f"{BASE}scheme/") for scheme in links(said, f"{_SKOS}inScheme")}
        if not schemes & _WORD_LISTS or texts(said, f"{_SKOS}definition"):
            continue
        term = Term((*texts(said, _LABELS[0]), *texts(said, _LABELS[1])), first(texts(said, f"{_SKOS}notation")))
        waiting = list(links(said, f"{_SKOS}broader"))
        kinds: dict[str, None] = {}
        while waiting:
            kind = waiting.pop(0)
            kinds[kind] = None
            waiting += links(facts[kind], f"{_SKOS}broader")
        for kind in kinds:
            below.setdefault(kind.removeprefix(BASE), []).append(term)
    return {kind: tuple(terms) for kind, terms in below.items()}


def _phrases(facts: Mapping[str, Statements]) -> Phrases:
    scheme = facts[f"{BASE}scheme/verbs"]
    forms = [
        VerbForms(
            iri.removeprefix(f"{BASE}verb/"),
            first(texts(said, _LABELS[0])),
            texts(said, _LABELS[1]),
            texts(said, f"{DEF}preposition"),
        )
        for iri, said in facts.items()
        if iri.startswith(f"{BASE}verb/")
    ]
    adverbs, weights = texts(scheme, f"{DEF}adverb"), texts(scheme, f"{DEF}weight")
    return Phrases(forms, adverbs, weights, texts(scheme, f"{DEF}notOpening"))


def _treaties(instruments: Mapping[str, Statements]) -> dict[str, tuple[Treaty, ...]]:
    """The treaties by their registration number, those of one number in the order of the file."""
    numbers: dict[str, tuple[Treaty, ...]] = {}
    for key, said in instruments.items():
        for series in texts(said, f"{DEF}treatySeries"):
            volumes = frozenset(re.findall(r"\d+", series.partition("No.")[0]))
            for number in _REGISTRATION.findall(series):
                numbers[number] = (*numbers.get(number, ()), Treaty(key, volumes))
    return numbers


def _resolutions(instruments: Mapping[str, Statements]) -> dict[str, tuple[str, ...]]:
    """The normal symbols of the resolutions that adopted each instrument."""
    return {
        key: tuple(iri.removeprefix(f"{BASE}document/").replace("%20", " ") for iri in links(said, f"{DEF}adoptedIn"))
        for key, said in instruments.items()
    }
