"""Narrative → triples: facts, shortcomings, measures, citations, each a Web Annotation selector of its words.

Like `describe` it is pure: names are counted in the order of the text, and there are no blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pyoxigraph as ox

from gongkai.iris import Iris, segment
from gongkai.narrative.citations import act, identity
from gongkai.narrative.model import (
    Citation,
    Contact,
    Fact,
    Measure,
    Narrative,
    Quote,
    Restatement,
    Shortcoming,
)
from gongkai.narrative.tables import compared
from gongkai.report import Report
from gongkai.triples import Subject, boolean, number, text, typed
from gongkai.turtle import DCTERMS, GK, NARRATIVE, SKOS, type_


def describe_narrative(report: Report, narrative: Narrative, iris: Iris) -> tuple[ox.Triple, ...]:
    """The triples of what the narrative of a report states, as parts of its edition."""
    return tuple(_Description(report, iris).triples(narrative))


class _Description:
    def __init__(self, report: Report, iris: Iris) -> None:
        self._report = report
        self._iris = iris
        self._edition = iris.edition(report)

    def triples(self, narrative: Narrative) -> Iterator[ox.Triple]:
        """Everything, kind after kind."""
        for index, fact in enumerate(narrative.facts):
            yield from self._fact(f"{self._edition}#fact-{index}", fact)
        for index, shortcoming in enumerate(narrative.shortcomings):
            yield from self._shortcoming(self._shortcoming_name(index), shortcoming)
        for index, measure in enumerate(narrative.measures):
            yield from self._measure(f"{self._edition}#measure-{index}", measure)
        for index, citation in enumerate(narrative.citations):
            yield from self._citation(f"{self._edition}#citation-{index}", citation)
        if narrative.fee is not None:
            about = self._quoted(f"{self._edition}#fee", "FeeStatement", "feeStatement", narrative.fee.quote)
            about.add(GK + "feeCharged", boolean(narrative.fee.charged))
            if narrative.fee.amount is not None:
                about.add(GK + "feeAmount", number(narrative.fee.amount))
            yield from about.triples
        for index, restated in enumerate(narrative.restatements):
            yield from self._restatement(f"{self._edition}#restatement-{index}", restated)
        for index, share in enumerate(narrative.shares):
            about = self._quoted(f"{self._edition}#share-{index}", "Share", "share", share.quote)
            about.add(GK + "value", number(share.percentage)).add(GK + "sharePart", number(share.part))
            yield from about.add(GK + "shareWhole", number(share.whole)).triples
        for index, contact in enumerate(narrative.contacts):
            yield from self._contact(f"{self._edition}#contact-{index}", contact)

    def _fact(self, name: str, fact: Fact) -> Iterator[ox.Triple]:
        about = self._quoted(name, "Fact", "fact", fact.quote)
        about.add(GK + "report", self._iris.report(self._report))
        about.add(GK + "indicator", NARRATIVE + fact.indicator).add(GK + "value", number(fact.value))
        if fact.unit is not None:
            about.add(GK + "measureWord", text(fact.unit, "zh"))
        if fact.bound is not None:
            about.add(GK + "bound", NARRATIVE + fact.bound.value)
        about.add(GK + "part", boolean(fact.part))
        for comparison in compared(fact, self._report):
            about.add(GK + "comparesWith", comparison.iri)
        for key, words in (
            ("channel", fact.channel),
            ("interpretationForm", fact.form),
            ("interprets", fact.topic),
        ):
            if words is not None:
                about.add(GK + key, text(words, "zh"))
        if fact.previous is not None:
            about.add(GK + "previousValue", number(fact.previous))
        if fact.year is not None:
            about.add(GK + "ofYear", typed(fact.year, "gYear"))
        section = self._report.section(fact.section)
        if section is not None:
            about.add(GK + "formSection", section.section.iri)
        about.add(GK + "numberStart", typed(fact.number.start, "nonNegativeInteger"))
        about.add(GK + "numberEnd", typed(fact.number.end, "nonNegativeInteger"))
        about.add(GK + "extractionRule", text(fact.rule))
        about.add(GK + "confidence", typed(Decimal(str(fact.confidence)), "decimal"))
        yield from about.triples

    def _shortcoming_name(self, index: int) -> str:
        return f"{self._edition}#shortcoming-{index}"

    def _shortcoming(self, name: str, shortcoming: Shortcoming) -> Iterator[ox.Triple]:
        about = self._quoted(name, "Shortcoming", "shortcoming", shortcoming.quote)
        if shortcoming.theme is not None:
            about.add(GK + "theme", _theme(shortcoming.theme))
        yield from about.triples

    def _measure(self, name: str, measure: Measure) -> Iterator[ox.Triple]:
        about = self._quoted(name, "ImprovementMeasure", "improvementMeasure", measure.quote)
        if measure.theme is not None:
            about.add(GK + "theme", _theme(measure.theme))
        if measure.answers is not None:
            about.add(GK + "answers", self._shortcoming_name(measure.answers))
        yield from about.triples

    def _citation(self, name: str, citation: Citation) -> Iterator[ox.Triple]:
        cited = f"{self._iris.base}document/{segment(identity(citation))}"
        yield from self._quoted(name, "Citation", "citation", citation.quote).add(GK + "cites", cited).triples
        about = (
            Subject(cited).add(type_, GK + "CitedDocument").add(DCTERMS + "title", text(citation.title, "zh"))
        )
        if citation.number is not None:
            about.add(GK + "documentNumber", text(citation.number))
        known = act(citation)
        if known is not None:
            about.add(SKOS + "exactMatch", known)
        yield from about.triples

    def _restatement(self, name: str, restated: Restatement) -> Iterator[ox.Triple]:
        about = self._quoted(name, "Restatement", "restatement", restated.quote)
        about.add(GK + "restatesRow", restated.row).add(GK + "restatesColumn", restated.column)
        about.add(GK + "value", number(restated.value))
        if restated.unit is not None:
            about.add(GK + "measureWord", text(restated.unit, "zh"))
        about.add(GK + "numberStart", typed(restated.number.start, "nonNegativeInteger"))
        about.add(GK + "numberEnd", typed(restated.number.end, "nonNegativeInteger"))
        yield from about.add(GK + "comparable", boolean(restated.comparable)).triples

    def _contact(self, name: str, contact: Contact) -> Iterator[ox.Triple]:
        about = self._quoted(name, "Contact", "contact", contact.quote)
        yield from about.add(GK + "contactKind", text(contact.kind)).triples

    def _quoted(self, name: str, kind: str, link: str, quote: Quote) -> Subject:
        """A passage of the edition: what it is, its words, their place; and the link from the edition to it."""
        place = self._report.document.place(quote.span.start)
        about = Subject(name)
        about.triples.extend(Subject(self._edition).add(GK + link, name).triples)
        about.add(type_, GK + kind).add(GK + "ofEdition", self._edition)
        about.add(GK + "quote", text(quote.text)).add(
            GK + "start", typed(quote.span.start, "nonNegativeInteger")
        )
        about.add(GK + "end", typed(quote.span.end, "nonNegativeInteger"))
        about.add(GK + "line", typed(place.line, "positiveInteger"))
        if place.page is not None:
            about.add(GK + "page", typed(place.page, "positiveInteger"))
        return about


def _theme(key: str) -> str:
    return "theme-".join((NARRATIVE, key))
