"""Whether items were published, and where: on the website, through new media or in the press, or not at all."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.narrative.grammar.found import Reading
from gongkai.narrative.grammar.measuring import ISSUE, measured
from gongkai.narrative.grammar.window import Window
from gongkai.narrative.scene import Hit
from gongkai.narrative.senses import Indicator

_TAKEN = "被"
_UNPUBLISHED = frozenset({"remove", "draft", "convene"})
_DISTRIBUTE = "distribute"
_MAKES_PUBLIC = frozenset({"publish", _DISTRIBUTE})
_KIND = "类"
_OF = "的"


def published(window: Window, hit: Hit | None = None) -> Reading:
    """Where something was published: on the website, through new media, in the press; nothing where through several."""
    channels, outlets = window.context.scene.words.channels, window.outlets
    own: Sequence[Hit] | None = None
    if hit is not None and not outlets and "newMedia" in hit.sense.channels:
        own, outlets = (hit,), frozenset({"newMedia"})
    elif not window.channels and (taken := _taken_by(window)):
        own, outlets = taken, frozenset({"press"})
    if is_undone(window, _UNPUBLISHED, hit) or (not outlets and _is_periodical(window)):
        return Reading((), hit, own)
    groups = channels.grouped(outlets) or {"website"}
    if len(groups) > 1 or "board" in groups:
        return Reading((), hit, own)
    indicator = channels.publications[groups.pop()]
    return Reading((indicator,) if measured(indicator, window) else (), hit, own)


def _taken_by(window: Window) -> Sequence[Hit]:
    """The media that took the items counted: 9篇稿件被柳汀报采用."""
    start = window.text.find(_TAKEN, window.quantity.end, window.right)
    return [h for h in window.right_hits if "press" in h.sense.channels] if start >= 0 else ()


def _is_periodical(window: Window) -> bool:
    """Whether issues of what is compiled, and not published, are told: 编发信息12期."""
    return window.unit == ISSUE and "post" in window.acts and "publish" not in window.acts


def given_out(window: Window) -> Indicator | None:
    """What counts what was given out, and not published: 寄送文件90份."""
    if _DISTRIBUTE not in window.acts or not window.acts.isdisjoint(_MAKES_PUBLIC - {_DISTRIBUTE}):
        return None
    fallbacks = window.context.scene.words.fallbacks
    return next((i for i in fallbacks if i.fallback == _DISTRIBUTE and measured(i, window)), None)


def is_undone(window: Window, undoing: frozenset[str], thing: Hit | None) -> bool:
    """Whether something was cleaned up, reviewed, reported upwards, held or only written, and not published."""
    done: Sequence[Hit] = [h for h in window.left_hits if h is not thing]
    if thing is not None and window.text[thing.start - 1] == _KIND:
        # what stands right before names a kind: 社团注销登记类信息, not 清理过期的动态类信息
        done = [h for h in done if _OF in window.text[h.end : thing.start]]
    elif thing is not None and thing.start >= window.quantity.end:
        done = [*done, *(h for h in window.right_hits if h.start >= thing.end)]
    acts = {a for h in done for a in h.sense.acts}
    return bool(acts & undoing) and acts.isdisjoint(_MAKES_PUBLIC)
