"""The notebook in examples/ runs as it stands, against a real server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.published import Place

NOTEBOOK = Path(__file__).parents[1] / "examples" / "notebook" / "sponsors.ipynb"
DEFAULT = 'site = "http://localhost:8000/"'


@pytest.fixture(scope="module")
def cells() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(NOTEBOOK.read_text(encoding="utf-8"))["cells"]
    return [cell for cell in found if cell["cell_type"] == "code"]


def test_the_notebook_holds_no_output(cells: list[dict[str, Any]]) -> None:
    assert cells and all(cell["outputs"] == [] and cell["execution_count"] is None for cell in cells)


def test_the_notebook_draws_who_sponsored_most_in_ten_lines(
    cells: list[dict[str, Any]], place: Place, tmp_path: Path
) -> None:
    code = "\n".join("".join(cell["source"]) for cell in cells)
    assert DEFAULT in code and sum(bool(line.strip()) for line in code.splitlines()) <= 10
    shown = """sponsors.to_csv("sponsors.csv")
import matplotlib.pyplot
matplotlib.pyplot.savefig("sponsors.svg")
names = matplotlib.pyplot.gca().get_yticklabels()
assert names and min(name.get_window_extent().x0 for name in names) >= 0, "a name is cut at the edge"
"""
    program = tmp_path / "sponsors.py"
    program.write_text(code.replace(DEFAULT, f'site = "{place.address}"') + "\n" + shown, encoding="utf-8")
    environ = {**os.environ, "MPLBACKEND": "Agg", "MPLCONFIGDIR": str(tmp_path)}
    subprocess.run([sys.executable, program.name], cwd=tmp_path, env=environ, check=True, timeout=300)
    header, *rows = (tmp_path / "sponsors.csv").read_text(encoding="utf-8").splitlines()
    counts = [int(row.rpartition(",")[2]) for row in rows]
    assert header == "State,texts" and len(rows) > 5 and counts == sorted(counts, reverse=True) and counts[-1] > 0
    assert "Texts sponsored" in (tmp_path / "sponsors.svg").read_text(encoding="utf-8")
