"""The text that came out of an act: by the pointer to chapter I, else by the title."""

from __future__ import annotations

import re

from mappings.context import Context, TextNode
from mappings.facts import TextKey
from mappings.formulae import formula
from mappings.formulas.formula import first


def plain_title(words: str) -> str:
    """A title without quotation marks around it."""
    return words.strip().strip('“”"').strip()


def by_pointer(context: Context, words: str) -> tuple[TextKey, ...]:
    """The text that "(For the text, see chap. I, sect. B, draft decision II.)" points to; none where it is not one."""
    printed = formula("outline", "pointer to a text").search(words)
    if printed and (own := _numbered(context, printed["text"])):
        return own[:1]
    pointer = first("pointer", words)
    if not pointer:
        return ()
    within = [text for text in context.texts if text.stand.chapter == pointer.words("chapter")]
    if section := pointer.words("section"):
        within = [text for text in within if text.stand.section == section]
    kind, _, number = _split(pointer.words("named"))
    if kind:
        within = [text for text in within if text.key.kind == kind]
    if number:
        within = [text for text in within if text.key.number == number]
    return (within[0].key,) if len(within) == 1 else ()


def by_number(context: Context, words: str) -> tuple[TextKey, ...]:
    """The texts of this report that the words behind an act name by their numbers ("decision 22/1 on lamps and …")."""
    named = formula("outline", "texts named").match(words)
    return _numbered(context, words[named.start("noun") :]) if named else ()


def by_entry(context: Context, announced: str, entry: str) -> tuple[TextKey, ...]:
    """The text of this report that an entry names by its number, behind "the following decisions:"."""
    noun = formula("outline", "texts announced").search(announced)
    number = formula("outline", "text by its number").match(entry)
    return _numbered(context, f"{noun['noun']} {number['number']}") if noun and number else ()


def _numbered(context: Context, words: str) -> tuple[TextKey, ...]:
    """The texts whose kind and own number ("53/101", "12 (XXXIV)") stand in some words."""
    found: list[TextKey] = []
    kind = ""
    for match in formula("outline", "text by its number").finditer(words):
        noun = (match["noun"] or kind).lower()
        kind = noun if noun == "agreed conclusions" else noun.removesuffix("s")
        found += [one.key for one in context.texts if (one.key.kind, one.key.number) == (kind, match["number"])]
    return tuple(dict.fromkeys(found))


def _split(words: str) -> tuple[str, str, str]:
    """ "draft decision II" as ("draft decision", " ", "II")."""
    if words.strip(" .").lower() == "agreed conclusions":  # which have no number where they are the session's only ones
        return "agreed conclusions", "", ""
    match = re.fullmatch(
        r"((?:draft )?(?:resolution|decision))( ?)([IVXL]+|\d+/\d+)?", words.strip(" .").lower(), re.IGNORECASE
    )
    if not match:
        return "", "", ""
    number = match[3] or ""
    return match[1], match[2], number if "/" in number else number.upper()


def by_title(context: Context, title: str, *, drafts: bool) -> tuple[TextKey, ...]:
    """The one draft, or text that is none, with a title; none where several or none have it."""
    if not title:
        return ()
    same = [text for text in context.texts if _key(text.node.title.text) == _key(title) and _fits(text, drafts)]
    return (same[0].key,) if len(same) == 1 else ()


def _fits(text: TextNode, drafts: bool) -> bool:
    return text.key.kind.startswith("draft") == drafts


def _key(title: str) -> str:
    """The letters and digits of a title: marks, quotation marks and spaces are printed in different ways."""
    return re.sub(r"[^a-z0-9]", "", title.lower())
