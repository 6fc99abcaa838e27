"""Corrections: what an operator withdraws or replaces stays so, is told everywhere, and can be taken back."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from ontology.terms import BASE
from server.app import create_app
from server.cli import main
from server.operations.backup import back_up
from server.operations.restoring import restore
from server.pages.corrected import error_address
from server.publish import Published, build
from server.publishing.corrections import CorrectionError, corrections_in, written
from server.publishing.facts_only import write_facts
from server.publishing.history import History
from server.publishing.manifest import StoredPart
from server.publishing.release import Release, current
from server.questions import question
from server.settings import Settings
from server.table import ask

REPORT = "report/clcm/12"
SPOKE = "statement/clcm/12/7/6"  # by Bolivia
CITED = "citation/clcm/12/decision/1/operative/1/E/CN.99/2022/5"
SAID = "the list of participants says so"
BY = 'reason = "the list of participants says so"\noffice = "Harbour Library"\n'
PARTY = f'[[correction]]\nfact = "{SPOKE}"\nreplace = {{ party = "state/PER" }}\n{BY}date = 2031-05-04\n'
WITHOUT = f'[[correction]]\nfact = "{BASE}{CITED}"\nwithdraw = true\n{BY}date = 2031-05-05\n'


@pytest.fixture
def data(published_data: Path, tmp_path: Path) -> Path:
    """A folder of both samples that a test may write to."""
    return Path(shutil.copytree(published_data, tmp_path / "data", symlinks=True))


def correct(data: Path, text: str, name: str = "2031.toml") -> Published:
    """What becomes of the data when a file says this, and no report is given."""
    (data / "corrections").mkdir(exist_ok=True)
    (data / "corrections" / name).write_text(text, encoding="utf-8")
    return build((), data)


def served(data: Path) -> Release:
    release = current(data)
    assert release is not None
    return release


def part(data: Path, path: str = REPORT) -> StoredPart:
    return served(data).manifest.parts[path]


def rows(data: Path, name: str) -> list[tuple[object, ...]]:
    asked = question(name)
    assert asked is not None
    return [tuple(row) for row in ask(served(data).store, asked.sparql).rows]


@pytest.fixture(scope="module")
def mended(published_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which one fact is replaced and one withdrawn."""
    data = Path(shutil.copytree(published_data, tmp_path_factory.mktemp("mended") / "data", symlinks=True))
    assert build((), data, corrections=Path(__file__).parents[1] / "examples" / "corrections").warnings == ()
    return data


@pytest.fixture(scope="module")
def web(mended: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(data=mended, query_workers=1, contact="desk@example.org"))
    yield app.test_client()
    app.extensions["current"].close()


def test_what_is_replaced_and_what_is_withdrawn_is_answered_no_more(mended: Path, published_data: Path) -> None:
    parties = {row[-1]: row[6] for row in rows(mended, "statements")}
    assert parties[BASE + SPOKE] == "Peru"
    before, after = ({row[-1] for row in rows(data, "citations")} for data in (published_data, mended))
    assert before - after == {BASE + CITED}
    assert after <= before


def test_what_was_said_only_because_of_a_withdrawn_fact_goes_with_it(mended: Path) -> None:
    told = part(mended).file("asserted.nq").read_text(encoding="utf-8")
    assert f"<{BASE}{CITED}>" not in told
    assert f"<{BASE}{CITED}>" not in part(mended).file("inferred.nq").read_text(encoding="utf-8")
    assert "Statement by Peru (paragraph 7)" in told  # its name follows


def test_only_the_report_concerned_is_made_anew(mended: Path, published_data: Path) -> None:
    other = "report/clcm/13"
    assert part(mended, other).id == part(published_data, other).id
    assert part(mended).id != part(published_data).id


@pytest.mark.slow  # the vocabulary is loaded anew
def test_the_same_reports_and_corrections_make_the_same_release(
    mended: Path, samples: list[Path], tmp_path: Path
) -> None:
    made = build(samples[::-1], tmp_path, corrections=mended / "corrections").release
    assert made is not None
    assert {path: one.id for path, one in made.manifest.parts.items()} == {
        path: one.id for path, one in served(mended).manifest.parts.items()
    }


def test_a_correction_stays_when_the_report_is_read_again(data: Path, samples: list[Path]) -> None:
    correct(data, PARTY)
    fixed = part(data).id
    assert build(samples[:1], data).warnings == ()
    assert part(data).id == fixed
    assert build((), data).release is None  # nothing is left to do


