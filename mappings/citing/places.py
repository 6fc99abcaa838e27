"""The passages of a report that may cite something: where each stands, who speaks in it, with which phrase it opens."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mappings.facts import ClauseKey, FootnoteKey, ParagraphKey, Place, TextKey
from mappings.tree import DECLARATIONS, OPERATIVE, TEXTS, Kind, Mark, Node, Passage, entry_letter, operative_numbers
from ontology.naming import NameKind
from ontology.vocabulary import Vocabulary

_FRONT = {Kind.NOTE: "note", Kind.SUMMARY: "summary"}
HEADING = "heading"  # the part of a setting that only says what the paragraphs below it are about
_SKIPPED = frozenset({Kind.COVER, Kind.CONTENTS, Kind.FOOTNOTE, Kind.FURNITURE})


@dataclass(frozen=True, slots=True)
class Setting:
    """A passage in its place.

    `voice` is the key of the body that speaks, `relation` the opening phrase as printed and `verb` its concept's key,
    both empty in the report's own paragraphs. `opened` is where the opening phrase ends; in a sub-paragraph that
    continues its chapeau `inherited` is true.
    """

    place: Place
    text: TextKey | None
    voice: str
    part: str
    passage: Passage
    relation: str = ""
    verb: str = ""
    opened: int = 0
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """A footnote with the mark it answers to, if the report has one; `anchor` counts the settings from 0."""

    key: FootnoteKey
    passage: Passage
    anchor: int | None
    mark: Mark | None


def settings(tree: Node, vocabulary: Vocabulary, body: str) -> tuple[Setting, ...]:
    """All citing passages of a report but its footnotes, in order of reading; `body` is the reporting commission."""
    return tuple(_below(tree, vocabulary, body, ParagraphKey("")))


def _below(node: Node, vocabulary: Vocabulary, body: str, at: ParagraphKey) -> Iterator[Setting]:
    for child in node.children:
        if child.kind in _SKIPPED:
            continue
        if child.kind in TEXTS:
            yield from _of_text(child, vocabulary, body)
            continue
        here = _paragraph(child, at)
        if child.title.text:
            yield Setting(ParagraphKey(""), None, body, HEADING, child.title)
        if child.passage.text and here.path:
            yield Setting(here, None, body, "", child.passage)
        yield from _below(child, vocabulary, body, here)


def _paragraph(node: Node, at: ParagraphKey) -> ParagraphKey:
    """The key of the paragraph that a node is or stands in; headings stand in none."""
    if node.kind in _FRONT:
        return ParagraphKey(_FRONT[node.kind])
    if node.kind is Kind.PARAGRAPH:
        return ParagraphKey(node.key)
    if node.kind in (Kind.CHAPTER, Kind.SECTION, Kind.TOPIC):
        return ParagraphKey("")
    if node.kind is Kind.LIST_ITEM and node.label:
        return ParagraphKey(at.path, f"{at.letter} ({node.label})" if at.letter else node.label)
    return at


def _of_text(node: Node, vocabulary: Vocabulary, body: str) -> Iterator[Setting]:
    voice = speaking(node, vocabulary, body)
    text = TextKey(node.kind.value, node.label, voice, node.position)
    numbers: Counter[str] = Counter()
    operative = operative_numbers(node)
    for index, child in enumerate(node.children):
        match child.kind:
            case Kind.PREAMBULAR_PARAGRAPH:
                numbers["preambular"] += 1
                yield from clause_settings(child, ClauseKey(text, "preambular", numbers["preambular"]), vocabulary)
            case kind if kind in OPERATIVE:
                yield from clause_settings(child, ClauseKey(text, "operative", operative[index]), vocabulary)
            case Kind.SUB_PARAGRAPH:
                yield from clause_settings(
                    child, ClauseKey(text, "operative", 1, entry_letter("", node, child)), vocabulary
                )
            case Kind.AGENDA:
                yield from _agenda(child, text)
            case _:
                pass


def clause_settings(
    node: Node, key: ClauseKey, vocabulary: Vocabulary, chapeau: Setting | None = None
) -> Iterator[Setting]:
    """The settings of a paragraph of a text and of its sub-paragraphs."""
    opening = vocabulary.opening_phrase(node.passage.text, key.part)
    setting = Setting(key, key.text, key.text.voice, key.part, node.passage)
    if opening and (opening.verb or chapeau is None or not chapeau.relation):
        setting = replace(setting, relation=opening.phrase, verb=opening.verb, opened=opening.end)
    elif chapeau:
        setting = replace(setting, relation=chapeau.relation, verb=chapeau.verb, inherited=bool(chapeau.relation))
    if node.passage.text:
        yield setting
    for child in node.children:
        if child.kind is Kind.SUB_PARAGRAPH:
            letter = entry_letter(key.letter, node, child)
            yield from clause_settings(child, replace(key, letter=letter), vocabulary, setting)
        elif child.kind is Kind.AGENDA:
            yield from _agenda(child, key.text)


def _agenda(node: Node, text: TextKey) -> Iterator[Setting]:
    for item in node.of(Kind.AGENDA_ITEM):
        if not item.label.isdigit():
            continue
        key = ClauseKey(text, "agenda", int(item.label))
        yield Setting(key, text, text.voice, "agenda", item.passage, relation="agenda")
        for child in item.children:
            if child.kind is Kind.AGENDA_ITEM:
                sub = replace(key, letter=child.label)
                yield Setting(sub, text, text.voice, "agenda", child.passage, relation="agenda")


def speaking(node: Node, vocabulary: Vocabulary, body: str) -> str:
    """The key of the organ that speaks in a text: the commission in its own, else that of the voice or first named."""
    if node.kind in (Kind.RESOLUTION, Kind.DECISION, *DECLARATIONS):
        return body  # "the Commission decided to transmit to the Council": the organ named is not the one that speaks
    for kind in (Kind.VOICE, Kind.OPERATIVE_PARAGRAPH, Kind.PARAGRAPH, Kind.UNNUMBERED_PARAGRAPH):
        for child in node.of(kind):
            names = vocabulary.names(child.passage.text, (NameKind.BODY,))
            if names:
                return names[0].key
    return body


def notes(tree: Node, found: tuple[Setting, ...]) -> tuple[Note, ...]:
    """The footnotes of a report in order, each with the first mark that it answers to."""
    counted: Counter[str] = Counter()
    plain: list[Note] = []
    for node in tree.of(Kind.FOOTNOTE):
        counted[node.label] += 1
        plain.append(Note(FootnoteKey(node.label, counted[node.label]), node.passage, None, None))
    anchors: dict[FootnoteKey, tuple[int, Mark]] = {}
    for index, setting in enumerate(found):
        for mark in setting.passage.marks:
            if note := answering(mark, plain):
                anchors.setdefault(note.key, (index, mark))
    return tuple(
        replace(note, anchor=anchors[note.key][0], mark=anchors[note.key][1]) if note.key in anchors else note
        for note in plain
    )


def answering(mark: Mark, footnotes: Sequence[Note]) -> Note | None:
    """The footnote that a mark stands for: the next of its label, or the last before it where none follows."""
    own = [note for note in footnotes if note.key.mark == mark.label]
    after = [note for note in own if note.passage.span().start > mark.span.start]
    return after[0] if after else own[-1] if own else None
