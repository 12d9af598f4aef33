"""The service in OpenAPI 3.1: what can be asked, with which parameters, and what comes back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from gongkai import queries
from gongkai.queries import Parameter, StoredQuery
from gongkai_api.check import FORMS
from gongkai_api.formats import BOOLEANS, GRAPHS, HTML, RESULTS, Offer, with_page
from gongkai_api.protocol import FORM, QUERY, UPDATE

Value: TypeAlias = "str | int | bool | list[Value] | dict[str, Value]"
Json: TypeAlias = dict[str, Value]

_PATTERNS = {"gYear": "^-?[0-9]{4}$", "date": "^-?[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
_TYPES = {"integer": "integer", "nonNegativeInteger": "integer", "decimal": "number", "boolean": "boolean"}

_LIMITS = """\
A query has limits of time, memory and rows. Where it meets one before its answer begins, the answer is 503 (time, memory)
or 400 (rows), with the reason. Results stream: where a limit is met later, or anything fails, the connection is closed
without the last chunk (RFC 9112, 7.1), so that nobody can take what came for all there is; the log of the service has
the reason."""


def contract(title: str, version: str) -> Json:
    """The description of the whole service."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "version": version,
            "summary": "政府信息公开工作年度报告知识图谱 / annual reports on disclosure as a knowledge graph",
            "description": _LIMITS,
        },
        "paths": {
            "/sparql": {"get": _query_by_get(), "post": _query_by_post()},
            "/update": {"post": _update()},
            "/graphs": _graphs(),
            "/api/queries": {
                "get": _operation(
                    "queries", "All stored queries", _answers(("application/json", *HTML.media_types))
                )
            },
            **{f"/api/queries/{query.name}": {"get": _stored(query)} for query in queries.stored()},
            "/check": {
                "get": _operation("checkForm", "A form to send a report with", _answers(("text/html",))),
                "post": _check(),
            },
            "/catalog": {"get": _document("catalog", "The catalogue, in DCAT 3")},
            "/.well-known/void": {"get": _document("void", "The description of the data, in VoID")},
            "/sitemap.xml": {
                "get": _operation("sitemap", "The sitemap", _answers(("application/xml",)), [_page()])
            },
            "/context.jsonld": {
                "get": _operation("context", "The context of our JSON-LD", _answers(("application/ld+json",)))
            },
            "/health": {"get": _operation("health", "Whether the service lives", _answers(("text/plain",)))},
            "/ready": {
                "get": _operation("ready", "Whether the store can be read", _answers(("text/plain",)))
            },
            "/metrics": {"get": _operation("metrics", "Counters for Prometheus", _answers(("text/plain",)))},
        },
        "components": {
            "schemas": {"Problem": _problem()},
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _query_by_get() -> Json:
    parameters = [
        _parameter("query", "A SPARQL 1.1 query; without one, the service describes itself"),
        *_dataset("default", "named"),
    ]
    return _operation("query", "Asks a query", _results(), [*parameters, _format(RESULTS)])


def _query_by_post() -> Json:
    form: Json = {"type": "object", "properties": {"query": {"type": "string"}}, "required": ["query"]}
    content: Json = {FORM: {"schema": form}, QUERY: {"schema": {"type": "string"}}}
    operation = _operation(
        "queryByPost", "Asks a query", _results(), [*_dataset("default", "named"), _format(RESULTS)]
    )
    return operation | {"requestBody": {"required": True, "content": content}}


def _update() -> Json:
    form: Json = {"type": "object", "properties": {"update": {"type": "string"}}, "required": ["update"]}
    content: Json = {FORM: {"schema": form}, UPDATE: {"schema": {"type": "string"}}}
    operation = _operation(
        "update", "Changes the store", {"204": _plain("done"), **_errors()}, _dataset("using", "using-named")
    )
    return operation | {"requestBody": {"required": True, "content": content}, "security": [{"token": []}]}


def _graphs() -> Json:
    parameters: list[Json] = [
        _parameter("graph", "The IRI of a graph", {"type": "string", "format": "iri"}),
        _parameter("default", "The default graph", {"type": "string", "maxLength": 0})
        | {"allowEmptyValue": True},
    ]
    types = [form.media_types[0] for form in GRAPHS.formats]
    body: Json = {"required": True, "content": {t: {"schema": {"type": "string"}} for t in types}}
    read = _operation("readGraph", "Reads a graph", _answers(types), [*parameters, _format(GRAPHS)])
    done: Json = {"200": _plain("done"), "201": _plain("made"), "204": _plain("replaced"), **_errors()}
    put, post = (
        _operation(name, text, done, parameters) | {"requestBody": body, "security": [{"token": []}]}
        for name, text in (("replaceGraph", "Replaces a graph"), ("addToGraph", "Adds to a graph"))
    )
    delete = _operation("deleteGraph", "Deletes a graph", done, parameters) | {"security": [{"token": []}]}
    return {"get": read, "put": put, "post": post, "delete": delete}


def _stored(query: StoredQuery) -> Json:
    number: Json = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
    parameters = [_bound(parameter) for parameter in query.parameters]
    parameters += [
        _parameter("limit", "Rows of a page", number),
        _parameter("offset", "Rows before it", number),
        _parameter("lang", "The language of labels; else Accept-Language tells", {"enum": ["zh", "en"]}),
    ]
    name = "".join(word.title() for word in query.name.split("-"))
    operation = _operation(f"stored{name}", query.title[1], _results(), [*parameters, _format(RESULTS, "rq")])
    return operation | {
        "description": f"{query.title[0]}\n\n{query.description[0]}\n\n{query.description[1]}"
    }


def _bound(parameter: Parameter) -> Json:
    """A parameter of a stored query; several values mean any of them."""
    item: Json = {"type": _TYPES.get(parameter.datatype, "string")}
    if parameter.datatype in _PATTERNS:
        item["pattern"] = _PATTERNS[parameter.datatype]
    if parameter.datatype == "iri":
        item["format"] = "iri"
    if parameter.datatype == "nonNegativeInteger":
        item["minimum"] = 0
    schema: Json = {"type": "array", "items": item}
    return _parameter(parameter.name, f"{parameter.datatype}, such as {parameter.default}", schema) | {
        "explode": True,
        "required": True,
    }


def _check() -> Json:
    file: Json = {
        "type": "object",
        "properties": {"file": {"type": "string", "format": "binary"}},
        "required": ["file"],
    }
    content: Json = {
        "multipart/form-data": {"schema": file},
        "application/octet-stream": {"schema": {"type": "string"}},
    }
    formats = _parameter("format", "The form of the answer", {"type": "string", "enum": [*FORMS.values()]})
    answers = _answers(tuple(FORMS))
    operation = _operation("check", "Checks a report; nothing of it is stored", answers, [formats])
    return operation | {"requestBody": {"required": True, "content": content}}


def _document(name: str, text: str) -> Json:
    return _operation(name, text, _answers(_types(with_page(GRAPHS))), [_format(GRAPHS)])


def _operation(name: str, summary: str, responses: Json, parameters: Iterable[Json] = ()) -> Json:
    return {"operationId": name, "summary": summary, "parameters": list(parameters), "responses": responses}


def _parameter(name: str, description: str, schema: Json | None = None) -> Json:
    return {"name": name, "in": "query", "description": description, "schema": schema or {"type": "string"}}


def _dataset(*names: str) -> list[Json]:
    schema: Json = {"type": "array", "items": {"type": "string", "format": "iri"}}
    return [
        _parameter(f"{name}-graph-uri", "A graph of the dataset", schema) | {"explode": True}
        for name in names
    ]


def _format(offer: Offer, *more: str) -> Json:
    names: list[Value] = [form.name for form in (*with_page(offer).formats, *offer.on_request)]
    if offer is RESULTS:
        names += [form.name for form in GRAPHS.formats]
    return _parameter("format", "Goes before Accept", {"type": "string", "enum": [*names, *more]})


def _page() -> Json:
    return _parameter("page", "A page of the sitemap", {"type": "integer", "minimum": 1})


def _results() -> Json:
    types = [t for offer in (RESULTS, BOOLEANS, with_page(GRAPHS)) for t in _types(offer)]
    return _answers([*dict.fromkeys(types), QUERY])


def _types(offer: Offer) -> list[str]:
    return [media_type for form in offer.formats for media_type in form.media_types]


def _answers(types: Iterable[str]) -> Json:
    content: Json = {media_type: {} for media_type in types}
    return {
        "200": {"description": "the answer", "content": content},
        "304": _plain("nothing changed"),
        **_errors(),
    }


def _errors() -> Json:
    content: Json = {
        "application/json": {"schema": {"$ref": "#/components/schemas/Problem"}},
        "text/plain": {},
        "text/html": {},
    }
    reasons = {
        "400": "not understood",
        "401": "a token is needed",
        "403": "not allowed here",
        "404": "not known",
        "405": "not with this method",
        "406": "not to be had in a form that is accepted",
        "412": "not what a write depends on",
        "413": "too large",
        "414": "a longer address than is read",
        "415": "sent in a form that is not taken",
        "422": "no report, or not readable",
        "429": "too often",
        "431": "more headers than are read",
        "501": "not offered by this service",
        "503": "not now, or ended at a limit",
    }
    return {status: {"description": text, "content": content} for status, text in reasons.items()}


def _plain(text: str) -> Json:
    return {"description": text}


def _problem() -> Json:
    return {
        "type": "object",
        "properties": {
            "status": {"type": "integer"},
            "error": {"type": "string"},
            "line": {"type": "integer"},
            "column": {"type": "integer"},
        },
        "required": ["status", "error"],
    }
