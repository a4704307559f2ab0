"""Things with two names: a question takes the one that the documents use.

Only where both mean exactly the same; what is merely akin is left to the encoder.
"""

from __future__ import annotations

from collections.abc import Iterable

from index.store import Index
from index.text import fold

_TWO_NAMES = (
    ("gdp", "地区生产总值"),
    ("gdp", "生产总值"),
    ("cpi", "居民消费价格"),
    ("pm2.5", "细颗粒物"),
    ("三甲医院", "三级甲等医院"),
    ("高企", "高新技术企业"),
    ("高铁", "高速铁路"),
    ("医保", "医疗保险"),
)


def in_their_words(topic: str, index: Index, ordinals: Iterable[int]) -> str:
    """Return `topic` with GDP as 地区生产总值, or the other way, as the passages mostly say it."""
    folded = fold(topic)
    for one, other in _TWO_NAMES:
        asked, instead = (one, other) if one in folded else (other, one)
        if asked not in folded or instead in folded:
            continue
        texts = [fold(index.passages[ordinal].text) for ordinal in ordinals]
        if sum(instead in text for text in texts) > sum(asked in text for text in texts):
            topic = folded = folded.replace(asked, instead)
    return topic
