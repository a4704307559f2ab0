"""Late interaction: each word of a question looks for its counterpart among a passage's words.

The sum of best matches is ColBERT's (Khattab and Zaharia, 2020), over the bundled encoder's static
vectors, whatever model embeds the windows. It only scores passages that search has found.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from index.encoders import bundled_encoder, unit
from index.text import folded

# Two words less alike than this have little to do with each other.
_UNLIKE = 0.35


class Match(NamedTuple):
    """What a question's words find: the mean likeness of their counterparts, -1 to 1, and two shares.

    ``said`` are the words that stand there themselves, ``missing`` those that find nothing like them.
    """

    like: float
    said: float
    missing: float


def late_match(
    question: str, passages: Sequence[str], rarity: Callable[[str], float] = lambda _: 1.0
) -> list[Match]:
    """Return for each passage how well the question's words find their like in it.

    A word counts by its weight in the encoder, the length of its vector, times its `rarity` where
    the passages come from (its inverse document frequency). One that stands in the passage is found
    there, however the text around it is cut. A text without a known word is no match.

    >>> said, other = late_match("老人看病", ["为老年人提供医疗服务", "新建两条高速公路"])
    >>> said.like > other.like, said.missing < other.missing
    (True, True)
    """
    asked = bundled_encoder().tokens(question)
    held = [_tokens(passage) for passage in passages]
    if not len(asked) or not sum(map(len, held)):
        return [_NONE] * len(passages)
    known = np.unique(np.concatenate(held))
    rows, others = bundled_encoder().rows(asked), bundled_encoder().rows(known)
    lengths = np.linalg.norm(rows, axis=1)
    words = bundled_encoder().words(asked)
    rare = np.array([rarity(word) for word in words], dtype=np.float32)
    weights = lengths * rare / max(float(lengths @ rare), 1e-9)
    alike = unit(rows) @ unit(others).T
    found: list[Match] = []
    for passage, own in zip(passages, held, strict=True):
        if not len(own):
            found.append(_NONE)
            continue
        best = alike[:, np.searchsorted(known, own)].max(axis=1)
        text = folded(passage)
        there = np.array([word in text for word in words])
        best[there] = 1.0
        shares = (float(weights[which].sum()) for which in (there, best < _UNLIKE))
        found.append(Match(float(weights @ best), *shares))
    return found


_NONE = Match(0.0, 0.0, 1.0)


@lru_cache(maxsize=20_000)
def _tokens(passage: str) -> NDArray[np.int64]:
    """Return a passage's tokens, each once, in order."""
    return np.unique(bundled_encoder().tokens(passage))
