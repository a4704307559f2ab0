"""Which places a question names."""

from __future__ import annotations

import pytest
from helpers import cut

from index.counties import with_counties
from index.gazetteer import Gazetteer, bundled_gazetteer
from index.segmenter import full_segmenter
from qa.mentions import mentions_in, with_capitals
from qa.places import Places, as_of_one, places_in, short_name, speaks_of, without_places

COVERED = ("鲤城区", "洛江区", "丰泽区")


def places(question: str, covered: tuple[str, ...] = COVERED) -> Places:
    gazetteer = bundled_gazetteer()
    return places_in(question, gazetteer, full_segmenter(gazetteer), covered)


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ("鲤城区的旅游", ("鲤城区",)),
        ("鲤城的旅游", ("鲤城区",)),
        ("鯉城區的旅遊", ("鲤城区",)),
        ("豐澤和洛江的旅遊", ("丰泽区", "洛江区")),
        ("洛江、丰泽、鲤城各有什么打算", ("洛江区", "丰泽区", "鲤城区")),
        ("洛江跟丰泽比", ("洛江区", "丰泽区")),
        ("洛江及鲤城", ("洛江区", "鲤城区")),
        ("洛江区和洛江的学校", ("洛江区",)),
        ("福建省泉州市洛江区的学校", ("洛江区",)),
        ("福建省的学校", ("福建省",)),
        ("厦门市的学校", ("厦门市",)),
        ("厦门呢", ("厦门市",)),
        ("厦门今年怎样", ("厦门市",)),
        ("广州旅游收入", ("广州市",)),
        ("那佛山的学校", ("佛山市",)),
        ("石狮、厦门的学校", ("石狮市", "厦门市")),
        ("鲤城和厦门比", ("鲤城区", "厦门市")),
        ("孙中山纪念馆", ()),
        ("阳江片区怎么开发", ()),
        ("阳江怎么开发", ("阳江市",)),
        ("泉州古城在哪个区", ()),
        ("学校", ()),
    ],
)
def test_districts_are_named_by_full_and_short_names(
    question: str, districts: tuple[str, ...]
) -> None:
    assert places(question).districts == districts
    assert not places(question).unlisted


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ("请问武汉新建学校几所", ("武汉市",)),
        ("在武汉改造多少旧楼", ("武汉市",)),
        ("我想知道宜昌建几所学校", ("宜昌市",)),
        ("除了武汉，其他市新建多少学校", ()),
        ("武汉大学怎么走", ()),
        ("了解来宾接待", ()),
    ],
)
def test_a_city_with_documents_is_named_wherever_its_name_is_a_word(
    question: str, districts: tuple[str, ...]
) -> None:
    assert places(question, ("武汉市", "宜昌市")).districts == districts


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ("魏都、建安、禹州的食堂", ("魏都区", "建安区", "禹州市")),
        ("建安和魏都的食堂", ("建安区", "魏都区")),
        ("魏都跟建安比", ("魏都区", "建安区")),
        ("对比魏都、经开区两地的食堂", ("魏都区", "许昌经济技术开发区")),
        ("许昌市、建安区、禹州市的食堂", ("许昌市", "建安区", "禹州市")),
        ("许昌市建安区的食堂", ("建安区",)),
        ("魏都和建安企业", ("魏都区",)),
        ("魏都和建安有关的项目", ("魏都区",)),
        ("魏都、建安和教育投入", ("魏都区",)),
        ("建安企业有几家", ()),
        ("魏都的建安企业", ("魏都区",)),
    ],
)
def test_beside_other_districts_a_short_name_that_is_a_word_is_a_district(
    question: str, districts: tuple[str, ...]
) -> None:
    covered = ("许昌市", "魏都区", "建安区", "禹州市", "许昌经济技术开发区")
    gazetteer = with_counties(bundled_gazetteer(), covered)
    named = places_in(question, gazetteer, full_segmenter(gazetteer), covered)
    assert named.districts == districts


