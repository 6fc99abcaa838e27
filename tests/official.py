"""`python -m tests.official [--works N]`: what is read of official texts, against tables made independently of it.

A sample of the real files, which the repository does not hold, is read twice: by `tools/xmlgold.py` beside them, which
imports nothing of the project, and by the project. The tables count the rows that both have, those missed and those too
many: the values of a work (symbol, title, days, session, meeting, record, item, drafts, report, method, counts of
votes and of paragraphs), votes by State, sponsors with those who joined later and those in whose name they act, and
subjects. A second set of tables compares with the extract that the publisher issued of three sessions. Names of
States are compared as they are printed, letters of either case alike; `--show TABLE` lists the rows that differ.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import random
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from mappings.official.extract import extract_official
from mappings.official.facts import OfficialFacts
from mappings.official.reading import read_official
from mappings.source import SourceError
from ontology.naming import NameKind
from ontology.vocabulary import load

SHARED = Path(os.environ.get("RECALLING_SHARED", Path(__file__).parents[2] / "shared"))
WORKS = 300
AIMS = {"votes": 1.0, "subjects": 1.0, "sponsors": 0.99, "added": 0.99}  # every other table: 0.999
_SCHEMES = {"SDGO": "SDG", "UNBIS Thesaurus": "UNBIS"}
_SIDES = {"inFavour": "in favour", "against": "against", "abstaining": "abstaining"}
_METHODS = {"adoptedWithoutVote": "without a vote", "adoptedRecordedVote": "recorded vote"}

_MEMBERS = re.compile(r"(?i)^(?:the )?States Members of the United Nations that are members of (?:the )?")
_BEHALF = re.compile(r"(?i),? \(?o[nf] behalf of .*$")

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Score:
    """A table: the rows that agree, those that were missed, those too many."""

    name: str
    right: int
    missed: tuple[Row, ...]
    extra: tuple[Row, ...]

    @property
    def recall(self) -> float:
        """The share of the rows of the other table that was found."""
        return self.right / ((self.right + len(self.missed)) or 1)

    @property
    def precision(self) -> float:
        """The share of the rows found that the other table has."""
        return self.right / ((self.right + len(self.extra)) or 1)

    @property
    def good(self) -> bool:
        """Whether both shares are what is aimed at."""
        return min(self.recall, self.precision) >= AIMS.get(self.name, 0.999)


def scores(gold: dict[str, list[Row]], found: dict[str, list[Row]]) -> list[Score]:
    """The score of each table; rows that are there twice count twice."""
    result = []
    for name, rows in gold.items():
        theirs, ours = Counter(rows), Counter(_comparable(name, rows, found.get(name, [])))
        missed, extra = (tuple(sorted(one.elements())) for one in (theirs - ours, ours - theirs))
        result.append(Score(name, sum((theirs & ours).values()), missed, extra))
    return result


def _comparable(table: str, gold: list[Row], found: list[Row]) -> list[Row]:
    """The rows of works that the other table speaks of at all: methods that are told in words are not in it."""
    known = {row[0] for row in gold} if table == "methods" else set()
    return [row for row in found if row[0] in known] if table == "methods" else found


def english_files(shared: Path) -> list[Path]:
    """The English files of official texts, in order."""
    return sorted((shared / "official-resolutions").glob("*/en/**/*.xml"))


def sample(files: list[Path], works: int) -> list[Path]:
    """As many files as wanted, always the same; all where there are no more."""
    return files if works >= len(files) else sorted(random.Random(15).sample(files, works))


def gold_tables(xmlgold: ModuleType, files: Iterable[Path]) -> dict[str, list[Row]]:
    """The tables that `xmlgold.py` makes of files."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for path in files:
        for one in xmlgold.read_file(path, path.name):
            meeting, record = re.match(r"\d+", one.meeting), str(one.record)
            values = {
                "symbols": "",
                "titles": one.title,
                "days of adoption": one.adopted.replace("0001-01-01", ""),
                "days of issue": one.issued.replace("0001-01-01", ""),
                "meetings": meeting[0] if meeting else "",
                "records": record if re.search(r"/(?:PV|SR)\.", record) else "",
                "items": f"{one.agenda_item} {one.agenda_title}",
                "reports": one.report,
                "methods": _METHODS.get(one.outcome, ""),
                "counts of votes": " ".join(one.counts.get(side, "") for side in _SIDES),
                "preambular": str(one.count("preambular")),
                "operative": str(one.count("operative")),
                "sub-paragraphs": str(one.count("sub-paragraph")),
            }
            for table, value in values.items():
                if table != "methods" or value:
                    tables[table].append((one.symbol, value))
            for side, vote in _SIDES.items():
                tables["votes"] += [(one.symbol, vote, folded(name)) for name, its in one.votes if its == side]
            for by, added in one.proponents:
                for kind, name, whose in xmlgold.proponents(by):
                    if kind == "state" and name:
                        tables["sponsors"].append(
                            (one.symbol, folded(name), str(added), folded(_MEMBERS.sub("", whose)))
                        )
            for scheme, identifier, label in dict.fromkeys(one.subjects):
                iri = str(identifier) if str(identifier).startswith("http") else ""
                tables["subjects"].append((str(one.symbol), str(_SCHEMES.get(scheme, scheme)), iri, str(label)))
    return tables


