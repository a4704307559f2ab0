"""First questions that an index can answer, as a person would ask them of its figures and headings.

Each is asked before it is offered, and kept only if what it was drawn from answers it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from index.sentences import clause_spans
from index.store import Index
from index.types import Passage
from qa.answer import ask
from qa.figures import figures_in
from qa.status import reviews, tells_plans
from qa.types import Question

_MOST = 6
_TRIES = 40
_TRIES_OVER_ALL = 4
_READ = 60  # of each district's passages: enough to draw from, however large the index


def suggestions(index: Index) -> list[str]:
    """Return up to six questions: one over all districts where they share a theme, then others."""
    groups = _groups(index)
    shared = _over_all(index, groups)
    answered = (
        draft.question
        for draft in islice(_in_turn(groups), _TRIES)
        if not (shared and shared.theme in draft.question) and _answers(draft, index)
    )
    return list(islice(chain([shared.question] if shared else [], answered), _MOST))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A question and the passage that it was drawn from."""

    question: str
    passage: Passage


def _answers(draft: _Draft, index: Index) -> bool:
    """Tell whether a draft's own passage, or one under the same heading, answers it best."""
    answer = ask(Question(draft.question), index)
    if not answer.answered:
        return False
    best, own = answer.passages[0].passage, draft.passage
    if own.section is None:
        return best.id == own.id
    return (best.document_id, best.section) == (own.document_id, own.section)


def _groups(index: Index) -> list[list[Passage]]:
    """Return the first passages of each district, or of all documents where none has one."""
    ordinals = list(index.by_district.values()) or [list(range(len(index.passages)))]
    return [[index.passages[ordinal] for ordinal in group[:_READ]] for group in ordinals]


def _in_turn(groups: list[list[Passage]]) -> Iterator[_Draft]:
    """Yield a draft of each district, then another of each; figures and headings alternate."""
    for drafts in zip_longest(*map(_drafts, groups)):
        yield from (draft for draft in drafts if draft is not None)


def _drafts(passages: list[Passage]) -> Iterator[_Draft]:
    figures, headings = (
        {question: _Draft(question, passage) for passage in passages for question in of(passage)}
        for of in (_of_figures, _of_heading)
    )
    for drafts in zip_longest(figures.values(), headings.values()):
        yield from (draft for draft in drafts if draft is not None)


# --- from a clause with one figure ---------------------------------------------------------------

_AHEAD = "(?:[年今]内|全年|今年|力争|争取|确保|计划|预计|将|要|再|全[区市县省]|实现|完成)*+"
_REACHING = "(?:总?数)?(?:达到|达|增至|增加到|超过|超|突破|约|近|逾|共|为|是|至|到)*"
_MEASURED = re.compile(
    rf"{_AHEAD}(?P<noun>[\u4e00-\u9fff]{{2,8}}(?:收入|产值|产量|增加值|总额|投资额?|就业|面积|里程|规模))"
    rf"{_REACHING}"
)
_COUNTED = re.compile(
    rf"{_AHEAD}(?P<verb>新[增建]|[改扩修]建|建[设成]|改造|更换|整治|修[复好]|培育|引进|打造|接待|发放|培养|种植|设立|安置)"
    rf"的?(?P<noun>[\u4e00-\u9fff]{{2,8}}?)?{_REACHING}"
)
_AFTER = re.compile(r"(?:以上|多|余|左右)?的?(?P<noun>[\u4e00-\u9fff]{2,8}(?<![是为在的]))?")
_UNCLEAR = re.compile("[它其这那此该各等和及]|分别|[拉带]动|^[省市区县]")
_UNASKED = ("人", "人次", "元", "m²")  # 「多少游客」, not 「多少人次游客」


@dataclass(frozen=True, slots=True, order=True)
class _Counted:
    """What a clause gives a figure for: done how, of what, in which unit; `verb` may be nothing."""

    verb: str
    noun: str
    unit: str

    def asked_of(self, who: str, planned: bool) -> str:
        """Return the question of a district or several for the figure."""
        will = "要" if planned else ""
        if not self.verb:
            return f"{who}{self.noun}{will}达到多少？"
        unit = "" if self.unit in _UNASKED else self.unit
        return f"{who}{will}{self.verb}多少{unit}{self.noun}？"


def _of_figures(passage: Passage) -> Iterator[str]:
    """Yield the questions whose answer is the figure of a clause.

    >>> list(_of_figures(Passage("p", "将建好校舍，新增学位超3800个。", "", "", 1, (), "洛江区")))
    ['洛江区要新增多少个学位？']
    """
    for counted in _counted_in(passage):
        yield counted.asked_of(passage.district or "", tells_plans(passage))


