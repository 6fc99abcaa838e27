"""The command line: what it prints, and its exit status for good input, bad input and wrong usage."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from rdflib import Graph

from server.cli import main
from tests.extraction import COVER
from tests.extraction import report as report_text

VERBS = (
    "rollback",
    "remove",
    "prune",
    "load",
    "send",
    "token",
    "build",
    "check",
    "outline",
    "extract",
    "graph",
    "infer",
    "validate",
    "query",
    "serve",
    "export",
    "backup",
    "restore",
)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def data(samples: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a release of the first sample, built by the command."""
    folder = tmp_path_factory.mktemp("data")
    assert run("build", samples[0], "--data", folder, "--jobs", "1").exit_code == 0
    return folder


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_has_an_example_in_its_help(verb: str) -> None:
    assert re.search(rf"Example: .*recalling {verb}\b", run(verb, "--help").output)


def test_build_says_what_it_published(samples: list[Path], tmp_path: Path) -> None:
    assert "published release" in run("build", samples[0], "--data", tmp_path).output


def test_build_takes_a_folder_and_leaves_its_readme(samples: list[Path], tmp_path: Path) -> None:
    assert "(clcm 12, clcm 13)" in run("build", samples[0].parent, "--data", tmp_path).output


def test_a_folder_without_reports_is_wrong_usage(tmp_path: Path) -> None:
    assert run("build", tmp_path, "--data", tmp_path / "data").exit_code == 2


def test_a_base_without_slash_is_wrong_usage(samples: list[Path], tmp_path: Path) -> None:
    assert run("build", samples[0], "--data", tmp_path, "--base", "https://example.org").exit_code == 2


