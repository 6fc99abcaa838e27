"""The acts that the sentences of chapter I tell of which introduce its texts."""

from __future__ import annotations

from mappings.context import Context, Numbered
from mappings.facts import ActionFact, Basis, Evidence, Thing
from mappings.formulas.formula import first
from ontology.naming import NameKind
from ontology.vocabulary import load

_CHAPTER_ONE = "I"


def chapeau(context: Context, one: Numbered) -> ActionFact | None:
    """The sentence of chapter I that introduces the texts of a section."""
    if one.stand.chapter != _CHAPTER_ONE or one.text:
        return None
    passage = one.node.passage
    found = first("chapeau", passage.text)
    if found is None:
        return None
    drafts = bool(found.fields.get("drafts"))
    introduced = (text.key for text in context.texts if text.stand == one.stand)
    return ActionFact(
        paragraph=one.key,
        order=1,
        meeting=None,
        on=None,
        meeting_basis=Basis.NOT_STATED,
        kind=found.words("kind"),
        phrase=found.words("phrase"),
        method=load().concept("method/not-stated"),
        drafts=(),
        revision="",
        title="",
        results=tuple(key for key in introduced if key.kind.startswith("draft") == drafts),
        documents=(),
        recommended_to=organ(context, "recommended to", passage.text),
        for_adoption_by=organ(context, "for adoption by", passage.text),
        evidence=Evidence(passage.span(0, len(passage.text)), f"chapeau: {found.words('kind')}"),
    )


def organ(context: Context, emits: str, words: str) -> Thing | None:
    """The organ that is "recommended to" in some words, or that they are "for adoption by"."""
    found = first(emits, words)
    names = context.vocabulary.names(found.words("organ"), (NameKind.BODY,)) if found else ()
    return context.thing(names[0].entry) if names else None
