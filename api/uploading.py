"""Documents that come and go over HTTP: `POST /documents`, `DELETE /documents/{id}`, progress."""

from __future__ import annotations

import re
from contextlib import suppress
from email.errors import MessageError
from email.header import decode_header, make_header
from pathlib import PureWindowsPath
from typing import Annotated, Any
from unicodedata import category
from urllib.parse import unquote

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from api.access import may_change
from api.errors import (
    BodyTooLargeError,
    BuiltInError,
    DocumentTooLargeError,
    ForbiddenError,
    NotFoundError,
    NotReadyError,
    UploadError,
    documented,
)
from api.holdings import ServedDocuments
from api.library import NO_DOCUMENT, document_bodies
from api.models import AddedBody, ProgressBody
from api.opening import opened
from index.articles import document_id
from index.errors import BusyIndexError, DocumentError, UnknownFormatError
from index.sources import MAX_BYTES, check_format, read_bytes
from index.types import Source

MAX_FILES = 50
_MAX_NAME = 200

_REFUSALS = documented(ForbiddenError, BusyIndexError, NotReadyError)
router = APIRouter(tags=["文件"], responses=_REFUSALS)

_FORM: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "multipart/form-data": {
                "schema": {
                    "type": "object",
                    "required": ["file"],
                    "properties": {
                        "file": {
                            "type": "array",
                            "items": {"type": "string", "format": "binary"},
                            "minItems": 1,
                            "maxItems": MAX_FILES,
                            "description": f"文件，每份最多 {MAX_BYTES >> 20} MiB",
                        }
                    },
                }
            }
        },
    }
}


@router.post(
    "/documents",
    summary="上传文件",
    status_code=201,
    dependencies=[Depends(may_change), Depends(opened)],
    openapi_extra=_FORM,
    responses=documented(DocumentTooLargeError, UnknownFormatError, UploadError, DocumentError),
)
async def add_documents(request: Request, holdings: ServedDocuments) -> AddedBody:
    """收下一份或几份文件，返回时已经可以提问。有一份读不了，就一份也不收。"""
    sources = await _sent_by(request)
    change = await holdings.change(add=sources)
    ids = list(dict.fromkeys(map(document_id, sources)))
    found = (change.index.document(id) for id in ids)
    added = {document.name for document in change.added}
    return AddedBody(
        documents=document_bodies(change.index, [document for document in found if document]),
        known=[document.id for document in change.known],
        namesakes=[
            document.id
            for document in change.index.documents
            if document.name in added and document.id not in ids
        ],
    )


@router.delete(
    "/documents/{id}",
    summary="去掉一份文件",
    status_code=204,
    dependencies=[Depends(may_change)],
    responses=documented(NotFoundError, BuiltInError, RequestValidationError),
)
async def remove_document(
    id: Annotated[str, Path(description="文件的 id", examples=["3f2a9c01b7de"])],
    holdings: ServedDocuments,
) -> Response:
    """不再用这份文件回答。磁盘上的原件不动；它转载的文章若别处也有，就以别处的为准。"""
    if holdings.index.document(id) is None:
        raise NotFoundError(NO_DOCUMENT)
    await holdings.change(remove=[id])
    return Response(status_code=204)


@router.get("/documents/progress", summary="索引建到哪里了")
async def tell_progress(request: Request) -> ProgressBody:
    """返回正在建的索引做到哪一步；建完才换上，之前一直用旧的回答。"""
    step = request.app.state.opening.building.step
    if step is None:
        return ProgressBody(building=False, stage=None, done=0, total=0)
    return ProgressBody(building=True, stage=step.stage, done=step.done, total=step.total)


_BROKEN = f"请求体不是完好的 multipart/form-data，或一次超过 {MAX_FILES} 份文件；请检查后重新上传"
_MISSING = "缺少字段 file；请用 multipart/form-data 上传文件，如 curl -F file=@报告.txt"


async def _sent_by(request: Request) -> list[Source]:
    try:
        async with request.form(max_files=MAX_FILES) as form:
            return await _sources(form)
    except BodyTooLargeError:
        raise
    except (HTTPException, ClientDisconnect) as error:
        raise UploadError(_BROKEN) from error


async def _sources(form: FormData) -> list[Source]:
    given = form.getlist("file")
    files = [(_name(_as_meant(file)), file) for file in given if isinstance(file, UploadFile)]
    if not files or len(files) < len(given):
        raise UploadError(_MISSING)
    for name, file in files:
        check_format(name)
        if (file.size or 0) > MAX_BYTES:
            raise DocumentTooLargeError(f"文件 {name} 超过 {MAX_BYTES >> 20} MiB；请拆成几个文件")
    return [await run_in_threadpool(read_bytes, name, await file.read()) for name, file in files]


def _as_meant(file: UploadFile) -> str:
    """Return a file's name, whichever way its client wrote what isn't ASCII.

    That is UTF-8 or GB18030 as it is, percent-encoded (RFC 5987), or as in mail (.NET).
    """
    header, name = file.headers["content-disposition"], file.filename or ""
    if extended := _EXTENDED.search(header):
        return unquote(extended[1])
    with suppress(UnicodeError, LookupError, MessageError):
        if not _is_utf8(header):  # the parser took it for Latin-1 then
            return name.encode("latin-1").decode("gb18030")
        if _MAILED.fullmatch(name):
            return str(make_header(decode_header(name)))
    return name


_EXTENDED = re.compile(r"; *filename\*=utf-8'[^';]*'([^\s;]+)", re.IGNORECASE)
_MAILED = re.compile(r"=\?[ -~]+\?=")


def _is_utf8(header: str) -> bool:
    try:
        header.encode("latin-1").decode()
    except UnicodeDecodeError:
        return False
    return True


def _name(given: str) -> str:
    r"""Return a file's name without the folders before it.

    >>> _name("C:\\上传\\洛江.txt"), _name("../../洛江.txt")
    ('洛江.txt', '洛江.txt')
    """
    name = PureWindowsPath(given).name.strip()  # both kinds of slashes
    if not name:
        raise UploadError("有一份文件没有名字；请给出带后缀的文件名，如 洛江.txt")
    if len(name) > _MAX_NAME or any(category(character) in _UNSEEN for character in name):
        raise UploadError(f"文件名太长（最多 {_MAX_NAME} 字）或有看不见的字符；请改名后再上传")
    return name


_UNSEEN = ("Cc", "Cf", "Cs")
