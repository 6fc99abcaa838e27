"""The acts that the sentences of chapter I tell of which introduce its texts."""

from __future__ import annotations

from mappings.context import Context, Numbered
from mappings.facts import ActionFact, Evidence, TextKey, Thing
from mappings.formulae import Formula, formula, formulae
from ontology.naming import NameKind

_CHAPTER_ONE = "I"


def chapeau(context: Context, one: Numbered) -> ActionFact | None:
    """The sentence of chapter I that introduces the texts of a section."""
    if one.stand.chapter != _CHAPTER_ONE or one.text:
        return None
    passage = one.node.passage
    for rule in formulae("actions"):
        match = rule.pattern.search(passage.text) if rule.name.startswith("chapeau: ") else None
        if match:
            span = passage.span(0, len(passage.text))
            results = tuple(
                text.key for text in context.texts if text.stand == one.stand and _introduced(text.key, rule)
            )
            return ActionFact(
                paragraph=one.key,
                order=1,
                meeting=None,
                on=None,
                meeting_basis="not stated",
                kind=rule.name.removeprefix("chapeau: "),
                phrase=match["phrase"],
                method="not stated",
                drafts=(),
                revision="",
                title="",
                results=results,
                documents=(),
                recommended_to=organ(context, "recommends to", passage.text),
                for_adoption_by=organ(context, "for adoption by", passage.text),
                evidence=Evidence(span, rule.name),
            )
    return None


def _introduced(key: TextKey, rule: Formula) -> bool:
    return key.kind.startswith("draft") == (rule.name == "chapeau: recommended")


def organ(context: Context, rule: str, words: str) -> Thing | None:
    """The organ that a rule finds in words: the one that is recommended to, or that is to adopt."""
    match = formula("actions", rule).search(words)
    names = context.vocabulary.names(match["organ"], (NameKind.BODY,)) if match else ()
    return context.thing(names[0].entry) if names else None