def test_a_name_after_a_conjunction_begins_a_word(gazetteer: Gazetteer) -> None:
    found = mentions_in("那洛江和丰泽呢", gazetteer, full_segmenter(gazetteer))
    assert [(district, *span) for district, span in found] == [("洛江区", 1, 3), ("丰泽区", 4, 6)]
    assert "".join(cut("那洛江和丰泽呢")) == "那洛江和丰泽呢"


@pytest.mark.parametrize(
    "question",
    [
        "除了鲤城，其他区的学校",
        "除了鯉城，其他區的學校",
        "除鲤城以外的学校",
        "除鲤城区外，各区的学校",
        "鲤城以外的学校",
        "鲤城区之外的区的学校",
        "各区的学校，不包括鲤城",
        "不算鲤城，各区的学校",
        "那除了鲤城呢",
        "不要鲤城，其他三个区的学校",
        "除了鲤城还有哪些区的学校",
        "除了鲤城以外，还有哪个区在修学校",
        "各区不包含鲤城的学校",
        "鲤城除外，各区的学校",
        "各区的学校（鲤城除外）？",
    ],
)
def test_a_district_named_to_be_left_out_is_excluded(question: str) -> None:
    found = places(question)
    assert found.excluded == {"鲤城区"}
    assert found.districts == ()
    assert found.every
    assert not found.unlisted


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("如何消除洛江区的安全隐患，有哪些措施", "如何消除 的安全隐患,有哪些措施"),
        ("洛江区怎样消除安全隐患，有哪些措施", "怎样消除安全隐患,有哪些措施"),
        ("洛江区拆除多少违建，还有什么打算", "拆除多少违建,还有什么打算"),
    ],
)
def test_what_is_done_away_with_is_not_left_out(question: str, text: str) -> None:
    found = places(question)
    assert (found.districts, found.every, found.text.strip()) == (("洛江区",), False, text)


def test_several_districts_may_be_left_out() -> None:
    assert places("除了洛江和丰泽，其他区").excluded == {"洛江区", "丰泽区"}
    assert places("洛江、丰泽以外的区").excluded == {"洛江区", "丰泽区"}
    assert places("除了洛江、丰泽，别的区").excluded == {"洛江区", "丰泽区"}
    assert places("除洛江、丰泽以外的区的学校").excluded == {"洛江区", "丰泽区"}
    assert places("不包括洛江、丰泽，各区的学校").excluded == {"洛江区", "丰泽区"}
    assert places("各区的学校（不算洛江、丰泽）").excluded == {"洛江区", "丰泽区"}
    assert places("除洛江、丰泽以外的区的学校").text.split() == ["的学校"]


def test_who_is_named_beside_what_is_left_out_is_asked_alone() -> None:
    found = places("除了鲤城，丰泽、洛江的学校")
    assert (found.excluded, found.districts, found.every) == (
        {"鲤城区"},
        ("丰泽区", "洛江区"),
        False,
    )


@pytest.mark.parametrize(
    "question",
    ["不是鲤城，是丰泽", "我说的不是鲤城，而是丰泽", "不是鲤城，丰泽的", "不是厦门，是丰泽"],
)
def test_a_district_that_was_not_meant_gives_way_to_the_one_that_was(question: str) -> None:
    found = places(question)
    assert (found.districts, found.every) == (("丰泽区",), False)


@pytest.mark.parametrize(
    "question", ["不是鲤城户口，能上学吗", "不是鲤城人，是不是要交钱", "不是说鲤城，丰泽有吗"]
)
def test_what_someone_is_not_leaves_out_no_district(question: str) -> None:
    assert not places(question).excluded


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("洛江的午餐不要钱吗", "的午餐不要钱吗"),
        ("街道管不管洛江的老树", "街道管不管 的老树"),
        ("不要钱的洛江公园有几座", "不要钱的 公园有几座"),
    ],
)
def test_what_is_not_done_leaves_out_no_district(question: str, text: str) -> None:
    found = places(question)
    assert (found.districts, found.excluded) == (("洛江区",), frozenset())
    assert found.text.strip() == text


