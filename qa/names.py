"""Things with two names: a question takes the one that the documents use.

Only where both mean exactly the same; what is merely akin is left to the encoder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import combinations

from index.store import Index
from index.text import fold

_TWO_NAMES = (
    ("gdp", "地区生产总值"),
    ("gdp", "生产总值"),
    ("cpi", "居民消费价格"),
    ("pm2.5", "细颗粒物"),
    *combinations(("三甲医院", "三级甲等医院", "三级甲医院"), 2),
    ("高企", "高新技术企业"),
    ("高铁", "高速铁路"),
    ("医保", "医疗保险"),
)
# 「提高企业竞争力」 and 「提高铁路运力」 name neither.
_ALONE = {"高企": r"(?<!提)高企(?!业)", "高铁": r"(?<!提)高铁(?!路)"}


def in_their_words(topic: str, index: Index, ordinals: Iterable[int]) -> str:
    """Return `topic` with GDP as 地区生产总值, or the other way, as the passages mostly say it."""
    folded = fold(topic)
    for one, other in _TWO_NAMES:
        asked, instead = (one, other) if _names(one, folded) else (other, one)
        if not _names(asked, folded) or _names(instead, folded):
            continue
        texts = [fold(index.passages[ordinal].text) for ordinal in ordinals]
        if sum(_names(instead, text) for text in texts) > sum(
            _names(asked, text) for text in texts
        ):
            topic = folded = re.sub(_ALONE.get(asked, re.escape(asked)), instead, folded)
    return topic


def _names(name: str, text: str) -> bool:
    return name in text and (name not in _ALONE or re.search(_ALONE[name], text) is not None)
