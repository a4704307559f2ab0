"""The vector index: the windows of the passages, searched by exact inner product in FAISS.

A passage scores as its best window does.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.encoders import Vectors
from index.words import Hit

faiss.omp_set_num_threads(1)


class VectorIndex:
    """Unit vectors of windows, and the ordinal of the passage that each window belongs to.

    ``owners`` has shape (windows,) and never falls.
    """

    def __init__(self, index: faiss.Index, owners: NDArray[np.int64]) -> None:
        self._index = index
        self._owners = owners

    @classmethod
    def build(cls, vectors: Vectors, owners: Sequence[int]) -> VectorIndex:
        """Index `vectors`, shape (windows, dimensions)."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors))
        return cls(index, np.asarray(owners, dtype=np.int64))

    def save(self, file: Path, owners: Path) -> None:
        """Write vectors and owners."""
        faiss.write_index(self._index, str(file))
        np.save(owners, self._owners, allow_pickle=False)

    @classmethod
    def load(cls, file: Path, owners: Path) -> VectorIndex:
        """Open the files that `save` wrote."""
        return cls(faiss.read_index(str(file)), np.load(owners, allow_pickle=False))

    def rows(self) -> dict[int, Vectors]:
        """Return each passage's rows, shape (windows, dimensions)."""
        if not len(self._owners):
            return {}
        vectors = self._index.reconstruct_n(0, self._index.ntotal)
        ordinals, first = np.unique(self._owners, return_index=True)
        return dict(zip(ordinals.tolist(), np.split(vectors, first[1:]), strict=True))

    def whole(self, query: Vectors, passages: Sequence[int]) -> list[float]:
        """Return the cosine of a query with the mean of each passage's windows."""
        found: list[float] = []
        for first, last in zip(
            np.searchsorted(self._owners, passages, "left").tolist(),
            np.searchsorted(self._owners, passages, "right").tolist(),
            strict=True,
        ):
            mean = self._index.reconstruct_n(first, last - first).mean(axis=0)
            length = float(np.linalg.norm(mean))
            found.append(float(mean @ query) / length if length else 0.0)
        return found

    def search(self, query: Vectors, k: int, among: Sequence[int] | None = None) -> list[Hit]:
        """Return the `k` best passages for a query of shape (dimensions,).

        With `among`, only these passages are looked at.
        """
        parameters = None
        windows = int(self._index.ntotal)
        if among is not None:
            chosen = np.flatnonzero(np.isin(self._owners, np.asarray(among, dtype=np.int64)))
            windows = len(chosen)
            selector = faiss.IDSelectorBatch(chosen)
            parameters = faiss.SearchParameters()
            parameters.sel = selector
        if windows == 0 or k < 1 or not query.any():
            return []
        best: dict[int, float] = {}
        wanted = min(windows, 4 * k)
        while True:
            scores, ids = self._index.search(query[None], wanted, params=parameters)
            for score, window in zip(scores[0], ids[0], strict=True):
                if window >= 0:
                    best.setdefault(int(self._owners[window]), float(score))
            if len(best) >= k or wanted == windows:
                break
            wanted = min(windows, wanted * 4)
        hits = [Hit(ordinal, score) for ordinal, score in best.items()]
        return sorted(hits, key=lambda hit: (-hit.score, hit.ordinal))[:k]
