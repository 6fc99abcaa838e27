"""`python -m tests.losses [REPORT…]`: how well reports are read after each loss, one at a time and all together.

Without names of files: the sample reports and, where they are at hand, the real ones. `--show TABLE… --loss NAME…` lists
the rows missed and the false ones of these tables and losses, each with a few words of where it stands in the
undamaged text; "silent" is a missed row whose words stand in no gap.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path

from tests.losses.damage import LOSSES, Original
from tests.losses.matching import Measured, Score, measure, measure_rendering, read_original
from tests.losses.renderings import RENDERINGS
from tests.losses.rows import TABLES

_ROOT = Path(__file__).parents[2]
SAMPLES = _ROOT / "examples" / "reports"
FLOORS = Path(__file__).parent / "floors.toml"
PRECISION = 0.99
RECALL = {"all": 0.93, "all and operative numbers": 0.93, "PDF by Typst": 0.95, "PDF by Chromium": 0.95}
USUAL_RECALL = 0.97


def table(report: str, found: list[Measured]) -> Iterator[str]:
    """A Markdown table of one report: precision and recall per loss and table; what misses its target is in bold."""
    yield f"| {report} | " + " | ".join(table.name for table in TABLES) + " | missed (silent) | changed by the loss |"
    yield "|---|" + "---:|" * (len(TABLES) + 1) + "---|"
    for one in found:
        asked = [score for score in one.scores if score.asked]
        missed = [row for score in asked for row in score.missed]
        lost = f"{len(missed)} ({sum(not row.told for row in missed)})"
        changed = ", ".join(f"{count} {what}" for what, count in one.removed)
        out = sum(score.out for score in one.scores)
        changed += f"; {out} rows out" if out else ""
        refused = f"; refused: {one.refused}" if one.refused else ""
        yield f"| {one.loss} | " + " | ".join(_cell(one, s) for s in one.scores) + f" | {lost} | {changed}{refused} |"


def _cell(one: Measured, score: Score) -> str:
    precision = _figure(score.precision) if score.again or score.false else "–"
    figures = f"{precision}/{_figure(score.recall)}"
    return f"**{figures}**" if score.asked and misses(one, score) else figures


def misses(one: Measured, score: Score) -> bool:
    """Whether a table misses what is asked of it after this loss."""
    return score.precision < PRECISION or score.recall < RECALL.get(one.loss, USUAL_RECALL)


def _figure(share: float) -> str:
    """Three digits, rounded down, so that 1.000 is all."""
    return f"{int(share * 1000 + 1e-9) / 1000:.3f}"


def listing(found: Iterable[Measured], tables: list[str]) -> Iterator[str]:
    """A line for each row missed and each false one."""
    for one in found:
        for score in one.scores:
            if score.table in tables or not tables:
                for kind, rows in (("missed", score.missed), ("false", score.false)):
                    for row in rows:
                        silent = " silent" if kind == "missed" and not row.told else ""
                        cells = " ; ".join(map(_short, row.cells))
                        yield f"{one.report} {one.loss} {score.table} {kind}{silent}: {cells} @ {row.near}"


def _short(cell: str) -> str:
    return cell if len(cell) < 70 else cell[:67] + "…"


@cache
def _original(path: Path) -> Original:
    return read_original(path.stem, path.read_text(encoding="utf-8"))


def _measured(task: tuple[Path, str]) -> Measured:
    path, loss = task
    rendering = next((one for one in RENDERINGS if one.name == loss), None)
    if rendering:
        return measure_rendering(_original(path), rendering)
    return measure(_original(path), next(one for one in LOSSES if one.name == loss))


def floors(found: Iterable[Measured]) -> Iterator[str]:
    """The lines of floors.toml: for each sample report and loss the F1 that must not fall, rounded down."""
    yield "# F1 of the asked tables together after each loss, rounded down. Written by `python -m tests.losses --floors`."
    report = ""
    for one in found:
        if one.report != report:
            report = one.report
            yield f"\n[{report}]"
        yield f'"{one.loss}" = {int(one.f1 * 100) / 100:.2f}'


def main(arguments: list[str]) -> int:
    """Print the tables, or the rows that differ."""
    parser = argparse.ArgumentParser(prog="python -m tests.losses", description=(__doc__ or "").split("\n")[0])
    names = [one.name for one in (*LOSSES, *RENDERINGS)]
    parser.add_argument("reports", nargs="*", type=Path, metavar="REPORT")
    parser.add_argument("--loss", nargs="+", default=names, choices=names, metavar="NAME", help=", ".join(names))
    parser.add_argument(
        "--show", nargs="*", metavar="TABLE", help="list the rows that differ, of these tables or of all"
    )
    parser.add_argument("--floors", action="store_true", help="write the floors of the sample reports anew")
    options = parser.parse_args(arguments)
    shared = Path(os.environ.get("RECALLING_SHARED", _ROOT.parent / "shared"))
    folders = (shared / "reports", SAMPLES)
    paths = options.reports or [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    with ProcessPoolExecutor(max_workers=2) as pool:
        if options.floors:
            tasks = [(path, loss.name) for path in sorted(SAMPLES.glob("*.txt")) for loss in LOSSES]
            FLOORS.write_text("\n".join((*floors(pool.map(_measured, tasks)), "")), encoding="utf-8")
            return 0
        for path in paths:
            found = list(pool.map(_measured, [(path, loss) for loss in options.loss]))
            lines = listing(found, options.show) if options.show is not None else (*table(path.stem, found), "")
            for line in lines:
                sys.stdout.write(line + "\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
