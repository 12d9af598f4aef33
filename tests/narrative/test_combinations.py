"""Known words in every order: verb, thing and number, with and without a word for a sum."""

from __future__ import annotations

from itertools import product

import pytest

from tests.narrative.texts import facts

SUMS = ("", "共", "累计", "全年共", "一共", "总数达")
ORDERS = {
    "verb, thing, number": "{where}{verb}{thing}{total}{number}{measure}。",
    "verb, number, thing": "{where}{total}{verb}{number}{measure}{thing}。",
    "thing, verb, number": "{where}{thing}{total}{verb}{number}{measure}。",
    "thing, number": "{where}{thing}{total}{number}{measure}。",
    "number in a clause of its own": "{where}{verb}{thing}，{total}{number}{measure}。",
}
WORDS = (
    (
        "website-items",
        "局门户网站",
        "发布 公布 刊发 推送 上传 更新",
        "政务信息 工作动态 行政处罚信息",
        "条 篇",
    ),
    ("newmedia-posts", "政务微博", "发布 推送 编发 转发 刊登", "信息 宣传稿件 短视频", "条 份"),
    ("policy-interpretations", "", "发布 制作 推送 推出 上传", "政策解读材料 解读产品 解读稿件", "件 篇"),
    ("applications-received", "我局", "收到 受理 接到 新收", "政府信息公开申请 依申请公开", "件 宗"),
    ("meetings", "", "召开 主持召开 组织召开", "政务公开工作会议 政务公开联席会议", "次 场"),
    ("proposals-handled", "", "承办 办结 办复", "人大代表建议 政协提案", "件 份"),
    ("interviews", "", "举办 推出 参加 制作", "在线访谈 网络直播", "期 场"),
    ("columns", "", "开设 新增 设立 维护", "专栏 专题专栏", "个"),
    ("press-conferences", "", "召开 举办 参加", "新闻发布会 新闻通气会", "场 次"),
)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("words", WORDS, ids=[w[0] for w in WORDS])
def test_words_are_read_in_every_order(words: tuple[str, ...], order: str) -> None:
    indicator, where, verbs, things, measures = words
    lines, expected = [], []
    made = product(verbs.split(), things.split(), measures.split(), SUMS)
    for number, (verb, thing, measure, total) in enumerate(made, 11):
        known = {"where": where, "verb": verb, "thing": thing, "total": total}
        lines.append(ORDERS[order].format(**known, number=number, measure=measure))
        expected.append(f"{indicator} {number}{measure}")
    assert [" ".join(f.split()[:2]) for f in facts("\n".join(lines))] == expected
