"""How much what stands around the name of an organ says that the report is its own."""

from __future__ import annotations

import re

from gongkai.identity.folded import Folded

YEAR = r"(?:20\d\d|二[〇零][〇零一二三四五六七八九]{2})年?度?"
PART_OF_A_YEAR = r"第?[一二三四1-4]季度|[上下]半年"
REPORT = r"(?:政府信息|政务|信息)公开"
REACH = 24
"""Characters of context on either side."""
# What a context weighs: found in a title, named as whose report it is, and so on down to an aside.
TITLE, NAMED, SIGNED, CONTACT, LEADING = 30.0, 10.0, 8.0, 6.0, 4.0
LABELLED, SUBJECT, WEBSITE, OTHER, ASIDE = 3.0, 2.5, 2.0, 1.0, 0.3
_CONTEXT: tuple[tuple[float, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (weight, re.compile(f"(?:{before})$"), re.compile(after))
    for weight, before, after in (
        (NAMED, r"《(?:关于)?", rf"{YEAR}.{{0,20}}?(?:报告|年报)"),
        (NAMED, rf"《(?:关于)?{YEAR}", r".{0,20}?(?:报告|年报)"),
        (SUBJECT, r"(?:制定|制订|修订|出台|(?<!转)发布|印发)了?《", r"(?!.{0,4}网站)"),
        # papers of its own
        (SUBJECT, r"《", rf"(?:{YEAR})?{REPORT}(?:工作)?(?:指南|目录|制度|机制|要点|细则)"),
        (NAMED, r"(?:公布|发布|公开|现将|特将|汇报|报告|编制|公示)(?:了)?", rf"(?:本级|机关|关区)?{YEAR}"),
        (NAMED, r"", rf"(?:本级|机关|关区)?{YEAR}{REPORT}.{{0,8}}(?:报告|年报)"),
        (NAMED, r"", rf"(?:形成|编制)了?《?{YEAR}{REPORT}.{{0,8}}(?:报告|年报)"),
        (NAMED, r"由", r"[^,，。;；]{0,40}?(?:编制|编写)"),
        (NAMED, r"(?:报告|年报)由", r"(?:根据|依据|按照|依照)"),
        (NAMED, r"", r"(?:负责)?(?:编制|编写|撰写)(?:了|完成|发布)*(?:本|此)(?:年度)?(?:报告|年报)"),
        (CONTACT, r"(?:请|可)?(?:与|联系|咨询|致电|向)", r".{0,20}?联系|\(|办公室\("),
        (CONTACT, r"(?:请|可)(?:直接)?(?:联系|咨询|致电):?", r""),
        (LEADING, r"(?:发布|发文|公开|制发|编制|制作|责任)(?:机构|机关|单位|主体):?\|*", r""),
        (LABELLED, r"(?:机构|单位|机关|来源|作者|名称):?\|*", r""),
        (WEBSITE, r"", r"[”\"]?(?:政府|政务)?(?:信息公开|门户|官方|官)?(?:网站|网)|.{0,4}(?:公众号|微博)"),
        (ASIDE, r"", r"(?:公报|令|文件|常务|党组|有关|关于|印发|等)"),
        (
            ASIDE,
            r"(?:按照|根据|依据|上级|会同|联合|配合|等|关于|接受|通报|、|以及|和|及|对|报|在|听取|抄送)",
            r"",
        ),
        (LEADING, rf"{YEAR}(?:以来)?[,，]?", r"[^的、(网0-9]"),
        (
            SUBJECT,
            r"(?:[。;；,，:：]|^|以来[,，]|[一1][、.](?:总体情况|工作概况|概述|概况))",
            r"[^的、(网0-9]",
        ),
    )
)


def weight(folded: Folded, start: int, end: int) -> float:
    """The weight of a name by its context; a line of its own is a signature or a heading."""
    before = folded.text[max(start - REACH, 0) : start]
    after = folded.text[end : end + REACH]
    if start in folded.begins:
        if end in folded.ends:
            return SIGNED
        before = ""
    for weighs, left, right in _CONTEXT:
        if left.search(before) and right.match(after):
            return weighs
    return OTHER
