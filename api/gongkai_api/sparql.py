"""The query endpoint: SPARQL 1.1 Protocol over the current generation."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache, partial
from urllib.parse import quote

import pyoxigraph as ox

from gongkai.errors import QueryError
from gongkai.queries import explained, shape, warnings
from gongkai.queries.absent import absent
from gongkai.queries.agencies import unknown_agencies
from gongkai.queries.traits import PLAIN, Traits, traits
from gongkai.store import Generation, Latest
from gongkai_api import querypage, writing
from gongkai_api.description import description
from gongkai_api.formats import GRAPHS, HTML, RESULTS, Format, Special, with_page
from gongkai_api.html import PAGE_HEADERS, View
from gongkai_api.iri import Addresses
from gongkai_api.kept import Kept, Key
from gongkai_api.lookups import is_empty, is_lookup, short
from gongkai_api.messages import Answer, Pairs, Request
from gongkai_api.negotiation import accepts_gzip
from gongkai_api.output import PACKED, WORTH_PACKING, Output, Work, packed
from gongkai_api.problems import Problem, bad_request
from gongkai_api.protocol import Operation, query_operation
from gongkai_api.querypage import Asked
from gongkai_api.settings import Limits
from gongkai_api.tags import holds, kept, tag

_DEEPEST = 2000  # levels of brackets: twice what anybody needs, and far from what exhausts the engine's stack
_STEPS = 5000  # groups, operators and calls; four times as many exhaust it
_LONGEST = 2000  # characters of a look-up
_PRINTABLE = "".join(map(chr, range(0x20, 0x7F)))
VARY: Pairs = (("vary", "accept, accept-encoding, accept-language"),)


@dataclass(frozen=True, slots=True)
class Question:
    """A query, and the state of the store that it is put to; `tag` where its answer changes with the store only."""

    operation: Operation
    request: Request
    asked: Asked | None
    generation: Generation
    tag: str = ""
    key: Key = ()
    """All that the answer depends on, where it has a tag."""


@dataclass(frozen=True, slots=True)
class _Manner:
    """How a look-up is answered, whatever it looks for."""

    form: Format
    content_type: str
    headers: Pairs


@dataclass(frozen=True, slots=True)
class Answering:
    """How queries are answered, wherever their text comes from."""

    latest: Latest
    limits: Limits
    services: frozenset[str]
    addresses: Addresses
    _known: Kept = field(default_factory=Kept)

    def answer(self, request: Request, operation: Operation, asked: Asked | None = None) -> Answer | Work:
        """The answer where it is known or found at once, 304 where the client has it, else the work that makes it.

        `asked` is the stored query.

        Raises:
            Problem: 400, 403 or 406, the query is none that is run here.
        """
        manner = self._as_lookup(request, operation)
        volatile = manner is None and self._seen_through(operation.text).volatile
        if not self.latest.immutable:  # it may ask a server, which is nothing for the event loop
            return lambda output: self._run(
                Question(operation, request, asked, self.latest.generation()), output
            )
        generation = self.latest.generation()
        own = "" if volatile or request.method == "POST" else tag(generation, request, operation.format)
        if holds(request, own):
            return Answer(304, "", b"", (*kept(own), *VARY))
        key: Key = (own, request.url, request.query, *request.headers.wishes) if own else ()
        known = self._known.get(key) if key else None
        if known is not None:
            return known
        question = Question(operation, request, asked, generation, own, key)
        return (self._looked_up(question, manner) if manner else None) or partial(self._run, question)

    def _seen_through(self, text: str) -> Traits:
        """What a query would do.

        Raises:
            Problem: 400 or 403, it does what is not done here.
        """
        found = traits(text)
        if found.depth > _DEEPEST:
            raise bad_request(f"the query nests {found.depth} levels deep; {_DEEPEST} are the limit")
        if found.steps > _STEPS:
            raise bad_request(
                f"the query has {found.steps} groups, operators and calls; {_STEPS} are the limit"
            )
        forbidden = [name for name in found.services if name is None or name not in self.services]
        if forbidden:
            called = f"SERVICE {forbidden[0] or ''}".strip()
            raise Problem(403, f"{called} is not called from here: the list of allowed endpoints lacks it")
        return found

    @staticmethod
    def _as_lookup(request: Request, operation: Operation) -> _Manner | None:
        """How a look-up over all of the store is answered; None for any other query.

        Raises:
            Problem: 406.
        """
        if operation.default_graphs or operation.named_graphs or len(operation.text) > _LONGEST:
            return None
        return _manner(shape(operation.text), operation.format, request.headers.wishes[0])

    def _looked_up(self, question: Question, manner: _Manner) -> Answer | None:
        """The answer to a look-up; None where it is long.

        Raises:
            Problem: 400, it is faulty.
        """
        request, text = question.request, question.operation.text
        try:
            results = question.generation.query(text, base=request.url)
        except QueryError as error:
            raise _faulty(error, text) from error
        body = short(results, manner.form, self.limits.rows)
        if body is None:
            return None
        headers = (*manner.headers, *kept(question.tag))
        if is_empty(body):
            headers += _in_headers(absent(question.generation, text))
        if len(body) >= WORTH_PACKING and accepts_gzip(request.header("accept-encoding")):
            body = packed(body)
            headers += PACKED
        answer = Answer(200, manner.content_type, body, headers)
        if question.key:
            self._known.add(question.key, answer)
        return answer

    def _run(self, question: Question, output: Output) -> None:
        operation, request, asked = question.operation, question.request, question.asked
        try:
            results = question.generation.query(
                operation.text,
                base=request.url,
                default_graphs=operation.default_graphs,
                named_graphs=operation.named_graphs,
            )
            offered = with_page(writing.offer(results))
            form, media_type = offered.pick(operation.format, request.header("accept"))
            warned = warnings(operation.text)
            if asked:
                warned += unknown_agencies(question.generation, asked.query, asked.values)
            else:
                warned += absent(question.generation, operation.text)
            output.media_type = form.content_type(media_type)
            output.headers = (*VARY, *_in_headers(warned), *_saved_as(form, asked), *kept(question.tag))
            output.unfinished = (("x-gongkai-limits", self.limits.told),)
            output.gzip = accepts_gzip(request.header("accept-encoding"))
            if question.key:
                output.keep = partial(self._known.add, question.key)
            if form is HTML:
                output.headers += PAGE_HEADERS
                view = View.of(request, question.generation.id)
                page = querypage.answer(
                    view, operation.text, results, warnings=warned, addresses=self.addresses, asked=asked
                )
                output.write(page)
                return
            heads = asked.query.heads(View.of(request).language) if asked else ()
            writing.write(results, form, writing.Counter(output, form, self.limits.rows), warned, heads)
        except QueryError as error:
            raise _faulty(error, operation.text) from error


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
            return self._without_query(request)
        return self.answering.answer(request, operation)

    def _without_query(self, request: Request) -> Answer:
        """What the endpoint says of itself; to people, a page to write a query on."""
        name = request.parameter("format")
        form, media_type = with_page(GRAPHS).pick(name, request.header("accept"))
        if form is not HTML:
            return description(request, self.answering.services, writable=self.writable)
        body = querypage.editor(View.of(request))
        return Answer(200, form.content_type(media_type), body, (*VARY, *PAGE_HEADERS))


def _faulty(error: QueryError, text: str) -> Problem:
    """What the client is told of a query that cannot be answered."""
    told = explained(error, text)
    return bad_request(str(told), told.line, told.column)


def _in_headers(warned: tuple[str, ...]) -> Pairs:
    """A header for each warning, in ASCII."""
    return tuple(("x-gongkai-warning", quote(text, safe=_PRINTABLE)) for text in warned)


def _saved_as(form: Format, asked: Asked | None) -> Pairs:
    """The name of the file for what is saved rather than shown."""
    if form.writer not in (Special.XLSX, Special.CSV_EXCEL):
        return ()
    name = asked.query.name if asked else "results"
    ending = "xlsx" if form.writer is Special.XLSX else "csv"
    return (("content-disposition", f'attachment; filename="{name}.{ending}"'),)


@lru_cache(maxsize=128)
def _manner(text: str, name: str | None, accept: str) -> _Manner | None:
    """How queries of a shape are answered, where they are look-ups in a format that writes one row after the other.

    A look-up neither nests nor calls anybody, and answers the same each time: no function is in it.

    Raises:
        Problem: 400 or 406, the format is not to be had.
    """
    if not is_lookup(text) or traits(text) != PLAIN:
        return None
    form, media_type = with_page(RESULTS).pick(name, accept)
    if not isinstance(form.writer, ox.QueryResultsFormat):
        return None
    return _Manner(form, form.content_type(media_type), (*VARY, *_in_headers(warnings(text))))
