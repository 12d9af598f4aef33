"""Organs of zones, branches, offices between two governments, and names that the text gives only in part."""

from __future__ import annotations

import pytest

from gongkai.identity import identify
from tests.identity.pages import BODY, page

Case = tuple[tuple[str, ...], str, str | None, bool]

CASES: tuple[Case, ...] = (
    # zones, named after a place without its rank
    (
        ("现公布耿马高新区2023年政府信息公开工作年度报告。", *BODY),
        "耿马高新技术产业开发区管理委员会",
        "530926",
        True,
    ),
    (
        ("全州经济技术开发区2023年政府信息公开工作年度报告", *BODY),
        "全州经济技术开发区管理委员会",
        "450324",
        True,
    ),
    (
        ("本报告由墨脱高新技术产业开发区管理委员会（以下简称管委会）编制。", *BODY, "我委"),
        "墨脱高新技术产业开发区管理委员会",
        "540423",
        False,
    ),
    (
        ("来源：安徽宿松高新技术产业开发区管理委员会", "宿松高新区2023年政府信息公开工作年度报告", *BODY),
        "安徽宿松高新技术产业开发区管理委员会",
        "340826",
        False,
    ),
    (
        ("墨脱高新区消防救援大队2023年政府信息公开工作年度报告", *BODY),
        "墨脱高新区消防救援大队",
        "540423",
        False,
    ),
    (
        ("现公布墨脱经开区2023年政府信息公开工作年度报告。", *BODY, "墨脱经济技术开发区各企业"),
        "墨脱经济技术开发区管理委员会",
        "540423",
        True,
    ),
    # 经开区 is short for two kinds of zone
    (("现公布墨脱经开区2023年政府信息公开工作年度报告。", *BODY), "墨脱经开区管理委员会", "540423", True),
    (("如有疑问，请联系无为海关办公室。", *BODY, "无为海关"), "无为海关", "340281", False),
    (("无为海关关区2023年政府信息公开工作年度报告", *BODY), "无为海关", "340281", False),
    # the list of those in charge: no name of a zone is behind a person's
    (
        (
            "2023年我区公开如下：",
            "工作人员：云山岭 开发区管委会办公室",
            "墨脱高新技术产业开发区网站由我委更新。",
        ),
        "墨脱高新技术产业开发区管理委员会",
        "540423",
        True,
    ),
    # an organ of a zone that is named with its place only elsewhere
    (
        ("本报告由高新区财政局编制，联系高新区财政局（地址：墨脱高新区梧桐路9号）。", *BODY, "我局"),
        "墨脱高新区财政局",
        "540423",
        True,
    ),
    # the committee is named after the city, not after the district of its address
    (
        (
            "现公布三亚国家高新区管理委员会2023年政府信息公开工作年度报告。",
            "地址：三亚市崖州区梧桐路9号高新区管委会。",
            *BODY,
        ),
        "三亚国家高新技术产业开发区管理委员会",
        "460200",
        True,
    ),
    # a city and a county in it of one name
    (
        ("本溪经济技术开发区管理委员会2023年政府信息公开工作年度报告", *BODY),
        "本溪经济技术开发区管理委员会",
        "210500",
        False,
    ),
    # the office of a zone compiles for the zone
    (
        ("请与三沙市高新区党政办公室联系（地址：三沙高新区梧桐路9号）。", *BODY),
        "三沙高新技术产业开发区管理委员会",
        "460300",
        True,
    ),
    # its province before a zone is part of its name
    (
        ("西藏自治区墨脱经济开发区管理委员会2023年政府信息公开工作年度报告", *BODY),
        "西藏自治区墨脱经济开发区管理委员会",
        "540423",
        False,
    ),
    # 管委
    (("墨脱工业园区管委2023年政府信息公开工作年度报告", *BODY), "墨脱工业园区管理委员会", "540423", True),
    (
        ("苇荡湖国家湿地公园管理处2023年政府信息公开工作年度报告", *BODY),
        "苇荡湖国家湿地公园管理处",
        None,
        False,
    ),
    # a committee without a word for zones
    (
        ("现公布苇荡湖管委会2023年政府信息公开工作年度报告。", "可在“沛县苇荡湖管委会”栏目查阅。", *BODY),
        "沛县苇荡湖管理委员会",
        "320322",
        True,
    ),
    # a branch of which the title shortens the zone
    (
        (
            "墨脱县公安局高新区分局2023年政府信息公开工作年度报告",
            "请与墨脱县公安局高新技术产业开发区分局联系。",
            *BODY,
        ),
        "墨脱县公安局高新技术产业开发区分局",
        "540423",
        False,
    ),
    # zones with a name of their own
    (
        (
            "按照《徐州市信息公开规定》，现将徐州铜山旅游商贸开发区管理委员会2023年政府信息公开工作年度报告如下：",
            *BODY,
        ),
        "徐州铜山旅游商贸开发区管理委员会",
        "320312",
        False,
    ),
    (
        ("现公布铜山新区旅游发展委员会2023年政府信息公开工作年度报告。", *BODY),
        "铜山新区旅游发展委员会",
        None,
        False,
    ),
    (
        ("云岭开发区管委会2023年政府信息公开工作年度报告", *BODY),
        "云岭开发区管理委员会",
        None,
        True,
    ),
    (("云岭港保税区2023年政府信息公开工作年度报告", *BODY), "云岭港保税区管理委员会", None, True),
    (
        ("本报告由云岭湾经济技术开发区管理委员会编制。", *BODY),
        "云岭湾经济技术开发区管理委员会",
        None,
        False,
    ),
    (
        ("重庆云岭湾新区管理委员会办公室2023年政府信息公开工作年度报告", *BODY, "办公地点在重庆市南岸区"),
        "重庆云岭湾新区管理委员会办公室",
        "500000",
        False,
    ),
    # one that calls itself by what it is, and has no government
    (
        ("2023年，开发区专人负责。", "《墨脱经济技术开发区政府信息公开指南》已修订。", *BODY, "开发区网站"),
        "墨脱经济技术开发区管理委员会",
        "540423",
        True,
    ),
    # the province, or a city with the rank of one, before the place
    (
        ("2023年，在区领导下，安徽宿松工业园区管理委员会坚持公开。", *BODY, "我委"),
        "安徽宿松工业园区管理委员会",
        "340826",
        False,
    ),
    (
        ("重庆南岸高新技术产业开发区管理委员会2023年政府信息公开工作年度报告", *BODY),
        "重庆南岸高新技术产业开发区管理委员会",
        "500108",
        False,
    ),
    # a name of its own, in the only place that is named, or that it is named after
    (
        ("本报告由云岭湾经济技术开发区管理委员会编制。", *BODY, "见墨脱县人民政府网站"),
        "云岭湾经济技术开发区管理委员会",
        "540423",
        False,
    ),
    (
        ("墨脱云岭湖产业园管委会2023年政府信息公开工作年度报告", *BODY),
        "墨脱云岭湖产业园管理委员会",
        "540423",
        True,
    ),
    # a town that only one of the places of a name has
    (
        ("现公布长安区韦曲街道2023年政府信息公开工作年度报告。", *BODY, "我街道"),
        "长安区韦曲街道办事处",
        "610116",
        True,
    ),
    # schools
    (("东岭大学2022-2023学年信息公开工作年度报告", *BODY), "东岭大学", None, False),
    (("2022-2023学年信息公开工作年度报告", "东岭大学", *BODY), "东岭大学", None, False),
    (("严格执行《东岭学院信息公开实施细则》，东岭学院办公室负责汇总。", *BODY), "东岭学院", None, False),
    # a name of its own without the committee, as whose report it is; the fullest form that the text has
    (
        ("特编制芜湖云岭湖经济开发区2023年度政府信息公开工作报告。", *BODY, "云岭湖经济开发区管委会办公室"),
        "芜湖云岭湖经济开发区管理委员会",
        "340200",
        True,
    ),
    (
        (
            "云岭湖经济开发区管理委员会2023年政府信息公开工作年度报告",
            *BODY,
            "芜湖云岭湖经济开发区管理委员会",
            "芜湖市",
        ),
        "芜湖云岭湖经济开发区管理委员会",
        "340200",
        False,
    ),
    # one zone by its whole name and by the end of it
    (
        ("2023年，芜湖云岭湖风景区管委会坚持公开。", "2023年，云岭湖风景区管委会发布12条。", *BODY),
        "芜湖云岭湖风景区管理委员会",
        "340200",
        True,
    ),
    # words before it that are no name, in the title, and a rank
    (
        (
            "云岭山2023政府信息公开工作年度报告",
            "市云岭山旅游度假区管委会",
            "现公布云岭山旅游度假区2023年报告。",
            *BODY,
        ),
        "云岭山旅游度假区管理委员会",
        None,
        True,
    ),
    # the bureau of a zone that no table knows, in the place it is named after
    (("芜湖新区海洋局2023年政府信息公开工作年度报告", *BODY), "芜湖新区海洋局", "340200", False),
    (
        ("墨脱工业集中区管理委员会2023年政府信息公开工作年度报告根据条例编制。", *BODY, "墨脱县网站"),
        "墨脱工业集中区管理委员会",
        "540423",
        False,
    ),
    # the office of a town compiles for its government
    (
        ("本报告由芜湖市镜湖区人民政府张家山街道党政办公室编制。", *BODY),
        "芜湖市镜湖区张家山街道办事处",
        "340202",
        True,
    ),
    # an office that acts, whose government has a website
    (
        (
            "2023年，镜湖区人民政府办公室坚持公开。",
            "我区在镜湖区人民政府网站公开。",
            *BODY,
            "进入镜湖区人民政府门户网站",
        ),
        "镜湖区人民政府办公室",
        "340202",
        False,
    ),
    # a place in brackets inside the one that a zone is named after
    (
        ("本报告由芜湖高新区（弋江）海洋局编制。", *BODY, "我局"),
        "芜湖高新区(弋江)海洋局",
        "340209",
        False,
    ),
    # a zone without a name is that of the only place that is named
    (
        (
            "如有疑问，请与经济开发区管委会办公室联系。",
            *BODY,
            "经济开发区管委会认真落实。",
            "可在无为市人民政府网站下载",
        ),
        "无为经济开发区管理委员会",
        "340281",
        True,
    ),
    # one that calls itself by a short name
    (
        ("可在墨脱经济技术开发区管委会网站查询。", "2023年，经开区发布12条。", "经开区未收到申请。", *BODY),
        "墨脱经济技术开发区管理委员会",
        "540423",
        True,
    ),
    # what it made itself
    (("制定《宣城市海洋局关于公开的规定》。", *BODY, "我局"), "宣城市海洋局", "341800", False),
    # a commission of the government, and without the government where the text has it so
    (
        ("现公布墨脱县国资委2023年政府信息公开工作年度报告。", *BODY),
        "墨脱县人民政府国有资产监督管理委员会",
        "540423",
        True,
    ),
    (
        ("现公布墨脱县国资委2023年政府信息公开工作年度报告。", *BODY, "墨脱县国有资产监督管理委员会网站"),
        "墨脱县国有资产监督管理委员会",
        "540423",
        False,
    ),
    # an autonomous prefecture without its peoples
    (("现公布湘西自治州海洋局2023年政府信息公开工作年度报告。", *BODY), "湘西自治州海洋局", "433100", False),
    # what such organs are called elsewhere, where only the sector is named here
    (
        ("芜湖市气象部门2023年政府信息公开工作年度报告", *BODY, "按照安徽省气象局的部署"),
        "芜湖市气象局",
        "340200",
        True,
    ),
    # a portfolio by another short form
    (
        ("现公布区城管执法局2023年政府信息公开工作年度报告。", *BODY, "“镜湖城管”公众号", "我局"),
        "芜湖市镜湖区城管执法局",
        "340202",
        True,
    ),
    # the rank alone, and the place before the portfolio in the name of a journal
    (
        ("现向社会公布区统计局2023年政府信息公开工作年度报告。", *BODY, "编印《镜湖统计》。", "我局"),
        "芜湖市镜湖区统计局",
        "340202",
        True,
    ),
    (("内容可在“宣城市海洋局”网站查询。", *BODY, "我局"), "宣城市海洋局", "341800", False),
    (("全州县全州镇2023年政府信息公开工作年度报告", *BODY, "我镇"), "全州县全州镇人民政府", "450324", True),
    # the title sets the county before the town, the text does not
    (
        ("宿松县二郎镇2023年政府信息公开工作年度报告", *BODY, "二郎镇人民政府坚持公开。"),
        "宿松县二郎镇人民政府",
        "340826",
        True,
    ),
    # branches
    (
        ("如有疑问，请与芜湖市气象局鸠江区分局联系。", *BODY, "我局"),
        "芜湖市气象局鸠江区分局",
        "340207",
        False,
    ),
    (
        ("芜湖市住房公积金管理中心无为分中心2023年政府信息公开工作年度报告", *BODY),
        "芜湖市住房公积金管理中心无为分中心",
        "340281",
        False,
    ),
    (
        ("芜湖市公安局三埠分局2023年政府信息公开工作年度报告", *BODY),
        "芜湖市公安局三埠分局",
        "340200",
        False,
    ),
    # offices of the district's government in its sub-districts
    (
        ("2023年，我街道通过镜湖区人民政府赭麓街道办事处子网站公开信息。", *BODY),
        "镜湖区人民政府赭麓街道办事处",
        "340202",
        False,
    ),
    (
        ("镜湖区人民政府张家山街道办事处2023年政府信息公开工作年度报告", *BODY),
        "镜湖区人民政府张家山街道办事处",
        "340202",
        False,
    ),
    # a town as the text writes it, with the district but without the city
    (("镜湖区张家山街道2023年政府信息公开工作年度报告", *BODY), "镜湖区张家山街道办事处", "340202", True),
    (
        ("如有疑问，请与镜湖区人民政府方村镇办公室联系。", *BODY, "我镇"),
        "镜湖区方村镇人民政府",
        "340202",
        True,
    ),
    # a bureau by its short name, with the district but without the city
    (
        ("现公布镜湖区文旅局2023年政府信息公开工作年度报告。", *BODY, "我局"),
        "镜湖区文化和旅游局",
        "340202",
        True,
    ),
    # a portfolio, which the text completes
    (
        (
            "芜湖市气象部门2023年政府信息公开工作年度报告",
            *BODY,
            "2023年，芜湖市气象局坚持公开为常态。",
            "我局",
        ),
        "芜湖市气象局",
        "340200",
        False,
    ),
    # a label of the page before the title, its letters spread
    (
        ("标      题 湖北省政府国资委2023年政府信息公开工作年度报告", *BODY),
        "湖北省人民政府国有资产监督管理委员会",
        "420000",
        True,
    ),
    (
        ("公报标题宣城市海洋局2023年政府信息公开工作年度报告", *BODY),
        "宣城市海洋局",
        "341800",
        False,
    ),
    # the organ itself, without those under it
    (("宣城市海洋局机关2023年政府信息公开工作年度报告", *BODY), "宣城市海洋局", "341800", False),
    # a sub-district that leaves away the last word of its name
    (
        ("2023年，张家山街公开信息12条。", *BODY, "镜湖区门户网站", "我街"),
        "芜湖市镜湖区张家山街道办事处",
        "340202",
        True,
    ),
    # an autonomous region that the name says by its rank alone
    (
        ("自治区海洋局2023年政府信息公开工作年度报告", *BODY, "“宁夏政务服务”平台"),
        "宁夏回族自治区海洋局",
        "640000",
        True,
    ),
    # cooperatives
    (("无为市供销社2023年政府信息公开工作年度报告", *BODY), "无为市供销合作社联合社", "340281", True),
    (("无为市住房公积金中心2023年政府信息公开工作年度报告", *BODY), "无为市住房公积金中心", "340281", False),
    (
        ("2023年，芜湖市消防救援支队主动公开信息。", *BODY, "我支队"),
        "芜湖市消防救援支队",
        "340200",
        False,
    ),
)


