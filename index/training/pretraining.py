"""Pre-training: word vectors from plain text, then weighed so that common words count less.

The vectors are CBOW with negative sampling (Mikolov et al., 2013), the weights those of SIF
(Arora et al., 2017).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.training.sources import batches

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

# gensim ignores what follows in a longer line.
_LINE = 10_000


@dataclass(frozen=True, slots=True)
class PretrainingSettings:
    """How CBOW is trained, and the `a` of the weights a / (a + p)."""

    dimensions: int = 256
    window: int = 8
    negatives: int = 8
    passes: int = 3
    learning_rate: float = 0.05
    rare: float = 1e-4


def write_corpus(texts: Iterable[str], tokenizer: Tokenizer, file: Path) -> NDArray[np.int64]:
    """Write folded `texts` as lines of token ids; return how often each token occurs, ``(V,)``.

    With the tokens 0 `[UNK]`, 1 `教育`, 2 `项目`, the text 「教育项目」 becomes the line ``1 2``.
    Unknown tokens are left out.
    """
    counts = np.zeros(tokenizer.get_vocab_size(), dtype=np.int64)
    written = [str(token) for token in range(len(counts))]
    with file.open("w", encoding="ascii") as lines:
        for batch in batches(texts):
            known: list[int] = []
            for encoding in tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                ids = [token for token in encoding.ids if token]
                known += ids
                for start in range(0, len(ids), _LINE):
                    line = " ".join(written[token] for token in ids[start : start + _LINE])
                    lines.write(line + "\n")
            counts += np.bincount(known, minlength=len(counts))
    return counts


def cbow(
    corpus: Path, counts: NDArray[np.int64], settings: PretrainingSettings, seed: int, threads: int
) -> NDArray[np.float32]:
    """Return a vector for each token, ``(V, dimensions)``; zeros for one that never occurs."""
    from gensim.models import Word2Vec

    model = Word2Vec(
        vector_size=settings.dimensions,
        window=settings.window,
        negative=settings.negatives,
        alpha=settings.learning_rate,
        sg=0,
        min_count=1,
        seed=seed,
        workers=threads,
    )
    model.build_vocab_from_freq({str(token): int(n) for token, n in enumerate(counts) if n})
    model.train(
        corpus_file=str(corpus),
        total_words=int(counts.sum()),
        total_examples=int(counts.sum()),
        epochs=settings.passes,
    )
    vectors = np.zeros((len(counts), settings.dimensions), dtype=np.float32)
    vectors[[int(token) for token in model.wv.index_to_key]] = model.wv.vectors
    return vectors


def weighed(
    vectors: NDArray[np.float32], counts: NDArray[np.int64], rare: float
) -> NDArray[np.float32]:
    """Return vectors of one length each, times ``rare / (rare + share of the token)``.

    >>> weighed(np.array([[3.0, 4.0], [0.0, 2.0]], dtype=np.float32), np.array([1, 3]), 0.25)
    array([[0.3 , 0.4 ],
           [0.  , 0.25]], dtype=float32)
    """
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    weight: NDArray[np.float32] = (rare / (rare + counts / max(1, counts.sum()))).astype(np.float32)
    result: NDArray[np.float32] = vectors / np.maximum(length, 1e-9) * weight[:, None]
    return result


def trusted(
    vectors: NDArray[np.float32], counts: NDArray[np.int64], few: int
) -> NDArray[np.float32]:
    """Return vectors times n / (n + `few`), n being how often the token occurs, ``(V, d)``.

    What a word is like can't be known from a handful of places: a district named three times in
    the texts would drag a question about its schools to whatever those three places speak of.

    >>> trusted(np.ones((3, 1), dtype=np.float32), np.array([0, 30, 90]), few=30).ravel()
    array([0.  , 0.5 , 0.75], dtype=float32)
    """
    weight: NDArray[np.float32] = (counts / (counts + few)).astype(np.float32)
    return vectors * weight[:, None]
