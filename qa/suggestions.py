"""First questions that an index can answer, drawn from its own passages and headings.

Each is asked before it is offered, and kept only if what it was drawn from answers it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, islice, zip_longest

from index.sentences import clause_spans
from index.store import Index
from index.types import Passage
from qa.answer import ask
from qa.figures import figures_in
from qa.types import Question

_MOST = 6
_TRIES = 40
_TRIES_OVER_ALL = 4
_READ = 60  # of each district's passages: enough to draw from, however large the index


def suggestions(index: Index) -> list[str]:
    """Return up to six questions: one over all districts where they share a theme, then others."""
    groups = _groups(index)
    themes = islice(_themes(index, groups), _TRIES_OVER_ALL)
    shared = next((theme for theme in themes if _shared(theme, index)), None)
    drafts = (
        draft for draft in _in_turn(groups) if not shared or shared.words not in draft.question
    )
    single = (draft.question for draft in islice(drafts, _TRIES) if _answers(draft, index))
    found = chain([shared.question] if shared else [], single)
    return list(islice(found, _MOST))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A question and the passage that it was drawn from."""

    question: str
    passage: Passage


@dataclass(frozen=True, slots=True)
class _Theme:
    """A question over all districts and the words that they share."""

    question: str
    words: str


def _answers(draft: _Draft, index: Index) -> bool:
    """Tell whether a draft's own passage, or one under the same heading, answers it best."""
    answer = ask(Question(draft.question), index)
    if not answer.answered:
        return False
    best, own = answer.passages[0].passage, draft.passage
    if own.section is None:
        return best.id == own.id
    return (best.document_id, best.section) == (own.document_id, own.section)


def _shared(theme: _Theme, index: Index) -> bool:
    """Tell whether more than one district answers."""
    answer = ask(Question(theme.question), index)
    return answer.answered and sum(map(bool, answer.by_district.values())) > 1


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

_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z0-9]{6,22}")
_LEANING = re.compile(
    r"^[它其这那与和及让但也此该是即均]|^分别|^[\u4e00-\u9fff]{2,3}[省市]|20\d\d年|上年|同期|前\d"
)
_REACHING = re.compile(r"(?:达到|达|增至|增加到|为|至|到|有)$")
_ABOUT = re.compile(r"(?:超过|超|约|近|达|逾|共|好|了)$")
_NOT_AN_AMOUNT = re.compile(r"^(?:以上|以下|多|余|左右)")


def _of_figures(passage: Passage) -> Iterator[str]:
    """Yield the questions whose answer is the figure of a clause.

    >>> list(_of_figures(Passage("p", "将建好校舍，新增学位超3800个。", "", "", 1, (), "洛江区")))
    ['洛江区新增学位多少个？']
    """
    for before, unit, after in _figure_clauses(passage):
        yield f"{passage.district or ''}{before}多少{unit}{after}？"


def _figure_clauses(passage: Passage) -> Iterator[tuple[str, str, str]]:
    """Yield what stands before the one figure of a plain clause, its unit and what follows."""
    for start, end in clause_spans(passage.text):
        clause = passage.text[start:end].strip(" \n，,。；;！!")
        figures = list(figures_in(clause))
        if not _PLAIN.fullmatch(clause) or _LEANING.search(clause) or len(figures) != 1:
            continue
        before, _, after = clause.partition(figures[0].text)
        written = figures[0].text[0].isdigit() and not before.endswith("第")
        if written and len(before) > 1 and not _NOT_AN_AMOUNT.match(after):
            named = before.removeprefix(passage.district or "").removeprefix("的")
            yield _ABOUT.sub("", named), figures[0].unit, after


# --- from a heading ------------------------------------------------------------------------------

_NUMBER = re.compile(r"^[(（]?[一二三四五六七八九十\d]+[)）、.．\s]\s*")
_TITLE = re.compile(r"[\u4e00-\u9fffA-Za-z0-9“”·、]{3,14}")
_OF_NO_THEME = re.compile(r"回顾|总结|开头|附件|附录|说明|解释|总体|要求|任务|部署|目录|名单")
_ASKS = re.compile(r"多少|几(?=[个条家所项座年件])|哪些|什么|怎么|怎样|如何|为谁")


def _of_heading(passage: Passage) -> Iterator[str]:
    """Yield a question about what stands under a passage's heading.

    >>> list(_of_heading(Passage("p", "", "", "", 1, (), "洛江区", None, "一、看好水库，管好岸边")))
    ['关于看好水库，洛江区说了什么？']
    """
    heading = _NUMBER.sub("", (passage.section or "").rpartition(" / ")[2])
    theme = re.split("[，,：:；;（(]", heading.rpartition("：")[2])[0]
    if not _TITLE.fullmatch(theme) or _OF_NO_THEME.search(heading):
        return
    if _ASKS.search(theme):
        yield f"{passage.district or ''}{theme}？"
    else:
        yield f"关于{theme}，{passage.district or '文件'}说了什么？"


# --- over all districts --------------------------------------------------------------------------


def _themes(index: Index, groups: list[list[Passage]]) -> Iterator[_Theme]:
    """Yield what several districts give a figure for, then what their headings share."""
    if len(groups) < 2:
        return
    every = "各区" if all(name.endswith("区") for name in index.by_district) else "各地"
    cut = index.segmenter.cut

    def counted(passage: Passage) -> Iterator[str]:
        for before, _, _ in _figure_clauses(passage):
            words = cut(_REACHING.sub("", before))[-2:]
            if len(words) == 2 and min(map(len, words)) > 1:
                yield "".join(words)

    def headed(passage: Passage) -> Iterator[str]:
        words = cut(_NUMBER.sub("", passage.section or ""))
        yield from (word for word in words if len(word) > 1 and not _OF_NO_THEME.search(word))

    for words in _common(groups, counted, index):
        yield _Theme(f"{every}{words}多少？", words)
    for words in _common(groups, headed, index):
        yield _Theme(f"{every}在{words}方面有什么打算？", words)


def _common(
    groups: list[list[Passage]], of: Callable[[Passage], Iterator[str]], index: Index
) -> list[str]:
    """Return what several groups have: what most have first, of those the rarest words first."""
    having = Counter(
        item for group in groups for item in {item for passage in group for item in of(passage)}
    )
    common = [item for item, groups_having in having.items() if groups_having > 1]
    weight = {item: index.weight_of(index.segmenter.terms(item)) for item in common}
    return sorted(common, key=lambda item: (-having[item], -weight[item], item))
