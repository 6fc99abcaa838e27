"""The command line: one verb for each stage of the road, each usable alone.

Exit status: 0 done, 1 the input does not conform or cannot be read, 2 wrong usage. What a verb makes goes to the
standard output; progress and errors go to the standard error.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from pathlib import Path
from typing import NoReturn, ParamSpec

import click

from mappings.source import SourceError
from ontology.terms import BASE
from server.publishing.release import Release, ReleaseError, current, roll_back
from server.table import FORMATS, QueryError, ask

Parameters = ParamSpec("Parameters")
REPORT = click.Path(exists=True, dir_okay=False, path_type=Path)
REPORTS = click.Path(exists=True, path_type=Path)
_data = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default="data",
    envvar="RECALLING_DATA",
    show_default=True,
    show_envvar=True,
    help="The folder of the releases.",
)


def fail(message: str, status: int = 1) -> NoReturn:
    """End with a status and a message of one line."""
    click.echo(f"error: {message}", err=True)
    raise SystemExit(status)


def _plainly(verb: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """The verb, with what is wrong with its input said in one line instead of a traceback."""

    @wraps(verb)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            verb(*args, **kwargs)
        except (SourceError, ReleaseError, QueryError) as error:
            fail(str(error))

    return run


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="recalling")
def main() -> None:
    """Session reports of United Nations commissions as linked data.

    \b
    Example: recalling build examples/reports && recalling query sponsors
    """


def report_files(paths: Sequence[Path]) -> list[Path]:
    """The files given and the reports and facts in the folders given, each once."""
    from server.publishing.inputs import inputs_in

    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(inputs_in(path) if path.is_dir() else [path]))
    if not found:
        raise click.UsageError("there is no .txt, .md or .nq file in the folder given")
    return list(found)


@main.command()
@click.argument("reports", nargs=-1, required=True, type=REPORTS)
@_data
@click.option("--base", default=BASE, show_default=True, envvar="RECALLING_BASE", help="The base of every IRI.")
@click.option("--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, help="Reports read at once.")
@click.option(
    "--keep", type=click.IntRange(1), default=2, envvar="RECALLING_KEEP", show_default=True, help="Releases to keep."
)
@_plainly
def build(reports: tuple[Path, ...], data: Path, base: str, jobs: int, keep: int) -> None:
    """Read, infer, check and publish reports, together with those already published.

    REPORTS are files or folders: reports as .txt or .md, or the facts of one as .nq, as `recalling export --facts-only`
    writes them. Nothing is published unless every report conforms.

    \b
    Example: recalling build reports/ --data data --base https://data.example.org/
    """
    from server.printing import print_build, watching
    from server.publish import build as publish

    if not base.endswith("/"):
        raise click.BadParameter("the base must end with a slash", param_hint="--base")
    files = report_files(reports)
    with watching(len(files)) as watch:
        published = publish(files, data, base, jobs, watch, keep)
    print_build(published)
    if published.release is None:
        raise SystemExit(1)


@main.command()
@_data
@click.option("--to", "store", required=True, help="The address of the engine's graph store (Graph Store Protocol).")
@click.option("--user", help="Who loads, where the engine asks; the password is in RECALLING_PASSWORD.")
@click.option("--digest", is_flag=True, help="Authenticate by digest, as Virtuoso wants, and not by basic.")
@_plainly
def publish(data: Path, store: str, user: str | None, digest: bool) -> None:
    """Load the published release into another engine, to be served with RECALLING_ENDPOINT.

    \b
    Example: recalling publish --to http://localhost:7878/store
    """
    from server.remote.authentication import authentication
    from server.remote.loading import LoadingError, load

    try:
        load(
            released(data),
            store,
            authentication(user, os.environ.get("RECALLING_PASSWORD", ""), digest),
            watch=lambda graph: click.echo(graph, err=True),
        )
    except LoadingError as error:
        fail(str(error))


@main.command()
@click.argument("report", type=REPORT)
@click.option("--to", "server", required=True, help="The address of the server.")
@click.option("--token", envvar="RECALLING_TOKEN", required=True, show_envvar=True, help="What lets you send.")
@_plainly
def send(report: Path, server: str, token: str) -> None:
    """Send a report, or the facts of one, to a server, which publishes it if it conforms.

    \b
    Example: RECALLING_TOKEN=… recalling send report.txt --to https://data.example.org
    """
    from server.intake.sending import SendingError
    from server.intake.sending import send as send_to

    try:
        identity = send_to(report, server, token, watch=lambda state: click.echo(state, err=True))
    except SendingError as error:
        fail(str(error))
    click.echo(f"published release {identity} at {server}")


@main.command()
def token() -> None:
    """Make a token for operators who send reports, and what the server is to know of it.

    \b
    Example: recalling token
    """
    from server.intake.tokens import fingerprint, new_token

    made = new_token()
    click.echo(f"RECALLING_TOKEN={made}\nRECALLING_INTAKE_TOKEN_SHA256={fingerprint(made)}")


@main.command()
@_data
@_plainly
def rollback(data: Path) -> None:
    """Serve the previous release again. Done twice, the newer one is served as before.

    \b
    Example: recalling rollback --data data
    """
    release = roll_back(data)
    names = ", ".join(f"{name.body} {name.session}" for name in release.reports)
    click.echo(f"serving release {release.id} ({names}) again")


@main.command()
@click.argument("reports", nargs=-1, required=True, type=REPORTS)
@_plainly
def check(reports: tuple[Path, ...]) -> None:
    """Say how much of each report was understood, what was not, and whether it conforms.

    \b
    Example: recalling check examples/reports/clcm-12.txt
    """
    from server.printing import print_reading
    from server.publishing.inputs import read_input

    conform = [print_reading(read_input(path)) for path in report_files(reports)]
    if not all(conform):
        raise SystemExit(1)


@main.command()
@click.argument("report", type=REPORT)
@_plainly
def outline(report: Path) -> None:
    """Print the tree of a report: chapters, sections, paragraphs, texts with their clauses, footnotes.

    \b
    Example: recalling outline examples/reports/clcm-12.txt
    """
    from server.publishing.stages import tree_of

    click.echo(tree_of(report), nl=False)


@main.command()
@click.argument("report", type=REPORT)
@_plainly
def extract(report: Path) -> None:
    """Print the facts of a report, a line of JSON each, in the order of their kinds.

    \b
    Example: recalling extract examples/reports/clcm-12.txt | grep '"table": "citations"'
    """
    from server.publishing.stages import facts_of

    click.echo(facts_of(report), nl=False)


@main.command()
@click.argument("report", type=REPORT)
@click.option("--format", "form", type=click.Choice(["ttl", "nt"]), default="ttl", show_default=True)
@_plainly
def graph(report: Path, form: str) -> None:
    """Print the asserted graph of a report.

    \b
    Example: recalling graph examples/reports/clcm-12.txt --format nt
    """
    from server.publishing.stages import asserted_of

    click.echo(asserted_of(report, form), nl=False)


@main.command()
@click.argument("report", type=REPORT)
@click.option("--format", "form", type=click.Choice(["ttl", "nt"]), default="ttl", show_default=True)
@_plainly
def infer(report: Path, form: str) -> None:
    """Print what the ontology infers from a report's graph.

    \b
    Example: recalling infer examples/reports/clcm-12.txt --format nt
    """
    from server.publishing.stages import inferred_of

    click.echo(inferred_of(report, form), nl=False)


@main.command()
@click.argument("report", type=REPORT)
@_plainly
def validate(report: Path) -> None:
    """Print the SHACL validation report of a report's graph; status 1 where something that must hold does not.

    \b
    Example: recalling validate examples/reports/clcm-12.txt
    """
    from server.publishing.stages import conformance_of

    turtle, conforms = conformance_of(report)
    click.echo(turtle, nl=False)
    if not conforms:
        raise SystemExit(1)


def released(data: Path) -> Release:
    """The release that is served from a folder; ReleaseError where nothing was built yet."""
    release = current(data)
    if release is None:
        raise ReleaseError(f"there is no release in {data}; make one with: recalling build REPORT... --data {data}")
    return release


@main.command()
@click.argument("question", required=False)
@_data
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="table", show_default=True)
@_plainly
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


@main.command()
@_data
@click.option("--host", help="The address to listen at.  [env var: RECALLING_HOST; default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="[env var: RECALLING_PORT; default: 8000]")
@_plainly
def serve(data: Path, host: str | None, port: int | None) -> None:
    """Serve the current release: SPARQL endpoint, dereferenceable IRIs, pages.

    Ends with status 0 when it is interrupted or terminated, after the requests that are being answered.

    \b
    Example: recalling serve --data data --port 8000
    """
    from server.serve import serve as run
    from server.settings import SettingsError, from_environment

    try:
        settings = from_environment(os.environ)
    except SettingsError as error:
        fail(str(error), status=2)
    if not settings.endpoint:
        released(data)
    run(replace(settings, data=data, host=host or settings.host, port=port or settings.port))


@main.command()
@_data
@click.option("--format", "form", type=click.Choice(["nq", "ttl", "jsonld", "csv"]), default="nq", show_default=True)
@click.option("--facts-only", is_flag=True, help="Leave the prose of the reports out; writes two files a report.")
@click.option("--output", type=click.Path(path_type=Path), help="The file to write, for csv and facts the folder.")
@_plainly
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
