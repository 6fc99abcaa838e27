"""`python -m tests.other_reports [NAME…]`: reports of other bodies: are they published, how much is read, how much is true.

Of each body, stretches near the beginning, the middle and the end were read completely by hand (tests/gold/other: facts,
each with the line of the text that it stands in). Recall is of these facts, in the text with its printed numbers and in
the text without them; the lines of both are the same. `--sample NAME` lists fifty facts drawn from all that is read of a
file, each with a key and the words it was read from, for an eye to judge; verdicts.csv holds the verdicts by key, and
the table prints the share of those judged that are right.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import os
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from mappings.extract import extract
from mappings.facts import ActionFact, CitationFact, DocumentFact, Facts, StatementFact, Thing
from mappings.outline import outline
from mappings.source import Source, SourceError, read
from mappings.symbols import normal
from ontology.naming import NameKind
from ontology.vocabulary import load
from tests.losses.rows import TABLES, Fact, words

_ROOT = Path(__file__).parents[1]
GOLD = _ROOT / "tests" / "gold" / "other"
KINDS = ("act", "statement", "document", "meeting", "citation")
FORMS = ("numbered", "unnumbered")
SAMPLE = 50
SAMPLED = ("statements", "acts", "sponsors", "documents", "meetings", "citations", "references", "clauses", "texts")
_BUILD = "from server.cli import main; main()"
_NUMBERED = re.compile(r"\d+/\d+$")


@dataclass(frozen=True, slots=True)
class Known:
    """A fact read by hand in a line of the text.

    `value` is the verb of an act, the speaker or party of a statement, a symbol, a meeting's number or what is cited.
    `beside` is the draft acted on, on whose behalf somebody spoke, or the date of a meeting; `how` a method or vote;
    `note` is "told" for a statement that is summarized ("noted that …") instead of announced ("made a statement"), the
    organ of a meeting, or the role of a citation.
    """

    line: int
    words: str
    kind: str
    value: str
    beside: str
    how: str
    note: str


@dataclass(frozen=True, slots=True)
class Result:
    """One file: whether it was built, what could not be read, the facts found and missed of each kind, its sample."""

    name: str
    form: str
    built: str
    refused: str
    found: tuple[Known, ...]
    missed: tuple[Known, ...]
    sample: tuple[Sampled, ...]


@dataclass(frozen=True, slots=True)
class Sampled:
    """A fact that was drawn: its key among the verdicts, its table and cells, and the words around its evidence."""

    key: str
    table: str
    cells: tuple[str, ...]
    line: int
    before: str
    quoted: str
    after: str


def gold(name: str) -> list[Known]:
    """What was read by hand of a body's report."""
    with (GOLD / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        Known(int(row["line"]), row["words"], row["kind"], row["value"], row["with"], row["how"], row["note"])
        for row in rows
    ]


def names() -> list[str]:
    """The reports that were read."""
    return sorted(path.stem for path in GOLD.glob("*.csv") if path.stem != "verdicts")


def result(path: Path, *, build: bool = True) -> Result:
    """What becomes of a file."""
    name, form, _ = path.name.split(".")
    known = gold(name)
    built = _built(path) if build else ""
    try:
        source = read(path)
        facts = extract(source, outline(source))
    except SourceError as error:
        return Result(name, form, built, str(error), (), tuple(known), ())
    found, missed = matched(known, source, facts)
    return Result(name, form, built, "", found, missed, tuple(sample(source, facts)))


