"""What a person is told: one or two sentences with every answer and every refusal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa.types import Found, Reason, Understood

_LISTED = 12


def answered_message(
    understood: Understood,
    passages: Sequence[Found],
    by_district: Mapping[str, Sequence[str]],
    digest: bool,
) -> str:
    """Return what stands above the passages of an answer."""
    best = passages[0].passage
    where = best.district or best.article or best.document
    parts = [f"找到 {len(passages)} 段{'摘要' if digest else '原文'}"]
    speaking = [district for district, ids in by_district.items() if ids]
    silent = [district for district, ids in by_district.items() if not ids]
    if understood.each and len(speaking) > 1:
        parts.append(f"来自{_list(speaking)}")
    else:
        parts.append(f"最相关的一段在{where}的《{best.article}》" if best.article else f"最相关的一段在{where}")
    message = "，".join(parts) + "。"
    if silent:
        message += f"{_list(silent)}的文章没有提到。"
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


def _list(names: Sequence[str]) -> str:
    shown = "、".join(names[:_LISTED])
    return shown if len(names) <= _LISTED else f"{shown}等 {len(names)} 个地区"
