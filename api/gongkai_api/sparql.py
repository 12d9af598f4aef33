"""The query endpoint: SPARQL 1.1 Protocol over the current generation."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from urllib.parse import quote

from gongkai.errors import QueryError
from gongkai.queries.tokens import traits
from gongkai.queries.vocabulary import unknown_terms
from gongkai.store import Latest
from gongkai_api import writing
from gongkai_api.description import description
from gongkai_api.messages import Answer, Pairs, Request
from gongkai_api.negotiation import accepts_gzip
from gongkai_api.output import Output, Work
from gongkai_api.problems import Problem, bad_request
from gongkai_api.protocol import Operation, query_operation
from gongkai_api.settings import Limits

_DEEPEST = 2000  # levels of brackets: twice what anybody needs, and far from what exhausts the engine's stack
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
VARY: Pairs = (("vary", "accept, accept-encoding"),)


@dataclass(frozen=True, slots=True)
class Answering:
    """How queries are answered, wherever their text comes from."""

    latest: Latest
    limits: Limits
    services: frozenset[str]

    def answer(self, request: Request, operation: Operation) -> Answer | Work:
        """304 where the client has the answer already, else the work that makes it.

        Raises:
            Problem: 400 or 403, the query is none that is run here.
        """
        found = traits(operation.text)
        if found.depth > _DEEPEST:
            raise bad_request(f"the query nests {found.depth} levels deep; {_DEEPEST} are the limit")
        forbidden = [name for name in found.services if name is None or name not in self.services]
        if forbidden:
            called = f"SERVICE {forbidden[0] or ''}".strip()
            raise Problem(403, f"{called} is not called from here: the list of allowed endpoints lacks it")
        fixed = not found.volatile and request.method != "POST" and self.latest.generation().immutable
        tag = self._tag(request, operation) if fixed else ""
        if tag and tag in _tags(request.header("if-none-match")):
            return Answer(304, "", b"", (("etag", tag), ("cache-control", "no-cache"), *VARY))

        def work(output: Output) -> None:
            self._run(operation, request, tag, output)

        return work

    def _run(self, operation: Operation, request: Request, tag: str, output: Output) -> None:
        try:
            results = self.latest.generation().query(
                operation.text,
                base=request.url,
                default_graphs=operation.default_graphs,
                named_graphs=operation.named_graphs,
            )
            form, media_type = writing.offer(results).pick(operation.format, request.header("accept"))
            output.media_type = form.content_type(media_type)
            output.headers = (*VARY, *_warnings(operation.text))
            if tag:
                output.headers += (("etag", tag), ("cache-control", "no-cache"))
            output.gzip = accepts_gzip(request.header("accept-encoding"))
            writing.write(results, form, writing.Counter(output, form, self.limits.rows))
        except QueryError as error:
            raise bad_request(str(error), error.line, error.column) from error

    def _tag(self, request: Request, operation: Operation) -> str:
        """An entity tag: it changes with the store, and with what the client accepts."""
        wishes = "|".join(
            (request.header("accept"), request.header("accept-encoding"), operation.format or "")
        )
        return f'"{self.latest.generation().id}.{zlib.crc32(wishes.encode()):08x}"'


@dataclass(frozen=True, slots=True)
class Sparql:
    """`/sparql`."""

    answering: Answering
    writable: bool

    def handle(self, request: Request, body: bytes) -> Answer | Work:
        """The answer to a query; to a request without one, the description of the service.

        Raises:
            Problem: 400, 403, 405, 406 or 415.
        """
        operation = query_operation(request, body)
        if operation is None:
            return description(request, self.answering.services, writable=self.writable)
        return self.answering.answer(request, operation)


def _warnings(text: str) -> Pairs:
    """A header for each term of ours that does not exist, in ASCII."""
    return tuple(
        ("x-gongkai-warning", quote(str(unknown), safe=_PRINTABLE)) for unknown in unknown_terms(text)
    )


def _tags(header: str) -> frozenset[str]:
    """The entity tags of If-None-Match, compared weakly (RFC 9110, 13.1.2)."""
    return frozenset(tag.strip().removeprefix("W/") for tag in header.split(","))
