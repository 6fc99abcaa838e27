"""What an operator may set, read from the environment once, in create_app and in the command line."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from ipaddress import ip_network
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ontology.terms import BASE

PREFIX = "RECALLING_"


class SettingsError(Exception):
    """A setting that cannot be used: names the variable, its value and what is expected."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the value of a setting is read; `read` raises ValueError for what is not as `expected`."""

    read: Callable[[str], Any]
    expected: str


def _boolean(value: str) -> bool:
    words = {"true": True, "yes": True, "on": True, "1": True, "false": False, "no": False, "off": False, "0": False}
    if value.lower() not in words:
        raise ValueError
    return words[value.lower()]


def _number(number: Callable[[str], float], zero: bool = False) -> Callable[[str], float]:
    """What reads a number above zero, or zero as well."""

    def above(value: str) -> float:
        found = number(value)
        if not math.isfinite(found) or found < 0 or (found == 0 and not zero):
            raise ValueError
        return found

    return above


def _port(lowest: int) -> Callable[[str], int]:
    """What reads a port, from `lowest` on."""

    def read_port(value: str) -> int:
        port = int(value)
        if not lowest <= port < 2**16:
            raise ValueError
        return port

    return read_port


def _list(value: str) -> tuple[str, ...]:
    return tuple(item for word in value.split(",") if (item := word.strip()))


def _networks(value: str) -> tuple[str, ...]:
    return tuple(str(ip_network(item)) for item in _list(value))


def _one_of(*words: str) -> Callable[[str], str]:
    def known(value: str) -> str:
        if value not in words:
            raise ValueError
        return value

    return known


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError
    return value


def _base(value: str) -> str:
    if not value.endswith("/"):
        raise ValueError
    return _address(value)


def _fingerprint(value: str) -> str:
    if not re.fullmatch(r"[0-9A-Fa-f]{64}", value):
        raise ValueError
    return value


BOOLEAN = Kind(_boolean, "true or false")
WHOLE = Kind(_number(int), "a whole number above zero")
WHOLE_OR_ZERO = Kind(_number(int, zero=True), "a whole number, zero or above")
NUMBER = Kind(_number(float), "a number above zero")
NUMBER_OR_ZERO = Kind(_number(float, zero=True), "a number, zero or above")
PORT = Kind(_port(1), "a whole number from 1 to 65535")
PORT_OR_NONE = Kind(_port(0), "a whole number from 1 to 65535, or 0 for none")
WORDS = Kind(str, "words")
LIST = Kind(_list, "words with commas between them")
PATH = Kind(Path, "a folder")
NETWORKS = Kind(_networks, "networks such as 10.0.0.0/8 with commas between them")
LOG = Kind(_one_of("json", "plain", "off"), "json, plain or off")
ADDRESS = Kind(_address, "an address that begins with http:// or https://")
BASE_ADDRESS = Kind(_base, "an address that begins with http:// or https:// and ends with a slash")
FINGERPRINT = Kind(_fingerprint, "64 hexadecimal digits, as `recalling token` prints them")
_BY_TYPE: Mapping[type, Kind] = {bool: BOOLEAN, int: WHOLE, float: NUMBER, str: WORDS, tuple: LIST}


