"""What the words of the vocabulary mean: indicators, and what channels and acts have to do with them. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

REQUESTS = "requests"
"""The family of requests for information: what came in was answered, withdrawn or carried over."""
RESPONSE = "response"
"""The family of how soon and how surely something is answered."""
HOTLINE = "hotline"
"""The family of calls to a hotline."""
MESSAGES = "messages"
"""The family of what people write in."""
CONSULTATION = "consultation"
"""The family of calls for comment and what came in."""
OUTREACH = "outreach"
"""The family of publicity on the ground."""
PUBLICATION = "publication"
"""The family of what was published: the outlet tells which of its indicators is meant."""


@dataclass(frozen=True, slots=True, eq=False)
class Indicator:
    """What can be counted; there is one of each, known by identity.

    `measures` are the measure words it is counted in ("" where one may be missing). `through`, `acts` and `topics` are
    keys of channel kinds, acts and topics that must be at hand where one of its shared labels is met; empty asks nothing.
    """

    key: str
    family: str
    measures: frozenset[str]
    through: frozenset[str]
    acts: frozenset[str]
    topics: frozenset[str]
    fallback: str | None
    outcome: bool
    participants_of: str | None
    telling: frozenset[str]
    """Measure words that tell the indicator by themselves, where its channel is named."""
    channel_from: str | None
    """What tells the channel of its numbers; None: the channels in force that it goes through."""
    outlet: str | None
    """The outlet that its numbers leave in force."""
    undone_by: frozenset[str]
    """Acts that do not make public, or give out, what they are done to."""
    whole: bool
    """Whether its numbers are divided further and are no part of another number of the family."""
    usual: bool
    """Whether it is meant where nothing tells which of its family is."""
    in_forms: bool
    """Whether what it counts has a form and a topic."""
    posted: bool
    """Whether what it counts is a post where new media published it."""
    with_verdicts: bool
    """Whether what it counts ends in a verdict."""
    in_kinds: bool
    """Whether its numbers are divided by kinds that count as nothing by themselves."""
    unattended: bool
    """Whether people told behind its numbers took no part in anything that is counted."""
    addressed: bool
    """Whether its words mean what came in by the hotline or the mailbox that is named with them."""
    published: bool
    """Whether what it counts may be among the items published: 发布信息90条，内有政策解读10条、建议提案12条."""

    @property
    def divisible(self) -> bool:
        """Whether its numbers are totals that others may be parts of."""
        return self.whole or self.family != REQUESTS


@dataclass(frozen=True, slots=True, eq=False)
class Sense:
    """What a term may mean: indicators it names by itself or shares, channel kinds, acts; or a thing no one counts."""

    names: tuple[Indicator, ...] = ()
    shares: tuple[Indicator, ...] = ()
    channels: frozenset[str] = frozenset()
    acts: frozenset[str] = frozenset()
    uncounted: bool = False
    short: bool = False
    """Whether it is so short that pieces of two words may make it up."""
    counted: bool = field(init=False)
    """Whether a number beside the term could count it."""
    kinds: frozenset[str] = field(init=False)
    """The kinds of channels it names that are more than a way of handing in a request."""
    outlets: frozenset[str] = frozenset()
    """The kinds that publish."""
    ends_name: bool = False
    """Whether it ends the name of an outlet, where it is a word of its own that publishes: 柳汀报发布, not 年报发布."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "counted", bool(self.names or self.shares))
        object.__setattr__(self, "kinds", self.channels - {"submission"})


@dataclass(frozen=True, slots=True)
class Channels:
    """What the kinds of channels have to do with what is counted; kinds are keys."""

    defaults: Mapping[str, Indicator]
    """What a number counts where a channel is named and no thing."""
    groups: Mapping[str, str]
    """The outlets, each with the group of outlets that it counts with."""
    publications: Mapping[str, Indicator]
    """What counts the items published through the outlets of a group."""
    published: Mapping[str, frozenset[str]]
    """The groups whose items an indicator counts, by its key."""
    carried: frozenset[str]
    """Kinds that stay in force for the numbers behind them."""
    written: frozenset[str]
    """Kinds that people write to."""
    named: tuple[str, ...]
    """Kinds whose channels a fact names."""

    def grouped(self, outlets: Iterable[str]) -> set[str]:
        """The groups that outlets belong to."""
        return {self.groups[outlet] for outlet in outlets}


@dataclass(frozen=True, slots=True)
class Acts:
    """What acts have to do with what is counted; acts are keys."""

    governing: frozenset[str]
    """Acts whose object is counted."""
    decisive: tuple[str, ...]
    """Acts on requests that decide, whatever else was done with them."""
    on_requests: Mapping[str, Indicator]
    """What counts the requests with which something was done."""
    outcomes: Mapping[str, Indicator]
    """The outcome of requests that an act amounts to."""
