"""Errors as HTTP has them. Only this module knows status codes.

Every error is ``{"error": {"code": ..., "message": ...}}``, under `/v1/` with OpenAI's fields and
statuses; the message says in Chinese what to change. Nothing of what was sent is repeated but short
names, and no traceback is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import Match

from api.models import ErrorBody
from api.openai_models import OpenAIErrorBody
from index.errors import (
    BusyIndexError,
    DocumentError,
    QuanwenError,
    UnknownDocumentError,
    UnknownFormatError,
)
from qa.errors import QuestionError, UnknownDistrictError

OPENAI = "/v1/"
MAX_BODY = 64 * 1024
# Chat clients send the whole conversation with every question, the quotations in it too.
MAX_CONVERSATION = 4 * 1024 * 1024
MAX_UPLOAD = 500 * 1024 * 1024


class NotReadyError(QuanwenError):
    """The index isn't open yet, or can't be opened."""


class NotFoundError(QuanwenError):
    """There is no document or passage of this id."""


class ForeignPageError(QuanwenError):
    """A page from elsewhere calls what only programs and this machine's own pages may."""


class UnknownHostError(QuanwenError):
    """A request calls the service by a name that isn't its own."""


class UnknownModelError(NotFoundError):
    """An OpenAI client names another model."""

    param = "model"


class UnsupportedError(QuanwenError):
    """An OpenAI client asks for what no answer here can have; `param` is what asks for it."""

    def __init__(self, message: str, param: str) -> None:
        super().__init__(message)
        self.param = param


class ForbiddenError(QuanwenError):
    """The service doesn't let this request change its documents."""


class UploadError(QuanwenError):
    """What was uploaded isn't files with names."""


class DocumentTooLargeError(DocumentError):
    """A file is too large to be taken."""


class BuiltInError(QuanwenError):
    """The built-in digest can't be removed."""


_LESS = {
    MAX_BODY: "最多 64 KiB；请缩短问题或减少 history",
    MAX_CONVERSATION: "最多 4096 KiB；请开始新的对话",
    MAX_UPLOAD: "一次最多 500 MiB；请分几次上传",
}


class BodyTooLargeError(HTTPException):
    """A request's body is over its limit; an `HTTPException`, so that FastAPI lets it through."""

    def __init__(self, limit: int) -> None:
        super().__init__(413, f"请求体{_LESS[limit]}")


@dataclass(frozen=True, slots=True)
class _Fault:
    """What HTTP and the API's description make of one kind of error."""

    status: int
    code: str
    description: str


_FAULTS: dict[type[Exception], _Fault] = {
    UnknownDistrictError: _Fault(422, "unknown_district", "地区不认识（message 列出文件里有的）"),
    QuestionError: _Fault(422, "bad_question", "问题是空的、太长，或 top_k、history 超出范围"),
    RequestValidationError: _Fault(422, "invalid_request", "请求的形式不对"),
    UnsupportedError: _Fault(422, "unsupported_value", "要的东西这里没有"),
    UnknownModelError: _Fault(404, "model_not_found", "没有这个模型"),
    NotFoundError: _Fault(404, "not_found", "没有这个 id"),
    ForeignPageError: _Fault(403, "foreign_page", "别处的网页不能调用"),
    UnknownHostError: _Fault(421, "unknown_host", "请求用的主机名，这个服务不认"),
    UnknownDocumentError: _Fault(404, "not_found", "没有这个 id"),
    ForbiddenError: _Fault(403, "forbidden", "这个服务不收文件，或请求是别的网页发来的"),
    BuiltInError: _Fault(409, "built_in", "内置的摘要删不了"),
    BusyIndexError: _Fault(409, "busy", "索引正由另一个程序改动"),
    DocumentTooLargeError: _Fault(413, "document_too_large", "一份文件或整个请求体太大"),
    UnknownFormatError: _Fault(415, "unknown_format", "不认识文件的格式"),
    DocumentError: _Fault(422, "unreadable_document", "有一份文件读不了，或 id 已被占用"),
    UploadError: _Fault(422, "bad_upload", "没有字段 file，或文件名不能用"),
    NotReadyError: _Fault(503, "not_ready", "索引还没有打开，或打不开"),
    QuanwenError: _Fault(500, "broken", "索引或模型坏了"),
}
_CODES = {400: "malformed_json", 404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}

Responses = dict[int | str, dict[str, Any]]
# What a route that takes a body may answer besides.
BODY_ERRORS: Responses = {
    400: {"model": ErrorBody, "description": "请求体不是 JSON"},
    413: {"model": ErrorBody, "description": f"请求体超过 {MAX_BODY // 1024} KiB"},
}
# What a route under `/v1/` may answer.
OPENAI_ERRORS: Responses = {
    "4XX": {
        "model": OpenAIErrorBody,
        "description": "400 请求的形式不对，或要的东西这里没有；404 没有这个模型；"
        f"413 请求体超过 {MAX_CONVERSATION // 1024} KiB",
    },
    503: {"model": OpenAIErrorBody, "description": "索引还没有打开，或打不开"},
}


def documented(*errors: type[Exception]) -> Responses:
    """Return what a route that may raise these errors tells of them in the API's description."""
    found: Responses = {}
    for error in errors:
        fault = _FAULTS[error]
        described = found.setdefault(fault.status, {"model": ErrorBody, "description": ""})
        parts = (described["description"], fault.description)
        described["description"] = "；".join(part for part in parts if part)
    return found


