"""Answers as a person reads them: in a terminal, through a pipe, in context, cited."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from rich.console import Console

from index.store import Index
from index.types import Passage, Place, Span
from qa.answer import ask
from qa.citation import citation, heading, quotation
from qa.render import district_lines, print_answer, print_context
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
    assert "石狮市：没有找到" in lines
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


def test_a_passage_without_answering_words_is_said_to_be_only_near() -> None:
    near = replace(FOUND, highlights=())
    assert heading(near) == "只是相近 · 洛江区 · 打算 · 三、教室 · 洛江区.txt 第3段"
    shown = printed(replace(ANSWER, passages=(FOUND, near))).splitlines()
    assert shown[-2:] == ["2. 只是相近 · 洛江区 · 打算 · 三、教室 · 洛江区.txt 第3段", f"   {TEXT}"]


def test_what_is_left_out_of_a_quotation_is_shown() -> None:
    assert quotation(replace(FOUND, highlights=(Span(5, 8), Span(8, 10)))) == "洛江区[/"
    assert quotation(replace(FOUND, highlights=(Span(5, 8), Span(18, 23)))) == "洛江区……5400个"
    assert quotation(replace(FOUND, highlights=())) == TEXT


def test_a_digest_is_cited_as_a_digest() -> None:
    digest = replace(PASSAGE, digest=True, date="2025-01-20", url="https://example.org/1")
    assert citation(replace(FOUND, passage=digest)) == (
        "洛江区《打算》（洛江区.txt 第3段，2025-01-20，https://example.org/1，摘要，非原文）"
        "：「[/red]新增学位」"
    )


def test_what_a_terminal_would_obey_is_shown_as_unreadable() -> None:
    text = "学位\x1b]52;c;eA==\x1b\\\x9b2J。\n第二行"
    hostile = replace(ANSWER, passages=(replace(FOUND, passage=replace(PASSAGE, text=text)),))
    shown = printed(hostile, terminal=True, width=400)
    assert "\x1b]" not in shown
    assert "\x9b" not in shown
    assert "\ufffd2J" in shown
    assert f"   {text}\n" in printed(hostile)


def test_a_passage_is_shown_in_its_paragraph_between_the_ones_beside_it(plans: Index) -> None:
    passage = next(p for p in plans.passages if "学位5400个" in p.text)
    document = plans.document(passage.document_id)
    assert document is not None
    piece = replace(passage, text="山里的教学点一律保留", spans=(_last(passage, "山里", 10),))
    out = io.StringIO()
    print_context(piece, document, Console(file=out, width=20))
    assert out.getvalue() == (
        "洛江区 · 洛江区下一年的打算 · 三、教室不够就盖 · 洛江区.txt 第3段\n"
        "第2段\n"
        "   洛江区设立2亿元的机械产业基金，帮五十家老厂换上数控机床。"
        "厂里的老师傅带徒弟，每带出一人奖励三千元。\n"
        "第3段\n"
        "   » 山里的教学点一律保留\n"
        "   洛江区投资9.5亿元建设15个教育项目，新增学位5400个。"
        "山里的教学点一律保留，校车免费接送。\n"
        "第4段\n"
        "   惠女水库周边三公里内不再养猪，沿岸种下水杉八万棵。"
        "水质每周公布一次，谁污染谁出钱治理。\n"
    )


def _last(passage: Passage, words: str, length: int) -> Span:
    start = passage.spans[0].start + passage.text.index(words)
    return Span(start, start + length)
