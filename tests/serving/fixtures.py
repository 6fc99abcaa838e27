"""Fixtures: the small release on disk, an application over it, and a real server in front of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings
from tests.serving import listening, serving, write_release

TIME_LIMIT = 2.0
UNHURRIED = 300.0  # seconds for a check that is not about its time: the machine of the tests may be busy


@pytest.fixture(scope="session")
def commission_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder in which the small release is published."""
    data = tmp_path_factory.mktemp("data")
    write_release(data)
    return data


@pytest.fixture(scope="module")
def web(commission_data: Path) -> Iterator[FlaskClient]:
    """A client of the application over the small release."""
    app = create_app(Settings(data=commission_data, query_workers=1, time_limit=TIME_LIMIT, validation_time=UNHURRIED))
    yield app.test_client()  # keeps no context open, so that two applications can be asked by turns
    app.extensions["current"].close()


@pytest.fixture(scope="session")
def live(commission_data: Path) -> Iterator[str]:
    """The address of a real server over the small release."""
    with serving(commission_data, {"RECALLING_TIME_LIMIT": str(TIME_LIMIT)}) as address:
        yield address


@pytest.fixture
def listener() -> Iterator[tuple[str, list[object]]]:
    """An address on loopback and the list of connections that reached it."""
    with listening() as heard:
        yield heard
