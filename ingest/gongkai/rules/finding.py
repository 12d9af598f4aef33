"""A finding: a rule that a report breaks, with its article, operands, cells and their places, and words that name them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache

import pyoxigraph as ox

from gongkai.document import Span
from gongkai.form import Column, Row, forms
from gongkai.rules.catalogue import Article, Rule, Severity, Words
from gongkai.rules.result import Result
from gongkai.rules.shapes import Shapes
from gongkai.turtle import FORM, GK, SKOS, Graph, ontology

_PLACEHOLDER = re.compile(r"\{[?$](\w+)\}")
_TEMPLATE = re.compile(r"\{(\w+)(\.label)?\}")


@dataclass(frozen=True, slots=True)
class CellRef:
    """A cell of the form in a report: keys of table, row and column, the value or none, the place or none."""

    table: str
    row: str
    column: str
    value: Decimal | None
    span: Span | None


@dataclass(frozen=True, slots=True)
class Finding:
    """A breach of a rule.

    `focus` is the edition, `at` the node in it that is at fault. `anomaly` is the name that the guide to the gold
    annotations gives it, None where it has none.
    """

    rule: Rule
    severity: Severity
    focus: str
    at: str | None
    cells: tuple[CellRef, ...]
    left: Decimal | None
    right: Decimal | None
    difference: Decimal | None
    message: Words
    anomaly: str | None

    @property
    def articles(self) -> tuple[Article, ...]:
        """What it rests on."""
        return self.rule.articles


def findings(
    results: Iterable[Result], rules: Iterable[Rule], shapes: Shapes, data: ox.Store
) -> tuple[Finding, ...]:
    """The findings that the results of an engine amount to, in a fixed order; `data` holds what was checked.

    A result of a shape that no rule names belongs to no finding.
    """
    by_shape: dict[str, list[Rule]] = {}
    for rule in rules:
        for shape in rule.shapes:
            by_shape.setdefault(shape, []).append(rule)
    found = [
        _finding(result, rule, shapes, data)
        for result in results
        for rule in by_shape.get(result.shape, ())
        if not rule.concerns or rule.concerns & {v for _, v in result.bindings}
    ]
    order = {rule.key: i for i, rule in enumerate(rules)}
    return tuple(sorted(found, key=lambda f: (f.focus, order[f.rule.key], f.at or "", f.message.zh)))


def _finding(result: Result, rule: Rule, shapes: Shapes, data: ox.Store) -> Finding:
    shape = ox.NamedNode(result.shape)
    severity = shapes.object(shape, "severity")
    at = result.value
    return Finding(
        rule,
        Severity(severity.value) if severity else Severity.VIOLATION,
        result.focus.value,
        at.value if isinstance(at, ox.NamedNode) and at != result.focus else None,
        _cells(result, data),
        _number(result.binding("left")),
        _number(result.binding("right")),
        _number(result.binding("difference")),
        _message(result, shapes, shape),
        rule.anomaly and _TEMPLATE.sub(_from(result, _anomaly_part), rule.anomaly),
    )


def _cells(result: Result, data: ox.Store) -> tuple[CellRef, ...]:
    named = (result.binding("cells") or "").split()
    found = [_cell(row, column, data) for row, _, column in (token.partition("|") for token in named)]
    return tuple(sorted(found, key=lambda c: (_position(c.table, c.row), _position(c.table, c.column))))


def _cell(row: str, column: str, data: ox.Store) -> CellRef:
    subject = ox.NamedNode(row)
    form_row = _value(data, subject, GK + "row")
    table, described, columns = _form_row(form_row)
    number = _value(data, subject, column)
    position = next((i for i, c in enumerate(columns) if c.iri == column), -1)
    places = _value(data, subject, GK + "cellPlaces").split()
    place = places[position] if 0 <= position < len(places) else "-"
    key = columns[position].key if position >= 0 else column
    return CellRef(table, described, key, _number(number), _span(place))


@cache
def _form_row(iri: str) -> tuple[str, str, tuple[Column, ...]]:
    """Table, key and columns of a row of the form."""
    for table_key, row in _rows():
        if row.iri == iri:
            return table_key, row.key, row.columns
    return "", iri, ()


def _rows() -> list[tuple[str, Row]]:
    return [
        (table.key, row)
        for form in forms()
        for table in form.tables
        for row in (*table.rows, *table.collapsed)
    ]


@cache
def _position(table: str, key: str) -> int:
    keys = [key for t, row in _rows() if t == table for key in (row.key, *(c.key for c in row.columns))]
    return keys.index(key) if key in keys else len(keys)


def _value(data: ox.Store, subject: ox.NamedNode, predicate: str) -> str:
    for quad in data.quads_for_pattern(subject, ox.NamedNode(predicate), None, None):
        return "" if isinstance(quad.object, ox.Triple) else quad.object.value
    return ""


def _span(place: str) -> Span | None:
    start, dash, end = place.partition("-")
    return Span(int(start), int(end)) if start and dash else None


def _number(text: str | None) -> Decimal | None:
    if not text:
        return None
    try:
        return Decimal(text)
    except InvalidOperation:
        return None


def _message(result: Result, shapes: Shapes, shape: ox.NamedNode) -> Words:
    """The words of the shape with the numbers of the result."""
    holders = (shape, *shapes.objects(shape, "sparql"))
    texts = {
        m.language: m.value
        for h in holders
        for m in shapes.objects(h, "message")
        if isinstance(m, ox.Literal)
    }

    def said(language: str) -> str:
        def render(value: str, _: bool) -> str:
            return _named(value, language)

        return _PLACEHOLDER.sub(_from(result, render), texts.get(language, ""))

    return Words(said("zh"), said("en"))


def _from(result: Result, render: Callable[[str, bool], str]) -> Callable[[re.Match[str]], str]:
    """Replaces the name of a variable by what the result binds to it."""

    def replace(match: re.Match[str]) -> str:
        name = match[1]
        value = result.binding(name)
        if value is None and name == "value" and result.value is not None:
            value = result.value.value
        labelled = match.re.groups > 1 and match[2] is not None
        return "" if value is None else render(value, labelled)

    return replace


def _anomaly_part(value: str, labelled: bool) -> str:
    graph = _terms()
    if labelled:
        return graph.optional(value, SKOS + "prefLabel", "zh") or value
    return graph.optional(value, GK + "key") or value


def _named(value: str, language: str) -> str:
    """A term of the form by its label, as printed; a number without needless zeros; anything else as it is."""
    if value.startswith(FORM):
        label = _terms().optional(value, SKOS + "prefLabel", language) or value
        return (_terms().optional(value, GK + "ordinal") or "") + label if language == "zh" else label
    number = _number(value)
    if number is not None and number == number.to_integral_value():
        return str(int(number))
    return value


@cache
def _terms() -> Graph:
    return ontology("form")
