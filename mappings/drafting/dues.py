"""When something falls due: at sessions, on days, within a time; how often; until when; when it is reviewed."""

from __future__ import annotations

import re
from datetime import date

from mappings.facts import Due, Thing, ThingKind
from mappings.formulas.formula import Yield, in_order, says
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary


def dues(words: str, vocabulary: Vocabulary, commission: Thing, addressee: Thing | None) -> tuple[Due, ...]:
    """Everything by which a request is to be done, in the order of its words, each once."""
    found: list[Due] = []
    named = 0  # where the words for the session before end
    for one in in_order("due", words):
        printed = words[one.start : one.end]
        sessions = [number for name in ("session", "second") if (number := one.number(name)) is not None]
        if sessions:
            body = _body(words[named : one.start], one, vocabulary, commission, addressee)
            found += [Due(body, session, None, printed) for session in sessions]
            named = one.end
        else:
            on = one.fields.get("on")
            found.append(Due(None, None, on if isinstance(on, date) else None, printed))
    return tuple(dict.fromkeys(found))


def _body(before: str, due: Yield, vocabulary: Vocabulary, commission: Thing, addressee: Thing | None) -> Thing | None:
    """The body whose session it is; "its" is the body named last in the words `before` it, else the addressee."""
    named = due.words("of")
    short = in_order("organ in short", f"the {named}" if named else before)
    bodies = vocabulary.names(before, (NameKind.BODY,))
    if named:
        entry = vocabulary.body(short[0].words("organ") if short else named)
    elif bodies and (not short or bodies[-1].end >= short[-1].end):
        entry = bodies[-1].entry
    else:
        entry = vocabulary.body(short[-1].words("organ")) if short else None
    if entry:
        return Thing(ThingKind.BODY, entry.key, entry.label)
    if re.search(r"\bthe Commission\b(?! (?:on|of|for)\b)", before) or named == "Commission":
        return commission
    strange = says("unknown organ", before)
    return None if strange or addressee is None or addressee.kind is not ThingKind.BODY else addressee


def periodicity(words: str) -> str:
    """How often something is to be done, as printed ("annually", "every two years"); empty for once."""
    return _said("periodicity", words).lower()


def review(words: str) -> str:
    """The words that say when or how it is to be looked at again; empty where none do."""
    return _said("review", words)


def expiry(words: str) -> str:
    """The words that say until when or for how long it holds; empty where none do."""
    return _said("expiry", words)


def _said(name: str, words: str) -> str:
    """The first words of a text that say a field of a mandate, without the signs around them."""
    return next((said.strip(" ,") for one in in_order("mandates", words) if (said := one.words(name))), "")
