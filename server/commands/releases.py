"""Verbs that make releases and take them elsewhere: build, rollback, load, send, and the token that it needs."""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path

import click

from ontology.terms import BASE
from server.commands.options import (
    REPORT,
    REPORTS,
    as_of_option,
    body_option,
    corrections_option,
    data_option,
    fail,
    partial_option,
    plainly,
    released,
    report_files,
)
from server.publishing.release import roll_back


@click.command()
@click.argument("reports", nargs=-1, required=True, type=REPORTS)
@data_option
@click.option("--base", default=BASE, show_default=True, envvar="RECALLING_BASE", help="The base of every IRI.")
@click.option("--jobs", type=click.IntRange(1), default=lambda: os.cpu_count() or 1, help="Reports read at once.")
@click.option(
    "--keep", type=click.IntRange(1), default=2, envvar="RECALLING_KEEP", show_default=True, help="Releases to keep."
)
@body_option
@partial_option
@as_of_option
@corrections_option
@plainly
def build(
    reports: tuple[Path, ...],
    data: Path,
    base: str,
    jobs: int,
    keep: int,
    body: str,
    partial: bool,
    as_of: datetime | None,
    corrections: Path | None,
) -> None:
    """Read, infer, check and publish reports, together with those already published.

    REPORTS are files or folders: reports as .txt, .md, .html, .docx or .pdf, or the facts of one as .nq, as `recalling
    export --facts-only` writes them; official resolutions and decisions as .xml (AKN4UN). A text, paragraph or chapter
    that does not conform is withheld and listed, and the report is marked partial. Nothing is published where a report
    does not conform as a whole, or is poorer than the version that is held; an official file that cannot be read is
    listed and left out. What was read is corrected by the files in the folder "corrections" of the data.

    \b
    Example: recalling build reports/ --data data --base https://data.example.org/
    """
    from server.printing import print_build, watching
    from server.publish import build as publish

    if not base.endswith("/"):
        raise click.BadParameter("the base must end with a slash", param_hint="--base")
    files = report_files(reports)
    with watching(len(files)) as watch:
        day = as_of.date().isoformat() if as_of else ""
        published = publish(
            files, data, base, jobs, watch, keep, body, partial=partial, as_of=day, corrections=corrections
        )
    print_build(published)
    if published.release is None:
        raise SystemExit(1)


