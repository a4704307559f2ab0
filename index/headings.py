"""Headings: which lines are one, and which sections they open and close."""

from __future__ import annotations

import re

from index.blocks import BRACKETED, NUMBERED, Block
from index.bylines import OFFICE, PHOTOGRAPHED
from index.dates import is_date
from index.interviews import is_asked
from index.rows import is_row
from index.sentences import CLOSING, is_finished, sentence_spans
from index.types import BOLD

MAX_HEADING = 40
_LONG = 60
# 「丰泽              洛江」, and their articles below, line by line.
_TWO_COLUMNS = re.compile(r"[\u4e00-\u9fff]{2,4}[ \u3000]{20,}[\u4e00-\u9fff]{2,4}")
_LONGEST_LIST = 24
_APPENDIX = re.compile(r"(?:附件|附录|附表)\s*[\d一二三四五六七八九十]*\s*[:：]?")


class Outline:
    """The headings that are open; one closes those of its own numbering and of lower ones."""

    def __init__(self) -> None:
        self._open: list[tuple[object, str]] = []

    def leave(self, paragraph: str) -> None:
        """Close what a paragraph that is no heading can't belong to: 「3.」 to what is above 「2.」, two columns to anything."""
        if NUMBERED.match(paragraph):
            self._close(style_of(paragraph))
        elif _TWO_COLUMNS.match(paragraph):
            self._open.clear()

    def enter(self, heading: str, level: int | None, *, style: str | None = None) -> None:
        """Open a heading, whose level the file format gives, or its numbering, or what it stands to.

        That is "beneath" the one right above, a "caption", which its rows alone belong to, or a "letter" or its answer.
        """
        if _APPENDIX.match(heading):
            self._open.clear()
        own: object = style or (level if level is not None else style_of(heading))
        self._close(own)
        self._open.append((own, heading.replace("**", "").rstrip("。.：:* ")))

    def _close(self, style: object) -> None:
        for i, (other, _) in enumerate(self._open):
            if other == style or _rank(other) > _rank(style) >= 0:
                del self._open[i:]
                break

    def leave_caption(self) -> None:
        """Close the caption of a table, behind its rows."""
        if self._open and self._open[-1][0] == "caption":
            self._open.pop()

    @property
    def section(self) -> str | None:
        """The open headings, outermost first: 「一、民生 / （一）教育」; None where there are none."""
        return " / ".join(heading for _, heading in self._open) or None


_STYLES = ("第一编", "第一部分", "第一章", "第一节", "一、", "(一)", "1.", "(1)", "①")


def style_of(heading: str) -> str:
    """Return how a heading is numbered, as the first of its kind would be.

    >>> style_of("（三）修路"), style_of("12、修路"), style_of("修路")
    ('(一)', '1.', 'plain')
    """
    number = NUMBERED.match(heading)
    if number is None:
        return "plain"
    first = re.sub(r"[一二三四五六七八九十百零〇]+", "一", number[0])
    first = re.sub(r"[①-⑳]", "①", re.sub(r"\d+", "1", first))
    return first.replace("（", "(").replace("）", ")").replace("．", ".").replace("1、", "1.")


def _rank(style: object) -> int:
    """Return how deep a heading of this style stands; 0 or less where the style doesn't tell."""
    if isinstance(style, int):
        return style
    return _STYLES.index(style) + 7 if style in _STYLES else -1


_HEADING_NUMBER = re.compile(
    r"第[一二三四五六七八九十百零〇\d]+[编章节]|[一二三四五六七八九十]+、|[（(][一二三四五六七八九十]+[)）]"
    r"|\d{1,2}[.．、](?!\d)"
)
# 「各区今年新增学位（个）」
_CAPTION_OF_ROWS = re.compile(r"[^\s。；，]{3,30}[（(][^（）()\d]{1,8}[）)]")
# 「二、2026年：开好局起好步」
_YEAR_AND_MOTTO = re.compile(
    r"[一二三四五六七八九]、[^：:，,。；\d]{0,4}20\d\d年[^：:，,。；\d]{0,8}[：:][^。；\d]{2,24}"
)
# A figure that isn't a year, in quotation marks or part of a name.
_FIGURE = re.compile(r"(?<![\d.第“\"A-Za-z])\d[\d.,]*(?![\d.,A-Za-z”\"+]|\s?[年月日]|[-—–~至到]\d)")
_FIRST = re.compile(r"[（(]?[一1](?:[、)）是要]|[.．](?!\d))|①|第一[编章节条部、，,]")


