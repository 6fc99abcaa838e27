"""Things in plain words, and where a program begins: every word of a text is there, and every address leads on."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser

import pytest
from flask.testing import FlaskClient
from markdown_it import MarkdownIt
from openapi_spec_validator import validate

from server.doors.guide import FULL

RESOLUTION = "/text/clcm/12/resolution/1"
WORDS = (
    "PREFIX rec: <http://localhost:8000/def/> SELECT ?words { <http://localhost:8000%s> rec:hasClause/rec:text ?words }"
)


def told(site: FlaskClient, path: str) -> list[str]:
    answer = site.get("/sparql", query_string={"query": WORDS % path}, headers={"Accept": "application/json"}).json
    return [row["words"]["value"] for row in answer["results"]["bindings"]]


def bare(words: str) -> str:
    """Words without spaces, emphasis and marks of footnotes."""
    return re.sub(r"\[\^?\d+\]|[\s\\*>]", "", words)


@pytest.mark.parametrize("suffix", ["txt", "md"])
@pytest.mark.parametrize("path", [RESOLUTION, "/text/clcm/12/draft-resolution/ga/1", "/text/clcm/13/resolution/1"])
def test_a_text_has_all_its_words_in_order_with_its_address(site: FlaskClient, path: str, suffix: str) -> None:
    answer = site.get(f"{path}.{suffix}")
    assert answer.mimetype == {"txt": "text/plain", "md": "text/markdown"}[suffix]
    whole = bare(answer.text)
    assert told(site, path) != []
    assert [words for words in told(site, path) if bare(words) not in whole] == []
    assert f"http://localhost:8000{path}" in answer.text


def test_the_text_is_laid_out_as_drafts_are(site: FlaskClient) -> None:
    lines = site.get(f"{RESOLUTION}.txt").text.splitlines()
    assert lines[0] == "Lighthouses without keepers"
    assert "    The Commission on Lighthouses and Coastal Memory," in lines
    assert any(line.startswith("    1. Invites Member States") for line in lines)
    marks = set(re.findall(r"\w,?\[(\d+)\]", "\n".join(lines)))
    notes = {line[1:].partition("]")[0] for line in lines if line.startswith("[")}
    assert marks == notes != set()


def test_the_markdown_is_read_as_headings_and_emphasis(site: FlaskClient) -> None:
    tokens = MarkdownIt().parse(site.get(f"{RESOLUTION}.md").text)
    (heading,) = [tokens[place + 1].content for place, token in enumerate(tokens) if token.type == "heading_open"]
    assert heading == "Lighthouses without keepers"
    italics = [
        after.content
        for token in tokens
        for one, after in zip(token.children or (), (token.children or ())[1:], strict=False)
        if one.type == "em_open"
    ]
    assert "Recalling also" in italics and "Requests" in italics


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"{RESOLUTION}/operative/1", "*Invites* Member States"),
        ("/report/clcm/12/paragraph/5", "5. At its 1st and 2nd meetings"),
        ("/report/clcm/12", "## Chapter II. General debate"),
        ("/session/clcm/12", "Lighthouses without keepers"),
        ("/state/FJI", "Fiji"),
        ("/body/clcm", "Commission on Lighthouses and Coastal Memory"),
    ],
)
def test_paragraphs_reports_sessions_and_all_other_things_have_plain_words(
    site: FlaskClient, path: str, said: str
) -> None:
    assert said in site.get(f"{path}.md").text
    assert site.get(f"{path}.txt").status_code == 200


@pytest.mark.parametrize(("accept", "suffix"), [("text/markdown", "md"), ("text/plain", "txt"), ("text/turtle", "ttl")])
def test_a_program_asks_for_them_by_accept(site: FlaskClient, accept: str, suffix: str) -> None:
    answer = site.get(RESOLUTION, headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, f"{RESOLUTION}.{suffix}")


ASKED_FOR_A_FORM = (
    RESOLUTION,
    "/",
    "/dataset",
    "/releases",
    "/changes",
    "/profiles",
    "/void",
    "/questions/sponsors",
    "/api/texts",
    "/networks/citations",
    "/search?q=lamps",
    "/said?q=lamps",
    "/reconcile",
    f"/network?of={RESOLUTION}",
    f"/compare?left={RESOLUTION}&right={RESOLUTION}",
    "/sparql",
    "/sparql?query=ASK{}",
    "/graph-store?default",
    "/graph-store",
)


@pytest.mark.parametrize("path", ASKED_FOR_A_FORM)
def test_a_format_that_there_is_not_is_400_with_the_list(site: FlaskClient, path: str) -> None:
    address = f"{path}{'&' if '?' in path else '?'}format=wombat"
    answer = site.get(address, headers={"Accept": "application/json"}, follow_redirects=True)
    assert answer.status_code == 400
    assert "wombat" in answer.json["detail"] and answer.json["offered"]


def test_llms_txt_has_its_form_and_its_links_lead_somewhere(site: FlaskClient) -> None:
    guide = site.get("/llms.txt").text
    assert guide.startswith("# Recalling") and "\n> " in guide and "\n## Optional\n" in guide
    links = re.findall(r"\]\(http://localhost:8000(/[^)]*)\)", guide)
    assert len(links) > 40
    assert [link for link in links if site.get(link).status_code not in (200, 303, 405)] == []  # 405: /mcp


def test_the_full_guide_is_bounded_and_has_a_card_of_each_class(site: FlaskClient) -> None:
    guide = site.get("/llms-full.txt").text
    assert len(guide) < FULL
    assert "rec:citedWork → rec:Work" in guide and "Lighthouses without keepers" in guide


def test_the_interface_is_valid_openapi_and_tells_of_what_is_served(site: FlaskClient) -> None:
    document = site.get("/openapi.json").json
    validate(document)
    assert document["openapi"] == "3.1.0"
    assert "application/sparql-query" in document["paths"]["/sparql"]["post"]["requestBody"]["content"]
    assert all(operation["summary"] for operations in document["paths"].values() for operation in operations.values())


def test_the_interface_names_what_may_be_asked(site: FlaskClient) -> None:
    paths = site.get("/openapi.json").json["paths"]

    def asked(path: str) -> set[str]:
        return {one["name"] for one in paths[path]["get"]["parameters"] if one["in"] == "query"}

    assert asked("/said") >= {"q", "format"}
    assert asked("/api/mandates") == {
        "commission", "session", "addressee", "deliverable", "dueSession", "state", "page", "size", "format",
    }  # fmt: skip
    assert {"cited", "state", "verb"} <= asked("/questions/{name}")


@pytest.mark.parametrize("suffix", ["?format=csv", ".xlsx?", ".parquet?", ".atom?", "?format=json"])
def test_a_program_that_fixes_a_column_that_there_is_not_is_told_so(site: FlaskClient, suffix: str) -> None:
    answer = site.get(f"/questions/texts{suffix}&comission=CLCM", follow_redirects=True)
    assert (answer.status_code, "commission" in answer.get_json(force=True)["offered"]) == (400, True)


def test_a_state_of_requests_that_none_has_is_no_mistake(site: FlaskClient) -> None:
    assert site.get("/api/mandates?state=overdue").json["total"] == 0
    assert site.get("/api/mandates?state=overdu").status_code == 400


def test_the_page_of_the_interface_leads_to_all_of_it(site: FlaskClient) -> None:
    page = site.get("/api").text
    assert '"/llms.txt"' in page and '"/openapi.json"' in page
    assert [path for path in site.get("/openapi.json").json["paths"] if path not in page] == []


def test_robots_may_read_what_is_cheap(site: FlaskClient) -> None:
    robots = RobotFileParser()
    robots.parse(site.get("/robots.txt").text.splitlines())
    for path in ("/llms.txt", "/sparql", "/search?q=lamps", f"{RESOLUTION}.md", "/questions/sponsors"):
        assert robots.can_fetch("agent", f"http://localhost:8000{path}")
    for path in ("/sparql?query=SELECT", "/dumps/all.nq", "/graph-store?default"):
        assert not robots.can_fetch("agent", f"http://localhost:8000{path}")
