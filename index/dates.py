"""Dates as Chinese documents write them, as far as they write them."""

from __future__ import annotations

import re

from index.text import fold

_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d)(?:({_YEAR})\s?[-./年]\s?(\d{{1,2}})(?:\s?[-./月]\s?(\d{{1,2}})日?|月)?|({_YEAR})(\d\d)(\d\d))(?!\d)"
)
_YEAR_ALONE = re.compile(rf"(?<!\d)({_YEAR})(?:[-~至到]{_YEAR})?年")


def date_in(text: str) -> str | None:
    """Return the first date that `text` names, as far as it names it.

    >>> date_in("泉州晚报2024年8月27日第3版"), date_in("2025年福建省政府工作报告")
    ('2024-08-27', '2025')
    """
    folded = fold(text)
    for match in _DATE.finditer(folded):
        year, month, day = (match[i] or match[i + 3] for i in (1, 2, 3))
        if 1 <= int(month) <= 12 and 1 <= int(day or 1) <= 31:
            return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    year_alone = _YEAR_ALONE.search(folded)
    return year_alone[1] if year_alone else None


def is_date(text: str) -> bool:
    """Tell whether `text` is a date and nothing else.

    >>> is_date("（2025年1月14日）"), is_date("2025年要开工")
    (True, False)
    """
    return _DATE.fullmatch(fold(text).strip("()（） ")) is not None
