"""How far a question is one of everyday life, which no report or newspaper of a district answers: 「红烧肉怎么做」.

A linear model over the bundled encoder's tokens (Joachims, 1998, told topics of texts so), made by
`qa.training.everyday`: a weight for each token that a question has.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.encoders import bundled_encoder
from index.errors import ModelError
from index.text import fold

FILE = "everyday.safetensors"


def everyday(question: str, passage: str = "") -> float:
    """Return how far a question, without names of places, is an everyday one, as a logit, where it is one; else 0.

    What a `passage` says too doesn't make it one: 「红黑榜」 is no game where a report tells of it.

    >>> everyday("红烧肉怎么做才不腻") > 1, everyday("今年要修几条路")
    (True, 0.0)
    >>> everyday("红烧肉怎么做", "学校食堂今年添了红烧肉。") < everyday("红烧肉怎么做")
    True
    """
    tokens = tokens_of(question)
    weights = _weights()[tokens]
    weights[np.isin(tokens, tokens_of(passage)) & (weights > 0)] = 0
    return max(0.0, float(weights.sum()))


@lru_cache(maxsize=5_000)
def tokens_of(text: str) -> NDArray[np.int64]:
    """Return the ids of a text's tokens, each once, shape ``(tokens,)``."""
    return np.unique(bundled_encoder().tokens(fold(text)))


@cache
def _weights() -> NDArray[np.float32]:
    return read_weights(Path(str(resources.files("qa") / "model" / FILE)))


def read_weights(file: Path) -> NDArray[np.float32]:
    """Return the weights that a file holds, shape ``(vocabulary,)``.

    Raises:
        ModelError: it is missing or damaged, or made for another encoder's tokens.
    """
    from safetensors import safe_open

    try:
        with safe_open(str(file), framework="numpy") as tensors:
            weights: NDArray[np.float32] = tensors.get_tensor("weights").astype(np.float32)
            made_for = tensors.metadata()["encoder"]
    except Exception as error:  # the library raises plain Exceptions on damaged files
        raise ModelError(f"模型文件 {file} 不完整（{error}）；请重新安装 quanwen") from error
    encoder = bundled_encoder()
    if made_for != encoder.fingerprint or len(weights) != encoder.vocabulary:
        raise ModelError(f"模型文件 {file} 与编码模型 {encoder.name} 不配套；请重新安装 quanwen")
    return weights
