"""The nginx configuration that is shipped, started before a real server and attacked."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.serving import TEXT, free_port, running, write_release

CONFIGURATION = Path(__file__).parents[1] / "deploy" / "nginx.conf"
NGINX = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
CERTIFICATES = "/etc/letsencrypt/live/data.example.org"
MAIN = """daemon off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
worker_processes 1;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    set_real_ip_from 127.0.0.1;  # only here: lets the tests be many clients
    real_ip_header X-Client;
    include {folder}/recalling.conf;
}}
"""


@dataclass(frozen=True, slots=True)
class Proxied:
    """A server behind nginx: the port of its TLS, the address of the server itself, its data."""

    port: int
    server: str
    data: Path

    @property
    def address(self) -> str:
        return f"https://127.0.0.1:{self.port}/"

    def get(self, path: str, client: str = "192.0.2.1", **more: str) -> httpx.Response:
        headers = {"Host": "data.example.org", "X-Client": client, **more}
        return httpx.get(self.address + path, headers=headers, verify=False, timeout=30)

    def connection(self, protocol: str = "http/1.1") -> ssl.SSLSocket:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
        context.set_alpn_protocols([protocol])
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.port), timeout=30))


@pytest.fixture(scope="module")
def proxied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxied]:
    if NGINX is None:
        if os.environ.get("RECALLING_REQUIRE_ENGINES"):
            pytest.fail("nginx is missing, and RECALLING_REQUIRE_ENGINES is set")
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    write_release(data := folder / "data")
    with running(data, {"RECALLING_PROXIES": "1", "RECALLING_WEB_WORKERS": "1"}) as server:
        port = free_port()
        with _nginx(folder, port, urlsplit(server.address).netloc, data):
            yield Proxied(port, server.address, data)


def configured(folder: Path, port: int, behind: str, data: Path, timeout: str = "2s") -> str:
    """The configuration as it is shipped, with the places of a test and timeouts that a test can wait for."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    for shipped, ours in {
        "    listen [::]:443 ssl http2;\n": "",
        "    listen [::]:80;\n": "",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "server 127.0.0.1:8000;": f"server {behind};",
        "/var/cache/nginx/recalling": f"{folder}/cache",
        "/var/lib/recalling": str(data),
        CERTIFICATES: str(folder),
        "client_header_timeout 10s;": f"client_header_timeout {timeout};",
        "client_body_timeout   10s;": f"client_body_timeout {timeout};",
    }.items():
        assert shipped in text
        text = text.replace(shipped, ours)
    return text


@contextmanager
def _nginx(folder: Path, port: int, behind: str, data: Path) -> Iterator[None]:
    keys = ["-keyout", str(folder / "privkey.pem"), "-out", str(folder / "fullchain.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=data.example.org", *keys]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "recalling.conf").write_text(configured(folder, port, behind, data), encoding="utf-8")
    (folder / "nginx.conf").write_text(MAIN.format(folder=folder), encoding="utf-8")
    folder.chmod(0o755)
    if os.geteuid() == 0:  # workers then run as nobody: let them be root, whose folders these are
        (folder / "nginx.conf").write_text("user root;\n" + MAIN.format(folder=folder), encoding="utf-8")
    with subprocess.Popen([str(NGINX), "-p", folder, "-c", folder / "nginx.conf"]) as process:
        try:
            _wait(port, process)
            yield
        finally:
            process.terminate()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return
        except OSError:
            assert process.poll() is None, "nginx ended"
            time.sleep(0.05)
    raise TimeoutError(port)


def test_a_server_at_an_address_of_ipv6_is_reached_and_its_clients_are_told_apart(tmp_path: Path) -> None:
    if NGINX is None:
        pytest.skip("nginx is not installed")
    write_release(data := tmp_path / "data")
    health, log = free_port(), tmp_path / "log"
    settings = {"RECALLING_HOST": "::1", "RECALLING_PROXIES": "1", "RECALLING_HEALTH_PORT": str(health)}
    with running(data, {**settings, "RECALLING_WEB_WORKERS": "1"}, log=log) as server:
        port = free_port()
        with _nginx(tmp_path, port, urlsplit(server.address).netloc, data):
            proxied = Proxied(port, server.address, data)
            answers = [proxied.get(f"{TEXT}.html", "2001:db8:0:7::1"), httpx.get(f"http://[::1]:{health}/health/ready")]
            answers.append(httpx.get(f"{server.address}{TEXT}.html"))
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert '"2001:db8:0:7::1"' in log.read_text()


def test_a_page_comes_through_with_its_own_addresses(proxied: Proxied) -> None:
    answer = proxied.get(TEXT, Accept="text/html")
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/{TEXT}.html")
    assert proxied.get(f"{TEXT}.html").status_code == 200


def test_what_is_for_those_who_watch_the_server_is_for_them_alone(proxied: Proxied) -> None:
    assert [proxied.get(path).status_code for path in ("metrics", "health/live", "health/ready")] == [403] * 3


