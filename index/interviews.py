"""Interviews and letters: who is asked says what the question is about no more, so both are one paragraph."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.types import Paragraph, Span

# Who writes to a paper or an office, or is asked in the street.
CITIZENS = "网友|市民|居民|村民|读者|群众|家长|业主"
_NAME = "(?:[\u4e00-\u9fff]{0,2}(?:先生|女士|师傅|[阿婆]婆|阿姨|大[爷伯妈叔]|老伯|同学)|[小老][\u4e00-\u9fff])"
_POST = "(?:书记|[市区县镇乡局院校]长|主任|代表|委员)"
_ASIDE = "(?:\\s*[（(][^）)]{1,16}[）)])?"
_ENDS_SO = "(?=[：:].*[？?]$)"
# 「晚报记者：」, 「读者陈女士（洛江区）：」, 「网友“小河”：」, 「洛江区马甲镇 老林：」, 「问1：」, 「问洛江区区长　王某：」
_ASKED = re.compile(
    "[【\\[●■◆▲]?(?:\\d{1,2}[.、．][ \u3000]*)?(?:"
    "(?:[\u4e00-\u9fff·]{0,12}记者(?!站|手记|观察|感言|点评|调查)|主持人(?=[^。]*[？?]))"
    f"[\u4e00-\u9fff]{{0,3}}{_ASIDE}"
    f"|[\u4e00-\u9fff]{{0,8}}(?:{CITIZENS})[ \u3000]*"
    f'(?:匿名|{_NAME}(?:的[\u4e00-\u9fff]{{1,2}})?|[“"「][^”"」]{{1,16}}[”"」])(?:来电|来信|反映|咨询|留言)?{_ASIDE}'
    f"|(?:{CITIZENS}|问题\\s*\\d{{0,2}}){_ASIDE}{_ENDS_SO}"
    f"|[\u4e00-\u9fff]{{1,11}}(?:[区县市镇乡村]|街道)[ \u3000]+{_NAME}"
    f"|追?问\\s*\\d{{0,2}}|Q\\s*\\d{{0,2}}|问[\u4e00-\u9fff]{{2,14}}{_POST}[ \u3000]*[\u4e00-\u9fff]{{2,4}}"
    ")[】\\]]?\\s*[：:]"
    "|[①-⑳]?\\s*【[\u4e00-\u9fff]{2,8}[·\\s][\u4e00-\u9fff·\\s]{0,10}"
    f"(?:{_NAME}|[\u4e00-\u9fff]老师|匿名)】"
)
_LONGEST_QUESTION = 120
# 「洛江区教育局：」, 「答：」
_LABELLED = re.compile(r"[^：:。，；]{1,24}[：:]")


def is_asked(line: str) -> bool:
    """Tell whether a line is what somebody asks in an interview or a letter.

    >>> is_asked("晚报记者：水价涨不涨？"), is_asked("问：老街积水。"), is_asked("王某：水价不涨。")
    (True, True, False)
    """
    return len(line) <= _LONGEST_QUESTION and "\n" not in line and _ASKED.match(line) is not None


def question_above(text: str) -> str:
    r"""Return the question that a paragraph begins with, as it stands on its line, or "".

    Who asks may stand on a line of their own.

    >>> question_above("问：水价涨不涨？\n答：不涨。"), question_above("记者：\n水价涨不涨？\n王某：不涨。")
    ('问：水价涨不涨？', '记者：\n水价涨不涨？')
    """
    lines = text.split("\n")
    asked = "\n".join(lines[: _lines_of_question(lines[0])])
    return asked if is_asked(lines[0]) and len(asked) < len(text) else ""


def _lines_of_question(first: str) -> int:
    return 2 if first.endswith(("：", ":")) else 1


def with_questions(paragraphs: Sequence[Paragraph], text: str) -> list[Paragraph]:
    """Return the paragraphs of a document's `text`, each question put together with what answers it first."""
    whole: list[Paragraph] = []
    for told in paragraphs:
        if whole and _goes_on(whole[-1], told, text):
            whole[-1] = _together(whole[-1], told, text)
        else:
            whole.append(told)
    return whole


def _goes_on(asked: Paragraph, told: Paragraph, text: str) -> bool:
    """Tell whether a paragraph is the question of who asks above it, or answers that."""
    lines = asked.text.split("\n")
    if not is_asked(lines[0]) or asked.section != told.section or is_asked(told.text):
        return False
    between = text[asked.spans[-1].end : max(told.spans[0].start, asked.spans[-1].end)]
    if "\n" not in between or "\t" in told.text:
        return False
    missing = _lines_of_question(lines[0]) - len(lines)
    return missing == 1 or (missing == 0 and _answers(lines[-1], told.text))


def _answers(asked: str, told: str) -> bool:
    """Tell whether a line answers the one above: what is told, not asked, is answered by somebody named."""
    if told.endswith(("：", ":", "？", "?")):
        return False
    return "？" in asked or "?" in asked or _LABELLED.match(told) is not None


def _together(asked: Paragraph, told: Paragraph, text: str) -> Paragraph:
    end = text.index("\n", asked.spans[-1].end)
    spans = (*asked.spans, Span(end, end + 1), *told.spans)
    return replace(told, text=f"{asked.text}\n{told.text}", spans=spans)
