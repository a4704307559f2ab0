"""Building an index: read, segment, embed, save."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from index.articles import document_of
from index.counties import with_counties
from index.encoders import Encoder, Vectors
from index.errors import DocumentError
from index.gazetteer import Gazetteer
from index.jumps import with_jumps
from index.passages import passage_spans
from index.reprints import Story, places, stories
from index.rows import spoken
from index.segmenter import Segmenter, full_segmenter
from index.sentences import windows
from index.store import Contents, save_index, writing
from index.types import Document, Passage, Record, Source
from index.words import Entry

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
    told the stage, how much of it is done and how much there is. A source that is given twice is
    one document.

    Raises:
        BrokenIndexError: `folder` can't be written.
        BusyIndexError: another process is writing there.
        DocumentError: two lines of ``.jsonl`` files have one id.

    """
    segmenter = full_segmenter(gazetteer)
    read = [document_of(source, gazetteer, segmenter.cut) for source in sources]
    documents = with_jumps(list({document.id: document for document in read}.values()), gazetteer)
    check_ids(documents)
    passages = passages_of(documents, digest)
    vectors, owners = embed(passages, encoder, progress)
    contents = Contents(
        documents=documents,
        passages=passages,
        entries=entries_of(passages, segmenter, progress),
        vectors=vectors,
        owners=owners,
        segmenter=segmenter.needed_for(
            texts_of(passages), with_counties(gazetteer, districts_of(passages))
        ),
        gazetteer=gazetteer,
    )
    with writing(folder):
        save_index(folder, contents, encoder, digest)
    return passages


def check_ids(documents: Iterable[Document]) -> None:
    """Raise `DocumentError` if two lines of the ``.jsonl`` files among them have one id."""
    seen: dict[str, Document] = {}
    for document in documents:
        for record in document.records or ():
            other = seen.setdefault(record.id, document)
            if other.id != document.id:
                raise DocumentError(
                    f"文件 {other.name} 和 {document.name} 都有 id “{record.id}”；id 要各不相同"
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


_PASSAGES_AT_ONCE = 500


def embed(
    passages: Sequence[Passage],
    encoder: Encoder,
    progress: Progress | None = None,
    known: Mapping[str, Vectors] | None = None,
) -> tuple[Vectors, list[int]]:
    """Return a unit row for each window of each passage, and each row's passage.

    `known` has the rows of texts that were embedded before.
    """
    rows = dict(known or {})
    cut = {
        text: [said[start:end] for said in [spoken(text)] for start, end in windows(said)]
        for text in dict.fromkeys(passage.text for passage in passages)
        if text not in rows
    }
    new = _encoded([window for own in cut.values() for window in own], encoder, progress)
    first = 0
    for text, own in cut.items():
        rows[text] = new[first : first + len(own)]
        first += len(own)
    owners = [ordinal for ordinal, passage in enumerate(passages) for _ in rows[passage.text]]
    return np.concatenate([new[:0], *(rows[passage.text] for passage in passages)]), owners


def _encoded(texts: Sequence[str], encoder: Encoder, progress: Progress | None) -> Vectors:
    rows = [np.zeros((0, encoder.dimensions), dtype=np.float32)]
    for first in range(0, len(texts), _WINDOWS_AT_ONCE):
        rows.append(encoder.encode(texts[first : first + _WINDOWS_AT_ONCE]))
        if progress is not None:
            progress("嵌入", min(first + _WINDOWS_AT_ONCE, len(texts)), len(texts))
    return np.concatenate(rows)


def entries_of(
    passages: Sequence[Passage],
    segmenter: Segmenter,
    progress: Progress | None = None,
    known: Mapping[str, Sequence[str]] | None = None,
) -> list[Entry]:
    """Return what the word index holds of each passage.

    `known` has the terms of texts that were cut before.
    """
    terms = dict(known or {})
    entries: list[Entry] = []
    for done, passage in enumerate(passages):
        for text in (passage.text, passage.heading):
            if text not in terms:
                terms[text] = segmenter.terms(text)
        entries.append(Entry(terms[passage.text], terms[passage.heading], passage.district))
        if progress is not None and done % _PASSAGES_AT_ONCE == 0:
            progress("分词", done, len(passages))
    return entries


def districts_of(passages: Iterable[Passage]) -> list[str]:
    """Return the districts of passages, each once, in their order."""
    return list(dict.fromkeys(p.district for p in passages if p.district is not None))


def texts_of(passages: Iterable[Passage]) -> list[str]:
    """Return the texts and the headings of passages, each once."""
    return list(dict.fromkeys(text for p in passages for text in (p.text, p.heading)))
