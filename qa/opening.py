"""Opening what is asked: an index directory, documents, or the built-in digest.

The command line and the service open the same things in the same way; `Settings` go from one to the
other as text in the environment.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from index.cache import index_of
from index.encoders import Encoder, bundled_encoder, load_encoder
from index.errors import DocumentError, GazetteerError, ModelError
from index.gazetteer import read_gazetteer
from index.sources import Skipped, find_files, read_file
from index.store import Index, open_index, read_manifest
from index.types import Source

if TYPE_CHECKING:
    from index.build import Progress

ENVIRONMENT = "QUANWEN_SETTINGS"
Uploads = Literal["off", "local", "on"]
ANY_HOST = "*"


@dataclass(frozen=True, slots=True)
class Settings:
    """What to open: documents, or an index directory, or neither for the digest.

    For a service: a folder to follow besides the documents; who may change what is served, nobody,
    people at this machine (``local``) or all who reach it; and by which host names it answers beside
    this machine's own.
    """

    documents: tuple[Path, ...] = ()
    index: Path | None = None
    gazetteers: tuple[Path, ...] = ()
    watch: Path | None = None
    uploads: Uploads = "off"
    hosts: tuple[str, ...] = (ANY_HOST,)

    @property
    def name_nothing(self) -> bool:
        """Whether nothing is named, so that the digest has to do."""
        return not self.documents and self.index is None and self.watch is None

    def to_text(self) -> str:
        """Return the settings as `from_text` reads them."""
        return json.dumps(
            {
                "documents": [str(path.resolve()) for path in self.documents],
                "index": str(self.index.resolve()) if self.index else None,
                "gazetteers": [str(path.resolve()) for path in self.gazetteers],
                "watch": str(self.watch.resolve()) if self.watch else None,
                "uploads": self.uploads,
                "hosts": self.hosts,
            }
        )

    @classmethod
    def from_text(cls, text: str) -> Settings:
        """Return the settings that `to_text` wrote."""
        values = json.loads(text)
        return cls(
            documents=tuple(Path(path) for path in values["documents"]),
            index=Path(values["index"]) if values["index"] else None,
            gazetteers=tuple(Path(path) for path in values["gazetteers"]),
            watch=Path(values["watch"]) if values["watch"] else None,
            uploads=values["uploads"],
            hosts=tuple(values["hosts"]),
        )


def open_settings(
    settings: Settings,
    progress: Progress | None = None,
    warn: Callable[[str], None] | None = None,
) -> Index:
    """Return the index that the settings name; documents are indexed if they aren't yet.

    Files of a folder that can't be read are passed over, with a word to `warn`.

    Raises:
        DocumentError: a file can't be read, or documents and an index are both given.
        GazetteerError: a gazetteer file can't be read.
        BrokenIndexError: the index is missing, damaged or of another version.
        ModelError: the index was built by another model.
    """
    if settings.documents and settings.index:
        raise DocumentError("文件和 --index 只能给一样；请去掉一样")
    if settings.gazetteers and not settings.documents:
        raise GazetteerError("--gazetteer 要和文件一起给；索引里已有建它时的地名表")
    if settings.index:
        return open_index(settings.index, encoder_of(settings.index))
    if not settings.documents:
        return open_digest()
    sources = read_documents(settings.documents, warn)
    return index_of(sources, bundled_encoder(), read_gazetteer(*settings.gazetteers), progress)


def encoder_of(folder: Path) -> Encoder:
    """Return the encoder that built the index in `folder`.

    Raises:
        BrokenIndexError: there is no index, or it is of another version.
        ModelError: the encoder isn't where it was.
    """
    name = read_manifest(folder)["encoder"]["name"]
    try:
        return load_encoder(name)
    except ModelError as error:
        raise ModelError(
            f"索引 {folder} 是用模型 {name} 建的，现在载入不了它；请把模型放回原处，"
            "或用 quanwen index 文件… --out 文件夹 --model 模型文件夹 重建"
        ) from error


def open_digest() -> Index:
    """Return the built-in digest's index, which ships with the package."""
    return open_index(digest_folder() / "index", bundled_encoder())


def digest_folder() -> Path:
    """Return the folder of the built-in digest: its text and its index."""
    return Path(str(resources.files("index") / "digest"))


def read_documents(
    paths: Sequence[Path], warn: Callable[[str], None] | None = None
) -> list[Source]:
    """Return the documents of files and folders; a folder's unreadable files are passed over.

    Raises:
        DocumentError: a file that was named itself can't be read, or nothing at all can be.
    """
    files, skipped = find_files(paths)
    sources: list[Source] = []
    for file in files:
        try:
            sources.append(read_file(file))
        except DocumentError as error:
            if file in paths:
                raise
            skipped.append(Skipped(file, str(error)))
    if warn is not None:
        for passed in skipped:
            warn(f"跳过 {passed.path}：{passed.reason}")
    if not sources:
        raise DocumentError(f"没有一份文件可读（{skipped[0].reason}）；请换一个文件夹")
    return sources
