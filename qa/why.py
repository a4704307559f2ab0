"""Why an answer is as it is: how the question was understood, and what speaks for each passage."""

from __future__ import annotations

from collections.abc import Iterator

from index.store import Index
from qa.answer import search
from qa.messages import own_themes, taken_for
from qa.types import Answer, Kind, Understood

_KINDS: dict[Kind, str] = {
    "fact": "数字或事实",
    "way": "做法",
    "list": "列举",
    "compare": "比较",
    "yesno": "是不是、有没有",
    "overview": "概况",
    "none": "不是问文件的",
}
_SIGNALS = {
    "meaning": "意思",
    "whole": "整段的意思",
    "late": "逐词的意思",
    "said": "原词",
    "missing": "没有的词",
    "sentence": "同一句里",
    "coverage": "词语齐全",
    "heading": "小标题",
    "opening": "文章开头",
    "tense": "打算或结果",
    "typed": "所问的数量",
    "excess": "过长",
    "reads": "读起来像答案",
}


def explain(answer: Answer, index: Index) -> Iterator[str]:
    """Yield the lines that explain an answer: the question, then every passage.

    The signals of retrieval aren't part of an answer; they are found by the same search again.
    """
    yield from _understood(answer.understood)
    yield f"可信度：{answer.confidence:.2f}"
    hits = search(answer.understood, index)
    found = {hit.passage.id: (own, hit) for own in hits for hit in own.candidates}
    for number, shown in enumerate(answer.passages, start=1):
        own, hit = found[shown.passage.id]
        yield f"{number}. {shown.passage.location}"
        yield f"   可信度 {shown.score:.2f}（{own.threshold:.2f} 起算回答）；排序分 {hit.score:.2f}"
        told = hit.read() if own.topic else {}
        signals = [
            f"{label} {told[name]:.2f}"
            for name, label in _SIGNALS.items()
            if round(told.get(name, 0.0), 2)
        ]
        yield f"   {' · '.join(signals) or '没有什么支持它'}"


def _understood(understood: Understood) -> Iterator[str]:
    lines = {
        "问题": understood.question,
        "要找": own_themes(understood) or understood.topic,
        "地区": "、".join(understood.districts) or "不限",
        "没有文件的地方": "、".join(understood.missing),
        "年份": "、".join(map(str, understood.years)),
        "种类": _KINDS[understood.kind],
        "改过的别字": "、".join(taken_for(understood)),
    }
    for name, said in lines.items():
        if said:
            yield f"{name}：{said}"
