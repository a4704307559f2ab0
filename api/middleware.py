"""What holds for every request and response: how large a body may be, and the headers.

Plain ASGI, so that a body sent in chunks, without its length, is measured too.
"""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import MAX_BODY, MAX_CONVERSATION, MAX_UPLOAD, OPENAI, BodyTooLargeError

_CONVERSATIONS = (OPENAI, "/mcp")


class BodyLimit:
    """Refuses a body over its route's limit as soon as that is known, without reading the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; reading too much of its body raises `BodyTooLargeError`."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        limit = _limit(scope["method"], scope["path"])
        declared = Headers(scope=scope).get("content-length", "")
        too_large = declared.isdecimal() and int(declared) > limit
        taken = 0

        async def measured() -> Message:
            nonlocal taken
            if too_large:
                raise BodyTooLargeError(limit)
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > limit:
                raise BodyTooLargeError(limit)
            return message

        await self._app(scope, measured, send)


def _limit(method: str, path: str) -> int:
    """Return how many bytes a request's body may have."""
    if (method, path) == ("POST", "/documents"):
        return MAX_UPLOAD
    return MAX_CONVERSATION if path.startswith(_CONVERSATIONS) else MAX_BODY


class PlainHeaders:
    """Says that JSON is UTF-8 (old clients guess otherwise) and that types aren't to be guessed."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and complete the response's headers."""

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                if headers.get("content-type") == "application/json":
                    headers["content-type"] = "application/json; charset=utf-8"
            await send(message)

        await self._app(scope, receive, with_headers)
