"""Front-end packages, where set-up has installed them: the addresses of their files, and the files, good for a year."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import cast

from flask import Blueprint, Flask, Response, current_app, request, send_from_directory

FOLDER = Path(__file__).parent / "static" / "packages"
YEAR = 365 * 24 * 60 * 60  # seconds

FONTS = (
    ("source-serif-4-latin-400-normal.woff2", "normal", 400),
    ("source-serif-4-latin-600-normal.woff2", "normal", 600),
)
_FACE = """@font-face {{
  font-family: "Source Serif 4";
  font-style: {style};
  font-weight: {weight};
  font-display: optional;
  src: url("{address}") format("woff2");
  unicode-range: U+0000-00FF, U+0131, U+0152-0153, U+02BB-02BC, U+02C6, U+02DA, U+02DC, U+0304, U+0308, U+0329,
    U+2000-206F, U+20AC, U+2122, U+2191, U+2193, U+2212, U+2215, U+FEFF, U+FFFD;
}}
"""

blueprint = Blueprint("packages", __name__)


def init_app(app: Flask, folder: Path = FOLDER) -> None:
    """Finds out what is installed in a folder, as PACKAGE-VERSION/FILE, and tells the templates."""
    app.extensions["packages"] = folder, {path.name: f"{path.parent.name}/{path.name}" for path in folder.glob("*/*")}
    app.jinja_env.globals["package"] = package


def package(name: str) -> str:
    """The address of a file, "" where it is not installed and a page has to do without."""
    _, installed = _packages()
    return f"{request.script_root}/static/packages/{installed[name]}" if name in installed else ""


@blueprint.get("/static/fonts.css")
def fonts() -> Response:
    """The faces of the text font that are installed. A page that has to wait for one does without it this time, so that
    nothing moves when it comes (`font-display: optional`)."""
    faces = [
        _FACE.format(style=style, weight=weight, address=found)
        for file_name, style, weight in FONTS
        if (found := package(file_name))
    ]
    return Response("".join(faces), content_type="text/css; charset=utf-8")


@blueprint.get("/static/packages/<path:path>")
def file(path: str) -> Response:
    """A file; its address holds the version, so that no browser needs to ask for it again."""
    folder, _ = _packages()
    response = send_from_directory(folder, path, max_age=YEAR)
    response.cache_control.public = response.cache_control.immutable = True
    return response


def _packages() -> tuple[Path, Mapping[str, str]]:
    return cast(tuple[Path, Mapping[str, str]], current_app.extensions["packages"])
