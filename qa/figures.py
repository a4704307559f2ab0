"""Figures and dates: whether a question asks for one, and whether a text holds one to answer it."""

from __future__ import annotations

import re
from typing import Literal

from index.text import fold

Expected = Literal["figure", "date"]

_ASKS_DATE = re.compile(
    r"什么时候|何时|哪(?:一)?[年月天日]|几月|几号|(?:时间|日期|日子)(?:是|为|在|呢|$|[?？])|多久(?:开|举|启)"
)
_ASKS_FIGURE = re.compile(
    r"多少|几(?!乎)|多大|多高|多长|多远|多宽|多重|第几|比例|占比|(?:人数|数量|金额|总额|产值|票房|奖金|增速|增长率|率|投资|规模|保有量|面积)(?:是|为|达|有|呢|$|[?？])"
)
_DATE = re.compile(
    r"(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号])?|\d{4}年|(?<![\d.])(?:19|20)\d\d(?![\d.])|\d{1,2}[日号]|[一二三四五六七八九十]+月(?:[一二三四五六七八九十]+[日号])?"
)
_NUMERAL = "一二三四五六七八九十百千万亿两"
_FIGURE = re.compile(
    rf"\d+(?:[.,]\d+)*|[{_NUMERAL}]+(?:成|亿|万|千|百|个|家|项|条|所|次|倍|大|分之|位|名|座|处|户|人|届|批|支)"
)


def asks_for(question: str) -> Expected | None:
    """Return whether a question asks for a figure or a date, or None.

    >>> asks_for("洛江区有多少个教育项目？"), asks_for("何时建成？"), asks_for("怎么抓教育？")
    ('figure', 'date', None)
    """
    folded = fold(question)
    if _ASKS_DATE.search(folded):
        return "date"
    return "figure" if _ASKS_FIGURE.search(folded) else None


def holds(expected: Expected | None, text: str, question: str = "") -> bool:
    """Tell whether `text` holds a figure or date that `question` doesn't name itself.

    >>> holds("figure", "八成以上的财力"), holds("figure", "2025年的目标"), holds("date", "2025年底")
    (True, False, True)
    """
    if expected is None:
        return True
    given = fold(question)
    folded = fold(text)
    if expected == "date":
        return any(date not in given for date in _DATE.findall(folded))
    undated = _DATE.sub(" ", folded)
    return any(figure not in given for figure in _FIGURE.findall(undated))
