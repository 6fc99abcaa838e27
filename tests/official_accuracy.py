"""`python -m tests.official_accuracy [--works N | --all] [--show TABLE…] [--draw N]`: official texts against tables of them.

The tables are made by ../shared/tools/xmlgold.py, which shares nothing with the reader, from the same XML files: the
links as citations, the italics as opening phrases, titles. What the reader is told by the links themselves is left out;
its own reading is measured. Per work, a citation counts once for each place that cites. Publishers never link decisions,
the second half of joint symbols, or bare "Ibid.", so that most extras are right: `--draw` lists some at random, each with
a key, for an eye to judge, and tests/gold/official/verdicts.csv holds the verdicts by key; precision is estimated from
them as 1 − (share wrong × extras) / all read, with the 95 % interval of Wilson.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import math
import os
import random
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from mappings.facts import ClauseKey, ThingKind
from mappings.official.extract import extract_official
from mappings.official.facts import Basis, OfficialFacts
from mappings.official.places import paragraphs  # noqa: F401  # the module whose places the facts have
from mappings.official.reading import read_official
from mappings.source import SourceError
from tests.accuracy.table import Row, Score

VERDICTS = Path(__file__).parent / "gold" / "official" / "verdicts.csv"
WORKS = 300
_SEED = "official texts"


@dataclass(frozen=True)
class Read:
    """What was read of one work: a row for each citation in its place, each opening phrase, the title."""

    citations: tuple[Row, ...]  # symbol, cited, where, words
    phrases: tuple[Row, ...]  # symbol, part, phrase, verb
    titles: tuple[Row, ...]


@dataclass
class Tables:
    """The gold of the sample by work."""

    citations: dict[str, Counter[str]] = field(default_factory=dict)
    phrases: dict[str, Counter[tuple[str, str]]] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)


def sample(folder: Path, works: int | None) -> list[Path]:
    """The English files below a folder, as many as are asked for, drawn by the digest of their path."""
    files = [path for path in folder.rglob("*.xml") if path.parent.name == "en"]
    files.sort(key=lambda path: hashlib.sha256(f"{_SEED} {path.relative_to(folder)}".encode()).hexdigest())
    return sorted(files[:works])


def tables(tool: Path, files: list[Path], out: Path) -> Tables:
    """The tables that the tool makes of the files."""
    taken = out / "files"
    taken.mkdir()
    for order, path in enumerate(files):
        (taken / f"{order}.xml").symlink_to(path)
    command = [sys.executable, str(tool), str(taken), "--out", str(out / "tables")]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    found = Tables()
    for row in _rows(out, "resolutions"):
        found.titles[row["symbol"]] = row["title"]
    cited: dict[str, set[tuple[str, str]]] = {}
    for row in _rows(out, "citations"):
        place = " ".join((row["part"], row["order"], row["where"], row["mark"]))
        if row["cited"]:
            cited.setdefault(row["symbol"], set()).add((place, key(row["cited"])))
    found.citations = {symbol: Counter(one for _, one in rows) for symbol, rows in cited.items()}
    for row in _rows(out, "paragraphs"):
        if row["part"] in ("preambular", "operative") and row["opening"]:
            found.phrases.setdefault(row["symbol"], Counter())[row["part"], _bare(row["opening"])] += 1
    return found


def _rows(out: Path, name: str) -> Iterator[dict[str, str]]:
    with (out / "tables" / f"{name}.csv").open(encoding="utf8", newline="") as stream:
        yield from csv.DictReader(stream)


def key(symbol: str) -> str:
    """A symbol without spaces, in capitals, as symbols compare."""
    return symbol.replace(" ", "").upper()


def _bare(phrase: str) -> str:
    """An opening phrase without the signs around it and the preposition that leads to its object."""
    words = phrase.strip(" ,:;").lower()
    return words.removesuffix(" of") if words.startswith("tak") else words


def read(path: Path) -> list[tuple[str, Read]]:
    """What the reader makes of the texts of a file, by symbol."""
    try:
        return [(one.work.symbol, _read(one)) for one in map(extract_official, read_official(path))]
    except SourceError as error:
        sys.stderr.write(f"{error}\n")
        return []


def _read(facts: OfficialFacts) -> Read:
    symbol = facts.work.symbol
    cited: dict[tuple[str, str], Row] = {}
    for one in facts.citations:
        fact = one.fact
        if one.basis is Basis.LINK or fact.cited.kind is not ThingKind.DOCUMENT:
            continue
        quote = facts.source.quote(fact.evidence.span)
        cited.setdefault((str(fact.place), fact.cited.key), (symbol, fact.cited.key, fact.evidence.rule, quote))
    phrases = [
        (symbol, one.fact.key.part, one.fact.phrase, one.fact.verb)
        for one in facts.clauses
        if not one.fact.key.letter and isinstance(one.fact.key, ClauseKey) and one.fact.key.text == facts.work.key
    ]
    return Read(tuple(cited.values()), tuple(phrases), ((symbol, facts.work.title),))


def measure(gold: Tables, found: dict[str, Read]) -> dict[str, Score]:
    """The tables: citations, phrases (official words), verbs (a concept for an official phrase) and titles."""
    citations, phrases, titles = [], [], []
    verbs: list[Row] = []
    opened = 0
    for symbol, one in found.items():
        rows = {key(row[1]): row for row in one.citations}
        read_here = Counter(key(row[1]) for row in one.citations)
        wanted = gold.citations.get(symbol, Counter())
        citations.append(
            Score(
                symbol,
                sum((wanted & read_here).values()),
                tuple((symbol, cited) for cited in (wanted - read_here).elements()),
                tuple(rows[cited] for cited in (read_here - wanted).elements()),
            )
        )
        official = gold.phrases.get(symbol, Counter())
        printed = Counter((row[1], _bare(row[2])) for row in one.phrases if row[2])
        phrases.append(
            Score(symbol, sum((official & printed).values()), tuple((symbol, *row) for row in (official - printed)), ())
        )
        opened += sum(official.values())
        verbs += [row for row in one.phrases if row[2] and not row[3]]
        titles.append(
            Score(symbol, *((1, (), ()) if gold.titles.get(symbol) == one.titles[0][1] else (0, one.titles, ())))
        )
    return {
        "citations": _sum("citations", citations),
        "phrases": _sum("phrases", phrases),
        "verbs": Score("verbs", opened - len(verbs), tuple(verbs), ()),
        "titles": _sum("titles", titles),
    }


def _sum(name: str, scores: list[Score]) -> Score:
    missed = tuple(row for score in scores for row in score.missed)
    extra = tuple(row for score in scores for row in score.extra)
    return Score(name, sum(score.right for score in scores), missed, extra)


def verdict_key(row: Row) -> str:
    """The key of an extra among the verdicts: no prose, only who cites what by which rule."""
    return hashlib.sha256("|".join(row[:3]).encode()).hexdigest()[:12]


def precision(score: Score, verdicts: dict[str, str]) -> str:
    """The estimated precision over all citations with its interval, by the extras that were judged."""
    judged = [verdicts[name] for row in score.extra if (name := verdict_key(row)) in verdicts]
    if not judged:
        return "no extra of these was judged"
    wrong, n, z = judged.count("wrong"), len(judged), 1.96
    share = wrong / n
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    extras, all_read = len(score.extra), score.right + len(score.extra)
    best, worst = (1 - max(0.0, bound) * extras / all_read for bound in (middle - half, middle + half))
    estimate = 1 - share * extras / all_read
    return f"{estimate:.4f} ({worst:.4f}–{best:.4f}), {wrong} wrong of {n} judged"


def judged() -> dict[str, str]:
    """The verdicts, "right" or "wrong", by key."""
    if not VERDICTS.is_file():
        return {}
    with VERDICTS.open(encoding="utf8", newline="") as stream:
        return {row["key"]: row["verdict"] for row in csv.DictReader(stream)}


def main(arguments: list[str]) -> int:
    """Print the tables; 0 with the reason where the files are not at hand."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=WORKS, help="how many files are drawn")
    parser.add_argument("--all", action="store_true", help="all files")
    parser.add_argument("--show", nargs="*", default=(), help="list the misses and extras of these tables")
    parser.add_argument("--draw", type=int, default=0, help="draw extras that are not judged yet")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args(arguments)
    shared = Path(os.environ.get("RECALLING_SHARED", Path(__file__).parents[2] / "shared"))
    folder, tool = shared / "official-resolutions", shared / "tools" / "xmlgold.py"
    if not folder.is_dir() or not tool.is_file():
        sys.stdout.write(f"official texts: skipped, nothing at {folder} or no {tool}\n")
        return 0
    files = sample(folder, None if given.all else given.works)
    with tempfile.TemporaryDirectory() as out:
        gold = tables(tool, files, Path(out))
    with ProcessPoolExecutor(given.jobs) as pool:
        found = dict(one for some in pool.map(read, files, chunksize=8) for one in some)
    measured = measure(gold, found)
    verdicts = judged()
    sys.stdout.write(f"{len(found)} official texts\n| table | rows | missed | extra | precision | recall |\n")
    sys.stdout.write("|---|---:|---:|---:|---:|---:|\n")
    for score in measured.values():
        counts = f"{score.right + len(score.missed)} | {len(score.missed)} | {len(score.extra)}"
        sys.stdout.write(f"| {score.name} | {counts} | {score.precision:.4f} | {score.recall:.4f} |\n")
    cited = measured["citations"]
    sys.stdout.write(f"true precision of citations: {precision(cited, verdicts)}\n")
    for name in given.show:
        sys.stdout.writelines(f"{name}: missed {' ; '.join(row)}\n" for row in measured[name].missed)
        sys.stdout.writelines(f"{name}: extra  {' ; '.join(row)}\n" for row in measured[name].extra)
    fresh = sorted({row for row in cited.extra if verdict_key(row) not in verdicts})
    for row in random.Random(_SEED).sample(fresh, min(given.draw, len(fresh))):
        sys.stdout.write(f"{verdict_key(row)} ; {' ; '.join(row)}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
