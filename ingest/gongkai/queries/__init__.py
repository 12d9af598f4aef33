"""Questions to the graph: the stored ones, and what can be told of any query before it runs."""

from gongkai.queries.stored import Parameter, StoredQuery, find, load, stored

__all__ = ["Parameter", "StoredQuery", "find", "load", "stored"]