def test_a_correction_that_is_taken_back_leaves_the_report_as_it_was_read(data: Path) -> None:
    before = part(data).id
    correct(data, PARTY + WITHOUT)
    taken = correct(data, "")
    assert part(data).id == before
    assert [line.split(" is taken back")[0] for line in taken.warnings] == [
        f"the correction of {SPOKE} of 2031-05-04",
        f"the correction of {CITED} of 2031-05-05",
    ]


def test_two_corrections_of_a_fact_are_undone_in_the_order_of_their_days(data: Path) -> None:
    before = part(data).id
    correct(data, PARTY + PARTY.replace("PER", "CHL").replace("05-04", "06-01"))
    assert {row[6] for row in rows(data, "statements") if row[-1] == BASE + SPOKE} == {"Chile"}
    correct(data, "")
    assert part(data).id == before


def test_corrections_are_listed_with_what_was_and_what_is(mended: Path) -> None:
    found = [(str(row[0]).removeprefix(BASE), *row[1:5]) for row in rows(mended, "corrections")]
    bolivia = "Bolivia (Plurinational State of)"
    assert found == [
        (SPOKE, "replaced", "label", f"Statement by {bolivia} (paragraph 7)", "Statement by Peru (paragraph 7)"),
        (SPOKE, "replaced", "party", bolivia, "Peru"),
        (CITED, "withdrawn", None, None, None),
    ]
    assert {tuple(map(str, row[5:10])) for row in rows(mended, "corrections")} == {
        (SAID, "Harbour Library", "2031-05-04", "12", "CLCM"),
        ("the decision names its draft, and cites nothing", "Harbour Library", "2031-05-05", "12", "CLCM"),
    }


def test_the_evidence_of_a_withdrawn_fact_is_that_of_its_correction(mended: Path, published_data: Path) -> None:
    was, now = ({row[-1]: row for row in rows(data, "evidence")} for data in (published_data, mended))
    annotation = f"{BASE}evidence/{CITED}"
    assert now[annotation] == (f"{BASE}correction/{CITED}/2031-05-05", *was[annotation][1:])
    assert {key: row for key, row in now.items() if key != annotation} == {
        key: row for key, row in was.items() if key != annotation
    }


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (SPOKE, "Corrected on 4 May 2031 by Harbour Library: the list of participants says so."),
        (CITED, "Withdrawn on 5 May 2031 by Harbour Library: the decision names its draft, and cites nothing."),
        (REPORT, "Corrected by hand"),
        (f"correction/{CITED}/2031-05-05", "taken away"),
        ("changes/3", f"{CITED} withdrawn on 2031-05-05 by Harbour Library: the decision names its draft"),
        ("releases.atom", f"{SPOKE} replaced on 2031-05-04 by Harbour Library"),
    ],
)
def test_a_correction_is_told_on_the_page_and_in_the_feed(web: FlaskClient, path: str, words: str) -> None:
    page = web.get(f"/{path}", follow_redirects=True, headers={"Accept": "text/html"})
    assert page.status_code == 200
    assert words in page.get_data(as_text=True)


def test_what_was_there_before_is_in_the_graph_in_the_words_of_prov(mended: Path) -> None:
    told = ask(
        served(mended).store,
        f"""PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
        SELECT ?value ?then {{ ?one rdf:subject <{BASE}{SPOKE}> ; rdf:predicate <{BASE}def/party> ; rdf:object ?value ;
        prov:wasInvalidatedBy|prov:wasGeneratedBy ?correction . ?one ?then ?correction .
        ?correction a prov:Activity ; prov:wasAssociatedWith/a prov:Agent }} ORDER BY ?value""",
    )
    assert [(str(value).removeprefix(BASE), str(then).rpartition("#")[2]) for value, then in told.rows] == [
        ("state/BOL", "wasInvalidatedBy"),
        ("state/PER", "wasGeneratedBy"),
    ]


def test_the_history_tells_what_was_corrected(mended: Path) -> None:
    (newest,) = History(mended).newest(1)
    told = {change.unit: change.corrections for change in newest.changes}
    assert [words.split(" ")[0] for words in told[REPORT]] == [SPOKE, CITED]
    assert all(not words for unit, words in told.items() if unit != REPORT)


def test_a_correction_that_meets_its_fact_no_more_is_listed_and_kept(
    data: Path, samples: list[Path], tmp_path: Path
) -> None:
    correct(data, PARTY)
    changed = tmp_path / samples[0].name
    text = samples[0].read_text(encoding="utf-8")
    assert "Rivers of the Plurinational State of Bolivia (" in text
    changed.write_text(text.replace("Rivers of the Plurinational State of Bolivia (", "Rivers of Peru ("), "utf-8")
    published = build([changed], data)
    assert [line.split(": ")[0] for line in published.warnings] == ["corrections/2031.toml, line 1"]
    assert [(str(row[0]).removeprefix(BASE), row[1]) for row in rows(data, "corrections")] == [(SPOKE, "not met")]
    assert build(samples[:1], data).warnings == ()
    assert {row[1] for row in rows(data, "corrections")} == {"replaced"}


