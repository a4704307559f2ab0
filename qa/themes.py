"""Themes that one sentence gives to one district each: 「云南的茶叶和浙江的数字经济」.

Only where every district is followed by 「的」 and its own; what is searched for is made of it elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from index.gazetteer import Mention
from index.text import fold
from qa.mentions import BETWEEN, CONJUNCTIONS

_JOINED = rf"[\s,;.]*(?:以及|还有|另外|[{CONJUNCTIONS}而,;])\s*"
_SHARED = re.compile(r"(?:分别|各自?(?![类种项级地方])|都)(?P<asked>.+)$")
# 「…，今年产值目标各多少？」
_SHARED_CLAUSE = re.compile(r",(?P<asked>[^,]+?(?:分别|各自?)(?:是|为)?(?:多少|几).*)$")


def paired(question: str, mentions: Sequence[Mention]) -> dict[str, str]:
    """Return what is asked of each district, where a sentence pairs them; else nothing.

    What is asked of all (「分别有哪些项目」) is added to each.

    >>> from index.types import Span
    >>> places = Mention("泉港区", Span(0, 2)), Mention("洛江区", Span(6, 8))
    >>> paired("泉港的石化、洛江的教育各有哪些项目？", places)
    {'泉港区': '石化有哪些项目?', '洛江区': '教育有哪些项目?'}
    >>> paired("泉港的石化、洛江的芯片，今年产值各多少？", places)
    {'泉港区': '石化今年产值各多少?', '洛江区': '芯片今年产值各多少?'}
    """
    folded = fold(question)
    themes: dict[str, str] = {}
    waiting: list[str] = []
    starts = [mention.span.start for mention in mentions]
    for mention, end in zip(mentions, [*starts[1:], len(folded)], strict=False):
        said = folded[mention.span.end : end]
        waiting.append(mention.district)
        if end < len(folded) and BETWEEN.fullmatch(said):  # 「福建、浙江的数字经济」
            continue
        own = re.fullmatch(
            rf"的(?!相?比|关系|区别|差)(?P<theme>.+?){_JOINED if end < len(folded) else ''}", said
        )
        if own is None:
            return {}
        themes |= dict.fromkeys(waiting, own["theme"])
        waiting = []
    if len(set(themes.values())) < 2:
        return {}
    return _with_what_all_are_asked(themes)


def _with_what_all_are_asked(themes: dict[str, str]) -> dict[str, str]:
    last = list(themes.values())[-1]
    shared = _SHARED_CLAUSE.search(last) or _SHARED.search(last)
    if shared is None:
        return themes
    own = {
        district: theme[: shared.start()] if theme == last else theme
        for district, theme in themes.items()
    }
    return {district: theme + shared["asked"] for district, theme in own.items()}
