"""Answers as a person reads them, and as rows of a table."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from index.store import Index
from index.types import Passage, Place, Span
from qa.answer import ask
from qa.render import COLUMNS, district_lines, heading, marked, print_answer, rows, table
from qa.types import Answer, Found, Question, Understood


def printed(answer: Answer, terminal: bool = False, width: int = 20) -> str:
    out = io.StringIO()
    console = Console(
        file=out,
        force_terminal=terminal,
        width=width,
        highlight=False,
        markup=False,
        emoji=False,
        color_system="standard" if terminal else None,
    )
    print_answer(answer, console)
    return out.getvalue()


TEXT = "[red]洛江区[/red]新增学位5400个，:smile: 山里的教学点一律保留，校车免费接送。" * 3
PASSAGE = Passage(
    "p1", TEXT, "洛江区.txt", "d1", 3, (Span(0, len(TEXT)),), "洛江区", "打算", "三、教室"
)
FOUND = Found(PASSAGE, 0.9, (Span(8, 18),))
ANSWER = Answer(
    answered=True,
    reason=None,
    confidence=0.9,
    message="最相关的一段在洛江区的《打算》。",
    understood=Understood("学位", "学位"),
    passages=(FOUND,),
    by_district={"洛江区": ("p1",)},
)


# --- for a person ---------------------------------------------------------------------------------


def test_piped_output_is_neither_wrapped_nor_cut_nor_coloured() -> None:
    assert printed(ANSWER).splitlines() == [
        "最相关的一段在洛江区的《打算》。",
        "",
        "1. 洛江区 · 打算 · 三、教室 · 洛江区.txt 第3段",
        "   » [/red]新增学位",
        f"   {TEXT}",
    ]


def test_a_terminal_shows_the_marked_words_inside_the_passage() -> None:
    shown = printed(ANSWER, terminal=True, width=400)
    assert "\x1b[1;7m[/red]新增学位\x1b[0m" in shown
    assert "»" not in shown


def test_every_district_asked_about_has_its_line(plans: Index) -> None:
    answer = ask(Question("石狮和洛江的旅游收入达到多少？"), plans)
    lines = list(district_lines(answer))
    assert len(lines) == 2
    assert {line.partition("：")[0] for line in lines} == {"石狮市", "洛江区"}
    assert "石狮市：没有提到" in lines
    assert all(f"  {line}" in printed(answer, width=400).splitlines() for line in lines)


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        (PASSAGE, "洛江区 · 打算 · 三、教室 · 洛江区.txt 第3段"),
        (
            replace(PASSAGE, digest=True),
            "洛江区 · 打算 · 三、教室 · 洛江区.txt 第3段 · 摘要，非原文",
        ),
        (
            replace(PASSAGE, truncated=True, date="2025-01-20", url="https://example.org/1"),
            "洛江区 · 打算 · 三、教室 · 洛江区.txt 第3段 · 原文到此中断 · 2025-01-20 · https://example.org/1",
        ),
        (
            replace(PASSAGE, also_at=(Place("转载.txt", "d2", 7, (Span(0, 1),)),)),
            "洛江区 · 打算 · 三、教室 · 洛江区.txt 第3段 · 又见 转载.txt 第7段",
        ),
        (replace(PASSAGE, district=None, article=None, section=None), "洛江区.txt 第3段"),
    ],
)
def test_above_a_passage_stands_all_that_has_to_be_known_of_it(
    passage: Passage, expected: str
) -> None:
    assert heading(replace(FOUND, passage=passage)) == expected


def test_the_marked_words_are_the_passages_own() -> None:
    assert marked(FOUND) == ["[/red]新增学位"]


# --- as a table -----------------------------------------------------------------------------------

ROW = {
    "question": "学位",
    "answered": "yes",
    "district": "洛江区",
    "answer": "a|b\nc",
    "text": "=1+1",
    "location": "-x",
    "id": "@p",
    "message": "+m",
}


def test_a_csv_cell_is_never_a_formula() -> None:
    header, row = csv.reader(io.StringIO("\n".join(table([ROW], "csv")), newline=""))
    assert header == list(COLUMNS)
    assert row == ["学位", "yes", "洛江区", "a|b\nc", "'=1+1", "'-x", "'@p", "'+m"]


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "＝1"])
def test_what_a_spreadsheet_might_run_is_quoted(cell: str) -> None:
    _, line = table([{**ROW, "answer": cell}], "csv")
    (row,) = csv.reader(io.StringIO(line, newline=""), strict=True)
    assert row[3] == f"'{cell}"


def test_a_markdown_cell_keeps_to_its_column() -> None:
    lines = list(table([ROW], "md"))
    assert lines == [
        "| question | answered | district | answer | text | location | id | message |",
        "| --- | --- | --- | --- | --- | --- | --- | --- |",
        "| 学位 | yes | 洛江区 | a\\|b c | =1+1 | -x | @p | +m |",
    ]


def test_a_backslash_before_a_bar_stays_one_cell() -> None:
    line = list(table([{**ROW, "answer": "a\\|b\r\nc"}], "md"))[2]
    assert line.split(" | ")[3] == "a\\\\\\|b c"


def test_json_lines_hold_the_cells_as_they_are() -> None:
    (line,) = table([ROW], "jsonl")
    assert json.loads(line) == ROW
    assert "学位" in line


def test_an_answer_for_one_district_is_one_row(plans: Index) -> None:
    (row,) = rows("洛江区新增多少学位？", ask(Question("洛江区新增多少学位？"), plans))
    assert (row["answered"], row["district"]) == ("yes", "洛江区")
    assert "5400" in row["answer"]
    assert row["answer"] in row["text"]
    assert set(row) == set(COLUMNS)


def test_an_answer_for_several_districts_has_a_row_for_each(plans: Index) -> None:
    text = "石狮和洛江的旅游收入达到多少？"
    found = {row["district"]: row for row in rows(text, ask(Question(text), plans))}
    assert found["洛江区"]["answered"] == "yes"
    assert found["石狮市"]["answered"] == "no"
    assert found["石狮市"]["text"] == ""


def test_a_refusal_is_one_row_without_a_passage(plans: Index) -> None:
    (row,) = rows("今天天气怎么样？", ask(Question("今天天气怎么样？"), plans))
    assert (row["answered"], row["text"], row["id"]) == ("no", "", "")
    assert row["message"]
