"""Rows of tables: their cells, and what a row says under its table's header."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

from index.types import Span

_DRAWN = re.compile(r"[|│｜\t]")
_GAP = re.compile(r"\u3000+| {2,}")
# Within 「道　县」, which has its cell alone, and 「合　计」 at a row's start.
_PARTS_NAME = re.compile(
    r"(?:^|(?<=^.)|[ \u3000])[\u4e00-\u9fff]\u3000(?=[区县市旗](?:$|[ \u3000]))"
    r"|^[\u4e00-\u9fff]\u3000(?=[\u4e00-\u9fff]\u3000{2})"
)
_UNIT = re.compile(r"[（(]([^（）()]{1,6})[）)]$")
_FIGURE = re.compile(r"[约≥≤>]?\d[\d.,]*\s*[%％]?(?:[左右以上下]{2})?")
_EMPTY = re.compile(r"[-—–/\\]*|无|空")
# Between a header and a row whose cells stand one below the other, as text taken from a page may have them.
_CELLS_BELOW = "\n\n"
_UNITS = ("单位", "计量单位")
_NUMBERS = ("序号", "编号", "序", "No", "NO")


def cells(line: str) -> list[str]:
    """Return the cells of a table's row; of any other line, all of it.

    >>> cells("| 洛江区 | 夜校 | 3 |"), cells("洛江　　7%左右　　6800人"), cells("洛江区今年办夜校。")
    (['洛江区', '夜校', '3'], ['洛江', '7%左右', '6800人'], ['洛江区今年办夜校。'])
    """
    return [line[start:end] for start, end in cell_spans(line)]


def cell_spans(line: str) -> list[Span]:
    """Return where the cells of a row stand.

    >>> cell_spans("| 夜校 | 3 |")
    [Span(start=2, end=4), Span(start=7, end=8)]
    >>> cells("| 夜校 |  | 3 |")
    ['夜校', '', '3']
    """
    if "\n" in line:  # one below the other
        return [_trimmed(line, *match.span()) for match in re.finditer("[^\n]+", line)]
    drawn = [match.start() for match in _DRAWN.finditer(line)]
    if not drawn:
        return _apart(line)
    edges = [-1, *drawn, len(line)]
    found = [_trimmed(line, start + 1, end) for start, end in pairwise(edges)]
    if line[drawn[0]] != "\t" and not line[: drawn[0]].strip():
        del found[0]
    if line[drawn[-1]] != "\t" and not line[drawn[-1] + 1 :].strip():
        del found[-1]
    return found


def _apart(line: str) -> list[Span]:
    whole = _trimmed(line, 0, len(line))
    if whole.start == whole.end:
        return []
    edges = [
        match.span()
        for match in _GAP.finditer(line, whole.start, whole.end)
        if not _PARTS_NAME.match(line, max(0, match.start() - 2))
    ]
    starts = [whole.start, *(end for _, end in edges)]
    return [
        Span(start, end)
        for start, end in zip(starts, [*(s for s, _ in edges), whole.end], strict=True)
    ]


def _trimmed(line: str, start: int, end: int) -> Span:
    """Return a range without the blanks at its ends; where it is all blank, empty."""
    text = line[start:end]
    left = len(text) - len(text.lstrip())
    return Span(start + left, max(start + left, start + len(text.rstrip())))


def row_under_header(text: str) -> tuple[list[Span], list[Span]] | None:
    r"""Return where the names of columns stand and a row's cells under them, or None for any other text.

    >>> row_under_header("夜校  人数\n洛江  90")
    ([Span(start=0, end=2), Span(start=4, end=6)], [Span(start=7, end=9), Span(start=11, end=13)])
    >>> row_under_header("项目\n人数\n\n夜校\n90") is not None, row_under_header("今年办夜校。\n明年养蜂。")
    (True, None)
    """
    below_other = _CELLS_BELOW in text
    header, between, row = text.partition(_CELLS_BELOW if below_other else "\n")
    if not row or _CELLS_BELOW in row or ("\n" in row and not below_other):
        return None
    names, below = cell_spans(header), len(header) + len(between)
    values = [Span(below + start, below + end) for start, end in cell_spans(row)]
    if "\t" in header and "\t" in row:  # its last cells may be empty
        names = names[: len(values)]
    return (names, values) if len(names) == len(values) > 1 else None


@lru_cache(maxsize=5_000)
def spoken(text: str) -> str:
    r"""Return what a passage says: of a table's row under its header, each figure with its column's name and unit.

    Models have learned from sentences. Any other text is returned as it is.

    >>> spoken("| 县区 | 花椒面积（万亩） | 养蜂 | 工期 |\n| 武都区 | 100.2 | — | 11月底 |")
    '武都区，花椒面积100.2万亩，工期11月底。'
    >>> spoken("| 指标 | 文县\n| 新增就业（人） | 1920")
    '新增就业1920人。'
    >>> spoken("| 指标 | 2025年 | 2026年计划\n| 新增就业（人） | 1920 | 2000")
    '新增就业，2025年1920人，2026年计划2000人。'
    >>> spoken("指标\n单位\n2030年\n\n学位\n个\n900")
    '学位，2030年900个。'
    >>> spoken("今年种花椒。\n明年养蜂。")
    '今年种花椒。\n明年养蜂。'
    """
    row = row_under_header(text)
    if row is None:
        return text
    names, values = ([text[start:end] for start, end in cells] for cells in row)
    if (own := _UNIT.search(values[0])) and len(values) == 2:
        told = "无" if _EMPTY.fullmatch(values[1]) else values[1] + own[1]
        return f"{_UNIT.sub('', values[0])}{told}。"
    if own and all(map(_FIGURE.fullmatch, values[1:])) and not any(map(_UNIT.search, names[1:])):
        values[0], units = _UNIT.sub("", values[0]), [own[1]]
    else:
        units = []
    said: list[str] = []
    units += [value for name, value in zip(names, values, strict=True) if name in _UNITS]
    for column, (name, value) in enumerate(zip(names, values, strict=True)):
        if _EMPTY.fullmatch(value) or name in (*_NUMBERS, *_UNITS):
            continue
        unit = _UNIT.search(name)
        if _FIGURE.fullmatch(value):
            told = unit[1] if unit else "".join(units)
            said.append(f"{_UNIT.sub('', name)}{value}{told}")
        else:
            said.append(value if column == 0 else f"{_UNIT.sub('', name)}{value}")
    return "，".join(said) + "。"


_CELL_GAP = re.compile(r"[ \t|│｜]+(?=[^ \t|│｜])")
_WIDE_GAP = re.compile(r"(?<! ) {2,}(?=[^ ])")
# Between cells, but not around the figures of a sentence.
_CELL_END = re.compile(
    r"[\t|│｜]|(?<=[\u4e00-\u9fff）)]) +(?=[\u4e00-\u9fff（(])|(?<=[\d%）)]) +(?=\d)|^\d{1,3} +(?![年月日个\d])"
)


def is_row(text: str) -> bool:
    """Tell whether a line is a row of a table.

    >>> is_row("2 惠安一中扩建 县教育局，螺城镇 3500"), is_row("2025 年投资 56 亿元，增长 7")
    (True, False)
    """
    if len(_DRAWN.findall(text)) > 1:
        return True
    if re.search("[。；]", text):
        return False
    if len(_WIDE_GAP.findall(text)) > 1:
        return True
    return bool(_CELL_END.search(text)) and ("\t" in text or len(_CELL_GAP.findall(text)) > 1)
