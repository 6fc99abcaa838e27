"""Whose resolution or decision a number is: the organ named with it, the organ that "its" stands for, or none.

A wrong organ is worse than none. An organ that is named but not known, and a number whose form none of the organs in
question uses, leave the citation without one. The form of the number is the check (rec:numberForm in bodies.ttl): the
General Assembly numbers by session ("76/181") or, up to 1976, with the session in Roman numerals ("217 A (III)"), the
Economic and Social Council by year ("2004/27"), the Security Council with the year behind ("1325 (2000)"), which no
other organ of the United Nations does for resolutions; commissions by session ("28/3").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from mappings.citing.deliberations import Deliberation, rule
from mappings.lexicon.words import words as organ_nouns
from ontology.naming import Name, NameKind
from ontology.vocabulary import Vocabulary

GENERAL_ASSEMBLY, COUNCIL, SECURITY_COUNCIL = "ga", "ecosoc", "sc"
_SHORT = {"Assembly": (GENERAL_ASSEMBLY,), "Council": (COUNCIL, SECURITY_COUNCIL)}
_FORM = re.compile(
    r"(?P<special>E?S-)?(?P<first>[0-9]+)(?:/(?P<second>[0-9]+))?(?: [A-Z]{1,2})?"
    r"(?: \((?:(?P<roman>(?:E?S-)?[IVXL]+)|(?P<year>[0-9]{4}))\))?"
)
_FIRST_SESSION, _LAST_SESSION = 31, 60  # of the Assembly in Arabic numerals; of any other body that counts sessions
_FIRST_WORD = re.compile(r"(?:In|By|Under|With|Per|See|And|Also|The|To|On|Of|For|Through|Following|Pursuant to)\b ?")
_ONLY_ASSEMBLY = 70  # no other body has held more sessions


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What tells organs apart: the reporting commission, its session, the year, and the organ that speaks.

    `clause` tells a paragraph of a text, in which the organ that speaks is the subject ("Recalling its resolution …"),
    from one of a report, in which every subject is named.
    """

    body: str
    session: int
    year: int
    voice: str
    clause: bool = True


@dataclass(frozen=True, slots=True)
class Owner:
    """The organ whose text is cited, and where its words (or "its") begin. `reason` says why none is known.

    `doubt` says what looks wrong although the organ is known: a date that does not go with the number.
    """

    key: str
    start: int
    reason: str = ""
    own: bool = False  # cited as "its"
    until: int = 0  # behind the organ's words, where they follow the number
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class _Mention:
    """An organ named in a passage: its key, empty for one that is not known, and its place."""

    key: str
    start: int
    end: int


_Named = tuple[str, int, int]  # the organ's key or "", where its words begin, where they end behind the number


@dataclass(frozen=True, slots=True)
class _Asked:
    """A citation whose organ is asked for, in its passage."""

    text: str
    cited: Deliberation
    vocabulary: Vocabulary
    at: Circumstances

    def takes(self, key: str) -> bool:
        """Whether the organ uses the number's form and, by the dates, can have adopted most of the list."""
        if not key or not self.uses(key):
            return False
        group = [(number, on) for number, on in self.cited.group if self.uses(key, number)]
        return 2 * sum(dated(key, number, on) for number, on in group) > len(group)

    def uses(self, key: str, number: str = "") -> bool:
        """Whether the organ numbers its texts in the form of a number, this one's if none is given."""
        return fits(key, number or self.cited.number, self.at, self.vocabulary)

    def named_in(self, words: str) -> str | None:
        """The organ whose name begins some words; empty if it is not known, None if no organ's name does."""
        names = self.vocabulary.names(words, (NameKind.BODY,))
        if names and names[0].start == 0:
            return "" if _goes_on(words[names[0].end :]) else names[0].key
        if noun := re.match(rf"({organ_nouns('organ-noun/organ')})\b", words):
            return "" if _goes_on(words[noun.end() :]) else self.called(noun[1])
        return "" if _organ_like().search(words) else None

    def called(self, noun: str) -> str:
        """The organ that a noun alone stands for: one named before in full, the usual one, or the reporting one."""
        named = self.vocabulary.names(self.text[: self.cited.head], (NameKind.BODY,))
        labels = {name.key: name.label for name in named}
        for key in reversed(labels):
            if noun in labels[key].split() and self.takes(key):
                return key
        usual = next((key for key in _SHORT.get(noun, ()) if self.takes(key)), "")
        return usual or (self.at.body if self._own(noun) and self.takes(self.at.body) else "")

    def _own(self, noun: str) -> bool:
        """Whether a noun stands for the body that reports: "Commission" in the report of one that is a commission.

        Where the passage has named another commission, nothing says which is meant.
        """
        body = self.vocabulary.entry(NameKind.BODY, self.at.body)
        others = [
            name
            for name in self.vocabulary.names(self.text[: self.cited.head], (NameKind.BODY,))
            if name.key != self.at.body and noun in name.label.split()
        ]
        return not others and noun.lower() in (body.label if body else self.at.body).lower().split()

    def sentence(self, place: int) -> int:
        """Where the sentence begins in which a place stands."""
        ends = [match.end() for match in rule("sentence end").finditer(self.text[:place])]
        return ends[-1] if ends else 0

    def mentions(self, start: int, end: int) -> list[_Mention]:
        """The organs named between two places, in order: known ones, nouns alone, and names of organs not known."""
        words = self.text[start:end]
        known = self.vocabulary.names(words, (NameKind.BODY, NameKind.ORGANIZATION, NameKind.INSTRUMENT))
        found = [_Mention(name.key, name.start, name.end) for name in known if name.kind is NameKind.BODY]
        for match in rule("capitals").finditer(words):
            if any(name.start < match.end() and match.start() < name.end for name in known):
                continue
            phrase = _without_opening(match.group(), self.vocabulary) if start + match.start() == 0 else match.group()
            if not _organ_like().search(phrase):
                continue
            alone = re.fullmatch(organ_nouns("organ-noun/organ"), phrase)
            found.append(_Mention(self.called(phrase) if alone else "", match.end() - len(phrase), match.end()))
        return sorted(found, key=lambda one: one.start)


