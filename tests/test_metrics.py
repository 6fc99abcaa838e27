"""What Prometheus collects of a real server with two processes: sums over both, and for the operator only."""

from __future__ import annotations

import os
import signal
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families

from server.app import create_app
from server.operations.metrics_page import within
from server.settings import Settings
from tests.serving import running, serving

ASK = "ASK { ?s ?p ?o }"
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]


def get(address: str, **headers: str) -> tuple[int, str]:
    """Status and body, over a connection of its own, so that either process may answer."""
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def query(address: str, text: str) -> tuple[int, str]:
    return get(f"{address}sparql?{urlencode({'query': text})}")


def parsed(exposition: str) -> Samples:
    families = text_string_to_metric_families(exposition)
    return {(sample.name, frozenset(sample.labels.items())): sample.value for one in families for sample in one.samples}


def scrape(address: str) -> Samples:
    return parsed(get(f"{address}metrics")[1])


def sample(samples: Samples, name: str, **labels: str) -> float:
    return samples.get((name, frozenset(labels.items())), 0.0)


def until(holds: Callable[[], bool]) -> None:
    """Waits for what is sure to come; it is the claim of the test that it does."""
    for _ in range(600):
        if holds():
            return
        time.sleep(0.05)
    pytest.fail("it did not come")


def children(process: str) -> list[int]:
    return [int(word) for word in Path(f"/proc/{process}/task/{process}/children").read_text().split()]


@pytest.fixture(scope="module")
def seen(commission_data: Path) -> Iterator[tuple[str, Samples]]:
    """A server, and its metrics after a known number of requests to it, the scrape not among them."""
    with serving(commission_data, {"RECALLING_TIME_LIMIT": "1"}) as address:
        before = scrape(address)
        for number in range(40):
            get(f"{address}text/clcm/12/resolution/1.ttl")
            get(f"{address}nothing/{number}")
            query(address, f"ASK {{ ?s ?p {number} }}")  # each another one, or it would be answered from the cache
        query(address, "ASK { ?s ?p }")
        query(address, CROSS_PRODUCT)
        get(f"{address}health/ready")
        after = scrape(address)
        yield address, {key: value - before.get(key, 0.0) for key, value in after.items()}


def test_requests_of_both_processes_add_up(seen: tuple[str, Samples]) -> None:
    statuses = Counter[str]()
    for (name, labels), value in seen[1].items():
        if name == "recalling_requests_total" and dict(labels)["route"] not in ("/metrics", "/health/live"):
            statuses[dict(labels)["status"]] += int(value)
    assert statuses == Counter({"200": 40 + 40 + 1, "404": 40, "400": 1, "503": 1})


def test_a_route_is_a_pattern_and_never_what_a_client_invents(seen: tuple[str, Samples]) -> None:
    routes = {label[1] for _, labels in seen[1] for label in labels if label[0] == "route"}
    assert "/sparql" in routes
    assert not {route for route in routes if "nothing" in route}


def test_queries_are_counted_by_outcome(seen: tuple[str, Samples]) -> None:
    outcomes = {dict(labels)["outcome"]: value for (name, labels), value in seen[1].items() if "queries_total" in name}
    assert outcomes == {"answered": 40, "syntax": 1, "time limit": 1}
    assert sample(seen[1], "recalling_query_seconds_count") == 42


def test_latency_is_measured_by_route_without_the_probes(seen: tuple[str, Samples]) -> None:
    assert sample(seen[1], "recalling_request_seconds_count", route="/sparql") == 42
    assert sample(seen[1], "recalling_request_seconds_bucket", route="/sparql", le="+Inf") == 42
    assert sample(seen[1], "recalling_requests_total", method="GET", route="/health/ready", status="200") == 1
    assert ("recalling_request_seconds_count", frozenset({("route", "/health/ready")})) not in seen[1]


def test_the_release_is_named_with_the_time_of_its_publication(
    seen: tuple[str, Samples], commission_data: Path
) -> None:
    samples = scrape(seen[0])
    assert sample(samples, "recalling_release_info", id="one") == 1
    published = int((commission_data / "current").lstat().st_mtime)
    assert sample(samples, "recalling_release_published_timestamp_seconds") == published


