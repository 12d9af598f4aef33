"""Collects published reports: pages and files from addresses, with where and when each came from.

What is kept stays as it was published; a later version of the same address is kept beside it.
"""

from __future__ import annotations

import hashlib
import re
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO
from urllib.parse import unquote, urlsplit

from gongkai.collect.fetching import Fetcher, Response, Settings, plain
from gongkai.collect.links import MOST_PAGES, Leads, leads
from gongkai.errors import CollectError, UnreadableError
from gongkai.provenance import LEDGER, Entry, entries
from gongkai.readers.encoding import decode
from gongkai.readers.kinds import Kind, binary_kind, text_kind
from gongkai.readers.raw import Raw

_SUFFIXES = {
    Kind.PDF: ".pdf",
    Kind.OLE: ".doc",
    Kind.RTF: ".rtf",
    Kind.HTML: ".html",
    Kind.TEXT: ".txt",
    Kind.IMAGE: ".img",
}
_SETTINGS, _NOWHERE = Settings(), Leads()
_MOST_STEPS = 2


class Outcome(StrEnum):
    """What became of an address."""

    SAVED = "saved"
    UNCHANGED = "unchanged"
    RECENT = "recent"
    LISTED = "listed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Collected:
    """An address and what became of it: the entry of the ledger, or the error that says why there is none."""

    address: str
    outcome: Outcome
    entry: Entry | None = None
    error: CollectError | None = None
    leads: Leads = _NOWHERE


@dataclass(frozen=True, slots=True)
class _Task:
    """An address to fetch: what led to it with which words, over how many steps, the how manieth page of a list it is."""

    address: str
    listed_on: str = ""
    link: str = ""
    steps: int = 0
    page: int = 0


def collect(
    addresses: Iterable[str],
    folder: Path,
    settings: Settings = _SETTINGS,
    *,
    fresh: timedelta = timedelta(days=1),
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Collected]:
    """Fetches each address, and what lists and reports among them lead to; tells of each as it goes.

    What was fetched less than `fresh` ago is not asked for again, so that a run which was cut short goes on where it
    ended; what is older is asked for on condition that it has changed. What is no address is told as refused.

    Raises:
        CollectError: the folder cannot be written.
    """
    collector = _Collector(folder, Fetcher(settings, sleep=sleep), fresh, now)
    for address in addresses:
        try:
            collector.add((_Task(plain(address)),))
        except CollectError as error:
            yield Collected(address, Outcome.REFUSED, error=error)
    while (task := collector.next()) is not None:
        yield collector.fetch(task)