def test_what_follows_a_district_left_out_is_still_asked() -> None:
    assert places("各区不包括鲤城今年建几所学校").text.split() == ["今年建几所学校"]


def test_a_theme_left_out_excludes_no_district() -> None:
    found = places("鲤城区除了旅游还有什么打算")
    assert (found.districts, found.excluded) == (("鲤城区",), frozenset())


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("鲤城区委书记", "区委书记"),
        ("鲤城区长", "区长"),
        ("鲤城区区长", "区长"),
        ("鲤城区长期规划", "长期规划"),
        ("鲤城区长者助餐", "长者助餐"),
        ("鲤城区委托第三方", "委托第三方"),
        ("鲤城区位条件", "区位条件"),
        ("泉州市场价", "市场价"),
        ("福建省会的地铁", "省会的地铁"),
        ("福建省会在哪里", "省会在"),
        ("福建省会不会修路", "会不会修路"),
        ("洛江除了教育还做什么", "做什么"),
        ("那除了鲤城和洛江呢?", "和 呢?"),
    ],
)
def test_what_a_place_leaves_behind_is_read_on(question: str, text: str) -> None:
    assert " ".join(places(question).text.split()).removeprefix("那 ") == text


@pytest.mark.parametrize(
    "question",
    [
        "各区的学校",
        "哪些区有学校",
        "所有区县",
        "三个区的学校",
        "4个区的学校",
        "其他两个区",
        "全市的学校",
        "各地的学校",
        "泉州市的学校",
        "各区民生怎么改善",
        "各市道路的规划",
        "各区场馆何时开放",
        "各市价格怎么管",
        "哪个市值得去，哪个市最便宜",
        "多少个省提到无人机",
        "有多少地区要修水渠",
        "31省的养老",
        "谁的绿地目标最高",
        "绿地最多的区是哪个",
        "哪个区绿地多",
        "泉州各区的学校",
        "泉州所有区的学校",
        "泉州学校几所",
        "哪个区没有提到学校",
        "哪个区未说到学校",
        "有没有区没提到学校",
        "四区的学校",
        "泉州四区的学校",
        "这四区里谁有学校",
        "各市州的学校",
        "各市、州的学校",
        "各设区市的学校",
        "哪个市州的学校最多",
    ],
)
def test_every_district_may_be_asked_at_once(question: str) -> None:
    assert places(question).every


@pytest.mark.parametrize("question", [
    "全市场", "各区域", "学校", "洛江区的学校", "泉州市洛江区", "有哪些市级重点项目", "洛江有几个省级项目",
    "修几个县道", "哪些市民能申请", "哪家医院进了全国县级医院300强", "洛江有哪些区别",
    "哪些县城要通水", "有多少市民来过", "有多少省内游客",
    "一带四区", "国家级四区的试点", "四区叠加的政策", "两区一县的学校", "三区域的学校",
    "哪个区有没有提到学校", "哪个区没有提高补贴", "泉州湾的治理", "我在泉州古城开店",
    "多少地方特产", "31省道", "谁的绿地更多", "哪个区要扩大", "哪个区的医院进了百强",
    "哪些县的人可以免票", "哪里有附小", "绿地是多少",
])  # fmt: skip
def test_not_every_word_like_it_asks_for_all_districts(question: str) -> None:
    assert not places(question).every


@pytest.mark.parametrize("question", ["哪个区有骑行道", "骑行道在哪里", "什么地方有骑行道"])
def test_any_one_district_may_be_asked_for(question: str) -> None:
    assert places(question).anywhere
    assert not places(question).every


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("丰择区的旅游", {"丰择区": "丰泽区"}),
        ("罗江区的旅游", {"罗江区": "洛江区"}),
        ("里城区的旅游", {"里城区": "鲤城区"}),
        ("罗江区和丰择区", {"罗江区": "洛江区", "丰择区": "丰泽区"}),
        ("鲤城区的旅游", {}),
        ("旅游", {}),
        ("怎么治理城市积水", {}),
        ("怎样清理城区的河道", {}),
        ("罗江区级公园", {}),
    ],
)
def test_a_misspelt_district_is_taken_by_its_sound(
    question: str, corrected: dict[str, str]
) -> None:
    assert places(question).corrected == corrected


