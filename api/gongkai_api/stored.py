"""Stored queries as REST: `/api/queries`, and `/api/queries/NAME` with typed parameters, paging and all formats."""

from __future__ import annotations

import json
from dataclasses import dataclass

from gongkai import queries
from gongkai.errors import QueryError
from gongkai.queries import Parameter, StoredQuery
from gongkai_api import querypage
from gongkai_api.formats import HTML, RESULTS, with_page
from gongkai_api.html import PAGE_HEADERS, View
from gongkai_api.messages import Answer, Request
from gongkai_api.negotiation import choose
from gongkai_api.output import Work
from gongkai_api.problems import Problem, bad_request
from gongkai_api.protocol import QUERY, Operation
from gongkai_api.querypage import Asked
from gongkai_api.sparql import VARY, Answering

PATH = "/api/queries"


@dataclass(frozen=True, slots=True)
class Stored:
    """`/api/queries` and what is below it."""

    answering: Answering

    def index(self, request: Request, _: bytes) -> Answer:
        """All stored queries with titles, parameters and addresses."""
        if choose(request.header("accept"), ("application/json", *HTML.media_types)) in HTML.media_types:
            page = querypage.index(View.of(request))
            return Answer(200, HTML.content_type(HTML.media_types[0]), page, (*VARY, *PAGE_HEADERS))
        found = [_described(query, request.url) for query in queries.stored()]
        body = json.dumps({"queries": found}, ensure_ascii=False, indent=1).encode() + b"\n"
        return Answer(200, "application/json", body, VARY)

    def handle(self, request: Request, _: bytes) -> Answer | Work:
        """The answer of a stored query, or its text (`?format=rq`, or Accept: application/sparql-query); unnamed, the list.

        Raises:
            Problem: 404, there is none of this name; 400, a parameter is wrong or missing.
        """
        if request.path == PATH + "/":
            return self.index(request, b"")
        try:
            query = queries.find(request.path.removeprefix(PATH + "/"))
        except QueryError as error:
            raise Problem(404, str(error)) from error
        values: dict[str, list[str]] = {}
        for name, value in request.parameters():
            values.setdefault(name, []).append(value)
        form = _last(values.pop("format", []))
        values.pop("lang", None)
        page = _page(values.pop("limit", []), values.pop("offset", []))
        try:
            text = query.bound(values, View.of(request).language) + page
        except QueryError as error:
            raise bad_request(str(error)) from error
        if form == "rq" or request.header("accept").startswith(QUERY):
            return Answer(200, f"{QUERY}; charset=utf-8", text.encode())
        asked = Asked(query, values)
        if missing := [p for p in query.parameters if not any(values.get(p.name, ()))]:
            return _form(request, form, text, asked, missing)
        return self.answering.answer(request, Operation(text, (), (), form), asked)


def _form(request: Request, name: str | None, text: str, asked: Asked, missing: list[Parameter]) -> Answer:
    """To people, the form in which to say what is missing: an example's answer would be taken for theirs.

    Raises:
        Problem: 400, for all others; 406.
    """
    form, media_type = with_page(RESULTS).pick(name, request.header("accept"))
    if form is not HTML:
        names = " and ".join(parameter.name for parameter in missing)
        example = "&".join(f"{parameter.name}={parameter.default}" for parameter in missing)
        raise bad_request(f"{asked.query.name} needs {names}; for example: ?{example}")
    page = querypage.form(View.of(request), text, asked)
    return Answer(200, form.content_type(media_type), page, (*VARY, *PAGE_HEADERS))


def _described(query: StoredQuery, url: str) -> dict[str, object]:
    return {
        "name": query.name,
        "url": f"{url.rstrip('/')}/{query.name}",
        "title": {"zh": query.title[0], "en": query.title[1]},
        "description": {"zh": query.description[0], "en": query.description[1]},
        "keywords": list(query.keywords),
        "parameters": [
            {"name": p.name, "datatype": p.datatype, "required": True, "example": p.default}
            for p in query.parameters
        ],
    }


def _last(values: list[str]) -> str | None:
    return values[-1] if values else None


def _page(limit: list[str], offset: list[str]) -> str:
    """The clauses of a page."""
    text = ""
    for keyword, given in (("LIMIT", limit), ("OFFSET", offset)):
        value = _last(given)
        if value is None:
            continue
        if not (value.isascii() and value.isdigit() and len(value) < 10):
            raise bad_request(f"{keyword.lower()}={value}: expected a number such as 100")
        text += f"\n{keyword} {value}"
    return text
