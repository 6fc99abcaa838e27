"""The log of a real server: a line for each request, and none of what clients keep to themselves."""

from __future__ import annotations

import json
import logging
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from flask import Flask

from server.app import create_app
from server.operations import logs
from server.settings import Settings
from tests.serving import serving

SECRET = "cormorant"
SELECT = f'SELECT ?s {{ ?s ?p "{SECRET}" }}'
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"


def send(address: str, name: str, body: bytes | None = None, **headers: str) -> None:
    request = urllib.request.Request(address, body, {"X-Request-Id": name, **headers})
    with suppress(HTTPError), urllib.request.urlopen(request, timeout=30) as answer:
        answer.read()


@pytest.fixture(scope="module")
def said(commission_data: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """What a server with two processes logs of some requests, by the names that they bear."""
    log = tmp_path_factory.mktemp("log") / "log"
    with serving(commission_data, {"RECALLING_TIME_LIMIT": "1"}, log=log) as address:
        sparql = f"{address}sparql"
        send(f"{address}robots.txt", "page", Authorization=f"Bearer {SECRET}", Referer=f"http://{SECRET}/")
        send(f"{sparql}?{urlencode({'query': SELECT})}", "get", Cookie=f"a={SECRET}")
        send(sparql, "form", urlencode({"query": SELECT}).encode())
        send(sparql, "body", SELECT.encode(), **{"Content-Type": "application/sparql-query"})
        send(f"{sparql}?{urlencode({'query': SELECT})}", "html", Accept="text/html")
        send(f"{sparql}?{urlencode({'query': SECRET})}", "syntax")
        send(f"{sparql}?{urlencode({'update': SECRET})}", "update")
        send(f"{sparql}?{urlencode({'query': f'SELECT * {{ SERVICE <http://{SECRET}/> {{}} }}'})}", "service")
        send(f"{sparql}?{urlencode({'query': CROSS_PRODUCT})}", "cross")
        send(f"{address}nothing%0Ahere?{SECRET}", "nothing")
        for number in range(4):  # both processes answer, at least one of them twice
            send(f"{address}text/clcm/12/resolution/1.ttl", f"again-{number}")
        send(f"{address}health/live", "live")
        send(f"{address}health/ready", "ready")
    return log.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def lines(said: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in said.splitlines()]


def named(lines: list[dict[str, object]], name: str) -> dict[str, object]:
    (line,) = (line for line in lines if line["request_id"] == name)
    return line


@pytest.mark.parametrize(
    ("name", "path", "status", "outcome"),
    [
        ("page", "/robots.txt", 200, None),
        ("get", "/sparql", 200, "answered"),
        ("form", "/sparql", 200, "answered"),
        ("body", "/sparql", 200, "answered"),
        ("html", "/sparql", 200, "answered"),
        ("syntax", "/sparql", 400, "syntax"),
        ("update", "/sparql", 403, None),
        ("service", "/sparql", 403, "refused"),
        ("cross", "/sparql", 503, "time limit"),
        ("nothing", "/nothing\nhere", 404, None),
    ],
)
def test_each_request_has_exactly_one_line(
    lines: list[dict[str, object]], name: str, path: str, status: int, outcome: str | None
) -> None:
    line = named(lines, name)
    assert (line["path"], line["status"], line.get("outcome"), line["level"]) == (path, status, outcome, "INFO")


def test_an_answer_that_was_kept_is_told_from_one_that_was_worked_on(lines: list[dict[str, object]]) -> None:
    again = [named(lines, f"again-{number}") for number in range(4)]
    assert "kept" not in again[0]
    assert True in [line.get("kept") for line in again]


def test_no_line_holds_what_a_client_keeps_to_itself(said: str) -> None:
    assert '"get"' in said
    assert SECRET not in said


def test_a_line_tells_who_when_how_much_and_of_which_release(lines: list[dict[str, object]]) -> None:
    line = named(lines, "get")
    assert (line["client"], line["method"], line["release"]) == ("127.0.0.1", "GET", "one")
    written = datetime.fromisoformat(str(line["time"]))
    assert written.utcoffset() == timedelta(0)
    assert abs(datetime.now(UTC) - written) < timedelta(hours=1)
    assert isinstance(line["milliseconds"], float)
    assert line["bytes"] == len(b'{"head":{"vars":["s"]},"results":{"bindings":[]}}')


def test_the_line_of_a_request_is_written_as_all_others_are() -> None:
    members = {"message": "request", "path": '/é"\n', "status": 200, "milliseconds": 0.5, "kept": True}
    record = logging.LogRecord("recalling", logging.INFO, "", 0, members, (), None)
    assert logs.LineFormatter().format(record) == super(logs.LineFormatter, logs.LineFormatter()).format(record)


def test_probes_are_not_in_the_log(lines: list[dict[str, object]]) -> None:
    assert not {"live", "ready"} & {line["request_id"] for line in lines}


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[Flask]:
    """An application with a view that fails as nobody foresaw."""
    app = create_app(Settings(data=tmp_path))
    app.add_url_rule("/broken", view_func=_fail)
    yield app
    logging.getLogger().handlers.clear()
    logs.logger.setLevel(logging.NOTSET)


def _fail() -> str:
    raise LookupError("nobody foresaw this")


@pytest.mark.parametrize("form", ["json", "off"])
def test_a_traceback_is_in_the_log_on_one_line_and_nowhere_else(
    broken: Flask, capsys: pytest.CaptureFixture[str], form: str
) -> None:
    logs.configure(form)
    answer = broken.test_client().get("/broken", headers={"X-Request-Id": "abc"})
    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["request_id"], line["level"], line["status"]) == ("abc", "ERROR", 500)
    assert "LookupError" in line["exc_info"]
    assert (answer.status_code, "LookupError" in answer.text) == (500, False)


def test_what_is_missing_here_is_an_error_in_the_log(broken: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("json")
    broken.test_client().get("/")
    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["level"], line["status"], "no release is published" in line["message"]) == ("ERROR", 503, True)


def test_a_plain_line_stays_one_line(broken: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("plain")
    broken.test_client().get("/broken%0Aby INFO message=nobody", headers={"X-Request-Id": "abc"})
    (line,) = capsys.readouterr().err.splitlines()
    assert 'request_id=abc method=GET path="/broken\\nby INFO message=nobody" status=' in line


def test_off_says_nothing_of_requests(broken: Flask, capsys: pytest.CaptureFixture[str]) -> None:
    logs.configure("off")
    broken.test_client().get("/robots.txt")
    assert capsys.readouterr().err == ""