@pytest.mark.parametrize(("lines", "name", "division", "inferred"), CASES, ids=[case[1] for case in CASES])
def test_the_agency(lines: tuple[str, ...], name: str, division: str | None, inferred: bool) -> None:
    found = identify(page(*lines)).agency
    assert found is not None
    assert (found.value.name, found.value.division, found.inferred) == (name, division, inferred)


@pytest.mark.parametrize(
    "lines",
    [
        ("2023年，经开区公开信息12条。", *BODY),
        ("本报告由高新区财政局编制，请与高新区财政局联系。", *BODY, "我局"),
        ("芜湖市新农部门2023年政府信息公开工作年度报告", *BODY),
        ("自治区海洋局2023年政府信息公开工作年度报告", *BODY),
        ("芜湖市教育系统2023年政府信息公开工作年度报告", *BODY),
        ("在“芜湖海洋”公众号上稿12篇，配合区政府发布预案。", *BODY, "我局"),
        ("学习《芜湖高新区产业促进办法》。", *BODY, "2023年，园区发布12条。", "园区专人负责。"),
        ("推进有序，加快经济开发区管委会建设。", *BODY, "我局"),
    ],
    ids=[
        "a zone without its place",
        "organ of a zone",
        "a portfolio nobody knows",
        "a region nobody names",
        "a system of organs",
        "an outlet of the city's organ",
        "a zone in a paper",
        "a zone in an aside",
    ],
)
def test_what_is_not_said_is_not_invented(lines: tuple[str, ...]) -> None:
    assert identify(page(*lines)).agency is None


