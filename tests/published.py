"""Data folders that many tests read and none writes to, each built once for a whole run, and an application over one."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.publish import build
from server.publishing.facts_only import write_facts
from server.publishing.inputs import inputs_in
from server.publishing.release import Release, current
from server.settings import Settings
from tests.serving import free_port, serving

FACTS = Path(__file__).parents[1] / "examples" / "facts"  # of two real sessions, without their words
Once = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Makes a folder of a name by a function, in one of the processes of this run; the others wait for it."""
    own = tmp_path_factory.getbasetemp()
    place = (own.parent if own.name.startswith("popen-") else own) / "once"  # what the processes of xdist share
    place.mkdir(exist_ok=True)

    def made(name: str, make: Callable[[Path], object]) -> Path:
        folder, done = place / name, place / f"{name}.done"
        with (place / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not done.exists():
                folder.mkdir()  # a failure here is told to whoever comes next too: the folder stands, unfinished
                make(folder)
                done.touch()
        return folder

    return made


def published(reports: Sequence[Path], data: Path) -> Release:
    """The release of some reports, built in a folder."""
    release = build(reports, data).release
    assert release is not None
    return release


def served(data: Path) -> Release:
    """The release that a folder serves."""
    release = current(data)
    assert release is not None
    return release


@pytest.fixture(scope="session")
def published_data(samples: list[Path], once: Once) -> Path:
    """The folder of the samples: the first release holds the earlier report, the second both."""
    return once("samples", lambda data: [published([sample], data) for sample in samples])


@pytest.fixture(scope="session")
def sample_facts(published_data: Path, once: Once) -> Path:
    """The facts of the samples without their words, as the command writes them."""
    return once("sample-facts", lambda folder: write_facts(served(published_data), folder))


@pytest.fixture(scope="session")
def wordless_data(sample_facts: Path, once: Once) -> Path:
    """The folder of a release of those facts."""
    return once("wordless", lambda data: published(sorted(inputs_in(sample_facts)), data))


@pytest.fixture(scope="session")
def real_data(shared: Path, once: Once) -> Path:
    """The folder of a release of the two real reports."""
    return once("real", lambda data: published(sorted((shared / "reports").glob("ccpcj-*.txt")), data))


@pytest.fixture(scope="session")
def facts_data(once: Once) -> Path:
    """The folder of a release of the facts of two real sessions that the repository holds."""
    return once("facts", lambda data: published(sorted(inputs_in(FACTS)), data))


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
