"""SPARQL 1.1 Protocol (W3C Recommendation of 21 March 2013): from a request to the operation that it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import pyoxigraph as ox

from gongkai_api.messages import Pairs, Request, decode
from gongkai_api.problems import Problem, bad_request, method_not_allowed, unsupported

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
_Values: TypeAlias = dict[str, tuple[str, ...]]
_ELSEWHERE = "an update is sent by POST to /update (SPARQL 1.1 Protocol, 2.2)"


@dataclass(frozen=True, slots=True)
class Operation:
    """A query (2.1) or an update (2.2) with its dataset."""

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    format: str | None = None


def query_operation(request: Request, body: bytes) -> Operation | None:
    """The query of a request (2.1.1 to 2.1.3); None for a request without one, which asks for the description.

    Raises:
        Problem: 400, 405 or 415.
        Malformed: parameters that are no UTF-8.
    """
    values = _values(request.parameters())
    if request.method in ("GET", "HEAD"):
        if "query" not in values:
            if "update" in values:
                raise bad_request(_ELSEWHERE)
            return None
        text = _one(values, "query")
    elif request.method == "POST":
        text, values = _posted(request, body, "query", QUERY)
    else:
        raise method_not_allowed("GET, HEAD, POST, OPTIONS")
    return Operation(
        text,
        _graphs(values, "default-graph-uri"),
        _graphs(values, "named-graph-uri"),
        values.get("format", (None,))[0],
    )


def update_operation(request: Request, body: bytes) -> Operation:
    """The update of a request (2.2.1, 2.2.2).

    Raises:
        Problem: 400, 405 or 415.
        Malformed: parameters that are no UTF-8.
    """
    if request.method != "POST":
        raise method_not_allowed("POST, OPTIONS")
    text, values = _posted(request, body, "update", UPDATE)
    return Operation(text, _graphs(values, "using-graph-uri"), _graphs(values, "using-named-graph-uri"))


def _posted(request: Request, body: bytes, name: str, direct: str) -> tuple[str, _Values]:
    """The text of a POST, and all of its parameters: a form's count with those of the address."""
    url = request.parameters()
    essence, charset = _content_type(request.header("content-type"))
    if essence == FORM:
        values = _values(url + decode(body))
        if name == "query" and name not in values and "update" in values:
            raise bad_request(_ELSEWHERE)
        return _one(values, name), values
    if essence == UPDATE != direct:
        raise Problem(415, _ELSEWHERE)
    if essence != direct:
        raise unsupported(f"{FORM} or {direct}")
    if charset not in ("utf-8", "utf8", ""):
        raise Problem(415, f"{direct} is UTF-8 (SPARQL 1.1 Protocol, 2.1.3), not {charset}")
    if any(key == name for key, _ in url):
        raise bad_request(f"the {name} is given twice: in the address and in the body")
    try:
        return body.decode("utf-8"), _values(url)
    except UnicodeDecodeError as error:
        raise bad_request(f"the {name} is no UTF-8: byte {error.start} of the body") from error


def _content_type(header: str) -> tuple[str, str]:
    essence, *parameters = (part.strip() for part in header.lower().split(";"))
    charset = next((p[8:].strip('"') for p in parameters if p.startswith("charset=")), "")
    return essence, charset


def _one(values: _Values, name: str) -> str:
    found = values.get(name, ())
    if len(found) != 1:
        raise bad_request(f"expected exactly one parameter {name}, found {len(found)}")
    return found[0]


def _graphs(values: _Values, name: str) -> tuple[str, ...]:
    """The graphs that a parameter names."""
    return tuple(absolute(iri, f"{name}={iri}") for iri in values.get(name, ()))


def absolute(iri: str, told: str) -> str:
    """An IRI that was sent, as it was `told`.

    Raises:
        Problem: 400, it is none, or a relative one.
    """
    try:
        return ox.NamedNode(iri).value
    except ValueError as error:
        raise bad_request(f"{told} is no absolute IRI: {error}") from error


def _values(parameters: Pairs) -> _Values:
    """The values of each parameter, in order."""
    found: dict[str, tuple[str, ...]] = {}
    for name, value in parameters:
        found[name] = (*found.get(name, ()), value)
    return found
