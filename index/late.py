"""Late interaction: each word of a question looks for its counterpart among a passage's words.

The sum of best matches is ColBERT's (Khattab and Zaharia, 2020), over the bundled encoder's static
vectors, whatever model embeds the windows. It only scores passages that search has found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors, bundled_encoder


def late_match(
    question: str, passages: Sequence[str], rarity: Callable[[str], float] = lambda _: 1.0
) -> list[float]:
    """Return for each passage how well the question's words find their like in it, -1 to 1.

    A word counts by its weight in the encoder, the length of its vector, times its `rarity` where
    the passages come from (its inverse document frequency). A text without a known word gives 0.

    >>> said, other = late_match("老人看病", ["为老年人提供医疗服务", "新建两条高速公路"])
    >>> said > other
    True
    """
    asked = bundled_encoder().tokens(question)
    held = [_tokens(passage) for passage in passages]
    if not len(asked) or not sum(map(len, held)):
        return [0.0] * len(passages)
    known = np.unique(np.concatenate(held))
    rows, others = bundled_encoder().rows(asked), bundled_encoder().rows(known)
    rare = np.array([rarity(word) for word in bundled_encoder().words(asked)], dtype=np.float32)
    weights = np.linalg.norm(rows, axis=1) * rare
    alike = _unit(rows) @ _unit(others).T
    total = max(float(weights.sum()), 1e-9)
    return [
        float(weights @ alike[:, np.searchsorted(known, own)].max(axis=1)) / total
        if len(own)
        else 0.0
        for own in held
    ]


def _unit(rows: Vectors) -> Vectors:
    lengths = np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return np.asarray(rows / lengths, dtype=np.float32)


@lru_cache(maxsize=20_000)
def _tokens(passage: str) -> NDArray[np.int64]:
    """Return a passage's tokens, each once, in order."""
    return np.unique(bundled_encoder().tokens(passage))
