"""`python -m tests.formula_reading`: the facts of each case of tests/formulas/added.toml, one line of JSON a case.

The package `mappings` that comes first on PYTHONPATH reads them.
"""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from mappings.facts import Facts
from tests.extraction import CHAPTER_ONE, COVER, facts_of, facts_of_text

CASES = tomllib.loads((Path(__file__).parent / "formulas" / "added.toml").read_text("utf-8"))["case"]


def facts(case: dict[str, str]) -> Facts:
    """The facts of a report with the paragraph or clause of a case."""
    if "clause" in case:
        head, _, _ = CHAPTER_ONE.rpartition("1. *Calls upon* Member States to ring their bells.")
        return facts_of_text(
            f"{COVER}{head}1. {case['clause']}\n\nChapter II\n\nProceedings\n\n3. The session was quiet.\n"
        )
    section = (f"## A. {case['heading']}",) if "heading" in case else ()
    return facts_of(*section, case["paragraph"])


def main() -> None:
    """Print for each case the values of its field, as texts."""
    for case in CASES:
        table = getattr(facts(case), case["table"])
        print(json.dumps([str(getattr(fact, case["field"])) for fact in table]))


if __name__ == "__main__":
    main()
