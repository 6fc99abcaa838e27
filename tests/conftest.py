"""Fixtures that all tests share."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

pytest_plugins = ["tests.serving.fixtures", "tests.published", "tests.browsing"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real reports and the gold; tests that need it are skipped where it is absent, never in CI."""
    path = Path(os.environ.get("RECALLING_SHARED", Path(__file__).parents[2] / "shared"))
    if not path.is_dir():
        if os.environ.get("RECALLING_REQUIRE_SHARED"):
            pytest.fail(f"no folder of real reports at {path}, and it is required here")
        pytest.skip("the real reports are not at hand (set RECALLING_SHARED to their folder)")
    return path


# The second tier, which `make test` leaves out and `make test-all` runs: tests that ask, by way of others too, for the
# real reports, a browser, another engine or program, or a server of its own, and what a module marks as slow itself.
SECOND_TIER = {"shared", "browser", "engine", "proxied", "refine", "comunica", "live", "place"}
SERVERS = {"serving", "running"}  # of tests.serving: a module that imports one starts servers in its tests


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the second tier as slow."""
    for item in items:
        if isinstance(item, pytest.Function) and (
            SECOND_TIER & set(item.fixturenames) or SERVERS & vars(item.module).keys()
        ):
            item.add_marker(pytest.mark.slow)


def pytest_configure() -> None:
    """Lets interrupts through: a shell ignores them for what it starts in the background, and servers would inherit it."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make goldens` runs the tests with --goldens: golden files are rewritten instead of compared."""
    parser.addoption("--goldens", action="store_true", help="rewrite the golden files")


@pytest.fixture(scope="session")
def rewrite(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be rewritten."""
    return bool(request.config.getoption("--goldens"))


@pytest.fixture(scope="session")
def samples() -> list[Path]:
    """The sample reports of the invented commission, the earlier session first."""
    return sorted((Path(__file__).parents[1] / "examples" / "reports").glob("*.txt"))
