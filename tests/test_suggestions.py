"""First questions: drawn from the documents, and answered by them."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts

from index.store import Index
from index.types import Passage
from qa.answer import ask
from qa.suggestions import _drafts, suggestions
from qa.types import Question


def test_every_suggestion_is_answered(plans_by_model: Index) -> None:
    found = suggestions(plans_by_model)
    assert len(found) == len(set(found)) == 6
    for question in found:
        assert ask(Question(question), plans_by_model).answered, question


def test_the_first_is_asked_of_all_districts_and_several_answer(plans_by_model: Index) -> None:
    first = suggestions(plans_by_model)[0]
    assert first == "各区旅游收入要达到多少？"
    answer = ask(Question(first), plans_by_model)
    assert [name for name, ids in answer.by_district.items() if ids] == [
        "丰泽区",
        "洛江区",
        "鲤城区",
    ]


def test_every_district_has_its_turn_and_none_repeats_the_shared_theme(
    plans_by_model: Index,
) -> None:
    _, *others = suggestions(plans_by_model)
    assert {name for name in plans_by_model.by_district for q in others if name in q} == {
        "丰泽区", "洛江区", "鲤城区",
    }  # fmt: skip
    assert not [question for question in others if "旅游收入" in question]


def test_documents_without_districts_have_suggestions_too(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "水厂.txt": "水厂的安排\n一、换新水管\n年内更换老旧水管42公里。\n二、夜里抢修\n抢修队昼夜值班。"
        }
    )
    assert "更换多少公里老旧水管？" in suggestions(index)


def test_an_index_that_gives_no_question_has_no_suggestions(index_of_texts: IndexOfTexts) -> None:
    assert suggestions(index_of_texts({"a.jsonl": '{"id": "1", "text": "好。"}'})) == []


def drafted(text: str, section: str | None = None) -> list[str]:
    """Return the questions that a passage of 洛江区 gives, whether anything answers them or not."""
    passage = Passage("p", text, "洛江区.txt", "d", 1, (), "洛江区", None, section)
    return [draft.question for draft in _drafts([passage])]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("将新建15所学校。", "洛江区要新建多少所学校？"),
        ("今年要新增的学位约5400个。", "洛江区要新增多少个学位？"),
        ("力争全年接待游客数超900万人次。", "洛江区要接待多少游客？"),
        ("预期目标是：城镇新增就业50万人以上。", "洛江区城镇新增就业要达到多少？"),
        ("实现旅游收入86亿元。", "洛江区旅游收入达到多少？"),
        ("改造老旧小区20个。", "洛江区改造多少个老旧小区？"),
    ],
)
def test_a_figure_is_asked_for_as_a_person_would(text: str, question: str) -> None:
    assert drafted(text) == [question]


@pytest.mark.parametrize(
    "text",
    [
        "它将新建15所学校。",  # whose?
        "新建学校15所中学。",  # of what?
        "分别新建15所学校。",
        "新建学校3所、医院2所。",
        "拉动投资30亿元。",
        "实现收入30亿元。",
        "洛江新区新建15所学校。",
        "新建一批学校。",
    ],
)
def test_a_figure_that_nobody_would_ask_for_like_this_is_left_out(text: str) -> None:
    assert drafted(text) == []


@pytest.mark.parametrize(
    ("section", "questions"),
    [
        (
            "二、工作安排 / （一）大力提振消费，全面推进乡村振兴",
            ["怎样提振消费", "怎样推进乡村振兴"],
        ),
        ("一、2024年工作回顾 / （一）推进乡村振兴", []),
        ("三、民生", []),
    ],
)
def test_a_heading_that_tells_what_to_do_is_asked_how(section: str, questions: list[str]) -> None:
    assert drafted("好。", section) == [f"洛江区打算{question}？" for question in questions]


def test_a_heading_that_is_a_question_is_asked_as_it_is() -> None:
    assert drafted("好。", "一、战江南：要建多少厂房") == ["洛江区要建多少厂房？"]
    assert drafted("好。", "率先做到的几件事") == []
    assert drafted("好。", "<b>要建多少厂房</b>") == []
