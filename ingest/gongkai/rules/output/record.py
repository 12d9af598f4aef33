"""Findings and verdicts as plain values, for JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from gongkai.numbers import json_number
from gongkai.rules.catalogue import Words
from gongkai.rules.checking import Assessment
from gongkai.rules.data import CellRef, Edition, Excerpt, Passage, parts
from gongkai.rules.finding import Finding
from gongkai.rules.judgement import Judgement
from gongkai.rules.output import phrases
from gongkai.rules.output.summary import Share, summary
from gongkai.rules.verdict import Verdict
from gongkai.rules.wording import named
from gongkai.turtle import FORM

Value = None | bool | int | float | str | list["Value"] | dict[str, "Value"]


def dumps(assessment: Assessment) -> str:
    """JSON: the reports, the findings that are about no report but an agency, and the summary."""
    return json.dumps(document(assessment), ensure_ascii=False, indent=2)


def document(assessment: Assessment) -> dict[str, Value]:
    """The whole assessment."""
    counted = summary(assessment)
    return {
        "reports": [report(part, edition) for edition, part in assessment.parts()],
        "agencies": [finding(f) | {"agency": f.focus} for f in assessment.apart()],
        "summary": {
            "reports": counted.reports,
            "by-rule": _shares(share for _, share in counted.by_rule),
            "by-place": _shares(counted.by_place),
            "by-year": _shares(counted.by_year),
        },
    }


def report(part: Assessment, edition: Edition) -> dict[str, Value]:
    """What was found on one edition."""
    tally = Counter(word(v) for v in part.verdicts)
    return {
        "source": edition.name,
        "report": edition.report,
        "edition": edition.iri,
        "agency": edition.agency_name,
        "division": edition.division,
        "year": int(edition.year) if edition.year else None,
        "excerpt": _excerpt(edition.excerpt) if edition.excerpt else None,
        "outcomes": {name: tally[name] for name in sorted(tally)},
        "findings": [finding(f) for f in part.findings],
        "verdicts": [_verdict(v) for v in part.verdicts],
    }


def _excerpt(excerpt: Excerpt) -> dict[str, Value]:
    """That the document is not whole: the table in which it breaks off, its last words there."""
    table = excerpt.table
    return {
        "message": _words(phrases.incomplete(excerpt)),
        "table": _part(table, next(key for (key, _), iri in parts().items() if iri == table))
        if table
        else None,
        "last": _passage(excerpt.last) if excerpt.last else None,
    }


def finding(found: Finding) -> dict[str, Value]:
    """A finding."""
    return {
        "key": found.key,
        "rule": found.rule.key,
        "version": found.rule.version,
        "severity": found.severity.name.lower(),
        "title": _words(found.rule.title),
        "fault": _words(found.rule.fault),
        "articles": [{"iri": a.iri, "title": _words(a.title)} for a in found.articles],
        "message": _words(found.message),
        "left": json_number(found.left),
        "right": json_number(found.right),
        "difference": json_number(found.difference),
        "cells": [_cell(c) for c in found.cells],
        "passages": [_passage(p) for p in found.passages],
        "anomaly": found.anomaly,
        "judgement": _judgement(found.judgement) if found.judgement else None,
    }


def word(verdict: Verdict) -> str:
    """The outcome as a word: passed, failed, not-assessable, not-applicable."""
    return verdict.outcome.name.lower().replace("_", "-")


def _cell(cell: CellRef) -> dict[str, Value]:
    place: dict[str, Value] = (
        {"start": cell.span.start, "end": cell.span.end, "line": cell.line} if cell.span else {}
    )
    return {
        "table": _part(parts()[cell.table, ""], cell.table),
        "row": _part(parts()[cell.table, cell.row], cell.row),
        "column": _part(FORM + cell.column, cell.column),
        "value": json_number(cell.value),
        **({"printed": cell.printed} if cell.printed else {}),
        "edition": cell.edition,
        **place,
    }


def _part(iri: str, key: str) -> dict[str, Value]:
    """A part of the form: its key, as `extract` and the dump have it, its IRI, its labels."""
    return {"key": key, "iri": iri, "label": {"zh": named(iri, "zh"), "en": named(iri, "en")}}


def _passage(passage: Passage) -> dict[str, Value]:
    return {"text": passage.text, "start": passage.span.start, "end": passage.span.end, "line": passage.line}


def _judgement(judgement: Judgement) -> dict[str, Value]:
    return {
        "opinion": judgement.opinion.name.lower(),
        "by": judgement.by,
        "when": judgement.when.isoformat(),
        "why": judgement.why,
    }


def _verdict(verdict: Verdict) -> dict[str, Value]:
    return {
        "rule": verdict.rule.key,
        "outcome": word(verdict),
        "reasons": [_words(r) for r in verdict.reasons],
    }


def _shares(shares: Iterable[Share]) -> list[Value]:
    return [{"name": s.name, "failed": s.failed, "judged": s.judged} for s in shares]


def _words(words: Words) -> dict[str, Value]:
    return {"zh": words.zh, "en": words.en}
