"""Errors as HTTP has them. Only this module knows status codes.

Every error is ``{"error": {"code": ..., "message": ...}}``; the message says in Chinese what to
change. Nothing of what was sent is repeated but short names, and no traceback is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException as StarletteHTTPException

from api.models import ErrorBody
from index.errors import QuanwenError
from qa.errors import QuestionError, UnknownDistrictError

MAX_BODY = 64 * 1024


class NotReadyError(QuanwenError):
    """The index isn't open yet, or can't be opened."""


class NotFoundError(QuanwenError):
    """There is no document or passage of this id."""


class BodyTooLargeError(HTTPException):
    """A request's body is over the limit; an `HTTPException`, so that FastAPI lets it through."""

    def __init__(self) -> None:
        super().__init__(413, f"请求体最多 {MAX_BODY // 1024} KiB；请缩短问题或减少 history")


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
    NotFoundError: _Fault(404, "not_found", "没有这个 id"),
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
    app.exception_handler(QuanwenError)(_of_our_own)
    app.exception_handler(RequestValidationError)(_of_validation)
    app.exception_handler(StarletteHTTPException)(_of_http)
    app.exception_handler(Exception)(_unexpected)


async def _of_our_own(request: Request, error: QuanwenError) -> JSONResponse:
    fault = next(_FAULTS[kind] for kind in type(error).__mro__ if kind in _FAULTS)
    return _response(fault.status, fault.code, str(error))


async def _of_validation(request: Request, error: RequestValidationError) -> JSONResponse:
    first: dict[str, Any] = error.errors()[0]
    if first["type"] == "json_invalid":
        return _response(400, _CODES[400], _MALFORMED)
    fault = _FAULTS[RequestValidationError]
    return _response(fault.status, fault.code, _what_to_change(first))


async def _of_http(request: Request, error: StarletteHTTPException) -> JSONResponse:
    messages = {
        400: _MALFORMED,
        404: f"没有 {request.url.path[:80]} 这个地址；能用的见 /docs",
        405: f"这里不能用 {request.method}；请用 {(error.headers or {}).get('Allow', 'GET')}",
    }
    status = error.status_code
    message = messages.get(status, str(error.detail))
    return _response(status, _CODES.get(status, "refused"), message, error.headers)


async def _unexpected(request: Request, error: Exception) -> JSONResponse:
    # uvicorn writes the traceback into the log; Starlette answers this one outside all middleware.
    return _response(
        500, "internal", "服务出错了，不是您的问题；请稍后再试，或把问题报告给维护者", _SAFE
    )


_SAFE = {"X-Content-Type-Options": "nosniff"}
_MALFORMED = "请求体不是 UTF-8 编码的 JSON；请检查引号、括号和编码"


def _response(status: int, code: str, message: str, headers: Any = None) -> JSONResponse:
    content = {"error": {"code": code, "message": message}}
    return JSONResponse(content, status, headers, "application/json; charset=utf-8")


# --- what Pydantic finds wrong, for people -------------------------------------------------------

_INTEGER = "{where} 要是整数"
_OBJECT = '请求体要是 JSON 对象，如 {{"question": "…"}}，并带请求头 Content-Type: application/json'
_CHANGES = {
    "missing": "缺少 {where}；请加上",
    "string_type": "{where} 要是文字",
    "string_unicode": "{where} 里有半个字符（单独的代理码）；请去掉",
    "string_too_long": "{where} 太长；最多 {max_length} 字",
    "list_type": "{where} 要是列表",
    "int_type": _INTEGER,
    "int_parsing": _INTEGER,
    "int_parsing_size": _INTEGER,
    "int_from_float": _INTEGER,
    "greater_than_equal": "{where} 不能小于 {ge}",
    "less_than_equal": "{where} 不能大于 {le}",
    "model_attributes_type": _OBJECT,
}


def _what_to_change(error: dict[str, Any]) -> str:
    """Return what to change, for one error as Pydantic tells it.

    >>> _what_to_change({"type": "string_type", "loc": ("body", "history", 2)})
    'history[2] 要是文字'
    """
    _, *path = error["loc"]
    if not path:
        return _OBJECT.format()
    where = str(path[0]) + "".join(f"[{step}]" for step in path[1:])
    change = _CHANGES.get(error["type"], "{where} 的形式不对；请看 /docs")
    return change.format(where=where, **error.get("ctx", {}))
