"""What a statement was for: a debate, an opening, a panel, the explanation of a vote, a right of reply."""

from __future__ import annotations

from mappings.formulas.formula import first, says
from mappings.proceedings.occasions import Occasion
from ontology.vocabulary import load

_DEBATE, _ON_ITEM = "purpose/general-debate", "purpose/statement-on-item"


def purpose(occasion: Occasion, what: str, known: str, sentence: str) -> str:
    """What a statement was for: `what` names it, `known` is what the formula that read it knows already.

    What the sentence says goes before what the words for the statement say, and that before what stood around it.
    """
    if found := first("purpose of a sentence", sentence):
        return found.words("purpose")
    if known:
        return known
    if found := first("purpose of words", what) or first("purpose told", sentence):
        return found.words("purpose")
    around = occasion.around
    if action := first("around an action", around) or first("around a draft", around):
        order = "before" if says("before", around) else "after"
        return f"{order} {action.words('action')}" + (" of the report" if action.words("report") else "")
    debate = any(says("general debate", words) for words in (occasion.chapter, sentence))
    return load().concept(_DEBATE if debate else _ON_ITEM)
