"""What the command line says about builds and readings."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from server.publish import Published
from server.publishing.readers import Watch
from server.publishing.reading import Reading, Refusal


@contextmanager
def watching(total: int) -> Iterator[Watch]:
    """A watch that shows the progress on a terminal, and a line for each report elsewhere."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task("reading reports", total=total)

        def watch(outcome: Reading | Refusal) -> None:
            progress.advance(task)
            click.echo(f"{outcome.path}: {_word(outcome)}", err=True)

        yield watch


def _word(outcome: Reading | Refusal) -> str:
    if isinstance(outcome, Refusal):
        return "refused"
    quads = sum(text.count("\n") for name, text in outcome.part.files.items() if name.endswith(".nq"))
    return f"{quads} quads" if outcome.conforms else "does not conform"


def print_build(published: Published) -> None:
    """Say what was published, or why nothing was."""
    for outcome in published.outcomes:
        if isinstance(outcome, Refusal):
            click.echo(f"error: {outcome.reason}", err=True)
        elif not outcome.conforms:
            print_findings(outcome)
    if published.release is None:
        click.echo("error: nothing was published", err=True)
        return
    held = published.release
    names = ", ".join(
        (*(f"{name.body} {name.session}" for name in held.reports), *(work.symbol for work in held.works))
    )
    click.echo(f"published release {published.release.id} ({names}) in {published.release.folder}")


def print_reading(outcome: Reading | Refusal) -> bool:
    """Say how a report was understood; whether it was read and conforms."""
    if isinstance(outcome, Refusal):
        click.echo(f"error: {outcome.reason}", err=True)
        return False
    click.echo(f"{outcome.path}")
    for count in outcome.coverage:
        share = 100 * count.claimed / count.total if count.total else 100
        click.echo(f"  {count.stage:<24} {count.claimed:>7} of {count.total:>7} {share:6.1f} %")
    for listed in outcome.gaps:
        words = " ".join(listed.gap.text.split())
        click.echo(f"  {outcome.path}:{listed.line}:{listed.column}: {listed.gap.stage}: {listed.gap.reason}: {words}")
    print_findings(outcome)
    return outcome.conforms


def print_findings(reading: Reading) -> None:
    """Say which violations and warnings the shapes found."""
    for line in reading.conformance.lines():
        click.echo(f"  {line}", err=not reading.conforms)
    click.echo(f"  {'conforms' if reading.conforms else 'does not conform'}", err=not reading.conforms)
