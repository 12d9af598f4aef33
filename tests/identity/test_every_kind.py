"""Agencies of every kind and level: name, level, kind and code of the place for the year.

Places are real where a code is expected, since the gazetteer is; 汀泽 and 云洲 do not exist. The reports are made up.
"""

from __future__ import annotations

from typing import NamedTuple

import pytest

from gongkai.identity import identify
from gongkai.report import Agency, Kind, Level
from tests.identity.pages import BODY, page

NATIONAL, PROVINCE, PREFECTURE, COUNTY, TOWNSHIP = Level
GOVERNMENT, DEPARTMENT = Kind


class Case(NamedTuple):
    """The agency of a report, and its lines besides the body."""

    name: str
    division: str | None
    level: Level | None
    kind: Kind
    lines: tuple[str, ...]


def titled(name: str, division: str | None, level: Level | None, kind: Kind, title: str) -> Case:
    """A case whose title says whose report it is."""
    return Case(name, division, level, kind, (title, *BODY))


def told(name: str, division: str | None, level: Level | None, kind: Kind, *lines: str) -> Case:
    """A case without such a title."""
    return Case(name, division, level, kind, lines)


CASES = [
    # towns, townships and sub-districts
    titled(
        "蒙城县小辛集乡人民政府",
        "341622",
        TOWNSHIP,
        GOVERNMENT,
        "蒙城县小辛集乡人民政府2022年政府信息公开工作年度报告",
    ),
    titled(
        "诸暨市枫桥镇人民政府", "330681", TOWNSHIP, GOVERNMENT, "诸暨市枫桥镇2023年度政府信息公开工作年度报告"
    ),
    titled(
        "北京市海淀区学院路街道办事处",
        "110108",
        TOWNSHIP,
        DEPARTMENT,
        "北京市海淀区学院路街道办事处2021年政府信息公开年度报告",
    ),
    titled(
        "丽江市古城区大研街道办事处",
        "530702",
        TOWNSHIP,
        DEPARTMENT,
        "丽江市古城区大研街道2022年政府信息公开工作年度报告",
    ),
    titled(
        "三都水族自治县九阡镇人民政府",
        "522732",
        TOWNSHIP,
        GOVERNMENT,
        "三都水族自治县九阡镇人民政府2022年政府信息公开工作年度报告",
    ),
    titled(
        "新巴尔虎左旗乌布尔宝力格苏木人民政府",
        "150726",
        TOWNSHIP,
        GOVERNMENT,
        "新巴尔虎左旗乌布尔宝力格苏木人民政府2023年政府信息公开工作年度报告",
    ),
    told(
        "鹤峰县中营镇人民政府",
        "422828",
        TOWNSHIP,
        GOVERNMENT,
        *BODY,
        "2023年，我镇公开信息12条。",
        "鹤峰县中营镇人民政府",
        "2024年1月10日",
    ),
    told(
        "汀泽县云洲镇人民政府",
        None,
        TOWNSHIP,
        GOVERNMENT,
        *BODY,
        "2023年，我镇公开信息12条。",
        "汀泽县云洲镇人民政府",
        "2024年1月8日",
    ),
    # zones
    titled(
        "苏州工业园区管理委员会",
        "320500",
        PREFECTURE,
        DEPARTMENT,
        "苏州工业园区管理委员会2023年政府信息公开工作年度报告",
    ),
    titled(
        "合肥新站高新技术产业开发区管理委员会",
        "340100",
        PREFECTURE,
        DEPARTMENT,
        "合肥新站高新技术产业开发区管委会2022年政府信息公开工作年度报告",
    ),
    titled(
        "天津柳汀港保税区管理委员会",
        "120000",
        PROVINCE,
        DEPARTMENT,
        "天津柳汀港保税区管理委员会2023年政府信息公开工作年度报告",
    ),
    # departments of counties, with and without the place
    titled("孟津县财政局", "410322", COUNTY, DEPARTMENT, "孟津县财政局2019年政府信息公开工作年度报告"),
    titled(
        "洛阳市孟津区财政局", "410308", COUNTY, DEPARTMENT, "洛阳市孟津区财政局2022年政府信息公开工作年度报告"
    ),
    titled(
        "孟津区卫生健康委员会",
        "410308",
        COUNTY,
        DEPARTMENT,
        "孟津区卫生健康委员会2023年政府信息公开工作年度报告",
    ),
    titled(
        "杭州市江干区民政局", "330104", COUNTY, DEPARTMENT, "杭州市江干区民政局2019年政府信息公开工作年度报告"
    ),
    titled(
        "杭州市临平区审计局", "330113", COUNTY, DEPARTMENT, "杭州市临平区审计局2022年政府信息公开工作年度报告"
    ),
    titled(
        "鄂托克前旗林业和草原局",
        "150623",
        COUNTY,
        DEPARTMENT,
        "鄂托克前旗林业和草原局2022年政府信息公开工作年度报告",
    ),
    told(
        "平武县海洋局",
        "510727",
        COUNTY,
        DEPARTMENT,
        "本报告由县海洋局编制。地址：平武县龙安镇灯塔路9号。",
        *BODY,
        "我局公开信息12条。",
    ),
    told(
        "盘州市水务局",
        "520281",
        COUNTY,
        DEPARTMENT,
        "索引号：000014349",
        "发布机构：盘州市水务局",
        *BODY,
        "我局公开信息12条。",
    ),
    told(
        "隰县应急管理局",
        "141031",
        COUNTY,
        DEPARTMENT,
        "联系单位：隰县应急管理局，电话：0357-7322000。",
        *BODY,
        "我局公开信息12条。",
    ),
    told(
        "安溪县市场监督管理局",
        "350524",
        COUNTY,
        DEPARTMENT,
        "现将县市场监管局2021年政府信息公开工作报告如下。",
        *BODY,
        "我局在安溪县人民政府网站公开信息。",
    ),
    told("汀泽县教育局", None, COUNTY, DEPARTMENT, "本报告由汀泽县教育局编制。", *BODY, "我局公开信息12条。"),
    titled(
        "汀泽市公安局北塘分局", None, None, DEPARTMENT, "汀泽市公安局北塘分局2022年政府信息公开工作年度报告"
    ),
    titled("汀泽市水务局", None, None, DEPARTMENT, "汀泽市水务局2023年政府信息公开工作年度报告"),
    # provinces and prefectures
    titled(
        "贵州省农业农村厅", "520000", PROVINCE, DEPARTMENT, "贵州省农业农村厅2023年政府信息公开工作年度报告"
    ),
    titled(
        "广西壮族自治区药品监督管理局",
        "450000",
        PROVINCE,
        DEPARTMENT,
        "广西壮族自治区药品监督管理局2022年政府信息公开工作年度报告",
    ),
    titled(
        "甘孜藏族自治州人民政府",
        "513300",
        PREFECTURE,
        GOVERNMENT,
        "甘孜藏族自治州人民政府2023年政府信息公开工作年度报告",
    ),
    titled(
        "博尔塔拉蒙古自治州自然资源局",
        "652700",
        PREFECTURE,
        DEPARTMENT,
        "博尔塔拉蒙古自治州自然资源局2022年政府信息公开工作年度报告",
    ),
    titled(
        "莫力达瓦达斡尔族自治旗人民政府办公室",
        "150722",
        COUNTY,
        DEPARTMENT,
        "莫力达瓦达斡尔族自治旗人民政府办公室2023年政府信息公开工作年度报告",
    ),
    titled("长沙县人民政府", "430121", COUNTY, GOVERNMENT, "长沙县2023年政府信息公开工作年度报告"),
    # the state: ministries, and their offices in places (恩施 may be the city and the prefecture)
    titled("水利部", None, NATIONAL, DEPARTMENT, "水利部2023年政府信息公开工作年度报告"),
    titled("海关总署", None, NATIONAL, DEPARTMENT, "海关总署2021年政府信息公开工作年度报告"),
    titled(
        "国家粮食和物资储备局",
        None,
        NATIONAL,
        DEPARTMENT,
        "国家粮食和物资储备局2022年政府信息公开工作年度报告",
    ),
    titled(
        "水利部长江水利委员会",
        None,
        NATIONAL,
        DEPARTMENT,
        "水利部长江水利委员会2022年政府信息公开工作年度报告",
    ),
    titled(
        "国家矿山安全监察局贵州局",
        "520000",
        PROVINCE,
        DEPARTMENT,
        "国家矿山安全监察局贵州局2023年政府信息公开工作年度报告",
    ),
    titled(
        "中华人民共和国深圳海关",
        "440300",
        PREFECTURE,
        DEPARTMENT,
        "中华人民共和国深圳海关2022年政府信息公开工作年度报告",
    ),
    titled("大连海关", "210200", PREFECTURE, DEPARTMENT, "大连海关2023年政府信息公开工作年度报告"),
    titled(
        "国家税务总局沛县税务局",
        "320322",
        COUNTY,
        DEPARTMENT,
        "国家税务总局沛县税务局2022年政府信息公开工作年度报告",
    ),
    told(
        "国家税务总局汀泽县税务局",
        None,
        COUNTY,
        DEPARTMENT,
        "本年度报告由国家税务总局汀泽县税务局编制。",
        *BODY,
        "我局公开信息12条。",
    ),
    titled(
        "黔东南州气象局", "522600", PREFECTURE, DEPARTMENT, "黔东南州气象局2022年政府信息公开工作年度报告"
    ),
    titled(
        "国家统计局徐州调查队",
        "320300",
        PREFECTURE,
        DEPARTMENT,
        "国家统计局徐州调查队2023年政府信息公开工作年度报告",
    ),
    titled(
        "国家统计局恩施调查队", None, None, DEPARTMENT, "国家统计局恩施调查队2023年政府信息公开工作年度报告"
    ),
    titled(
        "中国银行保险监督管理委员会恩施监管分局",
        None,
        None,
        DEPARTMENT,
        "中国银行保险监督管理委员会恩施监管分局2022年政府信息公开工作年度报告",
    ),
    titled(
        "凤凰县消防救援大队", "433123", COUNTY, DEPARTMENT, "凤凰县消防救援大队2023年政府信息公开工作年度报告"
    ),
    told(
        "赣州市消防救援支队",
        "360700",
        PREFECTURE,
        DEPARTMENT,
        "2023年政府信息公开工作年度报告",
        "赣州市消防救援支队",
        *BODY,
        "支队公开信息12条。",
    ),
    # what is not an organ of government, but reports like one
    titled("楚雄市人民医院", "532301", COUNTY, DEPARTMENT, "楚雄市人民医院2023年信息公开工作年度报告"),
    titled(
        "徐州市公共交通集团有限公司",
        "320300",
        PREFECTURE,
        DEPARTMENT,
        "徐州市公共交通集团有限公司2023年信息公开年度报告",
    ),
    titled(
        "玉溪市住房公积金管理中心",
        "530400",
        PREFECTURE,
        DEPARTMENT,
        "玉溪市住房公积金管理中心2023年政府信息公开工作年度报告",
    ),
    titled("汀泽职业技术学院", None, None, DEPARTMENT, "汀泽职业技术学院2022年信息公开工作年度报告"),
    # the corps
    titled(
        "第六师五家渠市财政局",
        "659004",
        COUNTY,
        DEPARTMENT,
        "第六师五家渠市财政局2021年政府信息公开工作年度报告",
    ),
    titled(
        "新疆生产建设兵团第三师图木舒克市教育局",
        "659003",
        COUNTY,
        DEPARTMENT,
        "新疆生产建设兵团第三师图木舒克市教育局2022年政府信息公开工作年度报告",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_agency_of_every_kind(case: Case) -> None:
    found = identify(page(*case.lines)).agency
    assert found is not None
    assert found.value == Agency(case.name, case.division, case.level, case.kind)


OPENINGS: list[tuple[tuple[str, ...], str, str | None]] = [
    (("常山县招贤镇2023年度政府信息公开工作", "年度报告", *BODY), "常山县招贤镇人民政府", "330822"),
    (
        (
            "浏览次数：12 【字体：大 中 小】",
            "来源：绥宁县民政局",
            "2023年政府信息公开工作年度报告",
            *BODY,
            "我局",
        ),
        "绥宁县民政局",
        "430527",
    ),
    (
        ("关于2023年政府信息公开工作情况的报告", *BODY, "泸溪县卫生健康局", "2024年1月10日"),
        "泸溪县卫生健康局",
        "433122",
    ),
    (
        ("宁夏回族自治区人民政府办公厅2023年政府信息公开工作年度报告", *BODY),
        "宁夏回族自治区人民政府办公厅",
        "640000",
    ),
    (
        ("昆明市人民政府国有资产监督管理委员会2022年政府信息公开工作年度报告", *BODY),
        "昆明市人民政府国有资产监督管理委员会",
        "530100",
    ),
    (
        ("国家税务总局阜阳市税务局第一稽查局2023年政府信息公开工作年度报告", *BODY),
        "国家税务总局阜阳市税务局第一稽查局",
        "341200",
    ),
    (("衢州市公安局交通警察支队2023年政府信息公开工作年度报告", *BODY), "衢州市公安局交通警察支队", "330800"),
    (
        ("正阳县市场监督管理局（知识产权局）2023年政府信息公开工作年度报告", *BODY),
        "正阳县市场监督管理局",
        "411724",
    ),
    (("仁怀市供销合作社联合社2023年政府信息公开工作年度报告", *BODY), "仁怀市供销合作社联合社", "520382"),
    (("岳阳市城市管理和综合执法局2023年政府信息公开年报", *BODY), "岳阳市城市管理和综合执法局", "430600"),
    (
        ("上海市静安区人民政府彭浦新村街道办事处2022年政府信息公开工作年度报告", *BODY),
        "上海市静安区人民政府彭浦新村街道办事处",
        "310106",
    ),
    (
        ("河北省邯郸市曲周县自然资源和规划局2023年度政府信息公开工作年度报告", *BODY),
        "邯郸市曲周县自然资源和规划局",
        "130435",
    ),
    (("宜良县狗街镇人民政府关于2022年政府信息公开工作的年度报告", *BODY), "宜良县狗街镇人民政府", "530125"),
    (("曲阜市第一中学2023年信息公开年度报告", *BODY), "曲阜市第一中学", "370881"),
    (("通化县气象局", "2023年政府信息公开工作年度报告", *BODY), "通化县气象局", "220521"),
    (
        (
            "本报告由磐石市吉昌镇人民政府编制。全文包括总体情况等六部分。联系地址：磐石市吉昌镇。",
            *BODY,
            "我镇",
        ),
        "磐石市吉昌镇人民政府",
        "220284",
    ),
    (
        ("根据《条例》要求，现公布桦甸市交通运输局2023年度政府信息公开工作年度报告。", *BODY),
        "桦甸市交通运输局",
        "220282",
    ),
    (
        ("2023年度政府信息公开工作年度报告", "发布机构：云梦县审计局 发布日期：2024-01-12", *BODY, "局机关"),
        "云梦县审计局",
        "420923",
    ),
    (
        ("索 引 号：11530000 | 信息分类：年报 | 发文机关：贡山独龙族怒族自治县教育体育局", *BODY, "我局"),
        "贡山独龙族怒族自治县教育体育局",
        "533324",
    ),
    (
        ("今年以来，在县委、县政府正确领导下，阳城县凤城镇认真贯彻……", *BODY, "我镇"),
        "阳城县凤城镇人民政府",
        "140522",
    ),
    (
        ("青海省海西州乌兰县人力资源和社会保障局2023年政府信息公开工作年度报告", *BODY),
        "海西州乌兰县人力资源和社会保障局",
        "632821",
    ),
    (
        ("云阳县人民政府双江街道办事处2021年政府信息公开工作年度报告", *BODY),
        "云阳县人民政府双江街道办事处",
        "500235",
    ),
    (
        ("重庆市云阳县盘龙街道办事处2021年政府信息公开工作年度报告", *BODY),
        "重庆市云阳县盘龙街道办事处",
        "500235",
    ),
    (("平阴县2022年政府信息公开工作年度报告（政务版）", *BODY), "平阴县人民政府", "370124"),
    (
        ("滁州经济技术开发区管理委员会2023年政府信息公开工作年度报告", *BODY),
        "滁州经济技术开发区管理委员会",
        "341100",
    ),
    (
        ("衡水高新技术产业开发区管委会关于2023年政府信息公开工作年度报告", *BODY),
        "衡水高新技术产业开发区管理委员会",
        "131100",
    ),
    (("国家统计局沂南调查队2023年政府信息公开工作年度报告", *BODY), "国家统计局沂南调查队", "371321"),
    (("中华人民共和国南通海事局2022年政府信息公开工作年度报告", *BODY), "中华人民共和国南通海事局", "320600"),
    (("民航华东地区管理局2022年政府信息公开工作年度报告", *BODY), "民航华东地区管理局", None),
]


@pytest.mark.parametrize(("lines", "name", "division"), OPENINGS, ids=[name for _, name, _ in OPENINGS])
def test_an_agency_in_every_wording(lines: tuple[str, ...], name: str, division: str | None) -> None:
    found = identify(page(*lines)).agency
    assert found is not None
    assert (found.value.name, found.value.division) == (name, division)
