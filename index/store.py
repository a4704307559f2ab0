"""The index on disk: immutable segments under one manifest, and one reader over all of them.

    manifest.json          format, encoder and its fingerprint, segments, a checksum for every file
    segments/<name>/
        passages.jsonl     a passage a line, for people and machines
        documents.jsonl    each document's text and the paragraphs in it
        windows.faiss      a unit vector for every one or two neighbouring sentences
        owners.npy         which passage each window belongs to
        words/             the word index (tantivy)
        dictionary.txt     the words that the documents were cut into
        gazetteer.csv      the districts that were known

A change writes new segments and then replaces the manifest in one rename. A reader holds what its
manifest names; a crash leaves the old manifest, and with it the old index, whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from index.encoders import Encoder, Vectors
from index.errors import BrokenIndexError, ModelError
from index.gazetteer import Gazetteer
from index.segmenter import Segmenter
from index.types import Document, Passage
from index.vectors import VectorIndex
from index.words import Entry, Hit, WordIndex

FORMAT = 3
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Contents:
    """What one segment holds, ready to be written; ``vectors`` has a row for each of `owners`."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    vectors: Vectors
    owners: Sequence[int]
    segmenter: Segmenter
    gazetteer: Gazetteer


def save_index(folder: Path, contents: Contents, encoder: Encoder, digest: bool = False) -> None:
    """Write `contents` as the index in `folder`, in place of what is there.

    Raises:
        BrokenIndexError: `folder` holds something that isn't an index, or can't be written.

    """
    if folder.exists() and not folder.is_dir():
        raise BrokenIndexError(f"{folder} 是一个文件；请用 --out 给出一个文件夹")
    if folder.is_dir() and _holds_other_things(folder):
        raise BrokenIndexError(f"文件夹 {folder} 里有别的东西；请用 --out 给出一个空的或新的文件夹")
    old = _segments(folder)
    name = uuid.uuid4().hex[:12]
    segment = folder / "segments" / name
    try:
        segment.mkdir(parents=True)
        _write_segment(segment, contents)
        manifest = {
            "format": FORMAT,
            "digest": digest,
            "encoder": {
                "name": encoder.name,
                "dimensions": encoder.dimensions,
                "fingerprint": encoder.fingerprint,
            },
            "segments": [{"name": name, "files": _checksums(segment)}],
        }
        _replace(folder / MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1) + "\n")
    except Exception as error:
        shutil.rmtree(segment, ignore_errors=True)
        if not isinstance(error, OSError):
            raise
        raise BrokenIndexError(
            f"索引 {folder} 写不了：{error.strerror}；请检查权限和磁盘空间"
        ) from error
    for unused in old:
        shutil.rmtree(folder / "segments" / unused, ignore_errors=True)


def _write_segment(folder: Path, contents: Contents) -> None:
    _write_lines(folder / "passages.jsonl", [passage.to_dict() for passage in contents.passages])
    _write_lines(folder / "documents.jsonl", [doc.to_dict() for doc in contents.documents])
    contents.segmenter.save(folder / "dictionary.txt")
    contents.gazetteer.save(folder / "gazetteer.csv")
    vectors = VectorIndex.build(contents.vectors, contents.owners)
    vectors.save(folder / "windows.faiss", folder / "owners.npy")
    cut = contents.segmenter
    WordIndex.build(
        folder / "words",
        (Entry(cut.terms(p.text), cut.terms(p.heading), p.district) for p in contents.passages),
    )


class Segment:
    """One segment, open."""

    def __init__(self, folder: Path) -> None:
        self.documents = [
            Document.from_dict(row) for row in _read_lines(folder / "documents.jsonl")
        ]
        self.passages = [Passage.from_dict(row) for row in _read_lines(folder / "passages.jsonl")]
        self.segmenter = Segmenter.load(folder / "dictionary.txt")
        self.gazetteer = Gazetteer.load(folder / "gazetteer.csv")
        self.words = WordIndex(folder / "words")
        self.vectors = VectorIndex.load(folder / "windows.faiss", folder / "owners.npy")


