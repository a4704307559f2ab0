"""The index on disk: an immutable segment under a manifest, and the reader of it.

    manifest.json          format, encoder and its fingerprint, the segment, a checksum of each file
    segments/<name>/
        passages.jsonl     a passage a line, for people and machines
        documents.jsonl    each document's text and the paragraphs in it
        windows.faiss      a unit vector for every window (`index.sentences.windows`)
        owners.npy         which passage each window belongs to
        words/             the word index (tantivy)
        terms.txt          the terms of each passage and of its headings, to be used again
        dictionary.txt     the words that the documents were cut into
        gazetteer.csv      the districts that were known

A change writes a new segment beside the old one and then replaces the manifest in one rename. A
reader holds what its manifest named; a crash leaves the old manifest, and with it the old index,
whole. One writer at a time: `.lock` is what it holds.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any

from index.corrections import Correction, corrections_in
from index.counties import with_counties
from index.encoders import Encoder, Vectors
from index.errors import BrokenIndexError, BusyIndexError, ModelError
from index.gazetteer import Gazetteer
from index.late import Match, late_match
from index.openings import openings
from index.segmenter import Segmenter
from index.sources import RECORDS
from index.towns import with_parents
from index.types import Document, Paragraph, Passage, Record
from index.vectors import VectorIndex
from index.words import Entry, Hit, WordIndex

FORMAT = 3
MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class Contents:
    """What a segment holds, ready to be written; ``vectors`` has a row for each of `owners`."""

    documents: Sequence[Document]
    passages: Sequence[Passage]
    entries: Sequence[Entry]
    vectors: Vectors
    owners: Sequence[int]
    segmenter: Segmenter
    gazetteer: Gazetteer


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Keep other writers out of `folder`, new or an index, while one writes; readers aren't kept.

    Raises:
        BrokenIndexError: `folder` holds something that isn't an index, or can't be written.
        BusyIndexError: another process is writing there.

    """
    from filelock import FileLock, Timeout  # no reader needs it

    if folder.exists() and not folder.is_dir():
        raise BrokenIndexError(f"{folder} 是一个文件；请用 --out 给出一个文件夹")
    if folder.is_dir() and _holds_other_things(folder):
        raise BrokenIndexError(
            f"文件夹 {folder} 里有别的东西；请移走它们，或换一个空的或新的文件夹"
        )
    lock = FileLock(folder / ".lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise BusyIndexError(f"索引 {folder} 正由另一个程序改动；请等它改完再试") from error
    except OSError as error:
        raise _unwritable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


def save_index(folder: Path, contents: Contents, encoder: Encoder, digest: bool = False) -> None:
    """Write `contents` as the index in `folder`, which is held by `writing`, in place of what is.

    Raises:
        BrokenIndexError: `folder` can't be written.

    """
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
        raise _unwritable(folder, error) from error
    for unused in old:
        shutil.rmtree(folder / "segments" / unused, ignore_errors=True)


def _unwritable(folder: Path, error: OSError) -> BrokenIndexError:
    return BrokenIndexError(f"索引 {folder} 写不了：{error.strerror}；请检查权限和磁盘空间")


def _write_segment(folder: Path, contents: Contents) -> None:
    _write_lines(folder / "passages.jsonl", [passage.to_dict() for passage in contents.passages])
    _write_lines(folder / "documents.jsonl", [doc.to_dict() for doc in contents.documents])
    contents.segmenter.save(folder / "dictionary.txt")
    contents.gazetteer.save(folder / "gazetteer.csv")
    vectors = VectorIndex.build(contents.vectors, contents.owners)
    vectors.save(folder / "windows.faiss", folder / "owners.npy")
    WordIndex.build(folder / "words", contents.entries)
    terms = (f"{' '.join(entry.terms)}\t{' '.join(entry.heading)}\n" for entry in contents.entries)
    (folder / "terms.txt").write_text("".join(terms), encoding="utf-8", newline="\n")


class Segment:
    """One segment, open; ``places`` are the districts known before its documents named any."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.passages = [Passage.from_dict(row) for row in _read_lines(folder / "passages.jsonl")]
        records = _records(self.passages)
        self.documents = [
            replace(document, records=records.get(document.id))
            for document in map(Document.from_dict, _read_lines(folder / "documents.jsonl"))
        ]
        self.segmenter = Segmenter.load(folder / "dictionary.txt")
        self.places = Gazetteer.load(folder / "gazetteer.csv")
        named = dict.fromkeys(p.district for p in self.passages if p.district is not None)
        known = with_counties(self.places, named, self.segmenter.counts)
        self.gazetteer = with_parents(known, self.passages)
        self.words = WordIndex(folder / "words")
        self.vectors = VectorIndex.load(folder / "windows.faiss", folder / "owners.npy")

    def terms(self) -> dict[str, list[str]]:
        """Return the terms of the passages' texts and headings, as far as they can be read."""
        try:
            lines = (self._folder / "terms.txt").read_text(encoding="utf-8").split("\n")
        except OSError:  # of an older version, or replaced by now
            return {}
        found: dict[str, list[str]] = {}
        for passage, line in zip(self.passages, lines, strict=False):
            text, _, heading = line.partition("\t")
            found[passage.text], found[passage.heading] = text.split(), heading.split()
        return found


def _records(passages: Sequence[Passage]) -> dict[str, tuple[Record, ...]]:
    """Return the records of each ``.jsonl`` document: they are its passages."""
    of_records = (p for p in passages if p.document.lower().endswith(RECORDS))
    return {
        id: tuple(
            Record(p.id, p.spans[0], p.district, p.article, p.section, p.date, p.url) for p in own
        )
        for id, own in groupby(of_records, key=lambda p: p.document_id)
    }


class Index:
    """An open index. Passages are known by their ordinal, their place in `passages`."""

    def __init__(self, segment: Segment, encoder: Encoder, digest: bool = False) -> None:
        self._segment = segment
        self.encoder = encoder
        self.digest = digest
        # One question is asked of many districts.
        self._vector = lru_cache(maxsize=64)(lambda text: encoder.encode([text])[0])

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
        """The districts that are known: those of `places`, and what documents name themselves."""
        return self._segment.gazetteer

    @property
    def places(self) -> Gazetteer:
        """The districts that were known before any document was read."""
        return self._segment.places

    @cached_property
    def corrections(self) -> list[Correction]:
        """The corrections that tell which words were wrong."""
        return corrections_in(self.passages)

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
    def openings(self) -> Sequence[str]:
        """How the article of each passage opens: `index.openings`."""
        return openings(self.passages)

    @cached_property
    def years(self) -> list[int]:
        """The years that the passages are dated to, in order."""
        return sorted({passage.year for passage in self.passages if passage.year is not None})

    @cached_property
    def newest_dates(self) -> dict[str, str]:
        """The latest date of each district's passages, "" if none has one."""
        found = dict.fromkeys(self.by_district, "")
        for passage in self.passages:
            if passage.district is not None and passage.date and passage.year:
                found[passage.district] = max(found[passage.district], passage.date)
        return found

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
        return self._segment.vectors.search(self.vector(text), k, among)

    def vector(self, text: str) -> Vectors:
        """Return the unit vector of a question's text."""
        vector: Vectors = self._vector(text)
        return vector

    def match_whole(self, text: str, among: Sequence[int]) -> list[float]:
        """Return how alike `text` and the whole of each of these passages are (cosine)."""
        return self._segment.vectors.whole(self.vector(text), among)

    def match_each_word(self, text: str, among: Sequence[int]) -> list[Match]:
        """Return how well each word of `text` finds its like in these passages: `late_match`."""
        texts = [self.passages[ordinal].text for ordinal in among]
        return late_match(text, texts, lambda word: self.weight_of([word]))

    def weight_of(self, terms: Sequence[str]) -> float:
        """Return the inverse document frequencies of the terms, added up."""
        return self._segment.words.weight(terms)

    def terms(self) -> Mapping[str, Sequence[str]]:
        """Return the terms of each text and heading of the passages, to be used again."""
        return self._segment.terms()

    def vectors(self) -> Mapping[str, Vectors]:
        """Return the rows of each passage's text, to be used again."""
        rows = self._segment.vectors.rows()
        return {passage.text: rows[o] for o, passage in enumerate(self.passages) if o in rows}

    def document(self, id: str) -> Document | None:
        """Return the document of this id, or None."""
        return next((document for document in self.documents if document.id == id), None)

    def paragraph(self, passage: Passage) -> Paragraph:
        """Return the whole paragraph that a passage is a piece of."""
        document = self.document(passage.document_id)
        paragraphs = document.paragraphs if document else ()
        alone = Paragraph(passage.text, passage.spans)
        return next((p for p in paragraphs if p.number == passage.paragraph), alone)


def open_index(folder: Path, encoder: Encoder) -> Index:
    """Open the index in `folder` to be searched with `encoder`.

    Raises:
        BrokenIndexError: it is missing, damaged or of another version.
        ModelError: another model built it.

    """
    manifest = read_manifest(folder)
    while True:
        try:
            return _opened(folder, manifest, encoder)
        except BrokenIndexError:
            newer = read_manifest(folder)
            if newer == manifest:
                raise
            manifest = newer  # a writer was faster; what the old one named is gone


def _opened(folder: Path, manifest: dict[str, Any], encoder: Encoder) -> Index:
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
