"""What a clause of section five is: how something that is wanting is said, and how a measure begins."""

from __future__ import annotations

import re
from functools import cache

from gongkai.narrative.clauses import number
from gongkai.narrative.wording import Wording, wording

HAN = "[\u4e00-\u9fff]"
YEAR = r"(?:20\d\d年?度?|明年|来年|新的一年|本年度|今年|年内)"
_LONGEST_REST = 6
_NO_DENIAL = "(?!断|仅|同|动|予|可|但|得|论|管|含|足为|再)"
"""What makes 不 part of another word: 不断, 不仅."""

_MOVED = "(?:纳入|作为|列为|列入|融入|嵌入|贯穿|转化|转变|合并|改为|移到|移至|放在|落到|挂钩|结合)"
WILL = rf"(?:将(?![^，。；]{{1,20}}{_MOVED})|拟|计划|准备)"
"""How a text says that something will be done; not 将 as it puts an object before its verb (将公开纳入考核)."""
_NUMBERED = re.compile(
    r"针对(?:上述|以上|存在)?(?:的)?(?:问题|第)([一二三四五六七八九十]{1,2}|\d{1,2})(?:个|点|方面)?"
)
_CAUSES = re.compile(r"(?:究其|主要|分析|其)?原因(?:是|在于|主要|为|有|：|:|$)")
_COMPARED = re.compile(r"(?:与|同|离|距|和|对照|较)[^，。；]{2,20}(?:差距|距离)")
_LITTLE = "(?<![减至降不])(?:少|低|弱|慢|差|窄|浅|粗|散|旧|乱|难)"
"""How a clause ends that says of something that it is small, low or weak."""


def subject(words: Wording) -> str:
    """A pattern for what an agency calls itself: 我们, 我局, 本机关各科室."""
    return rf"(?>我们|[我本]{HAN}{{0,4}}?{words.any_of('organ')}(?:各{HAN}{{2,6}})?)"


