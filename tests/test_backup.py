"""Backups: what is restored answers as before, and what is damaged or no backup changes nothing."""

from __future__ import annotations

import gzip
import io
import json
import re
import resource
import shutil
import subprocess
import tarfile
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.app import create_app
from server.cli import main
from server.operations.backup import MANIFEST, BackupError, back_up
from server.operations.restoring import restore
from server.publishing.disk import UNFINISHED, exchange
from server.publishing.history import History
from server.publishing.release import CURRENT, PREVIOUS, ReleaseError, current, roll_back, writing
from server.questions import questions
from server.settings import Settings
from tests.releases import named, serve_release
from tests.serving import recalling

pytestmark = pytest.mark.slow  # writes, kills and restores whole folders

ONE = "report/clcm/12"
LEFT, KEPT = f"{ONE}/paragraph/2", f"{ONE}/paragraph/1"
REPORT = named(ONE, "Report on the twelfth session", kind="Report")


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two releases, the second of which has lost a paragraph."""
    folder = tmp_path_factory.mktemp("data")
    serve_release(folder, "a", {ONE: REPORT + named(KEPT, "One") + named(LEFT, "Two")})
    serve_release(folder, "b", {ONE: REPORT + named(KEPT, "One")})
    return folder


@pytest.fixture(scope="module")
def backup(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("backup") / "recalling.tar.gz"
    back_up(data, file)
    return file


def contents(data: Path) -> Mapping[str, bytes]:
    """All that a data folder holds, the links by where they lead and when."""
    found = {
        path.relative_to(data).as_posix(): path.read_bytes()
        for path in data.rglob("*")
        if path.is_file() and not path.is_symlink()
    }
    for link in (data / CURRENT, data / PREVIOUS):
        found[link.name] = f"{link.readlink()} {int(link.lstat().st_mtime)}".encode()
    return found


def answers(data: Path, paths: list[str]) -> list[tuple[int, str | None, bytes]]:
    """What a server of a data folder answers: status, date and body."""
    app = create_app(Settings(data=data, query_workers=1))
    with app.test_client() as client:
        found = [client.get(path, buffered=True) for path in paths]  # read to the end, as a server does
    app.extensions["current"].close()
    return [(answer.status_code, answer.headers.get("Last-Modified"), answer.data) for answer in found]


def test_what_is_restored_is_what_was_backed_up(data: Path, backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path)
    assert contents(tmp_path) == contents(data)


def test_what_is_restored_answers_as_before(published_data: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "file", "--data", published_data).exit_code == 0
    assert run("restore", tmp_path / "file", "--data", tmp_path / "data").exit_code == 0
    asked = [f"/questions/{question.name}" for question in questions()]
    paths = [
        *asked,
        "/",
        "/text/clcm/12/resolution/1.ttl",
        "/releases",
        "/changes.jsonld",
        "/.well-known/void",
        "/def/",
    ]
    before = answers(published_data, paths)
    assert answers(tmp_path / "data", paths) == before
    assert sum(status == 200 for status, _, _ in before) > 20


def test_what_was_gone_is_gone_and_the_history_goes_on(data: Path, backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path)
    assert [status for status, _, _ in answers(tmp_path, [f"/{LEFT}", f"/{KEPT}"])] == [410, 303]
    assert [entry.release for entry in History(tmp_path).newest(5)] == ["b", "a"]
    serve_release(tmp_path, "c", {ONE: REPORT})
    assert [entry.number for entry in History(tmp_path).newest(5)] == [3, 2, 1]


def test_the_previous_release_can_be_rolled_back_to(backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path)
    assert roll_back(tmp_path).id == "a"


def test_the_same_data_make_the_same_bytes(data: Path, backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path / "data")
    back_up(tmp_path / "data", tmp_path / "again")
    assert (tmp_path / "again").read_bytes() == backup.read_bytes()


def test_a_folder_that_holds_releases_is_left_alone(backup: Path, tmp_path: Path) -> None:
    serve_release(tmp_path, "x", {ONE: REPORT})
    before = contents_without_previous(tmp_path)
    result = run("restore", backup, "--data", tmp_path)
    assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
    assert "--force" in result.stderr
    assert contents_without_previous(tmp_path) == before


def contents_without_previous(data: Path) -> Mapping[str, bytes]:
    return {path.relative_to(data).as_posix(): path.read_bytes() for path in data.rglob("*") if path.is_file()}


def test_with_force_what_a_folder_holds_is_replaced(data: Path, backup: Path, tmp_path: Path) -> None:
    for identity in ("x", "y", "z"):
        serve_release(tmp_path, identity, {ONE: REPORT + named(KEPT, identity)})
    assert run("restore", backup, "--data", tmp_path, "--force").exit_code == 0
    restored, expected = contents(tmp_path), contents(data)
    assert {name: restored[name] for name in expected} == expected
    others = {name for name in restored.keys() - expected.keys() if not name.startswith("parts/")}
    assert {name.split("/")[1] for name in others} <= {"x", "y", "z"}
    assert not list(tmp_path.rglob(f"{UNFINISHED}*"))


def test_a_damaged_store_is_mended(data: Path, backup: Path, tmp_path: Path) -> None:
    restore(backup, tmp_path)
    for file in (tmp_path / CURRENT / "store").iterdir():
        file.write_bytes(b"x")
    restore(backup, tmp_path, replace=True)
    assert contents(tmp_path) == contents(data)


def test_readers_find_the_old_or_the_new_while_a_backup_is_restored(
    backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.current.LOOK_AGAIN", 0.0)
    folder, other = tmp_path / "data", tmp_path / "other"
    serve_release(folder, "x", {ONE: REPORT + named(LEFT, "Two")})
    back_up(folder, other)
    app = create_app(Settings(data=folder, query_workers=1))
    seen: list[tuple[str, int, int]] = []
    done = threading.Event()

    def read() -> None:
        with app.test_client() as client:
            while not done.is_set():
                ready = client.get("/health/ready").text.split()[-1]
                seen.append((ready, client.get("/releases").status_code, client.get(f"/{ONE}.ttl").status_code))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for file in [backup, other] * 5:
        restore(file, folder, replace=True)
    done.set()
    for reader in readers:
        reader.join()
    app.extensions["current"].close()
    assert {release for release, _, _ in seen} == {"x", "b"}
    assert {status for _, *statuses in seen for status in statuses} == {200}


@pytest.mark.parametrize("part", range(0, 100, 4))
def test_a_damaged_byte_is_refused_and_the_data_stay_as_they_were(backup: Path, tmp_path: Path, part: int) -> None:
    written = bytearray(backup.read_bytes())
    place = 10 + (len(written) - 10) * part // 100  # the first ten bytes are gzip's own, without a sum
    written[place] ^= 0x10
    refused(bytes(written), tmp_path)


@pytest.mark.parametrize("part", range(0, 100, 10))
def test_a_truncated_backup_is_refused(backup: Path, tmp_path: Path, part: int) -> None:
    written = backup.read_bytes()
    refused(written[: len(written) * part // 100], tmp_path)


def refused(written: bytes, folder: Path, why: str = "") -> None:
    """A file is refused in one line, into an empty folder and into one with releases, which stay as they were."""
    (folder / "file").write_bytes(written)
    serve_release(folder / "data", "x", {ONE: REPORT})
    before = contents_without_previous(folder / "data")
    for data, more in ((folder / "empty", ()), (folder / "data", ("--force",))):
        result = run("restore", folder / "file", "--data", data, *more)
        assert (result.exit_code, result.stderr.count("\n")) == (1, 1)
        assert str(folder / "file") in result.stderr
        assert re.search(why, result.stderr)
        assert current(folder / "empty") is None
    assert contents_without_previous(folder / "data") == before


Members = list[tuple[tarfile.TarInfo, bytes]]


def changed(backup: Path, change: Callable[[Members], object]) -> bytes:
    """A backup whose members were changed, whole as a tar."""
    with tarfile.open(backup) as tar:
        members: Members = []
        for member in tar:
            content = tar.extractfile(member)
            members.append((member, content.read() if content else b""))
    change(members)
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as tar:
        for member, content in members:
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    return stream.getvalue()


def test_a_file_that_has_not_its_sum_is_refused(backup: Path, tmp_path: Path) -> None:
    def change(members: Members) -> None:
        member, content = members[-1]
        members[-1] = member, content[:-1] + b"?"

    refused(changed(backup, change), tmp_path, "the sum of .* is not that of its list")


def test_a_backup_that_lacks_a_file_is_refused(backup: Path, tmp_path: Path) -> None:
    refused(changed(backup, list.pop), tmp_path, "it lacks 1 files")


def test_a_file_that_is_not_in_the_list_is_refused(backup: Path, tmp_path: Path) -> None:
    member = tarfile.TarInfo("../outside")
    refused(changed(backup, lambda members: members.append((member, b"x"))), tmp_path, r"\.\./outside")
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_what_is_no_plain_file_is_refused(backup: Path, tmp_path: Path, kind: bytes) -> None:
    def change(members: Members) -> None:
        member = tarfile.TarInfo(members[-1][0].name)
        member.type, member.linkname = kind, "/etc/passwd"
        members[-1] = member, b""

    refused(changed(backup, change), tmp_path, "not as its list has it")


@pytest.mark.parametrize(
    "name",
    [
        "../outside",
        "/tmp/outside",
        "history/../../outside",
        "releases/b/../../x",
        "releases/x/y",
        "lock",
        "history/.x",
        "",
    ],
)
def test_a_list_that_names_a_place_outside_is_refused(backup: Path, tmp_path: Path, name: str) -> None:
    def change(members: Members) -> None:
        record = json.loads(members[0][1])
        record["files"][name] = record["files"].pop(members[-1][0].name)
        members[-1][0].name = name
        members[0] = members[0][0], json.dumps(record).encode()

    refused(changed(backup, change), tmp_path, "is no place in a data folder")


@pytest.mark.parametrize("text", ["[]", "{}", "no", '{"edition": 2}', '{"edition": 1, "files": {}}'])
def test_a_list_that_cannot_be_read_is_refused(backup: Path, tmp_path: Path, text: str) -> None:
    def change(members: Members) -> None:
        members[0] = members[0][0], text.encode()

    refused(changed(backup, change), tmp_path, "cannot be restored")


@pytest.mark.parametrize("written", [b"", b"no backup", gzip.compress(b"no tar" * 1000, mtime=0)])
def test_what_is_no_backup_is_refused(tmp_path: Path, written: bytes) -> None:
    refused(written, tmp_path, "is not a backup")


def test_another_tar_is_refused(backup: Path, tmp_path: Path) -> None:
    refused(changed(backup, lambda members: members.pop(0)), tmp_path, f"does not begin with {MANIFEST}")


def test_a_backup_larger_than_the_room_there_is_is_refused(backup: Path, tmp_path: Path) -> None:
    def change(members: Members) -> None:
        record = json.loads(members[0][1])
        record["files"][members[-1][0].name]["size"] = 10**18
        members[0] = members[0][0], json.dumps(record).encode()

    (tmp_path / "file").write_bytes(changed(backup, change))
    with pytest.raises(BackupError, match=r"needs 10{9}\d* bytes"):
        restore(tmp_path / "file", tmp_path / "data")


def limited(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A verb run where no file may grow beyond 4 kB, as on a disk that is full."""
    return subprocess.run(
        recalling(*arguments),
        check=False,
        capture_output=True,
        text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )


