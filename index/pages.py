"""What stands around the text on a newspaper's page: its head, boxes, rules, pointers to other pages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.blocks import NUMBERED, Block, Pointer
from index.numerals import value_of
from index.sentences import is_finished
from index.types import Span

# To another page: 「下转第4版」, and what a table of contents holds.
_PAGE = r"\s*第?\s*([A-Z]?\d{1,3}|[一二三四五六七八九十]{1,3}|本(?=版))\s*版"
_TITLE = r"\s*(?:《[^《》]{2,60}》|[^。，,）)]{0,16})"
_ASIDE = r"\s*(?:《[^《》]{2,60}》|[^。）)]{0,12})"
_ONWARD = re.compile(rf"(?:[（(▶▲►>＞]*\s*下转|[（(]转){_PAGE}{_TITLE}[）)▶▲►>＞\s]*")
_BACKWARD = re.compile(rf"(?:[（(▶▲►>＞]*\s*(?:上接|紧接)|[（(]接){_PAGE}{_TITLE}[）)◀▲◄<＜\s]*")
_ONWARD_AT_END = re.compile(rf"[（(▶▲►>＞]+\s*下?转{_PAGE}{_ASIDE}[）)▶▲►>＞]*$")
_BACKWARD_AT_START = re.compile(rf"[（(◀▲◄<＜]+\s*[上紧]?接{_PAGE}{_ASIDE}[）)]\s*(?=\S)")
CONTENTS = re.compile(
    r"目\s*[录次]|[【〔\[●]?(?:今日|本报|本版)导读[】〕\]]?(?=(?:.*\d版(?![\u4e00-\u9fff])){2})[^。]*|【?(?:本报|今日|本版)?导读】?|本版标题导航|.{2,60}(?:…{2,}|\.{4,}|·{4,})\s*\d{1,4}版?|.{2,60}[\s>＞»→▶]+(?:详?见)?第?[A-Z]?\d{1,2}版"
)
# Drawn across the page, around a table, or under its head.
RULE = re.compile(r"(?:一\s+){4,}一|[-=*_#|:+~·＊—－\s\u2500-\u257f◆◇★☆●○❖※]{3,}")


def parted(lines: Sequence[Block]) -> list[Block]:
    """Drop rules and pointers to another page; the lines beside them tell where they stood."""
    kept: list[Block] = []
    ruled, resumes = False, None
    for line in lines:
        if onward := _ONWARD.fullmatch(line.text):
            kept[-1:] = [replace(last, leaves_off=_pointer(onward)) for last in kept[-1:]]
        elif backward := _BACKWARD.fullmatch(line.text):
            resumes = _pointer(backward)
        elif RULE.fullmatch(line.text):
            ruled = True
        else:
            kept.append(_without_pointers(replace(line, ruled=ruled, resumes=resumes)))
            ruled, resumes = False, None
    return kept


def is_pointer(line: str) -> bool:
    """Tell whether a line points to another page.

    >>> is_pointer("（下转第4版）"), is_pointer("上接一版：夜校"), is_pointer("上接一座桥")
    (True, True, False)
    """
    return any(pattern.fullmatch(line) for pattern in (_ONWARD, _BACKWARD))


def _pointer(match: re.Match[str]) -> Pointer:
    headline = re.search("《(.+)》", match[0])
    return Pointer(page_number(match[1]), headline[1] if headline else None)


def page_number(written: str) -> str:
    """Return a page's number as it is compared, with its section's letter.

    >>> page_number("04"), page_number("十二"), page_number("A04")
    ('4', '12', 'A4')
    """
    if written == "本":  # elsewhere on the same page
        return written
    letter = re.sub("[^A-Z]", "", written)
    number = written.removeprefix(letter)
    return f"{letter}{int(number) if number.isdigit() else value_of(number)}"


def _without_pointers(line: Block) -> Block:
    if onward := _ONWARD_AT_END.search(line.text):
        line = _cut(line, 0, len(line.text[: onward.start()].rstrip()))
        line = replace(line, leaves_off=_pointer(onward))
    if backward := _BACKWARD_AT_START.match(line.text):
        line = _cut(line, backward.end(), len(line.text))
        line = replace(line, resumes=_pointer(backward))
    return line


def _cut(line: Block, start: int, end: int) -> Block:
    """Return the part of a line between two of its characters."""
    spans: list[Span] = []
    offset = 0
    for first, last in line.spans:
        left, right = max(first, first + start - offset), min(last, first + end - offset)
        if left < right:
            spans.append(Span(left, right))
        offset += last - first
    return replace(line, text=line.text[start:end], spans=tuple(spans) or line.spans[:1])


# What a newspaper's page has at its head: its name, day and number, beside the column's name.
_DAY = r"(?:19|20)\d\d\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
_WEEKDAY = "星期[一二三四五六日天]"
_PAPER = r"[\u4e00-\u9fff]{2,4}[日晚早商时都市]{1,2}报"
_ITS_PAGE = r"第?\s*[A-Z]?\d{1,2}\s*版|今日\d+版|(?:^|(?<=\s))[A-Z]?\d{1,2}(?=\s|$)"
_OF_HEAD = re.compile(
    rf"{_DAY}|{_WEEKDAY}|{_PAPER}社?|{_ITS_PAGE}|[\u4e00-\u9fff]{{2}}年[正一二三四五六七八九十冬腊闰]+月[初十廿三一二四五六七八九]+"
    r"|中共[\u4e00-\u9fff]{2,10}委(?:主管|主办|机关报)+|出版|国内统一(?:连续出版物|刊)号|邮发代号|CN|(?:^|(?<=\s))电话\s*[：:]\s*[\d-]{7,}|\d+-\d+|[A-Za-z]{2,}|总?第\d+期|(?:责任?编辑?|编辑|组版|版式|校对)(?=[:：/\s])|[/|｜:：·]"
)
# 「晚 报」
_SPACED_OUT = re.compile(r"(?<!\S)([\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff](?:\s|$))")
_LINES_OF_HEAD = 8
_COLUMNS_NAME = 8


def without_page_head(lines: list[Block]) -> list[Block]:
    """Drop the lines with which a newspaper's page begins: 「泉州晚报　2024年8月27日　星期二　04　要闻」.

    They name one day, and the paper or the page's number.
    """
    head = 0
    column = ""
    for line in lines[:_LINES_OF_HEAD]:
        if is_pointer(line.text) or line.level is not None:
            break
        said = _SPACED_OUT.sub(r"\1", line.text)
        beside = re.sub(r"\s", "", _OF_HEAD.sub("", said))
        tells = beside != re.sub(r"[\s/|｜:：·]", "", said) or RULE.fullmatch(said)
        if not tells or len(beside) > _COLUMNS_NAME:
            break
        head += 1
        column += beside
    told = "\n".join(_SPACED_OUT.sub(r"\1", line.text) for line in lines[:head])
    days = {re.sub(r"\s", "", day) for day in re.findall(_DAY, told)}
    if len(days) != 1 or not re.search(rf"{_PAPER}|{_ITS_PAGE}", told, re.MULTILINE):
        return lines
    # The column's name may stand above 「上接」.
    named = not column and len(lines) > head + 1 and is_pointer(lines[head + 1].text)
    return lines[head + (named and len(lines[head].text) <= _COLUMNS_NAME) :]


def paper_in(*heads: str) -> str | None:
    """Return the newspaper that a file's name or the lines of a page's head name, or None.

    >>> paper_in("a.txt", "2026年2月10日 星期二 瓯江日报 7"), paper_in("安 顺 日 报"), paper_in("要闻")
    ('瓯江日报', '安顺日报', None)
    """
    words = (word for head in heads for word in _SPACED_OUT.sub(r"\1", head).split())
    return next((found[0] for word in words if (found := re.match(_PAPER, word))), None)


_BOX_TOP = re.compile("[┌┏╔](.*)[┐┓╗]")
_BOX_END = re.compile("[└┗╚]")
_LINES_OF_BOX = 30
_SHORT_BY = 2
# Between cells, or a rule below a table's header; an item, a label, words in Latin letters.
_APART = re.compile(
    rf"\S[ \u3000]{{2,}}\S|[─━═]{{3}}|^(?:{NUMBERED.pattern}|[-*•·●■◆▲△])|^[\u4e00-\u9fff]{{2,6}}[：:]|^[A-Za-z]"
)
_SIDE = "│┃║|"


def unboxed(lines: list[Block], text: str) -> list[Block]:
    """Return lines, those that stand in a drawn box without its sides; a table keeps its own.

    What the box's upper side says stands above the first of them, in one; a list of contents is dropped.
    """
    found: list[Block] = []
    i = 0
    while i < len(lines):
        top = _BOX_TOP.fullmatch(lines[i].text)
        below = range(i + 1, min(len(lines), i + _LINES_OF_BOX))
        ends = (j for j in below if _BOX_END.match(lines[j].text))
        end = next(ends, len(lines)) if top else i
        inside = [_within_sides(line) for line in lines[i + 1 : end]]
        if top is None or end == len(lines) or any(line is None for line in inside):
            found.append(lines[i])
            i += 1
            continue
        title = _trimmed_to(lines[i], "┌┏╔┐┓╗─━═ \u3000")
        if not CONTENTS.fullmatch(title.text):
            own = _whole([line for line in inside if line is not None and line.text])
            if title.text and own:
                end_of_line = text.index("\n", title.spans[0].end)
                spans = (*title.spans, Span(end_of_line, end_of_line + 1), *own[0].spans)
                own[0] = replace(own[0], text=f"{title.text}\n{own[0].text}", spans=spans)
            found += [replace(line, ruled=i == 0) for i, line in enumerate(own)]
        found.append(lines[end])
        i = end + 1
    return found


def _whole(lines: Sequence[Block]) -> list[Block]:
    """Return a box's lines, those of its sentences joined that go on: what fills the box isn't a line's end."""
    full = max((len(line.text) for line in lines), default=0) - _SHORT_BY
    prose = any(re.search("[，。]", line.text) for line in lines)
    found: list[Block] = []
    filled = False
    for line in lines:
        apart = any(_APART.search(own.text) for own in (*found[-1:], line))
        if found and filled and prose and not (apart or is_finished(found[-1].text)):
            above = found[-1]
            found[-1] = replace(above, text=above.text + line.text, spans=above.spans + line.spans)
        else:
            found.append(line)
        filled = len(line.text) >= full
    return found


def _within_sides(line: Block) -> Block | None:
    """Return a line of a box without the box's sides, or None if it is a table's."""
    within = line.text[line.text[0] in _SIDE : -1 if line.text[-1] in _SIDE else None]
    return None if any(side in within for side in _SIDE) else _trimmed_to(line, f"{_SIDE} \u3000")


def _trimmed_to(line: Block, dropped: str) -> Block:
    """Return a line without some characters at its ends."""
    left = len(line.text) - len(line.text.lstrip(dropped))
    text = line.text.strip(dropped)
    start = line.spans[0].start + left
    return replace(line, text=text, spans=(Span(start, start + len(text)),))
