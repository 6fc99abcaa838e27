"""`python -m tests.variations [REPORT…]`: how well the facts of varied reports agree with those of the reports as they are.

Without names of files: the sample reports and, where they are at hand, the real ones.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from mappings.facts import Facts
from tests.variations.changes import VARIATIONS, Variation
from tests.variations.comparison import Agreement, agreements, comparable, read_facts

_ROOT = Path(__file__).parents[2]
SEEDS = (1, 2)  # of the variations that have places to choose, so many are counted together


def table(paths: list[Path]) -> Iterator[str]:
    """A Markdown table: a row for each variation, and for each report precision and recall of all its facts."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    facts = {name: read_facts(text) for name, text in texts.items()}
    yield "| variation | " + " | ".join(f"{name} precision | recall" for name in texts) + " | tables that differ |"
    yield "|---|" + "---:|---:|" * len(texts) + "---|"
    for variation in VARIATIONS:
        found = [measured(variation, texts[name], facts[name]) for name in texts]
        differ = sorted({a.table for one in found for a in one if a.lost or a.new})
        yield f"| {variation.name} | " + " | ".join(map(_cells, found)) + f" | {', '.join(differ)} |"


def measured(variation: Variation, text: str, unvaried: Facts) -> tuple[Agreement, ...]:
    """How far the varied report agrees, for one seed or, where places are chosen, for several."""
    found: list[Agreement] = []
    for seed in SEEDS if variation.seeded else SEEDS[:1]:
        varied = read_facts(variation.change(text, seed))
        found += agreements(comparable(unvaried, unvaried, variation), comparable(varied, unvaried, variation))
    return tuple(found)


def _cells(found: tuple[Agreement, ...]) -> str:
    again, lost, new = (
        sum(counts) for counts in zip(*((a.again, len(a.lost), len(a.new)) for a in found), strict=True)
    )
    return f"{again / (again + new):.4f} | {again / (again + lost):.4f}"


def main(names: list[str]) -> int:
    """Print the table."""
    shared = Path(os.environ.get("RECALLING_SHARED", _ROOT.parent / "shared"))
    folders = (_ROOT / "examples" / "reports", shared / "reports")
    paths = [Path(name) for name in names] or [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    for line in table(paths):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
