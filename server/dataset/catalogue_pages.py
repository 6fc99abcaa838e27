"""The description of the data at /dataset, of each unit below it, and where VoID is looked for; the dumps at /dumps."""

from __future__ import annotations

import io
import json
from base64 import b64encode
from dataclasses import asdict

from flask import Blueprint, Response, current_app, redirect, render_template, request, send_file
from werkzeug.wrappers import Response as AnyResponse
from werkzeug.wsgi import wrap_file

from server.compression import CODINGS
from server.dataset.catalogue import Holdings, Publisher, dataset_graph, unit_graph
from server.dataset.downloads import WHOLE, Download, download_at, files_of, joined, pieces
from server.dataset.kept import folder, history, manifest
from server.dataset.structured import dataset_data
from server.documents import JSON, Document, answer
from server.errors import not_found
from server.negotiation import DESCRIPTIONS, by_suffix
from server.publishing.manifest import Manifest
from server.publishing.statistics import read_statistics
from server.requests import address, query_string, release
from server.settings import Settings

blueprint = Blueprint("dataset", __name__)

_MEDIA = {"nq": "application/n-quads", "trig": "application/trig"}


@blueprint.get("/.well-known/void")
def well_known() -> AnyResponse:
    """Where the description is, as VoID (section 7.2) wants it."""
    response = redirect(address(f"{release().base}dataset") + query_string(), 303)
    response.vary.add("Accept")
    return response


@blueprint.get("/dataset")
@blueprint.get("/dataset.<suffix>")
def dataset(suffix: str = "") -> Response:
    """The description of everything."""
    held = holdings()
    return answer(Document("dataset", lambda: dataset_graph(held), lambda: _page("dataset.html", held)), suffix)


@blueprint.get("/dataset/<path:unit>")
def part(unit: str) -> Response:
    """The description of a unit. Raises a Problem where the release has no such unit."""
    held, suffix = holdings(), ""
    if unit not in held.units and (found := by_suffix(unit, (*DESCRIPTIONS, JSON))):
        unit, suffix = found[0], found[1].name
    if unit not in held.units:
        raise not_found(f"This release has no part {unit}; {release().base}dataset lists them.")
    page = Document(f"dataset/{unit}", lambda: unit_graph(held, unit), lambda: _page("unit.html", held, unit))
    return answer(page, suffix)


@blueprint.get("/dumps")
@blueprint.get("/dumps.<suffix>")
def dumps(suffix: str = "") -> Response:
    """All files to take along, with their checksums."""
    held = holdings()
    listing = json.dumps([asdict(download) for download in held.downloads], indent=1) + "\n"
    page = Document("dumps", lambda: dataset_graph(held), lambda: _page("dumps.html", held), ((JSON, lambda: listing),))
    return answer(page, suffix)


@blueprint.get("/dumps/SHA256SUMS")
def checksums() -> Response:
    """The checksums of all files as `sha256sum --check` reads them."""
    lines = [
        line
        for download in holdings().downloads
        if download.sha256
        for line in (f"{download.packed_sha256}  {download.path}.gz\n", f"{download.sha256}  {download.path}\n")
    ]
    return Response("".join(lines), content_type="text/plain; charset=utf-8")


@blueprint.get("/dumps/<path:name>")
def dump(name: str) -> Response:
    """A file to take along: only what the release lists is looked for on the disk."""
    held = manifest()
    found = download_at(held, name.removesuffix(".gz")) if held else None
    if held is None or found is None:
        raise not_found(f"There is no file {name} in this release; {release().base}dumps lists them.")
    return _packed(held, found, "application/gzip") if name.endswith(".gz") else _plain(held, found)


def holdings() -> Holdings:
    """The release that answers, with its counts and its downloads."""
    settings: Settings = current_app.extensions["settings"]
    publisher = Publisher(settings.publisher, settings.publisher_homepage) if settings.publisher else None
    first, licence = history().entry(1), settings.data_licence
    return Holdings(release(), read_statistics(folder()), manifest(), first, publisher, licence)


def _packed(held: Manifest, download: Download, media_type: str) -> Response:
    """The compressed file, or a range of it."""
    if download.unit == WHOLE:
        response = Response(
            wrap_file(request.environ, io.BufferedReader(joined(held, download))), content_type=media_type
        )
        response.content_length = download.packed_size
        response.set_etag(f"{held.id}.{download.form}.gz")
        response.cache_control.max_age = 60
        response.make_conditional(request, accept_ranges=True, complete_length=download.packed_size)
        return response
    (place,) = files_of(held, download)
    if not place.is_file():
        raise not_found("This release is not served any more; ask again.")
    response = send_file(place, mimetype=media_type, etag=download.packed_sha256, conditional=True, max_age=60)
    response.headers["Repr-Digest"] = _digest(download.packed_sha256)
    return response


def _plain(held: Manifest, download: Download) -> Response:
    """The file expanded; a client that takes gzip gets the compressed bytes of a part and expands them itself.

    Not those of the whole, which are several members of gzip: a client may expand the first alone (httpx 0.28 does).
    """
    media_type = _MEDIA[download.form]
    if request.accept_encodings["gzip"] > 0 and download.unit != WHOLE:
        response = _packed(held, download, media_type)
        response.headers["Content-Encoding"] = "gzip"
    else:
        response = Response(pieces(files_of(held, download)), content_type=media_type)
        response.content_length = download.size
        response.set_etag(download.sha256 or f"{held.id}.{download.form}")
        if download.sha256 and not any(request.accept_encodings[coding] for coding in CODINGS):
            response.headers["Repr-Digest"] = _digest(download.sha256)  # the digest is of the bytes that are sent
    response.vary.add("Accept-Encoding")
    return response


def _digest(sha256: str) -> str:
    """The field value of RFC 9530 for a hash in hexadecimal."""
    return f"sha-256=:{b64encode(bytes.fromhex(sha256)).decode()}:"


def _page(template: str, held: Holdings, unit: str = WHOLE) -> str:
    rows = [(one, held.title(one), held.of(one)) for one in ((WHOLE, *held.units) if unit == WHOLE else (unit,))]
    return render_template(template, held=held, unit=unit, rows=rows, structured=dataset_data(held, unit))
