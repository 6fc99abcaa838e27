"""What stands on the disk beside the store: the files of the release that answers, and the history of its folder."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from flask import current_app

from server.publishing.history import History
from server.publishing.manifest import Manifest, read_manifest
from server.publishing.release import RELEASES
from server.requests import release
from server.settings import Settings


def data() -> Path:
    """The data folder of this server."""
    return cast(Settings, current_app.extensions["settings"]).data


def folder(identity: str | None = None) -> Path:
    """The folder of a release, of the one that answers without a name. It is missing where the store is elsewhere."""
    return data() / RELEASES / (identity or release().id)


def history() -> History:
    """The releases that were published from the data folder."""
    return History(data())


def manifest(identity: str | None = None) -> Manifest | None:
    """What a release is made of, the one that answers without a name; None where it is not in the data folder."""
    try:
        return read_manifest(folder(identity))
    except FileNotFoundError:
        return None
