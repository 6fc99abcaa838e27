"""Operators send reports to a real server: only what conforms is published, and nobody else gets in."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from click.testing import CliRunner
from rdflib import RDF, SH, Graph, Literal

from server.app import create_app
from server.cli import main
from server.intake.jobs import Jobs, TooManyJobs
from server.intake.tokens import fingerprint
from server.intake.views import UNFINISHED
from server.publish import build
from server.publishing.release import current, writing
from server.settings import Settings
from tests.serving import serving, write_release

TOKEN = "a token for the tests"
OPERATOR = {"Authorization": f"Bearer {TOKEN}"}
SETTINGS = {"RECALLING_INTAKE_TOKEN_SHA256": fingerprint(TOKEN), "RECALLING_REPORT_LIMIT": "2000000"}


@pytest.fixture(scope="module")
def data(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("intake")
    assert build(samples[:1], folder, "https://data.example.org/").release
    return folder


@pytest.fixture(scope="module")
def server(data: Path) -> Iterator[str]:
    with serving(data, SETTINGS) as address:
        yield address


def _send(server: str, content: bytes, media_type: str = "text/plain", name: str = "report.txt") -> dict[str, Any]:
    headers = {**OPERATOR, "Content-Type": media_type}
    response = httpx.post(f"{server}reports", params={"name": name}, content=content, headers=headers, timeout=30)
    assert response.status_code == 202, response.text
    job: dict[str, Any] = response.json()
    assert response.headers["Location"] == job["self"]
    return job


def _ended(server: str, job: dict[str, Any]) -> dict[str, Any]:
    for _ in range(600):
        job = httpx.get(f"{server.rstrip('/')}{job['self']}", headers=OPERATOR, timeout=30).json()
        if job["ended"]:
            return job
        time.sleep(0.2)
    raise TimeoutError(job)


def test_a_report_that_conforms_is_published_and_served(server: str, data: Path, samples: list[Path]) -> None:
    before = current(data)
    job = _ended(server, _send(server, samples[1].read_bytes(), name=samples[1].name))
    after = current(data)
    assert before and after and (job["state"], job["release"]) == ("published", after.id)
    assert job["reports"] == ["report/clcm/12", "report/clcm/13"] and (data / "previous").resolve() == before.folder
    assert after.base == "https://data.example.org/"
    ready = 0
    while ready < 6:  # every web process follows within a second
        ready = ready + 1 if after.id in httpx.get(f"{server}health/ready").text else 0
        time.sleep(0.4)
    assert httpx.get(f"{server}report/clcm/13.ttl").status_code == 200


def test_the_validation_report_of_what_was_sent_is_read(server: str, samples: list[Path]) -> None:
    job = _ended(server, _send(server, samples[1].read_bytes()))
    answer = httpx.get(f"{server.rstrip('/')}{job['validation']}", headers={**OPERATOR, "Accept": "text/turtle"})
    graph = Graph().parse(data=answer.text, format="turtle")
    assert [graph.value(report, SH.conforms) for report in graph.subjects(RDF.type, SH.ValidationReport)] == [
        Literal(True)
    ]
    assert "http://localhost:8000/" not in answer.text


def test_a_report_that_does_not_conform_is_refused_with_what_is_wrong(
    server: str, data: Path, samples: list[Path]
) -> None:
    before = current(data)
    cut = samples[1].read_text(encoding="utf-8")[:3000]
    job = _ended(server, _send(server, cut.encode()))
    assert (job["state"], job["release"]) == ("refused", None)
    assert "violation: https://data.example.org/report/clcm/13: " in job["message"]
    validation = httpx.get(
        f"{server.rstrip('/')}{job['validation']}", headers={**OPERATOR, "Accept": "text/turtle"}
    ).text
    assert "sh:Violation" in validation
    assert current(data) == before


def test_what_is_no_report_is_refused_by_the_name_its_sender_gave(server: str, data: Path) -> None:
    before = current(data)
    job = _ended(server, _send(server, b"\xff\xfe", name="../../letter.txt"))
    assert (job["state"], job["message"][:10]) == ("refused", "letter.txt") and str(data) not in job["message"]
    assert current(data) == before


def test_a_report_waits_for_another_build_to_end(server: str, data: Path, samples: list[Path]) -> None:
    with writing(data):
        job = _send(server, samples[0].read_bytes())
        for _ in range(200):
            found = httpx.get(f"{server.rstrip('/')}{job['self']}", headers=OPERATOR).json()
            if found["state"] == "waiting":
                break
            time.sleep(0.1)
        assert found["state"] == "waiting"
    assert _ended(server, job)["state"] == "published"


def test_a_job_that_was_killed_is_interrupted_and_publishes_nothing(
    server: str, data: Path, samples: list[Path]
) -> None:
    before = current(data)
    with writing(data):
        job = _send(server, samples[0].read_bytes())
        os.kill(_process_of(job["id"]), signal.SIGKILL)
        assert _ended(server, job)["state"] == "interrupted"
    assert current(data) == before


def _process_of(identity: str) -> int:
    for _ in range(100):
        for path in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                words = path.read_bytes()
            except OSError:
                continue
            if identity.encode() in words:
                return int(path.parent.name)
        time.sleep(0.1)
    raise TimeoutError(identity)


@pytest.mark.parametrize(
    "headers",
    [{}, {"Authorization": "Bearer wrong"}, {"Authorization": "Basic dXNlcjpwYXNz"}, {"Authorization": "Bearer"}],
)
@pytest.mark.parametrize("address", ["reports", "reports/20260101000000-0123456789abcdef"])
def test_nobody_gets_in_without_the_token(server: str, headers: dict[str, str], address: str) -> None:
    for method in ("GET", "POST"):
        response = httpx.request(method, f"{server}{address}", headers={**headers, "Content-Type": "text/plain"})
        expected = 405 if (method, address) != ("POST", "reports") and method == "POST" else 401
        assert response.status_code == expected
        if expected == 401:
            assert response.headers["WWW-Authenticate"].startswith("Bearer") and response.json()["status"] == 401


def test_without_a_token_in_the_settings_nothing_is_taken(live: str) -> None:
    response = httpx.post(f"{live}reports", content=b"text", headers={**OPERATOR, "Content-Type": "text/plain"})
    assert (response.status_code, response.json()["title"]) == (403, "Refused")


def test_the_fingerprint_is_no_token(server: str) -> None:
    headers = {"Authorization": f"Bearer {fingerprint(TOKEN)}"}
    assert httpx.get(f"{server}reports", headers=headers).status_code == 401


def test_a_report_that_is_too_large_is_refused_with_the_limit_and_not_kept(server: str, data: Path) -> None:
    jobs = len(Jobs(data).all())
    headers = {**OPERATOR, "Content-Type": "text/plain"}
    response = httpx.post(f"{server}reports", content=b"word " * 500_000, headers=headers)
    assert (response.status_code, response.json()["limit"]) == (413, 2_000_000)
    assert len(Jobs(data).all()) == jobs == len(list((data / "intake").iterdir()))


def test_only_kinds_of_files_that_are_read_are_taken(server: str) -> None:
    response = httpx.post(
        f"{server}reports", content=b"lamps", headers={**OPERATOR, "Content-Type": "application/msword"}
    )
    assert response.status_code == 415 and "text/plain" in response.json()["detail"]


def test_what_is_left_of_a_report_that_never_came_to_its_end_is_removed_with_the_next(tmp_path: Path) -> None:
    jobs = Jobs(tmp_path)
    for name, age in (("cut-off", 7200), ("just-begun", 0)):
        (jobs.folder / name / "report").mkdir(parents=True)
        os.utime(jobs.folder / name, (time.time() - age, time.time() - age))
    with jobs.receiving("report.txt") as (job, _):
        jobs.write(job)
    assert {path.name for path in jobs.folder.iterdir()} == {"just-begun", job.id}


@pytest.mark.parametrize("identity", ["..", "%2e%2e", "20260101000000-0123456789abcdef", "x" * 300])
def test_there_is_no_job_by_another_name(server: str, identity: str) -> None:
    assert httpx.get(f"{server}reports/{identity}/validation", headers=OPERATOR).status_code == 404


def test_the_command_line_sends_a_report_and_tells_of_each_step(server: str, samples: list[Path]) -> None:
    arguments = ["send", str(samples[1]), "--to", server]
    result = CliRunner().invoke(main, arguments, env={"RECALLING_TOKEN": TOKEN})
    assert result.exit_code == 0 and "published release" in result.output


def test_the_command_line_says_why_nothing_was_published(server: str, tmp_path: Path) -> None:
    report = tmp_path / "empty.txt"
    report.write_bytes(b"")
    result = CliRunner().invoke(main, ["send", str(report), "--to", server, "--token", TOKEN])
    assert (result.exit_code, "empty.txt: the file is empty" in result.output) == (1, True)


def test_a_token_made_on_the_command_line_has_the_fingerprint_beside_it() -> None:
    words = dict(line.split("=", 1) for line in CliRunner().invoke(main, ["token"]).output.split())
    assert fingerprint(words["RECALLING_TOKEN"]) == words["RECALLING_INTAKE_TOKEN_SHA256"]


def test_a_client_with_many_reports_leaves_a_place_for_others_and_of_all_no_more_than_four_are_worked_on(
    tmp_path: Path,
) -> None:
    app = create_app(Settings(data=tmp_path, intake_token_sha256=fingerprint(TOKEN)))
    jobs = Jobs(tmp_path)

    def send(address: str) -> int:
        with app.test_client() as client:
            headers = {**OPERATOR, "Content-Type": "text/plain"}
            answer = client.post("/reports", data=b"", headers=headers, environ_base={"REMOTE_ADDR": address})
            return answer.status_code

    with ExitStack() as worked_on:
        for _ in range(UNFINISHED - 1):
            job, _ = worked_on.enter_context(jobs.receiving("report.txt", "192.0.2.1"))
            jobs.begin(job, UNFINISHED)
        of_one = send("192.0.2.1")
        job, _ = worked_on.enter_context(jobs.receiving("report.txt", "192.0.2.2"))
        jobs.begin(job, UNFINISHED)
        of_another = send("192.0.2.3")
        with pytest.raises(TooManyJobs), jobs.receiving("report.txt", "192.0.2.3") as (late, _):
            jobs.begin(late, UNFINISHED)  # its body came while the last place was taken
    assert (of_one, of_another, len(jobs.all())) == (503, 503, UNFINISHED)
    assert send("192.0.2.3") == 202


def test_a_report_that_is_slow_or_takes_too_much_memory_holds_up_no_other(tmp_path: Path) -> None:
    """A process that reads holds 54 MB when it begins, and 190 MB for one line of two million characters."""
    write_release(tmp_path)
    with serving(tmp_path, {**SETTINGS, "RECALLING_INTAKE_MEMORY": str(100 * 2**20)}) as address:
        slow = _send(address, b"\xff\xfe")
        process = _process_of(slow["id"])
        os.kill(process, signal.SIGSTOP)  # as slow as can be
        try:
            large = _ended(address, _send(address, b"lamp " * 390_000))
            other = _ended(address, _send(address, b"\xff\xfe"))
            still = httpx.get(f"{address.rstrip('/')}{slow['self']}", headers=OPERATOR, timeout=30).json()["ended"]
        finally:
            os.kill(process, signal.SIGCONT)
        assert _ended(address, slow)["state"] == "refused"
    assert (other["state"], still) == ("refused", False)
    assert large["state"] in ("failed", "interrupted") and "memory" in large["message"]
