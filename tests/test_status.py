"""Plans told from facts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from index.types import Passage, Span
from qa.status import (
    asks_plan,
    asks_result,
    plans_in,
    plans_its_year,
    status_in,
    status_of,
    tense_match,
)


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
        ("未来五年再种三片果林", "planned"),
        ("还要再修两座桥", "planned"),
        ("把旱厕改造列入计划，力争完成年度目标", "planned"),
        ("圆满完成年度目标任务", "done"),
        ("超额完成预期目标", "done"),
        ("年度目标任务提前完成", "done"),
        ("早市摊位的增速好于预期", None),
        ("推行“大目标”评比", None),
        ("每年将三成的租金留给街坊", None),
        ("已将旧粮仓移交村里", "done"),
        ("率先将修鞋摊纳入地图", "done"),
        ("将乐县的茶园", None),
        ("虚拟展厅和模拟法庭", None),
        ("未来科技城的路灯", None),
        ("“小树苗计划”里的孩子", None),
        ("争取到三笔捐款", None),
        ("确保了夜里供水", None),
        ("简要说明，不要占道，只要预约", None),
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


@pytest.mark.parametrize(
    ("text", "section", "marked", "status"),
    [
        ("加快建设学校。", "一、2024年工作回顾", "加快建设学校", "done"),
        ("加快建设学校。", "二、2025年工作安排", "加快建设学校", "ongoing"),
        ("建成学校三所。", "一、2024年任务完成情况", "建成学校三所", "done"),
        ("建成学校三所。", "二、2025年工作安排", "建成学校三所", "planned"),
        ("已建成学校三所。", "二、2025年工作安排", "已建成学校三所", "done"),
        ("建成学校三所。", None, "建成学校三所", "done"),
        ("学校三所。", None, "学校三所", None),
        ("力争再办一所学校，学位超900个。", None, "学位超900个", "planned"),
        ("力争再办一所学校。学位超900个。", None, "学位超900个", None),
        ("去年建成学校两所，今年新办一所。", None, "今年新办一所", None),
    ],
)
def test_words_are_a_plan_or_a_fact_where_they_stand(
    text: str, section: str | None, marked: str, status: str | None
) -> None:
    start = text.index(marked)
    assert status_in(passage(text, section), [Span(start, start + len(marked))]) == status


def test_what_has_been_under_way_for_years_is_no_plan() -> None:
    assert plans_in("过去十年，村里推动改造，深化合作。") < 0
    assert plans_in("过去十年很难。村里推动改造，深化合作。") == 1
    assert plans_in("村里推动改造，深化合作。") == 2


@pytest.mark.parametrize(
    ("text", "date", "plans"),
    [
        ("今年新建学校9所。", "2026-01-20", True),
        ("2026年新建学校9所。", "2026-03-02", True),
        ("2025年新建学校9所。", "2026-01-20", False),
        ("2026年1至2月新建学校2所。", "2026-03-20", False),
        ("今年以来新建学校2所。", "2026-03-20", False),
        ("今年已建成学校2所。", "2026-03-20", False),
        ("今年新建学校9所。", "2026-10-20", False),
        ("今年新建学校9所。", None, False),
    ],
)
def test_in_a_years_first_months_what_is_said_of_it_is_a_plan(
    text: str, date: str | None, *, plans: bool
) -> None:
    assert plans_its_year(replace(passage(text), date=date)) is plans


def test_what_is_said_of_the_years_to_come_is_planned_whatever_its_verbs() -> None:
    ahead = passage(
        "大会闭幕。今后五年，收入突破9亿元；明年，建成学校2所，学位达到900个。去年建成1所。"
    )
    start = ahead.text.index("建成学校2所")
    assert status_in(ahead, [Span(start, start + 6)]) == "planned"
    last = ahead.text.index("建成1所")
    assert status_in(ahead, [Span(last, last + 4)]) == "done"
    assert tense_match("明年打算建几所学校？", ahead) > 0


@pytest.mark.parametrize(
    ("text", "marked", "status"),
    [
        ("去年建成学校1所，明年再建2所。", "建成学校1所", "done"),
        ("去年建成学校9所，为明年发展打下基础。", "建成学校9所", "done"),
        ("2025年内建成学校3所。", "建成学校3所", "done"),
        ("过去五年内，建成学校3所。", "建成学校3所", "done"),
        ("时隔五年后，夜市收入突破9亿元。", "夜市收入突破9亿元", "done"),
        ("短短五年内，夜市收入突破9亿元。", "夜市收入突破9亿元", "done"),
        ("提前谋划明年项目120个，全区完成投资3亿元。", "全区完成投资3亿元", "done"),
        ("五年内建成学校3.5万平方米，学位达到900个。", "学位达到900个", "planned"),
    ],
)
def test_only_what_is_said_after_the_years_to_come_is_to_be(
    text: str, marked: str, status: str
) -> None:
    start = text.index(marked)
    assert status_in(passage(text), [Span(start, start + len(marked))]) == status
