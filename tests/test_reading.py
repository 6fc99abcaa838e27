"""The page of a text: its paragraphs as they are drafted, and beside them what one asks about them."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from playwright.sync_api import Browser, Page

from server.pages.pieces import Note, pieces
from server.pages.references import Reference
from tests.published import Place

RESOLUTION = "text/clcm/12/resolution/1"
DRAFT, CARRIED = "text/clcm/12/draft-resolution/ga/1", "text/clcm/13/draft-resolution/ga/1"
DECISION = "text/clcm/13/draft-decision/ecosoc/2"
SHIFT = """() => new Promise(done => {
  let moved = 0
  new PerformanceObserver(seen => seen.getEntries().forEach(entry => (moved += entry.value)))
    .observe({type: "layout-shift", buffered: true})
  setTimeout(() => done(moved), 300)
})"""


def _page(site: FlaskClient, text: str) -> str:
    return site.get(f"/{text}.html", headers={"Accept": "text/html"}).text


def _clause(page: str, anchor: str) -> str:
    """A paragraph with what stands beside it."""
    return re.split('<div class="clause|<section class="notes', page.partition(f'id="{anchor}"')[2])[0]


def _words(html: str) -> str:
    apart = re.sub(r"</(p|li|dt|dd|summary)>", " ", html)
    return " ".join(re.sub(r"<[^>]*>", "", apart).split())


def _about(page: str, heading: str) -> str:
    """What the head of a page says under a heading."""
    found = re.search(rf"<dt>{heading}(.*?)</dd></div>", page, re.DOTALL)
    return _words(found.group(1)) if found else ""


def _masthead(page: str) -> str:
    """What the head of a text says as a document: organ, session, symbol, title, action."""
    return _words(page.partition('<header class="masthead">')[2].partition("</header>")[0])


def test_a_citation_says_its_kind_in_words_and_links_to_what_explains_it(site: FlaskClient) -> None:
    beside = _clause(_page(site, RESOLUTION), "preambular-4")
    assert re.search(
        r'<a [^>]*href="/def/Recalls">recalls</a>.*?<a href="/document/E/CN.99/RES/10/3">', beside, re.DOTALL
    )


def test_the_words_of_a_citation_lead_to_the_work_and_say_its_kind(site: FlaskClient) -> None:
    page = _page(site, RESOLUTION)
    named = re.search(r'<a class="cited" [^>]*href="/document/E/CN.99/RES/10/3" title="([^"]*)">([^<]*)</a>', page)
    assert named and named.groups() == ("recalls: E/CN.99/RES/10/3", "its resolution 10/3")


def test_a_mention_is_told_from_what_the_verb_is_about(site: FlaskClient) -> None:
    beside = _words(_clause(_page(site, RESOLUTION), "preambular-3"))
    assert beside.index("bears in mind A/RES/71/914") < beside.index("mentions E/RES/2011/93")


def test_the_mark_of_a_footnote_stands_where_the_report_prints_it(site: FlaskClient) -> None:
    assert "1972,10 and the Agreement on the Repair of Towers11 have" in _words(
        _clause(_page(site, RESOLUTION), "preambular-2")
    )


def test_every_paragraph_has_its_iri_to_copy_its_address_and_its_evidence(site: FlaskClient) -> None:
    page = _page(site, RESOLUTION)
    for anchor in re.findall(r'<div class="clause [^"]*" id="([^"]*)"', page):
        path = f"/{RESOLUTION}/{anchor.replace('-', '/')}"
        beside = _clause(page, anchor)
        assert f'value="http://localhost:8000{path}"' in beside
        assert f'<a href="{path}"' in beside and f'<a href="{path}.html#where"' in beside


def test_the_evidence_of_a_paragraph_is_where_the_link_leads(site: FlaskClient) -> None:
    assert 'id="where"' in _page(site, f"{RESOLUTION}/operative/2")


def test_a_request_stands_beside_its_paragraph_with_its_answer_and_how_sure_that_is(site: FlaskClient) -> None:
    beside = _clause(_page(site, RESOLUTION), "operative-2")
    assert (
        "asks United Nations Office for Coastal Memory for: report due at the 13th session came as E/CN.99/2023/7, "
        "presented at the 13th session (confidence 1" in _words(beside)
    )
    assert 'href="/document/E/CN.99/2023/7"' in beside
    assert 'href="/fulfilment/clcm/12/resolution/1/operative/2/1/E/CN.99/2023/7"' in beside


def test_a_report_that_is_due_at_a_session_to_come_is_not_called_unanswered(site: FlaskClient) -> None:
    beside = _words(_page(site, CARRIED))
    assert "due at the 14th session that session is still to come in the reports held here" in beside


def test_what_no_document_could_answer_is_not_called_unanswered(site: FlaskClient) -> None:
    beside = _words(_clause(_page(site, RESOLUTION), "operative-3"))
    assert "asks donors and Member States for: funding" in beside and "answer" not in beside


def test_sponsors_are_one_list_in_the_printed_order_with_the_name_they_signed_in(site: FlaskClient) -> None:
    assert _about(_page(site, DRAFT), "Sponsors").endswith(
        "7 Croatia, Fiji, Jamaica, Palau, Spain in the name of States Members of the United Nations that are members "
        "of the European Union, Tonga, United Kingdom"
    )


def test_a_text_without_sponsors_says_so(site: FlaskClient) -> None:
    assert _about(_page(site, DECISION), "Sponsors") == "The report names none."


def test_what_was_done_with_a_text_names_meeting_day_draft_and_votes(site: FlaskClient) -> None:
    assert (
        "11 March 2022, 9th meeting: adopted by a recorded vote, as revised (27 in favour, 3 "
        "against, 5 abstaining), draft E/CN.99/2022/L.2 (paragraph 41)" in _masthead(_page(site, RESOLUTION))
    )


def test_the_head_is_that_of_a_document_with_organ_session_symbol_and_place(site: FlaskClient) -> None:
    assert _masthead(_page(site, RESOLUTION)).startswith(
        "Commission on Lighthouses and Coastal Memory12th session Resolution 12/1"
    )
    assert "E/2022/199, paragraph" in _masthead(_page(site, RESOLUTION))


def test_what_was_said_on_a_text_is_on_its_page_in_the_words_of_the_report(site: FlaskClient) -> None:
    page = _page(site, "text/clcm/13/resolution/1")
    assert _about(page, "Said after adoption").startswith("Madagascar, Uganda")
    assert 'id="said"' in page or "in the words of the report" not in page


def test_what_was_said_on_another_text_of_the_chapter_is_not_on_its_page(site: FlaskClient) -> None:
    assert "Samoa" in _about(_page(site, "text/clcm/13/draft-resolution/ga/2"), "Said after recommendation")
    assert "Samoa" not in _about(_page(site, "text/clcm/13/resolution/1"), "Said after adoption")


def test_what_recalls_a_resolution_by_its_symbol_is_on_its_page(site: FlaskClient) -> None:
    assert "Resolution 13/1, preambular paragraph 3 recalls it" in _about(_page(site, RESOLUTION), "Cited by")


def test_what_recalls_the_resolution_that_a_draft_became_is_on_its_page(site: FlaskClient) -> None:
    assert "Draft resolution I of the 13th session, preambular paragraph 4 recalls it" in _about(
        _page(site, DRAFT), "Cited by"
    )


def test_what_a_text_recalls_is_gathered_by_kind_each_work_once(site: FlaskClient) -> None:
    cites = _about(_page(site, RESOLUTION), "Cites")
    assert cites.startswith("reaffirms 2, bears in mind 1, recalls 3, takes note of 3, mentions 5")
    assert cites.count("Valletta Declaration") == 1


def test_the_same_text_in_another_session_is_named_with_the_difference(site: FlaskClient) -> None:
    page = _page(site, DRAFT)
    assert "13th session: Draft resolution I" in _about(page, "Other sessions")
    assert site.get(re.findall(r'"(/compare\?[^"]*)"', page)[0].replace("&amp;", "&")).status_code == 200


def test_the_parts_of_a_text_are_reached_from_its_head(site: FlaskClient) -> None:
    page = _page(site, DECISION)
    contents = page.partition('<nav class="parts"')[2].partition("</nav>")[0]
    assert _words(contents.partition(">")[2]) == "Operative part 1 Agenda 11 Where does it say so?"
    assert all(f'id="{anchor}"' in page for anchor in re.findall(r'href="#([^"]*)"', contents))


def test_the_organ_stands_above_a_text_whose_paragraphs_do_not_name_it_themselves(site: FlaskClient) -> None:
    assert '<p class="voice">' in _page(site, RESOLUTION)
    assert '<p class="voice">' not in _page(site, DECISION)  # begins "The Economic and Social Council:"


def test_a_paragraph_that_is_alone_bears_no_number_as_in_the_report(site: FlaskClient) -> None:
    assert _words(_clause(_page(site, DECISION), "operative-1").partition(">")[2]).startswith("Operative paragraph 1¶")
    assert _words(_clause(_page(site, RESOLUTION), "operative-1").partition(">")[2]).startswith("1.")


def test_an_agenda_within_a_decision_has_a_heading(site: FlaskClient) -> None:
    assert re.search(r'<h2>Agenda</h2>\s*<div class="clause agenda level-0" id="agenda-1">', _page(site, DECISION))


@pytest.mark.parametrize("text", [RESOLUTION, DRAFT, CARRIED, DECISION])
def test_a_text_is_less_than_100_kb_compressed(site: FlaskClient, text: str) -> None:
    assert len(gzip.compress(_page(site, text).encode())) < 100_000


def test_a_paragraph_is_copied_with_its_citation_or_its_address_alone(browser: Browser, place: Place) -> None:
    with browser.new_context(permissions=["clipboard-read", "clipboard-write"]) as context:
        page = context.new_page()
        page.goto(f"{place.address}{RESOLUTION}.html")
        page.locator("#operative-2").hover()
        page.get_by_role("button", name="Copy the address of operative paragraph 2", exact=True).press("Enter")
        page.locator("#copied", has_text="Copied").wait_for(state="attached")
        address = f"{place.address}{RESOLUTION}/operative/2"
        assert page.evaluate("navigator.clipboard.readText()") == address
        page.get_by_role("button", name="Copy the text of operative paragraph 2 with its citation").click()
        page.locator("#copied", has_text="with their citation").wait_for(state="attached")
        words, _, cited = page.evaluate("navigator.clipboard.readText()").partition("\n\n")
        assert cited == f"CLCM resolution 12/1, para. 2 (E/2022/199), {address}"
        assert words.startswith("Requests the United Nations Office for Coastal Memory") and "Copy" not in words


def test_paragraphs_are_selected_without_what_stands_around_them(page: Page, place: Place) -> None:
    page.goto(f"{place.address}{RESOLUTION}.html")
    selected: str = page.evaluate("""() => {
      getSelection().setBaseAndExtent(document.querySelector('#preambular-1 .words'), 0, document.querySelector('#operative-3'), 1)
      return getSelection().toString()
    }""")
    assert not re.search(r"Address|Source|Copy|¶|recalls A/|Preambular paragraph", selected)


def test_without_script_there_is_no_button_and_the_link_has_the_address(browser: Browser, place: Place) -> None:
    with browser.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{place.address}{RESOLUTION}.html")
        page.locator("#operative-2").hover()
        assert not page.locator("#operative-2 button").first.is_visible()
        page.get_by_role("link", name="Address of operative paragraph 2", exact=True).click()
        assert page.url == f"{place.address}{RESOLUTION}/operative/2.html"


@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_of_a_text_moves_while_it_is_shown(browser: Browser, place: Place, width: int) -> None:
    with browser.new_page(viewport={"width": width, "height": 900}) as page:
        page.goto(f"{place.address}{RESOLUTION}.html", wait_until="networkidle")
        assert page.evaluate(SHIFT) == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize(
    ("words", "printed", "marks", "expected"),
    [
        (
            "The lamps, and the lens.",
            "The *lamps*,¹⁰ and the  lens¹¹.",
            ["10", "11"],
            "The lamps,|10| and the lens|11|.",
        ),
        ("The lamps are lit;", "The lamps are lit;[^3]", ["3"], "The lamps are lit;|3|"),
        ("The lamps are lit;", "The lamps are lit;", ["3"], "The lamps are lit;|3|"),
        ("The lamps are lit;", "", ["3"], "The lamps are lit;|3|"),
        ("The lamps² are lit;", "Other¹ words", ["1"], "The lamps² are lit;|1|"),
        ("Two lamps are lit;", "Two lamps¹¹⁰ are lit;", ["11"], "Two lamps are lit;|11|"),
    ],
)
def test_a_mark_is_placed_by_the_letters_before_it(words: str, printed: str, marks: list[str], expected: str) -> None:
    notes = [Note(mark, "", "", "") for mark in marks]
    cut = pieces(words, 0, notes, printed, ())
    assert "".join(piece.words + "".join(f"|{note.mark}|" for note in piece.notes) for piece in cut) == expected


@pytest.mark.parametrize(
    ("words", "quotes", "expected"),
    [
        (
            "Recalling its resolution 76/181 of 2021",
            ["its *resolution* [76/181"],
            "Recalling <its resolution 76/181> of 2021",
        ),
        ("resolution 76/18 and 76/181 B", ["76/181 B"], "resolution 76/18 and <76/181 B>"),
        ("resolution 76/181 and resolution 76/18", ["resolution 76/18"], "resolution 76/181 and <resolution 76/18>"),
        ("its resolution 217 A (III) of 1948", ["resolution 217 A (III"], "its <resolution 217 A (III)> of 1948"),
        ("the report (E/2022/8)", ["E/2022/8"], "the report (<E/2022/8>)"),
        ("the Code and the Code", ["Code", "Code"], "the <Code> and the <Code>"),
        ("the Code", ["Charter"], "the Code"),
    ],
)
def test_the_words_that_name_a_cited_work_are_the_link_to_it(words: str, quotes: list[str], expected: str) -> None:
    cited = [Reference("", "", "", "", "", "", quote) for quote in quotes]
    cut = pieces(words, 0, (), "", cited)
    assert "".join(f"<{piece.words}>" if piece.cited else piece.words for piece in cut) == expected


def test_the_tab_key_stops_seldom_and_arrows_reach_the_rest(page: Page, place: Place) -> None:
    page.goto(f"{place.address}text/clcm/12/draft-resolution/ga/1.html")
    stops: int = page.evaluate("""() => [...document.querySelectorAll('a[href], button, summary, input, [tabindex]')]
      .filter(one => one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true})).length""")
    assert stops <= 150
    page.locator("#operative-1 .label").focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.clause').id") != "operative-1"