# 「01 洛江」
_COUNTED = re.compile(r"\d{2}[ \u3000]+[\u4e00-\u9fff]{2,10}")


def is_name_alone(text: str) -> bool:
    """Tell whether a line is a name set apart, under which a heading of its own may stand: 「【洛江区】」, 「01 洛江」."""
    return BRACKETED.fullmatch(text) is not None or _COUNTED.fullmatch(text) is not None


def is_caption(text: str, follows: Block | None) -> bool:
    """Tell whether a line above rows is their caption, with their unit: 「各区今年新增学位（个）」."""
    return (
        follows is not None
        and is_row(follows.text)
        and _CAPTION_OF_ROWS.fullmatch(text) is not None
    )


def _is_item(line: Block, before: Block | None, follows: Block) -> bool:
    """Tell whether a line is a list's item: nothing stands beneath it."""
    if line.text.startswith(("-", "*", "+", "•", "·", "|", "│", "｜")):
        return True
    if not NUMBERED.match(line.text):
        return False
    style = style_of(line.text)
    if NUMBERED.match(follows.text) and 0 <= _rank(style_of(follows.text)) <= _rank(style):
        return True
    after = before is not None and not is_finished(before.text) and style_of(before.text) == style
    return after and not is_finished(line.text)


def _tells_figure(line: Block, follows: Block) -> bool:
    """Tell whether a line says how many, as a list's item does, and opens no list itself.

    「2.新增停车位2000个」 does; 「（二）推进12个项目」, or a headline above a long paragraph, is a
    heading all the same.
    """
    if _FIRST.match(follows.text) or _APPENDIX.match(line.text):
        return False
    rank = _rank(style_of(line.text))
    if 0 <= rank < _rank("1.") or (rank < 0 and len(follows.text) > _LONG):
        return False
    return _FIGURE.search(NUMBERED.sub("", line.text, count=1)) is not None


def is_heading(line: Block, before: Block | None, follows: Block | None) -> bool:
    """Tell whether a line is a heading of what follows it, seen what stands before."""
    if line.level == BOLD:  # nothing is parted by the last one
        return follows is not None and follows.level is None
    if line.level is not None:
        return True
    if len(line.text) > MAX_HEADING or follows is None or is_date(line.text):
        return False
    if is_name_alone(line.text):
        beside = [other.text for other in (before, follows) if other is not None]
        return not (_COUNTED.fullmatch(line.text) and any(map(_COUNTED.fullmatch, beside)))
    if is_caption(line.text, follows):
        return True
    if appendix := _APPENDIX.match(line.text):
        named = line.text[appendix.end() :]
        signed = OFFICE.fullmatch(follows.text) or is_date(follows.text)
        is_list = len(named) <= _LONGEST_LIST and re.search("(?:表|清单|名单)$", named)
        if not named or (
            (is_list or len(named) <= 12) and not re.search(r"[，,。；.]", named) and not signed
        ):
            return True
    if _is_item(line, before, follows) or _tells_figure(line, follows):
        return False
    if _HEADING_NUMBER.match(line.text):
        # A numbered line that ends like a sentence is a heading if it is no more than one.
        single = len(sentence_spans(line.text)) == 1 and not re.search(
            r"[：:].|[；;，,]$", line.text
        )
        if _YEAR_AND_MOTTO.fullmatch(line.text) and is_finished(follows.text):
            return True
        return single and (not is_finished(line.text) or len(follows.text) > len(line.text))
    plain = not re.search(r"[，,。；;：:！!？?…]", line.text) and not is_finished(line.text)
    plain = plain or _is_motto(line, follows) or _is_theme(line, before, follows)
    plain = plain or _is_set_off(line, before, follows)
    above_item = _HEADING_NUMBER.match(follows.text) or is_finished(follows.text)
    if not (plain and above_item and _is_settled(before, line)) or len(line.text) > 25:
        return False
    # Above 「二、」 only where it divides a list; else it is what stands beneath 「一、」.
    style = style_of(follows.text)
    divides = before is not None and style_of(before.text) == style
    return _rank(style) < 0 or bool(_FIRST.match(follows.text)) or divides


