"""`python -m tests.accuracy [TABLE…]`: the scores of all tables, then the misses and extras, of the named tables only."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.accuracy.scores import scores


def main(names: list[str]) -> int:
    """Print the scores; 2 where the gold is not at hand."""
    shared = Path(os.environ.get("RECALLING_SHARED", Path(__file__).parents[3] / "shared"))
    if not (shared / "gold").is_dir():
        sys.stderr.write(f"no gold at {shared}: set RECALLING_SHARED to its folder\n")
        return 2
    found = scores(shared)
    lines = [f"{'table':<24}{'right':>7}{'missed':>8}{'extra':>7}{'precision':>11}{'recall':>8}{'F1':>8}"]
    for score in found:
        counts = f"{score.right:>7}{len(score.missed):>8}{len(score.extra):>7}"
        lines.append(f"{score.name:<24}{counts}{score.precision:>11.3f}{score.recall:>8.3f}{score.f1:>8.3f}")
    for score in found:
        if not names or score.name in names:
            lines += [f"{score.name}: missed {' ; '.join(row)}" for row in score.missed]
            lines += [f"{score.name}: extra  {' ; '.join(row)}" for row in score.extra]
    sys.stdout.write("\n".join(lines) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