def owner(
    text: str,
    cited: Deliberation,
    vocabulary: Vocabulary,
    at: Circumstances,
    previous: tuple[Deliberation, Owner] | None = None,
) -> Owner:
    """The organ whose resolution or decision is cited in a text; `previous` is the one cited before it."""
    asked = _Asked(text, cited, vocabulary, at)
    if match := rule("own").search(text[: cited.head]):
        start = match.start("own")
        key = _antecedent(asked, start)
        if not key and (by_form := _by_form(asked)):
            key = by_form
        reason = "" if key else f"{cited.number} is no number of the organ that “its” seems to stand for"
        return _owned(asked, Owner(key, start, reason, own=True))
    named = _named_behind(asked) or _named_before(asked) or _carried(asked, previous)
    if named is None:
        return _owned(asked, _unnamed(asked))
    key, start, until = named
    if not key:
        words = text[start : cited.head].strip() or text[cited.end : until].strip(" ,")
        return Owner("", start, f"the organ “{words}” is not known", until=until)
    if asked.uses(key) or not _checked(key, at, vocabulary):
        return _owned(asked, Owner(key, start, until=until))
    if by_form := _by_form(asked):  # "resolutions 70/262 and 2282 (2016)" of two organs
        return Owner(by_form, start) if len(cited.group) > 1 else Owner("", start, _not_of(cited))
    return Owner("", start, _not_of(cited))


def _not_of(cited: Deliberation) -> str:
    return f"{cited.number} has not the form of a {cited.nature} of the organ named"


def _checked(key: str, at: Circumstances, vocabulary: Vocabulary) -> bool:
    """Whether it is known how an organ numbers; of others that are named, every number is believed."""
    return key == at.body or bool(vocabulary.number_forms(key))


def _owned(asked: _Asked, found: Owner) -> Owner:
    """The owner with the doubt that a date raises."""
    cited = asked.cited
    if not found.key or dated(found.key, cited.number, cited.on):
        return found
    doubt = f"{cited.number} is no number of a text adopted on {cited.on}"
    return Owner(found.key, found.start, found.reason, found.own, found.until, doubt)


def fits(key: str, number: str, at: Circumstances, vocabulary: Vocabulary) -> bool:
    """Whether an organ gives its resolutions or decisions numbers of this form, by the year of the report."""
    form = _FORM.fullmatch(number)
    if form is None:
        return False
    forms = vocabulary.number_forms(key) or ("session",)
    first = int(form["first"])
    if form["year"]:
        return "number and year" in forms
    if form["roman"]:
        return "Roman session" in forms
    if not form["second"]:
        return False
    if form["special"]:
        return "special session" in forms
    if first >= 1945:
        return "year" in forms and (not at.year or first <= at.year)
    if "session" not in forms:
        return False
    if key == GENERAL_ASSEMBLY:
        return first >= _FIRST_SESSION and (not at.year or first + 1945 <= at.year)
    return first <= (at.session if key == at.body and at.session else _LAST_SESSION)


