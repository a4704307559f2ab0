"""What the tests share: a tiny encoder, the gazetteer, and small real indexes of texts."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import numpy as np
import pytest
from helpers import PLANS, TWO_YEARS

from index.build import build_index
from index.encoders import Vectors, bundled_encoder
from index.gazetteer import Gazetteer, bundled_gazetteer
from index.sources import read_bytes, read_file
from index.store import Index, open_index
from index.text import fold

IndexOfTexts = Callable[[Mapping[str, str]], Index]


class TinyEncoder:
    """Counts character pairs in 64 buckets: texts that share pairs are near, and no others."""

    name = "tiny"
    dimensions = 64
    fingerprint = "tiny-1"

    def encode(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(rows, texts, strict=True):
            folded = fold(text)
            for first, second in pairwise(folded):
                pair = (first + second).encode("utf-8", "replace")
                row[zlib.crc32(pair) % self.dimensions] += 1
        lengths = np.linalg.norm(rows, axis=1, keepdims=True)
        return np.asarray(rows / np.maximum(lengths, 1e-12), dtype=np.float32)


@pytest.fixture(scope="session")
def encoder() -> TinyEncoder:
    return TinyEncoder()


@pytest.fixture(scope="session")
def gazetteer() -> Gazetteer:
    return bundled_gazetteer()


@pytest.fixture(scope="session")
def index_of_texts(
    tmp_path_factory: pytest.TempPathFactory, encoder: TinyEncoder, gazetteer: Gazetteer
) -> IndexOfTexts:
    """A real index of ``{file name: text}``; the name's ending tells the format."""

    def index_of_texts(texts: Mapping[str, str]) -> Index:
        folder = tmp_path_factory.mktemp("index")
        sources = [read_bytes(name, text.encode()) for name, text in texts.items()]
        build_index(sources, folder, encoder, gazetteer)
        return open_index(folder, encoder)

    return index_of_texts


@pytest.fixture(scope="session")
def plans(index_of_texts: IndexOfTexts) -> Index:
    """What three districts plan: 鲤城区, 洛江区 and 丰泽区."""
    files = sorted(PLANS.glob("*.txt"))
    return index_of_texts({file.name: file.read_text(encoding="utf-8") for file in files})


@pytest.fixture(scope="session")
def plans_by_model(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer) -> Index:
    """The same by the bundled model, on which the confidence is calibrated: for refusals."""
    folder = tmp_path_factory.mktemp("plans")
    sources = [read_file(file) for file in sorted(PLANS.glob("*.txt"))]
    build_index(sources, folder, bundled_encoder(), gazetteer)
    return open_index(folder, bundled_encoder())


@pytest.fixture(scope="session")
def two_years(tmp_path_factory: pytest.TempPathFactory, gazetteer: Gazetteer) -> Index:
    """The reports of 鲤城区 and 洛江区 of two years, in our own words, by the bundled model."""
    folder = tmp_path_factory.mktemp("two_years")
    sources = [read_file(file) for file in sorted(TWO_YEARS.glob("*.txt"))]
    build_index(sources, folder, bundled_encoder(), gazetteer)
    return open_index(folder, bundled_encoder())
