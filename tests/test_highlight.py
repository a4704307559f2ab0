"""The words of a passage that answer."""

from __future__ import annotations

from typing import get_args

import pytest
from conftest import IndexOfTexts

from index.store import Index
from qa.highlight import Marker
from qa.types import Kind, Understood
from qa.wording import topic_of


def marker(question: str, index: Index, kind: Kind = "fact") -> Marker:
    topic = topic_of(question)
    return Marker.of(Understood(question, topic, kind=kind), topic, index)


def marked(text: str, question: str, index: Index, kind: Kind = "fact") -> list[str]:
    return [text[start:end] for start, end in marker(question, index, kind).spans(text)]


SHORT = "鲤城区将新建4所幼儿园。放学后的托管班开到晚上七点。教师宿舍同步动工。"


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("新建几所幼儿园", "鲤城区将新建4所幼儿园。"),
        ("托管班开到晚上几点", "放学后的托管班开到晚上七点。"),
        ("教师宿舍动工了吗", "教师宿舍同步动工。"),
        ("教師宿舍動工了嗎", "教师宿舍同步动工。"),
    ],
)
def test_the_sentence_that_answers_is_marked(plans: Index, question: str, words: str) -> None:
    assert marked(SHORT, question, plans) == [words]


LONG = (
    "全年要把六个菜市场改造成上下两层，楼上留给裁缝、修表和配钥匙的小手艺人，"
    "楼下的摊位费三年内不涨价，早市五点开门，卫生由街道每天检查两次并且公示在门口。"
)


@pytest.mark.parametrize(
    ("question", "words"),
    [("摊位费几年内不涨价", "摊位费三年内不涨价"), ("早市几点开门", "早市五点开门")],
)
def test_of_a_long_sentence_only_the_clauses_that_answer_are_marked(
    plans: Index, question: str, words: str
) -> None:
    (found,) = marked(LONG, question, plans)
    assert words in found
    assert len(found) < len(LONG) / 2
    assert found == found.strip("，。 ") or found.endswith("。")


def test_a_lead_sentence_is_not_the_answer_if_more_follows(plans: Index) -> None:
    text = "三要把学校办好。新增学位1200个。"
    assert marked(text, "学校新增多少学位", plans) == ["新增学位1200个。"]


def test_a_figure_asked_for_is_marked_with_what_it_counts(plans: Index) -> None:
    text = "旅游收入是大家都关心的事。全年旅游收入要达到86亿元。"
    assert marked(text, "旅游收入多少", plans) == ["全年旅游收入要达到86亿元。"]


@pytest.mark.parametrize("text", ["学", "。", "学位", "\n学位\n", "，，，", "a" * 400, "学" * 400])
def test_any_text_gets_a_range_inside_it(plans: Index, text: str) -> None:
    for kind in get_args(Kind):
        for start, end in marker("学位有多少？", plans, kind).spans(text):
            assert 0 <= start <= end <= len(text)


WAYS = (
    "按照市里“建设宜居城区”的要求，街道每月评一次卫生红旗，把得分贴在公告栏，给前三名的楼栋添置花箱，"
    "激发居民打扫楼道的热情。收费标准由物价部门另行规定，三年不变，到期以后再由居民代表一起商量。"
)


def test_a_way_is_marked_with_the_clauses_beside_what_it_is_for(plans: Index) -> None:
    (first, *_) = marked(WAYS, "怎么激发居民打扫楼道的热情", plans, "way")
    assert first == (
        "街道每月评一次卫生红旗，把得分贴在公告栏，给前三名的楼栋添置花箱，激发居民打扫楼道的热情。"
    )


def test_what_the_writer_cites_is_not_marked(plans: Index) -> None:
    for words in marked(WAYS, "怎么建设宜居城区", plans, "way"):
        assert "按照" not in words


def test_a_long_sentence_that_cites_all_but_a_few_words_is_marked_whole(plans: Index) -> None:
    text = "按照中央关于促进夜校发展壮大的决策部署，围绕省里实施学堂惠民战略的要求，结合市里三年行动的工作部署，狠抓落实。"
    assert marked(text, "怎么促进夜校发展", plans, "way") == [text]


def test_no_more_than_two_thirds_of_a_passage_are_marked(plans: Index) -> None:
    for question in ("怎么激发居民打扫楼道的热情", "收费标准怎么规定", "楼栋怎么打扫"):
        assert sum(map(len, marked(WAYS, question, plans, "way"))) <= len(WAYS) * 2 / 3


def test_a_figure_that_only_names_something_is_not_the_one_asked_for(plans: Index) -> None:
    text = "推行“3+2”的国企改革模式，优化人员结构。国企去年的利润增加了7亿元，还清了旧账。"
    assert marked(text, "国企的利润增加了多少", plans) == [
        "国企去年的利润增加了7亿元，还清了旧账。"
    ]


def test_without_a_theme_the_sentence_that_plans_most_is_marked(plans: Index) -> None:
    text = "三年前开了第一家书店。明年将再开两家，争取每个街道都有。"
    found = Marker.of(Understood("有什么打算？", "", kind="overview"), "", plans).spans(text)
    assert [text[start:end] for start, end in found] == ["明年将再开两家，争取每个街道都有。"]


HOURS = (
    "办事大厅的窗口都排好了班，由值班员在门口登记并且引导到各个柜台去坐好，"
    "收取材料的时间为上午8:30到12:00、下午2:30到5:30，周末照旧由各个街道轮流值守。"
)


def test_no_mark_ends_inside_a_time(plans: Index) -> None:
    (found,) = marked(HOURS, "收取材料的时间是几点", plans)
    assert "上午8:30到12:00、下午2:30到5:30" in found


def test_a_short_sentence_that_answers_is_marked(plans: Index) -> None:
    text = "请来各类老师174人。参加考试的人数实现翻番。新盖三栋教师宿舍，明年交付。"
    assert marked(text, "参加考试的人数翻了几番", plans) == ["参加考试的人数实现翻番。"]


def test_a_numbered_sentence_that_is_long_tells_something(plans: Index) -> None:
    text = (
        "三要把校车开进山里，给九个村的孩子每天接送两趟，不收车费。"
        "家长在路口等候，邻居轮流看着孩子们上车。"
    )
    (first, *_) = marked(text, "校车怎么接送孩子", plans, "way")
    assert first == "三要把校车开进山里，给九个村的孩子每天接送两趟，不收车费。"


def test_another_things_figure_is_not_marked(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "洛江区.txt": "洛江区的打算\n\n小店增长5%。\n\n客流增长8%。\n\n早市摊位增长9%。",
            "鲤城区.txt": "鲤城区的打算\n\n果园增长5%。\n\n夜校学位增长6%，校车不收费。",
        }
    )
    text = (
        "今年主要预期目标是：全镇小店营业额增长5%左右，街道公共书屋收入增长2.5%，"
        "校车保稳提质，种菜面积不减，新开书店二十家以上。"
    )
    (found,) = marked(text, "今年校车增长目标是多少", index)
    assert "校车保稳提质" in found


@pytest.mark.parametrize("kind", ["yesno", "list", "fact"])
def test_where_a_word_is_asked_for_only_what_says_it_is_marked(plans: Index, kind: Kind) -> None:
    text = "大力推广托管班。给小学配齐篮球架和图书角，放学后的操场开到晚上七点，并请退休老师照看。"
    topic = "篮球架"
    understood = Understood("各区提到篮球架了吗？", topic, kind=kind)
    for start, end in Marker.of(understood, topic, plans, literally=True).spans(text):
        assert "篮球架" in text[start:end]