def _is(kind: Kind) -> Mapping[str, Kind]:
    """The metadata of a setting that is not read as its type alone would have it."""
    return {"kind": kind}


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of the server. Times are in seconds, sizes in bytes; docs/operating.md has them in a table.

    `time_limit` ends the work on one query; `queue_limit` is how many queries may wait for a worker and `queue_time`
    how long; `client_limit` is how many of one client may wait or run in each web process, `client_requests` how many
    of its requests of any kind are answered at a time.
    `health_port` is where liveness and readiness are answered beside the port for requests, 0 for nowhere else.
    `connections` is how many each web process holds; `header_time` closes one that does not end its headers, or asks
    nothing more.
    `query_workers` is the number of workers at work in each of the `web_workers` processes, where one more is ready;
    `worker_memory` is what one may allocate. A web process that takes `web_memory` gives its place to a fresh one.
    `endpoint` is the SPARQL endpoint of another engine, asked instead of the data folder's store.
    `cache_size` is what each web process keeps of its answers, 0 for nothing.
    `base` is that of the IRIs of a first release. `intake_token_sha256` is the SHA-256 of the token that lets an
    operator send reports of up to `report_limit` bytes, each worked on for up to `intake_time` and with up to
    `intake_memory`; without it there is no way in.
    `validation_limit` and `validation_time` bound what a stranger may have checked against the shapes.
    `keep` is how many releases stay on the disk when another is built, the current and the previous one at least.
    `proxies` is how many reverse proxies stand before the server and are believed about the client; `hsts` is how
    long browsers keep to https.
    `publisher` is who answers for the data, `publisher_homepage` where more is said of them, `contact` the mail address
    or the page where they are reached. `data_licence` is the licence of the data, by its address.
    `log` is the form of the log; `metrics_clients` are the networks that the metrics are told to.
    """

    data: Path = Path("data")
    endpoint: str = field(default="", metadata=_is(ADDRESS))
    host: str = "127.0.0.1"
    port: int = field(default=8000, metadata=_is(PORT))
    health_port: int = field(default=0, metadata=_is(PORT_OR_NONE))
    publisher: str = ""
    publisher_homepage: str = field(default="", metadata=_is(ADDRESS))
    contact: str = ""
    data_licence: str = field(default="https://creativecommons.org/licenses/by/4.0/", metadata=_is(ADDRESS))
    log: str = field(default="json", metadata=_is(LOG))
    metrics: bool = True
    metrics_clients: tuple[str, ...] = field(default=("127.0.0.0/8", "::1/128"), metadata=_is(NETWORKS))
    proxies: int = field(default=0, metadata=_is(WHOLE_OR_ZERO))
    hsts: int = field(default=0, metadata=_is(WHOLE_OR_ZERO))
    web_workers: int = 2
    web_threads: int = 48  # more than wait and run, or a query that is too much would wait unheard for a thread
    query_workers: int = 3
    time_limit: float = 20.0
    queue_limit: int = 32
    client_limit: int = 8
    client_requests: int = 16  # a part of the threads
    connections: int = 4096  # idle ones with them, each of which costs some kilobytes
    header_time: float = 10.0
    queue_time: float = field(default=25.0, metadata=_is(NUMBER_OR_ZERO))  # longer than any query, for its turn to come
    worker_memory: int = 3 * 512 * 1024**2
    web_memory: int = 1024**3  # several times what one takes that has served for long
    keep: int = 2
    request_limit: int = 1024**2
    result_limit: int = 256 * 1024**2
    cache_size: int = field(default=64 * 1024**2, metadata=_is(WHOLE_OR_ZERO))
    base: str = field(default=BASE, metadata=_is(BASE_ADDRESS))
    intake_token_sha256: str = field(default="", metadata=_is(FINGERPRINT))
    intake_time: float = 900.0
    intake_memory: int = 2 * 1024**3
    report_limit: int = 32 * 1024**2
    validation_limit: int = 4 * 1024**2
    validation_time: float = 30.0

    @property
    def address(self) -> str:
        """The address to open in a browser."""
        host = "localhost" if self.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else self.host  # noqa: S104
        return f"http://{host}:{self.port}/"

    @property
    def stop_time(self) -> int:
        """Seconds that requests in flight may take to end when the server stops: a query's, and five to send it."""
        return math.ceil(self.queue_time + self.time_limit) + 5


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Settings where each variable RECALLING_NAME that is set and not empty replaces the default of that name.

    Raises SettingsError for a value that is not of the setting's kind.
    """
    given: dict[str, Any] = {}
    for setting in fields(Settings):
        variable = variable_of(setting)
        if value := environ.get(variable, "").strip():
            given[setting.name] = read(variable, value, kind_of(setting))
    return Settings(**given)


def variable_of(setting: Field[Any]) -> str:
    """The name of the variable that sets a field of Settings."""
    return PREFIX + setting.name.upper()


def kind_of(setting: Field[Any]) -> Kind:
    """How a field of Settings is read: as it says itself, or by the type of its default."""
    default = setting.default
    by_type = PATH if isinstance(default, Path) else _BY_TYPE[type(default)]
    kind: Kind = setting.metadata.get("kind", by_type)
    return kind


def read(variable: str, value: str, kind: Kind) -> Any:
    """The value of a variable. Raises SettingsError where it is not as expected."""
    try:
        return kind.read(value)
    except ValueError as error:
        raise SettingsError(f"{variable}={value!r}: expected is {kind.expected}") from error
