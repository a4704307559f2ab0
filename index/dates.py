"""Dates as Chinese documents write them, as far as they write them."""

from __future__ import annotations

import re

from index.numerals import value_of
from index.text import fold

_YEAR = r"(?:19|20)\d\d"
_DATE = re.compile(
    rf"(?<!\d)(?:({_YEAR})(?:\s?年\s?(\d{{1,2}})\s?月(?:\s?(\d{{1,2}})\s?日?)?"
    rf"|\s?[-./]\s?(\d{{1,2}})(?:\s?[-./]\s?(\d{{1,2}}))?(?!\s?年))|({_YEAR})(\d\d)(\d\d))(?!\d)"
)
_YEAR_ALONE = re.compile(rf"(?<!\d)({_YEAR})(?:\s?[-~至到]\s?{_YEAR})?\s?年")

# 「某某集团　　7月20日」 under a notice.
ENDS_IN_DAY = re.compile(r"(?:^|\u3000|\s{2})\d{1,2}月\d{1,2}日$")

_PLANS = re.compile(r"[\u4e00-\u9fff]{0,12}?(?:计划|安排|草案|要点|打算|思路)")


def date_in(text: str) -> str | None:
    """Return the first date that `text` names, as far as it names it.

    Of years alone it is the last where that is the one planned for.

    >>> date_in("泉州晚报2024年8月27日第3版"), date_in("2024年执行情况与2025年计划草案")
    ('2024-08-27', '2025')
    """
    folded = in_digits(fold(text))
    for match in _DATE.finditer(folded):
        year = match[1] or match[6]
        month, day = (match[i] or match[i + 2] or match[i + 5] for i in (2, 3))
        if 1 <= int(month) <= 12 and 1 <= int(day or 1) <= 31:
            return "-".join([year, *(f"{int(part):02}" for part in (month, day) if part)])
    years = [*_YEAR_ALONE.finditer(folded)]
    if not years:
        return None
    return (years[-1] if _PLANS.match(folded, years[-1].end()) else years[0])[1]


_NUMERALS = str.maketrans("〇零○o一二三四五六七八九", "0000123456789")
_IN_NUMERALS = re.compile(
    r"([一二][〇零○o一二三四五六七八九]{3})年"
    r"(?:(十[一二]?|[一二三四五六七八九])月(?:([一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日)?)?"
)


def in_digits(text: str) -> str:
    """Return folded `text` with the years and days that it writes in Chinese numerals in digits.

    >>> in_digits("二〇二五年一月二十日"), in_digits("二〇二五年旅游收入")
    ('2025年1月20日', '2025年旅游收入')
    """
    return _IN_NUMERALS.sub(_date_in_digits, text)


def _date_in_digits(date: re.Match[str]) -> str:
    month_and_day = ((date[2], "月"), (date[3], "日"))
    parts = [f"{value_of(part)}{unit}" for part, unit in month_and_day if part]
    return f"{date[1].translate(_NUMERALS)}年{''.join(parts)}"


def is_date(text: str) -> bool:
    """Tell whether `text` is a date and nothing else.

    >>> is_date("（2025年1月14日）"), is_date("2025年要开工")
    (True, False)
    """
    return _DATE.fullmatch(in_digits(fold(text)).strip("()（） ")) is not None
