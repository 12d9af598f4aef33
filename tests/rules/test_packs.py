from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.errors import OntologyError
from gongkai.rules import RuleSet, assess_store, core, with_packs
from gongkai.rules.checking import memory

from .graphs import Draft, triples

PACK = Path(__file__).parent / "packs" / "regional.ttl"


def broken(ruleset: RuleSet, draft: Draft) -> set[str]:
    return {f.rule.key for f in assess_store(memory(triples(draft)), ruleset).findings}


MANY = Draft(
    changes={
        ("applications", row, column): 120
        for row in ("新收", "予以公开", "总计")
        for column in ("naturalPerson", "totalRequests")
    }
)


def test_a_pack_adds_a_rule_and_silences_another() -> None:
    ruleset = with_packs([PACK])
    assert {r.key for r in core().rules} - {r.key for r in ruleset.rules} == {"T2-4"}
    assert broken(ruleset, MANY) == {"YL-1"}
    assert broken(core(), MANY) == set()


def test_a_finding_of_a_pack_cites_the_law_of_the_pack() -> None:
    (finding,) = assess_store(memory(triples(MANY)), with_packs([PACK])).findings
    assert finding.articles[0].title.zh == "云岭省年度报告补充通知"
    assert finding.rule.fault.zh == "不符合“申请超过一百件的另行说明”", "the pack has no words for the fault"
    assert finding.message.en == "120 requests were received, more than a hundred."


def test_no_pack_is_the_core() -> None:
    assert with_packs([]) == core()


FAULTS: dict[str, Callable[[str], str]] = {
    "expected": lambda t: t.replace("ex:pack a gk:RulePack", "ex:pack a gk:Rulepack"),  # no pack at all
    "no gk:article": lambda t: t.replace("    gk:article ex:notice ;\n", ""),
    "title": lambda t: t.replace(
        'eli:title "云岭省年度报告补充通知"@zh, ', "eli:title "
    ),  # the law lacks a title
    "silences rules that are not there": lambda t: t.replace(
        "gk:silences rule:T2-4", "gk:silences rule:T2-99"
    ),
    "names shapes that are not there": lambda t: t.replace(
        "gk:decidedBy ex:requests", "gk:decidedBy ex:request"
    ),
    "no SPARQL": lambda t: t.replace("FILTER (?number > 100)", "FILTER (?number > 100"),
    "MINUS in a query": lambda t: t.replace("FILTER (?number > 100)", "MINUS { ?value ?p 1 }"),
    "is not covered by the compiler": lambda t: t.replace("sh:sparql [", "sh:js ex:script ; sh:sparql ["),
    "others have": lambda t: t.replace('gk:key "YL-1"', 'gk:key "S1"'),
    "regional.ttl": lambda t: t + "ex:broken a",  # no Turtle
}


@pytest.mark.parametrize("told", FAULTS)
def test_a_pack_with_an_error_is_refused_as_a_whole(told: str, tmp_path: Path) -> None:
    path = tmp_path / "regional.ttl"
    path.write_text(FAULTS[told](PACK.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(OntologyError, match=told) as caught:
        with_packs([path])
    assert "refused as a whole" in str(caught.value)


def test_a_folder_without_turtle_is_no_pack(tmp_path: Path) -> None:
    with pytest.raises(OntologyError, match=r"holds no \.ttl file"):
        with_packs([tmp_path])
