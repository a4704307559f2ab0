"""By which names the service answers, and who may change its documents.

That is nobody, people at this machine, or whoever reaches the service. A browser at this machine
reaches it too, and runs the pages of strangers. So what such a page sends is refused: it tells its
own origin, or a host name that it has made point here.
"""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ForbiddenError, UnknownHostError, response_to
from qa.opening import ANY_HOST, Uploads

_OFF = "这个服务不收也不删文件；要收，请用 quanwen serve --allow-upload 启动"
_ELSEWHERE = (
    "只有在本机用 127.0.0.1 或 localhost 打开，才能上传和删除；"
    "要让别处也能，请用 quanwen serve --allow-upload 启动"
)
_STRANGE = "这个请求是别的网页发来的；请在泉问自己的页面上传和删除"


async def may_change(request: Request) -> None:
    """Refuse a request to change the documents, unless it may.

    Raises:
        ForbiddenError: it may not; the message says why.

    """
    uploads: Uploads = request.app.state.uploads
    headers = request.headers
    host = headers.get("host", "")
    if uploads == "off":
        raise ForbiddenError(_OFF)
    if uploads == "local" and not is_here(host):
        raise ForbiddenError(_ELSEWHERE)
    origin = headers.get("origin")
    strange = origin is not None and origin.partition("://")[2].lower() != host.lower()
    if strange or headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        raise ForbiddenError(_STRANGE)


class KnownHosts:
    """Answers only who calls the service by this machine's own names or one of `names`.

    A page whose own name was made to point here is told apart by that name alone.
    """

    def __init__(self, app: ASGIApp, names: Collection[str]) -> None:
        self._app = app
        self._names = {name.lower() for name in names}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        answer = self._app
        if scope["type"] == "http":
            host = Headers(scope=scope).get("host", "")
            if not self._knows(host):
                told = _UNKNOWN.format(name_in(host)[:80] or "（空）")
                answer = await response_to(Request(scope), UnknownHostError(told))
        await answer(scope, receive, send)

    def _knows(self, host: str) -> bool:
        return ANY_HOST in self._names or is_here(host) or name_in(host) in self._names


_UNKNOWN = (
    "这个服务不认主机名 {0}；请用 127.0.0.1 或 localhost 打开，或用 quanwen serve --allow-host 名字 启动"
    " (unknown host name; start the service with --allow-host NAME to allow it)"
)


def is_here(host: str) -> bool:
    """Tell whether a ``Host`` header names this machine in a way that no stranger can.

    >>> [is_here(host) for host in ("localhost:8000", "[::1]:8000", "127.0.0.1.example.org")]
    [True, True, False]
    """
    name = name_in(host)
    try:
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False


def name_in(host: str) -> str:
    """Return the name in a ``Host`` header, or nothing where it holds none.

    >>> name_in("Quanwen.example.org:8000"), name_in("[::1]:8000"), name_in("[")
    ('quanwen.example.org', '::1', '')
    """
    try:
        return urlsplit(f"//{host}").hostname or ""
    except ValueError:
        return ""
