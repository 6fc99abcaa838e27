"""Verbs of those who run a service: serve, backup, restore."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import click

from server.commands.options import data_option, fail, plainly, released
from server.operations.backup import Manifest


@click.command()
@data_option
@click.option("--host", help="The address to listen at.  [env var: RECALLING_HOST; default: 127.0.0.1]")
@click.option("--port", type=click.IntRange(1, 65535), help="[env var: RECALLING_PORT; default: 8000]")
@plainly
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


@click.command()
@data_option
@plainly
def mcp(data: Path) -> None:
    """Answer an agent on this machine: the Model Context Protocol over standard input and output.

    The same tools stand at /mcp of a server. Nothing but the protocol is written to the standard output.

    \b
    Example: recalling mcp --data data
    """
    from server.app import create_app
    from server.settings import SettingsError, from_environment

    try:
        settings = from_environment(os.environ)
    except SettingsError as error:
        fail(str(error), status=2)
    if not settings.endpoint:
        released(data)
    app = create_app(replace(settings, data=data))
    try:
        app.extensions["mcp"].run("stdio")
    finally:
        app.extensions["current"].close()


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@data_option
@plainly
def backup(file: Path, data: Path) -> None:
    """Write the releases that are served and kept, and their history, into one file.

    Readers notice nothing; a build has to wait. The file is there when it is whole, in the place of an earlier one.

    \b
    Example: recalling backup recalling.tar.gz --data data
    """
    from server.operations.backup import back_up

    manifest = back_up(data, file)
    click.echo(f"wrote {file}, {file.stat().st_size / 1e6:.1f} MB: {_words(manifest)}")


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@data_option
@click.option("--force", is_flag=True, help="Replace what the folder holds.")
@plainly
def restore(file: Path, data: Path, force: bool) -> None:
    """Put a backup into an empty folder, so that the same releases are served with the same history.

    Every file is held against its sum before anything is exchanged. A server that runs goes over by itself.

    \b
    Example: recalling restore recalling.tar.gz --data data
    """
    from server.operations.restoring import restore as put_back

    click.echo(f"{data} holds {_words(put_back(file, data, replace=force))}")


def _words(manifest: Manifest) -> str:
    before = f" and {manifest.previous} before it" if manifest.previous else ""
    return f"release {manifest.current}{before}, {len(manifest.files)} files, {manifest.size / 1e6:.1f} MB"
