"""Which years a question asks of, and which a passage tells of.

A report looks back on the year before its own.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from index.dates import in_digits
from index.numerals import value_of
from index.rows import row_under_header
from index.text import fold, folded
from index.types import Passage, Span
from qa.status import NEXT_FIVE, looks_ahead, plans_its_year

_NAMED = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年)")
_LOOKS_BACK = re.compile("回顾|过去(?:的)?一年|一年来")
RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "前年": -2, "明年": 1, "后年": 2}
# Not within 「成本年均」「60岁以上年龄」「以前年度」「说明年度目标」「今后年均」.
_THIS_YEAR = "今年|(?<!成)本年"
YEAR_BEFORE = "去年|(?<!以)上年(?!龄)"
_RELATIVE_YEAR = re.compile(
    rf"{_THIS_YEAR}|{YEAR_BEFORE}|(?<![以之])前年|(?<!说)明年|(?<![今以之])后年"
)
# Not 「比上年增长」, of which every report is full.
_LAST_YEAR = re.compile(f"(?<![比较同])(?:{YEAR_BEFORE})")
_NEXT_YEAR = re.compile("(?<!说)明年")
# Not the 2000 of 「2000万元」.
_YEAR = re.compile(r"(?<![\d.])((?:19|20)\d\d)(?!\s*[\d.,%万亿多余个家人名所项条户套栋吨亩米元])")
# 「25年的目标」, where the documents are of 2025; but 25 years in 「25年来」.
_SHORT_YEAR = re.compile(r"(?<![\d.年月])(\d\d)年(?!来|间|内|前|后|以|期|左右|\d)")
# 「比去年增长多少」 asks of this year, 「和去年比呢」 of both.
_THAN_YEAR = r"(?:去年|上年|前年|(?:19|20)\d\d年)"
_THAN = re.compile(
    rf"(?:(?:(?<![对占])比|(?<!比)较){_THAN_YEAR}|[和与跟同]{_THAN_YEAR}(?:同期)?相?比)(?=[^?!.]{{0,12}}(?:增|涨|升|提高|降|减|翻|多少|几|高|低|快|慢|好|强))"
)


def years_asked(question: str, held: Sequence[int]) -> tuple[int, ...]:
    """Return the years that a question names; `held` are the documents', 「今年」 the newest.

    >>> years_asked("去年和二〇二一年的学位", (2024, 2025)), years_asked("25年的学位", (2025,))
    ((2021, 2024), (2025,))
    """
    folded = _without_compared(question)
    named = [int(year) for year in _YEAR.findall(folded)]
    short = [2000 + int(year) for year in _SHORT_YEAR.findall(folded)]
    named += [
        year for year in short if year in held or year + 1 in held
    ]  # told of, or looked back on
    if held:
        named += [held[-1] + RELATIVE[word] for word in _RELATIVE_YEAR.findall(folded)]
    return tuple(dict.fromkeys(named))


def years_outside(question: str, held: Sequence[int]) -> tuple[str, ...]:
    """Return the years asked about, as words, that no document is of nor looks back on.

    Documents without a date may be of any year; 「今年」 is theirs.

    >>> years_outside("明年和去年的学位", (2025,)), years_outside("明年和今年的学位", ())
    (('2026年',), ('明年',))
    """
    if not held:
        words = relative_years(question)
        words += [f"{year}年" for year in years_asked(question, held)]
        return tuple(word for word in dict.fromkeys(words) if RELATIVE.get(word) != 0)
    told = {year - back for year in held for back in (0, 1)}
    return tuple(f"{year}年" for year in years_asked(question, held) if year not in told)


def relative_years(question: str) -> list[str]:
    """Return the words of a question for this year, the one before and the like: 「今年」."""
    return _RELATIVE_YEAR.findall(_without_compared(question))


def _without_compared(question: str) -> str:
    """Return a question, folded, without the year that another is only compared with."""
    return _THAN.sub(" ", in_digits(fold(question)))


def year_told(passage: Passage) -> int | None:
    """Return the year that a passage tells of: its section's, else its document's.

    Of what a five-year plan is to bring, or is told of one, that is its last year.
    In a report of 2025 that is 2024 for 「一、2024年工作回顾」, for 「过去一年的工作」, and for a passage that
    opens with 「2024年，」, 「刚刚过去的2024年」 or 「一年来，」; 2030 for one that opens with 「到2030年，」.
    """
    if (row := row_under_header(passage.text)) and (year := _year_of_row(passage.text, *row)):
        return year
    section = fold(passage.section or "")
    named = _years_of(section)
    if len(named) == 1:
        return named.pop()
    if not named and passage.year is not None and _LOOKS_BACK.search(section):
        return passage.year - 1
    opening = _OPENS_WITH_YEAR.match(fold(passage.text))
    if not named and passage.year is not None and opening:
        return int(opening[1])
    if not named and passage.year is not None and _OPENS_BACK.match(passage.text):
        return passage.year - 1
    ahead = None if named else _OPENS_AHEAD.match(fold(passage.text))
    if ahead and passage.year is not None and int(ahead[1]) > passage.year:
        return int(ahead[1])
    return (None if named else _last_of_plan(passage)) or passage.year


# 「第十五个五年规划纲要」, a section 「“十五五”时期主要目标」; not 「“十五五”开局之年的工作」.
_FIVE_YEARS = (
    r"(?:[“\"]?十(?P<plan>[一二三四五六七八九])五[”\"]?|第十(?P<whole>[一二三四五六七八九])个五年)"
)
_PLAN = re.compile(rf"{_FIVE_YEARS}.{{0,14}}?(?:规划|纲要|建议)")
_OF_PLAN = re.compile(
    rf"(?!.*(?:开局|首年|第一年|今年|起步)).*{_FIVE_YEARS}.{{0,12}}?(?:目标|规划|时期|思路|任务|蓝图|展望|发展|成就|回顾)"
)


def _last_of_plan(passage: Passage) -> int | None:
    """Return the last year of the five-year plan, not yet over, that a passage is of: 2030 of the fifteenth."""
    plan = _OF_PLAN.match(passage.section or "") or _PLAN.search(passage.article or "")
    last = _last_year(plan) if plan else None
    return last if last and last >= (passage.year or 0) else None


def _last_year(plan: re.Match[str]) -> int:
    return 2025 + 5 * (value_of(plan["plan"] or plan["whole"]) - 4)


def _years_of(section: str) -> set[int]:
    """Return the years that the innermost of a passage's headings names that names any."""
    headings = ({int(year) for year in _NAMED.findall(part)} for part in section.split(" / ")[::-1])
    return next(filter(None, headings), set())


