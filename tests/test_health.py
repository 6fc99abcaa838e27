"""Liveness and readiness."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings
from tests.engines import OXIGRAPH, oxigraph
from tests.serving import BASE, free_port, recalling, running, write_release


def test_a_server_with_a_release_is_ready(web: FlaskClient) -> None:
    answer = web.get("/health/ready")
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "release one" in answer.text


def test_a_server_without_a_release_lives_and_is_not_ready(tmp_path: Path) -> None:
    client = create_app(Settings(data=tmp_path)).test_client()
    assert (client.get("/health/live").status_code, client.get("/health/ready").status_code) == (200, 503)


def test_a_server_whose_engine_is_silent_is_not_ready() -> None:
    client = create_app(Settings(endpoint="http://127.0.0.1:9/query")).test_client()
    assert client.get("/health/ready").status_code == 503


def test_a_server_whose_store_was_taken_away_lives_and_is_no_longer_ready(tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    client = create_app(Settings(data=tmp_path)).test_client()
    before = client.get("/health/ready").status_code
    shutil.rmtree(folder / "store")
    assert (before, client.get("/health/ready").status_code, client.get("/health/live").status_code) == (200, 503, 200)


def test_a_server_whose_engine_takes_requests_and_is_silent_is_not_ready() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/query"
        client = create_app(Settings(endpoint=address, time_limit=0.5)).test_client()
        assert (client.get("/health/ready").status_code, client.get("/health/live").status_code) == (503, 200)


@pytest.mark.skipif(OXIGRAPH is None, reason="the Oxigraph server is not installed")
def test_an_engine_that_falls_silent_is_seen_at_the_next_probe(tmp_path: Path) -> None:
    with oxigraph(tmp_path / "database") as engine:
        description = f"""<{BASE}graph/release> {{ <{BASE}release/one> a <http://rdfs.org/ns/void#Dataset> ;
            <http://www.w3.org/2002/07/owl#versionInfo> "0.1.0" ;
            <http://purl.org/dc/terms/identifier> "one" ; <http://rdfs.org/ns/void#vocabulary> <{BASE}def/> }}"""
        httpx.post(engine.store, content=description, headers={"Content-Type": "application/trig"}).raise_for_status()
        client = create_app(Settings(endpoint=engine.endpoint)).test_client()
        before = client.get("/health/ready")
    assert (before.status_code, client.get("/health/ready").status_code) == (200, 503)


UNFINISHED = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK"
)


def test_probes_at_their_own_port_are_answered_when_every_thread_is_taken(tmp_path: Path) -> None:
    folder, port = write_release(tmp_path), free_port()
    settings = {"RECALLING_WEB_WORKERS": "1", "RECALLING_WEB_THREADS": "2", "RECALLING_HEALTH_PORT": str(port)}
    with running(tmp_path, settings) as server, ExitStack() as connections:
        for _ in range(3):  # bodies that never end, each of which holds a thread
            place = ("127.0.0.1", httpx.URL(server.address).port or 0)
            connections.enter_context(socket.create_connection(place)).sendall(UNFINISHED)
        with pytest.raises(httpx.TimeoutException):  # it comes behind them, so they have their threads
            httpx.get(f"{server.address}health/live", timeout=2)
        answers = [httpx.get(f"http://127.0.0.1:{port}/{path}", timeout=30) for path in PROBED]
        shutil.rmtree(folder / "store")
        answers += [httpx.get(f"http://127.0.0.1:{port}/{path}", timeout=30) for path in PROBED]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 200, 503, 404]
    assert "release one" in answers[1].text


PROBED = ("health/live", "health/ready", "dataset")


def test_a_watcher_that_says_nothing_holds_up_no_other(tmp_path: Path) -> None:
    write_release(tmp_path)
    port = free_port()
    with running(tmp_path, {"RECALLING_WEB_WORKERS": "1", "RECALLING_HEALTH_PORT": str(port)}), ExitStack() as silent:
        for _ in range(20):
            silent.enter_context(socket.create_connection(("127.0.0.1", port)))
        assert httpx.get(f"http://127.0.0.1:{port}/health/live", timeout=30).status_code == 200


def test_a_port_for_probes_that_another_has_is_told_and_nothing_is_served(tmp_path: Path) -> None:
    write_release(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        environ = {**os.environ, "RECALLING_HEALTH_PORT": port, "RECALLING_PORT": str(free_port())}
        command = recalling("serve", "--data", tmp_path)
        done = subprocess.run(command, env=environ, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and f"127.0.0.1:{port}" in done.stderr and "RECALLING_HEALTH_PORT" in done.stderr
