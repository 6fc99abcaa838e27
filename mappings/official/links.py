"""The symbols that an official text's links name.

The addresses were made by many hands: undocs.org and docs.un.org, with or without a language before the symbol,
"290b" for 290 B, "217(III)" for 217 A (III), a search address with the symbol in its query.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, unquote, urlsplit

_HOSTS = re.compile(r"(?:^|\.)(?:undocs\.org|docs\.un\.org)$")
_LANGUAGES = frozenset({"en", "fr", "es", "sp", "ar", "ru", "zh", "ch", "de"})
_SERIES = re.compile(r"(?i)\b(?:a|e|s|res|dec|hrc|conf|cn|cop)\b")
_DELIBERATION = re.compile(r"/(?:RES|DEC)(?:/S-\d+|/ES-\d+|/\d+)?$")
_NUMBER = re.compile(r"(\d+)\s*([A-Za-z])?(?:\s*-\s*([A-Za-z]))?\s*(\([^)]*\))?")


def symbols(address: str, near: str = "") -> tuple[str, ...]:
    """The normal symbols that an address names, several for parts A to C; none where it leads to another site.

    `near` are the link's words with some before and behind, which hold a part's letter where the address lacks it.
    """
    try:
        parts = urlsplit(address.strip())
    except ValueError:
        return ()
    if not _HOSTS.search(parts.netloc.lower()):
        return ()
    symbol = _path(parse_qs(parts.query).get("FinalSymbol", [parts.path])[0])
    if "/" not in symbol:
        return ()
    head, _, number = symbol.rpartition("/")
    head = _SERIES.sub(lambda match: match.group().upper(), head)
    if not _DELIBERATION.search(head):
        return (f"{head}/{_modifier(number)}",)
    return tuple(f"{head}/{one}" for one in _numbers(number, near))


def _path(path: str) -> str:
    """The symbol in the path of an address, without the languages around it."""
    pieces = [piece.strip() for piece in unquote(path).split("/") if piece.strip()]
    while pieces and pieces[0].lower() in _LANGUAGES:
        pieces.pop(0)
    if len(pieces) > 2 and pieces[-1].lower() in _LANGUAGES:
        pieces.pop()
    symbol = "/".join(pieces)
    if re.fullmatch(r"\d{1,3}/\d+", symbol):
        symbol = f"A/RES/{symbol}"
    symbol = re.sub(r"(?i)\s*\(supp\)", "", symbol).replace("_", " ")
    return re.sub(r"\s*\(", " (", re.sub(r"\s+", " ", symbol))


def _modifier(number: str) -> str:
    """The last part of a symbol with its capitals: Add.1, Rev.2, (Part I), (Sect. 16)."""
    number = re.sub(r"(?i)\b(add|rev|corr|amend)\.", lambda match: f"{match[1].capitalize()}.", number)
    number = re.sub(r"(?i)\((sect)\.? ?", "(Sect. ", number)
    return re.sub(r"(?i)\((parts?|vol\.) ?([ivx]+)\)", lambda m: f"({m[1].capitalize()} {m[2].upper()})", number)


def _numbers(number: str, near: str) -> tuple[str, ...]:
    """The numbers of the deliberations that the last part of a symbol names: "84a-b" is 84 A and 84 B."""
    match = _NUMBER.fullmatch(number)
    if not match:
        return (number,)
    digits, first, last, session = match[1], *((match[group] or "").upper() for group in (2, 3, 4))
    if not first and (printed := re.search(rf"(?<!\d){digits} ([A-Z])(?![\w’'])", near)):
        first = printed[1]
    letters = [chr(code) for code in range(ord(first), ord(last) + 1)] if first and last else [first]
    return tuple(" ".join(part for part in (digits, letter, session) if part) for letter in letters)
