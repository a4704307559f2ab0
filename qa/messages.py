"""What a person is told: one or two sentences with every answer and every refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from index.types import Passage
from qa.types import Found, Reason, Understood

NO_DOCUMENTS = "这里还没有文件，什么也答不了；请先加入文件。"
_LISTED = 12


def answered_message(
    understood: Understood,
    passages: Sequence[Found],
    by_district: Mapping[str, Sequence[str]],
    digest: bool,
) -> str:
    """Return what stands above the passages of an answer."""
    speaking = [district for district, ids in by_district.items() if ids]
    silent = [district for district in understood.districts if not by_district.get(district)]
    kind = "摘要" if digest else "原文"
    if understood.each and len(speaking) > 1:
        message = f"{_list(speaking)}的文章说到了，共列出 {len(passages)} 段{kind}。"
    else:
        message = f"最相关的一段在{_place(passages[0].passage)}。"
        if len(passages) > 1:
            message += f"共列出 {len(passages)} 段{kind}，越靠前越相关。"
    if silent:
        message += f"{_list(silent)}的文章没有提到。"
    if understood.missing:
        message += f"没有{_list(understood.missing)}的文件。"
    if understood.corrected:
        taken = "、".join(f"“{was}”当作{name}" for was, name in understood.corrected.items())
        message += f"（{taken}。）"
    if digest:
        message += "这是本产品的摘要，不是原文；引用请查原文。"
    return message


def refused_message(reason: Reason, understood: Understood, covered: Sequence[str]) -> str:
    """Return why nothing answers."""
    if reason == "unknown_district":
        has = f"现有{_list(covered)}的文件" if covered else "现有文件不分地区"
        return f"没有{_list(understood.missing)}的文件，也没有哪一份提到；{has}。"
    if reason == "district_silent":
        return f"{_list(understood.districts)}的文章没有说到这一点。下面是最接近的几段，供您判断。"
    if reason == "off_topic":
        return "这不是这些文件能回答的问题。可以问各地区在某方面的计划、数字和做法。"
    return "现有文件没有说到这一点。下面是最接近的几段，供您判断。"


def _place(passage: Passage) -> str:
    headline = f"《{passage.article}》" if passage.article else passage.document
    return f"{passage.district}的{headline}" if passage.district else headline


def _list(names: Sequence[str]) -> str:
    shown = "、".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown}等 {len(names)} 个地区"
