"""Feeds of one thing and calendars of what falls due, read by the readers of the field; polled with 304."""

from __future__ import annotations

import json
from pathlib import Path

import feedparser
import icalendar
import pytest
from flask.testing import FlaskClient

from server.publishing.history import History


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/state/FJI", "Fiji sponsors E/CN.99/2022/L.3/Rev.1"),
        ("/document/A/RES/77/901", "Draft resolution I: Night lights of small harbours"),
        ("/body/clcm", "Report of the Commission on Lighthouses and Coastal Memory on its 13th session"),
        ("/search", "Resolution 12/1: Lighthouses without keepers"),
    ],
)
def test_a_feed_reader_reads_what_came_about_a_thing(site: FlaskClient, path: str, title: str) -> None:
    query = {"q": "lighthouses without keepers"} if path == "/search" else {}
    answer = site.get(f"{path}.atom", query_string=query)
    feed = feedparser.parse(answer.data)
    assert not feed.bozo and answer.mimetype == "application/atom+xml"
    assert title in [entry.title for entry in feed.entries]
    items = json.loads(site.get(f"{path}.feed.json", query_string=query).data)["items"]
    assert [item["id"] for item in items] == [entry.id for entry in feed.entries]


def test_every_citation_of_a_work_is_in_its_feed_whatever_the_verb(site: FlaskClient) -> None:
    """Those of "recalling" are stated by a property of their own, from which that of all citations follows."""
    query = """PREFIX rec: <http://localhost:8000/def/>
      SELECT ?work ?citation { ?citation rec:citedWork ?work } ORDER BY ?work ?citation"""
    rows = site.get("/sparql", query_string={"query": query, "format": "json"}).json["results"]["bindings"]
    cited: dict[str, set[str]] = {}
    for row in rows:
        cited.setdefault(row["work"]["value"].removeprefix("http://localhost:8000"), set()).add(
            row["citation"]["value"]
        )
    assert len(cited) > 20
    for path, citations in cited.items():
        feed = {item["id"] for item in site.get(f"{path}.feed.json").json["items"]}
        assert citations <= feed, path


def test_the_moment_of_an_entry_is_that_of_the_release_that_brought_it(site: FlaskClient, published_data: Path) -> None:
    """The first release had the earlier report only, the second both."""
    first, second = (History(published_data).entry(number) for number in (1, 2))
    assert first and second
    items = site.get("/body/clcm.feed.json").json["items"]
    moments = {item["id"].removeprefix("http://localhost:8000/"): item["date_published"] for item in items}
    assert moments["report/clcm/12"] == first.moment.isoformat()
    assert moments["report/clcm/13"] == second.moment.isoformat()


def test_the_rows_of_a_question_are_a_feed(site: FlaskClient) -> None:
    document = site.get("/questions/adopted.feed.json").json
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert any("Night lights of small harbours" in item["title"] for item in document["items"])


def test_a_calendar_holds_what_falls_due_with_the_words_of_the_request(site: FlaskClient) -> None:
    calendar = icalendar.Calendar.from_ical(site.get("/session/clcm/13.ics").data)
    events = [one for one in calendar.walk("VEVENT") if "Night lights of small harbours" in str(one["SUMMARY"])]
    assert events and "requests the Secretary-General" in str(events[0]["DESCRIPTION"])
    assert events[0]["DTSTART"].dt.isoformat() == "2022-12-02"


def test_what_falls_due_at_a_session_without_a_date_is_a_task(site: FlaskClient) -> None:
    calendar = icalendar.Calendar.from_ical(site.get("/session/clcm/14.ics").data)
    assert calendar.walk("VTODO") and not calendar.walk("VEVENT")
    assert "14th session" in str(calendar.walk("VTODO")[0]["COMMENT"])


def test_what_was_answered_tells_the_document_and_what_is_due_twice_stands_twice(site: FlaskClient) -> None:
    found = icalendar.Calendar.from_ical(site.get("/body/clcm.ics").data).walk()
    components = [one for one in found if one.name in {"VEVENT", "VTODO"}]
    assert len({str(one["UID"]) for one in components}) == len(components)
    assert any(str(one.get("COMMENT")) == "Answered by E/CN.99/2023/6" for one in components)
    query = """PREFIX rec: <http://localhost:8000/def/>
      SELECT DISTINCT ?m ?s { ?m rec:dueSession ?s . ?s rec:ofBody <http://localhost:8000/body/clcm> }"""
    due = site.get("/sparql", query_string={"query": query, "format": "json"}).json["results"]["bindings"]
    assert len(due) == len(components)


@pytest.mark.parametrize("path", ["/state/FJI.atom", "/state/FJI.feed.json", "/session/clcm/13.ics"])
def test_a_poll_of_what_has_not_changed_is_304(site: FlaskClient, path: str) -> None:
    tag = site.get(path).headers["ETag"]
    again = site.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_lines_of_a_calendar_are_short_and_cut_no_character(site: FlaskClient) -> None:
    lines = site.get("/session/clcm/14.ics").data.split(b"\r\n")
    assert max(map(len, lines)) <= 75
    assert [line.decode() for line in lines]
