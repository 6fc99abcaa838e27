"""Liveness and readiness."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import httpx
import pytest
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings
from tests.engines import OXIGRAPH, oxigraph
from tests.serving import BASE, write_release


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
