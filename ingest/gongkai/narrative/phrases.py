"""What a clause of section five does: announce shortcomings or measures, turn to measures, state one or the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gongkai.narrative.clauses import Clause
from gongkai.narrative.wording import Wording, wording

_HAN = "[\u4e00-\u9fff]"
_ORGAN = "(?:局|厅|委|办|镇|乡|县|市|区|街道|院|处|所|队|站|中心|省|州|旗|盟|部门|机关|单位|校|会|司|署|部|街|系统)"
_SUBJECT = rf"(?:我们|(?:我|本){_HAN}{{0,4}}?{_ORGAN}(?:各{_HAN}{{2,6}})?)"
_YEAR = r"(?:20\d\d年?度?|明年|来年|新的一年|本年度|今年|年内)"
_WORK = r"(?:政府|政务|信息|公开|工作|年度|我|本|在|对照|上级|要求|当前|目前|但|也|仍|还|的|过程|中|总体|方面|发展|推进)"
_LONGEST_HEADING = 26
_COLON = ("：", ":", "\n")
_LONGEST_REST = 6
_RESUMED = re.compile(r"但|仍|还|目前|当前|依然|同时")
"""How a sentence behind measures comes back to shortcomings."""
_PLACE = re.compile(
    r"(?:上述|以上|前述|这些|此|该|相关|有关|自身|发现|查摆|本年度|年度|工作|中|我|存在|方面|两|几|三|四|个|类|点)"
)


class Role(StrEnum):
    """What a stretch of section five states."""

    SHORTCOMING = "shortcoming"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Announcement:
    """A clause that says what follows and states nothing itself; without a role it announces both."""

    role: Role | None


class Phrases:
    """The patterns of the dictionary."""

    def __init__(self, words: Wording) -> None:
        generic, noun = words.any_of("generic"), words.any_of("shortcomingNoun")
        verb, deficiency = words.any_of("shortcomingVerb"), words.any_of("deficiency")
        of_shortcomings = words.any_of("shortcomingHeading")
        composed = rf"{words.any_of('measureHeadingVerb')}(?:的|工作)*(?:具体|主要|有关|相关)?{words.any_of('measureHeadingNoun')}"
        one = rf"(?:{words.any_of('measureHeading')}|{composed})"
        of_measures = rf"{one}(?:(?:和|与|及|以及|、){one})*"
        turn, lead_in = words.any_of("measureTurn"), words.any_of("leadIn")
        starts, adverb = words.any_of("action"), words.any_of("adverb")
        pointing = rf"(?:{generic}|{noun}|{_PLACE.pattern}|{_SUBJECT})"
        self._existence = re.compile(rf"{verb}{generic}*{noun}(?:{generic}|{noun}|、)*")
        self._generic_noun = re.compile(
            rf"(?:{_WORK}|{generic}|{verb})*{noun}(?:{generic}|{noun}|{lead_in})*"
        )
        self._both = re.compile(rf"{noun}(?:及|和|与|以及|、|及其).{{0,6}}{of_measures}")
        self._shortcomings = re.compile(
            rf"(?:{_WORK}|{generic})*{of_shortcomings}(?:{generic}|{lead_in}|是)*"
        )
        self._measures = re.compile(
            rf"(?:{_WORK}|{generic}|{_SUBJECT}|{turn}|具体|相关|的)*{of_measures}(?:{generic}|为|是|有|主要)*"
        )
        self._shortcomings_end = re.compile(rf"{of_shortcomings}(?:{generic}|{noun})*$")
        self._measures_end = re.compile(rf"{of_measures}$")
        self._answering = re.compile(
            rf"(?:{lead_in}|[，,])*(?:为了?解决|为改进|针对|对于|对|围绕|结合|根据|就|面对|按照|对照)"
            rf"(?:{_YEAR}|{pointing}|{_WORK})*{noun}{pointing}*"
        )
        done = words.any_of("measureDone")
        self._done = re.compile(
            rf"{done}|^(?:{_SUBJECT}|将|要|继续|{adverb})*(?:加以|予以)?(?:改进|整改|努力|解决|提升|完善|落实)(?:工作)?$"
        )
        self._turn = re.compile(
            rf"(?=针对(?!性))|(?:{lead_in}|在|而|到)*{turn}(?:的?工作)?(?:中|里|当中)?(?:的)?"
        )
        self._will = re.compile(
            rf"(?:{lead_in})*(?:{_YEAR}[，,]?)?(?:{_SUBJECT}|{_HAN}{{2,12}}?)?"
            rf"(?:还|也|仍|就)?(?:将|拟|计划|准备)(?:要|会)?(?=还|{starts}|{adverb})"
        )
        self._agency_acts = re.compile(
            rf"(?:{lead_in})*{_SUBJECT}(?:还|也)?(?:将|已|要|会|拟)?(?={adverb}|{starts})"
        )
        self._subject = re.compile(
            rf"(?:{lead_in}|{turn}|在?(?:今后|以后)的?(?:工作)?中?|{_YEAR})*"
            rf"(?:(?:{_SUBJECT}|{_HAN}{{2,12}}?)?(?:还|也|仍|就)?(?:将|拟|计划|准备)(?:要|会)?(?=还|{starts}|{adverb})"
            rf"|(?:{_SUBJECT})?(?:需要?|应当?|要)(?={starts}|{adverb})|{_SUBJECT}(?:已|也|会)?)?(?:还|也)?"
        )
        self._lead_in = re.compile(
            rf"(?:.{{0,20}}?{verb}{generic}*{noun}(?:{generic}|{noun})*[，,]?如)?"
            rf"(?:{lead_in}|{verb}(?!的|差距|距离)(?:着|了)?|(?:问题|不足)(?:主要)?[是为]|如(?![何期实果此]))*"
        )
        self._trailing = re.compile(
            rf"(?:等+(?:方面)?的?|的)(?:一些|几个|突出|主要|共性)?(?:{noun}|现象|情形)(?:和{noun})?$|等+(?:方面)?$"
        )
        self._concession = re.compile(
            rf"{words.any_of('concession')}|.*取得.{{0,12}}(?:成绩|成效|进展|效果|进步|成果)"
        )
        self._deficiency = re.compile(
            rf"{deficiency}|不(?!断|仅|同|动|予|可|但|得|论|管|含|足为|再)[^，。；、]{{1,3}}$"
        )
        self._starts = re.compile(rf"{adverb}*(?:地)?{starts}")
        ending = words.any_of("adverbialEnd")
        self._adverbial = re.compile(
            rf"(?:{adverb}|{_SUBJECT})*{words.any_of('adverbial')}(?!性|好).*{ending}|.{{2,16}}方面"
        )
        self._outcome = re.compile(
            rf"(?:并|并且|从而)?{adverb}*(?:地)?(?:{words.any_of('outcome')}|(?:提高|提升|增强|增进|扩大|发挥).*{words.any_of('effect')}$)"
        )
        self._reason = re.compile(words.any_of("reason"))
        self._slogan = re.compile(rf"{words.any_of('slogan')}$")
        self._solved = re.compile(words.any_of("solved"))
        self._reports = re.compile(words.any_of("reporting"))
        self._target = re.compile(
            rf"(?:针对|对于|围绕|就|为了?解决|着力解决|切实解决|解决|聚焦|对)(.{{4,60}}?)(?:等)?(?:的)?(?:{noun}|现象)"
        )

    def announcement(self, clause: Clause, role: Role | None, *, opens: bool) -> Announcement | None:
        """What a clause announces; `role` is what it is in, `opens` says whether it begins a sentence."""
        text = clause.text
        if self._answering.fullmatch(text):
            return Announcement(Role.MEASURE)
        heading = self._heading(text, clause.stop) if len(text) <= _LONGEST_HEADING else None
        if heading is not None or clause.mark is not None:
            return heading
        resumes = role is not Role.MEASURE or (opens and _RESUMED.match(text) is not None)
        if resumes and self._tells_of_some(text):
            return Announcement(Role.SHORTCOMING)
        return Announcement(Role.MEASURE) if self._done.search(text) else None

    def _heading(self, text: str, stop: str) -> Announcement | None:
        """What a short clause announces, if it says no more; before a colon it need only end as a heading does."""
        if self._both.search(text):
            return Announcement(None)
        if self._shortcomings.fullmatch(text) or self._generic_noun.fullmatch(text):
            return Announcement(Role.SHORTCOMING)
        titled = stop in _COLON and not self.deficient(text.removesuffix("不足"))
        if self._measures.fullmatch(text) or (titled and self._measures_end.search(text)):
            return Announcement(Role.MEASURE)
        return Announcement(Role.SHORTCOMING) if titled and self._shortcomings_end.search(text) else None

    def _tells_of_some(self, text: str) -> bool:
        """Whether a clause says that there are shortcomings, and not which."""
        found = self._existence.search(text)
        if found is None or self._turn.match(text):
            return False
        return not self.deficient(text[found.end() :])

    def opens_section(self, text: str) -> bool:
        """Whether a sentence says that there are shortcomings, so that section five may begin with it."""
        found = self._existence.search(text)
        return found is not None and not self._answering.search(text)

    def turn(self, text: str, role: Role | None) -> int | None:
        """How many characters of a clause turn to measures, or None where it does not."""
        found = self._turn.match(text) or self._will.match(text)
        if found is None and role is Role.SHORTCOMING and not self.deficient(text):
            found = self._agency_acts.match(text)
        return found.end() if found else None

    def deficient(self, text: str) -> bool:
        """Whether a text says that something is wanting."""
        return self._deficiency.search(text) is not None

    def acts(self, text: str) -> bool:
        """Whether a clause begins as a measure does."""
        return self._starts.match(text, self.subject(text)) is not None

    def tells_outcome(self, text: str) -> bool:
        """Whether a clause tells the purpose or effect of the one before it."""
        return self._outcome.match(text) is not None

    def adverbial(self, text: str) -> bool:
        """Whether a clause only leads to the one behind it."""
        return self._adverbial.fullmatch(text) is not None

    def hopes(self, text: str) -> bool:
        """Whether a clause only hopes for the best: 推动公开工作再上新台阶."""
        return self._slogan.search(text) is not None

    def gives_reason(self, text: str) -> bool:
        """Whether a clause says why something is wanting, and not what."""
        return self._reason.match(text) is not None

    def goes_on(self, text: str) -> bool:
        """Whether a clause of shortcomings has no subject of its own: 缺少案例."""
        found = self._deficiency.match(text)
        return found is not None and len(text) <= _LONGEST_REST

    def reports(self, text: str) -> bool:
        """Whether a clause tells how things stand, and no measure."""
        return self._reports.match(text) is not None

    def solved(self, text: str) -> bool:
        """Whether a text says that a shortcoming is one no more."""
        return self._solved.search(text) is not None

    def concedes(self, text: str) -> bool:
        """Whether a clause grants a success, or only sums up what was said (均有待 …)."""
        return self._concession.match(text) is not None or text[:1] in "均都皆"

    def subject(self, text: str) -> int:
        """How many characters name the agency and say that it will: no part of a measure."""
        found = self._subject.match(text)
        return found.end() if found else 0

    def lead_in(self, text: str) -> int:
        """How many characters lead to a shortcoming: 主要表现在, 但仍存在."""
        found = self._lead_in.match(text)
        return found.end() if found else 0

    def trailing(self, text: str, *, of_list: bool = False) -> int:
        """How many characters at the end only sum up: 等问题; `of_list`: or only say that there is more: 等."""
        if of_list:
            return len(text) - len(text.rstrip("等"))
        found = self._trailing.search(text)
        return len(text) - found.start() if found else 0

    def target(self, text: str) -> tuple[int, int] | None:
        """Where a clause of a measure names the shortcoming that it answers: 针对…的问题."""
        found = self._target.match(text, self.subject(text))
        return found.span(1) if found and self.deficient(found[1]) else None


@cache
def phrases() -> Phrases:
    """The patterns of the dictionary, made once."""
    return Phrases(wording())
