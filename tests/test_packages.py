"""Front-end packages: where set-up put them they are served for a year; where it did not, pages do without."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server import packages
from server.app import create_app
from server.settings import Settings

ROOT = Path(__file__).parents[1]
INSTALL = ROOT / "frontend" / "install.py"


def client_with(data: Path, folder: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(data=data, query_workers=1))
    packages.init_app(app, folder)
    with app.test_client() as client:
        yield client
    app.extensions["current"].close()


@pytest.fixture
def equipped(commission_data: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of an application with two files where those of the editor would be."""
    folder = tmp_path / "packages" / "yasqe-1.0.0"
    folder.mkdir(parents=True)
    for name in ("yasqe.min.js", "yasqe.min.css"):
        (folder / name).write_text("/* of the package */", encoding="utf-8")
    (tmp_path / "secret").write_text("secret", encoding="utf-8")
    yield from client_with(commission_data, tmp_path / "packages")


@pytest.fixture
def plain(commission_data: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """A client of an application without packages."""
    yield from client_with(commission_data, tmp_path / "none")


def test_a_page_names_the_file_of_the_version_that_is_installed(equipped: FlaskClient) -> None:
    assert "/static/packages/yasqe-1.0.0/yasqe.min.js" in equipped.get("/sparql", headers={"Accept": "text/html"}).text


def test_a_file_is_kept_by_browsers_for_a_year_and_known_again(equipped: FlaskClient) -> None:
    answer = equipped.get("/static/packages/yasqe-1.0.0/yasqe.min.js")
    assert answer.mimetype == "text/javascript"
    assert {"public", "max-age=31536000", "immutable"} == set(answer.headers["Cache-Control"].split(", "))
    again = equipped.get(answer.request.path, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


@pytest.mark.parametrize("path", ["none.js", "../secret", "%2e%2e/secret", "..%2fsecret", "yasqe-1.0.0/../../secret"])
def test_nothing_else_is_served(equipped: FlaskClient, path: str) -> None:
    assert equipped.get(f"/static/packages/{path}").status_code == 404


def test_without_packages_the_query_is_asked_in_a_plain_form(plain: FlaskClient) -> None:
    page = plain.get("/sparql", headers={"Accept": "text/html"}).text
    assert "<textarea" in page
    scripts = re.findall(r'<script src="([^"]+)"', page)
    assert page.count("<script") == page.count('<script type="application/ld+json">') + len(
        scripts
    )  # the first is data
    assert set(scripts) == {"/static/menu.js"}  # which every page has


def test_without_packages_no_key_is_named_that_would_do_nothing(plain: FlaskClient) -> None:
    assert "<kbd>" not in plain.get("/sparql", headers={"Accept": "text/html"}).text


def test_each_package_is_pinned_and_each_file_comes_from_one() -> None:
    pinned = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((ROOT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    assert pinned == {name: locked[f"node_modules/{name}"]["version"] for name in pinned} != {}
    assert all(entry.get("integrity") for name, entry in locked.items() if name)
    assert all(f'"{name}": (' in INSTALL.read_text(encoding="utf-8") for name in pinned)


def test_without_npm_set_up_says_so_and_leaves_what_is_there(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    command = [sys.executable, "-I", "-S", str(INSTALL), str(tmp_path)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={"PATH": ""})
    assert (done.returncode, done.stderr) == (1, "npm was not found\n")
    assert (tmp_path / "kept").is_dir()


def test_where_npm_fails_set_up_says_so_and_leaves_what_is_there(tmp_path: Path) -> None:
    npm, target = tmp_path / "bin" / "npm", tmp_path / "packages"
    npm.parent.mkdir()
    npm.write_text("#!/bin/sh\nexit 7\n", encoding="utf-8")
    npm.chmod(0o755)
    (target / "kept").mkdir(parents=True)
    command = [sys.executable, str(INSTALL), str(target)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, env={"PATH": str(npm.parent)})
    assert done.returncode == 1
    assert "exit status 7" in done.stderr
    assert (target / "kept").is_dir()
