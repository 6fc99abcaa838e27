"""The first words of preambular and operative paragraphs, as far as they tell where a paragraph begins.

The verbs of ontology/schemes/verbs.ttl are known by every printed form. Beside them a capitalized participle or third
person that the verbs do not know opens a paragraph too, so that it becomes a paragraph without verb, which is a gap,
and is not lost in the one before it.
"""

from __future__ import annotations

from ontology.vocabulary import load


def opens_preambular(text: str) -> bool:
    """Whether words begin as preambular paragraphs do: with a participle or an adjective."""
    found = load().first_words(text, "preambular") if text[:1].isupper() else None
    return found is not None and not found.finite


def surely_preambular(text: str) -> bool:
    """Whether words begin with a preambular phrase that the verbs know."""
    found = load().first_words(text, "preambular") if text[:1].isupper() else None
    return found is not None and bool(found.verb) and not found.finite


def opens_with_verb(text: str) -> bool:
    """Whether words begin with a verb of the present tense ("Decides", "Also requests")."""
    found = load().first_words(text, "operative")
    return found is not None and found.finite


def surely_operative(text: str) -> bool:
    """Whether words begin with an operative phrase that the verbs know ("Requests", not "Statements")."""
    found = load().first_words(text, "operative")
    return found is not None and bool(found.verb) and found.finite
