"""What a person is told."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts

from index.store import Index
from qa.answer import ask
from qa.messages import refused_message
from qa.types import Question, Reason, Understood


def message(index: Index, text: str) -> str:
    return ask(Question(text), index).message


def test_an_answer_says_where_its_best_passage_is(plans: Index) -> None:
    told = message(plans, "丰泽区的软件园再添多少平方米？")
    assert told.startswith("最相关的一段在丰泽区的《丰泽区下一年的打算》。")


def test_districts_that_say_nothing_are_named(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts(
        {
            "丰泽区.txt": "丰泽区的海边\n\n沙滩每天清扫两次。",
            "洛江区.txt": "洛江区的山里\n\n林场养了三百箱蜜蜂。",
        }
    )
    told = message(index, "各区的沙滩每天清扫几次？")
    assert told.endswith("洛江区的文章没有提到。")


def test_a_district_without_documents_is_told_apart_from_a_silent_one(plans: Index) -> None:
    told = message(plans, "石狮和洛江的旅游收入达到多少？")
    assert told.endswith("没有石狮市的文件。")


def test_a_misspelt_district_is_told(plans: Index) -> None:
    assert message(plans, "丰择区的旅游收入达到多少？").endswith("（“丰择区”当作丰泽区。）")


@pytest.mark.parametrize(
    ("reason", "told"),
    [
        (
            "unknown_district",
            "没有石狮市的文件，也没有哪一份提到；现有鲤城区、洛江区的文件。",
        ),
        ("district_silent", "鲤城区的文章没有说到这一点。下面是最接近的几段，供您判断。"),
        ("no_evidence", "现有文件没有说到这一点。下面是最接近的几段，供您判断。"),
        ("off_topic", "这不是这些文件能回答的问题。可以问各地区在某方面的计划、数字和做法。"),
    ],
)
def test_a_refusal_says_why(reason: Reason, told: str) -> None:
    understood = Understood("问", "问", districts=("鲤城区",), missing=("石狮市",))
    assert refused_message(reason, understood, ("鲤城区", "洛江区")) == told


def test_a_long_list_of_districts_is_cut(plans: Index) -> None:
    covered = tuple(f"第{i}区" for i in range(31))
    told = refused_message("unknown_district", Understood("问", "问", missing=("石狮市",)), covered)
    assert told.endswith("第11区等 31 个地区的文件。")
