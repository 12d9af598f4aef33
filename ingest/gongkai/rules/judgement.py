"""What people say of findings: kept by report, rule and cells, so that it outlives every run, re-ingestion and upgrade."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

import pyoxigraph as ox

from gongkai.rules.data import Source, select
from gongkai.triples import Subject, text, typed
from gongkai.turtle import DCTERMS, GK, RDFS, RULES, type_

GRAPH = "https://w3id.org/gongkai/judgements"
"""The name under which a store keeps them, apart from what reports say."""


class Opinion(Enum):
    """What a person may say of a finding."""

    CONFIRMED = GK + "confirmed"  # the report is at fault
    EXPLAINED = GK + "explained"  # it is as found, and there is a reason
    MISTAKEN = GK + "mistaken"  # the finding is wrong


@dataclass(frozen=True, slots=True)
class Judgement:
    """An opinion, by whom, when, and why."""

    opinion: Opinion
    by: str
    when: datetime
    why: str

    @property
    def settles(self) -> bool:
        """Whether the finding is no fault any more."""
        return self.opinion is not Opinion.CONFIRMED


def describe(report: str, key: str, judgement: Judgement) -> tuple[ox.Triple, ...]:
    """The triples of a judgement on the finding of a report with that key; earlier ones stay beside it."""
    stamp = judgement.when.astimezone(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    about = Subject(f"{report}/judgement/{key}/{stamp}").add(type_, GK + "Judgement")
    about.add(GK + "judgedReport", report).add(GK + "findingKey", text(key))
    about.add(GK + "rule", RULES + key.rpartition("-")[0]).add(GK + "opinion", judgement.opinion.value)
    about.add(GK + "judgedBy", text(judgement.by)).add(RDFS + "comment", text(judgement.why, "zh"))
    about.add(DCTERMS + "created", typed(judgement.when.astimezone(UTC).isoformat(), "dateTime"))
    return tuple(about.triples)


def judgements(source: Source) -> dict[tuple[str, str], Judgement]:
    """The last judgement on each finding, by report and key."""
    found: dict[tuple[str, str], Judgement] = {}
    for (report, key), judgement in sorted(_all(source), key=lambda j: j[1].when):
        found[report, key] = judgement
    return found


def _all(source: Source) -> Iterator[tuple[tuple[str, str], Judgement]]:
    query = f"""SELECT ?report ?key ?opinion ?by ?when ?why WHERE {{
        ?judgement a gk:Judgement ; gk:judgedReport ?report ; gk:findingKey ?key ; gk:opinion ?opinion ;
            gk:judgedBy ?by ; <{DCTERMS}created> ?when ; <{RDFS}comment> ?why }}"""
    for s in select(source, query):
        when = datetime.fromisoformat(s["when"])
        yield (s["report"], s["key"]), Judgement(Opinion(s["opinion"]), s["by"], when, s["why"])
