"""Plans and facts: whether a passage says what will be, is being or has been done.

Only where the words or the section's heading decide it; else the status is None.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from index.sentences import clauses_in, sentence_spans
from index.text import fold
from index.types import Passage, Span

Status = Literal["planned", "ongoing", "done"]

_REVIEW = re.compile(r"回顾|过去(?:一|的|五)|取得|成效|成就|成绩|总结|(?:工作|完成)情况")
_AGENDA = re.compile(r"任务|安排|部署|总体要求|目标|今年|下一步|打算|重点工作|重点抓|规划|实事")
_WILL = r"(?<![主重必首摘纪简只不需])要(?!求|素|闻|害|点)"
# Not 「已将」 and 「每年将」, which do something with a thing; nor what only has such a name.
_PLANNED = re.compile(
    r"(?<![虚模草])拟(?![人态合])|(?<!已)(?<!每年)(?<!率先)(?<!先后)将(?!近|军|士|乐)|力争|争取(?![到了])"
    r"|(?<!行动)计划(?![\"》]|生育|单列|经济)|预期|目标(?![\"》])|确保(?!了)"
    rf"|{_WILL}|未来(?=[\d一二三五十两几数,将要我])|到20\d\d年|打算|准备"
)
# A target that was met is no plan.
_MET = re.compile(
    r"(?:完成|达到|超过|[好高优]于|符合)[^,.;]{0,12}(?:目标|预期)|(?:目标|预期)[^,.;]{0,6}?[已满额前期利]完成"
)
_ONGOING = re.compile(
    r"正在|加快(?:建设|推进|实施|布局)?|持续|不断|深入|稳步|推进|推动|实施|探索|深化"
)
_BACK = r"过去.{0,3}年|近年来|[年月直期]以来"
# What is done wherever it stands; under an agenda 「完成」 and 「建成」 are to be.
_SURELY_DONE = rf"已|获评|荣获|获批|实现了|增长了|位居|居全[国省市]|{_BACK}"
_DONE = re.compile(rf"{_SURELY_DONE}|完成|达到|建成|突破|率先|首创|成功|累计")
_ASKS_PLAN = re.compile(
    rf"计划|打算|目标|预期|将|{_WILL}|准备|规划|力争|(?<![思理])想|今年|明年|未来|今后|会不会|(?<![社机委协工大商])会(?=[^议])"
)
# 「比去年增长多少」 may ask of what is to be.
_LAST_YEAR = "(?<![比较])(?:(?<![和与跟同])去年|去年(?!(?:同期)?相?比))"
_ASKS_RESULT = re.compile(
    rf"{_LAST_YEAR}|过去|完成了|已经?|达到了?|实现了|取得|成绩|排第几|获得|获评|截至|目前|实际上?(?!需|困难|情况)|最[终后](?!一)"
)

# 「去年定的目标是多少」 asks of a plan, 「去年的目标完成了吗」 doesn't.
_ASKS_OLD_PLAN = re.compile(
    r"(?:去年|上年|前年|20\d\d年)[^,?]{0,16}(?:目标|计划|打算|年初定|原来定|定的|预期)(?!.*(?:完成|实现|实际|达[到成]|兑现))"
)
_YEAR_BACK = rf"{_LAST_YEAR}|(?<![以比较])上年(?!龄)|(?<![以之])前年"
_ASKS_PAST = re.compile(rf"{_YEAR_BACK}|过去|完成了|已经|实现了|取得了|截至|目前")


# What a sentence says after these words is to be: 「明年，全县增长6%，收入突破9亿元」.
NEXT_FIVE = r"[今未][后来]的?[五5]年|新的五年|(?<![^\s,.;:!?])[五5]年[内后]"
_AHEAD = rf"(?<![说为划好备动排])明年|[今未][后来]的?[1-4一二三]年|{NEXT_FIVE}"
_REST = rf"(?:(?!{_AHEAD}|去年|上年|前年|今年|截至|目前|已|(?<!到)20\d\d年(?=完成|建成|实现))(?:[^.!?\n]|(?<=\d)\.(?=\d)))*"
_SAID_AHEAD = re.compile(rf"(?:{_AHEAD}){_REST}")


def status_of(text: str) -> Status | None:
    """Return whether a sentence tells a plan, work under way or a fact.

    >>> status_of("力争全年旅游收入超120亿元"), status_of("获评百强第11位"), status_of("加快建设学校")
    ('planned', 'done', 'ongoing')
    """
    folded = fold(text)
    if _plans(folded):
        return "planned"
    if _DONE.search(folded):
        return "done"
    return "ongoing" if _ONGOING.search(folded) else None


def status_in(passage: Passage, marked: Sequence[Span]) -> Status | None:
    """Return the status of the marked words of a passage, where they stand.

    Under a heading that looks back even 「加快建设」 has been done; under an agenda 「建成」 is to be.
    Words that don't decide it are as the clauses before them: 「力争收入超百亿元，游客超千万人次」.
    """
    words = "".join(passage.text[start:end] for start, end in marked)
    status = status_of(words)
    if status is None and not _NOW.search(fold(words)):
        status = next(filter(None, map(status_of, _before(passage, marked))), None)
    by_section = _section_tells(passage)
    if by_section < 0:
        return "done"
    to_be = by_section > 0 or _is_ahead(passage, marked)
    if status == "done" and to_be and not re.search(_SURELY_DONE, fold(words)):
        return "planned"
    return status


def _is_ahead(passage: Passage, marked: Sequence[Span]) -> bool:
    """Tell whether a sentence has come to the years to come where the first marked words stand."""
    first = min((span.start for span in marked), default=0)
    before = fold(passage.text[:first])
    return any(said.end() == len(before) for said in _SAID_AHEAD.finditer(before))


_NOW = re.compile("[今明]年|下一步")


def _before(passage: Passage, marked: Sequence[Span]) -> list[str]:
    """Return the clauses before the first marked words, in their sentence, the nearest first."""
    first = min((span.start for span in marked), default=0)
    return [
        passage.text[clause.start : clause.end]
        for sentence in sentence_spans(passage.text)
        if sentence.start < first < sentence.end
        for clause in reversed(clauses_in(passage.text, sentence))
        if clause.end <= first
    ]


def plans_in(text: str) -> int:
    """Return how many words of plans and of work under way a text has, less those of results.

    What has been under way for years is no plan.

    >>> plans_in("将建3所学校，加快推进医改"), plans_in("建成了3所学校"), plans_in("过去十年推动改革")
    (2, -1, -1)
    """
    folded = fold(text)
    ahead = [part for part in _SENTENCE.split(folded) if not re.search(_BACK, part)]
    under_way = sum(len(_ONGOING.findall(part)) for part in ahead)
    return _plans(folded) + under_way - _done(folded)


_SENTENCE = re.compile(r"(?<!\d)[.;!?]|\n")


def _plans(folded: str) -> int:
    """Return how many words of plans a folded text has."""
    to_be = sum(len(_DONE.findall(said)) for said in _SAID_AHEAD.findall(folded))
    return len(_PLANNED.findall(_MET.sub(" ", folded))) + to_be


def _done(folded: str) -> int:
    """Return how many words of results a folded text has, but for what it says of the years to come."""
    return len(_DONE.findall(_SAID_AHEAD.sub(" ", folded)))


def tells_plans(passage: Passage) -> bool:
    """Tell whether a passage tells plans, by its section's heading or by its words."""
    return _told(passage) > 0 or plans_in(passage.text) > 0


