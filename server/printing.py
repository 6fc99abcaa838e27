"""What the command line says about builds and readings."""

from __future__ import annotations

import re
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
        elif outcome.withheld:
            click.echo(f"{outcome.path}: {partly(outcome)}", err=True)
    for warning in published.warnings:
        click.echo(f"warning: {warning}", err=True)
    if published.release is None:
        click.echo("error: nothing was published", err=True)
        return
    held = published.release
    names = ", ".join(
        (*(f"{name.body} {name.session}" for name in held.reports), *(work.symbol for work in held.works))
    )
    click.echo(f"published release {published.release.id} ({names}) in {published.release.folder}")


def print_reading(outcome: Reading | Refusal, *, every: bool = False) -> bool:
    """Say how a report was understood, on one screen for a librarian or with every fault; whether it conforms.

    What it is, what was read, what was not read, what looks wrong: faults of a kind are one line with their number and
    an example, the most frequent kind first.
    """
    if isinstance(outcome, Refusal):
        click.echo(f"error: {outcome.reason}", err=True)
        return False
    what, *read = outcome.overview or ("facts without the text of the report",)
    click.echo(f"{outcome.path}\n  {what}")
    click.echo("What was read")
    for line in read:
        click.echo(f"  {line.removeprefix('read: ')}")
    for count in outcome.coverage:
        if every or not count.stage.startswith("chapter ") or count.claimed < count.total:
            share = f"{100 * count.claimed / count.total:6.1f} %" if count.total else " nothing found"
            click.echo(f"  {count.stage:<24} {count.claimed:>7} of {count.total:>7} {share}")
    gaps = [
        (
            listed.gap.stage in WRONG,
            f"{listed.gap.stage}: {_DIGITS.sub('', listed.gap.reason)}",
            f"{outcome.path.name}:{listed.line}:{listed.column}: {listed.gap.stage}: {listed.gap.reason}: "
            + _cut(" ".join(listed.gap.text.split()), every=every),
        )
        for listed in outcome.gaps
    ]
    _print_kinds("What was not read", [(kind, line) for wrong, kind, line in gaps if not wrong], every=every)
    results = [(one.message, str(one)) for one in outcome.conformance.results]
    _print_kinds("What looks wrong", [*((k, line) for wrong, k, line in gaps if wrong), *results], every=every)
    if outcome.withheld:
        click.echo(f"  {partly(outcome)}")
    if fault := nothing_read(outcome):
        click.echo(f"  error: {fault}", err=True)
        return False
    word = "conforms in part" if outcome.withheld else "conforms"
    click.echo(f"  {word if outcome.conforms else 'does not conform'}", err=not outcome.conforms)
    return outcome.conforms and not outcome.withheld


def partly(reading: Reading) -> str:
    """Which units of a report are withheld, and why, the first of each unit's reasons."""
    named = "; ".join(f"{one.unit.name}: {one.reasons[0]}" for one in reading.withheld)
    return f"partial: {len(reading.withheld)} withheld, because it does not conform: {named}"


WRONG = frozenset({"disagreement", "contents", "chapter", "withheld"})  # stages of gaps that are no unread words
EXAMPLE = 100  # characters of the words of a fault on the first screen
_DIGITS = re.compile(r"\d+")  # paragraphs that differ in their numbers have the same fault


def nothing_read(reading: Reading) -> str:
    """Why a report with nothing read from its body is not in order; empty where something was read."""
    counts = {count.stage: count for count in reading.coverage}
    if "residue" not in counts or counts["clauses"].total:
        return ""
    if not counts["sentences"].total and not any(stage.endswith(" prose") for stage in counts):
        return "no prose was found in the body of the report"
    return "" if counts["residue"].claimed else "no fact was read from the body of the report"


def _print_kinds(title: str, faults: list[tuple[str, str]], *, every: bool) -> None:
    """Print the lines of faults by their kind under a title: one of each kind with their number, or every one."""
    kinds: dict[str, list[str]] = {}
    for kind, line in faults:
        kinds.setdefault(kind, []).append(line)
    if kinds:
        click.echo(title)
    for found in sorted(kinds.values(), key=len, reverse=True):
        for line in found if every else found[:1]:
            click.echo(f"  {line}")
        if len(found) > 1 and not every:
            click.echo(f"    and {len(found) - 1} more of this kind (--all prints them)")


def _cut(words: str, *, every: bool) -> str:
    """The words of a fault; on one screen the first of them."""
    return words if every or len(words) <= EXAMPLE else f"{words[: EXAMPLE - 1]}…"


def print_findings(reading: Reading) -> None:
    """Say which violations and warnings the shapes found."""
    for line in reading.conformance.lines():
        click.echo(f"  {line}", err=not reading.conforms)
    click.echo(f"  {'conforms' if reading.conforms else 'does not conform'}", err=not reading.conforms)
