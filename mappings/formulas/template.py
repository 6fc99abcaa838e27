r"""Sentence templates: how a formula writes the sentence that it takes, compiled to a regular expression.

    [observers for] {count:number} other (States Members|Member States) [of the United Nations]

Words stand for themselves, with any blank between them, and are whole words; the first letter of a template may be a
capital in the text. A template may run over several lines. Its signs, each written as itself behind a backslash:

    [also|then]       may be absent; [also|then]* any number of them, with a blank between
    (adopted|noted)   one of several
    conven*           a word that begins so
    {count:number}    a typed slot, whose value becomes a field of the fact; {:organ} is only there
    {phrase:(a|b)}    a field that holds the words of one of several
    ...               any words of the same clause
    ^  $              where the text begins, where it ends
    !(of the)         what does not follow;  =(, entitled) what follows and is no part of it
    <!(no later)      what does not stand before: words of the same length each

A group without a name takes any words; what a template says itself is outside of them (`formula.wording`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

# Words between two parts of a formula: within the clause, and no longer than the longest title of a document (300).
_ANY = r"([^.;]{1,300}?)"
_EDGE = r"(?!(?<=\w)\w)"  # no place inside a word
_TOKEN = re.compile(
    r"\\(?P<escaped>.)|(?P<any>\.\.\.)|\{(?P<slot>[^{}()]*)\}|\{(?P<field>[^{}():]*):(?=\()|(?P<look><?!|<?=)\("
    r"|(?P<blank>\s+)|(?P<edge>[\^$])|(?P<sign>[\[\](){}|*])|(?P<word>.)",
    re.DOTALL,
)
_BLANK = r"\s+"
_ENDS = ("]", ")", "}", "|")
_CLOSING = {"[": "]", "(": ")"}
_LOOKS = {"!": "?!", "=": "?=", "<!": "?<!", "<=": "?<="}


class TemplateError(ValueError):
    """A template that cannot be read; the message says what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Piece:
    """The pattern of a slot, and the fields that stand in it with the slots that they were written with."""

    pattern: str
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template: its pattern, and for each named group of it the slot that the group was written with."""

    pattern: re.Pattern[str]
    fields: Mapping[str, str]


@dataclass(slots=True)
class _Part:
    """A part of a template: its pattern, whether it may be absent, whether a blank stands before it.

    `empty` tells that it takes no words: it looks at what stands beside it.
    """

    pattern: str
    optional: bool = False
    repeated: bool = False
    blank: bool = False
    empty: bool = False
    letter: bool = False


def compile_template(template: str, slots: Mapping[str, Piece], *, any_case: bool = False) -> Template:
    """The pattern of a template; `slots` are the slots that it may name. Raises TemplateError."""
    piece = compile_piece(template, slots, start=True)
    try:
        pattern = re.compile(f"{_EDGE}(?:{piece.pattern}){_EDGE}", re.IGNORECASE if any_case else 0)
    except re.error as error:
        raise TemplateError(str(error)) from error
    return Template(pattern, piece.fields)


def compile_piece(template: str, slots: Mapping[str, Piece], *, start: bool = False) -> Piece:
    """A template as part of another one; its first letter may be a capital at the `start`. Raises TemplateError."""
    reading = _Reading(list(_TOKEN.finditer(template.strip())), slots)
    ways = reading.ways(start=start)
    if reading.tokens:
        raise TemplateError(f"{reading.tokens[0].group()!r} closes nothing")
    return Piece("|".join(_joined(parts) for parts in ways), reading.fields)


@dataclass(slots=True)
class _Reading:
    """A template while it is read: the tokens that are left, the slots that are known, the fields found so far."""

    tokens: list[re.Match[str]]
    slots: Mapping[str, Piece]
    fields: dict[str, str] = field(default_factory=dict)

    def ways(self, *, start: bool) -> list[list[_Part]]:
        """One alternative after the other up to the sign that closes them."""
        found = [self._parts(start=start)]
        while self.tokens and self.tokens[0].group() == "|":
            self.tokens.pop(0)
            found.append(self._parts(start=start))
        return found

    def _parts(self, *, start: bool) -> list[_Part]:
        parts: list[_Part] = []
        blank = False
        while self.tokens and self.tokens[0].group() not in _ENDS:
            token = self.tokens.pop(0)
            if token["blank"]:
                blank = any(not part.empty for part in parts)
            elif token["sign"] == "*" and parts:
                _repeat(parts[-1])
            else:
                leads = start and all(part.optional or part.empty for part in parts)
                first = leads and (blank or not parts or parts[-1].optional or parts[-1].empty)
                parts.append(self._part(token, blank=blank, first=first))
                blank = False
        return parts

    def _part(self, token: re.Match[str], *, blank: bool, first: bool) -> _Part:
        if token["look"]:
            return self._look(token, blank=blank)
        if token["edge"]:
            return _Part("^" if token["edge"] == "^" else r"\s*$", empty=True)
        if token["field"] is not None:
            self._add(token["field"], "words")
            inner, _ = self._closed(token, "}", start=first)
            return _Part(f"(?P<{token['field']}>{inner})", blank=blank)
        if token["sign"]:
            if token["sign"] not in _CLOSING:
                raise TemplateError(f"{token['sign']!r} stands alone")
            inner, empty = self._closed(token, _CLOSING[token["sign"]], start=first)
            return _Part(f"(?:{inner})", optional=token["sign"] == "[", blank=blank and not empty, empty=empty)
        if token["any"]:
            return _Part(_ANY, blank=blank)
        if token["slot"] is not None:
            return _Part(self._slot(token["slot"]), blank=blank)
        letter = token["escaped"] or token["word"]
        either = first and token["word"] and letter.isalpha() and letter.islower()
        pattern = f"[{letter}{letter.upper()}]" if either else re.escape(letter)
        return _Part(pattern, blank=blank, letter=letter.isalnum())

    def _closed(self, token: re.Match[str], closing: str, *, start: bool) -> tuple[str, bool]:
        """The pattern up to a closing sign, and whether it takes no words."""
        ways = self._inside(token, closing, start=start)
        return "|".join(map(_joined, ways)), all(part.empty for parts in ways for part in parts)

    def _inside(self, token: re.Match[str], closing: str, *, start: bool) -> list[list[_Part]]:
        ways = self.ways(start=start)
        if not self.tokens or self.tokens.pop(0).group() != closing:
            raise TemplateError(f"{token.group()!r} is not closed")
        return ways

    def _look(self, token: re.Match[str], *, blank: bool) -> _Part:
        """What does not stand beside the words, or stands there and is no part of them, the blank between included."""
        ways = [_joined(parts) for parts in self._inside(token, ")", start=False)]
        sign = _LOOKS[token["look"]]
        if not token["look"].startswith("<"):
            before = r"\s+" if blank else ""
            return _Part(f"({sign}{before}(?:{'|'.join(ways)}){_EDGE})", empty=True)
        behind = bool(self.tokens and self.tokens[0]["blank"])
        if behind:
            self.tokens.pop(0)
        # the engine looks behind for words of one length only: each alternative for itself, its blanks single ones
        looks = [f"({sign}{way.replace(_BLANK, ' ')}{' ' * behind})" for way in ways]
        return _Part("".join(looks) if token["look"] == "<!" else f"(?:{'|'.join(looks)})", blank=blank, empty=True)

    def _slot(self, written: str) -> str:
        name, colon, slot = written.partition(":")
        if not colon:
            raise TemplateError(f"{{{written}}} says no slot: it is written {{field:slot}}, or {{:slot}}")
        if slot not in self.slots:
            raise TemplateError(f"there is no slot {slot!r}")
        piece = self.slots[slot]
        for inner, of in piece.fields.items():
            self._add(inner, of)
        if not name:
            return f"(?:{piece.pattern})"
        self._add(name, slot)
        return f"(?P<{name}>{piece.pattern})"

    def _add(self, name: str, slot: str) -> None:
        if name in self.fields or not name.isidentifier():
            raise TemplateError(f"{name!r} is no name of one field")
        self.fields[name] = slot


def _repeat(part: _Part) -> None:
    """Any ending of a word; any number of what may be absent."""
    if part.optional:
        part.repeated = True
    else:
        part.pattern += r"\w*"


def _joined(parts: list[_Part]) -> str:
    """The parts with the blanks between them; one that may be absent takes the blank beside it along."""
    said: list[str] = []
    taken = False  # whether an optional part at the beginning has taken along the blank before the next one
    for index, part in enumerate(parts):
        before = _BLANK if part.blank and not taken else ""
        if part.empty:
            said.append(before + part.pattern)
            continue
        often = "" if not part.optional else "*" if part.repeated else "?"
        behind = next((later for later in parts[index + 1 :] if not later.empty), None)
        leads = taken or all(one.empty for one in parts[:index])
        taken = bool(often) and not before and behind is not None and behind.blank and leads
        if often and before and behind is not None and behind.letter and not behind.blank:
            said.append(before)  # "the [co-]sponsor": the beginning of a word, the blank is that of the word
            before = ""
        pattern = f"{part.pattern}{_BLANK}" if taken else before + part.pattern
        said.append(f"(?:{pattern}){often}" if often else pattern)
    return "".join(said)
