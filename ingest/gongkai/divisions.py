"""Administrative divisions by name and year: `ontology/divisions.ttl` and `ontology/gazetteer/towns.ttl`.

A name alone may be held by several places (鼓楼区) or by none in a given year; so a look-up gives candidates, and who asks
settles them by what else the text names.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from gongkai.document import Span
from gongkai.report import Level
from gongkai.turtle import DCTERMS, GK, RDFS, SKOS, Graph, ontology

RANK = re.compile(r"(?:特别行政区|特区|林区|地区|自治区|自治县|自治州|[省市区县州盟旗])$")
AUTONOMOUS = re.compile(r"自治([州县旗])$")
# Words after which a name of two characters is one.
PARTICLES = "由与在经对向请的为是年度被将布于到给从照据"
_LONGEST_STEM = 5
LEVELS = {GK + level.value: level for level in Level}


@dataclass(frozen=True, slots=True)
class Division:
    """A province, prefecture or county under one name and code.

    `first` and `last` are the years in which they were valid at some time, None where that is open. `outer` is the
    address of the division it lies in; `usual` and `shorter` are other names that people use.
    """

    iri: str
    code: str
    name: str
    level: Level
    outer: str | None
    first: int | None
    last: int | None
    usual: str | None = None
    shorter: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()

    def valid(self, year: int) -> bool:
        """Whether the name was valid at some time of a year."""
        return (self.first or 0) <= year <= (self.last or 9999)

    @property
    def stem(self) -> str:
        """The name without its rank: 益阳 of 益阳市."""
        name = self.usual or self.name
        return RANK.sub("", name) if len(name) > 2 else name

    @property
    def rank(self) -> str:
        """The last character, which texts use for it: 我市, 全县."""
        return "区" if self.name.endswith("自治区") else self.name[-1]


@dataclass(frozen=True, slots=True)
class Place:
    """One or several names of divisions in a row, with the divisions that the innermost of them may be."""

    span: Span
    candidates: tuple[Division, ...]
    names: int = 1

    @property
    def division(self) -> Division | None:
        """The division, where there is only one candidate."""
        return self.candidates[0] if len(self.candidates) == 1 else None


@dataclass(frozen=True)
class Gazetteer:
    """All divisions and towns."""

    divisions: Mapping[str, Division]
    towns: Mapping[str, frozenset[str]]
    """Names of towns, each with the addresses of the counties that have or had one."""
    _names: Mapping[str, tuple[Division, ...]] = field(repr=False)
    _ends: re.Pattern[str] = field(repr=False)
    _longest: int = field(repr=False)
    _stems: Mapping[str, tuple[Division, ...]] = field(repr=False)
    _codes: Mapping[str, tuple[Division, ...]] = field(repr=False)

    def named(self, name: str, year: int | None = None) -> tuple[Division, ...]:
        """The divisions of a name, full, usual or shorter; those valid in the year, where there are any."""
        found = self._names.get(name, ())
        if year is None:
            return found
        return _current(tuple(d for d in found if d.valid(year)) or found)

    def lineage(self, division: Division) -> tuple[Division, ...]:
        """The division and those around it, from the inside out."""
        found = [division]
        while found[-1].outer is not None:
            found.append(self.divisions[found[-1].outer])
        return tuple(found)

    def full(self, division: Division) -> str:
        """The name as official names of organs begin with it: a district stands after its city, a county by itself."""
        outer = self.divisions[division.outer] if division.outer else None
        if division.rank != "区" or outer is None or outer.name.endswith(("省", "自治区")):
            return division.name
        return outer.name + division.name

    def coded(self, code: str) -> tuple[Division, ...]:
        """The divisions that have or had a code, the latest last."""
        return self._codes.get(code, ())

    def stemmed(self, stem: str, year: int) -> tuple[Division, ...]:
        """The divisions of a name without its rank: 益阳."""
        return _current(tuple(d for d in self._stems.get(stem, ()) if d.valid(year)))

    def before(self, text: str, end: int, year: int) -> tuple[str, tuple[Division, ...]]:
        """The longest name without its rank right before an offset, and its divisions; both empty where there is none."""
        for start in range(max(end - _LONGEST_STEM, 0), end - 1):
            found = self.stemmed(text[start:end], year)
            if found:
                return text[start:end], found
        return "", ()

    def counties(self, town: str, year: int) -> tuple[Division, ...]:
        """The counties with a town of this name."""
        found = [self.divisions[iri] for iri in sorted(self.towns.get(town, ()))]
        return _current(tuple(d for d in found if d.valid(year)))

    def places(self, text: str, year: int, begins: Container[int] = (0,)) -> Iterator[Place]:
        """The names of divisions in a text, in a row as one: 广州市白云区; `begins` is where its lines begin."""
        place: Place | None = None
        for span in self._occurrences(text):
            candidates = self.named(text[span.start : span.end], year)
            inner = (
                self._inside(candidates, place.candidates) if place and place.span.end == span.start else ()
            )
            if place and inner:
                place = Place(Span(place.span.start, span.end), inner, place.names + 1)
                continue
            if place:
                yield place
            place = None if _doubtful(text, span, begins) else Place(span, candidates)
        if place:
            yield place

    def _inside(self, candidates: Iterable[Division], outer: Sequence[Division]) -> tuple[Division, ...]:
        return tuple(d for d in candidates if any(o in outer for o in self.lineage(d)[1:]))

    def _occurrences(self, text: str) -> Iterator[Span]:
        """Names in a text, the longest at each end, none inside another."""
        free = 0
        for m in self._ends.finditer(text):
            for start in range(max(m.end() - self._longest, free), m.end() - 1):
                if text[start : m.end()] in self._names:
                    longest = range(min(start + self._longest, len(text)), m.end() - 1, -1)
                    free = next(end for end in longest if text[start:end] in self._names)  # 沙县 in 沙县区
                    yield Span(start, free)
                    break


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of the ontology.

    Raises:
        OntologyError: `divisions.ttl` is incomplete.
    """
    graph = ontology("divisions")
    divisions = {iri: _division(graph, iri) for iri in graph.subjects(GK + "Division")}
    names: dict[str, list[Division]] = {}
    stems: dict[str, list[Division]] = {}
    codes: dict[str, list[Division]] = {}
    for division in divisions.values():
        stems.setdefault(division.stem, []).append(division)
        codes.setdefault(division.code, []).append(division)
        for name in {division.name, *_usual(division), *division.shorter}:
            names.setdefault(name, []).append(division)
    return Gazetteer(
        divisions,
        _towns(divisions),
        {k: tuple(v) for k, v in names.items()},
        _ends(names),
        max(map(len, names)),
        {k: tuple(v) for k, v in stems.items()},
        {k: tuple(sorted(v, key=lambda d: d.last or 9999)) for k, v in codes.items()},
    )