class Index:
    """An open index. Passages are known by their ordinal, their place in `passages`."""

    def __init__(self, segment: Segment, encoder: Encoder, digest: bool = False) -> None:
        self._segment = segment
        self.encoder = encoder
        self.digest = digest

    @property
    def documents(self) -> Sequence[Document]:
        """The documents."""
        return self._segment.documents

    @property
    def passages(self) -> Sequence[Passage]:
        """The passages, in the order of the documents."""
        return self._segment.passages

    @property
    def segmenter(self) -> Segmenter:
        """What cut the documents, and must cut the questions."""
        return self._segment.segmenter

    @property
    def gazetteer(self) -> Gazetteer:
        """The districts that were known when the index was built."""
        return self._segment.gazetteer

    @cached_property
    def ordinals(self) -> dict[str, int]:
        """The ordinal of each passage by its id."""
        return {passage.id: ordinal for ordinal, passage in enumerate(self.passages)}

    @cached_property
    def by_district(self) -> dict[str, list[int]]:
        """The ordinals of each district's passages, the districts in the documents' order."""
        found: dict[str, list[int]] = {}
        for ordinal, passage in enumerate(self.passages):
            if passage.district is not None:
                found.setdefault(passage.district, []).append(ordinal)
        return found

    @cached_property
    def years(self) -> list[int]:
        """The years that the passages are dated to, in order."""
        return sorted({passage.year for passage in self.passages if passage.year is not None})

    def search_words(self, text: str, k: int, districts: Sequence[str] = ()) -> list[Hit]:
        """Return the `k` best passages by BM25, of these districts if any are given."""
        return self._segment.words.search(self.segmenter.terms(text), k, districts)

    def search_headings(self, text: str, k: int, districts: Sequence[str] = ()) -> list[Hit]:
        """Return the `k` passages whose headline and section fit best by BM25."""
        terms = self.segmenter.terms(text)
        return self._segment.words.search(terms, k, districts, field="heading")

    def search_vectors(
        self, text: str, k: int, districts: Sequence[str] = (), among: Sequence[int] | None = None
    ) -> list[Hit]:
        """Return the `k` passages whose best window is most like `text` (cosine)."""
        if districts:
            among = [o for district in districts for o in self.by_district.get(district, ())]
        return self._segment.vectors.search(self.encoder.encode([text])[0], k, among)

    def weight_of(self, terms: Sequence[str]) -> float:
        """Return the inverse document frequencies of the terms, added up."""
        return self._segment.words.weight(terms)

    def document(self, id: str) -> Document | None:
        """Return the document of this id, or None."""
        return next((document for document in self.documents if document.id == id), None)

    def paragraph_text(self, passage: Passage) -> str:
        """Return the whole paragraph that a passage is a piece of."""
        document = self.document(passage.document_id)
        paragraphs = document.paragraphs if document else ()
        return next((p.text for p in paragraphs if p.number == passage.paragraph), passage.text)


def open_index(folder: Path, encoder: Encoder) -> Index:
    """Open the index in `folder` to be searched with `encoder`.

    Raises:
        BrokenIndexError: it is missing, damaged or of another version.
        ModelError: another model built it.

    """
    manifest = read_manifest(folder)
    try:
        built_by = manifest["encoder"]
        if built_by["fingerprint"] != encoder.fingerprint:
            raise ModelError(
                f"索引 {folder} 是用另一个模型（{built_by['name']}）建的；请用 quanwen index 重建"
            )
        (segment,) = manifest["segments"]
        place = folder / "segments" / segment["name"]
        _verify(folder, place, segment["files"])
        return Index(Segment(place), encoder, manifest["digest"])
    except ModelError:  # a ValueError too
        raise
    except (AttributeError, KeyError, OSError, TypeError, ValueError, RuntimeError) as error:
        raise BrokenIndexError(f"索引 {folder} 已损坏（{error}）；{_REBUILD}") from error


_REBUILD = "请用 quanwen index 文件… --out 文件夹 重建"


def read_manifest(folder: Path) -> dict[str, Any]:
    """Return the manifest of the index in `folder`.

    Raises:
        BrokenIndexError: there is none, or it is of another version.

    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise BrokenIndexError(f"{folder} 里没有索引；{_REBUILD}") from error
    except (OSError, ValueError) as error:
        raise BrokenIndexError(f"索引清单 {folder / MANIFEST} 读不了；{_REBUILD}") from error
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        found = manifest.get("format") if isinstance(manifest, dict) else None
        raise BrokenIndexError(f"索引 {folder} 的版本是 {found}，本程序读 {FORMAT}；{_REBUILD}")
    encoder = manifest.get("encoder")
    named = isinstance(encoder, dict) and isinstance(encoder.get("name"), str)
    if not named or not manifest.get("segments"):
        raise BrokenIndexError(f"索引清单 {folder / MANIFEST} 不完整；{_REBUILD}")
    return manifest


def _verify(folder: Path, segment: Path, files: dict[str, str]) -> None:
    for name, checksum in files.items():
        file = segment / name
        if not file.is_file():
            raise BrokenIndexError(f"索引 {folder} 缺文件 {name}；{_REBUILD}")
        if _checksum(file) != checksum:
            raise BrokenIndexError(f"索引 {folder} 的文件 {name} 已损坏；{_REBUILD}")


def _checksums(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): _checksum(file) for file in files}


def _checksum(file: Path) -> str:
    with file.open("rb") as contents:
        return hashlib.file_digest(contents, "sha256").hexdigest()


def _holds_other_things(folder: Path) -> bool:
    """Tell whether a folder holds anything but an index, or what a crash left of one."""
    names = {entry.name for entry in folder.iterdir() if not entry.name.startswith(".")}
    segments = folder / "segments"
    entries = [entry.name for entry in segments.iterdir()] if segments.is_dir() else []
    if names - {MANIFEST, f"{MANIFEST}.new", "segments"} or len(entries) > len(_segments(folder)):
        return True
    return MANIFEST in names and not entries


_SEGMENT = re.compile(r"[0-9a-f]{12}")


def _segments(folder: Path) -> list[str]:
    """Return the names of the segments in an index's folder, whatever its manifest names."""
    segments = folder / "segments"
    entries = segments.iterdir() if segments.is_dir() else ()
    return [entry.name for entry in entries if _SEGMENT.fullmatch(entry.name) and entry.is_dir()]


def _replace(file: Path, text: str) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    new = file.with_name(f"{file.name}.new")
    with new.open("w", encoding="utf-8") as contents:
        contents.write(text)
        contents.flush()
        os.fsync(contents.fileno())
    new.replace(file)


def _write_lines(file: Path, rows: Sequence[dict[str, Any]]) -> None:
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    file.write_text(lines, encoding="utf-8", newline="\n")


def _read_lines(file: Path) -> list[dict[str, Any]]:
    with file.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
