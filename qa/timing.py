"""Of which year the words of a passage are that answer: last year's result stands beside this year's plan.

What a whole passage tells of is told in `years`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from index.sentences import clauses_in, sentence_spans
from index.text import fold
from index.types import Passage, Span
from qa.reading import located
from qa.status import plans_in
from qa.years import RELATIVE, YEAR_BEFORE, relative_years

# From which share on of where the answer may stand a passage tells of other years than were asked about.
_NEARLY_ALL = 0.85
_A_YEAR = r"(?:[今去前明后上]年|20\d\d年)"
# 「2023年和2024年」, 「去年和今年」 tell of both, 「和去年相比」 of none.
_TIME = re.compile(
    rf"(?P<several>20\d\d年?[至和与到-]{{1,2}}20\d\d年|(?<=20\d\d,)20\d\d年|(?<=20\d\d年,)20\d\d年|[和与]{_A_YEAR}(?!同?期?[相比持]|一样)|(?:新的一|全|当)年)"
    rf"|(?<![比较同和与跟])(?P<relative>{YEAR_BEFORE}|(?<![以之])前年|今年|(?<!成)本年|(?<!说)明年|(?<![今以之])后年)"
    r"|(?P<past>过去(?:的)?一年|(?<!新的)(?<!未来)(?<!今后)一年来)|(?P<later>[到至](?=20\d\d年)|十五五(?!.{0,2}(?:开局|起步|首年))|[未今][来后][三五]年)"
    r"|(?<!\d)(?P<year>20\d\d)(?=年)|(?P<now>目前|现有|截至|历年|累计)"
)
# 「由去年的3所增加到5所」, 「由3所增加到5所」 tell of both.
_FROM = re.compile(r"[由从](?:去年|上年|20\d\d年|[^,;.]{0,6}\d[^,;.]{0,10}[到至])")
_THAN = re.compile(rf"[比较](?:{YEAR_BEFORE})的?\d")
_FIGURE = re.compile(r"\d")
Told = int | Literal["later"] | None


def tells_of_other_years(
    passage: Passage, text: str, question: str, read: str, years: Sequence[int]
) -> bool:
    """Tell whether what in a passage's `text` may answer is told of other years than those asked about.

    `years` are those that the `question` names, none where no document has a date; `read` is the question as it is
    read with the text. A clause is of the year that was last named before it in its sentence. Where a figure of
    the right year stands in that sentence too, nothing is told.

    >>> passage = Passage("p", "去年新建食堂9个。今年种树500亩。", "a.txt", "d", 0, ())
    >>> [tells_of_other_years(passage, passage.text, q, q, ()) for q in ("今年新建几个食堂？", "去年新建几个食堂？")]
    [True, False]
    """
    wanted = _wanted(question, years, passage.year)
    folded = fold(text)
    if not wanted or not _TIME.search(folded):
        return False
    clauses: list[Span] = []
    other: list[bool] = []
    for sentence in sentence_spans(text):
        own = clauses_in(text, sentence)
        told_of = [*told_in(folded, own, passage.year)]
        pieces = [folded[slice(*clause)] for clause in own]
        right = any(
            (told in wanted and _FIGURE.search(piece)) or (-1 in wanted and _THAN.search(piece))
            for told, piece in zip(told_of, pieces, strict=True)
        )
        clauses += own
        other += [
            not right and _is_other(told, wanted, piece)
            for told, piece in zip(told_of, pieces, strict=True)
        ]
    if not any(other):
        return False
    likely = located(read, text, clauses)
    told = sum(share for share, is_told in zip(likely, other, strict=True) if is_told)
    return told > _NEARLY_ALL * sum(likely)


def _wanted(question: str, years: Sequence[int], year: int | None) -> frozenset[int]:
    """Return the years asked about, as counted from a passage's own."""
    if years:
        return frozenset(asked - year for asked in years) if year else frozenset()
    return frozenset(RELATIVE[word] for word in relative_years(question))


def told_in(folded: str, clauses: Sequence[Span], year: int | None) -> Iterator[Told]:
    """Yield of which year each clause of a sentence is, counted from the passage's own `year`.

    None where nothing tells. 「到2030年」 counts as far as its clauses go, to a semicolon.

    >>> text = "去年新建食堂9个,今年再建5个,到2030年建成50个。"
    >>> [*told_in(text, [Span(0, 9), Span(9, 16), Span(16, 27)], 2026)]
    [-1, 0, 4]
    """
    told: Told = None
    later = False
    seen = 0
    for start, end in clauses:
        if (told == "later" or (told or 0) > 0) and ";" in folded[seen:start]:
            told = None
        for match in _TIME.finditer(folded, start, end):
            if match["relative"]:
                told = RELATIVE[match["relative"]]
            elif match["past"]:
                told = -1
            elif match["year"] and year:
                told = int(match["year"]) - year
            else:
                told = "later" if match["later"] or (match["year"] and later) else None
            later = match["later"] is not None
        yield None if _FROM.search(folded, start, end) else told
        seen = start


def _is_other(told: Told, wanted: frozenset[int], clause: str) -> bool:
    """Tell whether a clause is of none of the years wanted; what is planned may be of this one or later."""
    if told is None or told in wanted:
        return False
    if told == "later":
        return max(wanted) < 1
    return not (told < 0 <= max(wanted) and plans_in(clause) > 0)
