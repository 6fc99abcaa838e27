"""`python -m tests.sentences [TABLE…]`: what the reader makes of single sentences of UN documents that were read by hand.

Each sentence stands alone: as a paragraph of a report and, where it is a clause, as a paragraph of a resolution. The
organ that speaks is an invented commission, a known one, or the General Assembly; the tables are of the first, "others"
says how many citations the others change. A citation that only the document can attribute must be silent: a guess is an
extra. Short forms, names inside names of bodies and optional rows are never missed, and a hit on them is no extra.

With names of tables, the misses and extras of these alone.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from mappings.citing.owners import Circumstances
from mappings.citing.references import Reference, read
from mappings.context import Context
from mappings.drafting.clauses import clause_facts
from mappings.drafting.mandates import mandates
from mappings.facts import ClauseFact, ClauseKey, Evidence, MandateFact, ReportFact, TextKey, Thing, ThingKind
from mappings.source import Span, from_text
from mappings.symbols import normal
from mappings.tree import Kind, Node, Passage
from ontology.naming import NameKind
from ontology.vocabulary import load
from tests.accuracy.table import Row, Score

VOICES = (("clcm", 12, 2022), ("ccpcj", 25, 2016), ("ga", 70, 2016))  # the key of the body, its session, the year
_NUMBERED = ("resolution", "decision")
_MARKER = re.compile(r"^\s*(?:[0-9]+\.|\([a-z]+\))\s+")
_PIN = re.compile(r"(?i)\b[0-9]+(?: ?\([a-z0-9]+\))*|\b[IVX]+\b")


@dataclass
class Tally:
    """The rows of a table as they are counted."""

    name: str
    right: int = 0
    missed: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)

    @property
    def score(self) -> Score:
        return Score(self.name, self.right, tuple(self.missed), tuple(self.extra))


@dataclass(frozen=True)
class Gold:
    """The sentences by their line, and what was read in them by hand."""

    sentences: dict[int, str]
    citations: dict[int, list[dict[str, Any]]]
    clauses: list[dict[str, Any]]
    names: dict[str, frozenset[str]]  # an instrument's normal name: all accepted ones, folded


def gold(folder: Path) -> Gold:
    """What the folder of the gold holds."""
    lines = (folder / "sentences.tsv").read_text(encoding="utf8").splitlines()[1:]
    sentences = {int(line.split("\t")[0]): line.split("\t")[2] for line in lines}
    citations: dict[int, list[dict[str, Any]]] = {}
    for row in json.loads((folder / "citations.json").read_text(encoding="utf8")):
        citations.setdefault(row["line"], []).append(row)
    named = json.loads((folder / "names.json").read_text(encoding="utf8")).values()
    names = {accepted[0]: frozenset(map(folded, accepted)) for accepted in named}
    clauses = json.loads((folder / "clauses.json").read_text(encoding="utf8"))
    return Gold(sentences, citations, clauses, names)


def folded(name: str) -> str:
    """A name in small letters without signs, as names compare."""
    return " ".join(re.findall(r"\w+", name.lower()))


def references(sentence: str, voice: tuple[str, int, int]) -> tuple[Reference, ...]:
    """What the reader finds in a sentence that stands alone."""
    body, session, year = voice
    return read(Passage(sentence), load(), Circumstances(body, session, year, body)).references


def scores(read_by_hand: Gold) -> tuple[Score, ...]:
    """All tables with the invented commission as the organ that speaks."""
    return (*_cited(read_by_hand, VOICES[0]), *_clauses(read_by_hand))


def _cited(known: Gold, voice: tuple[str, int, int]) -> tuple[Score, ...]:
    numbered, named, pinpoints = Tally("numbered"), Tally("instruments"), Tally("pinpoints")
    for line, sentence in known.sentences.items():
        rows = known.citations.get(line, [])
        found = references(sentence, voice)
        _numbered(numbered, line, rows, found)
        _instruments(named, line, rows, found, known.names)
        _pinpoints(pinpoints, line, rows, found, known.names)
    return numbered.score, named.score, pinpoints.score


def _numbered(tally: Tally, line: int, rows: list[dict[str, Any]], found: tuple[Reference, ...]) -> None:
    wanted = {_symbol(row["cited"]) for row in rows if row["kind"] in _NUMBERED and row["organ_by"] != "document"}
    cited = {one.cited.key for one in found if one.cited.kind is ThingKind.DOCUMENT}
    tally.right += len(wanted & cited)
    tally.missed += [(str(line), symbol) for symbol in sorted(wanted - cited)]
    tally.extra += [(str(line), symbol) for symbol in sorted(cited - wanted)]


@cache
def _symbol(cited: str) -> str:
    return normal(cited) or cited


def _instruments(
    tally: Tally, line: int, rows: list[dict[str, Any]], found: tuple[Reference, ...], names: dict[str, frozenset[str]]
) -> None:
    labels = {folded(one.cited.label): one.cited.label for one in found if one.cited.kind is ThingKind.INSTRUMENT}
    explained: set[str] = set()
    for row in rows:
        if row["kind"] not in ("instrument", "charter"):
            continue
        hits = labels.keys() & names.get(row["cited"], frozenset({folded(row["cited"])}))
        explained |= hits
        if row.get("short_form") or row.get("in_name_of_body") or row.get("optional"):
            continue
        if hits:
            tally.right += 1
        else:
            tally.missed.append((str(line), row["cited"], row["printed"]))
    tally.extra += [(str(line), label) for key, label in labels.items() if key not in explained]


def _pinpoints(
    tally: Tally, line: int, rows: list[dict[str, Any]], found: tuple[Reference, ...], names: dict[str, frozenset[str]]
) -> None:
    """The pinpoints of what is found; of a thing cited twice in a sentence all together."""
    for cited in dict.fromkeys(row["cited"] for row in rows):
        accepted = names.get(cited, frozenset({folded(_symbol(cited))}))
        hits = [one for one in found if folded(one.cited.label) in accepted]
        if not hits:
            continue
        wanted = {pin for row in rows if row["cited"] == cited for pin in _pins(row["pinpoint"])}
        read_here = {pin for one in hits for words in one.pinpoints for pin in _pins(words)}
        tally.right += len(wanted & read_here)
        tally.missed += [(str(line), cited, pin) for pin in sorted(wanted - read_here)]
        tally.extra += [(str(line), cited, pin) for pin in sorted(read_here - wanted)]


def _pins(words: str) -> set[str]:
    return {pin.replace(" ", "") for pin in _PIN.findall(words)}


def clause(sentence: str, part: str) -> tuple[ClauseFact, tuple[MandateFact, ...]]:
    """The only paragraph of an invented text, and what it asks for."""
    entry = load().entry(NameKind.BODY, VOICES[0][0])
    assert entry is not None
    body = Thing(ThingKind.BODY, entry.key, entry.label)
    nowhere = Evidence(Span(0, 0), "")
    about = ReportFact(body, body, 12, "", 2022, "", "E/2022/99", True, "", (), None, nowhere)
    context = Context(from_text(""), Node(Kind.REPORT), load(), about, (), (), (), (), ())
    key = ClauseKey(TextKey("resolution", "12/1", body.key), part, 1)
    number = _MARKER.match(sentence)
    words = sentence[number.end() :] if number and part == "operative" else sentence
    kind = Kind.OPERATIVE_PARAGRAPH if part == "operative" else Kind.PREAMBULAR_PARAGRAPH
    facts = tuple(clause_facts(context, Node(kind, label="1", passage=Passage(words, tuple(range(len(words))))), key))
    return facts[0], mandates(facts, load(), body, about.session)


def _clauses(known: Gold) -> tuple[Score, ...]:
    phrases, verbs, requests, dues = Tally("opening phrases"), Tally("verbs"), Tally("requests"), Tally("dues")
    first, further = Tally("addressees exact"), Tally("further addressees")
    for row in known.clauses:
        line = str(row["line"])
        fact, asked = clause(known.sentences[row["line"]], row["part"])
        _one(phrases, fact.phrase.lower() == row["phrase"].lower(), (line, row["phrase"]), (line, fact.phrase))
        _one(verbs, bool(fact.verb), (line, row["phrase"]), None)
        if row["part"] != "operative":
            continue
        if row["request"] or asked:
            wrong = None if row["request"] else (line, *(one.addressee_phrase for one in asked))
            _one(requests, bool(row["request"] and asked), (line, row["phrase"]) if row["request"] else None, wrong)
        opening = [one for one in asked if one.order == 1 and fact.addressee_phrase]
        own = {_addressee(name) for one in opening for name in _names(one)}
        wanted = {_addressee(name) for name in row["addressee"]}
        if wanted or own:
            said = (line, *sorted(own)) if own != wanted else None
            _one(first, wanted == own, (line, *sorted(wanted)) if wanted else None, said if own else None)
        others = {_addressee(name) for one in asked for name in _names(one)} - own
        for name in row["second_addressee"]:
            _one(further, _addressee(name) in others | own, (line, name), None)
        if row["due"]:
            _one(dues, any(_due(one) for one in asked), (line, row["due"]), None)
    return tuple(one.score for one in (phrases, verbs, first, further, requests, dues))


def _names(one: MandateFact) -> Iterator[str]:
    yield from one.names or (one.addressee_phrase,)


def _due(one: MandateFact) -> bool:
    return bool(one.dues)


def _addressee(name: str) -> str:
    return re.sub(r"^(?:the|its) ", "", folded(name))


def _one(tally: Tally, right: bool, wanted: Row | None, read_as: Row | None) -> None:
    tally.right += right
    if not right:
        tally.missed += [wanted] if wanted else []
        tally.extra += [read_as] if read_as else []


def main(names: list[str]) -> int:
    """Print the tables; 0 with the reason where the gold is not at hand."""
    shared = Path(os.environ.get("RECALLING_SHARED", Path(__file__).parents[2] / "shared"))
    folder = shared / "gold" / "sentences"
    if not folder.is_dir():
        sys.stdout.write(f"sentences: skipped, no gold at {folder}\n")
        return 0
    known = gold(folder)
    measured = scores(known)
    sys.stdout.write("| table | rows | missed | extra | precision | recall |\n|---|---:|---:|---:|---:|---:|\n")
    for score in measured:
        counts = f"{score.right + len(score.missed)} | {len(score.missed)} | {len(score.extra)}"
        sys.stdout.write(f"| {score.name} | {counts} | {score.precision:.3f} | {score.recall:.3f} |\n")
    for voice in VOICES[1:]:
        for score in _cited(known, voice)[:2]:
            counts = f"{score.right} right, {len(score.missed)} missed, {len(score.extra)} extra"
            sys.stdout.write(f"{score.name} where {voice[0]} speaks: {counts}\n")
            if score.name in names:
                sys.stdout.writelines(f"{voice[0]} extra  {' ; '.join(row)}\n" for row in score.extra)
    for score in measured:
        if not names or score.name in names:
            sys.stdout.writelines(f"{score.name}: missed {' ; '.join(row)}\n" for row in score.missed)
            sys.stdout.writelines(f"{score.name}: extra  {' ; '.join(row)}\n" for row in score.extra)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
