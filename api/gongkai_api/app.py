"""The application: every address of the service, and what answers it."""

from __future__ import annotations

from gongkai.store import Latest
from gongkai_api import graphs
from gongkai_api.board import Board
from gongkai_api.catalog import Catalog
from gongkai_api.check import Check
from gongkai_api.directory import Directory
from gongkai_api.execution import Pool, Relief
from gongkai_api.graphs import Graphs
from gongkai_api.health import Health
from gongkai_api.iri import Addresses
from gongkai_api.linked import CONTEXT, Linked
from gongkai_api.service import Route, Service
from gongkai_api.settings import Settings
from gongkai_api.sitemap import Sitemap
from gongkai_api.sparql import Answering, Sparql
from gongkai_api.stored import PATH, Stored
from gongkai_api.telemetry import Telemetry
from gongkai_api.update import Update
from gongkai_api.writes import Writing


def create_app(
    settings: Settings, relief: Relief | None = None, board: Board | None = None, slot: int = 0
) -> Service:
    """The service over a store. `board` and `slot` are where this process counts, among others."""
    latest = Latest(settings.source)
    telemetry = Telemetry(board, slot, settings.access_log)
    service = Service(Pool(settings.limits, relief, telemetry.event), telemetry, settings.rate)
    writing = Writing(settings.location, settings.write_token)
    limits = settings.limits
    addresses = Addresses(settings.base)
    answering = Answering(latest, limits, settings.services, addresses)
    sparql = Sparql(answering, writable=bool(settings.write_token))
    for path in ("/sparql", "/sparql/"):
        service.add(
            path, Route(sparql.handle, "GET, HEAD, POST, OPTIONS", limits.text, swift=True), alone=True
        )
    service.add("/update", Route(Update(writing, settings.services).handle, "POST, OPTIONS", limits.body))
    for path in ("/graphs", "/graphs/"):
        service.add(path, Route(Graphs(latest, writing).handle, graphs.METHODS, limits.body))
    stored = Stored(answering)
    service.add(PATH, Route(stored.index))
    service.add(PATH + "/", Route(stored.handle, swift=True))
    service.add("/check", Route(Check(settings.checker).handle, "GET, HEAD, POST, OPTIONS", limits.body))
    directory = Directory(latest, addresses)
    service.add("/", Route(directory.home))
    service.add("/browse/reports", Route(directory.reports))
    service.add("/browse/agencies", Route(directory.agencies))
    linked = Linked(latest, addresses)
    service.add(CONTEXT, Route(linked.context))
    service.add("/style.css", Route(linked.style))
    service.otherwise = Route(linked.handle)
    catalog = Catalog(latest, settings)
    service.add("/.well-known/void", Route(catalog.void))
    service.add("/catalog", Route(catalog.catalog))
    sitemap = Sitemap(latest, addresses)
    service.add("/sitemap.xml", Route(sitemap.sitemap))
    service.add("/robots.txt", Route(sitemap.robots))
    health = Health(latest, telemetry)
    service.add("/health", Route(health.alive))
    service.add("/ready", Route(health.ready))
    service.add("/metrics", Route(health.metrics))
    return service
