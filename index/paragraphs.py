"""Whole paragraphs with their sections: what a page break cuts in two becomes one.

Cutting them into passages is done in `passages`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.blocks import NUMBERED, Block
from index.bylines import BULLET, PHOTOGRAPHED
from index.dates import ENDS_IN_DAY
from index.headers import headers_of, under_header
from index.headings import (
    MAX_HEADING,
    Outline,
    is_caption,
    is_heading,
    is_name_alone,
    opening_heading,
    style_of,
)
from index.interviews import CITIZENS, is_asked, with_questions
from index.letters import is_label, letters_in
from index.repair import breaks_between, together
from index.rows import cells, is_row
from index.sentences import is_finished
from index.types import Paragraph, Span


def paragraphs_of(blocks: Sequence[Block], text: str) -> list[Paragraph]:
    """Return an article's paragraphs, joined over page breaks, numbered from 1.

    Each row of a table is one, with the table's header above it.
    """
    outline = Outline()
    found: list[Paragraph] = []
    open_before: Block | None = None
    heading_above: str | None = None
    lines = _with_fields(_with_bodies(_with_items_whole(blocks), text), text)
    headers = headers_of(lines)
    letters = letters_in([line.text for line in lines])
    for i, line in enumerate(lines):
        if begun := letters.get(i):
            found = _with_truncated_end(found, open_before)
            open_before = None
            outline.enter(begun, None, style="letter")
            if is_label(line.text):
                continue
        if header := headers.get(i):
            found = _with_truncated_end(found, open_before)
            open_before = None
            if header is not line:
                row = under_header(header, line, text)
                found.append(Paragraph(row.text, row.spans, outline.section))
            continue
        follows = lines[i + 1] if i + 1 < len(lines) else None
        if not is_row(line.text):
            outline.leave_caption()
        if open_before is None or not _continues(open_before, line):
            if is_heading(line, open_before, follows):
                found = _with_truncated_end(found, open_before)
                plain = style_of(line.text) == "plain" and not is_name_alone(line.text)
                style = None
                if plain and heading_above is not None and is_name_alone(heading_above):
                    style = "beneath"
                elif plain and line.level is None and is_caption(line.text, follows):
                    style = "caption"
                outline.enter(line.text, line.level, style=style)
                open_before, heading_above = None, line.text
                continue
            found = _with_truncated_end(found, open_before)
            if opening := opening_heading(line.text) or _name_of_item(line.text):
                outline.enter(opening, None)
            else:
                outline.leave(line.text)
            found.append(Paragraph(line.text, line.spans, outline.section))
        else:
            line = _joined(open_before, line)
            found[-1] = replace(found[-1], text=line.text, spans=line.spans)
        open_before, heading_above = line, None
    found = with_questions(_with_truncated_end(found, open_before), text)
    return [replace(p, number=i) for i, p in enumerate(found, start=1)]


_FEWEST_ITEMS = 3
# 「1.」, 「（2）」; 「一、」 numbers sections.
_ITEM = re.compile(r"[（(]?\d{1,2}[)）.．、]|[①-⑳]")
_LONGEST_BODY = 160


def _with_bodies(lines: Sequence[Block], text: str) -> list[Block]:
    """Return the lines, in a list whose items have a name and one line each below it, these put together.

    「1.修路」, 「新修公路9公里。」, 「2.办学」 and so on: what is told of 修路 needn't say so.
    """
    whole: list[Block] = []
    start = 0
    while start < len(lines):
        end = start
        while _is_name_with_body(lines, end) and (
            end == start or style_of(lines[end].text) == style_of(lines[start].text)
        ):
            end += 2
        if end - start >= 2 * _FEWEST_ITEMS:
            whole += [together(lines[i : i + 2], text) for i in range(start, end, 2)]
        else:
            end = max(end, start + 1)
            whole += lines[start:end]
        start = end
    return whole


def _is_name_with_body(lines: Sequence[Block], i: int) -> bool:
    """Tell whether an item's name stands here and one short line of sentences below it."""
    if i + 1 >= len(lines):
        return False
    name, body = lines[i], lines[i + 1]
    below = lines[i + 2] if i + 2 < len(lines) else None
    alone = below is None or below.level is not None or NUMBERED.match(below.text) or below.ruled
    return (
        name.level is None
        and body.level is None
        and _ITEM.match(name.text) is not None
        and len(name.text) <= _LONGEST_NAME
        and not re.search("[。；;，,：:]", name.text)
        and not NUMBERED.match(body.text)
        and "\n" not in body.text
        and is_finished(body.text)
        and len(body.text) <= _LONGEST_BODY
        and bool(alone)
    )


