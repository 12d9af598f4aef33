"""Findings and verdicts as plain values, for JSON."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal

from gongkai.rules.catalogue import Words
from gongkai.rules.checking import Assessment
from gongkai.rules.data import CellRef, Edition, Passage
from gongkai.rules.finding import Finding
from gongkai.rules.verdict import Verdict

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]


def dumps(assessment: Assessment) -> str:
    """JSON: one object an edition."""
    return json.dumps(
        [record(assessment.of(e), e) for e in assessment.editions], ensure_ascii=False, indent=2
    )


def record(part: Assessment, edition: Edition) -> dict[str, Value]:
    """What was found on one edition."""
    tally = Counter(v.outcome.name.lower().replace("_", "-") for v in part.verdicts)
    return {
        "source": edition.name,
        "report": edition.report,
        "edition": edition.iri,
        "agency": edition.agency_name,
        "year": int(edition.year) if edition.year else None,
        "outcomes": {name: tally[name] for name in sorted(tally)},
        "findings": [_finding(f) for f in part.findings],
        "verdicts": [_verdict(v) for v in part.verdicts],
    }


def _finding(finding: Finding) -> dict[str, Value]:
    return {
        "rule": finding.rule.key,
        "version": finding.rule.version,
        "severity": finding.severity.name.lower(),
        "title": _words(finding.rule.title),
        "articles": [{"iri": a.iri, "title": _words(a.title)} for a in finding.articles],
        "message": _words(finding.message),
        "left": _number(finding.left),
        "right": _number(finding.right),
        "difference": _number(finding.difference),
        "cells": [_cell(c) for c in finding.cells],
        "passages": [_passage(p) for p in finding.passages],
        "anomaly": finding.anomaly,
    }


def _cell(cell: CellRef) -> dict[str, Value]:
    place: dict[str, Value] = (
        {"start": cell.span.start, "end": cell.span.end, "line": cell.line} if cell.span else {}
    )
    return {
        "table": cell.table,
        "row": cell.row,
        "column": cell.column,
        "value": _number(cell.value),
        **place,
    }


def _passage(passage: Passage) -> dict[str, Value]:
    return {"text": passage.text, "start": passage.span.start, "end": passage.span.end, "line": passage.line}


def _verdict(verdict: Verdict) -> dict[str, Value]:
    outcome = verdict.outcome.name.lower().replace("_", "-")
    return {"rule": verdict.rule.key, "outcome": outcome, "reasons": [_words(r) for r in verdict.reasons]}


def _words(words: Words) -> dict[str, Value]:
    return {"zh": words.zh, "en": words.en}


def _number(value: Decimal | None) -> int | float | None:
    """JSON knows one kind of number; what is whole is written whole."""
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