_PLAINLY_PLANNED = re.compile(
    r"力争|争取(?![到了])|预期(?!目标?(?:完成|实现))|(?<!行动)计划(?!生育|单列)|打算|(?<![虚模草])拟(?![人态合])|目标(?:是|为|[\d:,])|要(?:新|建|开|完成|达到)"
)


def plainly_plans(passage: Passage) -> bool:
    """Tell whether a passage stands under an agenda or says outright that it tells plans."""
    return looks_ahead(passage.section or "") or bool(_PLAINLY_PLANNED.search(fold(passage.text)))


_FIRST_MONTHS = ("01", "02", "03")


def plans_its_year(passage: Passage) -> bool:
    """Tell whether a passage of a year's first months says something of that year, as yet a plan."""
    if passage.date is None or passage.date[5:7] not in _FIRST_MONTHS or passage.year is None:
        return False
    text = fold(passage.text)
    begun = r"[01]?[1-3](?:月|[-—~至到])|[前头][一二两三123]个?月|一季度|以来|截至|开年"
    own = rf"(?:今年|{passage.year}年)(?!{begun})"
    return bool(re.search(own, text)) and not re.search(f"{_SURELY_DONE}|实际", text)


def reviews(section: str) -> bool:
    """Tell whether a section's heading looks back."""
    return _REVIEW.search(fold(section)) is not None


def looks_ahead(section: str) -> bool:
    """Tell whether a section's heading is that of what is to be done."""
    return _AGENDA.search(fold(section)) is not None


def asks_result(question: str) -> bool:
    """Tell whether a question asks what has been and nothing else.

    >>> asks_result("去年旅游收入是多少？"), asks_result("今年旅游收入要达到多少？")
    (True, False)
    """
    folded = fold(question)
    return bool(_ASKS_PAST.search(folded)) and not _ASKS_PLAN.search(folded)


_PAST_YEAR = re.compile(
    rf"{_YEAR_BACK}|(?<!\d)20\d\d年(?=.*(?:实际|(?<!安排)(?<!提出)(?<!确定)(?<!部署)(?<!定)了(?:多少|几)))"
    r"|(?:实际|截至|到目前)[^,?]{0,8}了(?:多少|几)"
)


