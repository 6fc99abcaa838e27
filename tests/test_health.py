"""Liveness and readiness."""

from __future__ import annotations

from pathlib import Path

from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings


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
