"""First questions: drawn from the documents, and answered by them."""

from __future__ import annotations

from conftest import IndexOfTexts

from index.store import Index
from qa.answer import ask
from qa.suggestions import suggestions
from qa.types import Question


def test_every_suggestion_is_answered(plans_by_model: Index) -> None:
    found = suggestions(plans_by_model)
    assert len(found) == len(set(found)) == 6
    for question in found:
        assert ask(Question(question), plans_by_model).answered, question


def test_the_first_is_asked_of_all_districts_and_several_answer(plans_by_model: Index) -> None:
    first = suggestions(plans_by_model)[0]
    assert first == "各区旅游收入多少？"
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
    assert "年内更换老旧水管多少公里？" in suggestions(index)


def test_an_index_that_gives_no_question_has_no_suggestions(index_of_texts: IndexOfTexts) -> None:
    assert suggestions(index_of_texts({"a.jsonl": '{"id": "1", "text": "好。"}'})) == []
