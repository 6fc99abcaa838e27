"""Front-end packages, where set-up has installed them: the addresses of their files, and the files, good for a year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory

FOLDER = Path(__file__).parent / "static" / "packages"
YEAR = 365 * 24 * 60 * 60  # seconds

blueprint = Blueprint("packages", __name__)


def init_app(app: Flask, folder: Path = FOLDER) -> None:
    """Finds out what is installed in a folder, as PACKAGE-VERSION/FILE, and tells the templates."""
    app.extensions["packages"] = folder, {path.name: f"{path.parent.name}/{path.name}" for path in folder.glob("*/*")}
    app.jinja_env.globals["package"] = package


def package(name: str) -> str:
    """The address of a file, "" where it is not installed and a page has to do without."""
    _, installed = _packages()
    return f"{request.script_root}/static/packages/{installed[name]}" if name in installed else ""


@blueprint.get("/static/packages/<path:path>")
def file(path: str) -> Response:
    """A file; its address holds the version, so that no browser needs to ask for it again."""
    folder, _ = _packages()
    response = send_from_directory(folder, path, max_age=YEAR)
    response.cache_control.public = response.cache_control.immutable = True
    return response


def _packages() -> tuple[Path, Mapping[str, str]]:
    return cast(tuple[Path, Mapping[str, str]], current_app.extensions["packages"])