def _built(path: Path) -> str:
    """ "published", or the last line of why not."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _BUILD, "build", str(path), "--data", folder]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    return "published" if done.returncode == 0 else (done.stderr.strip().splitlines() or ["no message"])[-1]


def matched(known: list[Known], source: Source, facts: Facts) -> tuple[tuple[Known, ...], tuple[Known, ...]]:
    """The facts read by hand that were read, and those that were not; each fact answers for one of them."""
    by_kind: dict[str, list[Fact]] = defaultdict(list)
    by_kind["act"] = list(facts.actions)
    by_kind["statement"] = list(facts.statements)
    by_kind["document"] = list(facts.documents)
    by_kind["citation"] = list(facts.citations)
    found, missed = [], []
    meetings = {(str(fact.key.number or ""), str(fact.on or ""), bool(fact.organ)) for fact in facts.meetings}
    for one in known:
        if one.kind == "meeting":
            right = (one.value, one.beside, one.note == "Committee") in meetings
            (found if right else missed).append(one)
            continue
        here = [fact for fact in by_kind[one.kind] if _in_line(source, fact, one.line) and agrees(one, fact)]
        if here:
            # A document has several symbols, each a fact of its own by hand.
            if one.kind != "document":
                by_kind[one.kind].remove(here[0])
            found.append(one)
        else:
            missed.append(one)
    return tuple(found), tuple(missed)


def agrees(one: Known, fact: Fact) -> bool:
    """Whether a fact says what was read by hand."""
    match fact:
        case ActionFact():
            drafts = (*fact.drafts, *fact.documents)
            return (
                _letters(one.value) in _letters(fact.phrase)
                and (not one.beside or one.beside in drafts)
                and (not one.how or one.how in (fact.method, _vote(fact)))
            )
        case StatementFact():
            who = (fact.speaker, fact.person, *_names(fact.party))
            whose = [thing.label for thing in fact.on_behalf_of]
            return any(_same(one.value, name) for name in who) and (
                not one.beside or any(_same(name.strip(), label) for name in one.beside.split(",") for label in whose)
            )
        case DocumentFact():
            return normal(one.value) in fact.symbols
        case CitationFact():
            if one.note and fact.role.value != one.note:
                return False
            number = _NUMBERED.search(one.value)
            if number and not one.value.startswith(("A/", "E/")):
                return fact.cited.key.endswith(number[0]) or fact.cited.label.endswith(number[0])
            return one.value == fact.cited.key or _same(one.value, fact.cited.label) or _same(one.value, fact.cited.key)
        case _:
            return False


def _names(party: Thing | None) -> tuple[str, ...]:
    """How a party is called: by its short name or acronym, and by the whole name that a report may print."""
    if party is None:
        return ()
    entry = load().entry(NameKind(party.kind.value), party.key) if party.kind.value in set(NameKind) else None
    return (party.label, entry.label) if entry else (party.label,)


def _vote(fact: ActionFact) -> str:
    return f"{fact.vote.in_favour}-{fact.vote.against}-{fact.vote.abstaining}" if fact.vote else ""


def _same(one: str, other: str) -> bool:
    """Whether one name holds the other."""
    a, b = _letters(one), _letters(other)
    return bool(a and b) and (a in b or (b in a and len(b) > 3))


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def _in_line(source: Source, fact: Fact, line: int) -> bool:
    span = fact.evidence.span
    return source.position(span.start)[0] <= line <= source.position(max(span.start, span.end - 1))[0]


def sample(source: Source, facts: Facts) -> Iterator[Sampled]:
    """Fifty facts drawn from all tables, the same for the same text and facts."""
    rows = [(table.name, cells, fact) for table in TABLES if table.name in SAMPLED for cells, fact in table.rows(facts)]
    drawn = random.Random(SAMPLE).sample(range(len(rows)), min(SAMPLE, len(rows)))
    for at in sorted(drawn):
        table, cells, fact = rows[at]
        span = fact.evidence.span
        line = source.position(span.start)[0]
        identity = "\x1f".join((source.name.partition(".")[0], table, str(line), *cells))
        yield Sampled(
            hashlib.sha256(identity.encode()).hexdigest()[:10],
            table,
            cells,
            line,
            words(source.text[max(0, span.start - 90) : span.start]),
            words(source.text[span.start : min(span.end, span.start + 160)]),
            words(source.text[span.end : span.end + 60]),
        )


def verdicts() -> dict[str, str]:
    """The verdicts by key: "right" or "wrong"."""
    with (GOLD / "verdicts.csv").open(encoding="utf-8", newline="") as file:
        return {row["key"]: row["verdict"] for row in csv.DictReader(file)}


def table(results: Iterable[Result]) -> Iterator[str]:
    """A Markdown table: a row for each file, with the recall of each kind and the precision of the judged sample."""
    judged = verdicts()
    yield "| file | form | published | " + " | ".join(KINDS) + " | all | right of judged |"
    yield "|---|---|---|" + "---:|" * (len(KINDS) + 2)
    for one in results:
        again = Counter(known.kind for known in one.found)
        whole = again + Counter(known.kind for known in one.missed)
        cells = [f"{again[kind]}/{whole[kind]}" if whole[kind] else "–" for kind in KINDS]
        share = f"{again.total()}/{whole.total()} = {again.total() / whole.total():.2f}"
        said = [judged[fact.key] for fact in one.sample if fact.key in judged]
        right = f"{said.count('right')}/{len(said)}" if said else "–"
        state = one.built or ("refused" if one.refused else "read")
        yield f"| {one.name} | {one.form} | {state[:100]} | {' | '.join(cells)} | {share} | {right} |"


def main(arguments: list[str]) -> int:
    """Print the table, the facts that were missed, or a sample to judge; 2 where the reports are not at hand."""
    parser = argparse.ArgumentParser(prog="python -m tests.other_reports")
    parser.add_argument("names", nargs="*", metavar="NAME", help="reports, all by default")
    parser.add_argument("--form", choices=FORMS, help="only the texts with or without numbers")
    parser.add_argument("--read", action="store_true", help="read without building")
    parser.add_argument("--missed", nargs="*", choices=KINDS, metavar="KIND", help="list the facts that were missed")
    parser.add_argument("--sample", action="store_true", help="list fifty facts of each file for judging")
    options = parser.parse_args(arguments)
    folder = Path(os.environ.get("RECALLING_SHARED", _ROOT.parent / "shared")) / "other-reports"
    if not folder.is_dir():
        sys.stderr.write(f"no reports at {folder}: set RECALLING_SHARED\n")
        return 2
    forms = (options.form,) if options.form else FORMS
    paths = [folder / f"{name}.{form}.txt" for name in options.names or names() for form in forms]
    build = not (options.read or options.sample or options.missed is not None)
    with ProcessPoolExecutor(max_workers=2) as pool:
        results = list(pool.map(_read_and_built if build else _read, paths))
    for line in _lines(results, options):
        sys.stdout.write(line + "\n")
    return 0


def _lines(results: list[Result], options: argparse.Namespace) -> Iterator[str]:
    if options.missed is not None:
        for one in results:
            for known in one.missed:
                if not options.missed or known.kind in options.missed:
                    what = f"{known.kind} {known.value} {known.beside} {known.how} {known.note}"
                    yield f"{one.name} {one.form} {known.line} {' '.join(what.split())} @ {known.words}"
    elif options.sample:
        judged = verdicts()
        for one in results:
            for fact in one.sample:
                cells = " ; ".join(cell[:80] for cell in fact.cells)
                said = judged.get(fact.key, "?")
                yield f"{fact.key} {said} {one.name} {fact.line} {fact.table}: {cells}"
                yield f"    …{fact.before} [[{fact.quoted}]] {fact.after}"
    else:
        yield from table(results)


def _read(path: Path) -> Result:
    return result(path, build=False)


def _read_and_built(path: Path) -> Result:
    return result(path)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
