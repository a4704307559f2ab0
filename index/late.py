"""Late interaction: each word of a question looks for its counterpart among a passage's words.

The sum of best matches is ColBERT's (Khattab and Zaharia, 2020), over the bundled encoder's static
vectors, whatever model embeds the windows. It only scores passages that search has found.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.encoders import bundled_encoder


def late_match(question: str, passages: Sequence[str]) -> list[float]:
    """Return for each passage how well the question's words find their like in it, -1 to 1.

    Every word counts by its weight, the length of its vector; a text without a known word gives 0.

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
    weights = np.linalg.norm(rows, axis=1)
    lengths = np.maximum(np.linalg.norm(others, axis=1), 1e-9)
    alike = rows @ (others / lengths[:, None]).T  # each row keeps its word's weight
    total = max(float(weights.sum()), 1e-9)
    return [
        float(alike[:, np.searchsorted(known, own)].max(axis=1).sum()) / total if len(own) else 0.0
        for own in held
    ]


@lru_cache(maxsize=20_000)
def _tokens(passage: str) -> NDArray[np.int64]:
    """Return a passage's tokens, each once, in order."""
    return np.unique(bundled_encoder().tokens(passage))
