"""Verbs for each stage of one report: check, outline, extract, graph, infer, validate; one sentence: formulas."""

from __future__ import annotations

from pathlib import Path

import click

from server.commands.options import REPORT, REPORTS, body_option, plainly, report_files


@click.command()
@click.argument("reports", nargs=-1, required=True, type=REPORTS)
@click.option("--all", "every", is_flag=True, help="Print every fault and chapter, not one example of each kind.")
@body_option
@plainly
def check(reports: tuple[Path, ...], every: bool, body: str) -> None:
    """Say how much of each report was understood, what was not, and whether it conforms.

    \b
    Example: recalling check examples/reports/clcm-12.txt
    """
    from server.printing import print_reading
    from server.publishing.inputs import read_input

    conform = [print_reading(read_input(path, body), every=every) for path in report_files(reports)]
    if not all(conform):
        raise SystemExit(1)


@click.command()
@click.argument("sentence")
def formulas(sentence: str) -> None:
    """Show which formulas match a sentence, and the facts that are read from it.

    \b
    Example: recalling formulas "Recalling its resolution 2021/90 of 22 July 2021,"
    """
    from server.publishing.stages import trial_of

    click.echo(trial_of(sentence), nl=False)


@click.command()
@click.argument("report", type=REPORT)
@click.option("--profile", is_flag=True, help="Print the layout profile, and why each line became what it is.")
@plainly
def outline(report: Path, profile: bool) -> None:
    """Print the tree of a report: chapters, sections, paragraphs, texts with their clauses, footnotes.

    \b
    Example: recalling outline examples/reports/clcm-12.txt
    """
    from server.publishing.stages import layout_of, tree_of

    click.echo(layout_of(report) if profile else tree_of(report), nl=False)


@click.command()
@click.argument("report", type=REPORT)
@body_option
@plainly
def extract(report: Path, body: str) -> None:
    """Print the facts of a report, a line of JSON each, in the order of their kinds.

    \b
    Example: recalling extract examples/reports/clcm-12.txt | grep '"table": "citations"'
    """
    from server.publishing.stages import facts_of

    click.echo(facts_of(report, body), nl=False)


@click.command()
@click.argument("report", type=REPORT)
@click.option("--format", "form", type=click.Choice(["ttl", "nt"]), default="ttl", show_default=True)
@body_option
@plainly
def graph(report: Path, form: str, body: str) -> None:
    """Print the asserted graph of a report.

    \b
    Example: recalling graph examples/reports/clcm-12.txt --format nt
    """
    from server.publishing.stages import asserted_of

    click.echo(asserted_of(report, form, body), nl=False)


@click.command()
@click.argument("report", type=REPORT)
@click.option("--format", "form", type=click.Choice(["ttl", "nt"]), default="ttl", show_default=True)
@body_option
@plainly
def infer(report: Path, form: str, body: str) -> None:
    """Print what the ontology infers from a report's graph.

    \b
    Example: recalling infer examples/reports/clcm-12.txt --format nt
    """
    from server.publishing.stages import inferred_of

    click.echo(inferred_of(report, form, body), nl=False)


@click.command()
@click.argument("report", type=REPORT)
@body_option
@plainly
def validate(report: Path, body: str) -> None:
    """Print the SHACL validation report of a report's graph; status 1 where something that must hold does not.

    \b
    Example: recalling validate examples/reports/clcm-12.txt
    """
    from server.publishing.stages import conformance_of

    turtle, conforms = conformance_of(report, body)
    click.echo(turtle, nl=False)
    if not conforms:
        raise SystemExit(1)