_COLUMN_OF_YEARS = ("年份", "年度", "年")


def _year_of_row(text: str, names: Sequence[Span], values: Sequence[Span]) -> int | None:
    """Return the year that a table's row is of by a column of years."""
    for name, value in zip(names, values, strict=True):
        year = re.match(r"((?:19|20)\d\d)年?$", text[slice(*value)])
        if year and text[slice(*name)] in _COLUMN_OF_YEARS:
            return int(year[1])
    return None


_OPENS_BACK = re.compile(
    "(?!.{0,60}(?:今年|将))(?:[^。]{0,40}。)?(?:[^，。]{0,12}，)?[^，。]{0,12}?"
    "(?:(?:刚刚)?过去(?:的)?一年(?![的]?(?:基础|成果|经验)|相比)|(?<!新的)(?<!未来)(?<!今后)一年来(?!临|到|看))[^。，]{0,6}[，,]"
)
# 「今后五年，…，到2030年达到…」, 「到2030年，…」
_OPENS_AHEAD = re.compile(
    r"(?:[^.。]{0,12}[一二三四五六七八九][、)])?(?:(?:展望|综合考虑|奋斗目标|主要目标是?)[,:])?(?:到|[今未][后来]五年(?:(?!今年)[^.;])*?到)(20\d\d)年"
)
# 「2024年，全县…」, not 「2024年以来」
_OPENS_WITH_YEAR = re.compile(r"[^,.;\d]{0,10}((?:19|20)\d\d)年(?=[,全的])")


def in_years(question: str, held: Sequence[int]) -> str:
    """Return a folded question with 「去年」 and the like, but not 「今年」, as years of the newest document.

    >>> in_years("去年和今年的学位", (2024, 2025))
    '2024年和今年的学位'
    """
    written = in_digits(question)
    if not held:
        return written
    return _RELATIVE_YEAR.sub(
        lambda word: f"{held[-1] + back}年" if (back := RELATIVE[word[0]]) else word[0], written
    )