def _is_motto(line: Block, follows: Block) -> bool:
    """Tell whether a line above a long one is two clauses of one form: 「向海要粮,向田要粮」."""
    clauses = _MOTTO.fullmatch(line.text)
    if clauses is None or len(follows.text) < _LONG or _MOTTO.fullmatch(follows.text):
        return False
    one, other = clauses.groups()
    return len(one) == len(other) and any(a == b for a, b in zip(one, other, strict=True))


_MOTTO = re.compile(
    r"((?:(?![一二三四五六七八九十百千万亿两])[\u4e00-\u9fff]){3,8})[，,]\s?((?:(?![一二三四五六七八九十百千万亿两])[\u4e00-\u9fff]){3,8})"
)


def _is_set_off(line: Block, before: Block | None, follows: Block) -> bool:
    """Tell whether a line of two clauses stands below a blank line and right above a paragraph that is indented."""
    ended = before is None or is_finished(before.text)
    told = len(follows.text) >= _LONG and is_finished(follows.text)
    indented = follows.spaced and follows.spans[0].start - line.spans[-1].end in _INDENTS
    return bool(ended and told and line.spaced and indented and _TWO_CLAUSES.fullmatch(line.text))


# A line's end and two wide blanks, or four.
_INDENTS = (3, 5)
_TWO_CLAUSES = re.compile(r"[^，,。；;：:？?！!\d]{3,12}[，,][^，,。；;：:？?！!\d]{3,12}")


def _is_theme(line: Block, before: Block | None, follows: Block) -> bool:
    """Tell whether a line above a long one has a theme and what is done about it: 「教育：把夜校办到村口」."""
    if before is not None and is_asked(before.text):  # who answers
        return False
    return len(follows.text) >= _LONG and _THEME.fullmatch(line.text) is not None


_THEME = re.compile(
    r"[\u4e00-\u9fff、]{2,6}(?<!单位|部门|情况|领导|分管|牵头|主管|结果|时间|时限|地点|日期|投资|资金|来源|主体|电话|地址|编辑|校对|作者|主持)(?<![长任记员者人])[：:]"
    r"(?:[^：:，,。；;？?\d]{4,16}|[^：:，,。；;？?\d]{3,9}[，,][^：:，,。；;？?\d]{3,9})"
)


def _is_settled(before: Block | None, line: Block) -> bool:
    """Tell whether a list or sentence that goes on with `line` can't be what stands before it."""
    if before is None or is_finished(before.text) or before.text.endswith(PHOTOGRAPHED):
        return True
    return is_row(before.text) and re.search(r"\s", line.text) is None


def opening_heading(text: str) -> str | None:
    """Return the numbered heading with which a paragraph opens, or None.

    >>> opening_heading("一、守正创新,激活动能。全会指出,改革要快。")
    '一、守正创新,激活动能。'
    >>> opening_heading("1.修路9公里。2.办学2所。") is None
    True
    """
    if not _HEADING_NUMBER.match(text):
        return None
    sentences = sentence_spans(text)
    first = text[sentences[0].start : sentences[0].end].rstrip()
    if re.match(r"\d", first) and re.search(r"[：:].", first):
        return None  # 「5.“夜校”：…的简称。」 tells what a word means
    second = text[sentences[1].start :] if len(sentences) > 1 else ""
    if NUMBERED.match(second) and style_of(second) == style_of(first):
        return None  # 「1.修路9公里。2.办学2所。」
    if len(first) > MAX_HEADING or first.rstrip(CLOSING)[-1:] not in "。：:.":
        return None
    return first if len(sentences) > 1 else None