@pytest.mark.parametrize(
    "question",
    ["河被填了怎么办", "治安会不会更好", "政府建省级粮库吗", "这江水清不清"],
)
def test_ordinary_words_are_no_misspelt_provinces(question: str) -> None:
    assert not places(question, ("河北省", "安徽省", "福建省", "浙江省")).corrected


def test_a_misspelt_short_name_is_taken_where_only_a_place_can_stand() -> None:
    assert places("何北的粮库", ("河北省",)).corrected == {"何北": "河北省"}
    assert places("那何北呢", ("河北省",)).corrected == {"何北": "河北省"}


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("落江教育项目", {"落江": "洛江区"}),
        ("理城旅游收入多少", {"理城": "鲤城区"}),
        ("理城市的垃圾", {}),
        ("里程碑项目", {}),
        ("那理城旅游收入多少", {}),
    ],
)
def test_a_misspelt_short_name_is_taken_where_a_question_begins(
    question: str, corrected: dict[str, str]
) -> None:
    assert places(question).corrected == corrected


@pytest.mark.parametrize("question", ["河被污染了怎么办", "这江上面能钓鱼吗", "和北方合作"])
def test_a_question_that_begins_with_words_begins_with_no_name(question: str) -> None:
    assert not places(question, ("河北省", "浙江省")).corrected


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ("丰泽区和罗江区的旅游", ("丰泽区", "洛江区")),
        ("鲤城和罗江的旅游", ("鲤城区", "洛江区")),
        ("丰则、落江和鲤城的旅游", ("丰泽区", "洛江区", "鲤城区")),
        ("鲤城的医院和理城市的桥", ("鲤城区",)),
        ("洛江、里程的旅游", ("洛江区",)),
        ("洛江区治理城区的河道", ("洛江区",)),
    ],
)
def test_beside_a_district_that_is_named_only_one_joined_to_it_is_misspelt(
    question: str, districts: tuple[str, ...]
) -> None:
    assert places(question).districts == districts


def test_a_misspelt_district_may_be_left_out() -> None:
    found = places("除了立城区，其他区的旅游")
    assert (found.excluded, found.corrected) == ({"鲤城区"}, {"立城区": "鲤城区"})
    assert not places("消除里城区的积水").excluded


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("luojiang 的旅游", {"luojiang": "洛江区"}),
        ("鲤城和Fengze的旅游", {"fengze": "丰泽区"}),
        ("luojiangqu有几所学校", {"luojiangqu": "洛江区"}),
        ("What does licheng plan", {}),
        ("lujiang的旅游", {}),
    ],
)
def test_a_district_may_be_spelt_in_latin_letters(question: str, corrected: dict[str, str]) -> None:
    assert places(question).corrected == corrected


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("丰泽渠学校几所", "学校几所"),
        ("鲤城趣旅游收入", "旅游收入"),
        ("丰泽渠道建设", "渠道建设"),
        ("洛江渠水治理", "渠水治理"),
        ("鲤城趣味运动会", "趣味运动会"),
        ("鲤城去年旅游收入", "去年旅游收入"),
    ],
)
def test_the_end_of_a_name_may_be_misheard(question: str, text: str) -> None:
    assert places(question).text.strip() == text