class _Collector:
    """What is still to be fetched, host by host, and the ledger of what was."""

    def __init__(self, folder: Path, fetcher: Fetcher, fresh: timedelta, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self.fetcher = fetcher
        self.fresh = fresh
        self.now = now
        self.waiting: dict[str, deque[_Task]] = {}
        self.seen: set[str] = set()
        self.known = {entry.address: entry for entry in entries(folder / LEDGER)}

    def add(self, tasks: Iterable[_Task]) -> None:
        """Puts tasks into the queues of their hosts, each address once."""
        for task in tasks:
            if task.address not in self.seen:
                self.seen.add(task.address)
                self.waiting.setdefault(urlsplit(task.address).netloc, deque()).append(task)

    def next(self) -> _Task | None:
        """A task of the host that may be asked first."""
        queues = [queue for queue in self.waiting.values() if queue]
        if not queues:
            return None
        return min(queues, key=lambda queue: self.fetcher.ready_at(queue[0].address)).popleft()

    def fetch(self, task: _Task) -> Collected:
        """Does a task, unless it was done of late."""
        known = self.known.get(task.address)
        kept = self._kept(known)
        if known is not None and kept is not None and self._age(known) < self.fresh:
            return Collected(
                task.address, Outcome.RECENT, known, leads=self._lead_on(task, kept, known.final)
            )
        try:
            response = self.fetcher.get(task.address, _conditions(known) if kept is not None else {})
            if known is not None and kept is not None and response.status == 304:
                return self._record(task, response, Outcome.UNCHANGED, kept, known.file)
            return self._take(task, response)
        except CollectError as error:
            return Collected(task.address, Outcome.REFUSED, error=error)

    def _take(self, task: _Task, response: Response) -> Collected:
        """Keeps what came, unless it is a mere list."""
        if not response.data:
            raise CollectError(f"{task.address}: the host gave nothing")
        found = _leads(response.data, response.address)
        if (found.reports or found.further) and not found.is_report:
            return self._record(task, response, Outcome.LISTED, response.data, "")
        file = _name(response)
        outcome = Outcome.UNCHANGED if (self.folder / file).is_file() else Outcome.SAVED
        if outcome is Outcome.SAVED:
            self._write(file, response.data)
        return self._record(task, response, outcome, response.data, file)

    def _record(self, task: _Task, response: Response, outcome: Outcome, data: bytes, file: str) -> Collected:
        """Writes a line into the ledger, and puts into the queues what was led to."""
        entry = Entry(
            task.address,
            response.address,
            self.now().astimezone(UTC).isoformat(timespec="seconds"),
            file,
            hashlib.sha256(data).hexdigest(),
            len(data),
            response.headers.get("content-type", ""),
            response.headers.get("etag", ""),
            response.headers.get("last-modified", ""),
            task.listed_on,
            task.link,
        )
        self.known[task.address] = entry
        self._append(entry)
        return Collected(task.address, outcome, entry, leads=self._lead_on(task, data, response.address))

    def _lead_on(self, task: _Task, data: bytes, address: str) -> Leads:
        """Puts into the queues what a page leads to: a list to reports, these to files, and they no further."""
        found = _leads(data, address)
        if task.steps < _MOST_STEPS:
            self.add(_Task(x.address, task.address, x.words, task.steps + 1) for x in found.reports)
        if task.page < MOST_PAGES:
            self.add(
                _Task(x.address, task.address, x.words, task.steps, task.page + 1) for x in found.further
            )
        return found

    def _kept(self, entry: Entry | None) -> bytes | None:
        """The bytes that were kept at the last fetch."""
        path = self.folder / entry.file if entry is not None and entry.file else None
        return path.read_bytes() if path is not None and path.is_file() else None

    def _age(self, entry: Entry) -> timedelta:
        return self.now() - datetime.fromisoformat(entry.time)

    def _write(self, file: str, data: bytes) -> None:
        """Writes a file whole or not at all."""
        path = self.folder / file
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            unfinished = path.with_name(path.name + ".part")
            unfinished.write_bytes(data)
            unfinished.replace(path)
        except OSError as error:
            raise CollectError(f"{path}: cannot be written ({error.strerror})") from error

    def _append(self, entry: Entry) -> None:
        path = self.folder / LEDGER
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with path.open("ab+") as ledger:
                if ledger.tell() and not _ends_line(ledger):
                    ledger.write(b"\n")  # a killed process left its last line unfinished
                ledger.write(entry.line().encode())
        except OSError as error:
            raise CollectError(f"{path}: cannot be written ({error.strerror})") from error


def _ends_line(file: BinaryIO) -> bool:
    file.seek(-1, 2)
    return file.read(1) == b"\n"


def _conditions(entry: Entry | None) -> dict[str, str]:
    """The header fields that ask for what has changed only (RFC 9110, 13.1)."""
    if entry is None:
        return {}
    fields = {"If-None-Match": entry.etag, "If-Modified-Since": entry.last_modified}
    return {name: value for name, value in fields.items() if value}


def _leads(data: bytes, address: str) -> Leads:
    """What a page leads to; what is no page leads nowhere."""
    if binary_kind(data) is not None:
        return Leads()
    try:
        page = decode(Raw(data, address)).text
    except UnreadableError:
        return Leads()
    return leads(page, address) if text_kind(page) is Kind.HTML else Leads()


def _name(response: Response) -> str:
    """A name of the host, the last part of the address and the bytes, with the suffix of what they are."""
    parts = urlsplit(response.address)
    host = re.sub(r"[^\w.-]+", "_", parts.netloc)
    stem = re.sub(r"[^\w-]+", "-", unquote(parts.path).rpartition("/")[2].partition(".")[0])[:40]
    return (
        f"{host}/{stem or 'index'}-{hashlib.sha256(response.data).hexdigest()[:12]}{_suffix(response.data)}"
    )


def _suffix(data: bytes) -> str:
    kind = binary_kind(data)
    if kind is Kind.ZIP:
        return ".docx" if b"word/" in data else ".zip"
    if kind is None:
        try:
            kind = text_kind(decode(Raw(data, "")).text)
        except UnreadableError:
            kind = Kind.OTHER
    return _SUFFIXES.get(kind, ".bin")
