"""Encoders: texts to unit vectors.

Two readers of the bundled model, one that needs nothing but NumPy and a tokenizer, and one for any
sentence-transformers model. How the bundled model is made is told in `index.training`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError
from index.text import fold

Vectors = NDArray[np.float32]
_BATCH = 1024
_UNKNOWN = 0  # the token of what is in no vocabulary


class Encoder(Protocol):
    """What turns texts into vectors whose inner product says how alike the texts are."""

    @property
    def name(self) -> str:
        """What `load_encoder` finds it again by."""

    @property
    def dimensions(self) -> int:
        """The length of a vector."""

    @property
    def fingerprint(self) -> str:
        """Changes when the model's files change."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a unit row for each text, shape (texts, dimensions); zeros for an empty one."""


BUNDLED = "bundled"


class StaticEncoder:
    """A `StaticEmbedding` folder of sentence-transformers read without torch.

    A text's vector is the mean of its tokens' rows, made a unit vector; computed in float32 from
    weights that may be stored in float16.
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        """Read the folder.

        Raises:
            ModelError: a file is missing or damaged.

        """
        from safetensors import safe_open
        from tokenizers import Tokenizer

        weights, vocabulary = _static_files(folder)
        try:
            self._tokenizer = Tokenizer.from_file(str(vocabulary))
            with safe_open(str(weights), framework="numpy") as tensors:
                self._rows = tensors.get_tensor("embedding.weight")
        except Exception as error:  # both libraries raise plain Exceptions on damaged files
            raise ModelError(
                f"模型文件夹 {folder} 不完整（{error}）；请重新安装 quanwen"
            ) from error
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self.name = name or str(folder)
        self.vocabulary, self.dimensions = map(int, self._rows.shape)
        self.fingerprint = _fingerprint(weights, vocabulary)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a unit row for each text.

        >>> bundled_encoder().encode(["教育项目", ""]).shape == (2, bundled_encoder().dimensions)
        True
        """
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for first in range(0, len(texts), _BATCH):
            batch = [fold(text) for text in texts[first : first + _BATCH]]
            encodings = self._tokenizer.encode_batch_fast(batch, add_special_tokens=False)
            for row, encoding in enumerate(encodings, start=first):
                if encoding.ids:
                    vectors[row] = self._rows[encoding.ids].mean(axis=0, dtype=np.float32)
        return unit(vectors)

    def tokens(self, text: str) -> NDArray[np.int64]:
        """Return the known tokens of a text, shape (tokens,)."""
        encoding = self._tokenizer.encode(fold(text), add_special_tokens=False)
        return np.array([token for token in encoding.ids if token != _UNKNOWN], dtype=np.int64)

    def offsets(self, text: str) -> list[tuple[int, int]]:
        """Return where in a text each of its known `tokens` begins and ends, in characters.

        >>> bundled_encoder().offsets("新建5所学校")
        [(0, 2), (2, 3), (3, 4), (4, 6)]
        """
        encoding = self._tokenizer.encode(fold(text), add_special_tokens=False)
        places = zip(encoding.ids, encoding.offsets, strict=True)
        return [place for token, place in places if token != _UNKNOWN]

    def words(self, tokens: NDArray[np.int64]) -> list[str]:
        """Return the words that tokens stand for."""
        return [str(self._tokenizer.id_to_token(token)) for token in tokens.tolist()]

    def rows(self, tokens: NDArray[np.int64]) -> Vectors:
        """Return the vectors of tokens, shape (tokens, dimensions); the longer the weightier."""
        return np.asarray(self._rows[tokens], dtype=np.float32)


class SentenceTransformerEncoder:
    """Any sentence-transformers model, by folder or name; needs torch, and seconds to import."""

    def __init__(self, name: str | Path) -> None:
        """Load the model.

        Raises:
            ModelError: there is no such model here.

        """
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(
                str(name), device="cpu", local_files_only=True
            ).float()
        except Exception as error:  # the library raises nearly anything here
            raise ModelError(
                f"模型 {name} 载入失败（{type(error).__name__}）；"
                "请给出 sentence-transformers 模型的文件夹"
            ) from error
        self.name = str(name)
        self.dimensions = int(self._model.get_embedding_dimension() or 0)
        self.fingerprint = _state_fingerprint(self._model)

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a unit row for each text; zeros for an empty one."""
        vectors = self._model.encode(
            list(texts),
            convert_to_numpy=True,
            normalize_embeddings=False,
            show_progress_bar=False,
        )
        found = np.asarray(vectors, dtype=np.float32).reshape(len(texts), self.dimensions)
        empty = np.array([not text.strip() for text in texts], dtype=bool)
        return unit(np.where(empty[:, None], np.float32(0), found).astype(np.float32))


@cache
def bundled_encoder() -> StaticEncoder:
    """Return the encoder that ships with the package."""
    return StaticEncoder(bundled_folder(), BUNDLED)


def bundled_folder() -> Path:
    """Return the folder of the bundled model."""
    return Path(str(resources.files("index") / "model"))


def load_encoder(name: str) -> Encoder:
    """Return the bundled encoder, or the sentence-transformers model of this folder or name."""
    return bundled_encoder() if name == BUNDLED else SentenceTransformerEncoder(name)


def _static_files(folder: Path) -> tuple[Path, Path]:
    """Return the weights and the tokenizer of a model folder, one level down or in it."""
    modules = folder / "modules.json"
    try:
        first = folder / json.loads(modules.read_text(encoding="utf-8"))[0]["path"]
    except FileNotFoundError:
        first = folder
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise ModelError(
            f"模型文件夹 {folder} 里的 {modules.name} 已损坏；请重新安装 quanwen"
        ) from error
    files = first / "model.safetensors", first / "tokenizer.json"
    for file in files:
        if not file.exists():
            raise ModelError(f"模型文件夹 {folder} 里缺 {file.name}；请重新安装 quanwen")
    return files


def unit(vectors: Vectors) -> Vectors:
    """Return each row at length 1, shape (texts, dimensions); zeros stay zeros."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float32)


def _fingerprint(*files: Path) -> str:
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _state_fingerprint(model: Any) -> str:
    digest = hashlib.sha256()
    for name, values in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(values.cpu().numpy().tobytes())
    return digest.hexdigest()[:16]
