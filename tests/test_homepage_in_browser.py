"""The page as a person uses it: in Debian's Chromium, over the running service."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from threading import Event
from typing import Any
from urllib.parse import quote

import pytest
from browser import CHROMIUM, chromium, serving
from conftest import IndexOfTexts
from helpers import FIXTURES
from playwright.sync_api import Browser, Dialog, Locator, Page, Request, Route, expect

import api.app
import qa.answer
from api.app import create_app
from index.store import Index
from qa.citation import citation
from qa.opening import Settings
from qa.types import Question

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium isn't installed")

Open = Callable[..., Page]
TOURISM = "鲤城区旅游收入要达到多少？"
NOBODY = "丰泽区的水库周边几公里不再养猪？"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(plans_by_model: Index) -> Iterator[str]:
    with serving(create_app(plans_by_model)) as address:
        yield address


@pytest.fixture
def opened(browser: Browser, address: str) -> Iterator[Open]:
    """Opens the page in a browser of its own; what goes wrong in it fails the test."""
    contexts = []
    wrong: list[str] = []

    def opened(at: str = address, **settings: Any) -> Page:
        context = browser.new_context(**{"locale": "zh-CN", "reduced_motion": "reduce", **settings})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda message: wrong.append(message.text))
        page.goto(at)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert [line for line in wrong if "Failed to load resource" not in line] == []


def ask(page: Page, question: str) -> Locator:
    """Ask and return the newest turn, answered."""
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    newest = page.locator(".turn").last
    expect(newest.locator("h2")).to_contain_text(question)
    expect(newest.locator(".answer")).to_be_visible()
    return newest


def ask_in_vain(page: Page) -> None:
    """Ask what is never answered, and return while the page waits."""
    page.route("**/ask", lambda route: None)  # never answered
    page.locator("#question").fill(TOURISM)
    page.keyboard.press("Enter")
    expect(page.locator("#conversation")).to_have_attribute("aria-busy", "true")


# --- answers -------------------------------------------------------------------------------------


def test_an_answer_shows_the_passage_its_marked_words_and_where_it_stands(opened: Open) -> None:
    turn = ask(opened(), TOURISM)
    expect(turn.locator(".message")).to_contain_text("鲤城区的文章说到了“旅游收入”")
    passage = turn.locator(".passage").first
    expect(passage.locator("h3")).to_contain_text("鲤城区")
    expect(passage.locator("h3")).to_contain_text("《鲤城区下一年的打算》")
    expect(passage.locator(".section")).to_have_text("一、把古城游做细")
    expect(passage.locator("blockquote")).to_contain_text("鲤城区力争全年接待游客九百万人次")
    expect(passage.locator("mark").first).to_contain_text("旅游收入达到86亿元")
    expect(passage.locator(".source")).to_have_text("鲤城区.txt · 第 1 段")
    expect(passage.locator(".badge.planned")).to_contain_text("拟")
    expect(passage.locator(".figures")).to_contain_text("86亿元 = 8,600,000,000 元")


def test_a_page_that_is_asked_asks_nothing_of_any_other_site(opened: Open, address: str) -> None:
    page = opened("about:blank")
    requests: list[Request] = []
    page.on("request", lambda request: requests.append(request))
    page.goto(address)
    ask(page, TOURISM)
    asked = [request.url for request in requests if not request.url.startswith("data:")]
    assert [url for url in asked if not url.startswith(address)] == []
    assert [url for url in asked if url.endswith("/ask")] == [f"{address}ask"]


def test_a_comparison_is_a_table_of_districts_in_which_the_silent_are_named(opened: Open) -> None:
    turn = ask(opened(), "鲤城、丰泽和思明区的旅游收入是多少？")
    rows = turn.locator(".districts tbody tr")
    expect(rows).to_have_count(3)
    expect(rows.nth(0)).to_contain_text("86亿元")
    expect(rows.nth(1)).to_contain_text("52亿元")
    expect(rows.nth(2)).to_have_text("思明区没有这个地区的文件")
    expect(rows.nth(2)).to_have_class("silent")


def test_a_table_leads_to_the_passage(opened: Open) -> None:
    turn = ask(opened(), "各区旅游收入是多少？")
    turn.locator(".districts .go").nth(1).click()
    expect(turn.locator(".passage h3").nth(1)).to_be_focused()


def test_a_refusal_looks_different_says_why_and_keeps_the_nearest_folded(opened: Open) -> None:
    turn = ask(opened(), NOBODY)
    expect(turn.locator(".answer")).to_have_class("answer refused")
    expect(turn.locator(".verdict")).to_have_text("文件没有回答：这个地区的文件没有说到")
    expect(turn.locator(".message")).to_contain_text("丰泽区的文章没有提到这一点")
    expect(turn.locator(".passage").first).to_be_hidden()
    turn.locator("summary").click()
    expect(turn.locator(".passage").first).to_be_visible()


def test_a_follow_up_is_understood_from_what_was_asked_before(opened: Open) -> None:
    page = opened()
    ask(page, TOURISM)
    with page.expect_request("**/ask") as asked:
        turn = ask(page, "那洛江呢？")
    assert asked.value.post_data_json["history"] == [TOURISM]
    expect(turn.locator(".understood")).to_have_text("理解为：洛江区旅游收入要达到多少？")
    expect(turn.locator(".passage").first).to_contain_text("35亿元")


def test_a_misspelt_district_is_shown_as_it_was_taken(opened: Open) -> None:
    turn = ask(opened(), "丰择区新增学位多少个？")
    expect(turn.locator(".understood")).to_contain_text("“丰择区”当作丰泽区")


def test_a_question_understood_as_it_was_asked_says_nothing_of_it(opened: Open) -> None:
    expect(ask(opened(), TOURISM).locator(".understood")).to_have_count(0)


def test_chips_restrict_the_districts(opened: Open) -> None:
    page = opened()
    page.get_by_label("洛江区").check()
    expect(page.locator("#filter-chosen")).to_have_text("洛江区")
    with page.expect_request("**/ask") as asked:
        turn = ask(page, "旅游收入要达到多少？")
    assert asked.value.post_data_json["districts"] == ["洛江区"]
    expect(turn.locator(".understood")).to_have_text("只在洛江区里找")
    assert set(turn.locator(".passage .district").all_text_contents()) == {"洛江区"}


def test_a_new_conversation_forgets_the_old_one(opened: Open) -> None:
    page = opened()
    ask(page, TOURISM)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#start")).to_be_visible()
    expect(page.locator("#question")).to_be_focused()
    assert "#" not in page.url
    with page.expect_request("**/ask") as asked:
        ask(page, "修好多少栋老屋？")
    assert asked.value.post_data_json["history"] == []


def test_a_new_conversation_forgets_the_question_under_way(opened: Open) -> None:
    page = opened()
    ask_in_vain(page)
    page.get_by_role("button", name="新对话").click()
    expect(page.locator("#conversation")).not_to_have_attribute("aria-busy", "true")
    expect(page.locator("#question")).to_have_value("")
    expect(page.locator("#status")).to_have_text("已开始新对话。")
    expect(page.locator(".turn")).to_have_count(0)


def test_a_suggested_question_is_asked_and_answered_by_a_click(opened: Open) -> None:
    page = opened()
    button = page.locator(".suggestions button").first
    question = button.inner_text()
    button.click()
    turn = page.locator(".turn")
    expect(turn.locator("h2")).to_contain_text(question)
    expect(turn.locator(".answer")).to_have_class("answer")
    expect(page.locator("#question")).to_be_focused()


def test_a_passage_that_is_only_near_says_so_and_looks_so(opened: Open) -> None:
    page = opened()
    with page.expect_response("**/ask") as answered:
        turn = ask(page, TOURISM)
    near = [not found["highlights"] for found in answered.value.json()["passages"]]
    assert True in near and False in near
    for number, only_near in enumerate(near):
        passage = turn.locator(".passage").nth(number)
        expect(passage).to_have_class("passage near" if only_near else "passage")
        expect(passage.get_by_text("只是相近")).to_have_count(int(only_near))


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (TOURISM, "The best passage is from 鲤城区"),
        ("15个教育项目要投资多少？", "The best passage is from 洛江区"),
        ("鲤城、丰泽的旅游收入是多少？", "Found for 鲤城区, 丰泽区 ("),
        ("鲤城和思明区的旅游收入是多少？", "Found for 鲤城区, nothing for 思明区 ("),
        (NOBODY, "The nearest passages are below; judge for yourself."),
        ("思明区新建几所小学？", "Ask what a district plans"),
    ],
)
def test_the_english_page_tells_the_heart_of_the_message(
    opened: Open, question: str, told: str
) -> None:
    page = opened(locale="en")
    with page.expect_response("**/ask") as answered:
        turn = ask(page, question)
    expect(turn.locator(".message")).to_contain_text(told)
    expect(turn.get_by_text(answered.value.json()["message"])).to_have_attribute("lang", "zh-CN")
    expect(page.locator("#status")).to_contain_text(told)


def test_the_digest_is_called_a_digest_throughout(opened: Open) -> None:
    with serving(create_app()) as address:
        turn = ask(opened(address), "各区旅游有什么目标？")
        expect(turn.locator(".districts .go").first).to_have_text("摘要 1")
        expect(turn.get_by_text("原文 1")).to_have_count(0)


# --- the article, and citations ------------------------------------------------------------------


def test_a_passage_opens_in_its_article_and_is_in_view(opened: Open) -> None:
    page = opened(viewport={"width": 800, "height": 360})
    passage = ask(page, "惠女水库的水质多久公布一次？").locator(".passage").first
    passage.get_by_role("button", name="看上下文").click()
    quoted = page.locator("#reader .quoted")
    expect(quoted.first).to_be_in_viewport()
    assert "".join(quoted.all_text_contents()) == passage.locator("blockquote").inner_text()
    expect(page.locator("#reader-title")).to_have_text("洛江区下一年的打算")
    expect(page.locator("#reader-text")).to_contain_text("机械厂的新门路")
    expect(page.locator("#reader-text")).to_be_focused()


def test_escape_closes_the_article_and_the_focus_is_where_it_was(opened: Open) -> None:
    page = opened()
    button = ask(page, TOURISM).get_by_role("button", name="看上下文").first
    button.click()
    expect(page.locator("#reader")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#reader")).to_be_hidden()
    expect(button).to_be_focused()


def test_one_can_go_on_to_the_next_passage_and_no_further_than_the_last(opened: Open) -> None:
    page = opened()
    ask(page, "惠女水库的水质多久公布一次？").get_by_role("button", name="看上下文").first.click()
    expect(page.get_by_role("button", name="下一段")).to_be_disabled()
    page.get_by_role("button", name="上一段").click()
    expect(page.locator("#reader .quoted").first).to_contain_text("15个教育项目")
    expect(page.get_by_role("button", name="下一段")).to_be_enabled()


CITATION = "鲤城区《鲤城区下一年的打算》（鲤城区.txt 第1段）：「鲤城区力争全年接待游客九百万人次，旅游收入达到86亿元。」"


def test_a_citation_is_copied_by_one_click_in_the_form_of_the_command_line(
    opened: Open, plans_by_model: Index
) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    button = ask(page, TOURISM).get_by_role("button", name="复制引文").first
    button.click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("() => navigator.clipboard.readText()") == CITATION
    best = qa.answer.ask(Question(TOURISM), plans_by_model).passages[0]
    assert citation(best) == CITATION


def test_a_citation_is_copied_where_the_browser_has_no_clipboard_for_plain_http(
    opened: Open,
) -> None:
    page = opened("about:blank")
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(opened().url)
    ask(page, TOURISM).get_by_role("button", name="复制引文").first.click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    page.locator("#question").focus()
    page.keyboard.press("Control+V")
    expect(page.locator("#question")).to_have_value(CITATION)


def test_a_citation_that_cannot_be_copied_is_shown_to_be_copied_by_hand(opened: Open) -> None:
    page = opened("about:blank")
    page.add_init_script(
        "Object.defineProperty(navigator, 'clipboard', { value: undefined });"
        "document.execCommand = () => false"
    )
    page.goto(opened().url)
    ask(page, TOURISM).get_by_role("button", name="复制引文").first.click()
    expect(page.get_by_label("请手动选中复制")).to_have_value(CITATION)


# --- documents that mean no good, and odd ones ---------------------------------------------------

HOSTILE = """---
district: <b onmouseover=run()>洛江区</b>
url: javascript:run()
---
<img src=x onerror=run()>办好学校
一、<script>run()</script>扩大学位
全区今年新建两所小学，<svg onload=run()>新增学位</svg>一千八百个。"""
LINKED = (
    "---\ndistrict: 鲤城区\nurl: https://example.org/a?b=1&c=2\n---\n留住古城\n沿街的老屋由住户修。"
)
RARE = (
    "---\ndistrict: 丰泽区\n---\n𠮷宅的灯\n𠮷宅🏮今夜挂满一百盏灯迎客。𡋾口的渡船每天六班来回两岸。"
)


@pytest.fixture(scope="module")
def odd(index_of_texts: IndexOfTexts) -> Iterator[str]:
    page = FIXTURES / "晚报专版.txt"
    index = index_of_texts(
        {
            "<img src=x onerror=run()>.txt": HOSTILE,
            "鲤城.txt": LINKED,
            "丰泽.txt": RARE,
            page.name: page.read_text(encoding="utf-8"),
        }
    )
    with serving(create_app(index)) as address:
        yield address


def test_nothing_in_a_document_runs(opened: Open, odd: str) -> None:
    page = opened("about:blank")
    ran: list[str] = []
    page.expose_function("run", lambda: ran.append("ran"))

    def told(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", told)
    page.goto(odd)
    turn = ask(page, "今年新建两所小学，新增学位多少个？")
    passage = turn.locator(".passage", has_text="新增学位").first
    expect(passage.locator("blockquote")).to_contain_text("<svg onload=run()>新增学位</svg>")
    expect(passage.locator(".source")).to_contain_text("<img src=x onerror=run()>.txt")
    expect(passage.locator(".source")).to_contain_text("javascript:run()")
    passage.get_by_role("button", name="看上下文").click()
    expect(page.locator("#reader-text")).to_contain_text("<script>run()</script>扩大学位")
    page.keyboard.press("Escape")
    passage.locator("h3").hover()
    inside = page.locator(".turn, dialog, #start, #filter")
    assert (
        inside.locator("img, script, svg[onload], a[href^='javascript:'], b[onmouseover]").count()
        == 0
    )
    assert ran == []


def test_a_web_address_in_a_document_leads_there_and_tells_nothing_of_here(
    opened: Open, odd: str
) -> None:
    page = opened(odd)
    link = ask(page, "沿街的老屋由谁修？").locator("a[target]").first
    expect(link).to_have_attribute("href", "https://example.org/a?b=1&c=2")
    expect(link).to_have_attribute("rel", "noopener noreferrer")


def test_marks_count_characters_beyond_the_first_plane_as_one(opened: Open, odd: str) -> None:
    page = opened(odd)
    with page.expect_response("**/ask") as answered:
        passage = ask(page, "𡋾口的渡船每天几班？").locator(".passage", has_text="渡船").first
    found = next(p for p in answered.value.json()["passages"] if "渡船" in p["text"])
    marked = [found["text"][start:end] for start, end in found["highlights"]]
    assert passage.locator("mark").all_text_contents() == marked
    assert marked and found["text"].index(marked[0]) > 0
    passage.get_by_role("button", name="看上下文").click()
    expect(page.locator("#reader .quoted").first).to_be_visible()
    quoted = "".join(page.locator("#reader .quoted").all_text_contents())
    assert quoted == found["text"]
    assert page.locator("#reader .quoted strong").all_text_contents() == marked


def test_a_passage_in_two_pieces_says_so_and_both_are_marked_in_the_article(
    opened: Open, odd: str
) -> None:
    page = opened(odd)
    passage = ask(page, "堵在巷口的变压器怎么办？").locator(".passage", has_text="变压器").first
    expect(passage.locator(".source")).to_contain_text("原件分 2 处印出，已接上")
    text = passage.locator("blockquote").inner_text()
    passage.get_by_role("button", name="看上下文").click()
    expect(page.locator("#reader .quoted").first).to_be_visible()
    assert "".join(page.locator("#reader .quoted").all_text_contents()) == text
    assert text not in page.locator("#reader-text").inner_text()


def test_where_a_passage_stands_once_more_can_be_opened(opened: Open, odd: str) -> None:
    page = opened(odd)
    turn = ask(page, "堵在巷口的变压器怎么办？")
    passage = turn.locator(".passage", has_text="又见").first
    text = passage.locator("blockquote").inner_text()
    passage.get_by_role("button", name="又见").first.click()
    expect(page.locator("#reader .quoted").first).to_be_in_viewport()
    assert "".join(page.locator("#reader .quoted").all_text_contents()) == text


# --- keys ----------------------------------------------------------------------------------------


def test_enter_asks_and_shift_enter_starts_a_line(opened: Open) -> None:
    page = opened()
    field = page.locator("#question")
    field.press_sequentially("鲤城区")
    page.keyboard.press("Shift+Enter")
    field.press_sequentially("旅游收入")
    expect(field).to_have_value("鲤城区\n旅游收入")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .answer")).to_be_visible()
    expect(field).to_have_value("")
    expect(field).to_be_focused()


def test_enter_that_ends_a_word_of_the_input_method_asks_nothing(opened: Open) -> None:
    page = opened()
    field = page.locator("#question")
    field.fill("lvyou")
    for event in ({"isComposing": True}, {"keyCode": 229}):
        field.dispatch_event("keydown", {"key": "Enter", "cancelable": True, **event})
    expect(page.locator(".turn")).to_have_count(0)
    expect(field).to_have_value("lvyou")
    field.dispatch_event("keydown", {"key": "Enter", "cancelable": True})
    expect(page.locator(".turn")).to_have_count(1)


def test_an_empty_question_asks_nothing_and_says_so(opened: Open) -> None:
    page = opened()
    page.locator("#question").fill("  ")
    page.locator("#send").click()
    expect(page.locator("#status")).to_have_text("请先写出要问的话。")
    expect(page.locator(".turn")).to_have_count(0)


def test_escape_cancels_and_gives_the_question_back(opened: Open) -> None:
    page = opened()
    ask_in_vain(page)
    expect(page.locator(".busy-note")).to_have_text("正在文件里找…")
    page.keyboard.press("Escape")
    expect(page.locator("#question")).to_have_value(TOURISM)
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.locator("#conversation")).not_to_have_attribute("aria-busy", "true")


def test_the_skip_link_comes_first_and_leads_to_the_question(opened: Open) -> None:
    page = opened()
    expect(page.locator("#question")).to_be_focused()
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#question")).to_be_focused()


def test_what_came_back_is_told_to_a_screen_reader(opened: Open) -> None:
    page = opened()
    ask(page, TOURISM)
    expect(page.get_by_role("status").and_(page.locator("#status"))).to_contain_text(
        "有回答。鲤城区的文章说到了“旅游收入”"
    )
    ask(page, NOBODY)
    expect(page.locator("#status")).to_contain_text("没有回答。丰泽区的文章没有提到")


# --- when something is wrong ---------------------------------------------------------------------


def test_a_service_that_is_down_is_told_and_the_question_can_be_asked_again(opened: Open) -> None:
    page = opened()
    page.route("**/ask", lambda route: route.abort())
    turn = ask(page, TOURISM)
    expect(turn.get_by_role("alert")).to_contain_text("连不上服务。请看看网络，或服务是不是停了。")
    page.unroute("**/ask")
    turn.get_by_role("button", name="再试一次").click()
    expect(page.locator(".turn")).to_have_count(1)
    expect(page.locator(".turn .message")).to_contain_text("鲤城区的文章说到了“旅游收入”")


def test_a_question_that_failed_is_no_history(opened: Open) -> None:
    page = opened()
    page.route("**/ask", lambda route: route.abort())
    ask(page, TOURISM)
    page.unroute("**/ask")
    with page.expect_request("**/ask") as asked:
        ask(page, "修好多少栋老屋？")
    assert asked.value.post_data_json["history"] == []


def test_a_question_that_is_too_long_is_told_so_and_can_be_changed(opened: Open) -> None:
    page = opened()
    question = "旅游" * 1001
    page.locator("#question").fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("问题有 2002 字，最多 2000 字；请缩短")
    page.get_by_role("button", name="改问题").click()
    expect(page.locator("#question")).to_have_value(question)
    expect(page.locator(".turn")).to_have_count(0)


def test_an_answer_that_is_none_is_told(opened: Open) -> None:
    def broken(route: Route) -> None:
        route.fulfill(status=502, body="<h1>Bad Gateway</h1>", content_type="text/html")

    page = opened()
    page.route("**/ask", broken)
    expect(ask(page, TOURISM).get_by_role("alert")).to_contain_text("服务的回答读不懂。")


def test_a_long_conversation_sends_as_much_history_as_a_request_may_hold(opened: Open) -> None:
    page = opened()
    for i in range(3):
        ask(page, f"{i}" + "旅游" * 999)
    page.evaluate(
        "() => { TextEncoder.prototype.encode = (text) => ({ length: text.length * 20 }); }"
    )
    with page.expect_request("**/ask") as asked:
        ask(page, TOURISM)
    assert [question[0] for question in asked.value.post_data_json["history"]] == ["2"]


@pytest.mark.parametrize("character", ["洛", "\U00020000", '"', "\n"])
def test_no_conversation_is_too_long_for_a_request(opened: Open, character: str) -> None:
    asking = """async (text) => {
        const { ask } = await import("/page/service.js");
        return await ask(text, Array(50).fill(text), [], null);
    }"""
    page = opened()
    with page.expect_request("**/ask") as asked:
        page.evaluate(asking, character * 1990 + "旅游收入？")
    assert 50_000 < len(asked.value.post_data_buffer or b"") <= 65_536


def test_a_service_that_is_not_ready_is_told_and_waited_for(
    opened: Open, monkeypatch: pytest.MonkeyPatch, plans_by_model: Index
) -> None:
    may_go_on = Event()

    def open_settings(settings: Settings, *_: object) -> Index:
        may_go_on.wait(30)
        return plans_by_model

    monkeypatch.setattr(api.app, "open_settings", open_settings)
    with serving(create_app(settings=Settings())) as address:
        page = opened(f"{address}?q={quote(TOURISM)}")
        expect(page.locator("#covers")).to_have_text("服务还没准备好：索引还没有打开；请稍后再试")
        turn = ask(page, "修好多少栋老屋？")
        expect(turn.get_by_role("alert")).to_contain_text("服务还没准备好")
        may_go_on.set()
        expect(page.locator(".turn").last.locator("h2")).to_contain_text(TOURISM)
        expect(page.locator(".turn").last.locator(".message")).to_contain_text("鲤城区")
        page.close()


# --- languages, addresses, screens and paper -----------------------------------------------------


@pytest.mark.parametrize(
    ("locale", "language", "button"),
    [
        ("zh-CN", "zh-CN", "提问"),
        ("zh-TW", "zh-CN", "提问"),
        ("en-GB", "en", "Ask"),
        ("fr", "zh-CN", "提问"),
    ],
)
def test_the_page_speaks_english_when_the_browser_asks_for_it(
    opened: Open, locale: str, language: str, button: str
) -> None:
    page = opened(locale=locale)
    expect(page.locator("html")).to_have_attribute("lang", language)
    expect(page.get_by_role("button", name=button, exact=True)).to_be_visible()


def test_the_language_can_be_switched_and_stays(opened: Open) -> None:
    page = opened()
    ask(page, NOBODY)
    page.get_by_role("button", name="English").click()
    expect(page.locator(".verdict")).to_have_text(
        "The documents don’t answer this: this district’s documents don’t mention it"
    )
    expect(page.locator(".turn .message")).to_have_text(
        "The nearest passages are below; judge for yourself."
    )
    expect(page.locator(".turn [lang=zh-CN]").first).to_contain_text("丰泽区的文章没有提到这一点")
    page.reload()
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_both_languages_have_the_same_words(opened: Open) -> None:
    page = opened()
    script = page.request.get(f"{page.url}page/words.js").text()
    chinese, english = (
        re.findall(r"^  (\w+):", block, re.MULTILINE)
        for block in re.findall(r"= \{\n(.*?)\n\};", script, re.DOTALL)
    )
    assert chinese == english


def test_a_question_in_the_address_is_asked_and_then_kept_from_the_service(
    opened: Open, address: str
) -> None:
    page = opened(f"{address}?q={quote(TOURISM)}")
    expect(page.locator(".turn h2")).to_contain_text(TOURISM)
    expect(page.locator(".turn .message")).to_contain_text("鲤城区")
    expect(page).to_have_url(f"{address}#q={quote(TOURISM)}")
    expect(page).to_have_title(f"{TOURISM} · 泉问")


def test_a_follow_up_and_its_districts_can_be_shared_by_their_address(
    opened: Open, address: str
) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "旅游收入要达到多少？")
    page.locator("#filter summary").click()
    page.locator("#districts").get_by_label("洛江区").check()
    turn = ask(page, "15个教育项目要投资多少？")
    turn.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    shared = page.evaluate("() => navigator.clipboard.readText()")
    assert shared == page.url
    other = opened(shared)
    expect(other.locator(".turn .understood")).to_contain_text("只在洛江区里找")
    expect(other.locator("#districts").get_by_label("洛江区")).to_be_checked()
    expect(other.locator(".passage").first).to_contain_text("9.5亿元")


def test_another_address_in_the_same_window_is_asked_too(opened: Open, address: str) -> None:
    page = opened()
    ask(page, TOURISM)
    with page.expect_request("**/ask") as asked:
        page.goto(f"{address}#q={quote('修好多少栋老屋？')}")
    assert asked.value.post_data_json["history"] == []
    expect(page.locator(".turn")).to_have_count(2)
    expect(page.locator(".turn").last.locator(".passage").first).to_contain_text("三百栋")


@pytest.mark.parametrize("locale", ["zh-CN", "en-US"])
def test_nothing_is_wider_than_a_narrow_phone(opened: Open, locale: str) -> None:
    page = opened(viewport={"width": 320, "height": 640}, locale=locale)
    expect(page.locator(".suggestions button").first).to_be_visible()
    ask(page, "各区旅游收入是多少？")
    ask(page, NOBODY)
    page.locator(".passage .action").first.click()
    expect(page.locator("#reader .quoted").first).to_be_visible()
    assert page.evaluate("() => document.documentElement.scrollWidth") == 320
    assert page.locator("#reader").bounding_box() == {"x": 0, "y": 0, "width": 320, "height": 640}


def test_the_page_is_dark_where_the_system_is(opened: Open) -> None:
    for scheme, paper in (("light", "rgb(246, 245, 241)"), ("dark", "rgb(20, 23, 22)")):
        expect(opened(color_scheme=scheme).locator("html")).to_have_css("background-color", paper)


def test_paper_has_the_passages_with_their_sources_and_nothing_to_press(opened: Open) -> None:
    page = opened()
    turn = ask(page, NOBODY)
    page.emulate_media(media="print")
    page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
    expect(turn.locator(".passage .source").first).to_be_visible()
    for control in page.locator("button, textarea, input, summary").all():
        expect(control).to_be_hidden()
    page.evaluate("() => dispatchEvent(new Event('afterprint'))")
    page.emulate_media(media="screen")
    expect(turn.locator(".passage").first).to_be_hidden()


def test_without_script_the_page_says_where_to_go(opened: Open) -> None:
    page = opened(java_script_enabled=False)
    expect(page.locator(".notice")).to_contain_text("这个页面要用 JavaScript，请在浏览器里启用它")


def test_a_district_in_the_address_that_no_document_has_can_be_taken_back(
    opened: Open, address: str
) -> None:
    page = opened(f"{address}#q={quote(TOURISM)}&district={quote('亚特兰蒂斯区')}")
    expect(page.get_by_role("alert")).to_contain_text("不认识地区“亚特兰蒂斯区”")
    page.locator("#filter summary").click()
    page.locator("#districts").get_by_label("亚特兰蒂斯区").uncheck()
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".turn .message")).to_contain_text("鲤城区")
