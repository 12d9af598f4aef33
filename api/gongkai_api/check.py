"""`POST /check`: what `gongkai check` says of a document. Nothing of it is stored."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from typing import TypeAlias

from gongkai.errors import GongkaiError
from gongkai_api.formats import XLSX
from gongkai_api.html import PAGE_HEADERS, View, rendered
from gongkai_api.messages import Answer, Pairs, Request
from gongkai_api.multipart import content, headed, parts
from gongkai_api.negotiation import accepts_gzip, choose
from gongkai_api.output import Output, Work
from gongkai_api.problems import Problem, bad_request, not_acceptable

Checker: TypeAlias = Callable[[bytes, str, str], bytes]
"""Checks a document: its bytes, its name, and the form of the answer (json, turtle, text, markdown, xlsx; part-zh or
part-en for a part of a page). Raises GongkaiError."""

FORMS = {
    "application/json": "json",
    "text/turtle": "turtle",
    "text/plain": "text",
    "text/html": "html",
    "text/markdown": "markdown",
    XLSX: "xlsx",
}
_AS_FILES = {"text/markdown": "md", XLSX: "xlsx"}
"""What a browser does not show is saved by a name."""
_PRIVATE: Pairs = (("cache-control", "no-store"), *PAGE_HEADERS)


@dataclass(frozen=True, slots=True)
class Check:
    """`/check`."""

    checker: Checker | None

    def handle(self, request: Request, body: bytes) -> Work | Answer:
        """The work of checking a document, sent as the body or as the file of a form; by GET, that form.

        Raises:
            Problem: 400, 406, or 501 where the service was started without a checker.
        """
        checker = self.checker
        if checker is None:
            raise Problem(501, "this service checks no documents")
        if request.method != "POST":
            page = rendered("check.html", View.of(request))
            vary = ("vary", "accept-encoding, accept-language")
            return Answer(200, "text/html; charset=utf-8", page, (vary, *PAGE_HEADERS))
        if not body:
            raise bad_request("send a document as the body, or as the file of a form")
        document, name = _sent(request, body)
        media_type = _media_type(request)

        view = View.of(request)
        paged = media_type == "text/html"

        def work(output: Output) -> None:
            form = f"part-{view.language}" if paged else FORMS[media_type]
            try:
                found = checker(document, name, form)
            except GongkaiError as error:
                raise Problem(422, str(error)) from error
            shown = rendered("checked.html", view, findings=found.decode()) if paged else found
            charset = "; charset=utf-8" if media_type.startswith("text/") else ""
            output.media_type = media_type + charset
            output.headers = (*_varying(media_type, view.language), *_PRIVATE)
            output.gzip = accepts_gzip(request.header("accept-encoding"))
            output.write(shown)

        return work


def _varying(media_type: str, language: str) -> Pairs:
    """What an answer depends on, its language, and its name as a file."""
    if media_type == "text/html":
        return ("vary", "accept, accept-encoding, accept-language"), ("content-language", language)
    ending = _AS_FILES.get(media_type)
    name = (("content-disposition", f'attachment; filename="check.{ending}"'),) if ending else ()
    return ("vary", "accept, accept-encoding"), *name


def _media_type(request: Request) -> str:
    asked = request.parameter("format")
    if asked is not None:
        found = next((media_type for media_type, form in FORMS.items() if form == asked), None)
        if found is None:
            raise bad_request(f"format={asked} is none of {', '.join(FORMS.values())}")
        return found
    chosen = choose(request.header("accept"), tuple(FORMS))
    if chosen is None:
        raise not_acceptable(tuple(FORMS))
    return chosen


def _sent(request: Request, body: bytes) -> tuple[bytes, str]:
    """The document and its name."""
    sent = parts(request.header("content-type"), body)
    if sent is None:
        disposition = request.header("content-disposition") or "attachment"
        return body, _name(headed(f"Content-Disposition: {disposition}\r\n\r\n".encode("latin-1")))
    file = next((part for part in sent if part.get_filename()), None)
    if file is None:
        raise bad_request("the form has no file")
    return content(file), _name(file)


def _name(message: Message) -> str:
    """The name of a file without any folders."""
    name = message.get_filename() or "document"
    return name.replace("\\", "/").rpartition("/")[2] or "document"
