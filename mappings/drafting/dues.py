"""By when something falls due: at sessions, on days, within a time."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from mappings.facts import Due, Thing, ThingKind
from mappings.formulas.formula import Yield, in_order, says
from mappings.lexicon.words import words as lexicon
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks: the commission whose report it is and the number of its session, and the organ that speaks."""

    commission: Thing
    session: int
    speaker: Thing


def dues(words: str, vocabulary: Vocabulary, asking: Asking, addressees: tuple[Thing, ...]) -> tuple[Due, ...]:
    """Everything by which a request is to be done, in the order of its words, each once.

    A session of an organ that is not known is in the words alone.
    """
    found: list[Due] = []
    named = 0  # where the words for the session before end
    for one in in_order("due", words):
        printed = words[one.start : one.end]
        if says(
            "done before", words[named : one.start].rstrip()
        ):  # "the pact adopted by the Council at its 2031 session"
            continue
        sessions = [number for name in ("session", "second") if (number := one.number(name)) is not None]
        if sessions or one.fields.get("following"):
            body = _body(words[named : one.start], one, vocabulary, asking, addressees)
            if one.fields.get("following") and body == asking.commission and asking.session:
                sessions = [asking.session + 1]
            known = body is not None and sessions
            found += [Due(body, session, None, printed) for session in sessions if known]
            found += [] if known else [Due(None, None, None, printed)]
            named = one.end
        else:
            on = one.fields.get("on")
            found.append(Due(None, None, on if isinstance(on, date) else None, printed))
    return tuple(dict.fromkeys(found))


def _body(
    before: str, due: Yield, vocabulary: Vocabulary, asking: Asking, addressees: tuple[Thing, ...]
) -> Thing | None:
    """The body whose session it is: the one that the words name last, else the addressee, else the organ that speaks.

    None for an organ that is not known.
    """
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
        return asking.commission
    if named or says("unknown organ", before):
        return None
    if len(addressees) == 1 and addressees[0].kind is ThingKind.BODY:
        return addressees[0]
    organs = lexicon("organ-noun/organ")
    strangers = any(re.search(rf"\b{organs}\b", one.label) for one in addressees if one.kind is ThingKind.ADDRESSEE)
    return None if strangers else asking.speaker
