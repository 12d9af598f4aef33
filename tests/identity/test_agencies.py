"""Whose report it is. The places are real, since the gazetteer is; the reports, and most of their organs, are made up."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.identity import identify
from gongkai.identity.folded import fold
from gongkai.report import Agency, Kind, Level, Statement
from tests.identity.pages import BODY, page


def agency(*lines: str) -> Statement[Agency] | None:
    return identify(page(*lines)).agency


TITLES = [
    ("丰县海洋发展局2023年政府信息公开工作年度报告", "丰县海洋发展局", "320321"),
    ("2023年丰县海洋发展局政府信息公开工作年度报告", "丰县海洋发展局", "320321"),
    ("丰县海洋发展局2023年政务信息公开年度报告", "丰县海洋发展局", "320321"),
    ("关于丰县海洋发展局2023年度政府信息公开工作年度报告", "丰县海洋发展局", "320321"),
    ("2023年度政府信息公开工作年度报告（邳州市海洋发展局）", "邳州市海洋发展局", "320382"),
    ("2023年政府信息公开工作年度报告-清水县海洋发展局", "清水县海洋发展局", "620521"),
    (
        "当前位置：首页 > 信息公开年报 > 邳州市海洋发展局2023年政府信息公开工作年度报告",
        "邳州市海洋发展局",
        "320382",
    ),
    ("江苏省徐州市人民政府2023年政府信息公开工作年度报告", "徐州市人民政府", "320300"),
    ("内蒙古自治区海洋发展厅2023年政府信息公开工作年度报告", "内蒙古自治区海洋发展厅", "150000"),
    (
        "广西壮族自治区南宁市青秀区海洋发展局2023年政府信息公开工作年度报告",
        "南宁市青秀区海洋发展局",
        "450103",
    ),
    ("恩施州海洋发展局2023年政府信息公开工作年度报告", "恩施州海洋发展局", "422800"),
    ("阿鲁科尔沁旗海洋发展局2023年政府信息公开工作年度报告", "阿鲁科尔沁旗海洋发展局", "150421"),
    ("吉林市海洋发展局2023年政府信息公开工作年度报告", "吉林市海洋发展局", "220200"),
    (
        "国家海洋总局徐州市铜山区海洋局2023年政府信息公开工作年度报告",
        "国家海洋总局徐州市铜山区海洋局",
        "320312",
    ),
    ("国家海洋局徐州调查队2023年政府信息公开工作年度报告", "国家海洋局徐州调查队", "320300"),
    ("神农架海关2023年政府信息公开工作年度报告", "神农架海关", "429021"),
    (
        "新疆生产建设兵团第八师石河子市海洋发展局2023年政府信息公开工作年度报告",
        "新疆生产建设兵团第八师石河子市海洋发展局",
        "659001",
    ),
    ("琼海市嘉积镇人民政府2023年政府信息公开工作年度报告", "琼海市嘉积镇人民政府", "469002"),
    ("沛县龙固镇海洋服务中心2023年政府信息公开工作年度报告", "沛县龙固镇海洋服务中心", "320322"),
    ("教育部2023年政府信息公开工作年度报告", "教育部", None),
    ("邳州市湖东办事处2023年政府信息公开工作年度报告", "邳州市湖东办事处", "320382"),
    ("神农架海事局2023年政府信息公开工作年度报告", "神农架海事局", "429021"),
    ("神农架出入境边防检查站2023年政府信息公开工作年度报告", "神农架出入境边防检查站", "429021"),
    ("青澜江流域管理局2023年政府信息公开工作年度报告", "青澜江流域管理局", None),
    (
        "中国（澜望）自由贸易试验区管理委员会2023年政府信息公开工作年度报告",
        "中国(澜望)自由贸易试验区管理委员会",
        None,
    ),
    ("澜望新区海洋产业服务局2023年政府信息公开工作年度报告", "澜望新区海洋产业服务局", None),
    ("沛县人民政府机关2023年政府信息公开工作年度报告", "沛县人民政府", "320322"),
    ("阿拉善盟2023年政府信息公开工作年度报告", "阿拉善盟行政公署", "152900"),
    ("阿拉善盟行署海洋办公室2023年政府信息公开工作年度报告", "阿拉善盟行署海洋办公室", "152900"),
    ("鼓楼区海洋发展局2023年政府信息公开工作年度报告", "鼓楼区海洋发展局", None),
    ("澜望市人力资源和社会保障局2023年政府信息公开工作年度报告", "澜望市人力资源和社会保障局", None),
]


@pytest.mark.parametrize(("title", "name", "division"), TITLES)
def test_a_title_that_names_its_organ_whole(title: str, name: str, division: str | None) -> None:
    found = agency(title, *BODY)
    assert found is not None
    assert (found.value.name, found.value.division) == (name, division)


@pytest.mark.parametrize(
    ("title", "name", "division"),
    [
        ("徐州市2023年政府信息公开工作年度报告", "徐州市人民政府", "320300"),
        ("新沂市人民政府办公室关于新沂市2023年政府信息公开工作年度报告", "新沂市人民政府", "320381"),
        ("睢宁县官山镇2023年政府信息公开工作年度报告", "睢宁县官山镇人民政府", "320324"),
        ("徐州市贾汪区大泉街道2023年政府信息公开工作年度报告", "徐州市贾汪区大泉街道办事处", "320305"),
        ("娄桥街道2023年政府信息公开工作年度报告", "温州市瓯海区娄桥街道办事处", "330304"),
        ("徐州市贾汪区经信委2023年政府信息公开年度报告", "徐州市贾汪区经济和信息化委员会", "320305"),
        ("北京市民委2023年政府信息公开工作年度报告", "北京市民族事务委员会", "110000"),
        ("仙桃市药监局2023年政府信息公开工作年度报告", "仙桃市药品监督管理局", "429004"),
        ("国家市场监管总局2023年政府信息公开工作年度报告", "国家市场监督管理总局", None),
        ("国务院国资委2023年政府信息公开工作年度报告", "国务院国有资产监督管理委员会", None),
        ("徐州经济技术开发区管委会2023年政府信息公开工作年度报告", "徐州经济技术开发区管理委员会", "320300"),
    ],
)
def test_a_name_that_the_title_shortens_is_inferred(title: str, name: str, division: str | None) -> None:
    found = agency(title, *BODY)
    assert found is not None
    assert (found.value.name, found.value.division, found.inferred) == (name, division, True)


@pytest.mark.parametrize(
    ("lines", "name", "division"),
    [
        (("本报告由沛县海洋发展局编制。", *BODY, "我局"), "沛县海洋发展局", "320322"),
        (("现发布《沛县海洋发展局2023年政府信息公开工作年度报告》。", *BODY), "沛县海洋发展局", "320322"),
        (("如有疑问，请与沛县海洋发展局办公室联系（电话：0）。", *BODY, "我局"), "沛县海洋发展局", "320322"),
        (
            ("2023年度", "政府信息公开工作年度报告", "沛县海洋发展局", "2024年1月15日", *BODY),
            "沛县海洋发展局",
            "320322",
        ),
        (
            (*BODY, "我局加强培训。县海洋发展局公布名录。按照沛县人民政府办公室要求办理。"),
            "沛县海洋发展局",
            "320322",
        ),
        (("现将沛县2023年政府信息公开工作报告如下。", *BODY), "沛县人民政府", "320322"),
        ((*BODY, "2023年，沛县人民政府坚持公开。我县加强培训。"), "沛县人民政府", "320322"),
        ((*BODY, "我街道坚持公开。丽岙街道便民中心设点。"), "温州市瓯海区丽岙街道办事处", "330304"),
        ((*BODY, "我局办好“益阳海洋发展”公众号和益阳海洋发展网。"), "益阳市海洋发展局", "430900"),
        (
            ("我市公开信息5条。全市召开会议。", "其中沛县2件，睢宁县3件，徐州市海洋发展局1件。", *BODY),
            "徐州市人民政府",
            "320300",
        ),
        (
            ("本报告由徐州市人民政府办公室编制。", *BODY, "我市公开信息5条，全市召开会议。"),
            "徐州市人民政府",
            "320300",
        ),
    ],
)
def test_a_text_without_a_title_says_it_otherwise(lines: tuple[str, ...], name: str, division: str) -> None:
    found = agency(*lines)
    assert found is not None
    assert (found.value.name, found.value.division) == (name, division)


@pytest.mark.parametrize(
    "lines",
    [
        BODY,
        (*BODY, "我镇发布信息。"),
        (*BODY, "我局发布信息。按照省海洋发展厅要求公开预算。"),
        ("现将海洋局2023年度政府信息公开工作报告如下。", *BODY, "我局发布信息。"),
        ("2023年政府信息公开工作年度报告", *BODY, "我局赴外地学习。"),
        ("海洋局2023年政府信息公开工作年度报告", *BODY, "赴沛县学习。"),
        (*BODY, "我镇在沛县人民政府网站发布信息3条，县政府网站转载。"),
        (*BODY, "我局在沛县政府网站和睢宁县政府网站发布信息。县海洋发展局。"),
        (*BODY, "本部门在沛县人民政府网站发布信息，本办法自公布之日施行。"),
    ],
)
def test_what_the_text_does_not_settle_is_left_open(lines: tuple[str, ...]) -> None:
    assert agency(*lines) is None


@pytest.mark.parametrize(("year", "division"), [(2019, "220381"), (2020, "220184"), (2021, "220184")])
def test_the_code_is_that_of_the_year(year: int, division: str) -> None:
    found = agency(f"公主岭市海洋发展局{year}年政府信息公开工作年度报告")
    assert found is not None
    assert found.value.division == division


def test_a_district_that_several_cities_have_is_settled_by_the_city_that_the_text_names() -> None:
    title = "鼓楼区海洋发展局2023年政府信息公开工作年度报告"
    found = agency(title, *BODY, "见徐州市人民政府网站。")
    assert found is not None
    assert found.value == Agency("鼓楼区海洋发展局", "320302", Level.COUNTY, Kind.DEPARTMENT)


def test_an_abbreviation_with_several_meanings_needs_the_text() -> None:
    title = "沛县教体局2023年政府信息公开工作年度报告"
    plain = agency(title, *BODY)
    told = agency(title, *BODY, "沛县教育和体育局网站")
    assert plain is not None
    assert told is not None
    assert plain.value.name == "沛县教体局"
    assert (told.value.name, told.inferred) == ("沛县教育和体育局", False)


def test_the_fullest_form_in_the_text_is_the_name() -> None:
    title = "赭麓街道办事处2023年政府信息公开工作年度报告"
    found = agency(title, *BODY, "公众号“无为市赭麓街道办事处”发布信息。")
    assert found is not None
    assert (found.value.name, found.value.level) == ("无为市赭麓街道办事处", Level.TOWNSHIP)


def test_a_report_that_sums_up_those_of_all_districts_is_of_the_government() -> None:
    found = agency(
        "本报告综合各县人民政府和市政府各部门的报告写成。有疑问请与市政务公开办公室联系。",
        "本报告可在徐州市人民政府信息公开网站下载。",
        "一、概述",
        "2023年，全市工作平稳。市海洋发展局加强公开，出台意见。",
    )
    assert found is not None
    assert (found.value.name, found.value.division) == ("徐州市人民政府", "320300")


def test_an_office_that_one_may_ask_reports_for_the_government_that_the_text_tells_of() -> None:
    ask = "本报告由沛县人民政府办公室编制。如有疑问，请联系：沛县人民政府办公室信息科。"
    found = agency(ask, "一、概述", "我县公开信息60条。")
    assert found is not None
    assert found.value.name == "沛县人民政府"


def test_the_text_may_begin_behind_its_heading_with_the_name() -> None:
    found = agency("本报告是2023年的。 一、总体情况 徐州市海洋发展局稳步公开。 我局发布信息8条。")
    assert found is not None
    assert found.value.name == "徐州市海洋发展局"


def test_a_word_in_brackets_is_no_organ_of_the_state() -> None:
    found = agency(
        "首页 > 网站入口（中国） > 政府信息公开年度报告",
        "邳州市海洋发展局",
        "一、总体情况",
        "我局发布信息8条。",
    )
    assert found is not None
    assert found.value.name == "邳州市海洋发展局"


def test_an_office_that_sums_up_for_all_reports_for_its_government() -> None:
    summed = "本年报由沛县人民政府办公室综合各镇人民政府和县属各部门年报编成。有疑问请与沛县人民政府办公室联系（电话：0）。"
    own = "本年报由沛县人民政府办公室编成。有疑问请与沛县人民政府办公室联系（电话：0）。"
    for words, name in ((summed, "沛县人民政府"), (own, "沛县人民政府办公室")):
        found = agency(words, *BODY)
        assert found is not None
        assert found.value.name == name


def test_kind_and_level() -> None:
    government = agency("徐州市人民政府2023年政府信息公开工作年度报告", *BODY)
    office = agency("徐州市人民政府办公室2023年政府信息公开工作年度报告", *BODY)
    ministry = agency("教育部2023年政府信息公开工作年度报告", *BODY)
    assert government is not None
    assert office is not None
    assert ministry is not None
    assert (government.value.kind, government.value.level) == (Kind.GOVERNMENT, Level.PREFECTURE)
    assert (office.value.kind, office.value.level) == (Kind.DEPARTMENT, Level.PREFECTURE)
    assert ministry.value.level is Level.NATIONAL


@pytest.mark.parametrize(("title", "name", "division"), TITLES)
def test_a_stated_name_stands_where_it_says(title: str, name: str, division: str | None) -> None:
    document = page(title, *BODY)
    found = identify(document).agency
    assert found is not None
    if not found.inferred:
        assert found.span is not None
        assert fold(document[found.span]).text == found.value.name


@given(st.text("省市县区镇乡街道局办人民政府我全沛徐州公开年度2023《》。，、\n", max_size=60))
def test_any_text_is_answered(text: str) -> None:
    found = identify(page(*text.split("\n"))).agency
    assert found is None or found.value.name


def test_a_short_name_in_a_title_is_that_of_the_organ_to_which_the_text_gives_it() -> None:
    title = "邳州市湖区办2023年政府信息公开工作年度报告"
    text = "本报告由邳州市湖区规划建设管理办公室（以下简称邳州市湖区办）编制。"
    found = agency(title, text, *BODY)
    assert found is not None
    assert (found.value.name, found.value.division) == ("邳州市湖区规划建设管理办公室", "320382")


def test_of_places_of_one_name_the_one_around_a_place_that_the_text_names_is_meant() -> None:
    found = agency("海南铁路监督管理局2023年政府信息公开工作年度报告", "地址：海口市海滨路7号。", *BODY)
    assert found is not None
    assert (found.value.name, found.value.division) == ("海南铁路监督管理局", "460000")


def test_an_office_that_a_government_has_elsewhere_is_not_of_a_town() -> None:
    found = agency("邳州市人民政府驻徐州办事处2023年政府信息公开工作年度报告", *BODY)
    assert found is not None
    assert found.value.level is Level.COUNTY


def test_a_short_name_of_a_banner_is_written_out_where_a_name_is_put_together() -> None:
    found = agency("阿拉善盟阿左旗海滨镇2023年政府信息公开工作年度报告", *BODY)
    assert found is not None
    assert found.value.name == "阿拉善盟阿拉善左旗海滨镇人民政府"


def test_who_only_answers_for_a_report_on_a_whole_city_is_not_whose_it_is() -> None:
    text = "本报告的数据来自全市各单位，如有疑问，请与市数据局联系（地址：徐州市滨湖路7号）。"
    assert agency("2023年政府信息公开工作年度报告", text, *BODY) is None


def test_a_portfolio_that_reads_like_a_short_one_may_be_the_whole() -> None:
    found = agency("邳州市文化旅游局2023年政府信息公开工作年度报告", *BODY)
    assert found is not None
    assert found.value.name == "邳州市文化旅游局"


def test_the_office_of_a_leading_group_compiles_the_report_of_its_government() -> None:
    text = "本报告由邳州市政务公开领导小组办公室编制，统计数据来自邳州市各部门。"
    found = agency("2023年政府信息公开工作年度报告", text, *BODY)
    assert found is not None
    assert (found.value.name, found.value.division) == ("邳州市人民政府", "320382")


def test_a_place_whose_report_it_is_has_its_official_name_where_the_text_has_it() -> None:
    text = "现公布张家川回族自治县2023年度政府信息公开工作年度报告，可在张家川县人民政府网站查阅。"
    found = agency(text, *BODY)
    assert found is not None
    assert found.value.name == "张家川回族自治县人民政府"


def test_a_local_office_is_told_from_running_text() -> None:
    text = "本报告的数据截至2023年12月31日，请与邳州市湖东办事处联系。"
    found = agency(text, *BODY, "2023年，我办公开信息12条。")
    assert found is not None
    assert (found.value.name, found.value.level) == ("邳州市湖东办事处", Level.TOWNSHIP)
