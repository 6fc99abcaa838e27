"""What the pages of the dataset and its units say to programs that read pages: a Dataset of schema.org."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from server.dataset.catalogue import Holdings, Publisher, iri_of
from server.dataset.downloads import WHOLE
from server.pages.structured import Node, embedded, link

_MEDIA = {"nq": "application/n-quads", "trig": "application/trig"}
_DESCRIPTION = "What session reports of United Nations commissions say, as linked data."


def dataset_data(held: Holdings, unit: str = WHOLE) -> Markup:
    """The whole dataset, or a unit of it, with the files to take along."""
    base = held.release.base
    whole = link(str(iri_of(base)), "Recalling: session reports of United Nations commissions", "Dataset")
    node = whole if unit == WHOLE else link(str(iri_of(base, unit)), held.title(unit), "Dataset")
    more: Node = {
        "description": _DESCRIPTION if unit == WHOLE else f"{held.title(unit)}. {_DESCRIPTION}",
        "url": {"@id": node["@id"]},
        "license": {"@id": held.licence},
        "publisher": _publisher(held.publisher),
        "isAccessibleForFree": True,
        "version": held.release.id,
        "dateModified": held.release.published.isoformat(),
        "inLanguage": "en",
        "isPartOf": None if unit == WHOLE else whole,
        "distribution": list(_distributions(held, unit)),
    }
    return embedded([{**node, **more}], base)


def _publisher(publisher: Publisher | None) -> Node | None:
    if publisher is None:
        return None
    homepage = {"url": {"@id": publisher.homepage}} if publisher.homepage else {}
    return {"@type": "Organization", "name": publisher.name, **homepage}


def _distributions(held: Holdings, unit: str) -> Iterator[Node]:
    """The compressed files, and the endpoint for the whole."""
    base = held.release.base
    for download in held.of(unit):
        yield {
            "@type": "DataDownload",
            "name": f"{download.path}.gz",
            "contentUrl": {"@id": f"{base}dumps/{download.path}.gz"},
            "encodingFormat": [_MEDIA[download.form], "application/gzip"],
            "contentSize": f"{download.packed_size} B",
            **({"sha256": download.packed_sha256} if download.packed_sha256 else {}),
        }
    if unit == WHOLE:
        yield {
            "@type": "DataDownload",
            "name": "SPARQL endpoint",
            "contentUrl": {"@id": f"{base}sparql"},
            "encodingFormat": "application/sparql-results+json",
        }