def _counted_in(passage: Passage) -> Iterator[_Counted]:
    district = passage.district or ""
    for start, end in clause_spans(passage.text):
        clause = passage.text[start:end].strip(" \n，,。；;！!").removeprefix(district)
        figures = list(figures_in(clause))
        named_again = district and clause.startswith(district[:2])
        if len(figures) == 1 and figures[0].text[0].isdigit() and not named_again:
            before, _, after = clause.partition(figures[0].text)
            if counted := _counted(before, figures[0].unit, after):
                yield counted


def _counted(before: str, unit: str, after: str) -> _Counted | None:
    """Return what a figure counts, if a person would ask for it as the words around it do.

    >>> _counted("新建", "所", "学校"), _counted("全年旅游收入超", "元", "")
    (_Counted(verb='新建', noun='学校', unit='所'), _Counted(verb='', noun='旅游收入', unit='元'))
    """
    measured, counted = _MEASURED.fullmatch(before), _COUNTED.fullmatch(before)
    behind = _AFTER.fullmatch(after)
    if behind is None or _UNCLEAR.search(before) or _UNCLEAR.search(after):
        return None
    if measured and not counted and not behind["noun"]:
        return _Counted("", measured["noun"], unit)
    if counted and bool(counted["noun"]) != bool(behind["noun"]):
        return _Counted(counted["verb"], counted["noun"] or behind["noun"], unit)
    return None


# --- from a heading ------------------------------------------------------------------------------

_NUMBER = re.compile(r"^[(（]?[一二三四五六七八九十\d]+[)）、.．\s]\s*")
_HOW = re.compile(
    r"(?:大力|全力|着力|扎实|持续|深入|切实|积极|全面|奋力|坚决|更好|加快|有序|稳步|统筹)*"
    r"(?P<what>(?:推[进动]|促进|提[升振高]|加强|深化|扩大|优化|完善|健全|建设|打造|发展|培育|保障|改善|增进|构建|支持|防范|保护|破解|看好|用好|办好|激[发活])"
    r"[\u4e00-\u9fff“”、]{2,12})"
)
_ASKS = re.compile(
    r"(?=.*(?:多少|(?<!的)几[个条家所项座年件]|哪些|什么|怎么|怎样|如何|为谁))[\u4e00-\u9fff“”、]{3,16}"
)


def _of_heading(passage: Passage) -> Iterator[str]:
    """Yield a question about what stands under a passage's heading, if that looks ahead.

    >>> list(_of_heading(Passage("p", "", "", "", 1, (), "洛江区", None, "一、全力看好水库，管好岸边")))
    ['洛江区打算怎样看好水库？']
    """
    section, district = passage.section or "", passage.district or ""
    heading = _NUMBER.sub("", section.rpartition(" / ")[2]).rpartition("：")[2]
    if reviews(section):
        return
    if _ASKS.fullmatch(heading):
        yield f"{district}{heading}？"
    for clause in re.split("[，,；;（(]", heading):
        if how := _HOW.fullmatch(clause):
            yield f"{district}打算怎样{how['what']}？"


# --- over all districts --------------------------------------------------------------------------

_THEMES = (
    "旅游", "教育", "就业", "养老", "医疗", "住房", "交通", "环境", "乡村", "人才", "消费", "科技",
    "农业", "文化", "工业", "港口", "民生", "产业", "改革",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Shared:
    """A question over all districts and the theme that they share."""

    question: str
    theme: str


def _over_all(index: Index, groups: list[list[Passage]]) -> _Shared | None:
    """Return a question that most districts answer, if one of the first does."""
    for shared in islice(_shared(index, groups), _TRIES_OVER_ALL):
        answer = ask(Question(shared.question), index)
        answering = sum(map(bool, answer.by_district.values()))
        if answer.answered and 2 * answering > len(groups):
            return shared
    return None


def _shared(index: Index, groups: list[list[Passage]]) -> Iterator[_Shared]:
    """Yield what most districts give a figure for, then the first themes of which most speak."""
    if len(groups) < 2:
        return
    every = "各区" if all(name.endswith("区") for name in index.by_district) else "各地"
    figures = Counter(
        counted for group in groups for counted in set(chain(*map(_counted_in, group)))
    )
    for counted in sorted(figures, key=lambda counted: (-figures[counted], counted)):
        if 2 * figures[counted] > len(groups):
            yield _Shared(counted.asked_of(every, planned=True), counted.noun)
    for theme in _THEMES:
        speaking = sum(any(theme in passage.text for passage in group) for group in groups)
        if 2 * speaking > len(groups):
            yield _Shared(f"{every}在{theme}方面有什么打算？", theme)