def as_of(question: str, year: int) -> str:
    """Return a folded question with 「今年」, 「去年」 and the like as years, where a year is this one.

    >>> as_of("去年和今年的学位", 2025)
    '2024年和2025年的学位'
    """
    return _RELATIVE_YEAR.sub(lambda word: f"{year + RELATIVE[word[0]]}年", in_digits(question))


def this_year_of(question: str, newest: Collection[str], held: Sequence[int]) -> int | None:
    """Return the year that 「今年」 is where all documents of whom is asked are older than the newest ones.

    `newest` are the latest dates of each district's documents, `held` the years of all. Districts whose newest are
    of different years have none of their own. What is of a year's end tells of the next one.

    >>> this_year_of("今年的学位", ["2023-01-06"], (2023, 2025)), this_year_of("去年的学位", ["2023"], (2023, 2025))
    (2023, None)
    """
    years = {date[:4] for date in newest}
    if len(years) != 1 or "" in years or not re.search(_THIS_YEAR, _without_compared(question)):
        return None
    year = int(years.pop())
    told_of = year + any(date[5:7] in _YEARS_END for date in newest)
    return year if told_of < held[-1] else None


_YEARS_END = ("11", "12")


def without_year_of(passage: Passage, question: str, newest: int | None = None) -> str:
    """Return a folded question without the year that goes without saying where a passage stands.

    The years before and after are called as the passage calls them: 「去年」, 「明年」.
    Where nothing tells a passage's year, it may be any. 「今年」 goes without saying in any dated
    one: search has dealt with which year that is. In one of the `newest` year that names years it is
    that, unless it says 「今年」 itself.

    >>> passage = Passage("p", "新增学位900个。", "a.txt", "d", 0, (), date="2025-01-14")
    >>> without_year_of(passage, "2025年的学位"), without_year_of(passage, "2024年的学位")
    ('学位', '2024年的学位')
    >>> without_year_of(passage, "今年的学位")
    '学位'
    >>> looking_back = Passage("p", "去年新增800个。", "a.txt", "d", 0, (), date="2025-01-14")
    >>> without_year_of(looking_back, "2024年新增多少？")
    '去年新增多少？'
    >>> ahead = Passage("p", "明年新增900个。", "a.txt", "d", 0, (), date="2025-01-14")
    >>> without_year_of(ahead, "2026年新增多少？")
    '明年新增多少？'
    >>> reviewed = Passage("p", "2025年新增900个。", "a.txt", "d", 0, (), date="2025-01-14")
    >>> without_year_of(reviewed, "今年的学位", 2025)
    '2025年的学位'
    """
    told = year_told(passage)
    text = folded(passage.text)
    if told is not None and told == passage.year:
        for beside, word, called in ((-1, "去年", _LAST_YEAR), (1, "明年", _NEXT_YEAR)):
            written = rf"(?<!\d){told + beside}年度?(?!\s?[-—至到])\s?"
            if called.search(text) and str(told + beside) not in text:
                question = re.sub(written, word, question)
    if _YEAR.search(text):
        says_it = newest is None or passage.year != newest or re.search(_THIS_YEAR, text)
        return question if says_it else re.sub(_THIS_YEAR, f"{newest}年", question)
    named, words = (r"\d{4}", _RELATIVE_YEAR.pattern) if told is None else (told, _THIS_YEAR)
    return re.sub(rf"(?:(?<!\d){named}(?:年|\s)|{words})度?的?", "", question) or question


# 「“十五五”末」 is 2030; in 2026, 「今后五年」 may end in 2030 or 2031.
_END_OF_PLAN = re.compile(rf"{_FIVE_YEARS}(?:期?末|时期|期间)")
_NEXT_FIVE = re.compile(NEXT_FIVE)


def names_year(passage: Passage, year: int) -> bool:
    """Tell whether a passage's own words name a year, or a five-year plan of which it is the last.

    >>> passage = Passage("p", "到“十五五”末，学位达到900个。", "a.txt", "d", 0, (), date="2026")
    >>> names_year(passage, 2030), names_year(passage, 2029)
    (True, False)
    """
    text = fold(passage.text)
    if re.search(rf"(?<!\d){year}(?!\d)", text):
        return True
    if passage.year and _NEXT_FIVE.search(text) and year - passage.year in (4, 5):
        return True
    return any(_last_year(plan) == year for plan in _END_OF_PLAN.finditer(text))


