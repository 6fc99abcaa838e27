"""`python -m tests.accuracy [TABLE…]`: the scores of all tables of both sessions, then the misses and extras.

With names of tables, the misses and extras of these alone.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tests.accuracy.scores import SESSIONS, scores
from tests.accuracy.table import Score


def summary(measured: dict[str, tuple[Score, ...]]) -> Iterator[str]:
    """A Markdown table: a row for each table, and for each session the rows and how well they agree."""
    heads = (
        f"{name} {head} |" for name in measured for head in ("rows", "missed", "extra", "precision", "recall", "F1")
    )
    yield " ".join(("| table |", *heads))
    yield "|---|" + "---:|" * 6 * len(measured)
    for scored in zip(*measured.values(), strict=True):
        yield f"| {scored[0].name} | " + " ".join(map(_cells, scored))


def _cells(score: Score) -> str:
    counts = f"{score.right + len(score.missed)} | {len(score.missed)} | {len(score.extra)} |"
    return f"{counts} {score.precision:.3f} | {score.recall:.3f} | {score.f1:.3f} |"


def differences(session: str, score: Score) -> Iterator[str]:
    """A line for each row that was missed or is too many."""
    yield from (f"{session} {score.name}: missed {' ; '.join(row)}" for row in score.missed)
    yield from (f"{session} {score.name}: extra  {' ; '.join(row)}" for row in score.extra)


def main(names: list[str]) -> int:
    """Print the scores; 2 where the gold is not at hand."""
    shared = Path(os.environ.get("RECALLING_SHARED", Path(__file__).parents[3] / "shared"))
    if not (shared / "gold").is_dir():
        sys.stderr.write(f"no gold at {shared}: set RECALLING_SHARED to its folder\n")
        return 2
    measured = {session.name: scores(shared, session) for session in SESSIONS}
    lines = list(summary(measured))
    for name, scored in measured.items():
        for score in scored:
            lines += differences(name, score) if not names or score.name in names else ()
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