@pytest.mark.parametrize(
    ("question", "unlisted"),
    [
        ("思明区的旅游", ("思明区",)),
        ("厦门市思明区的旅游", ("厦门市思明区",)),
        ("福建省厦门市思明区的旅游", ("福建省厦门市思明区",)),
        ("同安区、思明区的旅游", ("同安区", "思明区")),
        ("朝阳区的旅游", ("朝阳区",)),
        ("浇地能省下多少水", ()),
        ("上杭县的旅游", ("上杭县",)),
        ("鲤城的超市", ()),
        ("菜市场和夜市", ()),
        ("老城区和小区", ()),
        ("哪家区医院进了百强", ()),
        ("城市更新", ()),
        ("在县里上学", ()),
        ("其他区和哪个区", ()),
        ("有什么区别", ()),
        ("两者的区别", ()),
        ("思明区别的景点", ("思明区",)),
        ("回民区的公园", ("回民区",)),
        ("爱民区的公园", ("爱民区",)),
        ("南开区的公园", ("南开区",)),
        ("天心区的公园", ("天心区",)),
        ("图们市的公园", ("图们市",)),
        ("怎么方便市民看病", ()),
        ("县城和市政管网", ()),
        ("楼价高的区", ()),
        ("咱们区的公园", ()),
        ("核心区和经开区", ()),
        ("度假区要建成旅游强区", ()),
    ],
)
def test_places_that_no_gazetteer_lists_are_seen_to_be_places(
    question: str, unlisted: tuple[str, ...]
) -> None:
    assert places(question).unlisted == unlisted


@pytest.mark.parametrize(
    ("question", "districts", "text"),
    [
        ("鲤城支持厦门做什么", ("鲤城区",), "支持厦门做什么"),
        ("鲤城有没有提到厦门", ("鲤城区",), "有没有提到厦门"),
        ("鲤城怎么学习洛江的做法", ("鲤城区",), "怎么学习洛江的做法"),
        ("哪些区学习三明医改", (), "学习三明医改"),
        ("鲤城提到了厦门吗", ("鲤城区",), "提到了厦门吗"),
        ("鲤城怎样，厦门呢", ("鲤城区", "厦门市"), "怎样, 呢"),
        ("鲤城和厦门的学校", ("鲤城区", "厦门市"), "和 的学校"),
        ("鲤城和厦门的合作", ("鲤城区",), "和厦门的合作"),
        ("鲤城和厦门市有哪些交流", ("鲤城区",), "和厦门市有哪些交流"),
        ("鲤城和厦门市的合作区各有几个", ("鲤城区", "厦门市"), "和 的合作区各有几个"),
        ("鲤城和洛江的合作", ("鲤城区", "洛江区"), "和 的合作"),
        ("鲤城石狮的学校", ("鲤城区", "石狮市"), "的学校"),
        ("江西南昌今年怎样", ("江西省",), "南昌今年怎样"),
        ("江西省南昌市今年怎样", ("江西省",), "南昌市今年怎样"),
        ("福建省厦门今年怎样", ("厦门市",), "今年怎样"),
    ],
)
def test_a_place_that_another_speaks_of_is_the_theme(
    question: str, districts: tuple[str, ...], text: str
) -> None:
    found = places(question, (*COVERED, "江西省"))
    assert found.districts == districts
    assert " ".join(found.text.split()) == text


@pytest.mark.parametrize(
    "question", ["修高铁的区有哪些", "提到高铁的县有多少个", "有哪些区", "建高铁的地方都有哪些"]
)
def test_districts_may_be_asked_for_after_what_they_do(question: str) -> None:
    assert places(question).every


@pytest.mark.parametrize(
    "question", ["有没有地区要修高铁", "有没有哪个县提到高铁", "有没有区要修高铁"]
)
def test_whether_there_is_one_asks_for_any(question: str) -> None:
    assert (places(question).every, places(question).anywhere) == (False, True)


@pytest.mark.parametrize(
    "question",
    [
        "有没有地方特色",
        "有没有区别",
        "有没有区间车",
        "有没有区分",
        "有什么区别",
        "这两家什么区别",
        "有没有省级奖项",
        "全国文明城市",
        "全国重点实验室有几个",
        "怎么融入全国统一大市场",
        "有什么区位优势",
        "有哪些市政工程",
    ],
)
def test_what_only_begins_like_a_place_asks_for_none(question: str) -> None:
    assert (places(question).every, places(question).anywhere) == (False, False)


