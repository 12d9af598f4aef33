"""Bodies in parts: multipart/form-data (RFC 7578)."""

from __future__ import annotations

import email.policy
from email.message import MIMEPart
from email.parser import BytesParser

from gongkai_api.problems import bad_request


def parts(content_type: str, body: bytes) -> tuple[MIMEPart, ...] | None:
    """The parts of a body in parts; None for any other body.

    Raises:
        Problem: 400, the body does not have the boundary that its Content-Type names.
    """
    if not content_type.lower().startswith("multipart/form-data"):
        return None
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = headed(head + body.lstrip(b"\r\n"))
    if not message.is_multipart():
        raise bad_request("the body is no multipart/form-data with the boundary that its Content-Type names")
    return tuple(message.iter_parts())


def headed(message: bytes) -> MIMEPart:
    """A message of header and body."""
    return BytesParser(policy=email.policy.HTTP).parsebytes(message)


def content(part: MIMEPart) -> bytes:
    """What a part holds.

    Raises:
        Problem: 400, it is in parts itself.
    """
    held = part.get_payload(decode=True)
    if not isinstance(held, bytes):
        raise bad_request("a part of the body is in parts itself")
    return held
