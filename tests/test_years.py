"""Which year a passage tells of, and whose figure a question of a year gets."""

from __future__ import annotations

from dataclasses import replace

import pytest
from conftest import IndexOfTexts

from index.store import Index
from index.types import Passage
from qa.answer import ask
from qa.types import Question
from qa.years import (
    may_tell_of,
    names_year,
    tells_of_another_edition,
    without_year_of,
    year_told,
    years_asked,
    years_outside,
)


def passage(section: str | None, date: str | None = "2025", text: str = "新增学位。") -> Passage:
    return Passage(
        id="1", text=text, document="报告.txt", document_id="d", paragraph=1, spans=(),
        section=section, date=date,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("section", "year"),
    [
        (None, 2025),
        ("二、2025年工作安排", 2025),
        ("一、2024年工作回顾", 2024),
        ("一、过去一年的工作", 2024),
        ("一、一年来的主要工作", 2024),
        ("一、工作回顾", 2024),
        ("2024年回顾和2025年安排", 2025),
        ("推动民生取得新成效", 2025),
    ],
)
def test_a_section_that_looks_back_tells_of_the_year_before(section: str, year: int) -> None:
    assert year_told(passage(section)) == year


@pytest.mark.parametrize("date", [None, "2025"])
@pytest.mark.parametrize("question", ["以前年度结转资金怎么用", "成本年均下降多少", "60岁以上年龄"])
def test_what_only_looks_like_a_year_is_none(question: str, date: str | None) -> None:
    assert without_year_of(passage(None, date), question) == question
    assert years_asked(question, (2025,)) == ()


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("比去年增长多少", ()),
        ("今年较上年提高几个百分点", (2025,)),
        ("和2023年相比下降多少", ()),
        ("对比去年增长多少", (2024,)),
        ("和去年比呢", (2024,)),
        ("比去年多吗", (2024,)),
        ("占比去年提高多少", (2024,)),
        ("去年比前年增长多少", (2024,)),
    ],
)
def test_a_year_that_growth_is_counted_from_is_not_asked_about(
    question: str, years: tuple[int, ...]
) -> None:
    assert years_asked(question, (2024, 2025)) == years
    assert years_outside(question, ()) == (("去年",) if years == (2024,) else ())


def test_a_passage_without_a_date_may_tell_of_any_year() -> None:
    assert year_told(passage("一、工作回顾", date=None)) is None
    assert may_tell_of(passage(None, date=None), 2019)


def test_a_passage_tells_of_the_years_that_it_names() -> None:
    assert may_tell_of(passage(None, text="到2029年完成。"), 2029)
    assert not may_tell_of(passage(None), 2029)
    assert names_year(passage(None, text="2029园区百强榜"), 2029)
    assert not names_year(passage(None, text="补贴12029元"), 2029)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("鲤城区今年旅游收入目标是多少？", "121亿元"),
        ("鲤城区2025年旅游收入目标是多少？", "121亿元"),
        ("鲤城区二〇二五年旅游收入目标是多少？", "121亿元"),
        ("鲤城区旅游收入目标是多少？", "121亿元"),
        ("鲤城区2024年旅游收入目标是多少？", "108亿元"),
        ("鲤城区去年旅游收入是多少？", "110亿元"),
        ("鲤城区去年完成了多少旅游收入？", "110亿元"),
        ("鲤城区2023年旅游收入是多少？", "98亿元"),
        ("洛江区去年的机械装备产值是多少？", "230亿元"),
        ("洛江区今年新建几所公办幼儿园？", "2所"),
        ("洛江区2024年新建几所公办幼儿园？", "4所"),
        ("社区食堂老人一餐补贴多少元？", "5元"),
    ],
)
def test_a_figure_is_that_of_the_year_asked_about(
    two_years: Index, question: str, words: str
) -> None:
    best = ask(Question(question), two_years).passages[0]
    marked = "".join(best.passage.text[start:end] for start, end in best.highlights)
    assert words in marked


def test_what_only_an_older_document_says_is_told_to_be_older(two_years: Index) -> None:
    found = ask(Question("洛江区今年旅游收入增长多少？"), two_years)
    assert not found.answered
    assert found.passages[0].passage.year == 2024
    assert found.message.endswith("请留意：这段说的是2024年，不是2025年。")


def test_what_is_told_of_the_year_asked_about_needs_no_warning(two_years: Index) -> None:
    assert "请留意" not in ask(Question("鲤城区去年旅游收入是多少？"), two_years).message


@pytest.mark.parametrize("year", ["2030年", "2021年", "明年"])
def test_a_year_that_no_document_is_of_is_told(two_years: Index, year: str) -> None:
    found = ask(Question(f"鲤城区{year}旅游收入达到多少？"), two_years)
    asked = "2026年" if year == "明年" else year
    assert found.understood.outside == (asked,)
    assert not found.answered
    assert found.message.endswith(f"现有文件没有{asked}的。")


