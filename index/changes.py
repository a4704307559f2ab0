"""Documents that come and go: a changed index is written beside the old one, then takes its place.

What comes out is what building all of it anew would give, the same passages, ids, order and scores;
but only what is new is read, cut and embedded.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from index.articles import document_id, document_of
from index.build import Progress, check_ids, districts_of, embed, entries_of, passages_of, texts_of
from index.counties import with_counties
from index.encoders import Encoder
from index.errors import UnknownDocumentError
from index.jumps import with_jumps
from index.segmenter import Segmenter, full_segmenter
from index.store import Contents, Index, open_index, read_manifest, save_index, writing
from index.types import Document, Passage, Source


@dataclass(frozen=True, slots=True)
class Change:
    """What a change came to; `known` are the documents that were given but were there already."""

    index: Index
    added: tuple[Document, ...] = ()
    known: tuple[Document, ...] = ()
    removed: tuple[Document, ...] = ()


def change_index(
    folder: Path,
    encoder: Encoder,
    add: Sequence[Source] = (),
    remove: Collection[str] = (),
    progress: Progress | None = None,
    base: Index | None = None,
) -> Change:
    """Remove documents by their ids from the index in `folder`, add others, and open it again.

    Where nothing changes, nothing is written. With `base`, that is the index that is changed, and
    only the outcome is written to `folder`. `progress` is told as by `build_index`.

    Raises:
        BrokenIndexError: the index is missing, damaged or of another version, or can't be written.
        BusyIndexError: another process is changing it.
        DocumentError: a line of a ``.jsonl`` file has an id that is taken.
        ModelError: another model built the index.
        UnknownDocumentError: there is no document of an id in `remove`.

    """
    if base is None:
        read_manifest(folder)  # before the lock, which would make a folder of what isn't there
    with writing(folder):
        index = base or open_index(folder, encoder)
        change = _change(index, add, remove)
        if not change.added and not change.removed:
            return change
        save_index(folder, _contents(change, progress), encoder, index.digest)
        return replace(change, index=open_index(folder, encoder))


def _change(index: Index, add: Sequence[Source], remove: Collection[str]) -> Change:
    """Return what is to be done, `index` still being the old one."""
    if unknown := [id for id in remove if index.document(id) is None]:
        raise UnknownDocumentError(
            f"索引里没有 id 为 {'、'.join(unknown)} 的文件；"
            "请用 quanwen info --index 文件夹 看有哪些 id"
        )
    removed = tuple(document for document in index.documents if document.id in remove)
    there = {document.id: document for document in index.documents if document.id not in remove}
    given = {document_id(source): source for source in add}
    new = [source for id, source in given.items() if id not in there]
    cut = full_segmenter(index.places).cut if new else None
    added = tuple(document_of(source, index.places, cut) for source in new) if cut else ()
    check_ids([*there.values(), *added])
    known = tuple(there[id] for id in given if id in there)
    return Change(index, added, known, removed)


def _contents(change: Change, progress: Progress | None) -> Contents:
    index = change.index
    gone = {document.id for document in change.removed}
    documents = [document for document in index.documents if document.id not in gone]
    documents = with_jumps([*documents, *change.added], index.places)
    passages = _passages(change, documents)
    vectors, owners = embed(passages, index.encoder, progress, index.vectors())
    segmenter = _segmenter(index, passages)
    return Contents(
        documents=documents,
        passages=passages,
        entries=entries_of(passages, segmenter, progress, index.terms()),
        vectors=vectors,
        owners=owners,
        segmenter=segmenter,
        gazetteer=index.places,
    )


def _passages(change: Change, documents: Sequence[Document]) -> list[Passage]:
    """Return the passages of `documents`: the old ones of districts that the change doesn't touch.

    Only articles of one district are compared for reprints, so no other's passages can differ.
    """
    before, after = (
        {document.id: document for document in each} for each in (change.index.documents, documents)
    )
    changed = [document for id, document in after.items() if before.get(id) != document]
    changed += [document for id, document in before.items() if after.get(id) != document]
    touched = {article.district for document in changed for article in document.articles}
    again = passages_of([_of(touched, document) for document in documents], change.index.digest)
    records = {document.id for document in documents if document.records is not None}
    gone = {document.id for document in change.removed}
    kept = [
        passage
        for passage in change.index.passages
        if passage.district not in touched and passage.document_id not in records | gone
    ]
    place = {document.id: i for i, document in enumerate(documents)}
    return sorted(
        [*again, *kept],
        key=lambda p: (p.document_id not in records, place[p.document_id], p.paragraph),
    )


def _of(districts: Collection[str | None], document: Document) -> Document:
    """Return a document with the articles of these districts only; records aren't compared."""
    if document.records is not None:
        return document
    articles = tuple(article for article in document.articles if article.district in districts)
    return replace(document, articles=articles)


def _segmenter(index: Index, passages: Sequence[Passage]) -> Segmenter:
    """Return what cuts `passages`: the old words that they hold still, and those of new texts."""
    old, texts = set(texts_of(index.passages)), texts_of(passages)
    segmenter, places = index.segmenter, with_counties(index.places, districts_of(passages))
    if not old <= set(texts):
        kept = [text for text in texts if text in old]
        segmenter = segmenter.needed_for(kept, places)
    if new := [text for text in texts if text not in old]:
        full = full_segmenter(index.places)
        segmenter = segmenter.joined(full.needed_for(new, places))
    return segmenter