def test_the_county_of_a_town_is_the_one_whose_name_the_text_has_in_part() -> None:
    """和平乡 lies in many counties."""
    lines = ("2023年，和平乡人民政府公开信息12条。", *BODY, "内容载于肇源融媒体中心。", "我乡")
    found = identify(page(*lines)).agency
    assert found is not None
    assert (found.value.name, found.value.division) == ("和平乡人民政府", "230622")


@pytest.mark.parametrize(
    ("line", "name", "division"),
    [
        ("", "弋江高新技术产业开发区管理委员会", None),
        ("由区委、区政府领导。", "弋江高新技术产业开发区管理委员会", "340209"),
        ("芜湖市门户网站", "弋江高新技术产业开发区管理委员会", "340209"),
        ("墨脱县门户网站", "弋江高新技术产业开发区管理委员会", "540423"),
        ("无为市和墨脱县门户网站", "弋江高新技术产业开发区管理委员会", None),
    ],
)
def test_a_district_of_the_name_of_a_zone_is_no_evidence(line: str, name: str, division: str | None) -> None:
    found = identify(page("现公布弋江高新区2023年政府信息公开工作年度报告。", *BODY, line)).agency
    assert found is not None
    assert (found.value.name, found.value.division) == (name, division)


def test_an_organ_of_a_zone_that_only_seems_to_be_named_after_a_district_has_no_place() -> None:
    found = identify(page("弋江新区管委会办公室2023年政府信息公开工作年度报告", *BODY, "区政府")).agency
    assert found is not None
    assert (found.value.name, found.value.division) == ("弋江新区管理委员会办公室", None)


