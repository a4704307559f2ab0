"""What can be wrong with a question, each with what to change."""

from __future__ import annotations

from index.errors import QuanwenError
from qa.types import MAX_HISTORY, MAX_QUESTION, MAX_TOP_K, Question


class QuestionError(QuanwenError, ValueError):
    """A question can't be asked like this."""


class UnknownDistrictError(QuestionError):
    """A district to restrict to isn't known; the message lists the known ones."""


BROKEN_TEXT = "问题里有不成字的编码；请用 UTF-8 重新输入"


def check(question: Question) -> None:
    """Raise `QuestionError` if a question is empty, too long or asks for too much."""
    if not question.text.strip():
        raise QuestionError("问题是空的；请写出要问的话")
    asked = [("", question.text), *(("前面的", earlier) for earlier in question.history)]
    for which, text in asked:
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            raise QuestionError(BROKEN_TEXT)
        if len(text) > MAX_QUESTION:
            raise QuestionError(f"{which}问题有 {len(text)} 字，最多 {MAX_QUESTION} 字；请缩短")
    if len(question.history) > MAX_HISTORY:
        raise QuestionError(f"前面的问题最多 {MAX_HISTORY} 个；请只留最近的")
    if not 1 <= question.top_k <= MAX_TOP_K:
        raise QuestionError(f"top_k 是 {question.top_k}；请用 1 到 {MAX_TOP_K} 的数")