def test_a_correction_of_what_is_not_held_is_listed(data: Path) -> None:
    published = correct(data, PARTY + PARTY.replace("/12/", "/15/"))
    assert [line.partition(": ")[2] for line in published.warnings] == [
        "no report or official text that is held has statement/clcm/15/7/6"
    ]


BAD = [
    ("[[correction]\n", "line 1: is no TOML"),
    ("[[corection]]\n", "line 1: there is nothing called 'corection' here"),
    (PARTY.replace("fact", "facts"), "line 2: a correction has no 'facts'"),
    (PARTY.replace(SPOKE, "http://example.org/1"), "line 2: fact is the address of a fact"),
    (PARTY.replace("party", "pary"), "line 3: the vocabulary has no property 'pary'"),
    (PARTY.replace('"state/PER"', "12"), "line 3: party leads to a thing"),
    (PARTY.replace('"state/PER"', "[]"), "line 3: party is replaced by nothing"),
    (PARTY.replace("replace = ", "# "), "line 2: a correction withdraws the fact, or"),
    (PARTY.replace("the list of participants says so", " "), "line 4: a correction says in words its reason"),
    (PARTY.replace("office", "#office"), "line 1: a correction says in words its office"),
    (PARTY.replace("2031-05-04", '"soon"'), "line 6: a correction has its day"),
    (WITHOUT + PARTY + PARTY, f"line 13: {SPOKE} is corrected on the same day in corrections/2031.toml, line 7"),
    (PARTY.replace("state/PER", "state/XXX"), "line 1: nothing is known of state/XXX"),
    (PARTY.replace("7/6", "7/66"), f"line 1: {REPORT} holds no fact statement/clcm/12/7/66"),
    (
        PARTY.replace(f'fact = "{SPOKE}"', f'of = "{REPORT}"\nfact = "state/PER"'),
        "line 1: state/PER is a thing of the voc",
    ),
    (PARTY.replace("PER", "BOL"), f"line 1: {SPOKE} does not say so"),
    (
        PARTY.replace('party = "state/PER"', "order = 0"),
        "line 1: the report does not conform with it: violation",
    ),
    (WITHOUT.replace(CITED, "text/clcm/12/decision/1/operative/1"), "line 1: the report does not conform with it"),
]


@pytest.mark.parametrize(("text", "reason"), BAD, ids=[reason[:60] for _, reason in BAD])
def test_a_bad_correction_is_refused_with_its_line_and_the_reason(text: str, reason: str, data: Path) -> None:
    before = served(data).id
    with pytest.raises(CorrectionError) as refused:
        correct(data, text)
    assert str(refused.value).startswith(f"corrections/2031.toml, {reason}")
    assert served(data).id == before


def test_values_of_a_property_are_withdrawn_alone_and_documents_are_made_known(data: Path) -> None:
    place = next(row[-1] for row in rows(data, "documents") if row[5])
    entry = PARTY.replace(SPOKE, str(place))
    correct(data, entry.replace('party = "state/PER"', 'presentedDocument = "document/E/CN.99/2022/77/Add.1"'))
    assert {row[5] for row in rows(data, "documents") if row[-1] == place} == {"E/CN.99/2022/77/Add.1"}
    stub = f"<{BASE}document/E/CN.99/2022/77>"
    assert ask(served(data).store, f"SELECT ?symbol {{ {stub} <{BASE}def/symbol> ?symbol }}").rows
    correct(data, entry.replace('replace = { party = "state/PER" }', "withdraw = { presentedDocument = true }"))
    assert {row[5] for row in rows(data, "documents") if row[-1] == place} <= {None}
    assert not ask(served(data).store, f"SELECT ?symbol {{ {stub} <{BASE}def/symbol> ?symbol }}").rows


def test_an_official_text_is_corrected_like_a_report(data: Path) -> None:
    official = Path(__file__).parents[1] / "examples" / "official" / "88_901_E.xml"
    build([official], data)
    citation = next(row[-1] for row in rows(data, "citations") if "/A/RES/88/901/" in str(row[-1]))
    correct(data, WITHOUT.replace(BASE + CITED, str(citation)))
    assert citation not in {row[-1] for row in rows(data, "citations")}
    assert [row[8:10] for row in rows(data, "corrections")] == [(88, "GA")]


