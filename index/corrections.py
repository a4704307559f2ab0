"""Corrections that a newspaper prints: 「“5万亩”应为“3.5万亩”，特此更正」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.types import Passage, Span

# 「更　正　　本报1月7日…」, 「勘误：…」
HEAD = re.compile(r"[\s【\[]*(?:更\s*正(?:启事|声明)?|勘\s*误)(?:$|[：:\s】\]])")
_SAYS_SO = re.compile(r"特此更正|更正如下|更正[:：]|勘误|(?:向|请)(?:广大)?读者(?:致歉|谅解)")
_OPEN, _SHUT = '“"「『‘', '”"」』’'
_QUOTED = rf"[{_OPEN}]([^{_SHUT}]{{2,60}})[{_SHUT}]"
_SHOULD_BE = "(?:应为|应是|更正为|应改为)"
_RIGHT = re.compile(rf"{_SHOULD_BE}\s*(?:{_QUOTED}|([^{_OPEN}，,。；;]{{2,30}}))")
_WRONG = re.compile(
    rf"{_QUOTED}[^{_OPEN}。]{{0,12}}?(?:有误|{_SHOULD_BE})"
    rf"|误(?:为|作|写为|写成|刊为|登为)\s*[{_OPEN}]?([^{_SHUT}，,。；;]{{2,30}})"
)
_PAIR = re.compile(rf"{_QUOTED}[^{_OPEN}。]{{0,12}}?{_SHOULD_BE}\s*{_QUOTED}")
_HEADLINE = re.compile(r"《([^》]{4,40})》")
# What so few characters say may be said elsewhere of something else.
_TELLING, _LONGEST = 9, 400


class Correction(NamedTuple):
    """What a passage, by its ordinal, corrects: the words that were wrong, whose, and in which article.

    ``right`` is where it says what they should have been.
    """

    ordinal: int
    wrong: str
    right: Span
    headline: str | None
    district: str | None


def is_correction(text: str) -> bool:
    """Tell whether a text corrects what was printed before.

    >>> is_correction("本报1月7日《办夜校》一文中，“9所”应为“6所”，特此更正。"), is_correction("夜校应为6所。")
    (True, False)
    """
    if len(text) > _LONGEST or not _RIGHT.search(text):
        return False
    return bool(HEAD.match(text) or _SAYS_SO.search(text) or _PAIR.search(text))


def corrections_in(passages: Sequence[Passage]) -> list[Correction]:
    """Return the corrections among passages that tell which words were wrong."""
    found: list[Correction] = []
    for ordinal, passage in enumerate(passages):
        if not is_correction(passage.text):
            continue
        for wrong in _WRONG.finditer(passage.text):
            said = wrong[1] or wrong[2]
            # 「应为“6所”，误为“9所”」 says first what is right.
            right = _RIGHT.search(passage.text, wrong.start() if wrong[1] else 0)
            if right:
                span = Span(*right.span(1 if right[1] else 2))
                article = _article_of(passage.text, wrong.start())
                found.append(Correction(ordinal, said, span, article, passage.district))
    return found


def _article_of(text: str, wrong: int) -> str | None:
    """Return the headline of the article in which words were wrong that stand at an offset of a correction.

    It is named beside them, else last before them: 「《办夜校》一文中，…；…」.
    """
    named = [(match.end(), match[1]) for match in _HEADLINE.finditer(text)]
    articles = [(end, name) for end, name in named if text.startswith(("一文", "一稿"), end)]
    start = max(text.rfind(stop, 0, wrong) for stop in "。；") + 1
    stop = re.compile("[。；]|$").search(text, wrong)
    beside = [
        (end, name) for end, name in named if start <= end <= (stop.start() if stop else wrong)
    ]
    for found in ([one for one in articles if one in beside], beside, articles, named):
        before = [name for end, name in found if end <= wrong]
        if found:
            return before[-1] if before else found[0][1]
    return None


def corrected_in(correction: Correction, passage: Passage) -> Span | None:
    """Return where a passage has the words that a correction takes back, if it is the one that is meant.

    It stands under the headline named; where none is, it is the same district's and has so many words as
    another would hardly have.
    """
    if is_correction(passage.text):
        return None
    words = r"\s*".join(map(re.escape, re.sub(r"\s", "", correction.wrong)))
    match = re.search(rf"(?<![\d.]){words}(?!\d)", passage.text)
    if match is None:
        return None
    named, own = (re.sub(r"\s", "", h or "") for h in (correction.headline, passage.article))
    meant = named in own if named else len(correction.wrong) >= _TELLING
    same = named or correction.district in (None, passage.district)
    return Span(*match.span()) if meant and same else None
