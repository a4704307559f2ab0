"""What can be wrong with a question, each with what to change."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from index.errors import QuanwenError
from index.gazetteer import Gazetteer
from index.text import fold
from qa.groups import members_of
from qa.places import sounds_alike
from qa.types import MAX_HISTORY, MAX_QUESTION, MAX_TOP_K, Question


class QuestionError(QuanwenError, ValueError):
    """A question can't be asked like this."""


class UnknownDistrictError(QuestionError):
    """A district to restrict to isn't known; the message lists the known ones."""


def check(question: Question) -> None:
    """Raise `QuestionError` if a question is empty, too long or asks for too much."""
    if not question.text.strip():
        raise QuestionError("问题是空的；请写出要问的话")
    for text in (question.text, *question.history):
        if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
            raise QuestionError("问题里有不成字的编码；请用 UTF-8 重新输入")
        if len(text) > MAX_QUESTION:
            raise QuestionError(f"问题有 {len(text)} 字，最多 {MAX_QUESTION} 字；请缩短")
    if len(question.history) > MAX_HISTORY:
        raise QuestionError(f"前面的问题最多 {MAX_HISTORY} 个；请只留最近的")
    if not 1 <= question.top_k <= MAX_TOP_K:
        raise QuestionError(f"top_k 是 {question.top_k}；请用 1 到 {MAX_TOP_K} 的数")


def known_districts(
    names: Sequence[str], gazetteer: Gazetteer, covered: Sequence[str]
) -> tuple[str, ...]:
    """Return the full names of districts given by whatever name a question may use.

    Raises:
        UnknownDistrictError: one isn't known.
    """
    found = (full for name in names for full in known_as(name, gazetteer, covered))
    return tuple(dict.fromkeys(found))


def known_as(name: str, gazetteer: Gazetteer, covered: Sequence[str]) -> tuple[str, ...]:
    """Return what a full, short or misspelt name or a group's name stands for; `covered` of a group.

    >>> from index.gazetteer import bundled_gazetteer
    >>> known = bundled_gazetteer(), ["洛江区", "北京市", "河北省"]
    >>> known_as("罗江", *known), known_as("京津冀", *known), known_as("厦门", *known)
    (('洛江区',), ('北京市', '河北省'), ('厦门市',))

    Raises:
        UnknownDistrictError: it stands for nothing; the message lists what is near and what there is.
    """
    full = gazetteer.full_name(name) or gazetteer.full_name(f"{name.strip()}市")
    if full is not None:
        return (full,)
    if members := members_of(name, gazetteer):
        return tuple(member for member in members if member in covered) or members
    if (full := gazetteer.full_name(_SUFFIX.sub("", name.strip()))) is not None:
        return (full,)
    for district in covered:
        if any(sounds_alike(name, own) for own in gazetteer.names_of(district)):
            return (district,)
    own_names = {own: district for district in covered for own in gazetteer.names_of(district)}
    near = dict.fromkeys(own_names[own] for own in get_close_matches(fold(name), own_names, 3, 0.5))
    perhaps = f"是不是{'、'.join(near)}？" if near else ""
    known = "、".join(covered) or "（文件里没有分地区）"
    raise UnknownDistrictError(f"不认识地区“{name}”；{perhaps}文件里有：{known}")


_SUFFIX = re.compile("(?:自治区|[省市区县])$")
