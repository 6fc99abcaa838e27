"""A data folder with both sample reports, published one after the other, and a server's application over it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.publish import build
from server.settings import Settings
from tests.serving import free_port, serving


@pytest.fixture(scope="session")
def published_data(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder: the first release holds the earlier report, the second both."""
    data = tmp_path_factory.mktemp("published")
    for number in range(len(samples)):
        assert build(samples[number : number + 1], data).release
    return data


@pytest.fixture(scope="module")
def site(published_data: Path) -> Iterator[FlaskClient]:
    """A client of the application over that folder."""
    app = create_app(Settings(data=published_data, query_workers=1))
    yield app.test_client()  # keeps no context open, so that two applications can be asked by turns
    app.extensions["current"].close()


# The earlier issue of the first report has a paragraph 69 more, so that something is gone since.
GONE = "report/clcm/12/paragraph/69"
# The later one has a sentence that no formula reads, so that there is the page of a gap.
_UNREAD = ("\n68. At ", "\n68. Lamps flicker. At ")
_WITHDRAWN = ("\n68. At ", "\n68. The Commission thanked the keepers of the lamps.\n\n69. At ")


@dataclass(frozen=True, slots=True)
class Place:
    """A real server at the very address that its IRIs begin with, and its data folder."""

    address: str
    data: Path


@pytest.fixture(scope="session")
def place(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    """A server of both sample reports whose IRIs can be looked up as they are written; an earlier release had more."""
    port, data = free_port(), tmp_path_factory.mktemp("place")
    text = samples[0].read_text(encoding="utf-8")
    issues = [tmp_path_factory.mktemp("issue") / samples[0].name for _ in range(2)]
    for issue, change in zip(issues, (_WITHDRAWN, _UNREAD), strict=True):
        issue.write_text(text.replace(*change), encoding="utf-8")
    for reports in ([issues[0]], [issues[1], *samples[1:]]):
        assert build(
            reports, data, f"http://127.0.0.1:{port}/", partial=True
        ).release  # the later issue lacks a paragraph
    with serving(data, port=port) as address:
        yield Place(address, data)
