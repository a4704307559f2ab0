"""Answers as Markdown: how they look once a chat client has drawn them, and what can't happen."""

from __future__ import annotations

from collections.abc import Sequence
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt

from index.store import Index
from index.types import Passage, Span
from qa.answer import ask
from qa.markdown import escape, quote, to_markdown
from qa.types import Answer, Found, Question, Understood

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class _Drawn(HTMLParser):
    """What a page shows: its text, line by line, and its elements in order."""

    def __init__(self, markdown: str) -> None:
        super().__init__()
        self.text = ""
        self.elements: list[str] = []
        self.feed(MARKDOWN.render(markdown))

    def handle_starttag(self, tag: str, attributes: object) -> None:
        self.elements.append(tag)
        if tag == "strong":
            self.text += "⟦"

    def handle_endtag(self, tag: str) -> None:
        if tag == "strong":
            self.text += "⟧"

    def handle_data(self, data: str) -> None:
        self.text += data


def answer_of(*found: Found, message: str = "找到了。", **understood: object) -> Answer:
    by_district = {f.passage.district: (f.passage.id,) for f in found if f.passage.district}
    read = Understood("问", "问", **understood)  # type: ignore[arg-type]
    return Answer(True, None, 0.9, message, read, found, by_district)


def found_in(text: str, highlights: Sequence[Span] = (), **address: str) -> Found:
    known = {"id": "p", "document": "洛江.txt", "document_id": "d", **address}
    passage = Passage(text=text, paragraph=2, spans=(Span(0, len(text)),), **known)  # type: ignore[arg-type]
    return Found(passage, 0.9, tuple(highlights))


# --- what an answer looks like -------------------------------------------------------------------


def test_an_answer_is_the_message_and_the_numbered_passages_quoted() -> None:
    first = found_in(
        "全区今年新建两所小学。校舍九月交付使用。",
        [Span(0, 10)],
        district="洛江区",
        article="办好家门口的学校",
    )
    second = found_in("老校舍翻修。", id="q")
    assert to_markdown(Question("问"), answer_of(first, second)) == (
        "找到了。\n\n"
        "1. 洛江区 · 办好家门口的学校 · 洛江.txt 第2段\n\n"
        "   > **全区今年新建两所小学**。校舍九月交付使用。\n\n"
        "2. 只是相近 · 洛江.txt 第2段\n\n"
        "   > 老校舍翻修。"
    )


def test_a_quotation_stays_in_its_number_where_numbers_have_two_digits() -> None:
    found = [found_in("第一行\n第二行", id=str(number)) for number in range(10)]
    drawn = _Drawn(to_markdown(Question("问"), answer_of(*found)))
    assert drawn.elements.count("ol") == 1
    assert drawn.elements.count("blockquote") == 10


def test_a_question_of_several_districts_gets_a_table() -> None:
    answer = answer_of(
        found_in("新建两所，分三年。另建一所。", [Span(0, 4), Span(9, 13)], district="洛江区"),
        found_in("新建四所。", [Span(0, 4)], district="鲤城区", id="q"),
        each=True,
    )
    answer.by_district["丰泽区"] = ()
    table = to_markdown(Question("问"), answer).split("\n\n")[1]
    assert table == (
        "| 地区 | 文字 | 见 |\n"
        "| --- | --- | --- |\n"
        "| 洛江区 | 新建两所……另建一所 | 1 |\n"
        "| 鲤城区 | 新建四所 | 2 |\n"
        "| 丰泽区 | 没有找到 |  |"
    )
    assert _Drawn(table).elements.count("td") == 9


def test_a_table_cell_keeps_pipes_and_line_ends_within_it() -> None:
    first = found_in("甲|乙\n丙\\|丁", [Span(0, 8)], district="洛江区")
    table = to_markdown(Question("问"), answer_of(first, each=True)).split("\n\n")[1]
    drawn = _Drawn(table)
    assert drawn.elements.count("td") == 3
    assert "甲|乙 丙\\|丁" in drawn.text


def test_how_a_follow_up_question_was_read_is_told() -> None:
    question = Question("那洛江呢？", history=("鲤城区新建几所小学？",))
    assert to_markdown(question, answer_of()).startswith("（理解为：问）\n\n找到了。")
    assert not to_markdown(Question("那洛江呢？"), answer_of()).startswith("（理解为")


