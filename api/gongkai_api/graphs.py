"""The graph store: SPARQL 1.1 Graph Store HTTP Protocol (W3C Recommendation of 21 March 2013)."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import IO, TypeVar, cast

import pyoxigraph as ox

from gongkai.store import Latest, Writer
from gongkai_api.formats import GRAPHS, rdf_format
from gongkai_api.messages import Pairs, Request
from gongkai_api.multipart import content, parts
from gongkai_api.negotiation import accepts_gzip
from gongkai_api.output import Output, Work
from gongkai_api.problems import Problem, bad_request
from gongkai_api.protocol import absolute
from gongkai_api.tags import changed, holds, kept, strong
from gongkai_api.writes import Writing

T = TypeVar("T")
METHODS = "GET, HEAD, PUT, POST, DELETE, OPTIONS"


@dataclass(frozen=True, slots=True)
class Graphs:
    """`/graphs`: a graph is named by `?graph=IRI`, by `?default`, or by its own address below `/graphs/` (4.1, 4.2)."""

    latest: Latest
    writing: Writing

    def handle(self, request: Request, body: bytes) -> Work:
        """The work of a request.

        Raises:
            Problem: 400, 401, 403, 404, 406, 412 or 415.
        """
        if request.method in ("GET", "HEAD"):
            return self._read(request, _graph(request))
        self.writing.allow(request)
        if request.method == "DELETE":
            return self._delete(request, _graph(request))
        named = request.method == "PUT" or request.query or request.path.rstrip("/") != "/graphs"
        graph = _graph(request) if named else f"{request.url.rstrip('/')}/{uuid.uuid4()}"
        payload = _payload(request.header("content-type"), body, graph or request.url)
        return self._write(request, graph, payload, location=None if named else graph)

    def _read(self, request: Request, graph: str | None) -> Work:
        def work(output: Output) -> None:
            generation = self.latest.generation()
            if graph is not None and not generation.contains(graph):
                raise _missing(graph)
            name = request.parameter("format")
            form, media_type = GRAPHS.pick(name, request.header("accept"))
            assert isinstance(form.writer, ox.RdfFormat)
            own = strong(generation, request, name)
            output.headers = (("vary", "accept, accept-encoding"), *kept(own))
            if holds(request, own):
                output.status = 304
                return
            output.media_type = form.content_type(media_type)
            output.gzip = accepts_gzip(request.header("accept-encoding"))
            generation.dump(cast("IO[bytes]", output), form.writer, graph)

        return work

    def _delete(self, request: Request, graph: str | None) -> Work:
        def change(writer: Writer) -> None:
            there = writer.contains(graph)
            if graph is not None and not there:
                raise _missing(graph)
            self._settle(request, there=there)
            # Some servers drop a graph only if it was created by name; CLEAR empties any.
            named = f"CLEAR GRAPH <{graph}> ; DROP SILENT GRAPH <{graph}>"
            writer.update("DROP DEFAULT" if graph is None else named, named=graph is not None)

        return self._work(change, lambda _: (200, ()))

    def _write(
        self, request: Request, graph: str | None, payload: list[ox.Triple], *, location: str | None
    ) -> Work:
        replacing = request.method == "PUT"

        def change(writer: Writer) -> bool:
            there = writer.contains(graph)
            self._settle(request, there=there)
            writer.update(_text(graph, payload, there=there, replacing=replacing), named=graph is not None)
            return there

        def told(there: bool) -> tuple[int, Pairs]:
            headers: Pairs = (("location", location),) if location else ()
            if not there:
                return 201, headers
            return (204 if replacing else 200), headers

        return self._work(change, told)

    def _settle(self, request: Request, *, there: bool) -> None:
        """Sees that the graph is what the client takes it for; nobody else writes meanwhile.

        Raises:
            Problem: 412.
        """
        if changed(request, self.latest.generation() if there else None):
            raise Problem(412, "the graph is not what If-Match or If-None-Match says; nothing was written")

    def _work(self, change: Callable[[Writer], T], told: Callable[[T], tuple[int, Pairs]]) -> Work:
        def work(output: Output) -> None:
            output.status, output.headers = told(self.writing.run(change))
            if output.status != 204:
                output.media_type = "application/json"
                output.write(b'{"done":true}\n')

        return work


def _graph(request: Request) -> str | None:
    """The graph of a request; None for the default graph."""
    parameters = request.parameters()
    names = [value for key, value in parameters if key == "graph"]
    default = any(key == "default" for key, _ in parameters)
    if request.path.rstrip("/") != "/graphs":
        if names or default:
            raise bad_request(
                "the address below /graphs/ names a graph by itself; leave graph= and default away"
            )
        return request.url
    if len(names) + default != 1:
        raise bad_request("name one graph: ?graph=IRI or ?default (Graph Store Protocol, 4.2)")
    return absolute(names[0], f"graph={names[0]}") if names else None


def _text(graph: str | None, payload: list[ox.Triple], *, there: bool, replacing: bool) -> str:
    data = "".join(f"{triple} .\n" for triple in payload)
    if graph is None:
        return ("CLEAR DEFAULT ;\n" if replacing else "") + f"INSERT DATA {{\n{data}}}"
    node = ox.NamedNode(graph)
    making = "" if there else f"CREATE GRAPH {node} ;\n"
    clearing = f"CLEAR GRAPH {node} ;\n" if there and replacing else ""
    return f"{making}{clearing}INSERT DATA {{ GRAPH {node} {{\n{data}}} }}"


def _payload(content_type: str, body: bytes, base: str) -> list[ox.Triple]:
    """The triples of a body, of all its parts where it is multipart/form-data (5.5)."""
    sent = parts(content_type, body)
    if sent is None:
        return _parsed(content_type, body, base)
    return [t for part in sent for t in _parsed(part.get_content_type(), content(part), base)]


def _parsed(content_type: str, body: bytes, base: str) -> list[ox.Triple]:
    form = rdf_format(content_type)
    quads: list[ox.Quad] = []
    try:
        for text in (body, body + b"\n."):
            try:
                quads = list(
                    ox.parse(text, form, base_iri=base, rename_blank_nodes=True, without_named_graphs=True)
                )
                break
            except SyntaxError:
                # The W3C tests post__existing_graph and post__multipart_formdata leave the last full stop away.
                if form != ox.RdfFormat.TURTLE or text is not body:
                    raise
    except (SyntaxError, ValueError) as error:
        raise bad_request(f"the body is no {content_type or form.media_type}: {error}") from error
    return [quad.triple for quad in quads]


def _missing(graph: str) -> Problem:
    return Problem(404, f"there is no graph <{graph}>")
