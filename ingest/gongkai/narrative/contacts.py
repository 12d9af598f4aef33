"""How to reach the agency, where the report says it: address, telephone, fax, e-mail, website, postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.narrative.model import Contact
from gongkai.narrative.prose import Prose

_NUMBER = r"(?:号码)?[：:为是]?\s?([（(]?0\d{2,3}[)）]?\s?[-—–－]{0,2}\s?\d{7,8}|\d{7,8})(?!\d|\s?[余多]?[次个条件人])"
_SHARED = r"(?:[、/及和]传真|[（(]传真[)）])?"
"""A number that telephone and fax share is the telephone's."""
_KINDS = (
    ("telephone", ("电话", "致电"), re.compile(rf"(?:电话|致电){_SHARED}{_NUMBER}")),
    ("fax", ("传真",), re.compile(rf"(?<!电话[、/及和（(])传真{_NUMBER}")),
    ("postcode", ("邮编", "邮政编码"), re.compile(r"(?:邮编|邮政编码)[：:为]?\s?(\d{6})(?!\d)")),
    ("email", ("@",), re.compile(r"([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")),
    ("website", ("http", "www."), re.compile(r"((?:https?://|www\.)[A-Za-z0-9./_%?=&#:-]*[A-Za-z0-9/])")),
    (
        "address",
        ("地址",),
        re.compile(
            r"(?<![网站载箱件])地址(?:[：:]\s?(?![^，。；]{0,24}(?:http|www|@))|为|在)?"
            r"((?:(?<=[：:])|(?<=[：:]\s))[\u4e00-\u9fff][^，,。；;）)\n：:]{3,39}?"
            r"|[^，,。；;）)\n：:]{4,40}?(?:号|楼|室|院|厦|层))"
            r"(?=[，,。；;）)\n（(]|(?:联系)?电话|邮编|邮政编码|传真|$)"
        ),
    ),
)
"""Kind, words of which one stands in every match, and pattern: the words are found much sooner, where there are any."""


def contacts(prose: Prose) -> Iterator[Contact]:
    """Each contact once, by kind, in the order of the text."""
    text = prose.text
    for kind, cues, pattern in _KINDS:
        if not any(cue in text for cue in cues):
            continue
        seen: set[str] = set()
        for match in pattern.finditer(text):
            if match[1] not in seen:
                seen.add(match[1])
                yield Contact(kind, prose.quote(*match.span(1)))
