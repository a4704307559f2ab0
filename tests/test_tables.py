"""Tables of many answers: what a questions file holds, rows, cells, and the file written."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from index.store import Index
from index.types import Passage, Place, Span
from qa.errors import QuestionError
from qa.tables import COLUMNS, Asked, ask_each, questions_in, rows, table, whole_file
from qa.types import Answer, Found, Reason, Understood

TEXT = "洛江区新增学位5400个，校车免费接送。"
PASSAGE = Passage(
    "p1", TEXT, "洛江区.txt", "d1", 3, (Span(30, 40), Span(45, 55)), "洛江区", "打算", "三、教室"
)
UNDERSTOOD = Understood("学位", "学位")
FOUND = Found(PASSAGE, 0.914, (Span(3, 12),))
ANSWER = Answer(True, None, 0.9, "最相关的一段。", UNDERSTOOD, (FOUND,), {"洛江区": ("p1",)})
CELLS = [
    *("学位", "洛江区", "是", "新增学位5400个", TEXT, "打算", "三、教室", "洛江区.txt", "3"),
    *("", "30至40、45至55", "0.91", ""),
]


def with_passage(passage: Passage) -> Asked:
    return Asked("学位", replace(ANSWER, passages=(replace(FOUND, passage=passage),)))


# --- questions ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "data",
    [
        "# 第一批\n甲？\n\n  乙？  \n＃丙？\n".encode(),
        "\ufeff甲？\r\n \r\n#丙？\r\n乙？".encode(),
        "甲？\r\n# 丙？\r\n乙？\r\n".encode("gb18030"),
        "甲？\n乙？\n".encode("utf-16"),
    ],
)
def test_a_line_is_a_question_but_for_blank_ones_and_comments(data: bytes) -> None:
    assert questions_in("问题.txt", data) == ["甲？", "乙？"]


@pytest.mark.parametrize("data", [b"", b"\n \n", "# 只有说明\n".encode()])
def test_a_file_without_questions_is_told(data: bytes) -> None:
    with pytest.raises(QuestionError, match=r"^问题文件 甲\.txt 里没有问题；请一行写一个$"):
        questions_in("甲.txt", data)


@pytest.mark.parametrize("data", [b"\xff\xfe\x00\xd8", bytes(range(256))])
def test_a_file_that_is_no_text_is_told(data: bytes) -> None:
    with pytest.raises(
        QuestionError, match=r"^问题文件 甲 读不了；请给一个 UTF-8 文本，一行一个问题$"
    ):
        questions_in("甲", data)


# --- rows -----------------------------------------------------------------------------------------


def test_a_row_has_the_quotation_and_its_whole_address() -> None:
    (row,) = rows(Asked("学位", ANSWER))
    assert [row[column] for column in COLUMNS] == CELLS


def test_what_has_to_be_known_of_a_passage_stands_in_its_row() -> None:
    also = Place("转载.txt", "d2", 7, (Span(0, 1),))
    passage = replace(PASSAGE, digest=True, truncated=True, url="https://e.org", also_at=(also,))
    asked = with_passage(passage)
    assert asked.answer is not None
    understood = replace(asked.answer.understood, corrected={"洛将": "洛江区"})
    (row,) = rows(Asked("学位", replace(asked.answer, understood=understood)))
    assert (
        row["说明"]
        == "“洛将”当作洛江区；摘要，非原文；原文到此中断；https://e.org；又见 转载.txt 第7段"
    )


def test_every_district_asked_about_has_its_row(plans: Index) -> None:
    (asked,) = ask_each(["石狮和洛江的旅游收入达到多少？"], plans)
    found = {row["地区"]: row for row in rows(asked)}
    assert list(found) == ["洛江区", "石狮市"]
    assert (
        found["洛江区"]["引文"]
        == "洛江区争取旅游收入达到35亿元，在罗溪镇修通一条二十公里的骑行道。"
    )
    assert found["石狮市"] == {
        "问题": "石狮和洛江的旅游收入达到多少？",
        "地区": "石狮市",
        "有回答": "否",
        "说明": "没有石狮市的文件",
    }


@pytest.mark.parametrize(
    ("reason", "message", "told"),
    [
        ("off_topic", "这不是这些文件能回答的问题。可以问计划。", "这不是这些文件能回答的问题"),
        ("district_silent", "丰泽区的文章没有说到这一点。下面是最接近的几段，供您判断。", "丰泽区的文章没有说到这一点"),
    ],
)  # fmt: skip
def test_a_refusal_is_a_row_with_its_reason_and_without_a_passage(
    reason: Reason, message: str, told: str
) -> None:
    refusal = replace(
        ANSWER, answered=False, reason=reason, message=message, by_district={"丰泽区": ()}
    )
    assert rows(Asked("风筝", refusal)) == [
        {"问题": "风筝", "地区": "丰泽区", "有回答": "否", "说明": told}
    ]


def test_a_question_without_a_place_is_asked_of_each_district(plans: Index) -> None:
    questions = ["新增多少学位？", "洛江区新增多少学位？", "你好"]
    asked = list(ask_each(questions, plans, each=True))
    named = [[(row["地区"], row["有回答"]) for row in rows(one)] for one in asked]
    assert named == [
        [("丰泽区", "是"), ("洛江区", "是"), ("鲤城区", "是")],
        [("洛江区", "是")],
        [("丰泽区", "否"), ("洛江区", "否"), ("鲤城区", "否")],
    ]
    assert {row["说明"] for row in rows(asked[2])} == {"请提问"}


def test_the_districts_given_are_asked_whatever_a_question_names(plans: Index) -> None:
    (asked,) = ask_each(["洛江区新增多少学位？"], plans, ["鲤城区", "丰泽区"], each=True)
    assert [row["地区"] for row in rows(asked)] == ["鲤城区", "丰泽区"]


def test_a_question_that_cannot_be_asked_has_a_row_and_stops_nothing(plans: Index) -> None:
    long = "学" * 2001
    asked = list(ask_each([long, "新增多少学位？"], plans))
    told = "问题有 2001 字，最多 2000 字；请缩短"
    assert asked[0] == Asked(long, wrong=told)
    assert rows(asked[0]) == [{"问题": long, "地区": "", "有回答": "否", "说明": f"错误：{told}"}]
    assert json.loads(next(table(asked, "jsonl"))) == {
        "question": long,
        "answered": False,
        "reason": "bad_question",
        "message": told,
    }
    assert asked[1].answer is not None and asked[1].answer.answered


# --- forms ----------------------------------------------------------------------------------------


def test_json_lines_are_whole_answers_with_their_questions() -> None:
    (line,) = table([Asked("学位有多少", ANSWER)], "jsonl")
    assert json.loads(line) == {"question": "学位有多少", **ANSWER.to_dict()}
    assert "学位" in line


def test_a_table_in_markdown() -> None:
    assert list(table([Asked("学位", ANSWER)], "md")) == [
        "| 问题 | 地区 | 有回答 | 引文 | 全段 | 标题 | 小节 | 文件 | 段 | 日期 | 字符位置 | 可信度 | 说明 |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
        "| 学位 | 洛江区 | 是 | 新增学位5400个 | 洛江区新增学位5400个，校车免费接送。"
        " | 打算 | 三、教室 | 洛江区.txt | 3 |  | 30至40、45至55 | 0\\.91 |  |",
    ]


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("a|b", "a\\|b"),
        ("a\\|b", "a\\\\\\|b"),
        ("一行\r\n二行\u2028三行", "一行 二行 三行"),
        ("<b>*_`[~&lt;", "\\<b\\>\\*\\_\\`\\[\\~\\&lt;"),
        ("前\u3000后", "前\u3000后"),
    ],
)
def test_a_markdown_cell_keeps_to_its_column_and_is_only_text(text: str, cell: str) -> None:
    line = list(table([with_passage(replace(PASSAGE, article=text))], "md"))[2]
    assert line.split(" | ")[5] == cell


def test_a_table_as_csv() -> None:
    read = list(csv.reader(io.StringIO("\n".join(table([Asked("学位", ANSWER)], "csv")))))
    assert read == [list(COLUMNS), CELLS]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "＝1"])
def test_a_cell_that_a_spreadsheet_might_run_is_quoted(cell: str) -> None:
    asked = with_passage(replace(PASSAGE, document=cell))
    lines = "\n".join(table([replace(asked, question=cell)], "csv"))
    row = list(csv.reader(io.StringIO(lines, newline=""), strict=True))[1]
    assert (row[0], row[7]) == (f"'{cell}", f"'{cell}")


# --- the file -------------------------------------------------------------------------------------


def test_only_csv_begins_with_a_byte_order_mark(tmp_path: Path) -> None:
    for form, begins in (("csv", b"\xef\xbb\xbf"), ("md", b""), ("jsonl", b"")):
        with whole_file(tmp_path / "表", form) as file:  # type: ignore[arg-type]
            print("甲", file=file)
        assert (tmp_path / "表").read_bytes() == begins + "甲\n".encode()


def test_a_file_is_replaced_as_a_whole_or_not_at_all(tmp_path: Path) -> None:
    (tmp_path / "表.md").write_text("旧", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), whole_file(tmp_path / "表.md", "md") as file:
        print("新", file=file)
        raise KeyboardInterrupt
    assert [path.name for path in tmp_path.iterdir()] == ["表.md"]
    assert (tmp_path / "表.md").read_text(encoding="utf-8") == "旧"


def test_a_link_is_written_through(tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "表.md")
    with whole_file(tmp_path / "link.md", "md") as file:
        print("新", file=file)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "表.md").read_text(encoding="utf-8") == "新\n"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (".", "--out 的 {file} 不是文件；请写一个文件名"),
        (
            "没有/表.md",
            "--out 的 {file} 写不了（No such file or directory）；请检查路径、权限和磁盘空间",
        ),
        ("信.txt/表.md", "--out 的 {file} 写不了（Not a directory）；请检查路径、权限和磁盘空间"),
        ("长" * 200, "--out 的 {file} 写不了（File name too long）；请检查路径、权限和磁盘空间"),
    ],
)
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path, name: str, told: str) -> None:
    (tmp_path / "信.txt").write_text("信", encoding="utf-8")
    file = tmp_path / name
    with pytest.raises(QuestionError) as error, whole_file(file, "md"):
        raise AssertionError("opened")
    assert str(error.value) == told.format(file=file)