def asks_of_past_year(question: str) -> bool:
    """Tell whether a question asks what came of a past year, which no plan tells.

    >>> asks_of_past_year("去年来了多少游客？"), asks_of_past_year("去年定的目标是多少？")
    (True, False)
    >>> asks_of_past_year("2023年来了多少游客？"), asks_of_past_year("2023年安排了几个项目？")
    (True, False)
    """
    folded = fold(question)
    return bool(_PAST_YEAR.search(folded)) and not _ASKS_PLAN.search(folded)


def asks_what_came(question: str) -> bool:
    """Tell whether a question asks outright what has come about.

    >>> asks_what_came("去年实际来了多少游客？"), asks_what_came("去年修几条路？")
    (True, False)
    """
    return re.search("实际|了(?:多少|几|没|吗)|完成(?:了|多少|情况)", fold(question)) is not None


# 「要」 and 「会」 may ask of anything; these ask of what is yet to be done.
_ASKS_FUTURE = re.compile("计划|打算|目标|预期|准备|规划|力争|下一步|明年|未来|今后")


def asks_plan(question: str) -> bool:
    """Tell whether a question asks what is to be done and nothing else.

    >>> asks_plan("今年打算建几所学校？"), asks_plan("去年的目标完成了吗？"), asks_plan("要建学校吗？")
    (True, False, False)
    """
    folded = fold(question)
    return bool(_ASKS_FUTURE.search(folded)) and not _ASKS_RESULT.search(folded)


_YEAR = re.compile(r"(?:[今去](?!后)|(?<![以之])前|(?<!说)明)年(?![金龄])|上年(?!龄)")
_TENSE = re.compile(_YEAR.pattern + "|目标|打算|预期")


def without_tense(topic: str) -> str:
    """Return a topic without the words that only tell a plan from a result, if more is in it.

    Writers seldom repeat them: what is a target, they strive for.

    >>> without_tense("今年旅游收入目标"), without_tense("今年的目标"), without_tense("以前年度")
    ('旅游收入', '今年的目标', '以前年度')
    """
    return _without(_TENSE, topic) or topic


def without_year(topic: str) -> str:
    """Return a topic without its year, if beside it there is only what tells a plan from a result.

    The year says whose report is meant; in it every other paragraph says 「今年」.

    >>> without_year("今年 目标"), without_year("今年 旅游目标"), without_year("去年")
    ('目标', '今年 旅游目标', '去年')
    """
    return topic if _without(_TENSE, topic) else _without(_YEAR, topic) or topic


def _without(words: re.Pattern[str], topic: str) -> str:
    return words.sub("", topic).strip("的 ")


def tense_match(question: str, passage: Passage) -> float:
    """Return 1 if a passage tells what a question asks for, plan or result, -1 if the other.

    0 where the question asks for neither or the passage tells both. A report's section heading
    decides (「2024年工作回顾」), then the passage's words.
    """
    asked = _asked(fold(question))
    return asked * _told(passage) if asked else 0.0


def _asked(question: str) -> int:
    if _ASKS_OLD_PLAN.search(question):
        return 1
    if _ASKS_RESULT.search(question) or asks_of_past_year(question):
        return -1
    return 1 if _ASKS_PLAN.search(question) else 0


# What is to be done this year: 「今年完成造林58万亩」, not 「今年以来完成」.
_TO_BE_DONE = re.compile(
    "今年(?![以一来已]|上半|前|初)(?:(?!累计|提前|超额|季度|共|已|实际|全[市县区])[^,.;]){0,6}?(?:完成|建成|达到)"
)


def _section_tells(passage: Passage) -> float:
    """Return 1 if the heading above a passage is that of an agenda, -1 of a review, 0 if neither."""
    section = fold(passage.section or "")
    if _REVIEW.search(section):
        return -1.0
    if _AGENDA.search(section):
        return 1.0
    named = {int(year) for year in _YEAR_IN_SECTION.findall(section.split(" / ")[-1])}
    if passage.year is None or len(named) != 1:
        return 0.0
    # A report given at the end of a year looks back on it and ahead to the next.
    late = passage.date is not None and passage.date[5:7] in ("11", "12")
    year = named.pop()
    if year > passage.year:
        return 1.0
    return -1.0 if year < passage.year or late else 0.0


_YEAR_IN_SECTION = re.compile(r"(?<!\d)(20\d\d)(?=年)")


@lru_cache(maxsize=10_000)
def _told(passage: Passage) -> float:
    if by_section := _section_tells(passage):
        return by_section
    text = fold(passage.text)
    if passage.date is None or passage.date[5:7] <= "06":
        text = _TO_BE_DONE.sub("计划", text)
    planned, done = _plans(text), _done(text)
    return (planned - done) / (planned + done) if planned + done else 0.0
