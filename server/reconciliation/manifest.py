"""The service manifest: what this service is and where its parts are (section 3.1 of the specification)."""

from __future__ import annotations

from importlib.metadata import version

from server.reconciliation.bounds import BATCH
from server.reconciliation.types import TYPES

PREVIEW_WIDTH, PREVIEW_HEIGHT = 420, 240  # pixels


def manifest(root: str, base: str) -> dict[str, object]:
    """The manifest of the service at an address (with a slash at its end) over things whose IRIs begin with a base.

    An identifier is what follows the base in an IRI, a type or property what follows the vocabulary's address.
    """
    service = f"{root}reconcile"
    suggest = {
        what: {
            "service_url": service,
            "service_path": f"/suggest/{what}",
            "flyout_service_url": service,
            "flyout_service_path": f"/flyout/{what}?id=${{id}}",
        }
        for what in ("entity", "type", "property")
    }
    return {
        "versions": ["0.1", "0.2"],
        "name": "Recalling: States, bodies, documents and texts of United Nations commissions",
        "identifierSpace": base,
        "schemaSpace": f"{base}def/",
        "documentation": service,
        "logo": f"{root}static/icon.svg",
        "serviceVersion": version("recalling"),
        "defaultTypes": [one.document() for one in TYPES],
        "view": {"url": f"{service}/view?id={{{{id}}}}"},
        "feature_view": {"url": f"{service}#{{{{id}}}}"},
        "preview": {"url": f"{service}/preview?id={{{{id}}}}", "width": PREVIEW_WIDTH, "height": PREVIEW_HEIGHT},
        "suggest": suggest,
        "extend": {
            "propose_properties": {"service_url": service, "service_path": "/properties"},
            "property_settings": [],
        },
        "batchSize": BATCH,
    }
