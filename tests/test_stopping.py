"""How the server ends: requests in flight are answered, nothing stays behind, the status is 0; and what it survives."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from pathlib import Path

import httpx
import pytest

from tests.serving import Server, free_port, recalling, running, write_release

# About two seconds of work for the engine: the statements crossed with each other, a number of times.
TIMES = " ".join(str(number) for number in range(6))
LONG = f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {TIMES} }} ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?a != ?d) }}"
STOPS: dict[str, Callable[[Server], None]] = {
    "terminated": lambda server: os.kill(server.process.pid, signal.SIGTERM),
    "interrupted": lambda server: os.kill(server.process.pid, signal.SIGINT),
    "interrupted in a terminal": lambda server: os.killpg(server.process.pid, signal.SIGINT),
}


def workers_of(data: Path) -> set[int]:
    """The query workers of a data folder, which are in sessions of their own."""
    return {pid for pid, _, arguments in listed() if f" {data}/" in arguments}


@pytest.fixture
def own_data(tmp_path: Path) -> Path:
    """A data folder of the test's own: its query workers are told by the folder."""
    write_release(tmp_path)
    return tmp_path


def processes_of(data: Path, server: Server) -> set[int]:
    """The processes of a server: those of its session and the query workers."""
    return {pid for pid, session, _ in listed() if session == server.process.pid} | workers_of(data)


def listed() -> list[tuple[int, int, str]]:
    """The processes that live: number, session, arguments."""
    command = ["ps", "-ewwo", "pid,sess,stat,args"]
    lines = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()[1:]
    rows = (line.split(maxsplit=3) for line in lines)
    return [(int(pid), int(session), arguments) for pid, session, state, arguments in rows if state[0] != "Z"]


def children_of(parent: int) -> list[int]:
    """The children of a process."""
    found = subprocess.run(["ps", "--ppid", str(parent), "-o", "pid="], capture_output=True, text=True, check=False)
    return [int(child) for child in found.stdout.split()]


def child_of(parent: int) -> int:
    """The only child of a process."""
    (child,) = children_of(parent)
    return child


