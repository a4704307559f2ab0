"""Groups of places that a question names at once."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts

from index.gazetteer import Gazetteer, bundled_gazetteer
from index.segmenter import full_segmenter
from index.store import Index
from qa.answer import ask
from qa.groups import members_of, spelt_out
from qa.places import places_in
from qa.types import Answer, Question

PROVINCES = [
    name for name in bundled_gazetteer().districts if not bundled_gazetteer().ancestors(name)
]


def written_out(question: str, covered: list[str] = PROVINCES) -> str:
    gazetteer = bundled_gazetteer()
    return spelt_out(question, gazetteer, full_segmenter(gazetteer), covered)[0]


@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("东北三省", "辽宁省 吉林省 黑龙江省"),
        ("東北三省", "辽宁省 吉林省 黑龙江省"),
        ("长三角地区", "上海市 江苏省 浙江省 安徽省"),
        ("长三角三省一市", "上海市 江苏省 浙江省 安徽省"),
        ("西北五省（区）", "陕西省 甘肃省 青海省 宁夏回族自治区 新疆维吾尔自治区"),
        ("四个直辖市", "北京市 天津市 上海市 重庆市"),
        ("粤港澳大湾区", "广东省 香港特别行政区 澳门特别行政区"),
        ("北上广深", "北京市 上海市 广州市 深圳市"),
        ("京津冀鲁豫", "北京市 天津市 河北省 山东省 河南省"),
        ("江浙沪皖", "江苏省 浙江省 上海市 安徽省"),
        ("闽南", ""),
        ("洛江区", ""),
    ],
)
def test_a_group_has_its_members(gazetteer: Gazetteer, group: str, members: str) -> None:
    assert " ".join(members_of(group, gazetteer)) == members


@pytest.mark.parametrize(
    ("group", "count"),
    [
        ("东部", 10),
        ("中部", 6),
        ("西部", 12),
        ("沿海", 11),
        ("沿黄", 9),
        ("黄河流域", 9),
        ("长江经济带", 11),
    ],
)
def test_a_group_has_as_many_members_as_is_known(
    gazetteer: Gazetteer, group: str, count: int
) -> None:
    assert len(set(members_of(f"{group}各省", gazetteer))) == count


def test_east_middle_west_and_north_east_are_the_whole_mainland(gazetteer: Gazetteer) -> None:
    parts = [members_of(part, gazetteer) for part in ("东部", "中部", "西部", "东北")]
    assert len({member for part in parts for member in part}) == sum(map(len, parts)) == 31


@pytest.mark.parametrize(
    ("question", "read"),
    [
        ("京津冀怎么治霾？", "北京市、天津市、河北省怎么治霾？"),
        ("那東北三省的糧食呢？", "那辽宁省、吉林省、黑龙江省的糧食呢？"),
        ("东北的粮食目标", "辽宁省、吉林省、黑龙江省的粮食目标"),
        ("请问川渝地区怎么修路", "请问四川省、重庆市怎么修路"),
        ("西北五省区怎么治沙？", "陕西省、甘肃省、青海省、宁夏回族自治区、新疆维吾尔自治区怎么治沙？"),
        ("哪个直辖市的目标最高？", "北京市、天津市、上海市、重庆市哪个的目标最高？"),
        ("中西部省份", "山西省、安徽省、江西省、河南省、湖北省、湖南省、" + written_out("西部各省")),
        ("全国直辖市的学位", "北京市、天津市、上海市、重庆市的学位"),
        ("两广和福建的荔枝", "广东省、广西壮族自治区和福建的荔枝"),
        ("福建与两广的荔枝", "福建与广东省、广西壮族自治区的荔枝"),
        ("除了北京，其他直辖市的学位", "天津市、上海市、重庆市的学位"),
        ("川渝和福建、广东的荔枝", "四川省、重庆市和福建、广东的荔枝"),
        ("福建、广东和川渝的荔枝", "福建、广东和四川省、重庆市的荔枝"),
        ("除了北京其他直辖市的学位", "天津市、上海市、重庆市的学位"),
        ("除了京津冀，其他省的学位", "除了北京市和天津市和河北省，其他省的学位"),
    ],
)  # fmt: skip
def test_a_group_that_is_asked_is_written_out(question: str, read: str) -> None:
    assert written_out(question) == read


@pytest.mark.parametrize(
    "question",
    [
        "福建怎么对接长三角？",
        "怎么融入京津冀？",
        "安徽的长三角一体化",
        "京津冀协同发展有什么安排？",
        "西部大开发有什么安排？",
        "中部地区崛起",
        "粤港澳大湾区建设",
        "内蒙古自治区的牧场",
        "自治区的牧场",
        "广东省西部的公路",
        "北京东部怎么修路",
        "东北角的公园",
        "谁提到了长三角？",
        "港澳居民有什么便利？",
        "东中西部怎么协调？",
        "洛江的学位",
    ],
)
def test_a_group_that_is_only_spoken_of_stays(question: str) -> None:
    assert written_out(question) == question


def test_a_side_of_a_town_is_no_group_of_provinces() -> None:
    assert written_out("西部的路怎么修？", ["洛江区", "鲤城区"]) == "西部的路怎么修？"
    assert written_out("长三角的路怎么修？", []) == "长三角的路怎么修？"


def test_a_member_without_documents_gives_way_to_what_lies_in_it() -> None:
    covered = ["广州市", "深圳市", "广西壮族自治区"]
    assert written_out("两广的路", covered) == "广州市、深圳市、广西壮族自治区的路"


# --- as it is answered ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def provinces(index_of_texts: IndexOfTexts) -> Index:
    places = {"北京市": 700, "天津市": 510, "河北省": 930, "福建省": 880}
    return index_of_texts(
        {
            f"{name}.txt": f"{name}的打算\n\n{name}新增学位{number}个，都在家门口。"
            for name, number in places.items()
        }
    )


def answer(index: Index, text: str, *history: str) -> Answer:
    return ask(Question(text, history), index)


@pytest.mark.parametrize(
    "form", ["{}新增多少学位？", "{}的学位新增了几个", "请问{}今年新增学位多少"]
)
@pytest.mark.parametrize(
    ("group", "members"),
    [
        ("京津冀", "北京市、天津市、河北省"),
        ("京津冀三地", "北京、天津、河北"),
        ("直辖市", "北京市、天津市、上海市、重庆市"),
        ("華北各省", "北京、天津、河北、山西、内蒙古"),
        ("沿海省份", "辽宁、天津、河北、山东、江苏、上海、浙江、福建、广东、广西、海南"),
    ],
)
def test_a_group_is_answered_as_its_members_by_name(
    provinces: Index, form: str, group: str, members: str
) -> None:
    one, other = (answer(provinces, form.format(who)) for who in (group, members))
    assert one.answered
    assert one.by_district == other.by_district
    assert one.passages == other.passages


def test_an_answer_says_who_belongs_to_a_group_and_who_has_no_documents(provinces: Index) -> None:
    found = answer(provinces, "直辖市新增多少学位？")
    assert list(found.by_district) == ["北京市", "天津市", "上海市", "重庆市"]
    assert found.understood.missing == ("上海市", "重庆市")
    assert found.message.endswith(
        "没有上海市、重庆市的文件。（直辖市：北京市、天津市、上海市、重庆市。）"
    )


def test_a_group_of_which_nobody_has_documents_is_refused(provinces: Index) -> None:
    found = answer(provinces, "川渝新增多少学位？")
    assert (found.reason, found.passages) == ("unknown_district", ())
    assert found.message.startswith("没有四川省、重庆市的文件")


def test_a_follow_up_may_turn_to_a_group(provinces: Index) -> None:
    found = answer(provinces, "那京津冀呢？", "福建新增多少学位？")
    assert found.understood.question == "北京市、天津市、河北省新增多少学位？"
    assert list(found.by_district) == ["北京市", "天津市", "河北省"]


def test_the_districts_to_restrict_to_may_be_a_group(provinces: Index) -> None:
    found = ask(Question("新增多少学位？", districts=("直辖市",)), provinces)
    assert list(found.by_district) == ["北京市", "天津市"]
    assert found.message.endswith("（直辖市：北京市、天津市。）")


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("粤苏浙三省的目标", "广东省、江苏省、浙江省的目标"),
        ("沪苏浙皖今年的目标", "上海市、江苏省、浙江省、安徽省今年的目标"),
        ("云贵川渝四省市的目标", "云南省、贵州省、四川省、重庆市的目标"),
        (
            "陕甘宁青新五省区的风电",
            "陕西省、甘肃省、宁夏回族自治区、青海省、新疆维吾尔自治区的风电",
        ),
        ("苏浙两省的外贸", "江苏省、浙江省的外贸"),
        ("京津冀新目标", "北京市、天津市、河北省新目标"),
        ("苏浙的外贸", "苏浙的外贸"),
        ("南京津贴多少", "南京津贴多少"),
        ("青川县的茶", "青川县的茶"),
    ],
)
def test_provinces_named_by_one_character_each_are_written_out(
    question: str, expected: str
) -> None:
    assert written_out(question) == expected


@pytest.mark.parametrize("question", ["哪些省份提到浙江的经验", "哪些省学习浙江的经验"])
def test_what_all_are_asked_about_is_the_theme(question: str) -> None:
    gazetteer = bundled_gazetteer()
    places = places_in(question, gazetteer, full_segmenter(gazetteer), PROVINCES)
    assert places.every
    assert places.districts == ()
    assert "浙江" in places.text


def test_a_group_whose_members_are_named_too_is_only_their_sum() -> None:
    known = bundled_gazetteer(), full_segmenter(bundled_gazetteer()), ["北京市", "天津市", "河北省"]
    text, groups = spelt_out("京津冀三地的目标：北京、天津、河北各多少？", *known)
    assert (text, groups) == ("的目标：北京、天津、河北各多少？", {})
