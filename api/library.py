"""What the index holds: districts, documents and their text, single passages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.exceptions import RequestValidationError
from fastapi.responses import PlainTextResponse

from api.errors import NotFoundError, NotReadyError, documented
from api.models import (
    DistrictBody,
    DistrictsBody,
    DocumentBody,
    DocumentsBody,
    PassageInContextBody,
)
from api.opening import OpenIndex
from index.store import Index
from index.types import Document

NO_DOCUMENT = "没有这个 id 的文件；GET /documents 列出全部文件"
# FastAPI describes a 422 of its own for every route with an id; ours takes its place.
_BY_ID = documented(NotFoundError, RequestValidationError)

router = APIRouter(tags=["文件"], responses=documented(NotReadyError))


@router.get("/districts", summary="有哪些地区")
async def list_districts(index: OpenIndex) -> DistrictsBody:
    """返回文件涉及的地区，按文件里的顺序。"""
    documents = Counter(name for document in index.documents for name in document.districts)
    return DistrictsBody(
        districts=[
            DistrictBody(name=name, documents=documents[name], passages=len(passages))
            for name, passages in index.by_district.items()
        ]
    )


@router.get("/documents", summary="有哪些文件")
async def list_documents(index: OpenIndex) -> DocumentsBody:
    """返回全部文件。印了几次的文章，段落只算一次。"""
    return DocumentsBody(documents=document_bodies(index, index.documents))


def document_bodies(index: Index, documents: Iterable[Document]) -> list[DocumentBody]:
    """Return what is told of some of the index's documents."""
    passages = Counter(passage.document_id for passage in index.passages)
    return [
        DocumentBody(
            id=document.id,
            name=document.name,
            title=document.title,
            districts=document.districts,
            date=document.date,
            passages=passages[document.id],
        )
        for document in documents
    ]


@router.get(
    "/documents/{id}/text",
    summary="一份文件的全文",
    response_model=None,
    responses={**_BY_ID, 200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
async def read_text(
    id: Annotated[str, Path(description="文件的 id", examples=["3f2a9c01b7de"])], index: OpenIndex
) -> PlainTextResponse:
    """返回读到的全文（纯文本，UTF-8），换行一律是 LF；段落的 spans 就是这里的字符位置。"""
    document = index.document(id)
    if document is None:
        raise NotFoundError(NO_DOCUMENT)
    return PlainTextResponse(document.text)


# An id that came with a `.jsonl` file may hold a slash.
@router.get("/passages/{id:path}", summary="一个段落和它的前后", responses=_BY_ID)
async def show_passage(
    id: Annotated[str, Path(description="段落的 id", examples=["3f2a9c01b7de-2-1"])],
    index: OpenIndex,
) -> PassageInContextBody:
    """返回一个段落、它所在的整个自然段，和同一文件里前后段落的 id。"""
    ordinal = index.ordinals.get(id)
    if ordinal is None:
        raise NotFoundError("没有这个 id 的段落；id 在 /ask 和 /search 的结果里")
    passage = index.passages[ordinal]
    paragraph = index.paragraph(passage)
    return PassageInContextBody.model_validate(
        {
            **passage.to_dict(),
            "paragraph_text": paragraph.text,
            "paragraph_spans": paragraph.spans,
            "before": _neighbour(index, ordinal, -1),
            "after": _neighbour(index, ordinal, +1),
        }
    )


def _neighbour(index: Index, ordinal: int, step: int) -> str | None:
    """Return the id of the passage beside this one in its document."""
    beside = ordinal + step
    if not 0 <= beside < len(index.passages):
        return None
    passage = index.passages[beside]
    return passage.id if passage.document_id == index.passages[ordinal].document_id else None