def test_the_best_of_all_districts_is_asked_of_every_one() -> None:
    found = places("哪个区的学校最多")
    assert (found.every, found.anywhere) == (True, False)


@pytest.mark.parametrize(
    ("text", "place", "speaks"),
    [
        ("支持厦门建设枢纽", "厦门市", True),
        ("支持思明区建设枢纽", "厦门市思明区", True),
        ("支持朝阳建设枢纽", "朝阳区", False),
        ("湖南安全生产", "南安市", False),
        ("支持南安发展水暖", "南安市", True),
        ("支持晋江发展鞋业", "厦门市", False),
    ],
)
def test_a_text_speaks_of_a_place_by_any_of_its_names(
    text: str, place: str, speaks: bool, gazetteer: Gazetteer
) -> None:
    assert speaks_of(text, place, gazetteer, full_segmenter(gazetteer)) is speaks


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ("香港特别行政区", "香港"),
        ("延边朝鲜族自治州", "延边"),
        ("阿拉善盟", "阿拉善"),
        ("大兴安岭地区", "大兴安岭"),
        ("内蒙古自治区", "内蒙古"),
        ("海南藏族自治州", "海南藏族自治州"),
        ("朝阳区", "朝阳区"),
    ],
)
def test_a_short_name_leaves_out_what_kind_of_place_it_is(
    place: str, name: str, gazetteer: Gazetteer
) -> None:
    assert short_name(place, gazetteer) == name


@pytest.mark.parametrize(
    "question",
    [
        "洛江区的学校",
        "各区的学校",
        "除了洛江，其他区的学校",
        "思明区的学校",
        "哪个区的学校",
        "泉州市的学校",
    ],
)
def test_what_is_left_of_a_question_has_no_places(question: str) -> None:
    assert places(question).text.split() == ["的学校"]


def test_without_districts_in_the_documents_a_place_is_a_word_like_any_other() -> None:
    assert places("洛江区的学校", covered=()) == Places(text="洛江区的学校")


@pytest.mark.parametrize(
    ("question", "places", "left"),
    [
        ("洛江区要建多少教育项目？", ["洛江区"], "要建多少教育项目?"),
        ("洛江的石化呢", ["洛江区"], "石化呢"),
        ("洛江区在建的学校有几所？", ["洛江区"], "在建的学校有几所?"),
        ("鲤城区和谐社区怎么建？", ["鲤城区"], "和谐社区怎么建?"),
        ("泉港区：它的医疗呢？", ["泉港区"], "它的医疗呢?"),
        ("福建支持厦门做什么？", ["福建省"], "支持厦门做什么?"),
        ("除了鯉城，其他區的旅遊收入是多少？", ["洛江区"], "旅游收入是多少?"),
        ("洛江和鲤城今年分别建几所？", ["洛江区", "鲤城区"], "今年建几所?"),
        ("在洛江停车要收费吗？", ["洛江区"], "停车要收费吗?"),
        ("从洛江往外地寄货要几天？", ["洛江区"], "往外地寄货要几天?"),
        ("洛江、鲤城和思明区的旅游收入", ["洛江区", "鲤城区", "思明区"], "旅游收入"),
        ("洛江各自然村通水了吗？", ["洛江区"], "各自然村通水了吗?"),
        ("洛江区", ["洛江区"], "洛江区"),
        ("鲤城/洛江 旅游", ["鲤城区", "洛江区"], "旅游"),
        ("鲤城&洛江旅游", ["鲤城区", "洛江区"], "旅游"),
        ("泉州各区的旅游", ["鲤城区", "洛江区"], "旅游"),
        ("福建省泉州市洛江区的旅游", ["洛江区"], "旅游"),
        ("洛江到泉州的公路", ["洛江区"], "到泉州的公路"),
        ("关于泉州市洛江区的旅游", ["洛江区"], "关于 的旅游"),
        ("我想问福建省泉州洛江的旅游", ["洛江区"], "我想问 的旅游"),
        ("洛江的税收占泉州海关多少", ["洛江区"], "税收占泉州海关多少"),
        ("新建学校", [], "新建学校"),
    ],
)
def test_a_place_that_is_asked_itself_need_not_be_named(
    question: str, places: list[str], left: str
) -> None:
    gazetteer = bundled_gazetteer()
    assert without_places(question, places, gazetteer, full_segmenter(gazetteer)) == left


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("三地今年新增学位", "今年新增学位"),
        ("两区的学位目标各是多少?", "学位目标是多少?"),
        ("五个县今年修多少路", "今年修多少路"),
        ("学位对比", "学位"),
        ("两区一园建设", "两区一园建设"),
        ("2025市场监管", "2025市场监管"),
        ("3地铁站", "3地铁站"),
        ("多地块开发", "多地块开发"),
        ("四省通衢", "四省通衢"),
        ("各族各界", "各族各界"),
        ("屏幕对比度", "屏幕对比度"),
    ],
)
def test_what_tells_only_that_several_are_asked_is_left_out(text: str, left: str) -> None:
    assert as_of_one(text) == left


