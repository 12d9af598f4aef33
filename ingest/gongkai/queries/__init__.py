"""Questions to the graph: the stored ones, and what can be told of any query before it runs."""

from gongkai.queries.stored import Parameter, StoredQuery, find, load, stored, written
from gongkai.queries.syntax import explained
from gongkai.queries.warning import shape, warnings

__all__ = ["Parameter", "StoredQuery", "explained", "find", "load", "shape", "stored", "warnings", "written"]
