"""What the narrative says: facts, shortcomings, measures, citations. Values only; each prints its own words.

The guide to every field is the GUIDE that lies beside the gold annotations; units are those of the text.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from gongkai.document import Span

made = tuple.__new__
"""Makes a named tuple without the detour over its `__new__`: thousands are made for a report."""


class Bound(StrEnum):
    """How exact a number claims to be."""

    OVER = "over"  # 超, 余, 多, 以上
    UNDER = "under"  # 近
    ABOUT = "about"  # 约
    WITHIN = "within"  # 以内


class Quote(NamedTuple):
    """Words of the document: `document[span] == text`, always."""

    text: str
    span: Span


class Fact(NamedTuple):
    """A number of the narrative that measures one of the indicators of `ontology/narrative.ttl`.

    `value` is in base units (9万5千 is 95000), `number` the place of the number itself inside the quote. `section` is
    1 to 6. `rule` names what found it; `confidence` is between 0 and 1.
    """

    indicator: str
    value: Decimal
    unit: str | None
    quote: Quote
    number: Span
    section: int
    rule: str
    confidence: float
    bound: Bound | None = None
    part: bool = False
    channel: str | None = None
    form: str | None = None
    previous: Decimal | None = None
    topic: str | None = None
    year: int | None = None
    """The year the number is of, where it is another than the report's."""


class Restatement(NamedTuple):
    """A number that says what a cell of a table says, and is no fact: 制发规范性文件9件; or a denial of any.

    Of a denial (未收到政府信息公开申请) `value` is 0 and `number` the place of the words that deny.

    `row` and `column` are IRIs of the form; `comparable` says whether the number is exact, of the year and of the whole.
    """

    row: str
    column: str
    value: Decimal
    unit: str | None
    quote: Quote
    number: Span
    comparable: bool


class Share(NamedTuple):
    """A share that the text works out of its own numbers: it says that `part` is `percentage` of a hundred of `whole`."""

    part: Decimal
    whole: Decimal
    percentage: Decimal
    quote: Quote


@dataclass(frozen=True, slots=True)
class Shortcoming:
    """A shortcoming that section five states; `theme` is the key of a concept of `narrative.ttl`."""

    quote: Quote
    theme: str | None


@dataclass(frozen=True, slots=True)
class Measure:
    """An improvement measure; `answers` is the index of the shortcoming that the text pairs with it."""

    quote: Quote
    theme: str | None
    answers: int | None = None


@dataclass(frozen=True, slots=True)
class Citation:
    """A law, rule, notice or plan cited by its title (without 《》), with its document number where it has one."""

    title: str
    quote: Quote
    number: str | None = None


@dataclass(frozen=True, slots=True)
class FeeStatement:
    """What section six says of the fee for processing information (条例42): whether one was charged."""

    charged: bool
    quote: Quote
    amount: Decimal | None = None
    """In yuan, where the statement gives it."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Contact data the report states: `kind` is address, telephone, email, website or postcode."""

    kind: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class Narrative:
    """All that was extracted from the narrative of one report."""

    facts: tuple[Fact, ...] = ()
    shortcomings: tuple[Shortcoming, ...] = ()
    measures: tuple[Measure, ...] = ()
    citations: tuple[Citation, ...] = ()
    fee: FeeStatement | None = None
    contacts: tuple[Contact, ...] = ()
    restatements: tuple[Restatement, ...] = ()
    shares: tuple[Share, ...] = ()
