"""What a clause of section five announces: that shortcomings follow, or measures; and how a text turns to measures."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from gongkai.narrative.clauses import NUMERALS, Clause, number
from gongkai.narrative.phrases import HAN, Phrases, phrases, subject, will, year
from gongkai.narrative.wording import NOUNS, Wording, wording

_LONGEST_HEADING = 26
_COLON = ("：", ":", "\n")


class Role(StrEnum):
    """What a stretch of section five states."""

    SHORTCOMING = "shortcoming"
    MEASURE = "measure"
    DONE = "done"  # the work of the year, told before any shortcoming: no item


@dataclass(frozen=True, slots=True)
class Announcement:
    """A clause that says what follows and states nothing itself; without a role it announces both."""

    role: Role | None


class Announcements:
    """The patterns of announcements and turns, made of the words of the dictionary."""

    def __init__(self, words: Wording, predicates: Phrases) -> None:
        self._phrases = predicates
        self._of_headings(words)
        self._of_sentences(words)

    def _of_headings(self, words: Wording) -> None:
        named, verb = words.any_of("shortcomingNoun"), words.any_of("shortcomingVerb")
        noun = words.any_of(*NOUNS)
        setting = words.any_of("setting", "generic", "shortcomingVerb")
        opening, closing = words.any_of("measureHeadingVerb"), words.any_of("measureHeadingNoun")
        heading = words.any_of("measureHeading")
        linked = "(?:和|与|及|以及|、)"
        one = rf"(?:{heading}|{opening}(?:{opening}|{linked}|的|工作)*(?:具体|主要|有关|相关)?{closing})"
        measures = rf"{one}(?:{linked}(?:{one}|{closing}))*"
        shortcomings = words.any_of("shortcomingHeading")
        rest = words.any_of("generic", *NOUNS, "leadIn", "setting")
        causes = rf"(?:{linked}?{words.any_of('causeHeading')})?"
        self._generic_noun = re.compile(rf"(?=.*(?:{named}|{verb}(?!关))){setting}*{noun}{rest}*{causes}")
        self._both = re.compile(rf"{noun}(?:及|和|与|以及|、|及其).{{0,6}}{measures}")
        self._shortcomings = re.compile(
            rf"{words.any_of('setting', 'generic')}*?{shortcomings}{rest}*{causes}"
        )
        before = words.any_of("setting", "generic", "measureTurn")
        self._measures = re.compile(rf"(?>{subject(words)}|{before})*?{measures}{rest}*")
        self._inside = re.compile(
            rf"([{NUMERALS}](?<![{NUMERALS}第].)[{NUMERALS}]?)、[^，。；、\n]{{0,24}}?{noun}(?:及其?|和|与|以及|、).{{0,6}}?{measures}"
        )
        self._headed = re.compile(
            rf"^[ \t\u3000]*[{NUMERALS}]{{1,2}}、([^，。；、\n]{{2,{_LONGEST_HEADING}}})$", re.MULTILINE
        )
        self._work = re.compile(rf"(?:{words.any_of('setting', 'generic')})*?{words.any_of('workHeading')}")
        self._ahead_named = re.compile(words.any_of("measureTurn", "measureHeadingVerb"))
        self._shortcomings_end = re.compile(rf"{shortcomings}{rest}*$")
        self._measures_titled = re.compile(rf"{measures}$|^{words.any_of('measureHeadingBare')}$")

    def _of_sentences(self, words: Wording) -> None:
        we, lead_in = subject(words), words.any_of("leadIn")
        begins = rf"(?={words.any_of('action', 'adverb')})"
        noun = words.any_of(*NOUNS)
        pointing = rf"(?>{we}|{year(words)}|{words.any_of('pointing', 'setting', 'generic', *NOUNS)})"
        self._existence = re.compile(
            rf"{words.any_of('shortcomingVerb')}{words.any_of('generic')}*(?:{noun}|(?<=方面)|(?<=[两三四五几]点))"
            rf"{words.any_of('generic', *NOUNS)}*"
        )
        self._setting = re.compile(rf"(?>{we}|{year(words)}|{words.any_of('setting', 'generic', 'leadIn')})*")
        self._shown = re.compile(rf"{lead_in}*{words.any_of('shown')}(?:{words.any_of('generic', *NOUNS)})*$")
        still = words.any_of("still")
        self._remaining = re.compile(
            # a character that begins it is found quickest
            rf"(?:[我本]|{words.begins('still', 'shortcomingHeading')})(?<=(?="
            rf"((?:{still}(?:[^，。；]{{0,16}}?存在|{words.any_of('shortcomingVerb')})|{we}存在)(?!的)"
            rf"|{words.any_of('shortcomingHeading')}{words.any_of('shown', 'leadIn')})).)"
        )
        self._gap = re.compile(words.any_of("gap"))
        self._others = re.compile(words.any_of("ofOthers"))
        self._resumed = re.compile(words.any_of("resumed"))
        self._forward = re.compile(words.any_of("forward"))
        self._answering = re.compile(
            rf"(?:{lead_in}|[，,])*(?:{words.any_of('measureTurn')}|{year(words)}|{we}|{will(words)}|要)*{words.any_of('answering')}"
            rf"(?=.*{noun}){pointing}+"
        )
        self._done = re.compile(
            rf"{words.any_of('measureDone')}|^(?>{we}|将|要|继续|{words.any_of('adverb')})*(?:加以|予以)?"
            rf"{words.any_of('mending')}(?:工作)?$"
        )
        self._mending = words.words["mending"]
        turn = words.any_of("measureTurn")
        self._ahead = re.compile(rf"(?:^|[。；])\s*(?:在|而|到)?{turn}")
        self._turn = re.compile(
            rf"(?=针对(?!性))|[^，。；]{{0,24}}将$|(?=要{begins})|(?>{lead_in}|在|而|到)*{turn}(?:的?工作)?(?:中|里|当中)?(?:的)?"
            rf"|{lead_in}*(?:{year(words)}[，,]?)?(?:{we}|{HAN}{{2,12}}?)?"
            rf"(?:还|也|仍|就)?{will(words)}(?:要|会)?(?:(?=还)|{begins})"
        )
        self._agency_acts = re.compile(rf"{lead_in}*{we}(?:还|也)?(?:将|已|要|会|拟)?{begins}")

    def of(self, clause: Clause, role: Role | None, *, opens: bool) -> Announcement | None:
        """What a clause announces; `role` is what it is in, `opens` says whether it begins a sentence."""
        text = clause.text
        if self._answering.fullmatch(text):
            return Announcement(Role.MEASURE)
        heading = self._heading(text, clause.stop) if len(text) <= _LONGEST_HEADING else None
        if heading is not None or clause.mark is not None:
            return heading
        begins = self._resumed.search if clause.stop in _COLON else self._resumed.match
        resumes = role is not Role.MEASURE or ((opens or clause.stop in _COLON) and begins(text) is not None)
        if resumes and (self._shown.match(text) or self._tells_of_some(text, again=role is Role.SHORTCOMING)):
            return Announcement(Role.SHORTCOMING)
        return Announcement(Role.MEASURE) if self._says_that_all_is_done(text) else None

    def names_work(self, text: str) -> bool:
        """Whether a heading announces the work of the year, where no shortcoming stands before it: 主要措施."""
        return self._work.fullmatch(text) is not None

    def _says_that_all_is_done(self, text: str) -> bool:
        """Whether a clause says that measures are taken, and not that something has still to be mended (还需加以改进)."""
        found = self._done.search(text)
        if found is None:
            return False
        return self._phrases.target(text) is not None or not self._phrases.deficient(text[: found.start()])

    def _heading(self, text: str, stop: str) -> Announcement | None:
        """What a short clause announces, if it says no more; before a colon it need only end as a heading does."""
        if self._both.search(text):
            return Announcement(None)
        titled = stop in _COLON and not self._phrases.deficient(text.removesuffix("不足"))
        if self._measures.fullmatch(text) or (titled and self._measures_titled.search(text)):
            return Announcement(Role.MEASURE)
        if self._shortcomings.fullmatch(text) or self._generic_noun.fullmatch(text):
            return Announcement(Role.SHORTCOMING)
        return Announcement(Role.SHORTCOMING) if titled and self._shortcomings_end.search(text) else None

    def _tells_of_some(self, text: str, *, again: bool) -> bool:
        """Whether a clause says that there are shortcomings, and not which; `again`: it has been said before."""
        found = self._existence.search(text)
        if found is None or self._turn.match(text):
            return False
        if again and not self._setting.fullmatch(text, 0, found.start()):
            return False
        return not any(map(self._phrases.deficient, (text[: found.start()], text[found.end() :])))

    def are_made(self, text: str, start: int, end: int) -> bool:
        """Whether a stretch of a text may say that there are shortcomings."""
        return self._existence.search(text, start, end) is not None

    def open_section(self, text: str) -> bool:
        """Whether a sentence says that there are shortcomings, so that section five may begin with it.

        整改存在问题 says that some are mended, which may stand anywhere.
        """
        found = self._existence.search(text)
        if found is None or text.endswith(self._mending, 0, found.start()):
            return False
        return self._answering.search(text) is None

    def open_plan(self, text: str) -> bool:
        """Whether a sentence says that what will be done is listed behind it."""
        return self._forward.search(text) is not None and self._done.search(text) is not None

    def look_ahead(self, text: str) -> bool:
        """Whether a sentence of a paragraph begins with a turn to what is ahead: 今后, 下一步."""
        return self._ahead.search(text) is not None

    def heading_inside(self, text: str, start: int, end: int) -> tuple[int, int] | None:
        """Where what a numbered heading in the middle of a line announces begins and ends (五、存在的问题及改进情况 …)."""
        for found in reversed(list(self._inside.finditer(text, start, end))):
            following = f"{NUMERALS[number(found[1])]}、" if number(found[1]) < len(NUMERALS) else "\n"
            close = text.find(following, found.end(), end)
            close = end if close < 0 else close
            if close - found.end() > _LONGEST_HEADING:
                return found.end(), close
        return None

    def heading_of_line(self, text: str, start: int, end: int) -> int | None:
        """Where a numbered heading on its own line ends that announces shortcomings or what will be done about them."""
        for found in self._headed.finditer(text, start, end):
            said = self._heading(found[1].strip(), "\n")
            if said is not None and (said.role is not Role.MEASURE or self._ahead_named.search(found[1])):
                return found.end()
        return None

    def are_left(self, text: str, start: int, end: int) -> bool:
        """Whether a sentence of a stretch of a text may say which shortcomings there are."""
        return self._remaining.search(text, start, end) is not None

    def tells_which(self, text: str) -> bool:
        """Whether a sentence outside of section five says that there are shortcomings, and which."""
        found = self._remaining.search(text)
        if found is None or self._others.search(text) or self._phrases.solved(text):
            return False
        return self._phrases.deficient(text[found.end(1) :])

    def names_gap(self, text: str) -> bool:
        """Whether a clause says that there is a distance from what is asked: 与群众的期待还存在差距."""
        found = self._existence.search(text)
        return found is not None and self._gap.search(found[0]) is not None and not self._turn.match(text)

    def turns(self, clause: Clause) -> bool:
        """Whether a paragraph that begins with a clause goes on with measures behind shortcomings."""
        if self.turn(clause.text, None) is not None:
            return True
        if clause.mark is not None:
            return self._phrases.acts(clause.text) or self._phrases.deficient(clause.text)
        said = self.of(clause, Role.SHORTCOMING, opens=True)
        return said is not None and said.role is Role.MEASURE

    def looks_forward(self, text: str) -> bool:
        """Whether an announcement says that what it announces follows: 做好以下工作."""
        return self._forward.search(text) is not None

    def turn(self, text: str, role: Role | None) -> int | None:
        """How many characters of a clause turn to measures, or None where it does not."""
        found = self._turn.match(text)
        if found is not None and not found.end() and self._phrases.target(text) is None:
            found = None if self._phrases.falls_short(text) else found
        if found is None and role is Role.SHORTCOMING and not self._says_how_it_is(text):
            found = self._agency_acts.match(text)
        return found.end() if found else None

    def _says_how_it_is(self, text: str) -> bool:
        """Whether a clause tells of a shortcoming or that there are some, or of a success before one."""
        found = self._existence.search(text)
        tells = found is not None and found.end() == len(text)
        return tells or self._phrases.deficient(text) or self._phrases.concedes(text)


@cache
def announcements() -> Announcements:
    """The patterns of the dictionary, made once."""
    return Announcements(wording(), phrases())
