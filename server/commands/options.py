"""What the verbs of the command line share: reports, the folder of the releases, errors of one line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import NoReturn, ParamSpec

import click

from mappings.source import SourceError
from server.operations.backup import BackupError
from server.publishing.release import Release, ReleaseError, current
from server.table import QueryError

Parameters = ParamSpec("Parameters")
REPORT = click.Path(exists=True, dir_okay=False, path_type=Path)
REPORTS = click.Path(exists=True, path_type=Path)
data_option = click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default="data",
    envvar="RECALLING_DATA",
    show_default=True,
    show_envvar=True,
    help="The folder of the releases.",
)


body_option = click.option(
    "--body",
    default="",
    help="Whose report it is, where the cover does not say or says it wrongly: a body's name, acronym or key.",
)


partial_option = click.option(
    "--partial", is_flag=True, help="Let a version of a report replace a fuller one that is held."
)


as_of_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day as of which the states of requests are told; the newest day of what is held where none is given.",
)


corrections_option = click.option(
    "--corrections",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    envvar="RECALLING_CORRECTIONS",
    show_envvar=True,
    help="A folder with corrections as .toml files, to be kept with the data and applied.",
)


def fail(message: str, status: int = 1) -> NoReturn:
    """End with a status and a message of one line."""
    click.echo(f"error: {message}", err=True)
    raise SystemExit(status)


def plainly(verb: Callable[Parameters, None]) -> Callable[Parameters, None]:
    """The verb, with what is wrong with its input said in one line instead of a traceback."""

    @wraps(verb)
    def run(*args: Parameters.args, **kwargs: Parameters.kwargs) -> None:
        try:
            verb(*args, **kwargs)
        except (SourceError, ReleaseError, QueryError, BackupError) as error:
            fail(str(error))

    return run


def report_files(paths: Sequence[Path]) -> list[Path]:
    """The files given and the reports and facts in the folders given, each once."""
    from server.publishing.inputs import SUFFIXES, inputs_in

    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(inputs_in(path) if path.is_dir() else [path]))
    if not found:
        raise click.UsageError(f"there is no {', '.join(SUFFIXES[:-1])} or {SUFFIXES[-1]} file in the folder given")
    return list(found)


def released(data: Path) -> Release:
    """The release that is served from a folder; ReleaseError where nothing was built yet."""
    release = current(data)
    if release is None:
        raise ReleaseError(f"there is no release in {data}; make one with: recalling build REPORT... --data {data}")
    return release