def test_a_backup_that_cannot_be_written_leaves_the_earlier_one(data: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"earlier")
    ended = limited("backup", tmp_path / "file", "--data", data)
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert f"cannot write {tmp_path / 'file'}" in ended.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_bytes() == b"earlier"


def test_a_restore_that_cannot_write_leaves_what_is_served(backup: Path, tmp_path: Path) -> None:
    serve_release(tmp_path, "x", {ONE: REPORT})
    before = contents_without_previous(tmp_path)
    ended = limited("restore", backup, "--data", tmp_path, "--force")
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert f"cannot write to {tmp_path}" in ended.stderr
    assert contents_without_previous(tmp_path) == before


def test_while_a_build_writes_there_is_no_backup(data: Path, tmp_path: Path) -> None:
    with writing(data), pytest.raises(ReleaseError, match="wait"):
        back_up(data, tmp_path / "file")


def test_without_a_release_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    result = run("backup", tmp_path / "file", "--data", tmp_path / "data")
    assert (result.exit_code, "no release" in result.stderr, list(tmp_path.iterdir())) == (1, True, [])


@pytest.mark.parametrize("there", [False, True])
def test_folders_are_exchanged(tmp_path: Path, there: bool) -> None:
    fresh, place = tmp_path / "fresh", tmp_path / "place"
    for folder in (fresh, place)[: 1 + there]:
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    exchange(fresh, place)
    assert (place / "name").read_text() == "fresh"
    assert fresh.exists() == there
    shutil.rmtree(place)