@pytest.mark.parametrize("text", ["你好", "各区新增多少学位？", "洛江区的地铁什么时候通车？"])
def test_every_answer_shows_its_passages_word_for_word(plans: Index, text: str) -> None:
    answer = ask(Question(text), plans)
    shown = _Drawn(to_markdown(Question(text), answer)).text.replace("⟦", "").replace("⟧", "")
    assert answer.passages
    for found in answer.passages:
        assert found.passage.text in shown
    assert answer.message in shown


# --- bold words ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "highlights", "drawn"),
    [
        ("建两所小学。", [(0, 6)], "⟦建两所小学。⟧"),
        ("建两所小学，新增学位。", [(0, 6)], "⟦建两所小学⟧，新增学位。"),
        ("建两所小学，新增学位。", [(5, 10)], "建两所小学，⟦新增学位⟧。"),
        ("按“十四五”规划建设", [(1, 8)], "按“⟦十四五”规划⟧建设"),
        ("增长5%，高于全省", [(0, 4)], "⟦增长5%⟧，高于全省"),
        ("增长5%高于全省", [(0, 4)], "⟦增长5⟧%高于全省"),
        ("甲乙丙丁", [(0, 2), (2, 4)], "⟦甲乙丙丁⟧"),
        ("甲乙丙丁", [(0, 3), (1, 2)], "⟦甲乙丙⟧丁"),
        ("甲，乙", [(1, 2)], "甲，乙"),
        ("甲*乙*丙", [(1, 4)], "甲*⟦乙⟧*丙"),
        ("甲 乙 丙", [(1, 4)], "甲 ⟦乙⟧ 丙"),
        ("甲乙\n丙丁", [(1, 4)], "甲⟦乙⟧\n⟦丙⟧丁"),
        ("甲乙", [(0, 0)], "甲乙"),
        ("", [], ""),
    ],
)
def test_the_answering_words_are_bold_where_markdown_can_have_it(
    text: str, highlights: list[tuple[int, int]], drawn: str
) -> None:
    quoted = quote(text, [Span(*highlight) for highlight in highlights])
    assert _Drawn(quoted).text.strip("\n") == drawn


# --- text that would be more than text -----------------------------------------------------------

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<!-- 注释 -->",
    "[点这里](https://example.org)",
    "![图](https://example.org/a.png)",
    "<https://example.org>",
    "https://example.org www.example.org a@example.org",
    "[甲]: https://example.org",
    "[甲][乙] [^1] [ ] 待办",
    "# 标题",
    "###### 标题 ######",
    "- 列表",
    "+ 列表",
    "* 列表",
    "1. 列表",
    "2025) 列表",
    "---",
    "***",
    "===",
    "> 引用",
    ">>> 引用",
    "```\n代码\n```",
    "~~~\n代码\n~~~",
    "`代码` ``代码``",
    "**粗** __粗__ *斜* _斜_ ***都***",
    "3~5万元，6~~8~~万元",
    "| 甲 | 乙 |\n| --- | --- |\n| 丙 | 丁 |",
    "甲\n---",
    "甲\n===",
    "&lt;b&gt; &amp; &#60;",
    "反斜线 \\* \\\\ \\",
    "$x$ $$y$$",
    "\\(x\\) \\[y\\]",
    "</blockquote></li>",
    "甲\r# 标题",
    "甲\r\n\r\n# 标题\n\n\n- 列表",
    "甲\n\n    缩进",
]


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


@pytest.mark.parametrize("text", HOSTILE)
def test_quoted_text_shows_as_it_stands_and_formats_nothing(text: str) -> None:
    drawn = _Drawn(quote(text, []))
    assert set(drawn.elements) <= {"blockquote", "p", "br"}
    assert _lines(drawn.text) == _lines(text)


@pytest.mark.parametrize("text", HOSTILE)
def test_names_and_messages_show_as_they_stand_on_one_line(text: str) -> None:
    drawn = _Drawn(escape(text))
    assert drawn.elements == ["p"]
    assert drawn.text.strip() == " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_anywhere_in_an_answer_leaves_its_shape(text: str) -> None:
    found = found_in(
        text, [Span(0, len(text))], district=text, article=text, section=text, document=text
    )
    answer = answer_of(found, message=text)
    drawn = _Drawn(to_markdown(Question("问"), answer))
    assert set(drawn.elements) <= {"p", "ol", "li", "blockquote", "br", "strong"}
    assert drawn.elements.count("li") == 1


def test_a_bare_address_is_no_link_and_no_pair_of_brackets_is_a_formula() -> None:
    assert escape("https://a.cn www.a.cn a@a.cn") == r"https\://a.cn www\.a.cn a\@a.cn"
    assert escape("（见[附件]）") == r"（见\[附件]）"