@pytest.mark.parametrize(
    ("line", "division"), [("", "340200"), ("县委、县政府", None), ("市政府和县政府", "340200")]
)
def test_a_city_and_a_county_of_one_name_are_told_apart_by_the_government(line: str, division: str) -> None:
    """In 2012 there was a county 芜湖 in the city 芜湖."""
    found = identify(page("现公布芜湖高新区2012年政府信息公开工作年度报告。", *BODY[:1], line)).agency
    assert found is not None
    assert (found.value.name, found.value.division) == ("芜湖高新技术产业开发区管理委员会", division)


@pytest.mark.parametrize("name", ["安徽赭麓国家级自然保护区管理局", "安徽赭麓湿地公园管理处"])
def test_a_park_that_bears_the_name_of_a_province_lies_somewhere_in_it(name: str) -> None:
    found = identify(page(f"{name}2023年政府信息公开工作年度报告", *BODY)).agency
    assert found is not None
    assert (found.value.name, found.value.division, found.value.level) == (name, None, None)


@pytest.mark.parametrize("part", ["四季度", "第一季度", "上半年"])
def test_a_part_of_a_year_is_no_part_of_a_name(part: str) -> None:
    found = identify(page(f"无为市海洋局2023年{part}政府信息公开工作年度报告", *BODY)).agency
    assert found is not None
    assert found.value.name == "无为市海洋局"


@pytest.mark.parametrize(
    ("line", "division"), [("由县委、县政府领导。", None), ("索引号：11231224000000000X/2024-1", "231224")]
)
def test_the_government_spoken_of_does_not_tell_two_towns_apart(line: str, division: str | None) -> None:
    """One 丰收乡 lies in a county, one in a banner."""
    found = identify(page("2023年，丰收乡人民政府公开信息12条。", *BODY, line, "我乡")).agency
    assert found is not None
    assert found.value.division == division


@pytest.mark.parametrize(
    ("line", "division"), [("由市委、市政府领导。", None), ("“天津发布”公众号", "120114")]
)
def test_a_town_whose_name_others_bear_needs_a_second_hint(line: str, division: str | None) -> None:
    """There is one 杨村街道, and many a 杨村镇."""
    found = identify(page("2023年，杨村街道办事处公开信息12条。", *BODY, line, "我街道")).agency
    assert found is not None
    assert found.value.division == division
