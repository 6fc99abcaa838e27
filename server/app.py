"""The web application: `create_app(settings)` puts the parts together."""

from __future__ import annotations

import os

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from server import bodies, cache, clients, compression, errors, headers, packages, requests
from server.current import Current, limits_of
from server.dataset import catalogue_pages, changes, feeds, releases, sitemap
from server.doors import (
    agents,
    described,
    framed,
    graphs,
    guide,
    lists,
    said,
    tables,
    things,
    watching_lists,
    workbooks,
)
from server.intake import views as intake
from server.lane import descriptions
from server.linked_data import definitions, resources
from server.operations import health, metrics_page, observation, request_id
from server.operations.metrics import Metrics
from server.pages import comparison, directory, heads, institution, network, site, whole_answers
from server.reconciliation import views as reconciliation
from server.remote.current import RemoteCurrent
from server.search import near, served
from server.search import views as search
from server.settings import Settings, from_environment
from server.sparql import graph_store, protocol, terms
from server.sparql.places import Places
from server.validation import views as validation
from server.vocabulary import views as vocabulary

_PARTS = (
    health,
    packages,
    protocol,
    terms,
    graph_store,
    catalogue_pages,
    releases,
    changes,
    feeds,
    definitions,
    vocabulary,
    sitemap,
    described,
    guide,
    said,
    agents,
    watching_lists,
    framed,
    lists,
    graphs,
    workbooks,
    tables,
    intake,
    validation,
    search,
    near,
    reconciliation,
    comparison,
    network,
    directory,
    institution,
    site,
    resources,
)


def create_app(settings: Settings | None = None) -> Flask:
    """The application that serves a data folder; without settings, as the environment has them."""
    chosen = settings or from_environment(os.environ)
    app = Flask("server")
    app.config["MAX_CONTENT_LENGTH"] = chosen.request_limit
    app.config["MAX_FORM_MEMORY_SIZE"] = chosen.request_limit
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.extensions["settings"] = chosen
    app.extensions["metrics"] = metrics = Metrics() if chosen.metrics else None
    places = Places(chosen.client_limit, metrics.queue) if metrics else Places(chosen.client_limit)
    app.extensions["current"] = current_of(chosen, places)
    observation.init_app(app)
    request_id.init_app(app)
    descriptions.init_app(app)
    clients.init_app(app, chosen.client_requests)
    cache.init_app(app, chosen.cache_size)
    compression.init_app(app)
    errors.init_app(app)
    headers.init_app(app)
    requests.init_app(app)
    bodies.init_app(app)
    packages.init_app(app)
    heads.init_app(app)
    things.init_app(app)
    agents.init_app(app)
    whole_answers.init_app(app)
    validation.init_app(app, chosen)
    served.init_app(app)
    for part in _PARTS:
        app.register_blueprint(part.blueprint)
    if metrics:
        app.register_blueprint(metrics_page.blueprint)
    if number := chosen.proxies:
        proxied = ProxyFix(app.wsgi_app, x_for=number, x_proto=number, x_host=number, x_prefix=number)
        app.wsgi_app = proxied  # type: ignore[method-assign]
    return app


def current_of(settings: Settings, places: Places) -> Current | RemoteCurrent:
    """Where the release to serve is found: in the data folder, or in another engine."""
    if settings.endpoint:
        return RemoteCurrent(settings.endpoint, limits_of(settings), places)
    return Current(settings, places)
