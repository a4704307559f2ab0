"""Who may change the documents: nobody, people at this machine, or whoever reaches the service.

A browser at this machine reaches the service too, and runs the pages of strangers. So what such a
page sends is refused: it tells its own origin, or a host name that it has made point here.
"""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from fastapi import Request

from api.errors import ForbiddenError
from qa.opening import Uploads

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


def is_here(host: str) -> bool:
    """Tell whether a ``Host`` header names this machine in a way that no stranger can.

    >>> [is_here(host) for host in ("localhost:8000", "[::1]:8000", "127.0.0.1.example.org")]
    [True, True, False]
    """
    try:
        name = urlsplit(f"//{host}").hostname or ""
        return name == "localhost" or ip_address(name).is_loopback
    except ValueError:
        return False
