"""How a question is read: districts, topic, kind, years, and what it leaves to earlier ones."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts

from index.gazetteer import bundled_gazetteer
from index.store import Index
from qa.errors import QuestionError, UnknownDistrictError
from qa.groups import members_of
from qa.places import places_in
from qa.types import MAX_HISTORY, Before, Question, Understood
from qa.understand import understand
from qa.wording import topic_of

ALL = ("丰泽区", "洛江区", "鲤城区")


def read(index: Index, text: str, *history: str, districts: tuple[str, ...] = ()) -> Understood:
    return understand(Question(text, history, districts), index)


# --- what is asked --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "topic", "districts"),
    [
        ("哪些区说到学校？", "学校", ALL),
        ("哪些区没有提到学校？", "学校", ALL),
        ("丰泽区是否提及长者食堂", "长者食堂", ("丰泽区",)),
        ("丰泽提到长者食堂了没有", "长者食堂", ("丰泽区",)),
        ("洛江区养老补贴有多少？此致 敬礼", "养老补贴", ("洛江区",)),
        ("根据这份报告，洛江怎么管水库？", "管水库", ("洛江区",)),
        ("洛江的学位目标是多少？请给出原文和出处", "学位目标", ("洛江区",)),
        ("尊敬的领导：洛江怎么管水库？", "管水库", ("洛江区",)),
        ("我是丰泽人，在洛江打工。洛江的学校怎么收学生？", "学校 收学生", ("洛江区",)),
        ("我住在丰泽，孩子快上学了，请问洛江新增多少学位？", "新增 学位", ("洛江区",)),
        ("望城的学校", "望城的学校", ()),
        ("那我换个问法，洛江的学校怎么安排", "学校 安排", ("洛江区",)),
        ("最后一个问题，洛江的学校", "学校", ("洛江区",)),
        ("粮食主产区的产量", "粮食主产区的产量", ()),
        ("脱贫县的学校", "脱贫县的学校", ()),
        ("旅游收入目标最高的区", "旅游收入目标", ALL),
    ],
)
def test_what_is_said_around_a_question_is_not_asked(
    plans: Index, text: str, topic: str, districts: tuple[str, ...]
) -> None:
    understood = read(plans, text)
    assert (understood.topic, understood.districts) == (topic, districts)


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("洛江、丰泽两区的学位目标各是多少？", "学位目标"),
        ("对比洛江和丰泽今年新增学位", "今年新增学位"),
        ("洛江、丰泽今年新增学位对比", "今年新增学位"),
        ("洛江、丰泽、鲤城三地今年新增学位", "今年新增学位"),
        ("洛江和丰泽四家医院的床位", "四家医院的床位"),
        ("请提供洛江和丰泽的学位目标", "学位目标"),
    ],
)
def test_that_several_are_asked_is_no_part_of_what_is_asked(
    plans: Index, text: str, topic: str
) -> None:
    assert read(plans, text).topic == topic


def test_a_clause_after_two_themes_is_asked_of_both(plans: Index) -> None:
    asked = read(plans, "洛江的夜校和丰泽的食堂，今年目标各多少？")
    assert asked.topics == {"洛江区": "夜校今年目标", "丰泽区": "食堂今年目标"}


def test_what_stands_before_a_colon_is_asked_one_by_one_behind_it(plans: Index) -> None:
    asked = read(plans, "洛江和丰泽的补助：洛江的夜校补多少、丰泽的食堂补多少")
    assert asked.topics == {"洛江区": "夜校补", "丰泽区": "食堂补"}


@pytest.mark.parametrize(
    ("text", "left_out"),
    [
        ("除了沿海省份，哪些省提到海洋", "沿海各省"),
        ("除西部省份外，各省的外贸目标", "西部各省"),
        ("不算西部省份，目标最高的省是哪个", "西部各省"),
        ("剔除直辖市后哪个省的目标最高", "四个直辖市"),
        ("除了自治区，其他省份的目标", "五个自治区"),
    ],
)
def test_a_group_left_out_is_not_asked(
    index_of_texts: IndexOfTexts, text: str, left_out: str
) -> None:
    provinces = [name for name in bundled_gazetteer().districts if name.endswith(("省", "自治区"))]
    provinces += ["北京市", "天津市", "上海市", "重庆市"]
    index = index_of_texts({f"{name}.txt": f"{name}报告\n今年有新目标。" for name in provinces})
    kept = set(index.by_district) - set(members_of(left_out, bundled_gazetteer()))
    assert set(read(index, text).districts) == kept


def test_cities_of_a_province_asked_stay_in_what_is_looked_for(
    index_of_texts: IndexOfTexts,
) -> None:
    index = index_of_texts({"福建省.txt": "福建省报告\n厦门建新机场，福州修地铁。"})
    understood = read(index, "福建厦门和福州今年的任务")
    assert understood.topic == "厦门 福州 今年的任务"
    assert (understood.districts, understood.missing) == (("福建省",), ())


def test_numbered_questions_are_asked_of_their_own_districts(plans: Index) -> None:
    understood = read(plans, "1. 洛江新增多少学位？2. 丰泽的旅游收入目标？")
    assert understood.topics == {"洛江区": "新增 学位", "丰泽区": "旅游收入目标"}


def test_of_the_districts_restricted_to_those_named_are_asked(plans: Index) -> None:
    asked = read(plans, "丰泽新增多少学位？", districts=("洛江区", "丰泽区"))
    assert asked.districts == ("丰泽区",)
    assert read(plans, "丰泽新增多少学位？", districts=("洛江区",)).districts == ("洛江区",)


@pytest.mark.parametrize(
    "text",
    [
        "洛江区有哪些打算？",
        "洛江区明年的计划",
        "洛江",
        "洛江呢",
        "洛江今年怎样",
        "洛江准备做什么",
        "洛江区的主要工作",
        "各区有什么打算？",
        "帮我写个关于洛江的总结",
        "洛江有什么亮点？",
        "洛江的报告讲了什么？",
        "洛江的报告主要内容",
        "比较一下洛江和丰泽",
        "洛江和丰泽有什么不同？",
        "洛江接下来有何打算？",
        "洛江下半年还要做些什么？",
        "洛江区政府定下了什么规划",
        "讲讲洛江未来几年的打算",
        "洛江有什么新举措",
    ],
)
def test_a_district_without_a_theme_asks_for_everything_it_plans(plans: Index, text: str) -> None:
    understood = read(plans, text)
    assert (understood.kind, understood.topic) == ("overview", "")


@pytest.mark.parametrize(
    "text",
    [
        "洛江区在教育方面打算怎么做？",
        "洛江区教育方面有什么打算",
        "洛江教育方面的规划",
        "洛江在教育领域有哪些安排？",
    ],
)
def test_everything_planned_on_a_theme_is_an_overview_with_a_topic(plans: Index, text: str) -> None:
    understood = read(plans, text)
    assert understood.kind == "overview"
    assert understood.topic.startswith("教育")


@pytest.mark.parametrize(
    "text",
    [
        "洛江区教育方面有哪些项目？",
        "洛江怎么抓教育",
        "洛江的旅游收入",
        "洛江的目标是建成什么",
        "洛江的政府大楼在哪里",
        "洛江区政府在哪里",
        "洛江最近有什么新学校",
    ],
)
def test_something_in_particular_is_no_overview(plans: Index, text: str) -> None:
    assert read(plans, text).kind != "overview"


LETTER = "我在山里教了二十年书，学生一年比一年少，心里着急。"


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        (f"{LETTER}洛江要怎么办好乡村学校？", "要 办好乡村学校"),
        (f"{LETTER}请问洛江要新增多少学位？", "要新增 学位"),
        ("孩子眼看就要上学了，家里都在发愁，想问问洛江要新增多少学位，谢谢！", "要新增 学位"),
        (f"{LETTER}请问各区新增多少学位？", "新增 学位"),
    ],
)
def test_a_letter_asks_what_stands_at_its_end(plans: Index, text: str, topic: str) -> None:
    assert read(plans, text).topic == topic


@pytest.mark.parametrize(
    "text",
    [
        "外地来的年轻人，想租个便宜地方落脚，洛江有多少房源？",
        "洛江要在山里保留教学点。总投资是多少？",
        f"{LETTER}它的学校怎么办？",
        "洛江投资9.5亿元建设的教育项目有几个？",
    ],
)
def test_what_is_no_letter_or_leans_on_what_it_told_is_read_whole(plans: Index, text: str) -> None:
    assert read(plans, text).topic == topic_of(
        places_in(text, plans.gazetteer, plans.segmenter, ALL).text
    )


def test_a_year_that_a_letter_only_tells_of_is_not_asked_about(reports: Index) -> None:
    told = "孩子明年上小学，家里都在发愁，听说要建学校。请问丰泽区新增多少学位？"
    assert read(reports, told).outside == ()
    assert read(reports, told.replace("新增", "明年新增")).outside == ("2026年",)


@pytest.mark.parametrize(
    "text",
    [
        "哪个区的学位最多？",
        "洛江跟丰泽比，谁的学位多？",
        "洛江和丰泽相比，谁的学位更多？",
        "哪个区学位多？",
        "学位最多的区是哪个？",
        "学位最多的是哪个区？",
        "洛江和丰泽学位的区别",
    ],
)
def test_a_comparison_looks_for_what_is_compared(plans: Index, text: str) -> None:
    assert (read(plans, text).topic, read(plans, text).kind) == ("学位", "compare")


def test_two_questions_in_one_message_have_their_own_topics(plans: Index) -> None:
    understood = read(plans, "洛江有多少教育项目？丰泽的旅游收入是多少？")
    assert understood.topics == {"洛江区": "教育项目", "丰泽区": "旅游收入"}
    assert read(plans, "洛江和丰泽要建几所学校？").topics == {}
    assert read(plans, "洛江，丰泽，要建几所学校？").topics == {}


def test_a_list_that_is_left_out_is_shown_as_it_was_asked(plans: Index) -> None:
    found = read(plans, "除了鲤城、丰泽，别的区新增多少学位？")
    assert found.question == "除了鲤城、丰泽，别的区新增多少学位？"
    assert found.districts == ("洛江区",)


def test_a_question_is_shown_as_it_was_asked(plans: Index) -> None:
    assert read(plans, "洛江区新增多少学位？").to_dict() == {
        "question": "洛江区新增多少学位？",
        "topic": "新增 学位",
        "topics": {},
        "districts": ["洛江区"],
        "groups": {},
        "years": [],
        "kind": "fact",
        "missing": [],
        "corrected": {},
    }


def test_a_misspelt_district_is_shown_as_it_was_taken(plans: Index) -> None:
    understood = read(plans, "丰择区的旅游收入")
    assert understood.question == "丰泽区的旅游收入"
    assert understood.corrected == {"丰择区": "丰泽区"}


# --- districts ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "各区新增多少学位？",
        "全市新增多少学位？",
        "泉州市新增多少学位？",
        "新增学位的区有哪些？",
    ],
)
def test_all_districts_are_those_that_the_documents_cover(plans: Index, text: str) -> None:
    understood = read(plans, text)
    assert understood.districts == ALL
    assert understood.each
    assert understood.topic.replace(" ", "") == "新增学位"


def test_a_district_named_to_be_left_out_leaves_the_others(plans: Index) -> None:
    understood = read(plans, "除了鯉城，其他區新增多少學位？")
    assert understood.districts == ("丰泽区", "洛江区")
    assert understood.missing == ()
    assert understood.topic == "新增 学位"


def test_the_districts_given_with_a_question_come_before_those_in_it(plans: Index) -> None:
    assert read(plans, "洛江区新增多少学位？", districts=("鲤城",)).districts == ("鲤城区",)
    assert read(plans, "除了洛江，其他区？", districts=("鲤城",)).districts == ("鲤城区",)


def test_a_district_without_documents_is_missing(plans: Index) -> None:
    understood = read(plans, "石狮和洛江的旅游收入")
    assert (understood.districts, understood.missing) == (("洛江区",), ("石狮市",))


# --- years ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts(
        {
            f"{year}年丰泽区工作报告.txt": f"{year}年丰泽区工作报告\n\n新增学位{year - 1000}个。"
            for year in (2024, 2025)
        }
    )


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("福建省60岁以上年龄的老人有多少？", ()),
        ("请说明年度目标", ()),
        ("福建省今后年均增长多少？", ()),
        ("丰泽区2024年新增多少学位？", (2024,)),
        ("丰泽区二〇二四年新增多少学位？", (2024,)),
        ("丰泽区二零二五年新增多少学位？", (2025,)),
        ("丰泽区24年新增多少学位？", (2024,)),
        ("丰泽区24年来新增多少学位？", ()),
        ("丰泽区30年新增多少学位？", ()),
        ("丰泽区２０２４年新增多少学位？", (2024,)),
        ("丰泽区今年新增多少学位？", (2025,)),
        ("丰泽区去年新增多少学位？", (2024,)),
        ("丰泽区前年新增多少学位？", (2023,)),
        ("丰泽区明年新增多少学位？", (2026,)),
        ("2024年和2025年新增多少学位？", (2024, 2025)),
        ("丰泽区新增多少学位？", ()),
        ("丰泽区学位比去年增长多少？", ()),
        ("丰泽区今年的学位较上年增加几个？", (2025,)),
        ("丰泽区2025年与2024年相比新增多少学位？", (2025,)),
        ("丰泽区2025年和2024年相比有什么变化？", (2025, 2024)),
        ("丰泽区投资2000万元的学校", ()),
        ("丰泽区2025个学位", ()),
        ("丰泽区12025平方米的学校", ()),
    ],
)
def test_years_are_named_or_counted_from_the_newest(
    reports: Index, text: str, years: tuple[int, ...]
) -> None:
    assert read(reports, text).years == years


def test_documents_without_a_date_have_no_this_year(plans: Index) -> None:
    assert read(plans, "丰泽区今年新增多少学位？").years == ()


# --- follow-ups -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("turns", "question", "topic", "districts"),
    [
        (
            ["鲤城区的旅游收入目标是多少？", "那洛江呢？"],
            "洛江区的旅游收入目标是多少？",
            "旅游收入目标",
            ("洛江区",),
        ),
        (
            ["鲤城区的旅游收入目标是多少？", "那洛江和丰泽呢？"],
            "洛江区、丰泽区的旅游收入目标是多少？",
            "旅游收入目标",
            ("洛江区", "丰泽区"),
        ),
        (
            ["洛江和丰泽新增多少学位？", "鲤城区呢？"],
            "鲤城区新增多少学位？",
            "新增 学位",
            ("鲤城区",),
        ),
        (
            ["鲤城区的旅游收入目标是多少？", "教育方面呢？"],
            "鲤城区：教育方面呢？",
            "教育",
            ("鲤城区",),
        ),
        (
            ["丰泽新增多少学位？", "它的软件园呢？"],
            "丰泽区：它的软件园呢？",
            "软件园",
            ("丰泽区",),
        ),
        (
            ["洛江区有多少个教育项目？", "总投资是多少？"],
            "洛江区有多少个教育项目？ 总投资是多少？",
            "个教育项目 总投资",
            ("洛江区",),
        ),
        (
            ["去年洛江区接待了多少游客？", "今年想做到多少？"],
            "洛江区接待了多少游客？ 今年想做到多少？",
            "接待了 游客 今年想做到",
            ("洛江区",),
        ),
        (
            ["洛江区要修哪座桥？", "什么时候能通车？"],
            "洛江区要修哪座桥？ 什么时候能通车？",
            "要修哪座桥 能通车",
            ("洛江区",),
        ),
        (
            ["洛江的水库有什么问题？", "准备怎么治理？"],
            "洛江的水库有什么问题？ 准备怎么治理？",
            "水库 问题 治理",
            ("洛江区",),
        ),
        (
            ["丰泽区要新增多少学位？", "洛江区也有吗？"],
            "洛江区要新增多少学位？",
            "要新增 学位",
            ("洛江区",),
        ),
        (
            ["丰泽区新增多少学位？", "那其他区呢？"],
            "各区新增多少学位？",
            "新增 学位",
            ("洛江区", "鲤城区"),
        ),
        (
            ["丰泽区新增多少学位？", "各区呢？"],
            "各区新增多少学位？",
            "新增 学位",
            ALL,
        ),
        (
            ["丰泽区新增多少学位？", "跟洛江比呢？"],
            "丰泽区、洛江区新增多少学位？",
            "新增 学位",
            ("丰泽区", "洛江区"),
        ),
        (
            ["丰泽新增多少学位？", "洛江呢？", "两个区有什么不同？"],
            "丰泽区、洛江区新增多少学位？",
            "新增 学位",
            ("丰泽区", "洛江区"),
        ),
        (
            ["丰泽新增多少学位？", "再比较一下洛江"],
            "丰泽区、洛江区新增多少学位？",
            "新增 学位",
            ("丰泽区", "洛江区"),
        ),
        (
            ["丰泽有哪些教育项目？", "有具体数字吗？"],
            "丰泽有哪些教育项目？ 有具体数字吗？",
            "教育项目 有数字",
            ("丰泽区",),
        ),
        (
            ["丰泽新增多少学位？", "不是，我问的是旅游"],
            "丰泽区：不是，我问的是旅游",
            "旅游",
            ("丰泽区",),
        ),
        (
            ["丰泽新增多少学位？", "好的谢谢，洛江呢？"],
            "洛江区新增多少学位？",
            "新增 学位",
            ("洛江区",),
        ),
        (
            ["丰泽的旅游和洛江的学位怎么样？", "鲤城呢？"],
            "鲤城区的旅游、学位怎么样?",
            "旅游和 学位",
            ("鲤城区",),
        ),
        (
            ["丰泽新增多少学位？", "换个问题，长者食堂怎么收费？"],
            "换个问题，长者食堂怎么收费？",
            "长者食堂 收费",
            (),
        ),
        (
            ["丰泽区新增多少学位？", "和洛江有什么不同？"],
            "丰泽区、洛江区新增多少学位？",
            "新增 学位",
            ("丰泽区", "洛江区"),
        ),
        (
            ["丰择区有哪些教育项目？", "总投资多少？"],
            "丰泽区有哪些教育项目？ 总投资多少？",
            "教育项目 总投资",
            ("丰泽区",),
        ),
        (
            ["洛江和丰澤的旅遊收入", "它們的學位呢？"],
            "洛江区、丰泽区：它們的學位呢？",
            "学位",
            ("洛江区", "丰泽区"),
        ),
        (
            ["丰泽的旅游", "洛江呢？", "那学位呢？"],
            "洛江区：那学位呢？",
            "学位",
            ("洛江区",),
        ),
        (
            ["丰泽的旅游收入目标是多少？", "洛江那边呢？"],
            "洛江区的旅游收入目标是多少？",
            "旅游收入目标",
            ("洛江区",),
        ),
        (
            ["丰泽怎么扶持小店？", "洛江是怎么做的？"],
            "洛江区怎么扶持小店？ 做",
            "扶持小店 做",
            ("洛江区",),
        ),
        (
            ["丰泽怎么扶持小店？", "这方面洛江有什么做法？"],
            "洛江区怎么扶持小店？ 做法",
            "扶持小店 做法",
            ("洛江区",),
        ),
        (
            ["丰泽怎么扶持小店？", "同样的问题，洛江呢？"],
            "洛江区怎么扶持小店？",
            "扶持小店",
            ("洛江区",),
        ),
        (
            ["丰泽有哪些教育项目？", "那洛江的总投资是多少？"],
            "洛江区有哪些教育项目？ 总投资",
            "教育项目 总投资",
            ("洛江区",),
        ),
        (
            ["丰泽有哪些教育项目？", "花了多少钱？"],
            "丰泽有哪些教育项目？ 花了多少钱？",
            "教育项目 花了 钱",
            ("丰泽区",),
        ),
        (
            ["丰泽有哪些教育项目？", "有几个？"],
            "丰泽有哪些教育项目？ 有几个？",
            "教育项目 个",
            ("丰泽区",),
        ),
        (
            ["丰泽有哪些教育项目？", "详细说说"],
            "丰泽有哪些教育项目？",
            "教育项目",
            ("丰泽区",),
        ),
        (
            ["丰泽新增多少学位？", "哪个区最多？"],
            "各区新增多少学位？",
            "新增 学位",
            ALL,
        ),
        (
            ["丰泽新增多少学位？", "各区对比一下"],
            "各区新增多少学位？",
            "新增 学位",
            ALL,
        ),
        (
            ["洛江有什么打算？", "丰泽呢？"],
            "丰泽区有什么打算？",
            "",
            ("丰泽区",),
        ),
        (
            ["丰泽的旅游收入", "洛江有什么打算？"],
            "洛江有什么打算？",
            "",
            ("洛江区",),
        ),
        (
            ["丰泽新增多少学位？", "谢谢", "洛江呢？"],
            "洛江区新增多少学位？",
            "新增 学位",
            ("洛江区",),
        ),
        (
            ["洛江的水库怎么治理？", "在哪里？"],
            "洛江的水库怎么治理？ 在哪里？",
            "水库 治理",
            ("洛江区",),
        ),
        (
            ["洛江的水库怎么治理？", "骑行道在哪儿"],
            "洛江区：骑行道在哪儿",
            "骑行道",
            ("洛江区",),
        ),
        (
            ["洛江要修哪些骑行道？", "什么时候完工？"],
            "洛江要修哪些骑行道？ 什么时候完工？",
            "要修 骑行道 完工",
            ("洛江区",),
        ),
        (
            ["洛江今年要修多少公里骑行道？", "去年修了多少？"],
            "去年洛江区修了多少公里骑行道？",
            "修 公里骑行道",
            ("洛江区",),
        ),
        (
            ["洛江2024年修了多少公里骑行道？", "那今年的任务呢？"],
            "洛江修了多少公里骑行道？ 那今年的任务呢？",
            "修了 公里骑行道 今年的任务",
            ("洛江区",),
        ),
        (
            ["洛江今年公开招聘多少老师？", "去年招了多少？"],
            "洛江区：去年招了多少？",
            "去年招了",
            ("洛江区",),
        ),
        (
            ["洛江今年修了多少公里骑行道，办多少夜校？", "2024年一共修了多少？"],
            "2024年洛江区修了多少公里骑行道？",
            "修 公里骑行道",
            ("洛江区",),
        ),
        (
            ["洛江今年计划接待多少游客？", "去年实际接待了多少？", "丰泽今年呢？"],
            "今年丰泽区接待了多少游客？",
            "接待 游客",
            ("丰泽区",),
        ),
        (
            ["洛江要修哪些骑行道？", "钱从哪来"],
            "洛江要修哪些骑行道？ 钱从哪来",
            "要修 骑行道 钱从哪来",
            ("洛江区",),
        ),
        (
            ["丰泽有几家长者食堂？", "收费吗？"],
            "丰泽有几家长者食堂？ 收费吗？",
            "家长者食堂 收费",
            ("丰泽区",),
        ),
        (
            ["丰泽有几家长者食堂？", "洛江呢", "有什么区别？"],
            "丰泽区、洛江区有几家长者食堂？",
            "家长者食堂",
            ("丰泽区", "洛江区"),
        ),
        (
            ["丰泽有几家长者食堂？", "洛江呢", "哪个更多？"],
            "丰泽区、洛江区有几家长者食堂？",
            "家长者食堂",
            ("丰泽区", "洛江区"),
        ),
        (
            ["丰泽的旅游收入", "鲤城的旅游收入", "差多少？"],
            "丰泽区、鲤城区的旅游收入",
            "旅游收入",
            ("丰泽区", "鲤城区"),
        ),
        (
            ["丰泽的旅游收入", "洛江呢", "鲤城呢", "三个区加起来呢？"],
            "丰泽区、洛江区、鲤城区的旅游收入",
            "旅游收入",
            ("丰泽区", "洛江区", "鲤城区"),
        ),
        (
            ["丰泽的旅游收入", "洛江呢", "鲤城呢", "这两个区呢？"],
            "洛江区、鲤城区的旅游收入",
            "旅游收入",
            ("洛江区", "鲤城区"),
        ),
        (
            ["丰泽的旅游收入", "洛江的水库怎么治理？", "差多少？"],
            "洛江的水库怎么治理？ 差多少？",
            "水库 治理 差",
            ("洛江区",),
        ),
        (
            ["丰泽怎么扶持小店？", "洛江在这方面怎么做？"],
            "洛江区怎么扶持小店？ 做",
            "扶持小店 做",
            ("洛江区",),
        ),
        (
            ["丰泽怎么扶持小店？", "鲤城有什么亮点？"],
            "鲤城有什么亮点？",
            "",
            ("鲤城区",),
        ),
        (
            ["丰泽怎么扶持小店？", "鲤城养老这块呢？"],
            "鲤城养老这块呢？",
            "养老这块",
            ("鲤城区",),
        ),
        (
            ["鲤城新增多少学位？", "不是鲤城，是丰泽"],
            "丰泽区新增多少学位？",
            "新增 学位",
            ("丰泽区",),
        ),
        (
            ["鲤城新增多少学位？", "打错了，丰泽"],
            "丰泽区新增多少学位？",
            "新增 学位",
            ("丰泽区",),
        ),
        (
            ["洛江的旅游收入", "看看丰泽的"],
            "丰泽区的旅游收入",
            "旅游收入",
            ("丰泽区",),
        ),
        (
            ["丰泽的旅游收入", "我们洛江呢"],
            "洛江区的旅游收入",
            "旅游收入",
            ("洛江区",),
        ),
        (
            ["丰泽的旅游收入", "和去年比呢？"],
            "丰泽的旅游收入 和去年比呢？",
            "旅游收入 和去年比",
            ("丰泽区",),
        ),
        (
            ["丰泽今年的旅游收入", "比去年多吗？"],
            "丰泽今年的旅游收入 比去年多吗？",
            "今年的旅游收入 比去年多",
            ("丰泽区",),
        ),
        (
            ["洛江的旅游收入", "比丰泽多吗？"],
            "洛江区、丰泽区的旅游收入 多",
            "旅游收入 多",
            ("洛江区", "丰泽区"),
        ),
        (
            ["洛江的旅游收入", "那比丰泽呢"],
            "洛江区、丰泽区的旅游收入",
            "旅游收入",
            ("洛江区", "丰泽区"),
        ),
        (
            ["洛江的水库怎么治理？", "怎么招商？"],
            "洛江区：怎么招商？",
            "招商",
            ("洛江区",),
        ),
        (
            ["丰泽的水库怎么治理？", "洛江怎么养老？"],
            "洛江怎么养老？",
            "养老",
            ("洛江区",),
        ),
        (
            ["丰泽的旅游收入", "洛江呢", "前者呢？"],
            "丰泽区的旅游收入",
            "旅游收入",
            ("丰泽区",),
        ),
        (
            ["丰泽的旅游收入", "洛江呢", "后者的总投资呢"],
            "洛江区的旅游收入 总投资",
            "旅游收入 总投资",
            ("洛江区",),
        ),
        (
            ["豐澤的旅遊收入", "洛江呢", "兩個區有什麼不同"],
            "丰泽区、洛江区的旅遊收入",
            "旅游收入",
            ("丰泽区", "洛江区"),
        ),
        (
            ["丰泽的旅游收入", "換個問題，長者食堂怎麼收費？"],
            "換個問題，長者食堂怎麼收費？",
            "长者食堂 收费",
            (),
        ),
        (
            ["丰泽的旅游收入", "其餘區呢"],
            "各区的旅游收入",
            "旅游收入",
            ("洛江区", "鲤城区"),
        ),
        (
            ["丰泽的旅游收入", "洛江的面积有多大？"],
            "洛江的面积有多大？",
            "面积有多大",
            ("洛江区",),
        ),
        (
            ["洛江新增多少学位？", "在全市排第几？"],
            "洛江新增多少学位？ 在全市排第几？",
            "新增 学位 排第几",
            ("洛江区",),
        ),
        (
            ["洛江新增多少学位？", "占整个片区的几成？"],
            "洛江新增多少学位？ 占整个片区的几成？",
            "新增 学位 占整个片区的几成",
            ("洛江区",),
        ),
        (
            ["洛江怎么改善民生？", "具体从哪些领域下手？"],
            "洛江怎么改善民生？ 具体从哪些领域下手？",
            "改善民生 从 领域下手",
            ("洛江区",),
        ),
        (
            ["洛江教育项目", "什么时候完成", "谁负责", "总投资多少"],
            "洛江教育项目 总投资多少",
            "教育项目 总投资",
            ("洛江区",),
        ),
        (
            ["洛江教育项目", "前面说的那个项目什么时候完成"],
            "洛江教育项目 前面说的那个项目什么时候完成",
            "教育项目 完成",
            ("洛江区",),
        ),
        (
            ["丰泽的学校", "回到刚才的问题，洛江呢"],
            "洛江区的学校",
            "学校",
            ("洛江区",),
        ),
        (
            ["洛江去年新增多少学位？", "旅游收入呢"],
            "去年洛江区：旅游收入呢",
            "旅游收入",
            ("洛江区",),
        ),
        (
            ["洛江今年新增多少学位？", "旅游收入呢"],
            "洛江区：旅游收入呢",
            "旅游收入",
            ("洛江区",),
        ),
        (
            ["洛江教育项目", "资金从哪里来"],
            "洛江教育项目 资金从哪里来",
            "教育项目 资金从 来",
            ("洛江区",),
        ),
        (
            ["洛江学位", "全市排第几"],
            "洛江学位 全市排第几",
            "学位 排第几",
            ("洛江区",),
        ),
        (
            ["洛江和丰泽的教育", "另外两个区呢"],
            "各区的教育",
            "教育",
            ("鲤城区",),
        ),
        (
            ["洛江的教育", "那丰泽呢", "其他区呢"],
            "各区的教育",
            "教育",
            ("鲤城区",),
        ),
        (
            ["丰泽的学校", "洛江也有吗", "两个区一样吗"],
            "丰泽区、洛江区的学校",
            "学校",
            ("丰泽区", "洛江区"),
        ),
        (
            ["丰泽的学校", "不好意思，我说的是洛江"],
            "洛江区的学校",
            "学校",
            ("洛江区",),
        ),
        (
            ["洛江学校", "好那丰泽呢"],
            "丰泽区学校",
            "学校",
            ("丰泽区",),
        ),
        (
            ["各区的旅游", "只看丰泽"],
            "丰泽区的旅游",
            "旅游",
            ("丰泽区",),
        ),
        (
            ["洛江的养老", "不是养老，是学校"],
            "洛江区：不是养老，是学校",
            "学校",
            ("洛江区",),
        ),
        (
            ["丰泽老人吃饭", "还有没有老年食堂"],
            "丰泽区：还有没有老年食堂",
            "老年食堂",
            ("丰泽区",),
        ),
        (
            ["洛江的教育", "换个问题，旅游收入是多少？", "学校呢？"],
            "学校呢？",
            "学校",
            (),
        ),
        (
            ["福建省的教育", "具体在哪几个县"],
            "福建省的教育 具体在哪几个县",
            "教育",
            (),
        ),
    ],
)  # fmt: skip
def test_a_follow_up_takes_over_what_it_leaves_out(
    plans: Index, turns: list[str], question: str, topic: str, districts: tuple[str, ...]
) -> None:
    understood = read(plans, turns[-1], *turns[:-1])
    assert understood.question == question
    assert understood.topic == topic
    assert understood.districts == districts


@pytest.mark.parametrize(
    ("turns", "before"),
    [
        (["鲤城怎么修老屋？", "能补多少钱"], Before("修老屋", "怎么修老屋?")),
        (["鲤城怎么修老屋？", "丰泽呢，有没有这种补贴"], Before("修老屋", "怎么修老屋?")),
        (["鲤城怎么修老屋？", "丰泽的学位增加多少？"], None),
        (["鲤城怎么修老屋？", "换个问题", "学校呢？"], None),
    ],
)
def test_a_question_with_words_of_its_own_keeps_what_it_may_lean_on(
    plans: Index, turns: list[str], before: Before | None
) -> None:
    assert read(plans, turns[-1], *turns[:-1]).before == before


@pytest.mark.parametrize(
    "text", ["鲤城区怎么扶持小店？", "洛江的骑行道有多长？", "石狮的渔港呢？", "谢谢！"]
)
def test_a_whole_question_drops_what_was_asked_before(plans: Index, text: str) -> None:
    assert read(plans, text, "丰泽新增多少学位？") == read(plans, text)


@pytest.mark.parametrize(
    ("text", "before", "districts"),
    [
        ("泉州市新增多少学位？", "丰泽新增多少学位？", ALL),
        ("福建省洛江区新增多少学位？", "丰泽新增多少学位？", ("洛江区",)),
        ("还有呢？", "福建省洛江区新增多少学位？", ("洛江区",)),
        ("那丰泽呢？", "福建省洛江区新增多少学位？", ("丰泽区",)),
        ("洛江怎么学习浙江？", "丰泽新增多少学位？", ("洛江区",)),
    ],
)
def test_a_question_after_another_is_asked_of_the_places_that_it_asks_alone(
    plans: Index, text: str, before: str, districts: tuple[str, ...]
) -> None:
    understood = read(plans, text, before)
    assert (understood.districts, understood.missing) == (districts, ())


@pytest.mark.parametrize(
    ("remark", "name", "more"),
    [
        ("还有呢？", "more", 1),
        ("還有嗎", "more", 1),
        ("还有别的吗？", "more", 1),
        ("列出来", "more", 1),
        ("就这些吗", "more", 1),
        ("没了吗？", "more", 1),
        ("沒有別的了嗎", "more", 1),
        ("详细一点", "more", 1),
        ("能具体说说吗？", "more", 1),
        ("继续", "more", 1),
        ("举个例子", "more", 1),
        ("为什么？", "why", 0),
        ("这是为什么呢", "why", 0),
        ("真的吗？", "check", 0),
        ("没有吗？", "check", 0),
        ("除此之外", "more", 1),
        ("你确定吗", "check", 0),
        ("出处在哪里？", "check", 0),
        ("真的假的？", "check", 0),
        ("答非所问", "check", 0),
        ("哪份报告里写的？", "check", 0),
        ("再说一遍", "again", 0),
        ("看不懂", "again", 0),
        ("好的，这个什么意思", "again", 0),
        ("你怎么看？", "view", 0),
        ("这个目标高不高？", "view", 0),
        ("能实现吗？", "view", 0),
        ("用一句话总结", "view", 0),
        ("做成表格", "view", 0),
        ("太长了", "view", 0),
        ("以上数字是哪一年的？", "check", 0),
    ],
)
def test_a_remark_asks_the_question_before_it_again(
    plans: Index, remark: str, name: str, more: int
) -> None:
    asked, again = (
        read(plans, *turns)
        for turns in (("洛江要建多少教育项目？",), (remark, "洛江要建多少教育项目？"))
    )
    assert (again.remark, again.more) == (name, more)
    assert (again.topic, again.districts, again.kind) == (asked.topic, asked.districts, asked.kind)


@pytest.mark.parametrize(
    "text",
    [
        "还有学校呢？",
        "还有哪些学校？",
        "为什么没有学位？",
        "具体怎么做？",
        "继续教育有什么安排？",
        "原因分析",
        "其他收入",
        "真的要建学校吗？",
        "好的学校有几所？",
        "行政审批",
        "可以吗",
        "列出来的学校有几所？",
        "全部学校",
        "没有学位怎么办？",
        "你好，洛江有几所学校？",
    ],
)
def test_what_names_something_is_no_remark(plans: Index, text: str) -> None:
    assert read(plans, text).remark is None
    assert read(plans, text).kind != "none"


@pytest.mark.parametrize(
    "text",
    [
        "你好",
        "谢谢你的回答",
        "好的",
        "嗯嗯",
        "知道了！",
        "OK",
        "辛苦了",
        "滚",
        "你真是个笨蛋",
        "哈哈哈",
        "好滴",
        "我知道了",
        "很有帮助",
        "没了",
    ],
)
def test_courtesies_and_abuse_ask_nothing_and_are_passed_over(plans: Index, text: str) -> None:
    assert read(plans, text).kind == "none"
    asked = read(plans, "洛江呢？", "丰泽新增多少学位？", text)
    assert asked.question == "洛江区新增多少学位？"


def test_a_remark_on_nothing_asks_nothing(plans: Index) -> None:
    assert read(plans, "还有呢？").kind == "none"
    assert read(plans, "为什么？", "你好").kind == "none"
    assert read(plans, "洛江新增多少学位？", "为什么？").topic == "新增 学位"


def test_more_may_be_asked_for_again_and_ends_with_a_new_question(plans: Index) -> None:
    assert read(plans, "还有呢", "洛江的学位", "继续").more == 2
    assert read(plans, "丰泽呢？", "洛江的学位", "继续").more == 0
    assert read(plans, "旅游呢？", "洛江的学位", "继续").more == 0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("老屋怎么修？", ("洛江区",)),
        ("长者食堂一餐收多少钱？", ("洛江区",)),
        ("老屋呢？", ()),
        ("那老屋怎么修？", ()),
        ("它的老屋怎么修？", ()),
        ("老屋", ()),
        ("总投资是多少？", ()),
        ("丰泽的老屋怎么修？", ()),
        ("各区怎么修老屋？", ()),
    ],
)
def test_a_whole_question_is_known_to_have_its_place_only_from_before(
    plans: Index, text: str, kept: tuple[str, ...]
) -> None:
    assert read(plans, text, "洛江新增多少学位？").kept == kept
    assert read(plans, text, "洛江新增多少学位？", districts=("洛江",)).kept == ()


def test_a_follow_up_may_ask_of_the_year_before(reports: Index) -> None:
    understood = read(reports, "去年呢？", "丰泽区新增多少学位？")
    assert understood.question == "去年丰泽区新增多少学位？"
    assert understood.topic == "新增 学位"
    assert understood.years == (2024,)


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("丰泽去年呢？", "去年丰泽区新增多少学位？"),
        ("那2024年丰泽呢", "2024年丰泽区新增多少学位？"),
        ("丰泽二〇二四年的呢", "2024年丰泽区新增多少学位？"),
    ],
)
def test_a_follow_up_may_ask_of_another_place_and_year(
    reports: Index, text: str, question: str
) -> None:
    understood = read(reports, text, "洛江区2025年新增多少学位？")
    assert (understood.question, understood.topic) == (question, "新增 学位")
    assert understood.years == (2024,)


def test_another_part_of_the_year_is_asked_of_the_same(reports: Index) -> None:
    understood = read(reports, "全年呢？", "丰泽区一季度新增多少学位？")
    assert understood.districts == ("丰泽区",)
    assert understood.question == "全年丰泽区新增多少学位？"
    assert understood.topic == "全年 新增 学位"


def test_what_comes_in_five_years_isnt_asked_of_the_year_before(reports: Index) -> None:
    turns = ("丰泽区新增多少学位？", "去年呢？")
    understood = read(reports, "它的规模五年后要到多少？", *turns)
    assert (understood.districts, understood.years) == (("丰泽区",), ())
    assert understood.topic == "新增 学位 规模五年后要到"


@pytest.mark.parametrize("text", ["和去年比呢？", "比去年多吗？"])
def test_a_year_to_compare_with_keeps_the_year_that_was_asked(reports: Index, text: str) -> None:
    assert set(read(reports, text, "丰泽区2025年新增多少学位？").years) == {2024, 2025}


@pytest.mark.parametrize(
    "text", ["哪个更高？", "差多少？", "两个区有什么不同？", "對比一下", "有什么区别"]
)
def test_districts_asked_one_after_another_are_compared(plans: Index, text: str) -> None:
    understood = read(plans, text, "丰泽的旅游收入是多少？", "洛江呢？")
    assert (understood.kind, understood.topic) == ("compare", "旅游收入")
    assert understood.districts == ("丰泽区", "洛江区")


def test_a_follow_up_may_ask_of_a_city_without_documents(plans: Index) -> None:
    understood = read(plans, "厦门呢？", "鲤城区的旅游收入目标是多少？")
    assert understood.missing == ("厦门市",)
    assert understood.question == "厦门市的旅游收入目标是多少？"


def test_a_follow_up_may_ask_of_another_year(reports: Index) -> None:
    understood = read(reports, "2024年呢？", "丰泽区2025年新增多少学位？")
    assert understood.question == "2024年丰泽区新增多少学位？"
    assert understood.years == (2024,)


def test_a_follow_up_may_ask_of_a_place_that_nobody_knows(plans: Index) -> None:
    understood = read(plans, "那思明区呢？", "鲤城区的旅游收入目标是多少？")
    assert understood.missing == ("思明区",)
    assert understood.question == "思明区的旅游收入目标是多少？"


# --- what can't be asked --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "message"),
    [
        (Question(""), "问题是空的；请写出要问的话"),
        (Question(" \n\u3000"), "问题是空的；请写出要问的话"),
        (Question("学" * 10_000), "问题有 10000 字，最多 2000 字；请缩短"),
        (Question("学位", ("学" * 2001,)), "前面的问题有 2001 字，最多 2000 字；请缩短"),
        (Question("学位\ud800"), "问题里有不成字的编码；请用 UTF-8 重新输入"),
        (
            Question("学位", ("旅游",) * (MAX_HISTORY + 1)),
            "前面的问题最多 50 个；请只留最近的",
        ),
        (Question("学位", top_k=0), "top_k 是 0；请用 1 到 20 的数"),
        (Question("学位", top_k=21), "top_k 是 21；请用 1 到 20 的数"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_why(
    plans: Index, question: Question, message: str
) -> None:
    with pytest.raises(QuestionError) as raised:
        understand(question, plans)
    assert str(raised.value) == message


def test_an_unknown_district_to_restrict_to_lists_the_known(plans: Index) -> None:
    with pytest.raises(UnknownDistrictError) as raised:
        read(plans, "学位", districts=("火星",))
    assert str(raised.value) == "不认识地区“火星”；文件里有：丰泽区、洛江区、鲤城区"


@pytest.mark.parametrize(
    ("name", "districts"),
    [
        ("鲤城", ("鲤城区",)),
        (" 鯉城區 ", ("鲤城区",)),
        ("丰择区", ("丰泽区",)),
        ("罗江", ("洛江区",)),
        ("洛江县", ("洛江区",)),
    ],
)
def test_a_district_to_restrict_to_has_whatever_name_a_question_may_give_it(
    plans: Index, name: str, districts: tuple[str, ...]
) -> None:
    assert read(plans, "学位", districts=(name,)).districts == districts


def test_how_a_district_to_restrict_to_was_taken_is_told(plans: Index) -> None:
    assert read(plans, "学位", districts=("罗江", "鲤城")).corrected == {"罗江": "洛江区"}
    assert read(plans, "学位", districts=("厦门",)).corrected == {}


def test_an_unknown_district_that_is_near_a_known_one_is_told_which(plans: Index) -> None:
    with pytest.raises(UnknownDistrictError) as raised:
        read(plans, "学位", districts=("鲤东区",))
    told = "不认识地区“鲤东区”；是不是鲤城区？文件里有：丰泽区、洛江区、鲤城区"
    assert str(raised.value) == told


@pytest.mark.parametrize("word", ["嗯", "不同", "没有", "做下一年"])
def test_a_long_row_of_words_that_say_nothing_is_read_through(plans: Index, word: str) -> None:
    assert read(plans, word * 60 + "学校", "丰泽新增多少学位？").districts == ("丰泽区",)
