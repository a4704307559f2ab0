"""The conversation: lines through a pipe, its commands, and what goes to a terminal."""

from __future__ import annotations

import base64
import io
import re
import sys

import pytest
from conftest import IndexOfTexts
from rich.console import Console

from index.store import Index
from qa.chat import COMMANDS, Session, converse
from qa.errors import QuestionError


def talk(
    index: Index, monkeypatch: pytest.MonkeyPatch, *lines: str, end: str = "\n"
) -> tuple[bool, str]:
    """Return whether there was an answer and what was printed when `lines` are piped in."""
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(lines) + end))
    out = io.StringIO()
    console = Console(file=out, width=40, highlight=False, markup=False, emoji=False)
    return converse(index, console), out.getvalue()


def test_a_follow_up_is_answered_and_shown_as_it_was_understood(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, said = talk(
        plans, monkeypatch, "鲤城区新增多少学位？", "那洛江和丰泽呢？", "旅游收入呢？"
    )
    assert answered
    one, two, three = said.index("1200个"), said.index("5400个"), said.index("35亿元")
    assert one < two < three
    assert "（理解为：洛江区、丰泽区新增多少学位？）\n" in said
    assert "（理解为：洛江区、丰泽区：旅游收入呢？）\n" in said
    assert said.count("理解为") == 2


def test_a_whole_question_is_not_said_again(plans: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    _, said = talk(plans, monkeypatch, "鲤城区新增多少学位？", "丰泽区的长者食堂一餐几元？")
    assert "理解为" not in said
    assert "一餐只收五元" in said


@pytest.mark.parametrize("leave", ["/quit", "/exit", "/q"])
def test_leaving_ends_it(plans: Index, monkeypatch: pytest.MonkeyPatch, leave: str) -> None:
    assert talk(plans, monkeypatch, leave, "学位") == (True, "")


def test_empty_lines_and_no_lines_at_all_ask_nothing(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert talk(plans, monkeypatch, "", " ", "\u3000") == (True, "")
    assert talk(plans, monkeypatch, end="") == (True, "")


def test_lines_through_a_pipe_never_load_the_prompt(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "prompt_toolkit", None)
    monkeypatch.delitem(sys.modules, "qa.prompt", raising=False)
    answered, said = talk(plans, monkeypatch, "洛江区新增多少学位？")
    assert answered
    assert said.startswith("洛江区的文章说到了“学位”，共列出 4 段原文，越靠前越相关。")
    assert not [character for character in said if character < " " and character != "\n"]


def test_a_question_that_cannot_be_asked_does_not_end_it(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, said = talk(plans, monkeypatch, "学" * 3000, "洛江区新增多少学位？")
    assert answered
    assert said.startswith("错误：问题有 3000 字，最多 2000 字；请缩短\n")
    assert "5400个" in said


def test_that_nothing_was_answered_is_told(
    plans_by_model: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, said = talk(plans_by_model, monkeypatch, "今天天气怎么样？", "石狮的渔港？")
    assert not answered
    assert said


def test_if_no_line_can_be_asked_that_is_an_error(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "^没有一行能问；每一行的原因写在输出里，请改正$"
    with pytest.raises(QuestionError, match=told):
        talk(plans, monkeypatch, "/nope", "学" * 3000)


def test_more_questions_than_history_holds_are_answered(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, said = talk(plans, monkeypatch, *["洛江区新增多少学位？"] * 53, "那丰泽呢？")
    assert answered
    assert "错误" not in said
    assert "3800个" in said


def test_a_line_without_an_end_is_a_question_too(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered, said = talk(plans, monkeypatch, "洛江区新增多少学位？", end="")
    assert answered
    assert "5400个" in said


# --- commands -------------------------------------------------------------------------------------

ASKED = "洛江区新增多少学位？"


def after(index: Index, *lines: str) -> str:
    """Return what the last of `lines` prints."""
    out = io.StringIO()
    session = Session(index, Console(file=out, width=40))
    for line in lines[:-1]:
        assert session.take(line)
    out.truncate(out.seek(0))
    assert session.take(lines[-1])
    return out.getvalue()


def test_help_names_every_command(plans: Index) -> None:
    said = after(plans, "/help").splitlines()
    assert said[0] == "直接提问；可以接着问「那洛江呢？」。"
    assert [line.split("：")[0].split()[0] for line in said[1:]] == list(COMMANDS)
    assert "  /open N：第 N 段所在的整个自然段，和它的前后" in said


def test_any_blank_stands_before_what_a_command_is_given(plans: Index) -> None:
    assert after(plans, ASKED, "、open　1") == after(plans, ASKED, "/open 1")


@pytest.mark.parametrize("line", ["／help", "、help", "/help "])
def test_the_slash_of_a_chinese_keyboard_begins_a_command_too(plans: Index, line: str) -> None:
    assert after(plans, line) == after(plans, "/help")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["/nope"], "没有命令 /nope；/help 列出全部命令"),
        (["/"], "没有命令 /；/help 列出全部命令"),
        (["/why"], "还没有问过问题；请先提问"),
        (["/open 1"], "还没有问过问题；请先提问"),
        ([ASKED, "/new", "/copy 1"], "还没有问过问题；请先提问"),
        ([ASKED, "/open"], "请写第几段，1 到 4，如 /open 1"),
        ([ASKED, "/open 0"], "请写第几段，1 到 4，如 /open 1"),
        ([ASKED, "/copy 5"], "请写第几段，1 到 4，如 /copy 1"),
        ([ASKED, "/copy ²"], "请写第几段，1 到 4，如 /copy 1"),
        (["/district 火星"], "不认识地区“火星”；文件里有：丰泽区、洛江区、鲤城区"),
        (["/district 洛江、石狮"], "没有石狮市的文件；有：丰泽区、洛江区、鲤城区"),
    ],
)
def test_a_command_that_cannot_be_obeyed_says_what_to_change(
    plans: Index, lines: list[str], told: str
) -> None:
    assert after(plans, *lines) == f"错误：{told}\n"


def test_a_refusal_without_passages_has_nothing_to_open(plans: Index) -> None:
    told = "错误：上一个回答没有列出段落；请先问一个有回答的问题\n"
    assert after(plans, "石狮的渔港？", "/open 1") == told


@pytest.mark.parametrize(
    "names", ["洛江 丰泽", "洛江区、丰泽区", "洛江，丰泽", "洛江,丰泽区", " 洛江  丰泽 "]
)
def test_the_search_is_restricted_to_districts(plans: Index, names: str) -> None:
    restricted = f"/district {names}"
    assert after(plans, restricted) == "只在这里找：洛江区、丰泽区\n"
    said = after(plans, restricted, "新增多少学位？")
    assert "  洛江区：洛江区投资9.5亿元建设15个教育项目，新增学位5400个。\n" in said
    assert "鲤城" not in said
    assert "已限定" not in said


def test_without_names_the_restriction_and_the_districts_are_listed(plans: Index) -> None:
    listed = "  丰泽区：4 段\n  洛江区：4 段\n  鲤城区：4 段\n"
    assert after(plans, "/district") == f"只在这里找：全部\n{listed}"
    assert after(plans, "/district 鲤城", "/district") == f"只在这里找：鲤城区\n{listed}"


@pytest.mark.parametrize(
    ("names", "shown"),
    [("全部", ""), ("鲤城 洛江", "鲤城区、洛江区"), ("鲤城 洛江 丰泽", "鲤城区等 3 个地区")],
)
def test_the_restriction_stands_before_the_line(plans: Index, names: str, shown: str) -> None:
    session = Session(plans, Console(file=io.StringIO()))
    session.take(f"/district {names}")
    assert session.restriction() == shown


@pytest.mark.parametrize("lift", ["全部", "off", "不限"])
def test_the_restriction_is_lifted(plans: Index, lift: str) -> None:
    assert after(plans, "/district 鲤城", f"/district {lift}") == "只在这里找：全部\n"


def test_an_unknown_district_changes_nothing(plans: Index) -> None:
    said = after(plans, "/district 鲤城", "/district 火星", "/district")
    assert said.startswith("只在这里找：鲤城区\n")


def test_a_question_about_another_district_is_told_of_the_restriction(plans: Index) -> None:
    said = after(plans, "/district 鲤城", ASKED)
    assert said.startswith("（已限定只在鲤城区里找；「/district 全部」解除）\n")


def test_documents_without_districts_cannot_be_restricted(index_of_texts: IndexOfTexts) -> None:
    index = index_of_texts({"夜校.txt": "夜校\n夜校每周开课三晚，学费全免。"})
    assert after(index, "/district 全部") == "错误：这些文件不分地区；直接提问就可以\n"


def test_why_tells_how_the_question_was_understood_and_what_speaks_for_each_passage(
    plans: Index,
) -> None:
    said = after(plans, "鲤城区新增多少学位？", "那洛将区呢？", "/why").splitlines()
    assert said[:5] == [
        "问题：洛江区新增多少学位？",
        "要找：新增 学位",
        "地区：洛江区",
        "种类：数字或事实",
        "改过的别字：“洛将区”当作洛江区",
    ]
    assert re.fullmatch(r"可信度：0\.\d\d", said[5])
    assert said[6] == "1. 洛江区 · 洛江区下一年的打算 · 三、教室不够就盖 · 洛江区.txt 第3段"
    told = r"   可信度 0\.\d\d（0\.\d\d 起算回答）；排序分 -?\d+\.\d\d"
    assert re.fullmatch(told, said[7])
    assert re.fullmatch(r"   意思 .* · 同一句里 1\.00 · .*", said[8])
    assert len(said) == 6 + 3 * 4


def test_why_names_years_and_places_without_documents(plans: Index) -> None:
    said = after(plans, "石狮和洛江2025年新增多少学位？", "/why").splitlines()
    assert "没有文件的地方：石狮市" in said
    assert "年份：2025" in said


def test_open_shows_the_paragraph_between_its_neighbours(plans: Index) -> None:
    assert after(plans, ASKED, "/open 1").splitlines() == [
        "洛江区 · 洛江区下一年的打算 · 三、教室不够就盖 · 洛江区.txt 第3段",
        "第2段",
        "   洛江区设立2亿元的机械产业基金，帮五十家老厂换上数控机床。厂里的老师傅带徒弟，每带出一人奖励三千元。",
        "第3段",
        "   » 洛江区投资9.5亿元建设15个教育项目，新增学位5400个。山里的教学点一律保留，校车免费接送。",
        "   洛江区投资9.5亿元建设15个教育项目，新增学位5400个。山里的教学点一律保留，校车免费接送。",
        "第4段",
        "   惠女水库周边三公里内不再养猪，沿岸种下水杉八万棵。水质每周公布一次，谁污染谁出钱治理。",
    ]


CITED = "洛江区《洛江区下一年的打算》（洛江区.txt 第3段）：「洛江区投资9.5亿元建设15个教育项目，新增学位5400个。」"


def test_copy_prints_the_citation_and_nothing_else_into_a_pipe(plans: Index) -> None:
    assert after(plans, ASKED, "/copy 1") == f"{CITED}\n"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_copy_sends_the_citation_to_the_clipboard_of_a_terminal(plans: Index) -> None:
    out = Terminal()
    session = Session(plans, Console(file=out, force_terminal=True, width=400, color_system=None))
    session.take(ASKED)
    session.take("/copy 1")
    copied = base64.b64encode(CITED.encode()).decode()
    assert f"\x1b]52;c;{copied}\a" in out.getvalue()
    assert "（已送往剪贴板；终端若不支持，请选中上面这一行复制）\n" in out.getvalue()


def test_what_a_terminal_cannot_take_is_not_said_to_be_sent(
    plans: Index, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qa.chat._CLIPBOARD_LIMIT", 10)
    out = Terminal()
    session = Session(plans, Console(file=out, force_terminal=True, width=400, color_system=None))
    session.take(ASKED)
    session.take("/copy 1")
    assert CITED in out.getvalue()
    assert "剪贴板" not in out.getvalue()


def test_after_new_nothing_is_followed_up(plans: Index) -> None:
    assert after(plans, ASKED, "/new") == "前面的问题不再算数，请从头问起。\n"
    assert "理解为" in after(plans, ASKED, "那丰泽呢？")
    assert "理解为" not in after(plans, ASKED, "/new", "那丰泽呢？")