# 「2024化工园区综合竞争力百强」
_EDITION = re.compile(r"[\"《]((?:19|20)\d\d)(?!年)([\u4e00-\u9fff]{4,20})")
_SHARED = 3


def tells_of_another_edition(passage: Passage, question: str, year: int) -> bool:
    """Tell whether what a question asks of a year is told only of another year's edition.

    >>> passage = Passage("p", "获评“2024化工园区百强”第11位。", "a.txt", "d", 0, (), date="2024-08-27")
    >>> asked = "2023年在化工园区百强里排第几？"
    >>> tells_of_another_edition(passage, asked, 2023), tells_of_another_edition(passage, asked, 2024)
    (True, False)
    """
    asked = fold(question)
    if names_year(passage, year):
        return _in_another_column(passage, asked, year)
    pairs = set(map("".join, pairwise(asked)))
    return any(
        int(edition) <= (passage.year or year)
        and len(pairs.intersection(map("".join, pairwise(name)))) >= _SHARED
        for edition, name in _EDITION.findall(fold(passage.text))
    )


_YEARS_COLUMN = re.compile(r"((?:19|20)\d\d)年?[度底末]?([^(\d]*)")


def _in_another_column(passage: Passage, question: str, year: int) -> bool:
    """Tell whether a row has what a folded question asks of a year in a column of another year alone.

    「2027年计划投资」 isn't under 「2026年计划投资（万元）」, though the row ends in 「2027年6月」.
    """
    row = row_under_header(passage.text)
    names = [passage.text[slice(*name)] for name in row[0]] if row else []
    if str(year) in "".join(names):
        return False
    asked = re.search(rf"{year}年?(?:度|的|里|\s)*([^,.?!]*)", question)
    return asked is not None and any(
        len(counted) > 2 and asked[1].startswith(counted)
        for name in names
        for _, counted in _YEARS_COLUMN.findall(fold(name))
    )


# 「一、2024年工作回顾」 tells of no other year.
_A_YEARS_PART = re.compile(
    r"(?:[一二三四五六七八九]、|[（(][一二三四五六七八九][)）]|第.{1,2}部分)[^。，]{0,6}20\d\d年"
)


def names_past(passage: Passage) -> bool:
    """Tell whether a passage's own words name a year before its own, or any year where it has no date."""
    text = fold(passage.text)
    if any(RELATIVE[word] < 0 for word in _RELATIVE_YEAR.findall(text)):
        return True
    return any(passage.year is None or int(year) < passage.year for year in _YEAR.findall(text))


# 「今年要新建学校9所」, not 「学校36所，今年要再建8所」
_PLANNED_THIS_YEAR = re.compile(
    rf"[^\d]*(?:{_THIS_YEAR})[^,.]{{0,20}}?(?:[要将拟]|计划|力争|预计|目标|打算)"
)


def _plans_all_it_counts(text: str) -> bool:
    """Tell whether each sentence with a figure in a folded text says first that it is planned for this year."""
    counted = [part for part in re.split(r"[.!?\n](?!\d)", text) if re.search(r"\d", part)]
    return bool(counted) and all(map(_PLANNED_THIS_YEAR.match, counted))


def may_tell_of(passage: Passage, year: int) -> bool:
    """Tell whether a passage tells of a year or names it, as far as can be seen.

    One without a date may; of the year before its document's may all but an agenda and what in a year's first
    months speaks of that year alone.

    >>> agenda = Passage("p", "新建学校9所。", "a.txt", "d", 1, (), section="二、今年任务", date="2025")
    >>> may_tell_of(agenda, 2025), may_tell_of(agenda, 2024)
    (True, False)
    """
    told = year_told(passage)
    if told in (None, year) or names_year(passage, year):
        return True
    words = _RELATIVE_YEAR.findall(fold(passage.text))
    if passage.year is None:
        return _last_of_plan(passage) is None
    if any(passage.year + RELATIVE[word] == year for word in words):
        return True
    section = fold(passage.section or "")
    if _A_YEARS_PART.match(section.split(" / ")[-1]):
        return False
    planned = plans_its_year(passage) and _plans_all_it_counts(fold(passage.text))
    return told == passage.year == year + 1 and not looks_ahead(section) and not planned
