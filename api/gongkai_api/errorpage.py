"""Errors as the client accepts them: JSON, text, or a page that leads on."""

from __future__ import annotations

import json

from gongkai_api.html import PAGE_HEADERS, View, rendered
from gongkai_api.messages import Answer, Request
from gongkai_api.negotiation import choose
from gongkai_api.problems import Problem


def render(problem: Problem, request: Request) -> Answer:
    """The answer to a problem: a page or plain text for those who ask for one, JSON for all others."""
    headers = (*problem.headers, ("vary", "accept, accept-language"))
    chosen = choose(request.header("accept"), ("application/json", "text/plain", "text/html"))
    if chosen == "text/plain":
        body, media_type = problem.reason.encode() + b"\n", "text/plain; charset=utf-8"
    elif chosen == "text/html":
        body, media_type = _page(problem, request), "text/html; charset=utf-8"
        return Answer(problem.status, media_type, body, (*headers, *PAGE_HEADERS))
    else:
        body, media_type = _json(problem), "application/json"
    return Answer(problem.status, media_type, body, headers)


def _json(problem: Problem) -> bytes:
    body: dict[str, str | int] = {"status": problem.status, "error": problem.reason}
    if problem.line is not None and problem.column is not None:
        body |= {"line": problem.line, "column": problem.column}
    return json.dumps(body, ensure_ascii=False).encode() + b"\n"


def _page(problem: Problem, request: Request) -> bytes:
    """The page of an error; one in a query has the query beside it, to be mended."""
    view = View.of(request)
    query = dict(view.parameters).get("query", "") if request.path.rstrip("/") == "/sparql" else ""
    return rendered("error.html", view, problem=problem, query=query)