class Phrases:
    """The patterns of clauses, made of the words of the dictionary.

    Words in a row are matched by atomic groups: a word is taken whole or not at all, so that no text takes long.
    """

    def __init__(self, words: Wording) -> None:
        self._of_shortcomings(words)
        self._of_measures(words)
        self._reason, self._solved, self._reporting = (
            re.compile(words.any_of(name)) for name in ("reason", "solved", "reporting")
        )

    def _of_shortcomings(self, words: Wording) -> None:
        noun, verb, generic = (words.any_of(k) for k in ("shortcomingNoun", "shortcomingVerb", "generic"))
        lead_in = words.any_of("leadIn")
        self._deficiency = re.compile(
            rf"{words.any_of('deficiency')}|不{_NO_DENIAL}[^，。；、]{{1,3}}$|{_LITTLE}$"
        )
        self._lead_in = re.compile(
            rf"(?:.{{0,24}}?(?:我|本|工作|方面).{{0,12}}?存在(?:着|了)?(?!的|差距|距离)(?=.{{6}}))?"
            rf"(?:.{{0,20}}?{verb}{generic}*{noun}{words.any_of('generic', 'shortcomingNoun')}*[，,]?如)?"
            rf"(?>{lead_in}|{verb}(?!的|差距|距离|(?<=有)[序效力待关所助])(?:着|了)?|(?:问题|不足)(?:主要)?[是为]|如(?![何期实果此]))*"
        )
        self._trailing = re.compile(
            rf"(?:等+(?:方面)?的?|的)(?:一些|几个|突出|主要|共性)?(?:{noun}|现象|情形)(?:和{noun})?$|等+(?:方面)?$"
        )
        self._concession = re.compile(
            rf"{words.any_of('concession')}|.*取得.{{0,12}}(?:成绩|成效|进展|效果|进步|成果)|[均都皆]"
        )

    def _of_measures(self, words: Wording) -> None:
        starts, adverb = words.any_of("action"), words.any_of("adverb")
        begins = rf"(?={words.any_of('action', 'adverb')})"
        we = subject(words)
        self._subject = re.compile(
            rf"(?>{words.any_of('leadIn', 'measureTurn')}|在?(?:今后|以后)的?(?:工作)?中?|{YEAR})*"
            rf"(?:(?:{we}|{HAN}{{2,12}}?)?(?:还|也|仍|就)?{WILL}(?:要|会)?(?:(?=还)|{begins})"
            rf"|{we}?(?:需要?|应当?|要){begins}|{we}(?:已|也|会)?)?(?:还|也)?"
        )
        self._starts = re.compile(rf"{adverb}*(?:地)?{starts}")
        self._adverbial = re.compile(
            rf"(?>{adverb}|{we})*{words.any_of('adverbial')}(?!性|好).*{words.any_of('adverbialEnd')}|.{{2,16}}方面"
        )
        self._outcome = re.compile(
            rf"(?:并|并且|从而)?{adverb}*(?:地)?(?:{words.any_of('outcome')}"
            rf"|(?:提高|提升|增强|增进|扩大|发挥|回应).*{words.any_of('effect')}$)"
        )
        self._slogan = re.compile(rf"{words.any_of('slogan')}$")
        self._target = re.compile(
            r"(?:针对|对于|围绕|就|为了?解决|着力解决|切实解决|解决|聚焦|对)(.{4,60}?)(?:等)?(?:的)?"
            rf"(?:{words.any_of('shortcomingNoun')}|现象)"
        )

    def deficient(self, text: str) -> bool:
        """Whether a text says that something is wanting."""
        return self._deficiency.search(text) is not None

    def goes_on(self, text: str) -> bool:
        """Whether a clause of shortcomings has no subject of its own: 缺少案例, 与群众的期待还有差距."""
        if _COMPARED.fullmatch(text):
            return True
        return len(text) <= _LONGEST_REST and self._deficiency.match(text) is not None

    def gives_reason(self, text: str) -> bool:
        """Whether a clause says why something is wanting, and not what."""
        return self._reason.match(text) is not None

    def explains(self, text: str) -> bool:
        """Whether a sentence is all about the causes of what is wanting: 主要原因是…."""
        return _CAUSES.match(text) is not None

    def solved(self, text: str) -> bool:
        """Whether a text says that a shortcoming is one no more."""
        return self._solved.search(text) is not None

    def concedes(self, text: str) -> bool:
        """Whether a clause grants a success, or only sums up what was said (均有待 …)."""
        return self._concession.match(text) is not None

    def acts(self, text: str) -> bool:
        """Whether a clause begins as a measure does."""
        return self._starts.match(text, self.subject(text)) is not None

    def tells_outcome(self, text: str) -> bool:
        """Whether a clause tells the purpose or effect of the one before it."""
        return self._outcome.match(text) is not None

    def names_work(self, text: str) -> bool:
        """Whether a clause before a colon only names the work that is told behind it: 继续做好公开工作."""
        return text.endswith(("工作", "方面", "重点", "内容", "任务", "水平"))

    def hopes(self, text: str) -> bool:
        """Whether a clause only hopes for the best: 推动公开工作再上新台阶."""
        return self._slogan.search(text) is not None

    def reports(self, text: str) -> bool:
        """Whether a clause tells how things stand, and no measure."""
        return self._reporting.match(text) is not None

    def adverbial(self, text: str) -> bool:
        """Whether a clause only leads to the one behind it."""
        return any(pattern.fullmatch(text) for pattern in (self._adverbial, _NUMBERED))

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

    def numbered_target(self, text: str) -> int | None:
        """Which of the shortcomings stated before, from 1, a measure names by its number: 针对问题2."""
        found = _NUMBERED.match(text)
        return number(found[1]) if found else None

    def target(self, text: str) -> tuple[int, int] | None:
        """Where a clause of a measure names the shortcoming that it answers: 针对…的问题."""
        found = self._target.match(text, self.subject(text))
        return found.span(1) if found and self.deficient(found[1]) else None


@cache
def phrases() -> Phrases:
    """The patterns of the dictionary, made once."""
    return Phrases(wording())
