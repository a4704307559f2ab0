"""What a newspaper takes back."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts
from helpers import document_of_text

from index.corrections import corrections_in, is_correction
from index.types import Passage
from qa.answer import ask
from qa.types import Question

_PAPER = (
    "泉州晚报\n2026年1月7日 第2版\n\n洛江：把夜校办到村口\n□本报记者 某某\n"
    "　　洛江区今年新办夜校9所，招学员600人。\n　　夜校每周开课三晚。\n"
)


@pytest.mark.parametrize(
    ("text", "corrects"),
    [
        ("更正：昨日本报第2版照片说明中“马甲镇”应为“河市镇”。", True),
        ("本报1月7日《办夜校》一文中，夜校应为6所，误为9所，特此更正。", True),
        ("“9所”有误，应为“6所”，向读者致歉。", True),
        ("“夜校9所”应为“夜校6所”。", True),
        ("夜校应为村民办6门课，登记有误的，及时变更。", False),
        ("树立更正确的政绩观，发展应是高质量的发展。", False),
        ("本周更正了三处路牌。", False),
    ],
)
def test_a_correction_says_so_or_quotes_what_was_wrong(text: str, *, corrects: bool) -> None:
    assert is_correction(text) is corrects


def test_a_correction_stands_before_the_words_that_it_takes_back(
    index_of_texts: IndexOfTexts,
) -> None:
    taken_back = (
        "泉州晚报\n2026年1月9日 第2版\n\n更　正\n"
        "　　本报1月7日第2版《洛江：把夜校办到村口》一文中，“新办夜校9所”有误，应为“新办夜校6所”；"
        "“招学员600人”应为“招学员900人”。特此更正。\n"
    )
    index = index_of_texts({"晚报0107.txt": _PAPER, "晚报0109.txt": taken_back})
    answer = ask(Question("洛江区今年新办几所夜校？"), index)
    first, second = answer.passages[:2]
    assert [first.passage.text[start:end] for start, end in first.highlights] == ["新办夜校6所"]
    assert "9所" in second.passage.text
    assert "请以更正为准" in answer.message
    assert answer.by_district["洛江区"][:2] == (first.passage.id, second.passage.id)
    alone = ask(Question("洛江区今年新办几所夜校？", top_k=1), index)
    assert [found.passage.id for found in alone.passages] == [first.passage.id]
    assert alone.by_district["洛江区"] == (first.passage.id,)
    said = ask(Question("洛江区的夜校每周开课几晚？"), index)
    assert "三晚" in said.passages[0].passage.text
    assert "更正" not in said.message


def test_a_correction_takes_back_only_what_it_means(index_of_texts: IndexOfTexts) -> None:
    others = "丰泽区夜校招生公告\n\n夜校报名时间为2026年3月1日至3月10日，共招600人。\n"
    taken_back = "更正公告\n\n洛江区道路工程的报名时间“2026年3月1日至3月10日”应为“2026年3月8日至3月18日”，特此更正。\n"
    index = index_of_texts({"丰泽区.txt": others, "洛江区.txt": taken_back})
    answer = ask(Question("丰泽区夜校什么时候报名？"), index)
    assert "请以更正为准" not in answer.message
    longer = _PAPER.replace("9所", "19所")
    short = "更正\n\n本报1月7日《洛江：把夜校办到村口》一文中，“9所”应为“6所”，特此更正。\n"
    index = index_of_texts({"晚报.txt": longer, "更正.txt": short})
    assert "9所" in ask(Question("洛江区今年新办几所夜校？"), index).passages[0].passage.text


def test_a_correction_is_of_the_county_that_it_names_unless_it_stands_in_an_article() -> None:
    correction = "更　正　　本报1月7日2版中，丰泽区夜校学员应为900人，特此更正。\n"
    ends = document_of_text(_PAPER + "\n" + correction, "晚报.txt")
    assert [a.district for a in ends.articles[-2:]] == ["洛江区", "丰泽区"]
    inside = document_of_text(
        _PAPER + correction + "　　夜校今年还请来老师二十名，都是本地的能手。", "晚报.txt"
    )
    assert [a.district for a in inside.articles][-1] == "洛江区"
    assert "老师二十名" in inside.articles[-1].text


def test_each_correction_in_a_paragraph_is_of_the_article_named_before_it() -> None:
    text = "本报6日《林子里的账本》一文中，“修中山路”有误，应为“修城南路”。"
    text += "同日《稻浪翻金》一文中，“投资2亿元”有误，应为“投资3亿元”。特此更正。"
    passages = [Passage("p", text, "晚报.txt", "d", 1, ())]
    assert [(c.headline, c.wrong) for c in corrections_in(passages)] == [
        ("林子里的账本", "修中山路"),
        ("稻浪翻金", "投资2亿元"),
    ]


@pytest.mark.parametrize(
    ("text", "headlines"),
    [
        ("更正 “夜校9所”应为“夜校6所”（《洛江办起夜校》）；“医院3所”应为“医院2所”（《丰泽办起医院》）。",
         ["洛江办起夜校", "丰泽办起医院"]),
        ("更正：“夜校9所”应为“夜校6所”，见本报1月7日《洛江办起夜校》一文。", ["洛江办起夜校"]),
        ("《洛江办起夜校》一文引用《福建教育规划》时，“夜校9所”应为“夜校6所”。", ["洛江办起夜校"]),
    ],
)  # fmt: skip
def test_the_article_corrected_may_be_named_after_its_words(
    text: str, headlines: list[str]
) -> None:
    found = corrections_in([Passage("p", text, "晚报.txt", "d", 1, ())])
    assert [correction.headline for correction in found] == headlines
