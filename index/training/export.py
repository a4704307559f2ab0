"""The finished model: a folder in the format of sentence-transformers, with its card.

Written beside its place and moved there in one step, so that a reader never finds half a model.
"""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.errors import ModelError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tokenizers import Tokenizer

CARD = "MODEL.md"
_MOST_BYTES = 38_000_000


def export(tokenizer: Tokenizer, vectors: NDArray[np.float32], out: Path) -> int:
    """Write the encoder into `out`, replacing what is there; return its size in bytes.

    The vectors ``(V, dimensions)`` are stored in half precision; that of the unknown token is
    zero, so what isn't in the vocabulary has no say in a text's direction.

    Raises:
        ModelError: the folder would be too large for the package.

    """
    fresh = out.with_name(f".{out.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    _save(tokenizer, vectors, fresh)
    card = resources.files("index.training") / "card.md"
    (fresh / CARD).write_text(card.read_text(encoding="utf-8"), encoding="utf-8")
    size = sum(file.stat().st_size for file in fresh.rglob("*") if file.is_file())
    if size > _MOST_BYTES:
        raise ModelError(f"{fresh}: {size:,} bytes, more than the {_MOST_BYTES:,} of the package")
    _replace(out, fresh)
    return size


def _save(tokenizer: Tokenizer, vectors: NDArray[np.float32], folder: Path) -> None:
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.sentence_transformer.modules import Normalize, StaticEmbedding

    stored = vectors.astype(np.float16).astype(np.float32)
    stored[0] = 0.0
    embedding = StaticEmbedding(tokenizer, embedding_weights=stored)
    model = SentenceTransformer(modules=[embedding, Normalize()], device="cpu")
    model.half()
    model.save(str(folder), create_model_card=False)
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "model.safetensors").chmod(0o644)


def _replace(place: Path, fresh: Path) -> None:
    old = place.with_name(f".{place.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if place.exists():
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)
