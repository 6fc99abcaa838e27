"""Atom feeds of the newest texts and of the releases."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

import feedparser
import pytest
from flask.testing import FlaskClient

from server.dataset.atom import Entry, Feed, atom
from tests.serving import BASE

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = ("texts.atom", "releases.atom")
MOMENT = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def texts_of(node: ElementTree.Element, name: str) -> list[str]:
    return [found.text or "" for found in node.findall(f"{ATOM}{name}")]


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_read_without_complaint_by_a_feed_reader(site: FlaskClient, path: str) -> None:
    answer = site.get(f"/{path}")
    read = feedparser.parse(answer.data, response_headers={"content-type": answer.content_type})
    assert (answer.mimetype, read.bozo, read.version) == ("application/atom+xml", False, "atom10")
    assert read.entries and all(entry.updated_parsed and entry.link.startswith(BASE) for entry in read.entries)


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_what_the_format_requires_once(site: FlaskClient, path: str) -> None:
    """RFC 4287, 4.1.1 and 4.1.2: id, title and updated once each, an author, one link to itself, entries told apart."""
    feed = ElementTree.fromstring(site.get(f"/{path}").data)
    entries = feed.findall(f"{ATOM}entry")
    assert feed.tag == f"{ATOM}feed" and len(feed.findall(f"{ATOM}author/{ATOM}name")) == 1
    for node in (feed, *entries):
        [identity], [title], [updated] = (texts_of(node, name) for name in ("id", "title", "updated"))
        assert identity.startswith(BASE) and title and datetime.fromisoformat(updated).tzinfo
    itself = [link.get("href") for link in feed.findall(f"{ATOM}link") if link.get("rel") == "self"]
    identities = [texts_of(entry, "id")[0] for entry in entries]
    assert itself == [f"{BASE}{path}"] and len(set(identities)) == len(identities)


def test_the_feed_of_texts_begins_with_the_newest_and_leads_to_their_pages(site: FlaskClient) -> None:
    entries = feedparser.parse(site.get("/texts.atom").data).entries
    days = [entry.updated for entry in entries]
    assert days == sorted(days, reverse=True)
    assert {entry.id.split("/")[5] for entry in entries} == {"12", "13"}
    assert all(site.get("/" + entry.link.removeprefix(BASE)).status_code == 200 for entry in entries)


def test_the_day_of_a_text_is_that_of_the_last_action_on_it(site: FlaskClient) -> None:
    query = f"""SELECT (MAX(?day) AS ?last) {{
      ?act <{BASE}def/result> <{BASE}text/clcm/12/resolution/1> ; <{BASE}def/date> ?day }}"""
    answer = site.get("/sparql", query_string={"query": query}, headers={"Accept": "text/csv"}).text
    entries = feedparser.parse(site.get("/texts.atom").data).entries
    [day] = [entry.updated[:10] for entry in entries if entry.id == f"{BASE}text/clcm/12/resolution/1"]
    assert day == answer.split()[1]


def test_the_feed_of_releases_has_every_release_and_what_changed(site: FlaskClient) -> None:
    entries = feedparser.parse(site.get("/releases.atom").data).entries
    releases = site.get("/releases.json").get_json(force=True)
    assert len(entries) == 2 and len(str(releases)) > 2
    assert "report/clcm/13 added" in entries[0].summary and "report/clcm/12 added" in entries[1].summary
    assert all(site.get("/" + entry.link.removeprefix(BASE)).status_code == 200 for entry in entries)


def test_the_list_of_releases_is_had_as_a_feed_by_accept(site: FlaskClient) -> None:
    answer = site.get("/releases", headers={"Accept": "application/atom+xml"})
    assert (answer.mimetype, answer.data) == ("application/atom+xml", site.get("/releases.atom").data)


@pytest.mark.parametrize("path", ["", "text/clcm/12/resolution/1.html", "releases"])
def test_pages_name_the_feeds_in_their_heads(site: FlaskClient, path: str) -> None:
    page = site.get(f"/{path}", headers={"Accept": "text/html"}).text
    assert all(f'<link rel="alternate" type="application/atom+xml" href="/{feed}"' in page for feed in FEEDS)


def test_the_home_page_links_to_the_feeds(site: FlaskClient) -> None:
    page = site.get("/", headers={"Accept": "text/html"}).text
    assert all(f'<a href="/{feed}"' in page for feed in FEEDS)


def test_words_with_markup_and_control_characters_stay_words() -> None:
    words = "<b>Lamps</b> & ]]> “tides” \x08\x00"
    feed = Feed(f"{BASE}f", BASE, words, MOMENT, [Entry(f"{BASE}1", words, f"{BASE}1.html", words, MOMENT, words)])
    read = ElementTree.fromstring(atom(feed).encode())
    kept = "<b>Lamps</b> & ]]> “tides” "
    entry = read.find(f"{ATOM}entry")
    assert entry is not None
    assert [*texts_of(read, "title"), *texts_of(entry, "title"), *texts_of(entry, "summary")] == [kept] * 3
