"""curl as people use it, against the real server: redirections followed, forms, compression, conditional requests."""

from __future__ import annotations

import json
import shutil
import subprocess

import pytest

from tests.serving import TEXT

CURL = shutil.which("curl")
pytestmark = pytest.mark.skipif(CURL is None, reason="curl is not installed")
QUERY = "query=SELECT ?s { ?s ?p ?o } LIMIT 3"


def curl(*arguments: str) -> str:
    return subprocess.run([str(CURL), "-sS", *arguments], capture_output=True, text=True, check=True, timeout=60).stdout


def test_a_thing_is_followed_to_its_description(live: str) -> None:
    answer = curl(
        "-L", "-H", "Accept: text/turtle", "-w", "%{http_code} %{content_type} %{num_redirects}", f"{live}{TEXT}"
    )
    assert answer.endswith("200 text/turtle; charset=utf-8 1")


def test_without_an_accept_header_a_thing_is_had_as_turtle(live: str) -> None:
    assert "rec:Resolution" in curl("-L", f"{live}{TEXT}")


def test_a_query_is_sent_as_a_form(live: str) -> None:
    rows = json.loads(curl("--data-urlencode", QUERY, f"{live}sparql"))["results"]["bindings"]
    assert len(rows) == 3


def test_a_query_is_sent_in_the_address_and_answered_as_csv(live: str) -> None:
    lines = curl("-G", "-H", "Accept: text/csv", "--data-urlencode", QUERY, f"{live}sparql").splitlines()
    assert (lines[0], len(lines)) == ("s", 4)


def test_a_query_is_sent_as_the_body(live: str) -> None:
    answer = curl("-H", "Content-Type: application/sparql-query", "--data-binary", "ASK {}", f"{live}sparql")
    assert json.loads(answer)["boolean"] is True


def test_a_compressed_answer_is_read(live: str) -> None:
    plain = curl("-G", "--data-urlencode", QUERY, f"{live}sparql")
    assert curl("-G", "--compressed", "--data-urlencode", QUERY, f"{live}sparql") == plain


def test_what_is_known_is_not_sent_again(live: str) -> None:
    headers = curl("-I", f"{live}{TEXT}.ttl")
    etag = next(line.split(": ", 1)[1] for line in headers.splitlines() if line.lower().startswith("etag"))
    assert curl("-H", f"If-None-Match: {etag}", "-w", "%{http_code}", f"{live}{TEXT}.ttl") == "304"


def test_an_update_is_refused(live: str) -> None:
    answer = curl("--data-urlencode", "update=DROP ALL", "-w", "%{http_code}", f"{live}sparql")
    assert answer.endswith("403")
