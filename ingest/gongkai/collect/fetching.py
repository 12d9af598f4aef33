"""Polite fetching: robots.txt first, one request at a time, a pause for each host, patience with hosts in trouble."""

from __future__ import annotations

import http.client
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from gongkai.collect.robots import ALL, NOTHING, Robots, robots
from gongkai.errors import CollectError
from gongkai.readers.raw import MAX_BYTES, MIB

_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_REDIRECTS = 5
_LONGEST_WAIT = 300.0


@dataclass(frozen=True, slots=True)
class Settings:
    """How patient and how polite to be; times in seconds."""

    agent: str = "gongkai/0.1 (+https://w3id.org/gongkai)"
    pause: float = 2.0
    attempts: int = 4
    backoff: float = 2.0
    timeout: float = 30.0


@dataclass(frozen=True, slots=True)
class Response:
    """What a host gave: the address in the end, the status, the header fields in small letters, the bytes."""

    address: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    data: bytes = b""


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Redirects are followed by the fetcher, which asks the robots.txt of where they lead."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follows nothing."""


class Fetcher:
    """Fetches from hosts, and remembers when it last asked each."""

    def __init__(
        self,
        settings: Settings,
        *,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings
        self._sleep = sleep
        self._clock = clock
        self._opener = urllib.request.build_opener(_NoRedirect)
        self._ready: dict[str, float] = {}
        self._robots: dict[str, Robots] = {}

    def ready_at(self, address: str) -> float:
        """When the host of an address may be asked again, by the clock."""
        return self._ready.get(_host(address), 0.0)

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> Response:
        """What is at an address, after redirects; of status 200 or 304.

        Raises:
            CollectError: not allowed, not there, too large, or not to be had in all attempts.
        """
        target = plain(address)
        for _ in range(_MOST_REDIRECTS + 1):
            if not self._rules(target).allows(target):
                raise CollectError(f"{address}: robots.txt of the host does not allow it")
            response = self._patiently(target, headers or {})
            if response.status not in _REDIRECTS:
                break
            target = plain(urljoin(target, response.headers.get("location", "")))
        if response.status in {200, 304}:
            return response
        if response.status in _REDIRECTS:
            raise CollectError(f"{address}: more than {_MOST_REDIRECTS} redirects, the last to {target}")
        raise CollectError(f"{address}: the host answered {response.status}")

    def _rules(self, address: str) -> Robots:
        """The rules of a host; none where it has no robots.txt, and nothing is allowed while it is in trouble."""
        host = _host(address)
        if host not in self._robots:
            parts = urlsplit(address)
            try:
                found = self._patiently(urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")), {})
            except CollectError:
                found = Response("", 503)
            if found.status == 200:
                self._robots[host] = robots(found.data, self.settings.agent)
            else:
                self._robots[host] = NOTHING if found.status >= 500 else ALL
        return self._robots[host]

    def _patiently(self, address: str, headers: Mapping[str, str]) -> Response:
        """An answer that is not a passing trouble, or the last after all attempts."""
        wait = self.settings.backoff
        for attempt in range(1, self.settings.attempts + 1):
            self._await(address)
            last = attempt == self.settings.attempts
            try:
                response = self._once(address, headers)
            except (OSError, http.client.HTTPException) as error:
                if last:
                    raise CollectError(f"{address}: no answer in {attempt} attempts ({error})") from error
                self._sleep(wait)
            else:
                if response.status not in _PASSING or last:
                    return response
                self._sleep(max(wait, _retry_after(response.headers)))
            wait *= 2
        raise CollectError(f"{address}: no attempt was allowed")

    def _await(self, address: str) -> None:
        """Keeps the pause of a host."""
        host = _host(address)
        rest = self._ready.get(host, 0.0) - self._clock()
        if rest > 0:
            self._sleep(rest)
        delay = self._robots[host].delay if host in self._robots else 0.0
        self._ready[host] = self._clock() + max(self.settings.pause, delay)

    def _once(self, address: str, headers: Mapping[str, str]) -> Response:
        request = urllib.request.Request(address, headers={"User-Agent": self.settings.agent, **headers})  # noqa: S310
        try:
            with self._opener.open(request, timeout=self.settings.timeout) as answer:
                data = answer.read(MAX_BYTES + 1)
                fields = {k.lower(): v for k, v in answer.headers.items()}
                if len(data) > MAX_BYTES:
                    raise CollectError(f"{address}: larger than {MAX_BYTES // MIB} MiB")
                return Response(address, answer.status, fields, data)
        except urllib.error.HTTPError as error:
            with error:
                return Response(address, error.code, {k.lower(): v for k, v in error.headers.items()})


def plain(address: str) -> str:
    """An address as it goes over the wire: the host in ASCII, the path escaped, without its fragment.

    Raises:
        CollectError: it is no http(s) address.
    """
    try:
        parts = urlsplit(address.strip())
        port = f":{parts.port}" if parts.port else ""
        host = (parts.hostname or "").encode("idna").decode("ascii")
    except ValueError as error:
        raise CollectError(f"{address}: no address ({error})") from error
    if parts.scheme not in {"http", "https"} or not host:
        raise CollectError(f"{address}: no http(s) address")
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return urlunsplit((parts.scheme, host + port, path, quote(parts.query, safe="/%:@!$&'()*+,;=~-._?"), ""))


def _host(address: str) -> str:
    return urlsplit(address).netloc


def _retry_after(headers: Mapping[str, str]) -> float:
    """The seconds that a host asks to wait (RFC 9110, 10.2.3)."""
    value = headers.get("retry-after", "")
    if value.isdecimal():
        return min(float(value), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError):
        return 0.0
    return min(max(until - time.time(), 0.0), _LONGEST_WAIT)
