"""Questions in print, and what answers them."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts
from helpers import document_of_text, texts

from index.interviews import is_asked
from qa.answer import ask
from qa.types import Question

_INTERVIEW = (
    "洛江：夜校这样办\n□晚报记者 林某\n　　夜校开课一年，记者走访了洛江区教育局。\n"
    "记者：听说夜校要搬家，新校舍要花多少钱？\n"
    "王某：总投资2.9亿元，全部由区里出。\n"
    "　　明年三月动工。\n"
    "记者追问：学费呢？\n王某：三年内每期不超过200元。\n"
    "记者：谢谢。\n"
)


def test_a_question_and_what_answers_it_are_one_paragraph() -> None:
    document = document_of_text(_INTERVIEW)
    assert texts(document)[1:] == [
        "记者：听说夜校要搬家，新校舍要花多少钱？\n王某：总投资2.9亿元，全部由区里出。",
        "明年三月动工。",
        "记者追问：学费呢？\n王某：三年内每期不超过200元。",
        "记者：谢谢。",
    ]
    for paragraph in document.paragraphs:
        assert "".join(document.text[s:e] for s, e in paragraph.spans) == paragraph.text


def test_an_answer_cut_in_two_by_a_page_break_stays_whole_under_its_question() -> None:
    document = document_of_text(
        "夜校问答\n问：老街的夜校几时开课，要带些什么？\n"
        "答：老街夜校定在三月开课，届时请带好身份证和两张照片，到社区服\n\n— 2 —\n\n务中心报名，学费全免。\n"
        "问：食堂呢？\n答：年底开门。"
    )
    assert texts(document)[0].endswith("到社区服务中心报名，学费全免。")
    assert texts(document)[0].startswith("问：老街的夜校几时开课")


def test_several_questions_in_a_row_stay_apart_but_the_last() -> None:
    document = document_of_text("夜校问答\n问：夜校呢？\n问：食堂呢？\n答：都在年底开门。")
    assert texts(document) == ["问：夜校呢？", "问：食堂呢？\n答：都在年底开门。"]


def test_what_is_marked_is_the_answer_and_never_the_question(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts({"晚报.txt": _INTERVIEW})
    found = ask(Question("洛江区夜校的新校舍要花多少钱？"), index)
    assert found.answered
    first = found.passages[0]
    marked = [first.passage.text[s:e] for s, e in first.highlights]
    assert marked
    assert all("2.9亿元" in words and "记者" not in words for words in marked)


def test_letters_and_answers_are_of_the_district_that_answers_or_is_asked_about() -> None:
    document = document_of_text(
        "有问必答\n读者老林（洛江区马甲镇）：夜校几时开课？\n洛江区教育局：三月开课，学费全免。\n"
        "丰泽区东湖街道 陈女士：食堂周末怎么不开？\n区民政局：八月起周末也供餐。\n"
        "读者王女士（鲤城区开元街道）：路灯坏了。\n鲤城区城管局：已换好十二盏。"
    )
    assert [(a.district, len(a.paragraphs)) for a in document.articles] == [
        ("洛江区", 1),
        ("丰泽区", 1),
        ("鲤城区", 1),
    ]


def test_an_interview_under_a_headline_that_says_so_is_an_article() -> None:
    document = document_of_text(
        "夜校怎么办？\n——本报记者对话洛江区教育局局长林某\n\n记者：几时开课？\n林某：三月开课。\n\n"
        "食堂怎么开？\n——丰泽区医院院长王某答本报记者问\n\n问：几时开门？\n答：年底开门。\n"
    )
    assert [(a.headline, a.district) for a in document.articles] == [
        ("夜校怎么办？——本报记者对话洛江区教育局局长林某", "洛江区"),
        ("食堂怎么开？——丰泽区医院院长王某答本报记者问", "丰泽区"),
    ]


@pytest.mark.parametrize(
    "line",
    ["居民医保：每人每年缴费400元。", "群众满意度：98%。", "问需于民办实事：", "问卷调查结果：",
     "居民健身：新建场地3处", "问题整改情况：", "惠及居民：全年新建学校3所。",
     "市民（游客）：5万人", "记者站：泉州",
     "【关爱老人】发放津贴300万元。", "文化 关爱同学：开展帮扶。", "彭家坡村全体村民：",
     "义务教育 小学：12所。", "记者手记：路好走了。"],
)  # fmt: skip
def test_a_label_is_no_question(line: str) -> None:
    assert not is_asked(line)


@pytest.mark.parametrize(
    ("lines", "paragraphs"),
    [
        ("居民王阿姨：路好走了。\n洛江区还将修桥三座。", 2),
        ("读者林女士：老街路灯坏了。\n晚上很黑，请问几时修好？\n城管局：已换好。", 3),
        ("读者林女士：老街路灯坏了。\n城管局：已换好。", 1),
        ("记者：学费呢？\n三年内不超过200元。", 1),
        ("晚报记者：\n学费呢？\n王某：三年内不超过200元。", 1),
    ],
)
def test_what_answers_is_named_or_told_after_a_question(lines: str, paragraphs: int) -> None:
    document = document_of_text(f"老街见闻\n{lines}")
    assert len(document.paragraphs) == paragraphs


def test_what_resumes_an_article_answers_no_question_below_it() -> None:
    document = document_of_text(
        "夜校怎么办\n□晚报记者 林某\n　　洛江区办夜校。记者来到教育局，看见大家在报名。\n王某：三月开课，学\n（下转第4版）\n\n"
        "图片说明：夜校开课了。\n答疑时间：每周三晚。\n\n夜校怎么办\n（上接第1版）\n费全免，书本由区里出。\n记者：学费呢？"
    )
    for paragraph in document.paragraphs:
        assert "".join(document.text[s:e] for s, e in paragraph.spans) == paragraph.text
