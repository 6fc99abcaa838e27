"""Verbs that read a release: query, export."""

from __future__ import annotations

from pathlib import Path

import click

from server.commands.options import data_option, plainly, released
from server.table import FORMATS, ask


@click.command()
@click.argument("question", required=False)
@data_option
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True)
@plainly
def query(question: str | None, data: Path, form: str) -> None:
    """Answer a competency question by its name, or a SPARQL SELECT query in a file; without either, list the questions.

    \b
    Example: recalling query citations --format csv
    """
    from server.questions import questions

    known = {entry.name: entry for entry in questions()}
    if question is None:
        for entry in known.values():
            click.echo(f"{entry.name:<18} {entry.title}")
        return
    release = released(data)
    if question in known:
        sparql = known[question].at(release.base)
    elif Path(question).is_file():
        sparql = Path(question).read_text(encoding="utf-8")
    else:
        raise click.UsageError(f"there is no question and no file {question!r}; the questions are: {', '.join(known)}")
    click.echo(FORMATS[form](ask(release.store, sparql)), nl=False)


@click.command()
@data_option
@click.option("--format", "form", type=click.Choice(["nq", "ttl", "jsonld", "csv"]), default="nq", show_default=True)
@click.option("--facts-only", is_flag=True, help="Leave the prose of the reports out; writes two files a report.")
@click.option("--output", type=click.Path(path_type=Path), help="The file to write, for csv and facts the folder.")
@plainly
def export(data: Path, form: str, facts_only: bool, output: Path | None) -> None:
    """Write the whole release as N-Quads, Turtle or JSON-LD, or the answers to all questions as CSV files in a folder.

    With --facts-only the folder gets, for each report, its facts without sentences of the report: N-Quads that
    `recalling build` takes in the place of the report.

    \b
    Example: recalling export --format csv --output tables
             recalling export --facts-only --output facts
    """
    from server.publishing.export import export_answers, export_graphs
    from server.publishing.facts_only import write_facts

    release = released(data)
    if facts_only:
        if form != "nq" or output is None:
            raise click.UsageError("--facts-only writes N-Quads for each report: name the folder with --output")
        write_facts(release, output)
    elif form == "csv":
        if output is None:
            raise click.UsageError("--format csv writes a file for each question: name the folder with --output")
        export_answers(release, output)
    else:
        export_graphs(release, form, output)
