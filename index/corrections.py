"""Corrections that a newspaper prints: 「“5万亩”应为“3.5万亩”，特此更正」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from index.types import Passage, Span

# 「更　正　　本报1月7日…」, 「勘误：…」
HEAD = re.compile(r"[\s【\[]*(?:更\s*正(?:启事|声明)?|勘\s*误)(?:$|[：:\s】\]])")
_CORRECTS = re.compile(r"更\s*正|勘误|致歉|有误")
_RIGHT = re.compile(
    r"(?:应为|应是|更正为|应改为)\s*(?:[“\"「]([^”\"」]{2,60})[”\"」]|([^“，,。；;]{2,30}))"
)
_WRONG = re.compile(
    r"[“\"「]([^”\"」]{2,60})[”\"」][^“\"「。]{0,12}?(?:有误|应为|应是|更正为|应改为)"
    r"|误(?:为|作|写为|写成|刊为|登为)\s*[“\"「]?([^”\"」，,。；;]{2,30})"
)
_HEADLINE = re.compile(r"《([^》]{4,40})》")
# What so few characters say may be said elsewhere of something else.
_TELLING = 9


class Correction(NamedTuple):
    """What a passage, by its ordinal, corrects: the words that were wrong, and in which article."""

    ordinal: int
    wrong: str
    headline: str | None


def is_correction(text: str) -> bool:
    """Tell whether a text corrects what was printed before.

    >>> is_correction("本报1月7日《办夜校》一文中，“9所”应为“6所”，特此更正。"), is_correction("夜校应为6所。")
    (True, False)
    """
    return bool(_CORRECTS.search(text) and _RIGHT.search(text))


def corrections_in(passages: Sequence[Passage]) -> list[Correction]:
    """Return the corrections among passages that tell which words were wrong."""
    found: list[Correction] = []
    for ordinal, passage in enumerate(passages):
        wrong = _WRONG.search(passage.text) if is_correction(passage.text) else None
        if wrong:
            headline = _HEADLINE.search(passage.text)
            found.append(
                Correction(ordinal, wrong[1] or wrong[2], headline[1] if headline else None)
            )
    return found


def corrected_in(correction: Correction, passage: Passage) -> Span | None:
    """Return where a passage has the words that a correction takes back, if it is the one that is meant.

    It stands under the headline named, or has so many words as another would hardly have.
    """
    if is_correction(passage.text):
        return None
    words = r"\s*".join(map(re.escape, re.sub(r"\s", "", correction.wrong)))
    match = re.search(words, passage.text)
    if match is None:
        return None
    bare = [
        re.sub(r"\s", "", headline or "") for headline in (correction.headline, passage.article)
    ]
    if (bare[0] and bare[0] in bare[1]) or len(correction.wrong) >= _TELLING:
        return Span(*match.span())
    return None


def right_words(text: str) -> Span | None:
    """Return where a correction says what it should have been.

    >>> right_words("“9所”应为“6所”，特此更正。")
    Span(start=7, end=9)
    """
    match = _RIGHT.search(text)
    return Span(*match.span(1 if match[1] else 2)) if match else None
