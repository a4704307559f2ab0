"""The question prompt, fed through a pipe."""

from __future__ import annotations

import io

import pytest
from rich.console import Console

from index.store import Index
from qa.chat import converse

HELP = "直接提问；可以接着问「那洛江呢？」。/help 看说明，/quit 或 Ctrl-D 结束。"


def talk(
    index: Index, monkeypatch: pytest.MonkeyPatch, *lines: str, end: str = "\n"
) -> tuple[int, str]:
    """Return the exit code and what was printed when `lines` are piped in."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + end))
    out = io.StringIO()
    console = Console(file=out, width=40, highlight=False, markup=False, emoji=False)
    return converse(index, console), out.getvalue()


def test_a_follow_up_is_answered_and_shown_as_it_was_understood(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = talk(
        plans, monkeypatch, "鲤城区新增多少学位？", "那洛江和丰泽呢？", "旅游收入呢？"
    )
    assert code == 0
    one, two, three = said.index("1200个"), said.index("5400个"), said.index("35亿元")
    assert one < two < three
    assert "（理解为：洛江区、丰泽区新增多少学位？）\n" in said
    assert "（理解为：洛江区、丰泽区：旅游收入呢？）\n" in said
    assert said.count("理解为") == 2


def test_a_whole_question_is_not_said_again(plans: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    _, said = talk(plans, monkeypatch, "鲤城区新增多少学位？", "丰泽区的长者食堂一餐几元？")
    assert "理解为" not in said
    assert "一餐只收五元" in said


def test_commands_are_no_questions(plans: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    code, said = talk(plans, monkeypatch, "/help", "/nope", "/quit", "鲤城区新增多少学位？")
    assert code == 0
    assert said == f"{HELP}\n{HELP}\n"


@pytest.mark.parametrize("leave", ["/quit", "/exit", "/q"])
def test_leaving_ends_it(plans: Index, monkeypatch: pytest.MonkeyPatch, leave: str) -> None:
    assert talk(plans, monkeypatch, leave, "学位") == (0, "")


def test_empty_lines_and_no_lines_at_all_ask_nothing(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert talk(plans, monkeypatch, "", " ", "\u3000") == (0, "")
    assert talk(plans, monkeypatch, end="") == (0, "")


def test_a_question_that_cannot_be_asked_does_not_end_it(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = talk(plans, monkeypatch, "学" * 3000, "洛江区新增多少学位？")
    assert code == 0
    assert said.startswith("错误：问题有 3000 字，最多 2000 字；请缩短\n")
    assert "5400个" in said


def test_if_nothing_is_answered_the_exit_code_is_1(
    plans_by_model: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = talk(plans_by_model, monkeypatch, "今天天气怎么样？", "石狮的渔港？")
    assert code == 1
    assert said


def test_more_questions_than_history_holds_are_answered(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = talk(plans, monkeypatch, *["洛江区新增多少学位？"] * 53, "那丰泽呢？")
    assert code == 0
    assert "错误" not in said
    assert "3800个" in said


def test_a_line_without_an_end_is_a_question_too(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = talk(plans, monkeypatch, "洛江区新增多少学位？", end="")
    assert code == 0
    assert "5400个" in said