def serve_with(settings: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """What became of a server that was not to start."""
    command = recalling("serve")
    return subprocess.run(
        command, check=False, env={**os.environ, **settings}, capture_output=True, text=True, timeout=60
    )


def until(holds: Callable[[], object], what: str) -> None:
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    raise TimeoutError(what)


def beginning(server: Server, data: Path, pool: ThreadPoolExecutor) -> Future[httpx.Response]:
    """A long query, asked and being worked on."""
    answer = pool.submit(httpx.get, f"{server.address}sparql", params={"query": LONG}, timeout=60)
    until(lambda: workers_of(data), "no query worker has begun")
    time.sleep(0.5)
    assert not answer.done(), "the query is too short for this test"
    return answer


@pytest.mark.parametrize("stop", STOPS)
def test_a_server_that_is_stopped_answers_what_it_began_takes_nothing_new_and_leaves_nothing(
    own_data: Path, stop: str
) -> None:
    with running(own_data) as server, ThreadPoolExecutor() as pool:
        answer = beginning(server, own_data, pool)
        STOPS[stop](server)
        until(lambda: refused(server), "new requests are taken")
        in_flight = not answer.done()
        status = server.process.wait(30)
        rows = answer.result().json()["results"]["bindings"]
        until(lambda: not processes_of(own_data, server), "a process is left")
    assert (status, in_flight, answer.result().status_code, len(rows)) == (0, True, 200, 1)


def refused(server: Server) -> bool:
    try:
        httpx.get(f"{server.address}health/live", timeout=5)
    except httpx.TransportError:
        return True
    return False


@pytest.mark.parametrize(
    "begun",
    [
        b"GET / HTTP/1.1\r\nHost: x\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK",
    ],
    ids=["headers", "body"],
)
def test_a_client_that_ends_no_request_holds_the_server_for_a_bounded_time(own_data: Path, begun: bytes) -> None:
    bounds = {"RECALLING_TIME_LIMIT": "0.5", "RECALLING_QUEUE_TIME": "0.5"}
    with running(own_data, bounds) as server:
        port = int(server.address.rstrip("/").rpartition(":")[2])
        with socket.create_connection(("127.0.0.1", port)) as client:
            client.sendall(begun)
            time.sleep(0.5)
            server.process.terminate()
            assert server.process.wait(60) == 0
        until(lambda: not processes_of(own_data, server), "a process is left")


def test_a_server_that_is_stopped_while_it_starts_ends_as_well(own_data: Path) -> None:
    for moment in range(5):
        environ = {**os.environ, "RECALLING_DATA": str(own_data), "RECALLING_PORT": str(free_port())}
        with subprocess.Popen(recalling("serve"), env=environ, stdout=subprocess.PIPE, text=True) as process:
            until(partial(children_of, process.pid), "no web process is started")
            time.sleep(moment * 0.03)
            process.terminate()
            assert process.wait(15) == 0


def test_the_address_is_told_once_and_can_be_opened_from_then_on(own_data: Path) -> None:
    port = free_port()
    environ = {**os.environ, "RECALLING_DATA": str(own_data), "RECALLING_PORT": str(port)}
    with subprocess.Popen(recalling("serve"), env=environ, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == f"Recalling is served at http://localhost:{port}/\n"
        assert httpx.get(f"http://127.0.0.1:{port}/health/live").status_code == 200
        process.terminate()
        assert (process.stdout.read(), process.wait(60)) == ("", 0)


def test_a_web_process_that_is_killed_is_started_anew_and_its_query_workers_end(own_data: Path) -> None:
    with running(own_data, {"RECALLING_WEB_WORKERS": "1"}) as server:
        httpx.get(f"{server.address}sparql", params={"query": "ASK {}"}).raise_for_status()
        first = processes_of(own_data, server) - {server.process.pid}
        assert len(first) == 3  # it, the worker that answered, and the one that stands ready
        os.kill(child_of(server.process.pid), signal.SIGKILL)
        until(lambda: not first & processes_of(own_data, server), "a killed process or its worker is left")
        until(lambda: not refused(server), "the service does not go on")
        answer = httpx.get(f"{server.address}sparql", params={"query": "ASK {}"})
    assert (answer.status_code, server.process.returncode) == (200, 0)


def test_the_web_processes_end_when_the_main_one_is_killed(own_data: Path, tmp_path: Path) -> None:
    (folder := tmp_path / "temporary").mkdir()
    with running(own_data, {"TMPDIR": str(folder)}) as server:
        httpx.get(f"{server.address}sparql", params={"query": "ASK {}"}).raise_for_status()
        server.process.kill()
        server.process.wait()
        until(lambda: not processes_of(own_data, server), "a process is left")
        until(lambda: not list(folder.iterdir()), "what they counted in is left")


def test_with_the_endpoint_of_another_engine_no_release_is_needed_here(tmp_path: Path) -> None:
    with running(tmp_path, {"RECALLING_ENDPOINT": "http://127.0.0.1:9/query"}) as server:
        answers = [httpx.get(f"{server.address}health/{word}").status_code for word in ("live", "ready")]
    assert answers == [200, 503]


@pytest.mark.parametrize(
    ("variable", "value"),
    [("PORT", "http"), ("TIME_LIMIT", "0"), ("PROXIES", "-1"), ("ENDPOINT", "localhost:7878/query")],
)
def test_a_broken_setting_is_an_error_of_one_line_that_names_it(variable: str, value: str, tmp_path: Path) -> None:
    ended = serve_with({f"RECALLING_{variable}": value, "RECALLING_DATA": str(tmp_path)})
    assert (ended.returncode, ended.stderr.count("\n")) == (2, 1)
    assert f"RECALLING_{variable}={value!r}: expected is " in ended.stderr


def test_without_a_release_serving_is_an_error_of_one_line_that_says_how_to_build(tmp_path: Path) -> None:
    ended = serve_with({"RECALLING_DATA": str(tmp_path)})
    assert (ended.returncode, ended.stderr.count("\n")) == (1, 1)
    assert "recalling build" in ended.stderr
