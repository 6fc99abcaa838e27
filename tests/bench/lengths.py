"""CPU of reading by the length of a report, which is to grow no faster than the report."""

from __future__ import annotations

import re
import time
from pathlib import Path

from mappings.extract import extract
from mappings.outline import outline
from mappings.source import from_text

NUMBERED = re.compile(r"^(\d{1,4})\. (?=[A-Z])", re.MULTILINE)
TIMES = (0, 5, 15, 40)  # how often the second half of the paragraphs is said again


def longer(text: str, times: int) -> str:
    """A report whose second half of numbered paragraphs stands some times more at its end, its numbers going on."""
    starts = list(NUMBERED.finditer(text))
    middle, last = starts[len(starts) // 2], starts[-1]
    number = int(last[1])
    pieces = [text[: last.start()]]
    for _ in range(times):
        for paragraph in re.split(r"(?m)^(?=\d{1,4}\. [A-Z])", text[middle.start() : last.start()])[1:]:
            pieces.append(NUMBERED.sub(f"{number}. ", paragraph, count=1))
            number += 1
    return "".join(pieces)


def print_lengths(report: Path) -> None:
    text = report.read_text(encoding="utf8")
    shortest = None
    for times in TIMES:
        whole = longer(text, times)
        start = time.process_time()
        source = from_text(whole, report.name)
        facts = extract(source, outline(source))
        each = (time.process_time() - start) / len(whole) * 1e6
        shortest = shortest or each
        print(
            f"read {len(whole) / 1e6:5.2f} MB: {each:6.1f} CPU s a MB, {each / shortest:4.2f} of the shortest,"
            f" {len(facts.statements)} statements",
            flush=True,
        )


if __name__ == "__main__":
    print_lengths(Path(__file__).parents[2] / "examples" / "reports" / "clcm-12.txt")
