"""Who asks for a name, and what names somebody."""

from __future__ import annotations

import pytest

from qa.figures import asks_for, holds
from qa.persons import asks_for_person, names_person


@pytest.mark.parametrize(
    "question",
    [
        "洛江区区长是谁？",
        "丰泽区委书记叫什么名字",
        "谁是泉港区区长",
        "谁担任工作组的负责人？",
        "校长姓名",
        "洛江区区长是哪一位？",
        "校长是哪位？",
        "鲤城区的领导姓什么？",
    ],
)
def test_who_holds_an_office_is_asked_for_by_name(question: str) -> None:
    assert asks_for_person(question)
    assert asks_for(question) == "person"


@pytest.mark.parametrize(
    "question",
    ["电梯坏了找谁？", "由谁负责？", "谁来管？", "受益的是谁？", "区长要抓什么？", "卖给谁？"],
)
def test_whose_task_it_is_is_not_a_name(question: str) -> None:
    assert not asks_for_person(question)


@pytest.mark.parametrize(
    "text",
    [
        "区长林海生说，学位不够。",
        "会议由区委书记 陈大伟主持，他在会上作了说明。",
        "董事长欧阳建国介绍了项目。",
        "许丽华同志任组长。",
        "阿里·哈桑到访。",
    ],
)
def test_a_name_stands_beside_an_office_or_before_what_its_bearer_does(text: str) -> None:
    assert names_person(text)
    assert holds("person", text)


@pytest.mark.parametrize(
    "text",
    [
        "推动高质量发展。",
        "安全生产责任落实到区长。",
        "书记和区长一起抓。",
        "金融服务，石化产业。",
        "向人大代表报告。",
        "安全领导小组开会。",
        "",
    ],
)
def test_a_surname_alone_is_no_name(text: str) -> None:
    assert not names_person(text)
    assert not holds("person", text)


def test_a_question_that_counts_people_asks_for_a_figure() -> None:
    assert asks_for("负责人是谁，有多少人？") == "figure"