def test_queries_that_run_and_wait_are_told_while_they_do(commission_data: Path) -> None:
    settings = dict.fromkeys(("RECALLING_WEB_WORKERS", "RECALLING_QUERY_WORKERS"), "1")
    settings |= dict.fromkeys(("RECALLING_TIME_LIMIT", "RECALLING_QUEUE_TIME"), "5")
    with serving(commission_data, settings) as address:
        for _ in range(3):
            threading.Thread(target=_quietly, args=(address,), daemon=True).start()
        numbers = ("recalling_queries_running", "recalling_queries_waiting")
        until(lambda: [sample(scrape(address), name) for name in numbers] == [1, 2])


def test_a_process_that_dies_takes_its_queue_along_and_leaves_its_counts(commission_data: Path, tmp_path: Path) -> None:
    settings = {"RECALLING_TIME_LIMIT": "60", "RECALLING_WEB_WORKERS": "1", "TMPDIR": str(tmp_path)}
    with running(commission_data, settings) as server:
        address = server.address
        query(address, ASK)
        threading.Thread(target=_quietly, args=(address,), daemon=True).start()
        until(lambda: sample(scrape(address), "recalling_queries_running") == 1)
        (worker,) = children(str(server.process.pid))
        os.kill(worker, signal.SIGKILL)
        until(lambda: _answers(address))
        samples = scrape(address)
        assert sample(samples, "recalling_queries_running") == 0
        assert sample(samples, "recalling_queries_total", outcome="answered") == 1
        places = (Path("/dev/shm"), tmp_path)  # the second where there is no first
        kept = [file.parent for place in places for file in place.glob(f"recalling-metrics-*/*_{worker}.db")]
        assert kept
    assert not any(folder.exists() for folder in kept)


def _quietly(address: str) -> None:
    with suppress(OSError):
        query(address, CROSS_PRODUCT)


def _answers(address: str) -> bool:
    try:
        return get(f"{address}health/live")[0] == 200
    except OSError:
        return False


@pytest.fixture
def settings(commission_data: Path) -> Settings:
    return Settings(data=commission_data, query_workers=1)


def ask_for_metrics(settings: Settings, client: str, **headers: str) -> tuple[int, str]:
    web: FlaskClient = create_app(settings).test_client()
    answer = web.get("/metrics", environ_base={"REMOTE_ADDR": client}, headers=headers)
    return answer.status_code, answer.mimetype


@pytest.mark.parametrize(
    ("client", "status"),
    [("127.0.0.1", 200), ("::1", 200), ("::ffff:127.0.0.1", 200), ("10.0.0.1", 403), ("2001:db8::1", 403), ("", 403)],
)
def test_metrics_are_told_to_loopback_and_to_nobody_else(settings: Settings, client: str, status: int) -> None:
    assert ask_for_metrics(settings, client)[0] == status


def test_a_refusal_of_metrics_is_a_problem_document(settings: Settings) -> None:
    assert ask_for_metrics(settings, "203.0.113.9") == (403, "application/problem+json")


def test_networks_that_are_listed_are_told_the_metrics(settings: Settings) -> None:
    listed = replace(settings, metrics_clients=("10.0.0.0/8", "2001:db8::/32"))
    clients = ("10.1.2.3", "2001:db8::1", "127.0.0.1")
    assert [ask_for_metrics(listed, client)[0] for client in clients] == [200, 200, 403]


def test_who_asks_is_whom_the_trusted_proxy_names(settings: Settings) -> None:
    forwarded = {"X-Forwarded-For": "203.0.113.9"}
    answers = [ask_for_metrics(replace(settings, proxies=number), "127.0.0.1", **forwarded)[0] for number in (0, 1)]
    assert answers == [200, 403]


def test_metrics_that_are_off_are_nowhere(settings: Settings) -> None:
    assert ask_for_metrics(replace(settings, metrics=False), "127.0.0.1")[0] == 404


def test_metrics_without_a_release_are_told_all_the_same(tmp_path: Path) -> None:
    assert ask_for_metrics(Settings(data=tmp_path), "127.0.0.1")[0] == 200


def test_a_name_that_is_no_address_is_in_no_network() -> None:
    assert not within("unix", ("0.0.0.0/0", "::/0"))
