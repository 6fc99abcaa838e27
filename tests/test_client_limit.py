"""One client may have so many queries running or waiting, and others are answered meanwhile."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from email.message import Message
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from server.app import create_app
from server.clients import client_of
from server.settings import Settings
from server.sparql.failures import ClientLimitError
from server.sparql.places import Places
from tests.serving import serving

LIMIT = 3
ASK = "ASK { ?s ?p ?o }"
CROSS_PRODUCT = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o }"
Answered = tuple[int, Message, str]


def ask(address: str, query: str, client: str) -> Answered:
    """Status, headers and body of the answer to a query that comes from an address of loopback."""
    return get(address, f"/sparql?query={quote(query)}", client)


def get(address: str, path: str, client: str) -> Answered:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60, source_address=(client, 0))
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode()


@pytest.fixture(scope="module")
def busy(commission_data: Path) -> Iterator[str]:
    """A server with one process that works on as many long queries of 127.0.0.1 as one client may have."""
    settings = {
        "RECALLING_WEB_WORKERS": "1",
        "RECALLING_QUERY_WORKERS": "4",
        "RECALLING_CLIENT_LIMIT": str(LIMIT),
        "RECALLING_TIME_LIMIT": "10",
    }
    with serving(commission_data, settings) as address:
        threads = [threading.Thread(target=ask, args=(address, CROSS_PRODUCT, "127.0.0.1")) for _ in range(LIMIT)]
        for thread in threads:
            thread.start()
        while "recalling_queries_running 3.0" not in _metrics(address):
            time.sleep(0.05)
        yield address
        for thread in threads:
            thread.join()


def _metrics(address: str) -> str:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=60)
    connection.request("GET", "/metrics")
    return connection.getresponse().read().decode()


def test_a_client_with_too_many_queries_is_told_so_and_others_are_answered(busy: str) -> None:
    refused, other = ask(busy, ASK, "127.0.0.1"), ask(busy, ASK, "127.0.0.2")
    document = json.loads(refused[2])
    assert (refused[0], refused[1]["Content-Type"], other[0]) == (429, "application/problem+json", 200)
    assert (document["title"], document["limit"]) == ("Too many queries at once", LIMIT)
    assert int(refused[1]["Retry-After"]) > 0


def test_a_client_whose_queries_have_ended_may_ask_again(busy: str) -> None:
    while "recalling_queries_running 0.0" not in _metrics(busy):
        time.sleep(0.05)
    assert ask(busy, "ASK { ?s ?p 1 }", "127.0.0.1")[0] == 200


def test_a_client_meets_the_limit_with_the_settings_as_they_come(commission_data: Path) -> None:
    settings = {"RECALLING_WEB_WORKERS": "1", "RECALLING_TIME_LIMIT": "4", "RECALLING_QUEUE_TIME": "4"}
    with serving(commission_data, settings) as address, ThreadPoolExecutor(Settings().client_limit + 1) as pool:
        asked = [pool.submit(ask, address, CROSS_PRODUCT, "127.0.0.1") for _ in range(Settings().client_limit + 1)]
        statuses = Counter(one.result()[0] for one in asked)
    assert statuses == {503: Settings().client_limit, 429: 1}


UNFINISHED = (
    b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n\r\nASK"
)


NOT_KEPT = "/no/such/page"  # so that the application itself answers each time


def test_a_client_that_never_ends_what_it_sends_takes_no_thread_of_others(commission_data: Path) -> None:
    settings = {"RECALLING_WEB_WORKERS": "1", "RECALLING_WEB_THREADS": "3", "RECALLING_CLIENT_REQUESTS": "2"}
    with serving(commission_data, settings) as address, ExitStack() as connections:
        place = urlsplit(address)
        while (refused := get(address, NOT_KEPT, "127.0.0.2"))[0] == 404:
            slow = socket.create_connection(
                (str(place.hostname), int(place.port or 0)), source_address=("127.0.0.2", 0)
            )
            connections.enter_context(slow).sendall(UNFINISHED)
        others = [get(address, NOT_KEPT, "127.0.0.1")[0], get(address, "/health/live", "127.0.0.2")[0]]
        assert (refused[0], json.loads(refused[2])["limit"], others) == (429, 2, [404, 200])
        connections.close()
        while get(address, NOT_KEPT, "127.0.0.2")[0] == 429:
            time.sleep(0.05)


def test_whole_answers_take_no_place_until_they_are_read(commission_data: Path) -> None:
    app = create_app(Settings(data=commission_data, client_requests=2, query_workers=1))
    answers = [app.test_client().get(path) for path in (NOT_KEPT, "/questions", NOT_KEPT, "/sparql?query=ASK{}")]
    app.extensions["current"].close()
    assert [answer.status_code for answer in answers] == [404, 200, 404, 200]


def test_a_place_that_was_left_is_free_again() -> None:
    places = Places(1)
    for _ in range(3):
        with places.taken("a"):
            pass
    with places.taken("a"), pytest.raises(ClientLimitError), places.taken("a"):
        pass


def test_the_server_itself_is_not_limited() -> None:
    places = Places(1)
    with places.taken(""), places.taken(""):
        pass


def test_who_watches_is_told_of_each_change() -> None:
    seen: list[tuple[int, int]] = []
    places = Places(2, lambda waiting, running: seen.append((waiting, running)))
    with places.taken("a") as begin, places.taken("b"):
        begin()
    assert seen == [(1, 0), (2, 0), (1, 1), (0, 1), (0, 0)]


@pytest.mark.parametrize(
    ("address", "client"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:0:7::1", "2001:db8:0:7::/64"),
        ("2001:db8:0:7:ffff:ffff:ffff:ffff", "2001:db8:0:7::/64"),
        ("2001:db8:0:8::1", "2001:db8:0:8::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", ""),
    ],
)
def test_a_client_is_an_address_or_a_network_of_64_bits(address: str, client: str) -> None:
    assert client_of(address) == client
