"""The update endpoint: SPARQL 1.1 Protocol, 2.2."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.queries.traits import traits
from gongkai.sparql import Token, tokens
from gongkai_api.messages import Request
from gongkai_api.output import Output, Work
from gongkai_api.problems import Problem, bad_request
from gongkai_api.protocol import Operation, update_operation
from gongkai_api.writes import Writing


@dataclass(frozen=True, slots=True)
class Update:
    """`/update`."""

    writing: Writing
    services: frozenset[str]

    def handle(self, request: Request, body: bytes) -> Work:
        """The work of an update.

        Raises:
            Problem: 400, 401, 403, 405 or 415.
        """
        self.writing.allow(request)
        operation = update_operation(request, body)
        found = traits(operation.text)
        if found.loads or any(name is None or name not in self.services for name in found.services):
            raise Problem(403, "LOAD and SERVICE are not called from here; send the data itself")
        text = with_dataset(operation)

        def work(output: Output) -> None:
            self.writing.run(lambda writer: writer.update(text, base=request.url))
            output.status = 204

        return work


def with_dataset(operation: Operation) -> str:
    """The text of an update with the dataset of the protocol as USING clauses (2.2.3).

    Raises:
        Problem: 400, the text has USING or WITH of its own.
    """
    if not operation.default_graphs and not operation.named_graphs:
        return operation.text
    found = list(_outside(tokens(operation.text)))
    if any(token.is_word("using", "with") for token in found):
        raise bad_request(
            "using-graph-uri and using-named-graph-uri exclude USING and WITH (SPARQL 1.1 Protocol, 2.2.3)"
        )
    clauses = "".join(
        [f" USING <{graph}>" for graph in operation.default_graphs]
        + [f" USING NAMED <{graph}>" for graph in operation.named_graphs]
    )
    text = operation.text
    for index in range(len(found) - 1, -1, -1):
        if found[index].is_word("where"):
            text = _inserted(text, found, index, clauses)
    return text


def _inserted(text: str, found: list[Token], where: int, clauses: str) -> str:
    """The text with clauses before a WHERE. The short form DELETE WHERE takes none, so it is written out."""
    start = found[where].start
    if where == 0 or not found[where - 1].is_word("delete"):
        return f"{text[:start]}{clauses} {text[start:]}"
    opening, closing = found[where + 1].start, found[where + 2].start + 1
    return f"{text[:start]}{text[opening:closing]}{clauses} {text[start:]}"


def _outside(found: list[Token]) -> Iterator[Token]:
    """The tokens that stand outside all brackets, and the outermost braces themselves."""
    depth = 0
    for token in found:
        depth -= token.kind == "close"
        if depth == 0:
            yield token
        depth += token.kind == "open"