def test_a_year_that_only_a_review_tells_of_is_not_missing(two_years: Index) -> None:
    assert ask(Question("鲤城区2023年旅游收入是多少？"), two_years).understood.outside == ()


@pytest.mark.parametrize("when", ["去年", "前年", "明年", "2023年"])
def test_documents_without_a_date_cannot_tell_whether_they_are_of_a_year(
    plans_by_model: Index, when: str
) -> None:
    told = f"请留意：文件没有日期，看不出说的是不是{when}。"
    assert told in ask(Question(f"丰泽区{when}新增多少学位？"), plans_by_model).message
    assert told not in ask(Question("丰泽区今年新增多少学位？"), plans_by_model).message
    assert told not in ask(Question("丰泽区新增多少学位？"), plans_by_model).message


def test_words_that_name_the_year_need_no_date(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts({"洛江区.txt": "洛江区的学校\n\n到2030年新增学位5400个。"})
    assert "没有日期" not in ask(Question("洛江区2030年新增多少学位？"), index).message
    assert "没有日期" in ask(Question("洛江区2031年新增多少学位？"), index).message


def test_only_results_given_for_plans_are_told_to_be_results(index_of_texts: IndexOfTexts) -> None:
    done = "洛江区的学校\n\n已建成幼儿园4所，新增学位5400个。"
    both = f"{done}\n\n再过一年，计划新增学位1200个，用在山里的幼儿园。"
    told = "请留意：原文说的是已有的结果，不是打算。"
    question = Question("洛江区计划新增多少学位？")
    assert told in ask(question, index_of_texts({"洛江区.txt": done})).message
    assert told not in ask(question, index_of_texts({"洛江区.txt": both})).message
    neutral = Question("洛江区新增多少学位？")
    assert told not in ask(neutral, index_of_texts({"洛江区.txt": done})).message


def test_a_plan_given_for_a_result_is_told_to_be_a_plan(plans_by_model: Index) -> None:
    found = ask(Question("丰泽区去年的旅游收入是多少？"), plans_by_model)
    assert found.passages[0].status == "planned"
    assert found.message.endswith("请留意：原文说的是打算或目标，不是已有的结果。")


def test_every_district_answers_for_the_same_year(two_years: Index) -> None:
    found = ask(Question("各区今年新增多少学位？"), two_years)
    by_id = {shown.passage.id: shown.passage for shown in found.passages}
    assert list(found.by_district) == ["洛江区", "鲤城区"]
    assert [by_id[ids[0]].year for ids in found.by_district.values()] == [2025, 2025]


@pytest.mark.parametrize(
    ("text", "section", "told"),
    [
        ("2024年，全县建成学校9所。", None, 2024),
        ("刚刚过去的2024年，全县建成学校9所。", None, 2024),
        ("2024年以来建成学校9所。", None, 2025),
        ("今年建学校9所，2024年，建成4所。", None, 2025),
        ("2024年，全县建成学校9所。", "二、2025年任务", 2025),
        ("到2030年，学校达到90所。", None, 2030),
        ("今后五年，我们要办好学，到2030年学校达到90所。", None, 2030),
        ("今年办好学，到2030年学校达到90所。", None, 2025),
        ("县\t年份\t学校\n惠安县\t2023\t90", None, 2023),
    ],
)
def test_a_passage_that_opens_with_a_year_tells_of_it(
    text: str, section: str | None, told: int
) -> None:
    assert year_told(passage(section, text=text, date="2025-01-14")) == told


@pytest.mark.parametrize(
    ("text", "section", "year", "may"),
    [
        ("明年建学校9所。", None, 2026, True),
        ("建学校9所。", None, 2026, False),
        ("建成学校9所。", None, 2024, True),
        ("建学校9所。", "二、今年任务", 2024, False),
        ("比2024年多建9所。", "二、今年任务", 2024, True),
        ("建成学校9所。", None, 2023, False),
        ("今年洛江要给学校加床，还要新建学校9所。", None, 2024, False),
        ("今年要新建学校9所，比去年多2所。", None, 2024, True),
        ("全区产值突破1000亿元，增长8%，今年计划突破1100亿元。", None, 2024, True),
        ("全年接待游客1200万人次。今年将办节庆20场。", None, 2024, True),
        ("今年的政府工作报告显示，全区产值达500亿元。", None, 2024, True),
        ("今年要新建学校9所。全区产值达500.5亿元。", None, 2024, True),
        ("今年1月建成学校9所。", None, 2024, True),
    ],
)
def test_what_plainly_tells_of_another_year_doesnt_answer(
    text: str, section: str | None, year: int, may: bool
) -> None:
    assert may_tell_of(passage(section, text=text, date="2025-01-14"), year) is may


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("一年来，夜校办起来了。", 2024),
        ("会议认为，过去一年，夜校办起来了。", 2024),
        ("新的一年来临，夜校还要办。", 2025),
        ("在过去一年的基础上，夜校还要办。", 2025),
        ("同过去一年相比，今年要快。", 2025),
        ("未来一年来看，夜校还要办。", 2025),
    ],
)
def test_a_passage_may_open_with_the_year_that_it_looks_back_on(text: str, year: int) -> None:
    assert year_told(passage("一、夜校", text=text)) == year