def found_tables(read: Iterable[OfficialFacts]) -> dict[str, list[Row]]:
    """The same tables of facts."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for facts in read:
        work, act, symbol = facts.work, facts.adoption, facts.work.symbol
        where = f", para. {work.report_paragraph}" if work.report and work.report_paragraph else ""
        values = {
            "symbols": "",
            "titles": work.title,
            "days of adoption": str(work.adopted or ""),
            "days of issue": str(work.issued or ""),
            "meetings": str(act.meeting or ""),
            "records": act.records[-1] if act.records else "",
            "items": f"{work.agenda_item} {work.agenda_title}",
            "reports": f"{work.report}{where}",
            "methods": act.method,
            "counts of votes": " ".join(
                "" if count is None else str(count) for count in (act.in_favour, act.against, act.abstaining)
            ),
            "preambular": str(work.preambular),
            "operative": str(work.operative),
            "sub-paragraphs": str(work.subparagraphs),
        }
        for table, value in values.items():
            tables[table].append((symbol, value))
        tables["votes"] += [(symbol, side, state(thing.key)) for side, thing in act.voters]
        for one in facts.sponsorships:
            if one.added and "/DEC/" in symbol:
                continue  # the other tables do not know who joined a draft decision
            whose = folded(_MEMBERS.sub("", one.on_behalf_of.label)) if one.on_behalf_of else ""
            tables["sponsors"].append((symbol, state(one.sponsor.key), str(one.added), whose))
        for subject in facts.subjects:
            tables["subjects"].append((symbol, subject.scheme, subject.address, subject.label))
    return tables


def folded(name: str) -> str:
    """A name as it is compared: the key of a State that the vocabulary knows, else its letters and figures."""
    entry = load().state_in_any_case(name)
    if entry:
        return entry.key
    plain = unicodedata.normalize("NFKD", name.casefold().removeprefix("the "))
    return " ".join(re.findall(r"[^\W_]+", "".join(one for one in plain if not unicodedata.combining(one))))


def state(key: str) -> str:
    """A sponsor or voter of ours as it is compared."""
    entry = load().entry(NameKind.STATE, key) or load().entry(NameKind.GROUP, key)
    return folded(entry.label) if entry else key


def extract_tables(xmlgold: ModuleType, shared: Path, symbols: set[str]) -> dict[str, list[Row]]:
    """The tables of the publisher's own extract, of the works with the symbols."""
    tables: dict[str, list[Row]] = defaultdict(list)
    for path in sorted((shared / "official-resolutions").glob("extract-*.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            one: dict[str, Any] = json.loads(line)
            symbol = re.sub(r"(?<=\d)(?=[A-Z]$)", " ", one["symbol"])
            if symbol not in symbols:
                continue
            tables["titles"].append((symbol, one["title"]))
            tables["records"].append((symbol, one["pv"]))
            for side, vote in (("in_favour", "in favour"), ("against", "against"), ("abstaining", "abstaining")):
                tables["votes"] += [(symbol, vote, folded(name)) for name in one[f"MS_{side}"]]
            for name, added in (("sponsors", "False"), ("additional_sponsors", "True")):
                named = (_BEHALF.sub("", each) for each in one[name] if not xmlgold.NO_STATE.search(each.lower()))
                tables["sponsors"] += [(symbol, folded(each), added) for each in named]
            tables["Goals"] += [(symbol, goal) for goal in dict.fromkeys(one["SDGs"])]
    return tables


def _for_extract(found: dict[str, list[Row]], known: set[str]) -> dict[str, list[Row]]:
    kept = {name: [row for row in rows if row[0] in known] for name, rows in found.items()}
    kept["sponsors"] = [row[:3] for row in kept.get("sponsors", [])]
    goals = ((row[0], row[2].rpartition("/")[2]) for row in kept.get("subjects", []) if row[1] == "SDG")
    kept["Goals"] = sorted(dict.fromkeys(goals))
    return kept


def read_facts(files: Iterable[Path]) -> Iterator[OfficialFacts]:
    """The facts of every text in files; a file that cannot be read is told on the error stream."""
    for path in files:
        try:
            yield from (extract_official(text) for text in read_official(path))
        except SourceError as error:
            sys.stderr.write(f"not read: {error}\n")


def load_xmlgold(shared: Path) -> ModuleType:
    """The reader of the tables that are compared with."""
    spec = importlib.util.spec_from_file_location("xmlgold", shared / "tools" / "xmlgold.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["xmlgold"] = module  # its data classes look themselves up there
    spec.loader.exec_module(module)
    return module


def report(title: str, rows: Iterable[Score], show: str) -> bool:
    """Prints the scores; whether all are as good as is aimed at."""
    good = True
    print(f"\n{title:20} {'rows':>7} {'found':>7} {'P':>7} {'R':>7}")
    for one in rows:
        good = good and one.good
        mark = "" if one.good else "  below the aim"
        total = one.right + len(one.missed)
        print(f"{one.name:20} {total:7} {one.right:7} {one.precision:7.4f} {one.recall:7.4f}{mark}")
        if show == one.name:
            for sign, differing in (("-", one.missed), ("+", one.extra)):
                print(*(f"    {sign} {' | '.join(row)}" for row in differing), sep="\n")
    return good


def main() -> int:
    """Reads, compares, prints; 1 where a table is below its aim."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--works", type=int, default=WORKS, help="how many files are drawn")
    parser.add_argument("--show", default="", help="the table whose differing rows are listed")
    given = parser.parse_args()
    files = english_files(SHARED)
    if not files:
        print(f"skipped: no official texts at {SHARED}/official-resolutions (set RECALLING_SHARED)")
        return 0
    files = sample(files, given.works)
    xmlgold = load_xmlgold(SHARED)
    gold, found = gold_tables(xmlgold, files), found_tables(read_facts(files))
    good = report(f"{len(files)} files", scores(gold, found), given.show)
    symbols = {row[0] for row in found["symbols"]}
    published = extract_tables(xmlgold, SHARED, symbols)
    known = {row[0] for row in published["titles"]}
    # the extract itself differs from the files in some rows: what is below the aim there is for an eye to judge
    report("publisher's extract", scores(published, _for_extract(found, known)), given.show)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
