"""The service of gongkai: SPARQL, linked data and stored queries over HTTP. It reads generations, ontology and queries."""

from gongkai_api.app import create_app
from gongkai_api.settings import Settings

__all__ = ["Settings", "create_app"]