def install(app: FastAPI) -> None:
    """Make `app` answer every error in the one shape."""
    app.exception_handler(QuanwenError)(response_to)
    app.exception_handler(RequestValidationError)(_of_validation)
    app.exception_handler(StarletteHTTPException)(_of_http)
    app.exception_handler(Exception)(_unexpected)


async def response_to(request: Request, error: QuanwenError) -> JSONResponse:
    """Return what HTTP makes of one of our own errors."""
    fault = next(_FAULTS[kind] for kind in type(error).__mro__ if kind in _FAULTS)
    param = getattr(error, "param", None)
    return _response(request, fault.status, fault.code, str(error), param=param)


async def _of_validation(request: Request, error: RequestValidationError) -> JSONResponse:
    first: dict[str, Any] = error.errors()[0]
    if first["type"] == "json_invalid":
        return _response(request, 400, _CODES[400], _MALFORMED)
    fault = _FAULTS[RequestValidationError]
    path = first["loc"][1:]
    message = what_to_change(first) if path else _OBJECT.format(_example(request))
    return _response(request, fault.status, fault.code, message, param=where(path) or None)


async def _of_http(request: Request, error: StarletteHTTPException) -> JSONResponse:
    allowed = _methods(request) or (error.headers or {}).get("Allow", "GET").split(", ")
    # Who looked at something shouldn't be told to remove it.
    use = "、".join(method for method in allowed if method in ("GET", "POST"))
    messages = {
        400: _MALFORMED,
        404: f"没有 {request.url.path[:80]} 这个地址；能用的见 /docs",
        405: f"这里不能用 {request.method}；{f'请用 {use}' if use else '能用的见 /docs'}",
    }
    status = error.status_code
    message = messages.get(status, str(error.detail))
    headers = {"Allow": ", ".join(allowed)} if status == 405 else error.headers
    return _response(request, status, _CODES.get(status, "refused"), message, headers)


def _methods(request: Request) -> list[str]:
    """Return the methods that a request's address takes; none if it was refused behind its route.

    The router itself tells those of the first route of an address only.
    """

    def is_taken(method: str) -> bool:
        scope = {**request.scope, "method": method}
        return any(route.matches(scope)[0] is Match.FULL for route in request.app.routes)

    if is_taken(request.method):
        return []
    return [method for method in ("GET", "HEAD", "POST", "DELETE") if is_taken(method)]


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    # uvicorn writes the traceback into the log; Starlette answers this one outside all middleware.
    message = "服务出错了，不是您的问题；请稍后再试，或把问题报告给维护者"
    return _response(request, 500, "internal", message, _SAFE)


_SAFE = {"X-Content-Type-Options": "nosniff"}
_MALFORMED = "请求体不是 UTF-8 编码的 JSON；请检查引号、括号和编码"


def _response(
    request: Request,
    status: int,
    code: str,
    message: str,
    headers: Any = None,
    param: str | None = None,
) -> JSONResponse:
    error: dict[str, str | None] = {"code": code, "message": message}
    if _of_openai(request):
        status = 400 if status == 422 else status
        kind = "invalid_request_error" if status < 500 else "server_error"
        error = {"message": message, "type": kind, "param": param, "code": code}
    return JSONResponse({"error": error}, status, headers, "application/json; charset=utf-8")


def _of_openai(request: Request) -> bool:
    return request.url.path.startswith(OPENAI)


def _example(request: Request) -> str:
    if _of_openai(request):
        return '{"model": "quanwen", "messages": [{"role": "user", "content": "…"}]}'
    return '{"question": "…"}'


# --- what Pydantic finds wrong, for people -------------------------------------------------------

_INTEGER = "{where} 要是整数"
_LIST = "{where} 要是列表"
_BOOLEAN = "{where} 要是 true 或 false"
_OBJECT = "请求体要是 JSON 对象，如 {}，并带请求头 Content-Type: application/json"
_CHANGES = {
    "missing": "缺少 {where}；请加上",
    "string_type": "{where} 要是文字",
    "string_unicode": "{where} 里有半个字符（单独的代理码）；请去掉",
    "string_too_long": "{where} 太长；最多 {max_length} 字",
    "list_type": _LIST,
    "tuple_type": _LIST,
    "int_type": _INTEGER,
    "int_parsing": _INTEGER,
    "int_parsing_size": _INTEGER,
    "int_from_float": _INTEGER,
    "bool_type": _BOOLEAN,
    "bool_parsing": _BOOLEAN,
    "greater_than_equal": "{where} 不能小于 {ge}",
    "less_than_equal": "{where} 不能大于 {le}",
    "model_attributes_type": "{where} 要是 JSON 对象",
}


def what_to_change(error: dict[str, Any]) -> str:
    """Return what to change, for one error as Pydantic tells it.

    >>> what_to_change({"type": "string_type", "loc": ("body", "history", 2)})
    'history[2] 要是文字'
    """
    change = _CHANGES.get(error["type"], "{where} 的形式不对；请看 /docs")
    return change.format(where=where(error["loc"][1:]), **error.get("ctx", {}))


def where(path: Sequence[str | int]) -> str:
    """Return a place in a request as a person writes it.

    >>> where(("messages", 2, "content"))
    'messages[2].content'
    """
    steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in path)
    return "".join(steps).removeprefix(".")
