import pytest
from conftest import IndexOfTexts
from helpers import document_of_text, sections

from index.letters import is_label, letters_in
from qa.answer import ask
from qa.types import Question

LETTER = "我住马甲，路坏了三年，什么时候修好？听说要花五个亿。"
ANSWER = "您反映的马甲公路今年5月开工，总投资3亿元，年底修好。"


@pytest.mark.parametrize(
    "page",
    [
        f"路什么时候修\n\n来信时间：2026-03-11\n来信内容：\n{LETTER}\n\n答复单位：洛江区交通局\n答复内容：\n{ANSWER}",
        f"路什么时候修\n\n信访内容: {LETTER}\n回文单位: 洛江区交通局\n内容:\n{ANSWER}",
        f"路什么时候修\n\n网友3308164\n2026.03.11\n{LETTER}\n回复部门:洛江区\n{ANSWER}",
    ],
)
def test_an_answer_comes_from_the_office_and_not_from_the_letter(
    index_of_texts: IndexOfTexts, page: str
) -> None:
    index = index_of_texts({"信.txt": page, "丰泽区.txt": "丰泽区办学\n\n今年建学校三所。"})
    found = ask(Question("洛江区马甲的路总投资多少？"), index)
    assert found.answered
    assert ANSWER in found.passages[0].passage.text
    assert found.passages[0].passage.district == "洛江区"
    assert not any(p.answers for p in found.passages if LETTER in p.passage.text)


def test_a_letter_is_shown_where_it_is_asked_for(index_of_texts: IndexOfTexts) -> None:
    page = f"路什么时候修\n\n来信内容：\n{LETTER}\n\n答复单位：洛江区交通局\n答复内容：\n{ANSWER}"
    index = index_of_texts({"信.txt": page})
    found = ask(Question("洛江区有网友反映马甲的路坏了吗？"), index)
    assert any(p.answers and LETTER in p.passage.text for p in found.passages)


def test_a_letter_and_its_answer_are_sections() -> None:
    document = document_of_text(f"修路\n\n来信内容：\n{LETTER}\n\n答复内容：\n{ANSWER}")
    assert sections(document) == ["来信", "答复"]


@pytest.mark.parametrize(
    "lines",
    [
        ["主要内容：修路办学", "办理结果：已办"],
        ["建设内容：夜校", "责任单位：区教育局"],
        ["来信内容：路坏了。", "今年修路。"],
        ["答复：今年修。"],
    ],
)
def test_what_nobody_writes_or_answers_is_no_letter(lines: list[str]) -> None:
    assert letters_in(lines) == {}


def test_a_second_question_after_an_answer_is_a_letter_again() -> None:
    lines = [
        "来信内容：",
        LETTER,
        "回复内容：",
        ANSWER,
        "再次反馈：校车怎么走？",
        "再次回复：",
        ANSWER,
    ]
    assert letters_in(lines) == {0: "来信", 2: "答复", 4: "来信", 5: "答复"}
    assert is_label("来信内容：")
    assert not is_label("来信内容：路坏了。")


def test_fields_of_a_project_are_no_letter(index_of_texts: IndexOfTexts) -> None:
    text = (
        "洛江区2026年实事清单\n\n夜校\n\n内容：新建夜校三所，总投资900万元。\n\n办理单位：区教育局"
    )
    index = index_of_texts({"洛江区.txt": text})
    assert ask(Question("洛江区新建夜校总投资多少？"), index).answered


def test_letters_below_districts_headings_are_these_districts() -> None:
    letters = f"来信内容：\n{LETTER}\n\n答复内容：\n今年修。"
    document = document_of_text(
        f"来信办理情况\n\n一、洛江区\n\n{letters}\n\n二、丰泽区\n\n{letters}", "信.txt"
    )
    assert {article.district for article in document.articles} == {"洛江区", "丰泽区"}
