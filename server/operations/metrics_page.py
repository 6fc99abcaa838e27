"""/metrics: what Prometheus collects, told to the operator's own networks only."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from flask import Blueprint, Response, current_app, request

from server.current import NoReleaseError, Release
from server.errors import refused
from server.store import StoreError

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    """The metrics of all web processes. Raises a Problem for a client who is in none of the networks that are set."""
    if not within(request.remote_addr, current_app.extensions["settings"].metrics_clients):
        raise refused("Metrics are told to the hosts that the operator has listed.")
    body, content_type = current_app.extensions["metrics"].exposition(_served())
    response = Response(body, content_type=content_type)
    response.headers["Cache-Control"] = "no-store"
    return response


def within(client: str | None, networks: Sequence[str]) -> bool:
    """Whether an address is of one of the networks; IPv4 written as IPv6 is IPv4 (RFC 4291, 2.5.5.2)."""
    if not client:
        return False
    try:
        address: IPv4Address | IPv6Address = ip_address(client)
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return any(address in ip_network(network) for network in networks)


def _served() -> Release | None:
    """The release, not the request's own one, by which the answer would be validated; None where there is none."""
    try:
        release: Release = current_app.extensions["current"].release()
    except (NoReleaseError, StoreError):
        return None
    return release
