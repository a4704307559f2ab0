"""Building an index: read, segment, embed, save."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from index.articles import document_of
from index.encoders import Encoder, Vectors
from index.errors import DocumentError
from index.gazetteer import Gazetteer
from index.passages import passage_spans
from index.reprints import Story, places, stories
from index.segmenter import full_segmenter
from index.sentences import windows
from index.store import Contents, save_index
from index.types import Document, Passage, Record, Source

Progress = Callable[[str, int, int], None]


def build_index(
    sources: Sequence[Source],
    folder: Path,
    encoder: Encoder,
    gazetteer: Gazetteer,
    digest: bool = False,
    progress: Progress | None = None,
) -> list[Passage]:
    """Index `sources` in `folder` and return the passages.

    `digest` marks every passage as our summary instead of the source's own words. `progress` is
    told the stage, how much of it is done and how much there is.

    Raises:
        BrokenIndexError: `folder` can't be written.
        DocumentError: two lines of ``.jsonl`` files have one id.

    """
    _check_ids(sources)
    segmenter = full_segmenter(gazetteer)
    documents = [document_of(source, gazetteer, segmenter.cut) for source in sources]
    passages = passages_of(documents, digest)
    vectors, owners = embed(passages, encoder, progress)
    named = (passage.district for passage in passages if passage.district)
    contents = Contents(
        documents=documents,
        passages=passages,
        vectors=vectors,
        owners=owners,
        segmenter=segmenter.needed_for((f"{p.heading}\n{p.text}" for p in passages), gazetteer),
        gazetteer=gazetteer.with_districts(named),
    )
    save_index(folder, contents, encoder, digest)
    return passages


def _check_ids(sources: Sequence[Source]) -> None:
    seen: dict[str, Source] = {}
    for source in sources:
        for record in source.records or ():
            other = seen.setdefault(record.id, source)
            if other.name != source.name or other.text != source.text:
                raise DocumentError(
                    f"文件 {other.name} 和 {source.name} 都有 id “{record.id}”；id 要各不相同"
                )


def passages_of(documents: Sequence[Document], digest: bool = False) -> list[Passage]:
    """Return the passages of the documents in reading order, what is printed twice once."""
    unique = {document.id: document for document in documents}
    passages = [
        passage
        for document in unique.values()
        for record, paragraph in zip(document.records or (), document.paragraphs, strict=False)
        for passage in [_of_record(document, record, paragraph.text, paragraph.number, digest)]
    ]
    texts = [document for document in unique.values() if document.records is None]
    for story in stories(texts):
        passages += _of_story(story, digest)
    return passages


def _of_record(document: Document, record: Record, text: str, number: int, digest: bool) -> Passage:
    article = document.articles[number - 1]
    return Passage(
        id=record.id,
        text=text,
        document=document.name,
        document_id=document.id,
        paragraph=number,
        spans=(record.span,),
        district=article.district,
        article=record.title,
        section=record.section,
        date=record.date,
        url=record.url,
        digest=digest,
    )


def _of_story(story: Story, digest: bool) -> list[Passage]:
    document, article = story.printing.document, story.printing.article
    found: list[Passage] = []
    for paragraph in article.paragraphs:
        pieces = passage_spans(paragraph.text)
        for i, piece in enumerate(pieces):
            found.append(
                Passage(
                    id=f"{document.id}-{paragraph.number}-{i + 1}",
                    text=paragraph.text[piece.start : piece.end],
                    document=document.name,
                    document_id=document.id,
                    paragraph=paragraph.number,
                    spans=paragraph.spans_of(piece),
                    district=article.district,
                    article=article.headline,
                    section=paragraph.section,
                    date=document.date,
                    url=document.url,
                    truncated=paragraph.truncated and piece == pieces[-1],
                    digest=digest,
                    also_at=places(paragraph, piece, story.copies),
                )
            )
    return found


_WINDOWS_AT_ONCE = 4096


def embed(
    passages: Sequence[Passage], encoder: Encoder, progress: Progress | None = None
) -> tuple[Vectors, list[int]]:
    """Return a unit row for each window of each passage, and each row's passage."""
    texts: list[str] = []
    owners: list[int] = []
    for ordinal, passage in enumerate(passages):
        for start, end in windows(passage.text):
            texts.append(passage.text[start:end])
            owners.append(ordinal)
    rows = [np.zeros((0, encoder.dimensions), dtype=np.float32)]
    for first in range(0, len(texts), _WINDOWS_AT_ONCE):
        rows.append(encoder.encode(texts[first : first + _WINDOWS_AT_ONCE]))
        if progress is not None:
            progress("嵌入", min(first + _WINDOWS_AT_ONCE, len(texts)), len(texts))
    return np.concatenate(rows), owners
