"""One sentence tried alone: which formulas match it, and what is read from it.

The sentence stands where a report would print it: a clause of a resolution where its first words open one, a paragraph
of the proceedings otherwise. The report around it is of an invented commission, so that nothing in it is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from importlib.resources import files

from mappings.extract import extract
from mappings.facts import Evidence, Facts
from mappings.formulae import find
from mappings.formulas.formula import formulas, yields
from mappings.lexicon.openings import surely_operative, surely_preambular
from mappings.outline import outline
from mappings.source import Span, from_text

PREAMBULAR, OPERATIVE, PROCEEDINGS = "preambular paragraph", "operative paragraph", "paragraph of the proceedings"
# What a clause is printed after and before in a resolution; a preambular one needs an operative one after it.
_FRAMES = {
    PREAMBULAR: ("Chapter I\n\nResolution 12/1\n\nLamps\n\n{organ},\n\n", "\n\n1. *Decides* to remain seized.\n"),
    OPERATIVE: ("Chapter I\n\nResolution 12/1\n\nLamps\n\n{organ},\n\n1. ", "\n"),
    PROCEEDINGS: ("Chapter II\n\nProceedings\n\n1. ", "\n"),
}
_ORGAN = "The Commission on Lighthouses and Coastal Memory"
_COVER = f"""United Nations

**{_ORGAN.removeprefix("The ")}**

**Report on the twelfth session
(7–11 March 2022)**

Economic and Social Council
Official Records, 2022
Supplement No. 49

United Nations • New York, 2022

"""


@dataclass(frozen=True, slots=True)
class Match:
    """A formula that takes words of the sentence: its file, its name, the words, what its groups hold.

    `emits` is the fact type that it yields, empty for a rule that names none.
    """

    file: str
    name: str
    words: str
    groups: dict[str, str]
    emits: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """A fact of the sentence: its table, the formula that it names as its evidence, its words, the fact itself."""

    table: str
    formula: str
    words: str
    fact: object


@dataclass(frozen=True, slots=True)
class Trial:
    """What becomes of a sentence: where it was put, the formulas that match, the facts, the gaps as (stage, reason)."""

    place: str
    matches: tuple[Match, ...]
    facts: tuple[Read, ...]
    gaps: tuple[tuple[str, str], ...]


def try_sentence(sentence: str) -> Trial:
    """What the formulas of `mappings/formulas` and `mappings/rules` make of one sentence.

    Facts that the frame itself yields are left out.
    """
    sentence = " ".join(sentence.split())
    place = _place(sentence)
    before, after = _FRAMES[place]
    before = _COVER + before.format(organ=_ORGAN)
    source = from_text(before + sentence + after, "sentence")
    facts = extract(source, outline(source))
    within = Span(len(before), len(before) + len(sentence))
    # A chapter of one sentence says nothing of the chapter.
    gaps = tuple((gap.stage, gap.reason) for gap in facts.gaps if _inside(gap.span, within) and gap.stage != "chapter")
    return Trial(place, tuple(_matches(sentence)), tuple(_read(facts, source.text, within)), gaps)


def _place(sentence: str) -> str:
    if surely_preambular(sentence):
        return PREAMBULAR
    return OPERATIVE if surely_operative(sentence) else PROCEEDINGS


def _inside(span: Span, within: Span) -> bool:
    return within.start <= span.start and span.end <= within.end


def _matches(sentence: str) -> Iterator[Match]:
    for formula in formulas():
        for found in yields(formula, sentence):
            words = sentence[found.start : found.end]
            if found.fields or " " in words.strip():  # cues of one word are of use to other formulas only
                groups = {name: str(value) for name, value in found.fields.items()}
                yield Match(f"formulas/{formula.file}", formula.label, words, groups, formula.emits)
    for file in sorted(entry.name for entry in (files("mappings") / "rules").iterdir() if entry.name.endswith(".toml")):
        name = file.removesuffix(".toml")
        for rule, match in find(name, sentence):
            if " " in match.group().strip():  # pieces of one word are of use to other formulae only
                groups = {group: words for group, words in match.groupdict().items() if words}
                yield Match(f"rules/{file}", rule.name, match.group(), groups)


def _read(facts: Facts, text: str, within: Span) -> Iterator[Read]:
    for field in fields(Facts):
        table = getattr(facts, field.name)
        for fact in table if isinstance(table, tuple) else ():
            evidence = getattr(fact, "evidence", None)
            if isinstance(evidence, Evidence) and _inside(evidence.span, within) and field.name != "paragraphs":
                yield Read(field.name, evidence.rule, text[evidence.span.start : evidence.span.end], fact)
