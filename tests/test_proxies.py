"""Behind reverse proxies: what they say of the client is believed where they are announced, and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask, request
from flask.testing import FlaskClient

from server.app import create_app
from server.settings import Settings

FORWARDED = {
    "X-Forwarded-For": "203.0.113.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "data.example.org",
    "X-Forwarded-Prefix": "/recalling",
}
STRICT = "Strict-Transport-Security"


def app_of(data: Path, proxies: int = 0, hsts: int = 0) -> Flask:
    app = create_app(Settings(data=data, query_workers=1, proxies=proxies, hsts=hsts))
    app.add_url_rule(
        "/seen", view_func=lambda: [request.remote_addr, request.scheme, request.host, request.script_root]
    )
    return app


def client_of(data: Path, proxies: int = 0, hsts: int = 0) -> FlaskClient:
    return app_of(data, proxies, hsts).test_client()


def test_without_proxies_what_a_client_forwards_is_ignored(commission_data: Path) -> None:
    seen = client_of(commission_data).get("/seen", headers=FORWARDED).json
    assert seen == ["127.0.0.1", "http", "localhost", ""]


def test_behind_a_proxy_the_client_is_who_the_proxy_says(commission_data: Path) -> None:
    seen = client_of(commission_data, proxies=1).get("/seen", headers=FORWARDED).json
    assert seen == ["203.0.113.9", "https", "data.example.org", "/recalling"]


def test_what_a_client_says_to_the_outermost_proxy_is_not_believed(commission_data: Path) -> None:
    headers = {"X-Forwarded-For": "192.0.2.1, 203.0.113.9", "X-Forwarded-Proto": "http, https"}
    seen = client_of(commission_data, proxies=1).get("/seen", headers=headers).json
    assert seen and seen[:2] == ["203.0.113.9", "https"]


def test_behind_two_proxies_the_client_is_the_last_but_one(commission_data: Path) -> None:
    headers = {"X-Forwarded-For": "192.0.2.1, 203.0.113.9, 198.51.100.7"}
    seen = client_of(commission_data, proxies=2).get("/seen", headers=headers).json
    assert seen and seen[0] == "203.0.113.9"


@pytest.mark.parametrize("page", ["", "sparql", "questions", "dataset", "releases", "text/clcm/12/resolution/1.html"])
@pytest.mark.parametrize("proxies", [0, 1])
def test_links_begin_with_the_prefix_that_a_trusted_proxy_takes_away(
    published_data: Path, page: str, proxies: int
) -> None:
    answer = client_of(published_data, proxies).get(f"/{page}", headers={**FORWARDED, "Accept": "text/html"})
    links = re.findall(r'(?:href|src|action)="(/[^"]*)"', answer.text)
    assert answer.status_code == 200
    assert {link.startswith("/recalling/") for link in links} == {proxies == 1}


def test_a_redirection_stays_within_the_prefix(published_data: Path) -> None:
    answer = client_of(published_data, 1).get(
        "/text/clcm/12/resolution/1", headers={**FORWARDED, "Accept": "text/html"}
    )
    assert (answer.status_code, answer.headers["Location"][:15]) == (303, "/recalling/text")


def test_browsers_are_told_to_keep_to_https_over_https(commission_data: Path) -> None:
    answer = client_of(commission_data, proxies=1, hsts=31536000).get("/health/live", headers=FORWARDED)
    assert answer.headers[STRICT] == "max-age=31536000"


@pytest.mark.parametrize(
    ("proxies", "hsts", "forwarded"), [(1, 31536000, {}), (0, 31536000, FORWARDED), (1, 0, FORWARDED)]
)
def test_browsers_are_not_told_over_http_nor_by_default(
    commission_data: Path, proxies: int, hsts: int, forwarded: dict[str, str]
) -> None:
    assert STRICT not in client_of(commission_data, proxies, hsts).get("/health/live", headers=forwarded).headers
