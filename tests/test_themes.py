"""Themes that one sentence gives to one district each."""

from __future__ import annotations

import pytest

from index.store import Index
from qa.answer import ask
from qa.types import Answer, Question
from qa.why import explain


def answer(index: Index, text: str) -> Answer:
    return ask(Question(text), index)


@pytest.mark.parametrize(
    ("question", "themes"),
    [
        ("洛江的学校和丰泽的夜市怎么样？", {"洛江区": "学校", "丰泽区": "夜市"}),
        ("洛江的学校、丰泽的夜市各怎么打算", {"洛江区": "学校", "丰泽区": "夜市"}),
        ("洛江的学校，以及丰泽的夜市", {"洛江区": "学校", "丰泽区": "夜市"}),
        ("洛江的学校，还有丰泽的夜市呢", {"洛江区": "学校", "丰泽区": "夜市"}),
        ("洛江的學校與豐澤的夜市", {"洛江区": "学校", "丰泽区": "夜市"}),
        (
            "洛江、丰泽的学校和鲤城的夜市分别有什么目标？",
            {"洛江区": "学校 目标", "丰泽区": "学校 目标", "鲤城区": "夜市 目标"},
        ),
        ("洛江的学校、医院和丰泽的夜市", {"洛江区": "学校 医院", "丰泽区": "夜市"}),
    ],
)
def test_each_district_has_the_theme_that_follows_it(
    plans: Index, question: str, themes: dict[str, str]
) -> None:
    assert answer(plans, question).understood.topics == themes


@pytest.mark.parametrize(
    "question",
    [
        "洛江和丰泽的学校怎么样？",
        "洛江的学校和丰泽有什么打算？",
        "洛江的学校和丰泽的学校",
        "洛江的学校和丰泽的相比呢？",
        "洛江的学校和夜市",
        "洛江和丰泽的区别",
    ],
)
def test_without_pairs_the_theme_is_everybodys(plans: Index, question: str) -> None:
    assert answer(plans, question).understood.topics == {}


@pytest.mark.parametrize(
    "form", ["{}的旅游收入和{}的新增学位是多少？", "{}的旅游收入、{}的新增学位各有多少？"]
)
@pytest.mark.parametrize(
    ("one", "other"), [("鲤城", "洛江"), ("洛江", "丰泽"), ("丰泽区", "鲤城区")]
)
def test_a_pair_is_answered_as_two_questions_and_turns_with_its_districts(
    plans_by_model: Index, form: str, one: str, other: str
) -> None:
    found = answer(plans_by_model, form.format(one, other))
    texts = {shown.passage.id: shown.passage.text for shown in found.passages}
    first, second = (texts[ids[0]] for ids in found.by_district.values())
    assert "旅游收入达到" in first
    assert "新增学位" in second


def test_what_was_looked_for_in_each_is_told(plans_by_model: Index) -> None:
    found = answer(plans_by_model, "鲤城的旅游收入和洛江的新增学位是多少？")
    told = "鲤城区找的是“旅游收入”；洛江区找的是“新增学位”"
    assert found.message.endswith(f"（{told}。）")
    assert f"要找：{told}" in list(explain(found, plans_by_model))
