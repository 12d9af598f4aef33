"""Reports made of a few sentences, for tests: written here, about agencies that do not exist."""

from __future__ import annotations

from gongkai.document import Source, Writer
from gongkai.narrative.extraction import extract
from gongkai.narrative.model import Fact, Narrative
from gongkai.parse import parse
from gongkai.report import Report


def report(overview: str, problems: str = "", other: str = "") -> Report:
    """A report of 柳汀县档案局 on 2023 with these words in its sections one, five and six."""
    writer = Writer()
    writer.heading("柳汀县档案局2023年政府信息公开工作年度报告", 1)
    for heading, words in (
        ("一、总体情况", overview),
        ("二、主动公开政府信息情况", ""),
        ("三、收到和处理政府信息公开申请情况", ""),
        ("四、政府信息公开行政复议、行政诉讼情况", ""),
        ("五、存在的主要问题及改进情况", problems),
        ("六、其他需要报告的事项", other),
    ):
        writer.heading(heading)
        for line in words.split("\n"):
            writer.paragraph(line)
    return parse(writer.document(Source("made.txt", "text/plain", "0" * 64, 1)))


def narrative(overview: str, problems: str = "", other: str = "") -> Narrative:
    """What the narrative of such a report states."""
    return extract(report(overview, problems, other))


def told(fact: Fact) -> str:
    """A fact in short: indicator, bound, value, unit, and what applies: `!` part, `@` channel, `<` previous."""
    words = [fact.indicator, f"{fact.bound or ''}{'=' if fact.bound else ''}{fact.value:f}{fact.unit or ''}"]
    words += ["!"] * fact.part
    words += [f"@{fact.channel}"] if fact.channel else []
    words += [f"<{fact.previous:f}"] if fact.previous is not None else []
    words += [f"~{fact.form}"] if fact.form else []
    return " ".join(words)


def facts(overview: str, problems: str = "", other: str = "") -> list[str]:
    """The facts of such a report, in short."""
    return [told(f) for f in narrative(overview, problems, other).facts]