# What is told of a project below its name: 「责任单位：区教育局」.
_FIELD = re.compile(
    "(?!第)(?:20\\d\\d年)?[\u4e00-\u9fff]{0,6}(?:投资|竣工|开工|完工|投用|所在[地区县]|属地|内容|规模|目标|进度|进展|单位|部门|时限|时间|地点|地址|位置|年限|期限|标准|对象|范围|来源|工期"
    "|领导|责任人|联系人|电话|邮箱|传真|邮编|网址|资金|任务|举措|措施|指标|数量|金额|用途|方式|条件|主体|业主|性质|类型|说明|答复|回复|反馈|情况)(?:[（(][^（）()]{1,8}[）)])?[：:]"
)
_LABEL = re.compile(
    f"(?!第|附|[问答][：:]|记者|主持|{CITIZENS}|[\u4e00-\u9fff]{{0,9}}[回答]复[：:]"
    "|[\u4e00-\u9fff]{0,6}(?:局长|主任|书记|[市县区镇乡]长)[：:])(?:20\\d\\d年)?[\u4e00-\u9fff]{2,9}"
    "(?:[（(][^（）()]{1,8}[）)])?[：:]"
)
# One of these alone is told of an item; 「主要目标：」 below a heading opens what stands in its section.
_OFFICE_OR_DAY = re.compile(
    "[^：:]{0,6}(?:单位|部门|领导|责任人|时限|时间|地点|地址|说明|答复|回复|反馈|采纳情况|办理情况)[：:]"
)
_LONGEST_NAME = 40


def _with_fields(lines: Sequence[Block], text: str) -> list[Block]:
    """Return the lines, an item's name and what is told of it below put together.

    「▲滨江路」, 「总投资：9亿元」 and 「责任单位：区住建局」 are one paragraph.
    """
    whole: list[Block] = []
    start = 0
    while start < len(lines):
        end = _end_of_run(lines, start, _LABEL, text)
        labels = [line.text for line in lines[start + 1 : end]]
        known = sum(_FIELD.match(label) is not None for label in labels)
        if 2 * known < len(labels) or known == 0:
            end = _end_of_run(lines, start, _FIELD, text)
        name = lines[start].text
        named = lines[start].level is None and not _FIELD.match(name)
        is_name = NUMBERED.match(name) or (
            len(name) <= _LONGEST_NAME and not re.search("[。；;，,]|[：:]$", name)
        )
        told = end > start + 2 or (end > start + 1 and _OFFICE_OR_DAY.match(lines[start + 1].text))
        in_table = len(cells(name)) > 1 and not BULLET.match(name)
        is_item = told and named and is_name and not in_table
        whole += [together(lines[start:end], text)] if is_item else lines[start:end]
        start = end
    return whole


def _end_of_run(lines: Sequence[Block], start: int, pattern: re.Pattern[str], text: str) -> int:
    """Return where the lines that match a pattern, right below a line, end."""
    end = start + 1
    while end < len(lines) and pattern.match(lines[end].text) and _is_below(lines, end, text):
        end += 1
    return end


def _name_of_item(text: str) -> str | None:
    """Return the numbered heading of an item with what is told of it below."""
    name, below, _ = text.partition("\n")
    return name if below and NUMBERED.match(name) and len(name) <= MAX_HEADING else None


def _is_below(lines: Sequence[Block], i: int, text: str) -> bool:
    """Tell whether a line stands right below another, on the same page."""
    above, line = lines[i - 1], lines[i]
    near = breaks_between(above, line, text) == 1
    return near and line.level is None and line.page == above.page


