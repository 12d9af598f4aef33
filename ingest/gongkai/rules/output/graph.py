"""Findings and verdicts as RDF: an sh:ValidationReport an edition (SHACL 3.6) and EARL assertions (EARL 1.0 Schema)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

import pyoxigraph as ox

from gongkai.rules.catalogue import SH, Severity, Words
from gongkai.rules.checking import Assessment
from gongkai.rules.data import CellRef, Edition, Passage
from gongkai.rules.finding import Finding
from gongkai.rules.output import phrases
from gongkai.rules.verdict import EARL, Outcome, Verdict
from gongkai.triples import Subject, boolean, number, text, typed
from gongkai.turtle import DCTERMS, FORM, GK, LAW, RULES, SKOS, type_

SOFTWARE = "https://w3id.org/gongkai/software"
_WHOLE = "https://w3id.org/gongkai/shapes#whole-document"
_PREFIXES = {
    "gk": GK,
    "form": FORM,
    "rule": RULES,
    "law": LAW,
    "sh": SH,
    "earl": EARL,
    "dcterms": DCTERMS,
    "skos": SKOS,
}


def turtle(assessment: Assessment) -> str:
    """The RDF as Turtle."""
    body = ox.serialize(triples(assessment), format=ox.RdfFormat.TURTLE, prefixes=_PREFIXES)
    assert body is not None
    return body.decode("utf-8")


def triples(assessment: Assessment) -> Iterator[ox.Triple]:
    """The triples, without blank nodes; the same assessment gives the same triples."""
    for edition, part in assessment.parts():
        yield from _edition(part, edition)
    for finding in assessment.apart():
        yield from _finding(f"{finding.focus}#finding.{finding.key}", finding)


def _edition(part: Assessment, edition: Edition) -> Iterator[ox.Triple]:
    report = Subject(f"{edition.iri}#validation").add(type_, SH + "ValidationReport")
    whole = edition.excerpt is None
    report.add(SH + "conforms", boolean(whole and not part.findings)).add(DCTERMS + "subject", edition.iri)
    if edition.excerpt is not None:
        yield from _incomplete(report, edition.iri, phrases.incomplete(edition.excerpt))
    for finding in part.findings:
        report.add(SH + "result", f"{edition.iri}#finding.{finding.key}")
    yield from report.triples
    for finding in part.findings:
        yield from _finding(f"{edition.iri}#finding.{finding.key}", finding)
    for verdict in part.verdicts:
        yield from _assertion(edition.iri, verdict)


def _incomplete(report: Subject, edition: str, told: Words) -> Iterator[ox.Triple]:
    """The result of the shape that asks for the whole document: what breaks off does not conform."""
    name = f"{edition}#incomplete"
    report.add(SH + "result", name)
    result = Subject(name).add(type_, SH + "ValidationResult").add(SH + "focusNode", edition)
    result.add(SH + "resultSeverity", Severity.INFO.value).add(SH + "sourceShape", _WHOLE)
    result.add(SH + "sourceConstraintComponent", SH + "MaxCountConstraintComponent")
    result.add(SH + "resultPath", GK + "excerpt").add(SH + "resultMessage", *_both(told))
    yield from result.triples


def _finding(name: str, finding: Finding) -> Iterator[ox.Triple]:
    result = Subject(name).add(type_, SH + "ValidationResult").add(SH + "focusNode", finding.focus)
    result.add(SH + "resultSeverity", finding.severity.value).add(GK + "rule", finding.rule.iri)
    result.add(SH + "sourceShape", finding.shape).add(SH + "sourceConstraintComponent", finding.component)
    result.add(GK + "ruleVersion", text(finding.rule.version))
    if finding.at is not None:
        result.add(SH + "value", finding.at)
    result.add(GK + "article", *(a.iri for a in finding.articles))
    result.add(SH + "resultMessage", *_both(finding.message))
    operands = (
        ("leftOperand", finding.left),
        ("rightOperand", finding.right),
        ("difference", finding.difference),
    )
    for term, value in operands:
        if value is not None:
            result.add(GK + term, _decimal(value))
    if finding.anomaly is not None:
        result.add(GK + "anomaly", text(finding.anomaly))
    result.add(GK + "cell", *(_cell_name(c) for c in finding.cells))
    result.add(GK + "stated", *(f"{name}.passage-{i}" for i, _ in enumerate(finding.passages)))
    yield from result.triples
    for cell in finding.cells:
        yield from _cell(cell)
    for i, passage in enumerate(finding.passages):
        yield from _passage(f"{name}.passage-{i}", passage)


def _cell_name(cell: CellRef) -> str:
    return f"{cell.subject}.{cell.column}"


def _cell(cell: CellRef) -> Iterator[ox.Triple]:
    about = Subject(_cell_name(cell)).add(type_, GK + "Cell").add(GK + "inRow", cell.subject)
    about.add(GK + "column", FORM + cell.column)
    if cell.span is not None:
        about.add(GK + "start", typed(cell.span.start, "nonNegativeInteger"))
        about.add(GK + "end", typed(cell.span.end, "nonNegativeInteger"))
    yield from about.triples


def _passage(name: str, passage: Passage) -> Iterator[ox.Triple]:
    about = Subject(name).add(type_, GK + "Evidence").add(GK + "quote", text(passage.text))
    about.add(GK + "start", typed(passage.span.start, "nonNegativeInteger"))
    about.add(GK + "end", typed(passage.span.end, "nonNegativeInteger"))
    yield from about.triples


def _assertion(focus: str, verdict: Verdict) -> Iterator[ox.Triple]:
    name = f"{focus}#verdict.{verdict.rule.key}"
    about = (
        Subject(name)
        .add(type_, EARL + "Assertion")
        .add(EARL + "subject", focus)
        .add(EARL + "test", verdict.rule.iri)
    )
    about.add(EARL + "assertedBy", SOFTWARE).add(EARL + "mode", EARL + "automatic").add(
        EARL + "result", f"{name}.result"
    )
    yield from about.triples
    result = (
        Subject(f"{name}.result").add(type_, EARL + "TestResult").add(EARL + "outcome", verdict.outcome.value)
    )
    if verdict.outcome is not Outcome.PASSED:
        reasons = (*(f.message for f in verdict.findings), *verdict.reasons)
        result.add(DCTERMS + "description", *dict.fromkeys(t for r in reasons for t in _both(r)))
    for finding in verdict.findings:
        result.add(EARL + "info", f"{finding.focus}#finding.{finding.key}")
    yield from result.triples


def _both(words: Words) -> Iterable[ox.Literal]:
    return text(words.zh, "zh"), text(words.en, "en")


def _decimal(value: Decimal) -> ox.Literal:
    return number(value if value != value.to_integral_value() else Decimal(int(value)))