@pytest.mark.parametrize(
    ("text", "date", "asked"),
    [
        ("2024年新增800个。", "2025", "2025年的学位"),
        ("2024年新增800个，今年再增。", "2025", "今年的学位"),
        ("2023年新增800个。", "2024", "今年的学位"),
        ("新增800个。", "2025", "学位"),
    ],
)
def test_this_year_is_the_newest_where_a_passage_of_it_names_years(
    text: str, date: str, asked: str
) -> None:
    assert without_year_of(passage(None, date, text), "今年的学位", 2025) == asked


@pytest.mark.parametrize(
    ("section", "date", "text", "asked"),
    [
        (None, "2025", "去年新增学位800个。", "去年新增多少?"),
        (None, "2025", "比去年新增学位800个。", "2024年新增多少?"),
        ("一、2024年工作回顾", "2025", "去年新增学位800个。", "新增多少?"),
        (None, None, "去年新增学位800个。", "新增多少?"),
    ],
)
def test_last_year_is_called_as_a_passage_of_the_year_calls_it(
    section: str | None, date: str | None, text: str, asked: str
) -> None:
    assert without_year_of(passage(section, date, text), "2024年新增多少?") == asked


@pytest.mark.parametrize(
    ("article", "section", "year"),
    [
        ("洛江区第十五个五年规划纲要", None, 2030),
        ("洛江区“十五五”规划建议", "一、指导思想", 2030),
        ("洛江区工作报告", "二、“十五五”时期主要目标", 2030),
        ("洛江区工作报告", "三、“十五五”开局之年的工作任务", 2026),
        ("洛江区工作报告", "一、“十四五”发展成就", 2026),
    ],
)
def test_a_five_year_plan_tells_of_its_last_year(
    article: str, section: str | None, year: int
) -> None:
    told = replace(passage(section, "2026-01-20"), article=article)
    assert year_told(told) == year


def test_a_five_year_plan_gives_no_figure_of_its_first_year(index_of_texts: IndexOfTexts) -> None:
    plan = "洛江区第十五个五年规划纲要\n2026年2月1日\n\n一、教育\n\n新增学位900个，扩建夜校六所。\n"
    index = index_of_texts({"洛江区规划.txt": plan})
    assert ask(Question("洛江区到2030年新增学位多少个？"), index).answered
    assert not ask(Question("洛江区2026年新增学位多少个？"), index).answered


def test_past_years_are_no_years_to_come() -> None:
    assert not names_year(passage("2026", text="过去五年内，建成学校9所。"), 2030)
    assert not names_year(passage("2026", text="历时十五年内的建设。"), 2031)
    assert names_year(passage("2026", text="今后五年，建成学校9所。"), 2030)


def test_an_amount_is_no_years_edition() -> None:
    told = passage(None, text="区财政投入2000万元支持夜校建设。", date="2025")
    assert not tells_of_another_edition(told, "2024年夜校建设投入多少？", 2024)
    plan = passage(None, text="发布《2035国土空间规划》。", date="2025")
    assert not tells_of_another_edition(plan, "2024年国土空间规划批了吗？", 2024)


def test_a_figure_in_another_years_column_is_not_told_of_the_year_that_stands_beside_it() -> None:
    header = "项目\t总投资（万元）\t2025年底累计完成（万元）\t2026年计划投资（万元）\t计划竣工"
    row = passage(None, text=f"{header}\n养蜂场\t900\t100\t500\t2027年6月", date="2026")
    assert tells_of_another_edition(row, "养蜂场2027年计划投资多少？", 2027)
    assert not tells_of_another_edition(row, "养蜂场2027年能竣工吗？", 2027)
    assert not tells_of_another_edition(row, "养蜂场2026年计划投资多少？", 2026)


def test_this_year_is_that_of_a_districts_newest_document(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "洛江区2023年报告.txt": "洛江区2023年报告\n\n今年新增学位900个。去年新增800个。",
            "丰泽区2025年报告.txt": "丰泽区2025年报告\n\n今年新增学位700个。",
        }
    )
    found = ask(Question("洛江区今年新增多少学位？"), index)
    assert found.answered
    assert found.understood.years == (2023,)
    assert found.message.endswith("请留意：洛江区最新的文件是2023年的，“今年”按这一年算。")
    assert "最新的文件" not in ask(Question("丰泽区今年新增多少学位？"), index).message
    assert not ask(Question("洛江区2025年新增多少学位？"), index).answered
    both = ask(Question("洛江区和丰泽区今年新增多少学位？"), index)
    assert both.understood.years == (2025,)
    assert both.by_district["洛江区"] == ()