def _with_items_whole(lines: Sequence[Block]) -> list[Block]:
    """Return the lines, those of a list without stops marked as whole, and the line below them.

    「新建学校3所，学位800个」 doesn't go on in 「改造小区12个，惠及5000户」 right under it. Where a
    sentence comes from above or ends in the midst of the line below, it is prose, broken at its lines.
    """
    marked = list(lines)
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_be_item(lines[end]):
            end += 1
            if not _touch(lines, end):
                break
        above = _touch(lines, start) and _is_broken(lines[start - 1].text)
        below = _touch(lines, end)
        ends_below = below and re.search("[。！？；].", lines[end].text) is not None
        if end - start > 1 and not above and not ends_below:
            for i in range(start, end + below):
                marked[i] = replace(lines[i], whole=True)
        start = max(end, start + 1)
    return marked


def _may_be_item(line: Block) -> bool:
    stops = re.search("[。！？!?；;]|[：:，,、]$", line.text)
    numbered = line.level is not None or NUMBERED.match(line.text)
    return not (numbered or stops) and len(line.text) <= _LONGEST_ITEM


def _is_broken(text: str) -> bool:
    return text.endswith(_COMMAS) or ("。" in text and not is_finished(text))


def _touch(lines: Sequence[Block], i: int) -> bool:
    """Tell whether nothing stands between a line and the one above, neither a page's end."""
    if i == 0 or i == len(lines) or lines[i].page != lines[i - 1].page:
        return False
    return lines[i].spans[0].start - lines[i - 1].spans[-1].end <= 2 and not lines[i].spaced


def _with_truncated_end(found: list[Paragraph], last: Block | None) -> list[Paragraph]:
    """Mark the last paragraph if it stops in mid-sentence and nothing goes on with it."""
    if last is None or not found or not is_open(last.text):
        return found
    if last.whole and "。" not in last.text:
        return found  # a list's item
    return [*found[:-1], replace(found[-1], truncated=True)]


_LISTED = re.compile(rf"{NUMBERED.pattern}|第[一二三四五六七八九十]+[，,、]")


def is_open(text: str) -> bool:
    """Tell whether a paragraph stops in mid-sentence; signatures, captions, list items don't."""
    if text.endswith(PHOTOGRAPHED) or is_finished(text) or "\n" in text:
        return False
    if ENDS_IN_DAY.search(text):
        return False
    if text.endswith(_COMMAS):
        return True
    if is_row(text) or _is_listed(text):
        return False
    return len(text) >= 30 or re.search(r"[，,。；]", text) is not None


def _is_listed(text: str) -> bool:
    if "。" in text:
        return False
    numbered = len(text) <= MAX_HEADING and _LISTED.match(text)
    return bool(numbered or BULLET.match(text))


def _continues(before: Block, line: Block) -> bool:
    if line.level is not None or before.level is not None or NUMBERED.match(line.text):
        return False
    if before.leaves_off:
        return False
    if (
        line.spans[0].start < before.spans[-1].end
    ):  # what resumes an article may stand before its rest
        return False
    if BULLET.match(line.text) or "\n" in line.text or "\n" in before.text:
        return False
    if is_asked(line.text):
        return False
    if not is_open(before.text):
        return is_finished(before.text) and _repeated(before.text, line.text) > 0
    # What a page break cuts in two holds a sentence's end, or is long; a list's items aren't.
    if (before.whole or line.whole) and len(before.text) <= _LONGEST_ITEM:
        return before.text.endswith(_COMMAS) or _HOLDS_END.search(before.text) is not None
    return not line.spaced or _HOLDS_END.search(f"{before.text}\n{line.text}") is not None


_LONGEST_ITEM = 60
_COMMAS = ("，", ",", "、")
_HOLDS_END = re.compile(r"[。！？；]|[（《“]$", re.MULTILINE)


def _joined(before: Block, line: Block) -> Block:
    skipped = _repeated(before.text, line.text)
    first = line.spans[0]
    spans = (*before.spans, Span(first.start + skipped, first.end), *line.spans[1:])
    return Block(before.text + line.text[skipped:], spans, page=line.page)


_MAX_REPEATED = 40


def _repeated(before: str, after: str) -> int:
    """Return how many characters at the start of `after` repeat the end of `before`.

    >>> _repeated("积极塑造新优势。", "优势。二要激活力。")
    3
    """
    for length in range(min(len(before) - 1, len(after) - 1, _MAX_REPEATED), 1, -1):
        if before.endswith(after[:length]):
            whole = not is_finished(before) or (after[length - 1] in "。；" and length > 2)
            return length if whole else 0
    return 0
