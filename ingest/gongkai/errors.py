"""What can go wrong from outside, told apart from bugs of ours: every one says what was seen, where, and what to do."""

from __future__ import annotations


class GongkaiError(Exception):
    """The base of every error that the user's input or surroundings can cause."""


class UnreadableError(GongkaiError):
    """A source that cannot be read as a document: empty, damaged, of an unknown kind, or not permitted."""


class CollectError(GongkaiError):
    """An address that cannot be fetched, or a place where nothing can be kept."""


class NotAReportError(GongkaiError):
    """A document that is no annual report on information disclosure."""


class OntologyError(GongkaiError):
    """The RDF that drives the program contradicts itself or is incomplete."""


class StoreError(GongkaiError):
    """A store that cannot be opened, written or read."""


class BusyError(StoreError):
    """A store that another process is writing."""


class QueryError(GongkaiError):
    """A query that is not SPARQL, or not answerable as asked; `line` and `column` from 1, where known."""

    def __init__(self, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column