def _ends(names: Iterable[str]) -> re.Pattern[str]:
    """Where a name may end: its rank, or the whole of one without rank that is not the beginning of a longer one."""
    ranks = {name[-1] for name in names if RANK.search(name)}
    others = [name for name in names if name[-1] not in ranks]
    longer = {name: [n[len(name) :] for n in names if n.startswith(name) and n != name] for name in others}
    rankless = [name + f"(?!{'|'.join(rest)})" * bool(rest) for name, rest in sorted(longer.items())]
    return re.compile("|".join((f"[{''.join(sorted(ranks))}]", *rankless)))


def _usual(division: Division) -> Iterator[str]:
    """What people call an autonomous division: 湘西州, and 湘西自治州, without the peoples."""
    m = AUTONOMOUS.search(division.name)
    if division.usual:
        yield division.usual
        if m and division.usual.endswith(m[1]):
            yield division.usual.removesuffix(m[1]) + m.group()


def _division(graph: Graph, iri: str) -> Division:
    first, last = graph.optional(iri, GK + "firstYear"), graph.optional(iri, GK + "lastYear")
    return Division(
        iri,
        graph.value(iri, GK + "code"),
        graph.value(iri, RDFS + "label"),
        LEVELS[graph.value(iri, GK + "level")],
        graph.optional(iri, GK + "within"),
        int(first) if first else None,
        int(last) if last else None,
        graph.optional(iri, SKOS + "altLabel"),
        graph.values(iri, SKOS + "hiddenLabel", "zh"),
        graph.values(iri, DCTERMS + "isReplacedBy"),
    )


def _towns(divisions: Iterable[str]) -> dict[str, frozenset[str]]:
    graph = ontology("gazetteer/towns")
    found: dict[str, set[str]] = {}
    for iri in divisions:
        for names in graph.values(iri, GK + "towns"):
            for name in names.split():
                found.setdefault(name, set()).add(iri)
    return {name: frozenset(counties) for name, counties in found.items()}


def _doubtful(text: str, span: Span, begins: Container[int]) -> bool:
    """Whether a name of two characters may be part of other words: 省、市和县区, 创新县域, 全市城区."""
    if span.end - span.start > 2:
        return False
    before = text[span.start - 1 : span.start]
    free = span.start in begins or not before.isalpha() or before in PARTICLES
    return not free or text[span.end - 1] == "区"


def _current(found: tuple[Division, ...]) -> tuple[Division, ...]:
    """Without those whose successor is there too: a report on a year is written when the year is over."""
    here = {d.iri for d in found}
    return tuple(d for d in found if not here & set(d.successors))