@click.command()
@click.argument("fact", required=False, metavar="[FACT]")
@data_option
@click.option("--withdraw", is_flag=True, help="Take all of the fact away.")
@click.option("--without", multiple=True, metavar="PROPERTY[=VALUE]", help="Take values of a property away.")
@click.option("--replace", multiple=True, metavar="PROPERTY=VALUE", help="What a property is instead; may be repeated.")
@click.option("--reason", default="", help="Why, in words.")
@click.option("--office", default="", envvar="RECALLING_OFFICE", show_envvar=True, help="Who answers for it.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="DAY", help="Its day; today without it.")
@click.option(
    "--keep", type=click.IntRange(1), default=2, envvar="RECALLING_KEEP", show_default=True, help="Releases to keep."
)
@corrections_option
@plainly
def correct(
    fact: str | None,
    data: Path,
    withdraw: bool,
    without: tuple[str, ...],
    replace: tuple[str, ...],
    reason: str,
    office: str,
    day: datetime | None,
    keep: int,
    corrections: Path | None,
) -> None:
    """Withdraw or replace a fact of what is published, for good, and publish it so.

    FACT is its IRI or the path of it, PROPERTY a name of the vocabulary, VALUE words, a number, or the IRI or path of a
    thing. The correction is written to the file of its year in the folder "corrections" of the data, where it stays and
    can be changed or taken back. Without FACT what the files there say is applied.

    \b
    Example: recalling correct statement/clcm/12/7/6 --replace party=state/PER \\
               --reason "the list of participants has the speaker under Peru" --office "Harbour Library"
    """
    from server.correct import apply, correct_fact
    from server.printing import print_build

    if fact is None:
        if withdraw or without or replace:
            raise click.UsageError("name the FACT that is to be corrected")
        published = apply(data, keep, corrections)
    else:
        if not (withdraw or without or replace) or (withdraw and (without or replace)):
            raise click.UsageError("say what is wrong: --withdraw, or --without and --replace")
        if not reason.strip() or not office.strip():
            raise click.UsageError("a correction has a --reason and an --office that answers for it")
        today = (day or datetime.now()).date()  # the day of the office
        published = correct_fact(data, fact, withdraw, without, replace, reason, office, today, keep)
    if published.release is None:
        for warning in published.warnings:
            click.echo(f"warning: {warning}", err=True)
        click.echo("nothing to correct: what is published is as the files say")
        return
    print_build(published)


@click.command()
@data_option
@plainly
def rollback(data: Path) -> None:
    """Serve the previous release again. Done twice, the newer one is served as before.

    \b
    Example: recalling rollback --data data
    """
    release = roll_back(data)
    names = ", ".join(f"{name.body} {name.session}" for name in release.reports)
    click.echo(f"serving release {release.id} ({names}) again")


@click.command()
@click.argument("works", nargs=-1, required=True, metavar="WORK...")
@data_option
@click.option(
    "--keep", type=click.IntRange(1), default=2, envvar="RECALLING_KEEP", show_default=True, help="Releases to keep."
)
@plainly
def remove(works: tuple[str, ...], data: Path, keep: int) -> None:
    """Publish what is served without some reports or official texts.

    WORK is the path or the IRI of a report, or the symbol of an official text. Its addresses answer 410 from then on.
    The release before is still there for `recalling rollback`, until newer ones take its place.

    \b
    Example: recalling remove report/ccpcj/31 A/RES/77/231 --data data
    """
    from mappings.iris import encode
    from server.publish import remove as publish_without

    base = released(data).base
    paths = [work.removeprefix(base) for work in works]
    known = ("report/", "document/")
    found = publish_without(
        [path if path.startswith(known) else f"document/{encode(path)}" for path in paths], data, keep
    )
    click.echo(f"published release {found.id} without {', '.join(works)} in {found.folder}")


@click.command()
@data_option
@click.option(
    "--keep", type=click.IntRange(1), default=2, envvar="RECALLING_KEEP", show_default=True, help="Releases to keep."
)
@plainly
def prune(data: Path, keep: int) -> None:
    """Remove old releases, and the parts that no release is made of any more.

    These are versions that were replaced, documents that were removed, and what a build read and did not publish.

    \b
    Example: recalling prune --data data
    """
    from server.publish import prune_parts

    gone = prune_parts(data, keep)
    click.echo(f"removed {len(gone)} part{'' if len(gone) == 1 else 's'} that no release is made of")


@click.command()
@data_option
@click.option("--to", "store", required=True, help="The address of the engine's graph store (Graph Store Protocol).")
@click.option("--user", help="Who loads, where the engine asks; the password is in RECALLING_PASSWORD.")
@click.option("--digest", is_flag=True, help="Authenticate by digest, as Virtuoso wants, and not by basic.")
@plainly
def load(data: Path, store: str, user: str | None, digest: bool) -> None:
    """Load the published release into another engine, to be served with RECALLING_ENDPOINT.

    \b
    Example: recalling load --to http://localhost:7878/store
    """
    from server.remote.authentication import authentication
    from server.remote.loading import LoadingError
    from server.remote.loading import load as load_into

    try:
        load_into(
            released(data),
            store,
            authentication(user, os.environ.get("RECALLING_PASSWORD", ""), digest),
            watch=lambda graph: click.echo(graph, err=True),
        )
    except LoadingError as error:
        fail(str(error))


@click.command()
@click.argument("report", type=REPORT)
@click.option("--to", "server", required=True, help="The address of the server.")
@click.option("--token", envvar="RECALLING_TOKEN", required=True, show_envvar=True, help="What lets you send.")
@partial_option
@plainly
def send(report: Path, server: str, token: str, partial: bool) -> None:
    """Send a report, or the facts of one, to a server, which publishes it if it conforms.

    \b
    Example: RECALLING_TOKEN=… recalling send report.txt --to https://data.example.org
    """
    from server.intake.sending import SendingError
    from server.intake.sending import send as send_to

    try:
        identity = send_to(report, server, token, lambda state: click.echo(state, err=True), partial=partial)
    except SendingError as error:
        fail(str(error))
    click.echo(f"published release {identity} at {server}")


@click.command()
def token() -> None:
    """Make a token for operators who send reports, and what the server is to know of it.

    \b
    Example: recalling token
    """
    from server.intake.tokens import fingerprint, new_token

    made = new_token()
    click.echo(f"RECALLING_TOKEN={made}\nRECALLING_INTAKE_TOKEN_SHA256={fingerprint(made)}")
