"""Sentence templates: how a formula writes the sentence that it takes, compiled to a regular expression.

    [observers for] {count:number} other (States Members|Member States) [of the United Nations]

Words stand for themselves, with any blank between them, and are whole words; the first letter of a template may be a
capital in the text. `[…]` may be absent, `(a|b)` is one of several, `{field:slot}` a typed slot whose value becomes a
field of the fact, `{:slot}` one that is only there, `...` any words of the same clause. A sign of the template language
is written as itself behind a backslash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

# Words between two parts of a formula: within the clause, and no longer than the longest title of a document (300).
_ANY = r"[^.;]{1,300}?"
_TOKEN = re.compile(
    r"\\(?P<escaped>.)|(?P<any>\.\.\.)|\{(?P<slot>[^{}]*)\}|(?P<blank>\s+)|(?P<sign>[\[\]()|])|(?P<word>.)"
)


class TemplateError(ValueError):
    """A template that cannot be read; the message says what is wrong in it."""


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled template: its pattern, and for each named group of it the slot that the group was written with."""

    pattern: re.Pattern[str]
    fields: Mapping[str, str]


@dataclass(slots=True)
class _Part:
    """A part of a template: its pattern, whether it may be absent, whether a blank stands before it."""

    pattern: str
    optional: bool = False
    blank: bool = False


def compile_template(template: str, slots: Mapping[str, str]) -> Template:
    """The pattern of a template; `slots` are the patterns of its slots by name. Raises TemplateError."""
    fields: dict[str, str] = {}
    tokens = list(_TOKEN.finditer(template.strip()))
    pattern, rest = _choice(tokens, slots, fields, start=True)
    if rest:
        raise TemplateError(f"{rest[0].group()!r} closes nothing")
    try:
        return Template(re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), fields)
    except re.error as error:
        raise TemplateError(str(error)) from error


def _choice(
    tokens: list[re.Match[str]], slots: Mapping[str, str], fields: dict[str, str], *, start: bool
) -> tuple[str, list[re.Match[str]]]:
    """One alternative after the other up to the sign that closes them."""
    ways = []
    while True:
        parts, tokens = _parts(tokens, slots, fields, start=start)
        ways.append("".join(_joined(parts)))
        if not tokens or tokens[0].group() != "|":
            return "|".join(ways), tokens
        tokens = tokens[1:]


def _parts(
    tokens: list[re.Match[str]], slots: Mapping[str, str], fields: dict[str, str], *, start: bool
) -> tuple[list[_Part], list[re.Match[str]]]:
    parts: list[_Part] = []
    blank = False
    while tokens and tokens[0].group() not in ("]", ")", "|"):
        token, *tokens = tokens
        first = start and all(part.optional for part in parts) and (blank or not parts or parts[-1].optional)
        if token["blank"]:
            blank = bool(parts)
            continue
        part = _Part("", blank=blank)
        if token["sign"]:
            closing = "]" if token.group() == "[" else ")"
            inner, tokens = _choice(tokens, slots, fields, start=first)
            if not tokens or tokens[0].group() != closing:
                raise TemplateError(f"{token.group()!r} is not closed")
            tokens = tokens[1:]
            part.pattern, part.optional = f"(?:{inner})", closing == "]"
        elif token["any"]:
            part.pattern = _ANY
        elif token["slot"] is not None:
            part.pattern = _slot(token["slot"], slots, fields)
        else:
            letter = token["escaped"] or token["word"]
            either = first and letter.isalpha() and letter.islower()
            part.pattern = f"[{letter}{letter.upper()}]" if either else re.escape(letter)
        parts.append(part)
        blank = False
    return parts, tokens


def _slot(written: str, slots: Mapping[str, str], fields: dict[str, str]) -> str:
    name, colon, slot = written.partition(":")
    if not colon:
        raise TemplateError(f"{{{written}}} says no slot: it is written {{field:slot}}, or {{:slot}}")
    if slot not in slots:
        raise TemplateError(f"there is no slot {slot!r}")
    if not name:
        return f"(?:{slots[slot]})"
    if fields.setdefault(name, slot) != slot or not name.isidentifier():
        raise TemplateError(f"{name!r} is no name of one field")
    return f"(?P<{name}>{slots[slot]})"


def _joined(parts: list[_Part]) -> Iterator[str]:
    """The parts with blanks between them; one that is absent takes a blank beside it along."""
    owed = False  # a blank before the next part that an optional part before it has taken along
    for index, part in enumerate(parts):
        follows = parts[index + 1].blank if index + 1 < len(parts) else False
        before = r"\s+" if part.blank and not owed else ""
        owed = False
        if not part.optional:
            yield before + part.pattern
        elif follows and (part.blank or index == 0):
            owed = True
            yield f"{before}(?:{part.pattern}\\s+)?"
        else:
            yield f"(?:{before}{part.pattern})?"
