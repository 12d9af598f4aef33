"""What a clause of section five is: how something that is wanting is said, and how a measure begins."""

from __future__ import annotations

import re
from functools import cache

from gongkai.narrative.clauses import number
from gongkai.narrative.wording import NOUNS, Wording, wording

HAN = "[\u4e00-\u9fff]"
_LONGEST_REST = 6
_NUMBERED = re.compile(
    r"针对(?:上述|以上|存在)?(?:的)?(?:问题|第)([一二三四五六七八九十]{1,2}|\d{1,2})(?:个|点|方面)?"
)
_DATE = re.compile(r"\s*(?:20\d\d年)?\s*\d{1,2}月\s*\d{1,2}日")
_SIDE = re.compile(rf"{HAN}{{2,14}}方面")
_CAUSES = re.compile(r"(?:究其|主要|分析|其)?原因(?:是|在于|主要|为|有|：|:|$)")


def subject(words: Wording) -> str:
    """A pattern for what an agency calls itself: 我们, 我局, 本机关各科室."""
    return rf"(?>我们|[我本]{HAN}{{0,4}}?{words.any_of('organ')}(?:各{HAN}{{2,6}})?)"


def year(words: Wording) -> str:
    """A pattern for a year, written out or named: 2024年度, 明年."""
    return rf"(?:20\d\d年?度?|{words.any_of('yearNamed')})"


def will(words: Wording) -> str:
    """A pattern for the words that something will be done; not 将 as it puts an object before its verb (将公开纳入考核)."""
    return rf"(?:将(?![^，。；]{{1,20}}{words.any_of('moved')})|{words.any_of('will')})"


class Phrases:
    """The patterns of clauses, made of the words of the dictionary.

    Words in a row are matched by atomic groups: a word is taken whole or not at all, so that no text takes long.
    """

    def __init__(self, words: Wording) -> None:
        self._of_shortcomings(words)
        self._of_measures(words)
        self._reason, self._solved, self._reporting, self._closing = (
            re.compile(words.any_of(name)) for name in ("reason", "solved", "reporting", "closing")
        )

    def _of_shortcomings(self, words: Wording) -> None:
        noun = words.any_of(*NOUNS)
        verb, generic = words.any_of("shortcomingVerb"), words.any_of("generic")
        lead_in, gap = words.any_of("leadIn"), words.any_of("gap")
        little = rf"(?<!{words.any_of('lessening')}){words.any_of('little')}"
        denied = rf"不(?!{words.any_of('denialOther')})[^，。；、]{{1,3}}$"
        self._deficiency = re.compile(
            # it is only asked whether it matches, and a character that begins it is found quickest
            rf"(?:不|{words.begins('deficiency', 'little')})(?<=(?={words.any_of('deficiency')}|{denied}|{little}$).)"
        )
        self._compared = re.compile(rf"{words.any_of('measuredBy')}[^，。；]{{2,20}}{gap}")
        self._lead_in = re.compile(
            rf"(?:.{{0,24}}?(?:我|本|工作|方面).{{0,12}}?存在(?:着|了)?(?!的|{gap})(?=.{{6}}))?"
            rf"(?:.{{0,20}}?{verb}{generic}*{noun}{words.any_of('generic', *NOUNS)}*[，,]?如)?"
            rf"(?>{lead_in}|{verb}(?!的|{gap}|(?<=有)[序效力待关所助])(?:着|了)?|(?:问题|不足)(?:主要)?[是为]|如(?![何期实果此]))*"
        )
        self._trailing = re.compile(
            rf"(?:等+(?:方面)?的?|的)(?:一些|几个|突出|主要|共性)?(?:{noun}|现象|情形)(?:和{noun})?$|等+(?:方面)?$"
        )
        self._concession = re.compile(
            rf"{words.any_of('concession')}|.*取得.{{0,12}}{words.any_of('success')}|[均都皆]"
        )

    def _of_measures(self, words: Wording) -> None:
        starts, adverb = words.any_of("action"), words.any_of("adverb")
        begins = rf"(?={words.any_of('action', 'adverb')})"
        we = subject(words)
        self._subject = re.compile(
            rf"(?>{words.any_of('leadIn', 'measureTurn')}|在?(?:今后|以后)的?(?:工作)?中?|{year(words)})*"
            rf"(?:(?:{we}|{HAN}{{2,12}}?)?(?:还|也|仍|就)?{will(words)}(?:要|会)?(?:(?=还)|{begins})"
            rf"|{we}?(?:需要?|应当?|要){begins}|{we}(?:已|也|会)?)?(?:还|也|并且?)?"
        )
        self._starts = re.compile(rf"{adverb}*(?:地)?{starts}")
        self._adverbial = re.compile(
            rf"(?>{adverb}|{we}|{will(words)}|要)*{words.any_of('adverbial')}(?!性|好).*{words.any_of('adverbialEnd')}|.{{2,16}}方面"
            rf"|{words.any_of('principle')}.*原则"
        )
        self._circumstance = re.compile(rf"{words.any_of('circumstance')}$")
        self._outcome = re.compile(
            rf"(?:并|并且|从而)?{adverb}*(?:地)?(?:{words.any_of('outcome')}"
            rf"|{words.any_of('outcomeVerb')}.*{words.any_of('effect')}$|推进.{{2,20}}(?:进一步|更加|再))"
        )
        self._work = words.words["workName"]
        self._slogan = re.compile(rf"{words.any_of('slogan')}$")
        self._year = re.compile(rf"(?:在|到)?{year(words)}")
        self._target = re.compile(
            rf"{words.any_of('targeting')}(.{{4,60}}?)(?:等)?(?:的)?"
            rf"(?:{words.any_of(*NOUNS)}|现象)"
        )

    def deficient(self, text: str) -> bool:
        """Whether a text says that something is wanting."""
        return self._deficiency.search(text) is not None

    def falls_short(self, text: str) -> bool:
        """Whether a clause ends in what is wanting, whatever it begins with: 公开信息的时效性还需提升."""
        return self._deficiency.search(text, max(0, len(text) - _LONGEST_REST)) is not None

    def goes_on(self, text: str) -> bool:
        """Whether a clause of shortcomings has no subject of its own: 缺少案例, 与群众的期待还有差距."""
        if self._compared.fullmatch(text):
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
        return text.endswith(self._work)

    def hopes(self, text: str) -> bool:
        """Whether a clause only hopes for the best: 推动公开工作再上新台阶."""
        return self._slogan.search(text) is not None

    def reports(self, text: str) -> bool:
        """Whether a clause tells how things stand, and no measure."""
        return self._reporting.match(text) is not None or _DATE.fullmatch(text) is not None

    def closes(self, text: str) -> bool:
        """Whether a clause begins to sum all up."""
        return self._closing.match(text) is not None

    def adverbial(self, text: str) -> bool:
        """Whether a clause only leads to the one behind it."""
        return any(pattern.fullmatch(text) for pattern in (self._adverbial, _NUMBERED))

    def names_side(self, text: str) -> bool:
        """Whether a clause only names a side of the work: 内容方面."""
        return _SIDE.fullmatch(text) is not None

    def names_year(self, text: str) -> bool:
        """Whether a clause only says of which year a sentence speaks."""
        return self._year.fullmatch(text) is not None

    def circumstance(self, text: str) -> bool:
        """Whether a clause only tells under whose lead something is done: 在县政府办的指导下."""
        return self._circumstance.search(text) is not None

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
