"""From a question to its answer: passages, districts, years, and why nothing answers."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from conftest import IndexOfTexts
from helpers import PLANS

from index.build import build_index
from index.encoders import bundled_encoder
from index.gazetteer import Gazetteer
from index.sources import read_bytes
from index.store import Index, open_index
from index.types import Passage
from qa import retrieve
from qa.answer import ask, search
from qa.confidence import LIKELIER
from qa.errors import QuestionError
from qa.hits import Hits
from qa.retrieve import same_words
from qa.types import Answer, Question
from qa.understand import understand


def answer(index: Index, text: str, *history: str, top_k: int = 5) -> Answer:
    return ask(Question(text, history, top_k=top_k), index)


def first(found: Answer) -> str:
    return found.passages[0].passage.text


# --- answered -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "district"),
    [
        ("骑行道修在哪个区？", "洛江区"),
        ("长者食堂是哪个区的？", "丰泽区"),
        ("机场建在哪个区？", None),
    ],
)
def test_which_district_it_is_a_passages_address_tells(
    plans_by_model: Index, question: str, district: str | None
) -> None:
    found = answer(plans_by_model, question)
    told = found.passages[0].passage.district if found.answered else None
    assert told == district


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("洛江区新增多少学位？", "新增学位5400个"),
        ("鲤城区新增多少学位？", "新增学位1200个"),
        ("丰泽区的长者食堂一餐收多少钱？", "一餐只收五元"),
        ("洛江区机械产业基金有多少亿元？", "2亿元的机械产业基金"),
        ("哪个区的软件园要添楼面？", "软件园再添40万平方米楼面"),
        ("惠女水库周边多少公里内不再养猪？", "三公里内不再养猪"),
        ("沿街老屋修好多少栋？", "修好三百栋"),
        ("学位 鲤城", "新增学位1200个"),
        ("35亿元", "旅游收入达到35亿元"),
        ("9.5亿元", "投资9.5亿元"),
        ("洛江 骑行道", "二十公里的骑行道"),
    ],
)
def test_the_first_passage_holds_what_was_asked(plans: Index, question: str, words: str) -> None:
    found = answer(plans, question)
    assert found.answered
    assert found.reason is None
    assert words in first(found)


def test_who_mentions_a_thing_says_its_words(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "鲤城区.txt": "鲤城区的打算\n鲤城区扩建一座核电站，装上两台机组，明年并网发电。",
            "洛江区.txt": "洛江区的打算\n洛江区改造水电站，装上三台机组，明年并网发电。",
        }
    )
    found = answer(index, "各区提到核电站了吗？")
    assert found.by_district["鲤城区"]
    assert found.by_district["洛江区"] == ()


def test_only_the_district_asked_about_is_shown(plans: Index) -> None:
    found = answer(plans, "洛江区新增多少学位？", top_k=20)
    assert {shown.passage.district for shown in found.passages} == {"洛江区"}


def test_no_more_passages_are_shown_than_asked_for(plans: Index) -> None:
    assert len(answer(plans, "新增多少学位？", top_k=1).passages) == 1
    assert len(answer(plans, "新增多少学位？", top_k=3).passages) == 3


def test_no_two_passages_say_the_same(plans: Index) -> None:
    found = answer(plans, "新增多少学位？", top_k=20)
    pairs = combinations([shown.passage for shown in found.passages], 2)
    assert not any(same_words(one, other) for one, other in pairs)


def test_the_marked_words_stand_in_the_passage(plans: Index) -> None:
    for shown in answer(plans, "各区新增多少学位？").passages:
        for start, end in shown.highlights:
            assert 0 <= start < end <= len(shown.passage.text)


def test_a_follow_up_is_answered_for_its_own_district(plans: Index) -> None:
    found = answer(plans, "那洛江呢？", "鲤城区新增多少学位？")
    assert "新增学位5400个" in first(found)


def test_an_answer_is_a_plain_object(plans: Index) -> None:
    found = answer(plans, "洛江区新增多少学位？").to_dict()
    assert found["answered"] is True
    assert found["by_district"] == {"洛江区": [row["id"] for row in found["passages"]]}
    assert 0 <= found["confidence"] <= 1


# --- several districts ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["各区新增多少学位？", "全市新增多少学位？", "三个区新增多少学位？"]
)
def test_every_district_answers_for_itself(plans: Index, text: str) -> None:
    found = answer(plans, text)
    by_id = {shown.passage.id: shown.passage for shown in found.passages}
    assert list(found.by_district) == ["丰泽区", "洛江区", "鲤城区"]
    firsts = [by_id[ids[0]].text for ids in found.by_district.values()]
    for words, passage in zip(("学位3800个", "学位5400个", "学位1200个"), firsts, strict=True):
        assert words in passage


def test_every_district_has_its_first_passage_before_any_has_its_second(plans: Index) -> None:
    found = answer(plans, "各区新增多少学位？")
    districts = [shown.passage.district for shown in found.passages]
    assert len(set(districts[:3])) == 3


@pytest.mark.parametrize("text", ["除了鲤城，其他区新增多少学位？", "鲤城以外的区新增多少学位？"])
def test_a_district_left_out_has_no_place_in_the_answer(plans: Index, text: str) -> None:
    found = answer(plans, text)
    assert set(found.by_district) == {"丰泽区", "洛江区"}
    assert {shown.passage.district for shown in found.passages} == {"丰泽区", "洛江区"}


def test_districts_named_are_answered_in_their_order(plans: Index) -> None:
    found = answer(plans, "洛江和丰泽新增多少学位？")
    assert list(found.by_district) == ["洛江区", "丰泽区"]
    assert all(found.by_district.values())


def test_a_silent_district_keeps_an_empty_place(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "丰泽区.txt": "丰泽区的海边\n\n沙滩每天清扫两次。",
            "洛江区.txt": "洛江区的山里\n\n林场养了三百箱蜜蜂。",
        }
    )
    found = answer(index, "各区的沙滩每天清扫几次？")
    assert found.answered
    assert found.by_district["洛江区"] == ()
    assert len(found.by_district["丰泽区"]) == 1


def test_a_missing_district_keeps_an_empty_place_beside_one_that_answers(plans: Index) -> None:
    found = answer(plans, "石狮和洛江的旅游收入达到多少？")
    assert found.answered
    assert found.by_district["石狮市"] == ()
    assert found.by_district["洛江区"]


def test_every_id_by_district_is_among_the_passages(plans: Index) -> None:
    found = answer(plans, "各区的旅游收入达到多少？", top_k=1)
    ids = {shown.passage.id for shown in found.passages}
    assert {id for own in found.by_district.values() for id in own} <= ids
    assert len(ids) >= 3


def test_an_open_question_lists_the_districts_that_it_found(plans: Index) -> None:
    found = answer(plans, "哪个区的软件园要添楼面？")
    assert next(iter(found.by_district)) == "丰泽区"


# --- refused --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ("泉港区的旅游收入是多少？", "unknown_district"),
        ("石狮的学位呢？", "unknown_district"),
        ("金门的旅游收入", "unknown_district"),
        ("厦门市思明区新增多少学位？", "unknown_district"),
        ("鲤城区的水库周边养猪吗？", "district_silent"),
        ("洛江区的软件园再添多少平方米楼面？", "district_silent"),
        ("今天天气怎么样？", "off_topic"),
        ("你好", "off_topic"),
        ("写一首情诗给我", "off_topic"),
        ("Python 怎么读取文件？", "off_topic"),
        ("；', DROP TABLE", "off_topic"),
        ("😊", "off_topic"),
    ],
)
def test_what_no_document_answers_is_refused_with_a_reason(
    plans_by_model: Index, question: str, reason: str
) -> None:
    found = answer(plans_by_model, question)
    assert not found.answered
    assert found.reason == reason
    assert found.message


def test_a_refusal_shows_the_nearest_passages_for_judging(plans_by_model: Index) -> None:
    found = answer(plans_by_model, "洛江区的软件园再添多少平方米楼面？")
    assert found.passages
    assert found.by_district == {"洛江区": ()}


def test_nothing_is_marked_in_what_does_not_answer(plans_by_model: Index) -> None:
    refused = answer(plans_by_model, "鲤城区的机械产业基金有多少亿元？")
    assert not refused.answered
    assert all(shown.highlights == () for shown in refused.passages)
    assert all((shown.status, shown.figures) == (None, ()) for shown in refused.passages)
    best, *rest = answer(plans_by_model, "软件园再添多少平方米楼面？").passages
    assert best.highlights
    assert all(bool(shown.highlights) == (shown.score >= 0.4) for shown in rest)


def test_two_questions_in_one_message_are_each_answered(plans_by_model: Index) -> None:
    found = answer(plans_by_model, "洛江的机械产业基金有多少亿元？丰泽的长者食堂一餐收多少钱？")
    texts = {shown.passage.id: shown.passage.text for shown in found.passages}
    assert "2亿元的机械产业基金" in texts[found.by_district["洛江区"][0]]
    assert "一餐只收五元" in texts[found.by_district["丰泽区"][0]]


@pytest.mark.parametrize("text", ["今天天气怎么样？", "写一首关于鲤城的诗", "1+1等于几？"])
def test_what_is_no_question_to_documents_is_off_topic(plans_by_model: Index, text: str) -> None:
    found = answer(plans_by_model, text)
    assert (found.answered, found.reason) == (False, "off_topic")


def test_an_unknown_district_is_a_key_with_nothing(plans_by_model: Index) -> None:
    found = answer(plans_by_model, "泉港区的旅游收入是多少？")
    assert found.by_district == {"泉港区": ()}
    assert found.passages == ()


def test_a_district_that_others_speak_of_is_not_unknown(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "丰泽区.txt": "丰泽区的打算\n\n丰泽区向晋江学习渔港管理，每月派人去一次。",
            "洛江区.txt": "洛江区的打算\n\n林场养了三百箱蜜蜂。",
        }
    )
    found = answer(index, "谁向晋江学习渔港管理？")
    assert found.answered
    assert found.passages[0].passage.district == "丰泽区"
    assert answer(index, "晋江的房价").reason == "no_evidence"


def test_documents_without_districts_answer_plainly(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {"备忘.txt": "图书馆备忘\n\n图书馆周一闭馆。\n\n二楼的自习室要预约，每天放号六十个。"}
    )
    found = answer(index, "图书馆周几闭馆？")
    assert found.answered
    assert "周一闭馆" in first(found)
    assert found.by_district == {}


# --- conversations --------------------------------------------------------------------------------


def test_a_whole_new_question_leaves_a_district_that_does_not_answer_it(
    plans_by_model: Index,
) -> None:
    found = answer(plans_by_model, "软件园再添多少平方米楼面？", "洛江区新增多少学位？")
    assert found.answered
    assert found.passages[0].passage.district == "丰泽区"
    assert found.understood.question == "软件园再添多少平方米楼面？"
    assert found.message.startswith("前面问的洛江区没有说到；不限地区：")
    assert "丰泽区的文章" in found.message
    again = answer(plans_by_model, "还有呢？", "洛江区新增多少学位？", "软件园再添多少平方米楼面？")
    assert again.passages == found.passages


def test_a_whole_new_question_keeps_a_district_that_answers_it(plans_by_model: Index) -> None:
    found = answer(plans_by_model, "旅游收入达到多少？", "洛江区新增多少学位？")
    assert found.by_district.keys() == {"洛江区"}
    assert "35亿元" in first(found)


def test_what_leans_on_the_question_before_stays_with_its_district(plans_by_model: Index) -> None:
    found = answer(plans_by_model, "那软件园再添多少平方米楼面？", "洛江区新增多少学位？")
    assert (found.answered, found.reason) == (False, "district_silent")
    leaning = answer(plans_by_model, "软件园呢？", "洛江区新增多少学位？")
    assert leaning.understood.districts == ("洛江区",)
    assert leaning.confidence < 0.2


def test_asking_for_more_shows_more_and_the_same_first(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            f"洛江区{i}号备忘.txt": f"{i}号备忘\n\n{name}学校新建一座操场，跑道{i}00米。"
            for i, name in enumerate("东西南北中前后", start=1)
        }
    )
    first_asked = "洛江学校新建操场"
    asked = answer(index, first_asked, top_k=3)
    more = answer(index, "还有呢？", first_asked, top_k=3)
    all_of_it = answer(index, "继续", first_asked, "还有呢？", top_k=3)
    last = answer(index, "还有吗", first_asked, "还有呢？", "继续", top_k=3)
    assert [len(found.passages) for found in (asked, more, all_of_it, last)] == [3, 6, 7, 7]
    assert more.passages[:3] == asked.passages
    assert "没有更多相关的话了。" not in more.message + all_of_it.message
    assert last.message.endswith("没有更多相关的话了。")


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        ("为什么？", "这里只引原文，不另外解释原因。"),
        ("你怎么看？", "这里只引原文，不作评价和概括。"),
        ("真的吗？", "是否属实，请按出处核对。"),
    ],
)
def test_a_remark_that_no_passage_answers_is_answered_plainly(
    plans_by_model: Index, remark: str, told: str
) -> None:
    asked = answer(plans_by_model, "洛江区新增多少学位？")
    again = answer(plans_by_model, remark, "洛江区新增多少学位？")
    assert again.message == asked.message + told
    assert first(again) == first(asked)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("谢谢", "请提问。可以问各地区的计划、数字和做法，例如「丰泽区有什么打算？」。"),
        ("还有呢？", "前面没有问过问题，不知道指的是什么；请把问题写全。"),
    ],
)
def test_what_asks_nothing_is_told_what_can_be_asked(
    plans_by_model: Index, text: str, told: str
) -> None:
    found = answer(plans_by_model, text)
    assert (found.reason, found.message) == ("off_topic", told)


# --- years ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def reports(index_of_texts: IndexOfTexts) -> Index:
    def report(year: int, places: int) -> str:
        return f"{year}年丰泽区工作报告\n\n力争新增学位{places}个。\n\n海边步道再修三公里。"

    return index_of_texts(
        {
            "2024年丰泽区工作报告.txt": report(2024, 1700),
            "2025年丰泽区工作报告.txt": report(2025, 2600),
        }
    )


@pytest.mark.parametrize(
    ("question", "places"),
    [
        ("丰泽区今年力争新增多少学位？", "2600个"),
        ("丰泽区2025年力争新增多少学位？", "2600个"),
        ("丰泽区2024年力争新增多少学位？", "1700个"),
        ("丰泽区去年力争新增多少学位？", "1700个"),
        ("2024年力争新增多少学位？", "1700个"),
    ],
)
def test_a_year_asked_about_comes_first(reports: Index, question: str, places: str) -> None:
    assert places in first(answer(reports, question))


def test_a_follow_up_on_another_year_is_answered_from_it(reports: Index) -> None:
    found = answer(reports, "那2024年呢？", "丰泽区今年力争新增多少学位？")
    assert "1700个" in first(found)


# --- reprints -------------------------------------------------------------------------------------


def test_an_article_that_is_printed_twice_is_shown_once(index_of_texts: IndexOfTexts) -> None:
    text = (PLANS / "洛江区.txt").read_text(encoding="utf-8")
    index = index_of_texts({"洛江区.txt": text, "洛江区转载.txt": text})
    found = answer(index, "洛江区新增多少学位？", top_k=20)
    texts = [shown.passage.text for shown in found.passages]
    assert len(texts) == len(set(texts))
    assert [place.document for place in found.passages[0].passage.also_at] == ["洛江区转载.txt"]


# --- what can't be asked --------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", "  ", "学" * 2001, "\udcff"])
def test_what_is_no_question_is_an_error_not_an_answer(plans: Index, text: str) -> None:
    with pytest.raises(QuestionError):
        answer(plans, text)


@pytest.mark.parametrize(
    "text",
    [
        "学" * 2000, "a" * 2000, "?" * 2000, "1" * 2000, "洛江" * 900, "\x00\x01", "\u200b", "\ufffd",
        "AND OR NOT (", 'field:value ^2 ~ "', "<script>alert(1)</script>", "../../etc/passwd",
        "%s %d {} \\", "𠀀𠀁", "ﷺ", "除了，其他区", "除了鲤城洛江丰泽，其他区新增多少学位", "、和与跟",
        "对比" * 500 + "猫", "的打算" * 500 + "猫", "总投资" * 500 + "猫", "这些" * 500 + "猫", "同" * 999 + "猫",
    ],
)  # fmt: skip
def test_hostile_text_is_answered_or_refused_like_any_other(plans: Index, text: str) -> None:
    found = answer(plans, text)
    assert found.answered == (found.reason is None)
    assert found.to_dict()["message"]


@pytest.mark.parametrize(
    ("before", "told"),
    [
        ("鲤城怎么修老屋？", "沿街老屋"),
        ("鲤城怎么扶持小店？", "租金由区里贴补"),
        ("鲤城怎么发展旅游？", "旅游收入"),
    ],
)
def test_what_tells_little_by_itself_is_found_where_the_theme_before_it_is(
    plans: Index, before: str, told: str
) -> None:
    assert told in answer(plans, "能免多少", before).passages[0].passage.text


def test_a_new_theme_is_found_whatever_was_asked_before(plans: Index) -> None:
    assert "教育项目" in answer(plans, "教室呢", "洛江怎么保护水库？").passages[0].passage.text


# --- what stands for what is beside it ---------------------------------------------------------------


def hits_of(monkeypatch: pytest.MonkeyPatch, *reads: float, **fields: Any) -> Hits:
    """Hits whose candidates are alike, but for how they read."""
    texts = [f"第{n}处修路。" for n in range(len(reads))]
    by_text = dict(zip(texts, reads, strict=True))
    monkeypatch.setattr(retrieve, "reads", lambda asked, text: by_text[text])
    signals = {**dict.fromkeys(retrieve.SIGNALS, 0.5), "asked": 1.5}
    found = [
        retrieve.Candidate(n, Passage(f"p{n}", text, "文件.txt", "d", n, ()), signals, 0.0)
        for n, text in enumerate(texts)
    ]
    return Hits(None, found, "修路", **fields)


def test_whether_documents_answer_is_told_by_the_best_reading_of_the_first_few(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hits = hits_of(monkeypatch, -4.0, 5.0, -4.0)
    best, third = hits.confidence, hits.confidence_of(hits.candidates[2])
    alone = hits_of(monkeypatch, -4.0, -4.0, -4.0).confidence
    far = hits_of(monkeypatch, -4.0, -4.0, -4.0, 5.0).confidence
    assert best > alone == far == third


def test_what_tells_of_another_year_doesnt_stand_for_what_is_beside_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hits = hits_of(monkeypatch, -4.0, 5.0, years=(2025,))
    other = replace(hits.candidates[1].passage, section="一、2025年任务", date="2025-01-14")
    dated = [hits.candidates[0], replace(hits.candidates[1], passage=other)]
    asked = [replace(hits, candidates=dated, years=(year,)).confidence for year in (2024, 2025)]
    assert asked[0] < asked[1] == hits.confidence


def test_where_documents_are_of_no_district_an_answer_must_be_likelier_than_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hits = hits_of(monkeypatch, -0.5)
    assert 0.2 < hits.confidence < 0.5
    assert hits.answer
    assert not replace(hits, districts=False).answer


def test_documents_of_no_district_are_told_by_the_index(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts({"通知.txt": "夜校的通知\n夜校每周开课三晚。"})
    (hits,) = search(understand(Question("夜校每周开课几晚？"), index), index)
    assert not hits.districts


# --- what others say of a silent district ----------------------------------------------------------


@pytest.fixture(scope="module")
def circular(index_of_texts: IndexOfTexts) -> Index:
    return index_of_texts(
        {
            "泉州市通知.txt": "泉州市招商工作通知\n今年招商到位资金任务为：洛江区62亿元，丰泽区38亿元，惠安县21亿元。\n"
            "各区每月报一次进度。",
            "洛江区要点.txt": "洛江区要点\n洛江区今年修路12公里。\n夜校每周开课三晚。",
            "丰泽区要点.txt": "丰泽区要点\n丰泽区今年修路9公里。",
        }
    )


def test_a_citys_circular_answers_for_a_district_whose_own_documents_dont(circular: Index) -> None:
    found = answer(circular, "洛江区今年招商到位资金任务是多少亿元？")
    assert found.answered
    assert found.passages[0].passage.district == "泉州市"
    assert found.by_district["洛江区"][0] == found.passages[0].passage.id
    assert "洛江区自己的文章没有说到，引的是泉州市的文章。" in found.message


def test_one_passage_that_answers_for_two_districts_is_shown_once(circular: Index) -> None:
    found = answer(circular, "洛江区和丰泽区今年招商到位资金任务各是多少亿元？")
    ids = [shown.passage.id for shown in found.passages]
    assert len(ids) == len(set(ids))
    assert found.by_district["洛江区"][0] == found.by_district["丰泽区"][0] == ids[0]


def test_what_a_district_says_itself_comes_before_what_others_say(circular: Index) -> None:
    found = answer(circular, "洛江区今年修路多少公里？")
    assert {shown.passage.district for shown in found.passages} == {"洛江区"}
    assert "自己的文章" not in found.message


def test_what_others_say_of_another_district_doesnt_answer(circular: Index) -> None:
    assert not answer(circular, "洛江区有几座机场？").answered


def test_a_city_in_a_province_is_answered_by_what_speaks_of_it(
    index_of_texts: IndexOfTexts,
) -> None:
    index = index_of_texts(
        {"福建省报告.txt": "福建省报告\n全省新增就业50万人。\n支持厦门新建机场，机场年底通航。"}
    )
    assert not answer(index, "福建厦门新增就业多少万人？").answered
    assert "厦门" in first(answer(index, "福建厦门的机场年底通航吗？"))
    assert "50万" in first(answer(index, "福建新增就业多少万人？"))


def test_all_of_a_city_is_told_by_its_parts_where_it_is_silent(
    index_of_texts: IndexOfTexts,
) -> None:
    index = index_of_texts(
        {
            "泉州市报告.txt": "泉州市报告\n全市修路300公里。",
            "洛江区报告.txt": "洛江区报告\n新增学位900个。",
            "丰泽区报告.txt": "丰泽区报告\n新增学位800个。",
        }
    )
    found = answer(index, "全市新增学位多少个？")
    assert set(found.by_district) == {"洛江区", "丰泽区"}
    assert found.message.startswith("泉州市自己的文章没有说到；")
    assert "300公里" in first(answer(index, "全市修路多少公里？"))


def test_last_year_is_told_by_what_calls_it_so(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "洛江区报告2026-01-20.txt": "洛江区报告\n\n全区将修林道150公里，建书屋8家。\n\n路也要修进竹林。去年全区修林道96公里。"
        }
    )
    for question in ("去年洛江修了多少公里林道？", "2025年洛江修了多少公里林道？"):
        assert "96公里" in first(answer(index, question))


def test_what_has_no_amount_of_money_answers_no_question_for_one(
    index_of_texts: IndexOfTexts,
) -> None:
    index = index_of_texts(
        {"洛江区通告.txt": "洛江区通告\n\n石口水库除险加固工程自3月25日起施工，工期7个月。"}
    )
    assert not answer(index, "洛江石口水库除险加固工程的总投资是多少？").answered
    assert answer(index, "石口水库除险加固工程总投资多少？").reason == "no_evidence"
    assert answer(index, "洛江石口水库除险加固工程工期多久？").answered


def test_a_question_whose_every_word_is_foreign_must_be_answered_likelier_than_not(
    plans_by_model: Index,
) -> None:
    understood = understand(Question("电饭煲内胆粘锅了怎么洗干净？"), plans_by_model)
    (hits,) = search(understood, plans_by_model)
    assert hits.threshold == LIKELIER
    (hits,) = search(understand(Question("学位怎么增加？"), plans_by_model), plans_by_model)
    assert hits.threshold < LIKELIER


def test_plans_dont_tell_what_came_of_a_past_year(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {"洛江区计划.txt": "洛江区计划\n力争新增学位900个。", "丰泽区.txt": "丰泽区\n种树。"}
    )
    assert answer(index, "洛江区要新增多少学位？").answered
    assert not answer(index, "洛江区去年实际新增了多少学位？").answered


def test_what_names_a_place_in_passing_tells_no_figure_of_it(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    text = "福建省报告\n漳厦高速（漳州至厦门）完成投资8.5亿元；新改建农村公路140公里。"
    build_index(
        [read_bytes("福建省报告.txt", text.encode())], tmp_path, bundled_encoder(), gazetteer
    )
    index = open_index(tmp_path, bundled_encoder())
    assert answer(index, "福建今年要新改建多少公里农村公路？").answered
    assert not answer(index, "厦门市今年要新改建多少公里农村公路？").answered
    assert not answer(index, "福建厦门今年要新改建多少公里农村公路？").answered


def test_a_city_is_asked_where_its_countys_own_words_hardly_answer(
    tmp_path: Path, gazetteer: Gazetteer
) -> None:
    files = {
        "泉州市.txt": "泉州市工作要点\n\n今年洛江区改造老旧小区46个，丰泽区31个，都在年底前完工。",
        "洛江区.txt": "洛江区清单\n\n更新住宅老旧电梯210部，建夜校六所，区里十一月底完工。",
    }
    sources = [read_bytes(name, text.encode()) for name, text in files.items()]
    build_index(sources, tmp_path, bundled_encoder(), gazetteer)
    index = open_index(tmp_path, bundled_encoder())
    told = answer(index, "洛江区今年改造多少个老旧小区？")
    assert "46个" in told.passages[0].passage.text
    assert "引的是泉州市的文章" in told.message


def test_what_a_report_says_of_its_own_year_is_no_result_of_it(
    index_of_texts: IndexOfTexts,
) -> None:
    index = index_of_texts(
        {
            "洛江区2025.txt": "洛江区2025年工作报告\n2025年1月9日\n\n2025年改造老旧小区48个，建设夜校。",
            "洛江区2026.txt": "洛江区2026年工作报告\n2026年1月9日\n\n2025年改造老旧小区52个，今年改造63个。",
        }
    )
    told = answer(index, "洛江区2025年实际改造了多少个老旧小区？")
    assert "52个" in told.passages[0].passage.text