BEGUN = {
    "nothing": b"",
    "half the headers": b"GET / HTTP/1.1\r\nHost: data.example.org\r\n",
    "half a body": b"POST /sparql HTTP/1.1\r\nHost: data.example.org\r\nContent-Length: 99\r\n"
    b"Content-Type: application/sparql-query\r\n\r\nASK",
}


@pytest.mark.parametrize("begun", BEGUN.values(), ids=BEGUN)
def test_connections_that_are_not_used_are_ended_and_hold_up_nobody(proxied: Proxied, begun: bytes) -> None:
    with ExitStack() as open_connections:
        slow = [open_connections.enter_context(proxied.connection()) for _ in range(150)]
        for one in slow:
            one.sendall(begun)
        answers = [proxied.get(f"{TEXT}.html", "192.0.2.2"), httpx.get(f"{proxied.server}health/ready", timeout=30)]
        ends = [_ended(one) for one in slow]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert all(ends)


def _ended(connection: ssl.SSLSocket) -> bool:
    """Whether the other side ends the connection, before the time of the socket."""
    try:
        while connection.recv(4096):
            pass
    except TimeoutError:
        return False
    except OSError:
        pass
    return True


@pytest.mark.parametrize(
    ("addresses", "expected"),
    [
        (["192.0.2.7"] * 300, True),
        ([f"2001:db8:0:7::{number:x}" for number in range(1, 301)], True),
        ([f"2001:db8:0:{number:x}::1" for number in range(0x100, 0x100 + 150)], False),
    ],
    ids=["one address", "one network of IPv6", "many networks"],
)
def test_one_client_asks_at_a_rate_and_networks_of_64_bits_are_one(
    proxied: Proxied, addresses: list[str], expected: bool
) -> None:
    with httpx.Client(verify=False, timeout=30) as client:
        headers = [{"Host": "data.example.org", "X-Client": address} for address in addresses]
        statuses = [client.get(f"{proxied.address}metrics", headers=one).status_code for one in headers]
        other = client.get(f"{proxied.address}metrics", headers={**headers[0], "X-Client": "198.51.100.1"})
    assert ((429 in statuses), other.status_code) == (expected, 403)


def test_bodies_are_bounded_before_the_server_has_them(proxied: Proxied) -> None:
    large = {"Content-Type": "application/sparql-query", "X-Client": "192.0.2.3"}
    answer = httpx.post(f"{proxied.address}sparql", content=b" " * 2**21, headers=large, verify=False)
    assert answer.status_code == 413


def test_an_answer_is_kept_until_another_release_is_served(proxied: Proxied) -> None:
    def tag(client: str) -> tuple[str, str]:
        answer = proxied.get(f"{TEXT}.ttl", client)
        assert answer.status_code == 200, answer.text
        return answer.headers["ETag"], answer.headers["X-Request-Id"]

    first, again = tag("192.0.2.10"), tag("192.0.2.11")
    assert first == again and first[0].startswith('W/"one-')
    write_release(proxied.data, "two")
    fresh = first
    while fresh[0] == first[0]:  # until the server has seen the release; the test's own time limit ends it
        time.sleep(0.5)  # less than the proxy lets one client ask
        fresh = tag("192.0.2.12")
    assert fresh[0].startswith('W/"two-')
    assert tag("192.0.2.13") == tag("192.0.2.14")


def _frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return len(payload).to_bytes(3, "big") + bytes([kind, flags]) + stream.to_bytes(4, "big") + payload


def test_streams_of_http_2_that_are_reset_at_once_hold_up_nobody(proxied: Proxied) -> None:
    headers = b"\x82\x87\x84\x41\x10data.example.org"  # GET, https, /, and the authority as a literal (RFC 7541)
    begun = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + _frame(4, 0, 0)
    with proxied.connection("h2") as rapid:
        assert rapid.selected_alpn_protocol() == "h2"
        try:
            rapid.sendall(begun)
            for stream in range(1, 10_000, 2):
                rapid.sendall(_frame(1, 5, stream, headers) + _frame(3, 0, stream, b"\0\0\0\x08"))
        except OSError:
            pass  # nginx has ended it, as it may
        answers = [proxied.get(f"{TEXT}.html", "192.0.2.20"), httpx.get(f"{proxied.server}health/ready", timeout=30)]
    assert [answer.status_code for answer in answers] == [200, 200]


def test_the_server_itself_speaks_no_http_2_and_ends_what_is_idle(tmp_path: Path) -> None:
    write_release(tmp_path)
    settings = {"RECALLING_WEB_WORKERS": "1", "RECALLING_HEADER_TIME": "1"}
    with running(tmp_path, settings) as server, ExitStack() as connections:
        port = httpx.URL(server.address).port or 0
        idle = [
            connections.enter_context(socket.create_connection(("127.0.0.1", port), timeout=30)) for _ in range(1200)
        ]
        status = httpx.get(f"{server.address}health/ready", timeout=30).status_code
        with socket.create_connection(("127.0.0.1", port), timeout=30) as preface:
            preface.sendall(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + _frame(4, 0, 0))
            said = preface.recv(100)
        assert (status, [one.recv(1) for one in idle]) == (200, [b""] * 1200)
        assert not said or said.startswith(b"HTTP/1.1 400")
