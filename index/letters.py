"""Letters to an office on a web page, and where its answer begins: what a citizen tells answers no question.

Letters that a paper prints, each with its answer, are `interviews`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.types import Passage

LETTER, ANSWER = "来信", "答复"
# 「来信内容：」, 「信访内容：县长您好…」
_WRITTEN = re.compile(
    r"(?P<own>来信|信访|留言|诉求|咨询|信件|提问|求助|网友)?(?:内容|描述|详情|正文)[ \u3000]*[:：]"
    r"|(?P<again>再次|追加)(?:反馈|提问|追问|咨询)[ \u3000]*[:：]"
)
# 「网友3308164」 alone on a line
_WRITER = re.compile(r"(?:热心)?网友[\u4e00-\u9fff]{0,3}\d{3,}")
# 「来信人：王某」, above 「内容：」
_OF_LETTER = re.compile(r"(?:来信|写信|留言|信件|信访)[\u4e00-\u9fff]{1,3}[ \u3000]*[:：]")
_ANSWERED = re.compile(
    r"(?:官方|受理|处理|办理|再次|部门)?(?:回复|答复|回文)(?:内容|结果|意见|情况|单位|部门)?(?:[ \u3000]*[:：]|$)"
    r"|办理(?:结果|意见)[ \u3000]*[:：]"
)


def letters_in(lines: Sequence[str]) -> dict[int, str]:
    """Return with which lines letters begin, and with which what answers them; nothing where none does.

    >>> letters_in(["来信内容：路坏了，什么时候修？", "答复单位：区交通局", "内容：", "今年修。"])
    {0: '来信', 1: '答复'}
    """
    found: dict[int, str] = {}
    state, labelled = "", False
    for i, line in enumerate(lines):
        written = _WRITTEN.match(line)
        labelled = labelled or _OF_LETTER.match(line) is not None
        if _ANSWERED.match(line) and state == LETTER:
            state = found[i] = ANSWER
        elif _WRITER.fullmatch(line) or (
            written and (written["own"] or written["again"] or (labelled and not state))
        ):
            state = found[i] = LETTER
    return found if ANSWER in found.values() else {}


def is_letter(passage: Passage) -> bool:
    """Tell whether a passage is what a citizen writes to an office."""
    return (passage.section or "").split(" / ")[-1] == LETTER


def is_label(line: str) -> bool:
    """Tell whether a line is a label alone, below which a letter or its answer stands: 「来信内容：」."""
    return bool(_ANSWERED.fullmatch(line) or _WRITTEN.fullmatch(line) or _WRITER.fullmatch(line))


# 「答复单位：区交通局」
ANSWERED_BY = re.compile(
    r"^[ \u3000]*(?:回复|答复|回文)(?:单位|部门)[ \u3000]*[:：][ \u3000]*([\u4e00-\u9fff]{2,20})",
    re.MULTILINE,
)
