"""Interviews and letters: who is asked says what the question is about no more, so both are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from index.types import Paragraph, Span

# 「晚报记者：」, 「读者陈女士（洛江区）：」, 「网友“小河”：」, 「洛江区 老林：…？」, 「问1：」, 「问洛江区区长　王某：」
_ASKED = re.compile(
    "[【\\[●■◆▲]?(?:"
    "(?:(?:[\u4e00-\u9fff·]{0,12}记者|主持人(?=[^。]*[？?]))[\u4e00-\u9fff]{0,3}"
    '|(?:网友|市民|居民|村民|读者|群众|家长|业主)[\u4e00-\u9fff]{0,6})(?:\\s*[（(“"「][^）)”"」]{1,16}[）)”"」])?'
    "|[\u4e00-\u9fff]{2,12}[ \u3000]+(?:[\u4e00-\u9fff]{1,2}(?:先生|女士|师傅|婆婆|阿姨|大爷|大伯|同学)|[小老][\u4e00-\u9fff])"
    "(?=[：:].*[？?。]$)"
    "|追?问(?:题)?\\s*\\d{0,2}|Q\\s*\\d{0,2}|问[\u4e00-\u9fff \u3000]{4,20})[】\\]]?\\s*[：:]"
)
_LONGEST_QUESTION = 120


def is_asked(line: str) -> bool:
    """Tell whether a line is what somebody asks in an interview or a letter.

    >>> is_asked("晚报记者：水价涨不涨？"), is_asked("问：老街积水。"), is_asked("王某：水价不涨。")
    (True, True, False)
    """
    return len(line) <= _LONGEST_QUESTION and "\n" not in line and _ASKED.match(line) is not None


def question_above(text: str) -> str:
    r"""Return the question that a paragraph begins with, as it stands on its line, or "".

    >>> question_above("问：水价涨不涨？\n答：不涨。")
    '问：水价涨不涨？'
    """
    line, _, told = text.partition("\n")
    return line if told and is_asked(line) else ""


def with_questions(paragraphs: Sequence[Paragraph], text: str) -> list[Paragraph]:
    """Return the paragraphs of a document's `text`, each question put together with what answers it first."""
    beside = pairwise([*paragraphs, None])
    answered = {
        id(told): asked
        for asked, told in beside
        if asked and told and is_asked(asked.text) and _answers(asked, told)
    }
    taken = {id(asked) for asked in answered.values()}
    return [
        _together(answered[id(one)], one, text) if id(one) in answered else one
        for one in paragraphs
        if id(one) not in taken
    ]


def _answers(asked: Paragraph, told: Paragraph) -> bool:
    apart = is_asked(told.text) or "\t" in told.text or told.text.endswith(("：", ":"))
    return asked.section == told.section and not apart


def _together(asked: Paragraph, told: Paragraph, text: str) -> Paragraph:
    end = text.index("\n", asked.spans[-1].end)
    spans = (*asked.spans, Span(end, end + 1), *told.spans)
    return replace(told, text=f"{asked.text}\n{told.text}", spans=spans)
