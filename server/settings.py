"""What an operator may set, read from the environment once, in create_app and in the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

PREFIX = "RECALLING_"


class SettingsError(Exception):
    """A setting that cannot be used: names the variable, its value and what is expected."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the server. Times are in seconds, sizes in bytes.

    `time_limit` ends the work on one query; `queue_limit` is how many queries may wait for a worker and `queue_time`
    how long; `query_workers` is their number in each of the `web_workers` processes; `worker_memory` is what one
    may allocate. `endpoint` is the SPARQL endpoint of another engine, asked instead of the data folder's store.
    `keep` is how many releases stay on the disk when another is built, the current and the previous one at least.
    """

    data: Path = Path("data")
    endpoint: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    web_workers: int = 2
    web_threads: int = 8
    query_workers: int = 2
    time_limit: float = 20.0
    queue_limit: int = 32
    queue_time: float = 10.0
    worker_memory: int = 2 * 1024**3
    keep: int = 2
    request_limit: int = 1024**2
    result_limit: int = 256 * 1024**2

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else self.host  # noqa: S104
        return f"http://{host}:{self.port}/"


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Settings where each variable RECALLING_NAME that is set and not empty replaces the default of that name.

    Raises SettingsError for a value that is not of the setting's kind or not above zero.
    """
    given: dict[str, Any] = {}
    for field in fields(Settings):
        variable = PREFIX + field.name.upper()
        if value := environ.get(variable):
            given[field.name] = _read(variable, value, type(field.default))
    return Settings(**given)


def _read(variable: str, value: str, kind: Callable[[str], Any]) -> Any:
    try:
        read = kind(value)
    except ValueError as error:
        raise SettingsError(f"{variable}={value!r}: a number is expected") from error
    if isinstance(read, int | float) and read <= 0:
        raise SettingsError(f"{variable}={value!r}: a number above zero is expected")
    return read
