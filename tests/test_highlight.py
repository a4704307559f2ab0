"""The words of a passage that answer."""

from __future__ import annotations

import pytest

from index.store import Index
from qa.highlight import highlights
from qa.understand import topic_of


def marked(text: str, question: str, index: Index) -> list[str]:
    found = highlights(text, topic_of(question), question, "fact", index)
    return [text[start:end] for start, end in found]


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
    for start, end in highlights(text, "学位", "学位有多少？", "fact", plans):
        assert 0 <= start <= end <= len(text)
