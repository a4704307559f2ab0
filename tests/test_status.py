"""Plans told from facts."""

from __future__ import annotations

import pytest

from index.types import Passage
from qa.status import asks_plan, asks_result, status_of, tense_match, told_as


def passage(text: str, section: str | None = None) -> Passage:
    return Passage("p", text, "文件.txt", "d", 1, (), section=section)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("力争全年接待游客九百万人次", "planned"),
        ("拟建一座跨江步行桥", "planned"),
        ("将新建4所幼儿园", "planned"),
        ("確保年底前通水", "planned"),
        ("加快建设海边步道", "ongoing"),
        ("正在改造菜市场", "ongoing"),
        ("菜市场已改造完毕", "done"),
        ("游客达到九百万人次", "done"),
        ("获评全国文明村", "done"),
        ("主要街道种着榕树", None),
        ("这件事十分重要", None),
        ("农家客栈由镇里统一挂牌", None),
        ("", None),
    ],
)
def test_a_sentence_tells_a_plan_work_under_way_a_fact_or_neither(
    text: str, status: str | None
) -> None:
    assert status_of(text) == status


PLAN = passage("力争新增学位1200个。")
RESULT = passage("去年新增学位900个，已全部完成。")


@pytest.mark.parametrize(
    ("question", "plan", "result"),
    [
        ("今年打算新增多少学位？", 1, -1),
        ("會新增多少學位？", 1, -1),
        ("去年新增了多少学位？", -1, 1),
        ("已经新增了多少学位？", -1, 1),
        ("新增多少学位？", 0, 0),
        ("学位比去年增长多少？", 0, 0),
        ("今年的学位较去年增长多少？", 1, -1),
        ("社会捐款有多少？", 0, 0),
        ("主要街道有几条？", 0, 0),
    ],
)
def test_a_question_for_plans_prefers_plans_and_one_for_results_results(
    question: str, plan: float, result: float
) -> None:
    assert tense_match(question, PLAN) == plan
    assert tense_match(question, RESULT) == result


def test_the_section_decides_before_the_words() -> None:
    reviewed = passage("力争新增学位1200个的目标提前实现。", "一、2024年工作回顾")
    assert tense_match("今年打算新增多少学位？", reviewed) == -1
    planned = passage("已选好十二处校址。", "二、2025年重点工作安排")
    assert tense_match("今年打算在哪里办学？", planned) == 1


def test_words_of_both_kinds_cancel_out() -> None:
    assert tense_match("今年打算办几所学校？", passage("已建两所，将再建两所。")) == 0


@pytest.mark.parametrize(
    ("question", "plan"),
    [
        ("洛江打算建几所学校？", True),
        ("旅游收入的目标是多少？", True),
        ("洛江要建几所学校？", False),
        ("洛江建了几所学校？", False),
        ("去年的目标完成了吗？", False),
    ],
)
def test_a_question_asks_for_plans_alone_only_where_it_says_so(question: str, plan: bool) -> None:
    assert asks_plan(question) == plan


def test_what_last_year_is_only_compared_with_is_no_result() -> None:
    assert asks_result("上年新增多少学位？")
    assert asks_result("去年比前年增长多少？")
    assert not asks_result("学位比上年增长多少？")
    assert not asks_result("学位和去年相比增长多少？")


def test_what_stands_under_a_review_is_done() -> None:
    assert told_as("一、2024年工作回顾", "ongoing") == "done"
    assert told_as("二、2025年工作安排", "ongoing") == "ongoing"
    assert told_as(None, None) is None
