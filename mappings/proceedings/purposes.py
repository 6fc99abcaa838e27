"""What a statement was for: a debate, an opening, a panel, the explanation of a vote, a right of reply."""

from __future__ import annotations

from mappings.formulae import formula
from mappings.proceedings.occasions import Occasion

_DONE = {"adopted": "adoption", "approved": "approval", "recommended": "recommendation"}


def purpose(occasion: Occasion, what: str, rule: str, sentence: str) -> str:
    """What a statement was for: `what` names it, `rule` read it."""

    def says(name: str, words: str) -> bool:
        return bool(formula("occasions", name).search(words))

    for name in ("right of reply", "introduction of a draft"):
        if says(name, sentence):
            return name
    if rule.startswith("led by panellists"):
        return "panel discussion"
    for name, words in (
        ("pledge", "pledge"),
        ("closing", "closing statement"),
        ("opening", "opening statement"),
        ("introductory remarks", "introductory remarks"),
        ("introductory statement", "introductory statement"),
        ("keynote", "keynote address"),
    ):
        if says(name, what):
            return words
    if rule.startswith("presentations were contributed"):
        return "expert presentation" if "expert" in what.casefold() else "panel discussion"
    if says("presentation", what):
        return "panel presentation"
    if rule.startswith(("addressed", "was addressed")):
        return "address to the Commission (opening)"
    for name in ("explanation of vote", "explanation of position"):
        if says(name, sentence):
            return name
    if lead := formula("occasions", "around an action").search(occasion.around):
        order = "before" if lead["order"].casefold() in ("before", "prior to") else "after"
        action = "the vote" if lead["action"].startswith("vot") else lead["action"]
        return f"{order} {action}" + (" of the report" if lead["report"] else "")
    if lead := formula("occasions", "around a draft").search(occasion.around):
        order = "before" if lead["order"].casefold() in ("before", "prior to") else "after"
        return f"{order} {lead['action'] or _DONE.get(lead['done'], 'the vote')}"
    debate = any(says("general debate", words) for words in (occasion.chapter, sentence))
    return "general debate" if debate else "statement on item"
