"""Whether the service lives, whether it can answer, and its counters."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.store import Latest
from gongkai_api.messages import Answer, Request
from gongkai_api.telemetry import Telemetry


@dataclass(frozen=True, slots=True)
class Health:
    """`/health`, `/ready` and `/metrics`."""

    latest: Latest
    telemetry: Telemetry

    def alive(self, _: Request, __: bytes) -> Answer:
        """Always 200: the process answers."""
        return Answer(200, "text/plain; charset=utf-8", b"alive\n", (("cache-control", "no-store"),))

    def ready(self, _: Request, __: bytes) -> Answer:
        """200 with the generation, where the store can be read.

        Raises:
            StoreError: it cannot.
        """
        body = f"ready {self.latest.generation().id}\n".encode()
        return Answer(200, "text/plain; charset=utf-8", body, (("cache-control", "no-store"),))

    def metrics(self, _: Request, __: bytes) -> Answer:
        """The counters of all processes in the text format of Prometheus."""
        lines = [*self.telemetry.board.exposition()]
        lines.append("# TYPE gongkai_generation_info gauge\n")
        lines.append(f'gongkai_generation_info{{generation="{self.latest.generation().id}"}} 1\n')
        return Answer(200, "text/plain; version=0.0.4; charset=utf-8", "".join(lines).encode())