@pytest.mark.slow  # the vocabulary is loaded anew
def test_facts_without_prose_are_exported_as_corrected(mended: Path, tmp_path: Path) -> None:
    files = write_facts(served(mended), tmp_path / "facts")
    again = build([path for path in files if path.suffix == ".nq"], tmp_path / "data")
    assert again.release is not None, again.outcomes
    assert {row[6] for row in rows(tmp_path / "data", "statements") if row[-1] == BASE + SPOKE} == {"Peru"}


@pytest.mark.slow  # the vocabulary is loaded anew
def test_another_base_moves_the_corrections_too(data: Path, samples: list[Path]) -> None:
    base = "https://data.example.org/"
    correct(data, PARTY + WITHOUT)
    assert build(samples[:1], data, base).warnings == ()
    text = part(data).file("corrections.nq").read_text(encoding="utf-8")
    assert BASE not in text and f"<{base}correction/{SPOKE}/2031-05-04>" in text


def test_a_backup_holds_the_corrections(mended: Path, tmp_path: Path) -> None:
    back_up(mended, tmp_path / "backup.tar.gz")
    restore(tmp_path / "backup.tar.gz", tmp_path / "data")
    assert corrections_in(tmp_path / "data", BASE) == corrections_in(mended, BASE)


def run(*arguments: str | Path) -> tuple[int, str]:
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    return result.exit_code, result.output


def test_a_command_corrects_a_fact_and_writes_the_entry(data: Path) -> None:
    why = ("--reason", "it sat beside Peru", "--office", "Harbour Library", "--date", "2031-05-04", "--data", data)
    status, said = run("correct", BASE + SPOKE, "--replace", "party=state/PER", "--replace", "date=2022-03-08", *why)
    assert (status, said.split(" ")[0]) == (0, "published")
    (one,) = corrections_in(data, BASE)
    assert (one.fact, one.reason, one.date) == (SPOKE, "it sat beside Peru", "2031-05-04")
    assert one == corrections_in(data, BASE)[0] and written(one) in (data / "corrections/2031.toml").read_text("utf-8")
    assert run("correct", CITED, "--withdraw", *why)[0] == 0
    assert {row[1] for row in rows(data, "corrections")} == {"replaced", "withdrawn"}
    kept = (data / "corrections" / "2031.toml").read_text(encoding="utf-8")
    for wrong in (("--replace", "party=state/XXX"), ("--replace", "pary=1"), ("--replace", "order=x"), ()):
        assert run("correct", SPOKE.replace("/6", "/7"), *wrong, *why)[0] in (1, 2)
    assert run("correct", "statement/clcm/12/7/99", "--withdraw", *why)[0] == 1
    assert (data / "corrections" / "2031.toml").read_text(encoding="utf-8") == kept
    assert run("correct", "--data", data) == (0, "nothing to correct: what is published is as the files say\n")


def test_corrections_of_another_folder_are_kept_with_the_data(data: Path, samples: list[Path], tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    (tmp_path / "desk" / "desk.toml").write_text(PARTY, encoding="utf-8")
    status, _ = run("build", samples[0], "--data", data, "--corrections", tmp_path / "desk")
    assert status == 0
    fixed = part(data).id
    assert run("build", samples[0], "--data", data)[0] == 0
    assert part(data).id == fixed


@pytest.mark.parametrize(
    ("contact", "address"),
    [
        ("", ""),
        ("https://example.org/desk", "https://example.org/desk?fact=http%3A%2F%2Fx%2F1"),
        ("https://example.org/desk?to=un#form", "https://example.org/desk?to=un&fact=http%3A%2F%2Fx%2F1#form"),
    ],
)
def test_an_error_is_reported_to_the_contact_with_the_address_of_the_fact(contact: str, address: str) -> None:
    assert error_address(contact, "http://x/1") == address


@pytest.mark.parametrize("path", [SPOKE, "text/clcm/12/decision/1", REPORT])
def test_beside_a_fact_an_error_is_reported_by_mail(web: FlaskClient, path: str) -> None:
    page = web.get(f"/{path}.html").get_data(as_text=True)
    assert "mailto:desk@example.org?subject=Error%20in%20a%20fact&amp;body=http%3A%2F%2Flocalhost" in page


def test_without_a_contact_no_error_can_be_reported(site: FlaskClient) -> None:
    for path in (SPOKE, "text/clcm/12/decision/1", REPORT):
        assert "Report an error" not in site.get(f"/{path}.html").get_data(as_text=True)
