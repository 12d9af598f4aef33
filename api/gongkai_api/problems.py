"""Answers that are errors: never a stack trace or a path of the machine."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818  it is an answer rather than a failure of ours
    """An error that is the client's to mend, or to wait for."""

    def __init__(
        self,
        status: int,
        reason: str,
        headers: tuple[tuple[str, str], ...] = (),
        *,
        line: int | None = None,
        column: int | None = None,
    ) -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.headers = headers
        self.line = line
        self.column = column


def bad_request(reason: str, line: int | None = None, column: int | None = None) -> Problem:
    """400."""
    return Problem(400, reason, line=line, column=column)


def method_not_allowed(allowed: str) -> Problem:
    """405 with the methods that are allowed."""
    return Problem(405, f"this address takes {allowed}", (("allow", allowed),))


def not_acceptable(offered: tuple[str, ...]) -> Problem:
    """406 with an example of a header that would do."""
    return Problem(
        406, f"nothing that you accept is to be had; for example: Accept: {offered[0]} ({', '.join(offered)})"
    )


def unsupported(expected: str) -> Problem:
    """415 with the media types that are taken."""
    return Problem(415, f"the body must be sent as {expected}")


def overloaded(reason: str, after: int = 1) -> Problem:
    """503 with the seconds after which trying again makes sense."""
    return Problem(503, reason, (("retry-after", str(after)),))
