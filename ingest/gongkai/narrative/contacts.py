"""How to reach the agency, where the report says it: address, telephone, e-mail, website, postcode."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.narrative.model import Contact
from gongkai.narrative.prose import Prose

_KINDS = (
    (
        "telephone",
        ("电话", "传真", "致电"),
        re.compile(
            r"(?:电话|传真|致电)(?:号码)?[：:为是]?\s?"
            r"([（(]?0\d{2,3}[)）]?\s?[-—–－]{0,2}\s?\d{7,8}|\d{7,8})(?!\d|\s?[余多]?[次个条件人])"
        ),
    ),
    ("postcode", ("邮编", "邮政编码"), re.compile(r"(?:邮编|邮政编码)[：:为]?\s?(\d{6})(?!\d)")),
    ("email", ("@",), re.compile(r"([A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")),
    ("website", ("http", "www."), re.compile(r"((?:https?://|www\.)[A-Za-z0-9./_%?=&#:-]*[A-Za-z0-9/])")),
    (
        "address",
        ("地址",),
        re.compile(
            r"地址(?:为|在)?[：:]?\s?([^，,。；;）)\n：:]{4,40}?(?:号|楼|室|院|厦|层))(?=[，,。；;）)\n（(]|$)"
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