def dated(key: str, number: str, on: date | None) -> bool:
    """Whether a text with a number of this organ can have been adopted on a day; None for a day that is not printed.

    The Economic and Social Council's session of a year has opened in July of the year before since 2014, and a session
    of the Assembly runs from September of one year to September of the next.
    """
    form = _FORM.fullmatch(number)
    if on is None or form is None or form["roman"] or form["special"] or not (form["second"] or form["year"]):
        return True
    if form["year"]:
        return on.year == int(form["year"])
    first = int(form["first"])
    if first >= 1945:
        return on.year - first in (-1, 0, 1)
    return key != GENERAL_ASSEMBLY or on.year - first - 1945 in (0, 1)


@cache
def _organ_like() -> re.Pattern[str]:
    """The nouns of everything that adopts resolutions or decisions, known to the vocabulary or not."""
    nouns = organ_nouns("organ-noun/organ", "organ-noun/subsidiary-organ", "organ-noun/other-organ")
    return re.compile(rf"\b{nouns}\b")


def _goes_on(words: str) -> bool:
    """Whether a name goes on behind words that are one in themselves: "Council of Harbours"."""
    match = re.match(r" (?:of|for)(?: the)? (?P<next>[A-Z]\w*(?: [A-Z]\w*)?)", words)
    return match is not None and match["next"] != "United Nations"


def _without_opening(phrase: str, vocabulary: Vocabulary) -> str:
    """A capitalized phrase that begins a paragraph without the verb that opens it: "Recalling Council" is "Council"."""
    opening = vocabulary.first_words(phrase, "preambular") or vocabulary.first_words(phrase, "operative")
    return phrase[opening.end :].lstrip() if opening and opening.verb else phrase


def _named_before(asked: _Asked) -> _Named | None:
    """The organ whose name ends where the noun begins, with the place of its first word."""
    before = asked.text[: asked.cited.head]
    bare = re.sub(r"(?:'s|’s)? $", "", before)
    adjective = rule("adjective of a text").search(bare)
    stem = re.sub(r"(?:'s|’s)? ?$", "", bare[: adjective.start()]) if adjective else bare
    if bare == before:
        return _among(asked)
    known = [name for name in asked.vocabulary.names(stem, (NameKind.BODY,)) if name.end == len(stem)]
    phrases = [match for match in rule("capitals").finditer(stem) if match.end() == len(stem)]
    if known and not (phrases and _part_of(known[-1], phrases[-1], asked.vocabulary)):
        return known[-1].key, known[-1].start, 0
    if not phrases:
        return _among(asked)
    phrase = phrases[-1].group()
    lead = stem[max(0, phrases[-1].start() - 8) : phrases[-1].start()]
    if phrases[-1].start() == 0 or rule("sentence end").search(lead):
        phrase = _without_opening(phrase, asked.vocabulary)
        first = _FIRST_WORD.match(phrase)
        phrase = phrase[first.end() :] if first else phrase
    start = len(stem) - len(phrase)
    if not phrase or phrase in ("Draft", "Presidential") or (adjective and not _organ_like().search(phrase)):
        return _among(asked)
    if re.fullmatch(organ_nouns("organ-noun/organ"), phrase):
        key = asked.called(phrase)
        return key, start, 0
    return "", start, 0


def _part_of(name: Name, phrase: re.Match[str], vocabulary: Vocabulary) -> bool:
    """Whether a known name is the end of a longer one: "Second Commission on Harbours" is none that is known."""
    if phrase.start() >= name.start:
        return False
    before = phrase.group()[: name.start - phrase.start()].strip()
    if phrase.start() == 0:
        before = _without_opening(before, vocabulary).strip()
    joined = re.search(r"(?:^|\s)(?:of|for|on|to|and|the)$", before) or _FIRST_WORD.fullmatch(before)
    return bool(before) and not joined


def _among(asked: _Asked) -> _Named | None:
    """ "Human Rights Council resolutions, including resolutions 23/9 and 29/11"."""
    if match := rule("among those of").search(asked.text[: asked.cited.head]):
        for name in reversed(asked.vocabulary.names(match["body"], (NameKind.BODY,))):
            if name.end == len(match["body"]):
                return name.key, asked.cited.head, 0
            break
    return None


def _named_behind(asked: _Asked) -> _Named | None:
    """ "resolution 10/1 of the Conference of the Parties"; an organ that is not known is one all the same."""
    ends = (asked.cited.close, *(asked.cited.end,) * (len(asked.cited.group) == 1))
    for end in ends:
        if match := rule("named behind").match(asked.text[end:]):
            words = re.sub(r"^[a-z]+ session of the ", "", match["body"])
            key = asked.named_in(words)
            if key or (key is not None and not match["agent"]):
                return key, asked.cited.head, end + match.end()
    return None


