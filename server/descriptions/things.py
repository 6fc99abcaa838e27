"""Which parts of a release say something of a thing: one SQLite file beside the store, only read once published."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path
from urllib.parse import quote

from server.descriptions.pack import hash_of

FILE = "things-1.sqlite"  # with the edition of its tables: a file of another edition is as good as none


def has_things(folder: Path) -> bool:
    """Whether the release in a folder knows which part says what."""
    return (folder / FILE).is_file()


def signed(number: int) -> int:
    """A hash as the table has it: SQLite's numbers have a sign."""
    return number - (1 << 64) if number >> 63 else number


class Things:
    """The file of a release, open; safe to use from several threads. Raises sqlite3.Error where it cannot be read."""

    def __init__(self, folder: Path) -> None:
        address = f"file:{quote(str(folder.resolve() / FILE))}?mode=ro&immutable=1"
        self._index = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
        self._parts = dict(self._index.execute("SELECT id, path FROM part"))
        self._lock = threading.Lock()

    def parts(self, path: str) -> list[str]:
        """The paths of the parts that may say something of a thing, by its path; a part may say nothing after all."""
        with self._lock:
            found = self._index.execute("SELECT part FROM known WHERE thing = ?", (signed(hash_of(path)),)).fetchall()
        return [self._parts[number] for (number,) in found]
