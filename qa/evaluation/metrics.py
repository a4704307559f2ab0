"""Measures of retrieval and of refusing, as formulas over ranks and labels.

Ranks count from 1; a rank of None means that nothing right was found.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence

import numpy as np

_RESAMPLES = 1000


def first_rank(found: Sequence[str], relevant: Collection[str]) -> int | None:
    """Return the rank of the first relevant id.

    >>> first_rank(["a", "b", "c"], {"c", "b"})
    2
    """
    return next((rank for rank, id in enumerate(found, start=1) if id in relevant), None)


def recall_at(k: int, found: Sequence[str], relevant: Collection[str]) -> float:
    """Return 1 if a relevant id is among the first `k`, else 0 (hit rate; success@k)."""
    rank = first_rank(found, relevant)
    return float(rank is not None and rank <= k)


def reciprocal_rank(found: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Return 1 / rank of the first relevant id among the first `k`, else 0."""
    rank = first_rank(found[:k], relevant)
    return 1 / rank if rank else 0.0


def ndcg(found: Sequence[str], relevant: Collection[str], k: int = 10) -> float:
    """Return the normalised discounted cumulative gain (Järvelin and Kekäläinen, 2002).

    >>> round(ndcg(["a", "b", "c"], {"b"}), 4)  # 1 / log2(3)
    0.6309
    """
    gains = [1 / math.log2(rank + 1) for rank, id in enumerate(found[:k], 1) if id in relevant]
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(relevant)) + 1))
    return sum(gains) / ideal if ideal else 0.0


def mean(values: Iterable[float]) -> float:
    """Return the mean, or 0 of nothing."""
    numbers = list(values)
    return sum(numbers) / len(numbers) if numbers else 0.0


def interval(values: Iterable[float]) -> tuple[float, float]:
    """Return between which bounds the mean lies in 95 of 100 resamples (Efron, 1979).

    The percentile bootstrap over questions, with a fixed seed; 0 and 0 of nothing.

    >>> interval([1.0, 1.0, 1.0])
    (1.0, 1.0)
    """
    numbers = np.array(list(values))
    if not len(numbers):
        return 0.0, 0.0
    drawn = np.random.default_rng(0).integers(0, len(numbers), (_RESAMPLES, len(numbers)))
    low, high = np.quantile(numbers[drawn].mean(axis=1), [0.025, 0.975])
    return float(low), float(high)


def auroc(scores: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the chance that a positive scores above a negative, ties counting half.

    >>> auroc([0.9, 0.4, 0.4], [True, True, False])
    0.75
    """
    positive = [score for score, label in zip(scores, labels, strict=True) if label]
    negative = [score for score, label in zip(scores, labels, strict=True) if not label]
    if not positive or not negative:
        return 0.0
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return wins / (len(positive) * len(negative))


def brier(probabilities: Sequence[float], labels: Sequence[bool]) -> float:
    """Return the mean squared error of probabilities (Brier, 1950)."""
    return mean((p - label) ** 2 for p, label in zip(probabilities, labels, strict=True))
