"""Officers: tables of a bureau, nominations, appointments and vacant offices."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mappings.dates import days
from mappings.facts import Evidence, OfficerFact, Thing, ThingKind
from mappings.formulae import formula
from mappings.proceedings.parties import Parties
from mappings.sentences import sentences
from mappings.tree import Kind, Node, Passage
from ontology.naming import NameKind


def officers(tree: Node, parties: Parties) -> tuple[OfficerFact, ...]:
    """Every post that the numbered paragraphs and the texts fill, propose somebody for, or leave vacant."""
    facts: list[OfficerFact] = []
    for node in tree.of(Kind.PARAGRAPH):
        facts += _tables(node, parties)
        facts += _sentences(node.label, node.passage, parties)
    return tuple(facts)


def _tables(node: Node, parties: Parties) -> Iterator[OfficerFact]:
    text = node.passage.text
    endorsed = formula("officers", "officers endorsed").search(text)
    elected = formula("officers", "officers elected").search(text)
    if not (endorsed or elected):
        return
    body = endorsed["body"] if endorsed else f"Bureau of the {parties.commission.label}"
    for row in node.of(Kind.ROW):
        cells = [cell.strip() for cell in row.passage.text.split("\t")]
        held = formula("officers", "person and State").search(cells[-1])
        if len(cells) < 3 or held is None:
            continue
        yield OfficerFact(
            node.label,
            re.sub(r"^the ", "", body),
            cells[0],
            regional_group(parties, cells[1]),
            held["person"],
            parties.named(held["state"]),
            "endorsed" if endorsed else "elected",
            None,
            Evidence(row.passage.span(), "officers: row of a table"),
        )


def regional_group(parties: Parties, name: str) -> Thing:
    """The regional group of a cell, by its printed name where the vocabulary does not know it."""
    known = parties.vocabulary.named(name, (NameKind.GROUP,))
    return Thing(ThingKind.GROUP, known.key if known else re.sub(r"\W+", "-", name.casefold()), name)


def _sentences(paragraph: str, passage: Passage, parties: Parties) -> Iterator[OfficerFact]:
    bureau = f"Bureau of the {parties.commission.label}"
    for sentence in sentences(passage.text):
        part, text = passage.part(sentence.start, sentence.end), sentence.text
        on = next((found.first for found in days(text)), None)
        if match := formula("officers", "nominated for an office").search(text):
            evidence = Evidence(part.span(*match.span()), "officers: nominated for an office")
            state = parties.named(match["state"])
            yield OfficerFact(
                paragraph, bureau, match["office"], None, match["person"], state, "nominated", on, evidence
            )
        if match := formula("officers", "office vacant").search(text):
            evidence = Evidence(part.span(*match.span()), "officers: office vacant")
            for office in filter(None, match.group("office", "second", "last")):
                yield OfficerFact(paragraph, bureau, office, None, "", None, "vacant", on, evidence)
        if match := formula("officers", "member nominated or appointed").search(text):
            status = "nominated" if match["act"] == "nomination" else "appointed"
            evidence = Evidence(part.span(*match.span()), "officers: member nominated or appointed")
            body = re.sub(r"^the ", "", match["body"])
            for held in formula("officers", "person and State").finditer(match["persons"]):
                state = parties.named(held["state"])
                yield OfficerFact(paragraph, body, "member", None, held["person"], state, status, on, evidence)