@pytest.mark.parametrize(
    ("question", "districts", "within"),
    [
        ("全市要建多少学校？", ("泉州市",), ()),
        ("全市各区要建多少学校？", (), COVERED),
        ("各区要建多少学校？", (), COVERED),
        ("哪些区要建学校？", (), COVERED),
        ("鲤城在全市排第几？", ("鲤城区",), ()),
        ("全县要建多少学校？", (), ()),
        ("全市场要建几个？", (), ()),
    ],
)
def test_a_city_with_documents_of_its_own_is_asked_as_the_whole_of_it(
    question: str, districts: tuple[str, ...], within: tuple[str, ...]
) -> None:
    found = places(question, (*COVERED, "泉州市"))
    assert found.districts == districts
    assert (found.within if found.every else ()) == within


@pytest.mark.parametrize(
    ("question", "unlisted"),
    [
        ("寿县今年种多少田？", ("寿县",)),
        ("克什克腾旗今年接待多少游客？", ("克什克腾旗",)),
        ("外县的人能来吗？", ()),
    ],
)
def test_a_county_that_no_document_is_of_is_a_place(
    question: str, unlisted: tuple[str, ...]
) -> None:
    assert places(question).unlisted == unlisted


def test_a_name_that_a_districts_begins_stays_what_is_asked() -> None:
    assert places("洛江湖呢").text == "洛江湖呢"
    assert places("洛江呢").text.strip() == "呢"


@pytest.mark.parametrize(
    ("question", "districts"),
    [
        ("商城呢？", ("商城县",)),
        ("商城今年修路吗？", ("商城县",)),
        ("商城要不要修路？", ("商城县",)),
        ("商城那边打算修几条路", ("商城县",)),
        ("商城乡下的路修吗？", ("商城县",)),
        ("从商城坐车去学校要多久？", ("商城县",)),
        ("商城要修吗？", ()),
    ],
)
def test_a_short_name_that_is_a_word_is_asked_alone(
    question: str, districts: tuple[str, ...]
) -> None:
    gazetteer = with_counties(bundled_gazetteer(), ["商城县"])
    found = places_in(question, gazetteer, full_segmenter(gazetteer), ["商城县", "光山县"])
    assert found.districts == districts


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("福建省会的地铁多长？", "福建福州的地铁多长？"),
        ("福建的省会城市和广西首府呢", "福建福州和广西南宁呢"),
        ("福建省会不会修地铁？", "福建省会不会修地铁？"),
        ("省会的地铁多长？", "省会的地铁多长？"),
        ("洛江省会的地铁", "洛江省会的地铁"),
    ],
)
def test_a_provinces_capital_goes_by_its_name(question: str, expected: str) -> None:
    assert with_capitals(question, bundled_gazetteer()) == expected
