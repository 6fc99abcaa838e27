"""The recipes of CONTRIBUTING.md, followed word for word on a copy of the repository."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
_RECIPES = dict(re.findall(r"(?ms)^## Recipe: (.+?)\n(.*?)(?=^## |\Z)", (ROOT / "CONTRIBUTING.md").read_text("utf-8")))
_BLOCK = re.compile(r"(?ms)^```(\w+) ?(\S*)\n(.*?)^```$")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the code and its data."""
    for folder in ("docs", "mappings", "ontology", "server", "shapes"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("packages", "__pycache__"))
    return tmp_path


def _run(command: str, folder: Path) -> list[str]:
    program, *arguments = shlex.split(command)
    binaries = Path(sys.executable).parent
    done = subprocess.run(
        [str(binaries / program), *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.mark.parametrize("name", _RECIPES)
def test_a_recipe_does_what_it_says(name: str, copy: Path) -> None:
    blocks = _BLOCK.findall(_RECIPES[name])
    assert {language for language, _, _ in blocks} & {"turtle", "toml"} and blocks[-1][0] == "console"
    said: list[str] = []
    for language, path, text in blocks:
        if language != "console":
            with (copy / path).open("a", encoding="utf-8") as file:
                file.write(f"\n{text}")
            continue
        for line in text.splitlines():
            if line.startswith("$ "):
                said = _run(line.removeprefix("$ "), copy)
            else:
                assert line in said


@pytest.mark.parametrize("name", _RECIPES)
def test_without_its_recipe_nothing_of_it_is_read(name: str, copy: Path) -> None:
    (*_, console) = (text for language, _, text in _BLOCK.findall(_RECIPES[name]) if language == "console")
    command, *expected = _last(console)
    said = _run(command.removeprefix("$ "), copy)
    assert not set(expected) <= set(said)


def _last(console: str) -> list[str]:
    """The last command and what it says."""
    lines = console.splitlines()
    start = max(index for index, line in enumerate(lines) if line.startswith("$ "))
    return lines[start:]
