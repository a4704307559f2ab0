"""Rows of tables: what they say, and which cell answers."""

from __future__ import annotations

import pytest
from conftest import IndexOfTexts

from index.rows import cells, row_under_header, spoken
from index.store import Index
from qa.answer import ask
from qa.types import Question


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("| 惠安县 | 12 |", ["惠安县", "12"]),
        ("惠安县\t12", ["惠安县", "12"]),
        ("惠安县\t\t12", ["惠安县", "", "12"]),
        ("| 惠安县 | | 12 |", ["惠安县", "", "12"]),
        ("惠安县　　12　　年底", ["惠安县", "12", "年底"]),
        ("惠安县    12  年底", ["惠安县", "12", "年底"]),
        ("惠安县｜12｜年底", ["惠安县", "12", "年底"]),
        ("惠安县\n12\n年底", ["惠安县", "12", "年底"]),
        ("惠安县今年 修路12公里", ["惠安县今年 修路12公里"]),
        ("", []),
    ],
)
def test_cells_stand_apart(line: str, expected: list[str]) -> None:
    assert cells(line) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("县  路（公里）  工期\n惠安县  12  年底", "惠安县，路12公里，工期年底。"),
        ("县  增长目标\n惠安县  7%左右", "惠安县，增长目标7%左右。"),
        ("序号  项目  投资(亿元)\n1  石雕园  3.5", "项目石雕园，投资3.5亿元。"),
        ("指标  惠安县\n学位（个）  900", "学位900个。"),
        ("指标  惠安县\n学位（个）  —", "学位无。"),
        ("县  路（公里）  桥（座）\n惠安县  —  3", "惠安县，桥3座。"),
        ("指标\n单位\n2030年\n\n学位\n个\n900", "学位，2030年900个。"),
        ("县\t路（公里）\t备注\n惠安县\t12", "惠安县，路12公里。"),
        ("惠安县修路。\n永春县种树。", "惠安县修路。\n永春县种树。"),
        ("县  路（公里）\n惠安县  12  年底", "县  路（公里）\n惠安县  12  年底"),
        ("惠安县修路。", "惠安县修路。"),
    ],
)
def test_a_row_is_said_under_its_header(text: str, said: str) -> None:
    assert spoken(text) == said


def test_only_a_row_below_a_header_is_one() -> None:
    assert row_under_header("县  路\n惠安县  12\n永春县  9") is None
    assert row_under_header("县  路") is None


@pytest.fixture(scope="module")
def tasks(index_of_texts: IndexOfTexts) -> Index:
    table = (
        "县区      修路(公里)    建桥(座)    投资(万元)\n"
        "惠安县      31.5          4          18600\n永春县      12.8          7           7350"
    )
    return index_of_texts(
        {"任务表.txt": f"今年的任务\n{table}", "惠安县要点.txt": "要点\n惠安县今年种树。"}
    )


@pytest.mark.parametrize(
    ("question", "marked"),
    [
        ("惠安今年修路多少公里？", ["修路(公里)", "31.5"]),
        ("惠安今年建桥几座？", ["建桥(座)", "4"]),
        ("永春的投资是多少？", ["投资(万元)", "7350"]),
    ],
)
def test_the_cell_that_answers_is_marked_with_its_columns_name(
    tasks: Index, question: str, marked: list[str]
) -> None:
    found = ask(Question(question), tasks)
    assert found.answered
    first = found.passages[0]
    assert [first.passage.text[start:end] for start, end in first.highlights] == marked
    document = {document.id: document.text for document in tasks.documents}
    text = document[first.passage.document_id]
    assert first.passage.text == "".join(text[start:end] for start, end in first.passage.spans)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("合　计　　　　42　　　9", ["合　计", "42", "9"]),
        ("单位　优　良", ["单位", "优", "良"]),
        ("学校　男　女　　合计", ["学校", "男", "女", "合计"]),
    ],
)
def test_a_name_that_is_spaced_out_is_one_cell_only_at_a_rows_start(
    row: str, expected: list[str]
) -> None:
    assert cells(row) == expected