BAD = {
    "empty": b"",
    "blank": b"\n \n\n",
    "binary": bytes(range(256)) * 20,
    "latin": "Commission des phares et de la mémoire".encode("latin-1"),
    "prose": b"The lamp was lit at dusk.\n\nThe tide came in.\n",
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("verb", ("build", "check", "extract", "validate"))
def test_what_is_no_report_is_an_error_of_one_line_with_the_file(name: str, verb: str, tmp_path: Path) -> None:
    report = tmp_path / f"{name}.txt"
    report.write_bytes(BAD[name])
    more = ("--data", tmp_path / "data") if verb == "build" else ()
    result = run(verb, report, *more)
    assert result.exit_code == 1
    assert f"{name}.txt" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    assert run("check", tmp_path / "absent.txt").exit_code == 2


def test_a_body_that_is_not_known_is_a_listed_gap(samples: list[Path], tmp_path: Path) -> None:
    report = tmp_path / "moon.txt"
    text = samples[0].read_text(encoding="utf-8")
    for words in ("Lighthouses\nand Coastal", "Lighthouses and Coastal"):
        text = text.replace(words, words.replace("Lighthouses", "Moonrise"))
    report.write_text(text, encoding="utf-8")
    assert "the body is not in the vocabulary: Commission on Moonrise and Coastal Memory" in run("check", report).output


@pytest.mark.parametrize("heading", ("Draft resolution II", "Chapter II", "C. Attendance", "Decision 12/1"))
def test_a_truncated_report_ends_without_traceback(heading: str, samples: list[Path], tmp_path: Path) -> None:
    text = samples[0].read_text(encoding="utf-8")
    report = tmp_path / "truncated.txt"
    report.write_text(text[: text.rindex(f"\n{heading}\n") + len(heading) + 40], encoding="utf-8")
    assert run("check", report).exit_code in (0, 1)


def test_a_symbol_that_does_not_parse_is_no_traceback(samples: list[Path], tmp_path: Path) -> None:
    report = tmp_path / "symbols.txt"
    text = samples[0].read_text(encoding="utf-8").replace("[E/CN.99/2022/L.3/Rev.1](#)", "[E/CN.99//2022/L.?/Rev.](#)")
    report.write_text(text, encoding="utf-8")
    assert run("check", report).exit_code in (0, 1)


def test_check_counts_what_was_claimed_by_stage(samples: list[Path]) -> None:
    result = run("check", samples[0])
    assert result.exit_code == 0
    assert "clauses" in result.output
    assert "conforms" in result.output


def test_check_says_first_what_the_report_is(samples: list[Path]) -> None:
    first = run("check", samples[0]).output.splitlines()[1]
    assert (
        "Commission on Lighthouses and Coastal Memory, session 12, 2021-11-25 to 2021-11-25, 2022-03-07 to 2022-03-11"
        in first
    )


def test_check_of_contents_alone_finds_nothing(tmp_path: Path) -> None:
    report = tmp_path / "contents.txt"
    report.write_text(f"{COVER}Contents\n\nI. Proceedings ..... 4\n", encoding="utf-8")
    result = run("check", report)
    assert result.exit_code == 1
    assert "0 of       0  nothing found" in result.output
    assert "no prose was found" in result.output


def test_check_prints_one_example_of_a_kind_and_all_when_asked(tmp_path: Path) -> None:
    report = tmp_path / "lamps.txt"
    report.write_text(report_text("The lamps were blue.", "The lamps were red."), encoding="utf-8")
    reason = "no rule reads this sentence"
    assert run("check", report).output.count(reason) == 1
    assert run("check", "--all", report).output.count(reason) == 2


def test_outline_prints_the_tree(samples: list[Path]) -> None:
    assert "Keeping the records of the tides" in run("outline", samples[0]).output


def test_extract_prints_lines_of_json(samples: list[Path]) -> None:
    tables = {json.loads(line)["table"] for line in run("extract", samples[0]).output.splitlines()}
    assert {"report", "texts", "clauses", "citations", "actions", "sponsorships"} <= tables


@pytest.mark.parametrize("verb", ("graph", "infer", "validate"))
def test_graphs_are_printed_as_turtle(verb: str, samples: list[Path]) -> None:
    assert len(Graph().parse(data=run(verb, samples[0]).output, format="turtle"))


def test_query_lists_the_questions() -> None:
    assert "sponsors" in run("query").output


def test_query_answers_as_csv_with_a_header(data: Path) -> None:
    rows = list(csv.DictReader(io.StringIO(run("query", "texts", "--data", data, "--format", "csv").output)))
    assert rows[0]["title"].startswith("Night lights of small harbours")


def test_query_answers_as_typed_json(data: Path) -> None:
    rows = json.loads(run("query", "texts", "--data", data, "--format", "json").output)
    assert {row["session"] for row in rows} == {12}


def test_query_answers_for_the_eye(data: Path) -> None:
    assert "6 rows" in run("query", "texts", "--data", data).output


def test_query_answers_a_file(data: Path, tmp_path: Path) -> None:
    query = tmp_path / "own.rq"
    query.write_text("SELECT (1 AS ?one) {}")
    assert run("query", query, "--data", data, "--format", "csv").output == "one\n1\n"


def test_a_query_that_does_not_parse_is_an_error(data: Path, tmp_path: Path) -> None:
    query = tmp_path / "own.rq"
    query.write_text("SELECT WHERE")
    result = run("query", query, "--data", data)
    assert result.exit_code == 1
    assert "does not parse" in result.stderr


def test_a_question_that_is_not_known_is_wrong_usage(data: Path) -> None:
    result = run("query", "weather", "--data", data)
    assert result.exit_code == 2
    assert "sponsors" in result.stderr


def test_asking_before_building_says_how_to_build(tmp_path: Path) -> None:
    result = run("query", "texts", "--data", tmp_path)
    assert result.exit_code == 1
    assert "recalling build" in result.stderr


def test_the_data_folder_comes_from_the_environment(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RECALLING_DATA", str(data))
    assert run("query", "texts").exit_code == 0


@pytest.mark.parametrize(("form", "name"), (("ttl", "turtle"), ("jsonld", "json-ld")))
def test_export_writes_a_graph(form: str, name: str, data: Path, tmp_path: Path) -> None:
    output = tmp_path / "release"
    assert run("export", "--data", data, "--format", form, "--output", output).exit_code == 0
    assert len(Graph().parse(output, format=name)) > 1000


def test_export_writes_the_answers_as_csv(data: Path, tmp_path: Path) -> None:
    assert run("export", "--data", data, "--format", "csv", "--output", tmp_path / "csv").exit_code == 0
    assert (tmp_path / "csv" / "sponsors.csv").read_text(encoding="utf-8").startswith("session,draft,order,sponsor")


def test_the_former_name_of_a_verb_does_the_same_and_is_not_listed(data: Path) -> None:
    asked = ["--data", str(data), "--to", "http://localhost:1/store"]
    now, before = (CliRunner().invoke(main, [verb, *asked]) for verb in ("load", "publish"))
    assert now.exit_code == before.exit_code == 1 and now.stderr in before.stderr
    assert "It is called load now." in before.stderr
    assert "publish" not in re.findall(r"^  (\w+)", CliRunner().invoke(main, ["--help"]).output, re.MULTILINE)