def _carried(asked: _Asked, previous: tuple[Deliberation, Owner] | None) -> _Named | None:
    """ "General Assembly resolution S-23/2, annex, and resolution S-23/3": the organ named before is meant again."""
    if previous is None or not previous[1].key or previous[0].close > asked.cited.head:
        return None
    between = asked.text[previous[0].close : asked.cited.head]
    if rule("carried on").match(between) and asked.takes(previous[1].key):
        return previous[1].key, asked.cited.head, 0
    return None


def _unnamed(asked: _Asked) -> Owner:
    """The organ of "resolution 76/181" without a name: the one that speaks, if no other that is named can be meant."""
    cited, head = asked.cited, asked.cited.head
    if key := _by_form(asked):
        return Owner(key, head)
    named = asked.mentions(0, head)
    keys = [key for key in dict.fromkeys((asked.at.voice, *(one.key for one in named))) if asked.takes(key)]
    strangers = not asked.at.clause and any(not one.key for one in asked.mentions(asked.sentence(head), head))
    if asked.at.clause and _certain(asked, asked.at.voice):
        keys = [asked.at.voice]
    if len(keys) == 1 and not strangers and not _by_stranger(asked):
        return Owner(keys[0], head)
    return Owner("", head, f"nothing says whose {cited.nature} {cited.number} is")


def _by_stranger(asked: _Asked) -> bool:
    """ "The League of Lamplighters adopted resolution 110/12": an organ that is not known stands just before."""
    head = asked.cited.head
    strangers = [one for one in asked.mentions(asked.sentence(head), head) if not one.key]
    return bool(strangers) and rule("just before").fullmatch(asked.text[strangers[-1].end : head]) is not None


def _certain(asked: _Asked, key: str) -> bool:
    """Whether form and dates leave no other organ: only the Assembly's numbers go with the dates of its sessions."""
    if not asked.takes(key):
        return False
    if key != GENERAL_ASSEMBLY:
        return key in (COUNCIL, SECURITY_COUNCIL)
    form = _FORM.fullmatch(asked.cited.number)
    later = form is not None and form["second"] is not None and int(form["first"]) > _LAST_SESSION
    return later or any(on is not None for _, on in asked.cited.group)


def _by_form(asked: _Asked) -> str:
    """The organ that alone numbers like this, unless one that is not known stands just before."""
    form = _FORM.fullmatch(asked.cited.number)
    if form is None or _by_stranger(asked):
        return ""
    if form["year"]:
        return SECURITY_COUNCIL if asked.cited.nature == "resolution" else ""
    alone = form["second"] and not form["special"] and int(form["first"]) > _ONLY_ASSEMBLY
    alone = alone and dated(GENERAL_ASSEMBLY, asked.cited.number, asked.cited.on)
    return GENERAL_ASSEMBLY if alone and asked.uses(GENERAL_ASSEMBLY) else ""


def _antecedent(asked: _Asked, place: int) -> str:
    """What "its" stands for: an organ named just before or just after, else the only one that fits.

    The organ that speaks is the subject of its own paragraphs. Where it and another one named in the sentence could
    both have given the number, none is chosen; an organ that is not known could have given any but the Assembly's.
    """
    for key in (*_before(asked, place), *_after(asked, place)):
        return key if asked.takes(key) else ""
    named = [one.key for one in asked.mentions(asked.sentence(place), place)]
    voice = (asked.at.voice,) if asked.at.clause else ()
    if voice and _certain(asked, asked.at.voice):
        return asked.at.voice
    if not voice and not named:
        named = [one.key for one in asked.mentions(0, place)][-1:]
    keys = dict.fromkeys((*voice, *named))
    fitting = [key for key in keys if asked.takes(key)]
    if "" in keys and not (fitting and _certain(asked, fitting[0])):
        return ""
    return fitting[0] if len(fitting) == 1 else ""


def _after(asked: _Asked, place: int) -> Iterator[str]:
    """ "in its resolution 69/314, the General Assembly encouraged": the organ that the sentence goes on with."""
    if rule("points forward").search(asked.text[asked.sentence(place) : place]):
        match = rule("named after").match(asked.text[asked.cited.close :])
        key = asked.named_in(match["body"]) if match else None
        if key is not None:
            yield key


def _before(asked: _Asked, place: int) -> Iterator[str]:
    """ "approved by the Economic and Social Council in its decision 2021/253"."""
    match = rule("named before").search(asked.text[:place])
    key = asked.named_in(match["body"]) if match else None
    if key is not None:
        yield key
