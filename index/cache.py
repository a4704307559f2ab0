"""Documents given on the spot: indexed once, kept by their content in the user's cache folder."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from platformdirs import user_cache_path

from index.encoders import Encoder
from index.errors import BrokenIndexError, ModelError
from index.gazetteer import Gazetteer
from index.store import FORMAT, MANIFEST, Index, open_index
from index.types import Source

if TYPE_CHECKING:
    from index.build import Progress

_KEPT = 20
# Raised when the same file would now be read or cut in another way.
_READING = 74


def index_of(
    sources: Sequence[Source],
    encoder: Encoder,
    gazetteer: Gazetteer,
    progress: Progress | None = None,
) -> Index:
    """Return the index of `sources`: the cached one if nothing changed, else a new one."""
    folder = cache_folder() / _key(sources, encoder, gazetteer)
    try:
        index = open_index(folder, encoder)
        os.utime(folder / MANIFEST)
    except (BrokenIndexError, ModelError, OSError):
        return _build(sources, folder, encoder, gazetteer, progress)
    return index


def cache_folder() -> Path:
    """Return where indexes are cached: ``QUANWEN_CACHE``, or the user's own cache folder."""
    given = os.environ.get("QUANWEN_CACHE")
    return Path(given) if given else user_cache_path("quanwen", appauthor=False)


def _build(
    sources: Sequence[Source],
    folder: Path,
    encoder: Encoder,
    gazetteer: Gazetteer,
    progress: Progress | None,
) -> Index:
    """Build beside the place and move the whole there, so that no one opens a half."""
    from index.build import build_index  # a question to what is kept reads no document

    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        new = Path(tempfile.mkdtemp(prefix="new-", dir=folder.parent))
    except OSError:  # no cache can be written: this one time goes without
        new = Path(tempfile.mkdtemp(prefix="quanwen-"))
        folder = new
    try:
        build_index(sources, new, encoder, gazetteer, progress=progress)
        if folder != new:
            shutil.rmtree(folder, ignore_errors=True)
            with suppress(OSError):  # another process was faster; its index is the same
                new.rename(folder)
            _forget_oldest(folder.parent)
        return open_index(folder, encoder)
    finally:
        if new.exists():
            shutil.rmtree(new, ignore_errors=True)


def _forget_oldest(cache: Path) -> None:
    ours = (file for file in cache.glob(f"*/{MANIFEST}") if _KEY.fullmatch(file.parent.name))
    used = sorted(ours, key=lambda file: -file.stat().st_mtime)
    for manifest in used[_KEPT:]:
        shutil.rmtree(manifest.parent, ignore_errors=True)


_KEY = re.compile(r"[0-9a-f]{24}")


def _key(sources: Sequence[Source], encoder: Encoder, gazetteer: Gazetteer) -> str:
    digest = hashlib.sha256(f"{FORMAT} {_READING} {encoder.fingerprint}".encode())
    for name, full in (*gazetteer.full_names.items(), *gazetteer.parents.items()):
        digest.update(f"{name}={full}\n".encode())
    for source in sources:
        digest.update(repr(source).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()[:24]
